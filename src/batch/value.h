/* SPDX-License-Identifier: MIT */
/* A value in words, for the eye. */
#ifndef TN_BATCH_VALUE_H
#define TN_BATCH_VALUE_H

#include "trialnorm/trial.h"

enum { TN_VALUE_MAX = 48 };

/* A field that is one value (text, enum, date, int, number, bool) as it is written everywhere; `buffer` (of
 * TN_VALUE_MAX bytes) is for those that are no text. Absent: {NULL, 0}. */
struct tn_str tn_value_text(const struct tn_record *record, int field, char *buffer);

#endif
