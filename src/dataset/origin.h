/* SPDX-License-Identifier: MIT */
/* Which record each field of a merged trial comes from. */
#ifndef TN_DATASET_ORIGIN_H
#define TN_DATASET_ORIGIN_H

#include "dataset/dataset.h"

/* Puts into `provenance` of a trial, for each field that was merged, the record that it comes from (source.h). The only record of
 * a trial is named by its `source`, and nothing is put. False with *error. */
bool tn_dataset_origins(const struct tn_dataset *dataset, sqlite3_int64 id, tn_trial *trial, struct tn_error *error);

#endif
