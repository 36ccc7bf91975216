/* SPDX-License-Identifier: MIT */
/* Eligibility criteria: a block of text -> items. No word is ever lost: the items' texts together hold every word of
 * the block in order, except recognised block headings and stripped markers. */
#ifndef TN_NORMAL_CRITERIA_H
#define TN_NORMAL_CRITERIA_H

#include "core/arena.h"
#include "core/str.h"

enum tn_criteria_side { TN_CRITERIA_OTHER, TN_CRITERIA_INCLUSION, TN_CRITERIA_EXCLUSION };

struct tn_criterion {
    enum tn_criteria_side side;
    int level;          /* 0 = top */
    struct tn_str text; /* clean, in the arena, NUL behind it */
};

struct tn_criteria {
    struct tn_criterion *items; /* `count` of them, in the order of the block; in the arena */
    size_t count;
};

/* Splits `text`: the RAW block as the source has it (escaped markers such as `1\.` and `\*` are judged here, and the
 * items come out cleaned by tn_text_markup's rules where `markup`, else as plain text). `side` is where items go that
 * stand before any heading: TN_CRITERIA_OTHER for a whole eligibility text, the heading's side for a page's section.
 * What a heading says beyond its side is an item that the ones below it hang under: `Exclusion Criteria for Part B:`
 * gives `Part B:`. `Dropout criteria:` and the like belong to neither side and are kept whole. A word that no item
 * holds stood in a heading or a marker. False when memory is short (every row of the text takes about 100 bytes of
 * the arena besides the texts). */
bool tn_criteria_split(struct tn_arena *arena, struct tn_str text, enum tn_criteria_side side, bool markup,
                       struct tn_criteria *criteria);

#endif
