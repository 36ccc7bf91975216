/* SPDX-License-Identifier: MIT */
/* Whether two sources say something else, or the same in other words. */
#ifndef TN_DATASET_MERGE_DIFFERS_H
#define TN_DATASET_MERGE_DIFFERS_H

#include "trial/record.h"

/* True when both records, of one type, state a field and its values differ: in texts more than case, blanks and punctuation; dates where
 * one does not hold the other (2024-05 and 2024-05-17 do not differ); in lists another set of entries. */
bool tn_differs(const struct tn_record *a, const struct tn_record *b, int field);

#endif
