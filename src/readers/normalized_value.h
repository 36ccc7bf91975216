/* SPDX-License-Identifier: MIT */
/* What trialnorm would have written, of values that came as its own. */
#ifndef TN_READERS_NORMALIZED_VALUE_H
#define TN_READERS_NORMALIZED_VALUE_H

#include "trial/record.h"

/* 2024, 2024-05, 2024-05-17: a day, month or year that there is, as it is written everywhere. */
bool tn_written_date(struct tn_str text);

/* C0 but for \n and \t, DEL, C1: none is ever written. */
bool tn_holds_control(struct tn_str text);

/* True for a word of the vocabulary, to the letter. */
bool tn_is_word(const struct tn_vocabulary *vocabulary, struct tn_str text);

enum { TN_TOLD_MAX = 128 }; /* more than there are fields of words of vocabularies */

/* Fields whose unknown words were looked for among the warnings that the record brings. */
struct tn_told {
    const struct tn_field *fields[TN_TOLD_MAX];
    bool known[TN_TOLD_MAX];
    size_t count;
};

/* True when the trial has a warning `unknown-value` about a field of that name. Its warnings are gone through once for
 * each field. */
bool tn_is_told(struct tn_told *told, const struct tn_record *trial, const struct tn_field *field);

#endif
