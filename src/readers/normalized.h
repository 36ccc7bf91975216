/* SPDX-License-Identifier: MIT */
/* trialnorm's own output, read again: the normalized record as JSON. Written again it is the same bytes.
 *
 * The reader `normalized` also takes what others wrote so, and says what trialnorm would not have written: control
 * characters become U+FFFD (`repaired-text`), a trial_id is written as its registry does or goes to `extra`
 * (`bad-value`), a word that no vocabulary has stays (`unknown-value`, unless the record brings that warning), and a
 * record without record_key or source gets its own. */
#ifndef TN_READERS_NORMALIZED_H
#define TN_READERS_NORMALIZED_H

#include "trial/record.h"

struct cJSON;

/* The record that one JSON object of the schema states, in the arena, its texts borrowed from `json` where they can be:
 * that must be of the same arena (tn_json_parse). Members that the schema does not know go to `extra` under their name,
 * values of another type than the field's too (a text for a number; "soon" or 2023-02-30 for a date). Nothing is cleaned, derived or
 * checked again: what was written is read. NULL when memory is short, or `json` is no object. */
tn_trial *tn_normalized_trial(struct tn_arena *arena, const struct cJSON *json);

/* The same of text, by cJSON in the arena (tn_init must have been called). NULL with *error: TN_SYNTAX (no JSON, or no
 * object), TN_TRUNCATED, TN_TOO_DEEP, TN_NO_MEMORY. */
tn_trial *tn_normalized_parse(struct tn_arena *arena, struct tn_str json, struct tn_error *error);

#endif
