/* SPDX-License-Identifier: MIT */
/* One refresh of a dataset: what is new in the inputs is read, put in its place, merged and logged, as one transaction. */
#ifndef TN_DATASET_SYNC_H
#define TN_DATASET_SYNC_H

#include "batch/run.h"

struct tn_sync_options {
    const char *database;     /* path; made when it is not there */
    struct tn_run_options run;
    const char *how;          /* names the options of reading: inputs that were read in another way are read again */
    const char *now;          /* UTC, 2026-11-22T02:00:00Z */
    int64_t now_ns;           /* the same since 1970, in nanoseconds */
    unsigned wait;            /* seconds for another run */
    bool complete;            /* the inputs are all that there is */
    const char *prefer;       /* readers, separated by commas; NULL: as it was */
    double alarm;             /* by how much less (0 to 1) is told as an alarm */
    /* Called with the paths (ended by NULL) that a signal that ends the program should remove; with NULL when there are none any more. */
    void (*guard)(const char *const *paths);
};

/* What it did. */
struct tn_sync_counts {
    struct tn_counts read;
    int64_t run;       /* its number */
    size_t files, unchanged; /* inputs; not read again */
    size_t known_failed; /* records that failed before, in inputs that were not read again */
    size_t added, changed, gone, returned, joined, parted; /* trials */
    size_t changes;    /* of fields */
    size_t trials;     /* in the dataset now, those that are gone left out */
    size_t alarms;     /* falls */
    bool kept_gone;    /* nothing was marked gone, though asked for: an input could not be read */
};

/* Besides the visitor's report, passed and progress: what is worth an alarm, a line each. `fall` is true of what the option
 * `alarm` is about. */
typedef void tn_alarm_fn(void *context, bool fall, const char *message);

/* Runs it. TN_OK; TN_FATAL with *error (TN_IO with the dataset's path, TN_USAGE): the dataset is as it was. */
enum tn_severity tn_sync(const struct tn_sync_options *options, const struct tn_visitor *visitor, tn_alarm_fn *alarm,
                         struct tn_sync_counts *counts, struct tn_error *error);

#endif
