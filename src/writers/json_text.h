/* SPDX-License-Identifier: MIT */
/* A record as JSON text: a walk over the field table. */
#ifndef TN_WRITERS_JSON_TEXT_H
#define TN_WRITERS_JSON_TEXT_H

#include "core/buf.h"
#include "writers/selection.h"

/* A JSON string with its quotes. `text` is valid UTF-8 and stays as it is but for `"`, `\` and control characters. */
void tn_json_string(struct tn_buf *out, struct tn_str text);

/* The way back: appends the text of a JSON string with its quotes. Half a surrogate pair becomes U+FFFD. */
void tn_json_unquote(struct tn_buf *out, struct tn_str json);

/* The value of a field that is present; `members` are those shown of its records. */
void tn_json_value(struct tn_buf *out, const struct tn_record *record, int field, tn_members members);

/* Entry i (< tn_count) of a list: a string or an object; of a map: an object with that one member, {"label": value}. */
void tn_json_entry(struct tn_buf *out, const struct tn_record *record, int field, size_t i);

/* What stands behind the label of entry i of a map: one text as a string, several as an array; else an object. */
void tn_json_labelled(struct tn_buf *out, const struct tn_record *record, int field, size_t i);

/* What a difference (trial/compare.h) was and is: the value, or the entry. Nothing is added to `old` where the old trial has
 * none, to `now` where the new one has none, nor to either where only the order differs. */
struct tn_difference;
void tn_json_difference(struct tn_buf *old, struct tn_buf *now, const tn_trial *before, const tn_trial *after,
                        const struct tn_difference *difference);

/* One trial as an object on one line, without a line end. */
void tn_json_trial(struct tn_buf *out, const tn_trial *trial, const struct tn_selection *selection);

#endif
