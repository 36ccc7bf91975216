/* SPDX-License-Identifier: MIT */
/* Telling early that nobody wants a record: its fields that the expression (tn_read_options.where) asks for, and
 * trial_id, are read first, out of as much of its bytes as they stand in. Most records of a registry cost no more then
 * than a scan.
 *
 * Only what cannot change until the trial is finished is judged so (tree_early_fields.c); the rest of an expression
 * counts as open. What is not refused here is read whole, and asked again when it is finished. */
#ifndef TN_READERS_TREE_EARLY_H
#define TN_READERS_TREE_EARLY_H

#include "readers/tree.h"
#include "trial/where.h"

/* True when the record of `reading`, whose trial is still empty, is surely not wanted. A
 * record that its reader may refuse is never that. */
bool tn_tree_left_out(const struct tn_reading *reading, struct tn_worker *worker, const struct tn_tree_source *source);

/* True when what a test asks for is known from rows alone. */
bool tn_test_is_early(const struct tn_test *test, const struct tn_tree_source *source,
                      const struct tn_read_options *options);

/* Marks the rows that the test's field is filled from: wanted[i] of source->rows[i]. */
void tn_test_rows(const struct tn_test *test, const struct tn_tree_source *source, bool *wanted);

#endif
