/* SPDX-License-Identifier: MIT */
/* The inside of a run. What is done with one record (tn_batch_record) needs its bytes, its reader and a worker, and
 * nothing that cutting the next record touches: with bytes of its own it can be done on another thread. What comes of
 * it (report, counts, the visitor's trial) is then given out in the order of the input. */
#ifndef TN_BATCH_BATCH_H
#define TN_BATCH_BATCH_H

#include "batch/run.h"
#include "core/str.h"
#include "input/split.h"

struct tn_batch {
    const struct tn_run_options *options;
    const struct tn_visitor *visitor;
    struct tn_counts *counts;
    struct tn_worker *worker;
    bool stopped;         /* somebody ended the run ... */
    struct tn_error stop; /* ... for this reason */
    const char *path;     /* of the document at hand */
    const char *member;
};

/* Tells the visitor of a problem of the document at hand, and counts it when it is a warning. */
void tn_batch_report(struct tn_batch *batch, const struct tn_error *error);

/* A record is lost, or an input could not be read: counted and told. */
void tn_batch_lose(struct tn_batch *batch, const struct tn_error *error);
void tn_batch_miss(struct tn_batch *batch, const struct tn_error *error);

/* Ends the run. */
void tn_batch_stop(struct tn_batch *batch, const struct tn_error *error);

/* Reads one record and gives its trials to the visitor. A record that lacks what its reader needs is told alone,
 * unless the reader was prescribed. */
void tn_batch_record(struct tn_batch *batch, const struct tn_reader *reader, const struct tn_raw *raw);

/* Reads all records of a document. */
void tn_batch_document(struct tn_batch *batch, struct tn_source *source);

/* Holds what a container says of itself against what it holds. */
void tn_batch_container(struct tn_batch *batch, const struct tn_container *container);

#endif
