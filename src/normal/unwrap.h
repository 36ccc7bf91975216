/* SPDX-License-Identifier: MIT */
/* Text that was wrapped at a column and indented, as ClinicalTrials.gov's XML has it. */
#ifndef TN_NORMAL_UNWRAP_H
#define TN_NORMAL_UNWRAP_H

#include "core/arena.h"
#include "core/str.h"

/* `raw` with each paragraph and each item of a list on one line. An empty line ends a paragraph. An item begins with a
 * bullet or number behind an empty line, or where the line before had room for more; what is indented deeper than its
 * marker belongs to it. Items stand on lines of their own, bullets as `* `, nested ones indented by the width of the
 * marker above them; an empty line stands between paragraphs and before a list. A line that had room for the next word,
 * well short of the longest, was ended on purpose and stays a line. In the arena, with a NUL behind it; {NULL, 0} when
 * memory is short. */
struct tn_str tn_text_unwrap(struct tn_arena *arena, struct tn_str raw);

#endif
