/* SPDX-License-Identifier: MIT */
/* The inside of a run. Where several threads read, there is a batch for each of them: that of the thread which reads the
 * input gives what there is to do to the pool (pool.h), and those of the workers do it, with visitors that write down
 * what is said to them. */
#ifndef TN_BATCH_BATCH_H
#define TN_BATCH_BATCH_H

#include "batch/run.h"
#include "core/str.h"
#include "input/members.h"
#include "input/split.h"

struct tn_pool;
struct tn_tables;

struct tn_batch {
    struct tn_pool *pool; /* takes what there is to do; NULL: it is done here */
    struct tn_tables *tables; /* that are read together (tables.h); NULL: there are none */
    size_t place;         /* changes with path and member */
    const struct tn_run_options *options;
    const struct tn_visitor *visitor;
    struct tn_counts *counts;
    struct tn_worker *worker;
    bool stopped;         /* somebody ended the run ... */
    struct tn_error stop; /* ... for this reason */
    const char *path;     /* of the document at hand */
    bool found;           /* ... which was found in a folder, and not named as an input */
    const struct tn_member *member; /* ... inside its container; NULL between documents */
    const struct tn_source *open;   /* the input at hand; NULL: none, or it is not ours to count */
    uint64_t taken;                 /* bytes of the inputs before it */
};

/* Tells the visitor of a problem of the document at hand, and counts it when it is a warning. */
void tn_batch_report(struct tn_batch *batch, const struct tn_error *error);

/* A record is lost, or an input could not be read: counted and told. */
void tn_batch_lose(struct tn_batch *batch, const struct tn_error *error);
void tn_batch_miss(struct tn_batch *batch, const struct tn_error *error);

/* What was passed over, for those who want to know: `path`, a member of it or all of it, and why. */
void tn_batch_tell_passed(struct tn_batch *batch, const char *why);

/* True for what is no failure; then it is counted and told: in a web archive, most of whose pages are no business of ours,
 * a page that nobody claims, that is empty, or that is no text; and what tn_batch_beside tells. */
bool tn_batch_pass(struct tn_batch *batch, const struct tn_error *error);

/* What the document at hand is by its name, where that is no record (input/beside.h) and it lies in an archive or was found
 * in a folder; else NULL. */
const char *tn_batch_beside(const struct tn_batch *batch);

/* True when it is such a file, which then is passed over, whatever is wrong with it. Only that it could not be read is
 * another matter. */
bool tn_batch_pass_by_name(struct tn_batch *batch, const struct tn_error *error);

/* The document at hand is passed over: counted and told. */
void tn_batch_pass_beside(struct tn_batch *batch, const char *why);

/* Tells the visitor how far it is. */
void tn_batch_tell_progress(const struct tn_batch *batch);

/* Ends the run. */
void tn_batch_stop(struct tn_batch *batch, const struct tn_error *error);

/* Reads one record and gives its trials to the visitor. A record that lacks what its reader needs is told alone,
 * unless the reader was prescribed. */
void tn_batch_record(struct tn_batch *batch, const struct tn_reader *reader, const struct tn_raw *raw);

/* Tells who reads a page and reads it. */
void tn_batch_page(struct tn_batch *batch, const struct tn_raw *raw);

/* Bytes that a record may have. */
size_t tn_batch_limit(const struct tn_batch *batch);

/* The place changes: another input, or a member of it (NULL: none). */
void tn_batch_at(struct tn_batch *batch, const char *path, const struct tn_member *member);

/* Reads all documents of an input: one, or the members of a container. */
void tn_batch_input(struct tn_batch *batch, struct tn_source *source);

/* The same of a file of an archive, whose bytes `source` gives: `outer` says where it is from. Goes no deeper than
 * TN_ARCHIVE_DEPTH. */
void tn_batch_inside(struct tn_batch *batch, struct tn_source *source, const struct tn_member *outer);

/* What is wrong with an input itself, a container without an end for one: counted and told. No record went with it. */
void tn_batch_note_damage(struct tn_batch *batch, const struct tn_error *error);

/* Reads all records of a document. */
void tn_batch_document(struct tn_batch *batch, struct tn_source *source);

/* Holds what a container says of itself against what it holds. */
void tn_batch_container(struct tn_batch *batch, const struct tn_container *container);

#endif
