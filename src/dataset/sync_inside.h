/* SPDX-License-Identifier: MIT */
/* The parts of one run of sync. */
#ifndef TN_DATASET_SYNC_INSIDE_H
#define TN_DATASET_SYNC_INSIDE_H

#include "core/buf.h"
#include "dataset/arrival.h"
#include "dataset/fill.h"
#include "dataset/inside.h"
#include "dataset/sync.h"

/* Temporary tables of the run:
 * seen      inputs that are there, by number
 * todo      files to read: as they are, `failed` records, `unread` when they could not be read, `begun` and
 *           `done` when they are
 * touched   records that are new, or that say something new, or are gone
 * placed    records of which it is known to which trial they belong
 * moved     trials that a record has left, and for which one
 * lost      records that an input does not hold any more
 * now       the run's number and its way of reading
 * affected  trials of which a record was touched, joined or moved away */
struct tn_sync {
    struct tn_dataset *dataset;
    const struct tn_sync_options *options;
    const struct tn_visitor *visitor;
    tn_alarm_fn *alarm;
    struct tn_sync_counts *counts;
    sqlite3_int64 run;
    sqlite3_int64 input;      /* of the record that came last; 0: none came */
    struct tn_buf path;       /* its path */
    struct tn_fill fill;      /* what the input gave so far */
    bool faulty;              /* something of an input could not be read: what is missing may be there */
    struct tn_arena arena;    /* of one trial, or one group of records */
    struct tn_buf json, more; /* texts on the way */
    struct tn_arena kept;     /* of the run */
    struct tn_str prefer;     /* readers that come first */
    bool reordered;           /* ... and not as before */
    struct tn_error late;     /* what went wrong while a problem was told */
};

/* inputs.c: looks at all inputs. What is as it was goes to `seen`, the rest to `todo`. False with *error. */
bool tn_inputs_survey(struct tn_sync *sync, struct tn_error *error);
/* True when something is to be read. */
bool tn_inputs_any(struct tn_sync *sync, bool *any, struct tn_error *error);
/* The visitor's `file`: reads only what is to be read. */
bool tn_inputs_wanted(struct tn_sync *sync, const char *path, struct tn_error *error);
/* A problem of an input. */
bool tn_inputs_note(struct tn_sync *sync, const struct tn_problem *problem, struct tn_error *error);
/* The row of the input at `path`, which is being read; 0 with *error. */
sqlite3_int64 tn_inputs_row(struct tn_sync *sync, struct tn_str path, struct tn_error *error);
/* After the reading: all inputs have rows; sightings of records that are not in them any more are gone. */
bool tn_inputs_end(struct tn_sync *sync, struct tn_error *error);

/* records.c: takes a record as it came. */
bool tn_records_put(struct tn_sync *sync, const struct tn_arrival *arrival, struct tn_error *error);
/* Ends an input: what it gave is written. */
bool tn_records_flush(struct tn_sync *sync, struct tn_error *error);
/* With --complete: records that no input holds any more are gone. */
bool tn_records_miss(struct tn_sync *sync, struct tn_error *error);

/* place.c: puts every touched record into the trial that it belongs to. */
bool tn_place_records(struct tn_sync *sync, struct tn_error *error);

/* trials.c: makes the affected trials anew from their records, and logs what changed. */
bool tn_trials_refresh(struct tn_sync *sync, struct tn_error *error);
/* Keeps what a trial was before this run, once. */
bool tn_trials_keep(struct tn_sync *sync, sqlite3_int64 trial, struct tn_error *error);

/* alarms.c: holds this run against the one before of the same inputs. */
bool tn_alarms_raise(struct tn_sync *sync, struct tn_error *error);

#endif
