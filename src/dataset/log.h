/* SPDX-License-Identifier: MIT */
/* The log of changes. */
#ifndef TN_DATASET_LOG_H
#define TN_DATASET_LOG_H

#include "dataset/sync_inside.h"
#include "trial/compare.h"

struct tn_log_entry {
    sqlite3_int64 trial;
    struct tn_str trial_id;
    const char *op;          /* schema.h: change.op */
    const char *field;       /* NULL: the whole trial */
    struct tn_str now;       /* of a whole trial: JSON */
    const struct tn_difference *difference; /* of a field: between these two */
    const tn_trial *before, *after;
    struct tn_str source;
    struct tn_str stamp;     /* of its record: batch/unique.h */
};

/* Writes one line. False with *error. */
bool tn_log(struct tn_sync *sync, const struct tn_log_entry *entry, struct tn_error *error);

/* Makes the function source_name(reader, site, path, member, record_index) for statements. False with *error. */
bool tn_log_names(struct tn_dataset *dataset, struct tn_error *error);

#endif
