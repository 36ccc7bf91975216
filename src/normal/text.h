/* SPDX-License-Identifier: MIT */
/* Raw text -> clean Unicode (SCHEMA rule 4). */
#ifndef TN_NORMAL_TEXT_H
#define TN_NORMAL_TEXT_H

#include "core/arena.h"
#include "core/str.h"

/* What was noticed while cleaning. */
enum {
    TN_TEXT_REPAIRED = 1, /* NUL, control characters, lone surrogates or invalid bytes became U+FFFD */
    TN_TEXT_CUT = 2       /* the text ends with `...` or U+2026: the source may have cut it */
};

/* `raw` as clean text: UTF-8, NFC, white space at both ends gone, line ends \n, U+2028/2029 -> \n, blanks before a line
 * end gone, more than one empty line -> one. Inner blanks stay. *flags (may be NULL) gets what was noticed, or-ed.
 * Returns raw itself (trimmed) where nothing has to change AND a NUL stands behind its last byte is not known, so a
 * copy in the arena is made unless `raw_is_stable`: then raw lives as long as the arena and has a NUL behind it. */
struct tn_str tn_text_plain(struct tn_arena *arena, struct tn_str raw, bool raw_is_stable, unsigned *flags);

/* The same for fields that carry markup: a backslash before ASCII punctuation goes (CommonMark), then HTML entities
 * once, <br> <p> <li> ... as breaks (an <li> gets "* "), other HTML tags go, `\leq` `\geq` ... become signs. A `<`
 * that starts no HTML tag is text. */
struct tn_str tn_text_markup(struct tn_arena *arena, struct tn_str raw, bool raw_is_stable, unsigned *flags);

#endif
