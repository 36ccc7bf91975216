/* SPDX-License-Identifier: MIT */
/* Where two texts differ, word by word. */
#ifndef TN_CLI_WORD_DIFFERENCE_H
#define TN_CLI_WORD_DIFFERENCE_H

#include "core/buf.h"

/* Appends the places that differ, each with some words around it: `… patients with [-stage III-] {+stage IV+} disease …`.
 * Takes memory from `arena`. Texts that have little in common are shown as their beginnings. */
void cli_word_difference(struct tn_buf *out, struct tn_arena *arena, struct tn_str old, struct tn_str now);

/* Appends at most `limit` bytes of a text, cut between characters, and "…" where that is not all. */
void cli_put_beginning(struct tn_buf *out, struct tn_str text, size_t limit);

#endif
