/* SPDX-License-Identifier: MIT */
/* `E.3 Principal inclusion criteria (es): ...`: what stands under a label once more in another language. */
#ifndef TN_READERS_EUCTR_TWINS_H
#define TN_READERS_EUCTR_TWINS_H

#include "core/arena.h"
#include "core/str.h"

/* Looks through the lines of a block. Where a label stands only with a language behind it, that is the value: the language's
 * mark is blanked out, in English where there is that. The language of what will be read: that of the first mark that was
 * blanked out, else "en" where texts stand beside translations; {NULL, 0}: nobody says. */
struct tn_str tn_euctr_twins(struct tn_arena *arena, char *bytes, size_t len);

/* The line begins with a code of the protocol, a blank behind it: `A.3.1 `, `E.3 `. */
bool tn_euctr_has_code(struct tn_str line);

#endif
