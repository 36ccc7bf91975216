/* SPDX-License-Identifier: MIT */
/* Writing the newest record of each trial: between the trials and the writer. */
#ifndef TN_BATCH_NEWEST_H
#define TN_BATCH_NEWEST_H

#include "batch/convert.h"

struct tn_newest;

/* For a conversion with these options. NULL with *error. Freed by tn_newest_free (NULL allowed). */
struct tn_newest *tn_newest_new(const struct tn_convert_options *options, struct tn_error *error);
void tn_newest_free(struct tn_newest *newest);

/* Takes a trial. False with *error. */
bool tn_newest_take(struct tn_newest *newest, const tn_trial *trial, struct tn_error *error);

/* The same in two steps, for several threads: what is to be known of a trial and, when options->run.read.where holds, what
 * the writer's `format` makes of it, on any of them; and taking both. */
void tn_newest_format(const struct tn_convert_options *options, void *format, const tn_trial *trial, struct tn_buf *bytes);
bool tn_newest_put(struct tn_newest *newest, struct tn_str bytes, struct tn_error *error);

/* Writes those that are the newest of their trial, not more than options->limit of them, and corrects counts->written,
 * older and left_out (what is not wanted or over the limit). `state` is the writer's. False with *error. */
bool tn_newest_write(struct tn_newest *newest, void *state, struct tn_counts *counts, struct tn_error *error);

#endif
