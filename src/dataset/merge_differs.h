/* SPDX-License-Identifier: MIT */
/* Whether two sources say something else, or the same in other words. */
#ifndef TN_DATASET_MERGE_DIFFERS_H
#define TN_DATASET_MERGE_DIFFERS_H

#include "trial/record.h"

/* True when both records, of one type, state a field and its values differ: in texts more than case, blanks and punctuation; dates where
 * one does not hold the other (2024-05 and 2024-05-17 do not differ); in lists another set of entries. */
bool tn_differs(const struct tn_record *a, const struct tn_record *b, int field);

/* The same of the criteria of two trials, whose headings and numbers are each source's own: true when a criterion of `b` does not stand
 * in the text of `a`, or one of `a` not in that of `b` - unless `b` shows only a part of its criteria (eligibility_truncated). Memory is
 * the arena's. */
bool tn_criteria_differ(struct tn_arena *arena, const tn_trial *a, const tn_trial *b);

#endif
