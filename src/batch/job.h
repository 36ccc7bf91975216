/* SPDX-License-Identifier: MIT */
/* A job: a stretch of the input as a list of tasks, and what came of it as a list of events. It is filled by the thread
 * that reads the input, worked on by any thread, and its events are given out in the order of the input; at each time it
 * belongs to one of them. */
#ifndef TN_BATCH_JOB_H
#define TN_BATCH_JOB_H

#include "batch/batch.h"
#include "core/arena.h"
#include "core/buf.h"

enum tn_task_kind {
    TN_TASK_EVENT,    /* something that happened while the input was read */
    TN_TASK_RECORD,   /* a record of a document of `reader` */
    TN_TASK_PAGE,     /* a page, whose reader is told by whoever works on it */
    TN_TASK_DOCUMENT, /* a whole document */
    TN_TASK_INPUT,    /* a whole small file, which may be a container */
    TN_TASK_INSIDE,   /* a whole small file of an archive, likewise */
    TN_TASK_PACKED    /* the same as it stands in a zip archive */
};

struct tn_event;

/* Everything stands in the job's arena. */
struct tn_task {
    struct tn_task *next;
    enum tn_task_kind kind;
    struct tn_counts before; /* what was counted since the task before */
    const char *path;
    bool found;                     /* as of the batch */
    const struct tn_member *member; /* NULL between documents */
    struct tn_event *event;
    const struct tn_reader *reader;
    struct tn_raw raw;
    struct tn_str bytes; /* of what is no record and no page */
    struct tn_packed packed;
    bool in_order; /* its source gave the bytes only from front to end: what is made of it must not depend on its size */
};

enum tn_event_kind { TN_EVENT_PROBLEM, TN_EVENT_PASSED, TN_EVENT_DOCUMENT, TN_EVENT_TRIAL, TN_EVENT_STOP };

struct tn_event {
    struct tn_event *next;
    enum tn_event_kind kind;
    struct tn_counts counts; /* of the job, up to here */
    const char *path, *member;
    union {
        struct tn_error error; /* of a problem, and of what ends the run */
        struct {
            const char *url, *why;
        } passed;
        struct tn_verdict verdict;
        struct {
            size_t at, len; /* in the job's bytes */
        } trial;
    } of;
};

enum tn_job_state {
    TN_JOB_WAITING, /* in the queue */
    TN_JOB_WORKING,
    TN_JOB_PARTLY, /* there is so much of it that what is there must be given out first; its worker waits */
    TN_JOB_DONE
};

enum { TN_JOB_ENOUGH = 128 * 1024 }; /* bytes of input: then another job is filled */

struct tn_job {
    struct tn_job *next;      /* in the order of the input */
    bool used;                /* by the thread that reads: it is filled, or submitted and not given out */
    enum tn_job_state state;  /* guarded by the pool's lock */
    struct tn_arena arena;    /* tasks and what they name */
    struct tn_arena log;      /* events and what they name */
    struct tn_task *tasks, **last_task;
    struct tn_event *events, **last_event;
    size_t weight;            /* bytes of input, and something for each task */
    struct tn_buf out;        /* formatted trials */
    struct tn_counts counts;  /* since the job began */
    size_t place;             /* the one of which these are copies (batch->place) */
    const char *path;
    const struct tn_member *member;
    size_t header_place;      /* the one whose document has this header */
    struct tn_str header;
};

void tn_job_init(struct tn_job *job);
void tn_job_release(struct tn_job *job);

/* Empty again; memory is kept as far as a job usually needs it. */
void tn_job_reset(struct tn_job *job);

/* Memory for a usual job, in one block that it keeps: before it is filled for the first time. */
void tn_job_make_room(struct tn_job *job);

/* A task more behind the others, at the place where the batch is; NULL when memory is short. */
struct tn_task *tn_job_task(struct tn_job *job, enum tn_task_kind kind, const struct tn_batch *batch);

/* The header of the delimited text at the place where the batch is, as a copy of the job's own, made once for each that
 * comes. */
struct tn_str tn_job_header(struct tn_job *job, const struct tn_batch *batch, struct tn_str header);

/* An event behind the others, with the counts of now. */
void tn_job_add_event(struct tn_job *job, struct tn_event *event);

/* Takes away the events and the formatted trials, which were given out. */
void tn_job_unload(struct tn_job *job);

/* An event that is in no job yet; NULL when memory is short. `path` is not copied. */
struct tn_event *tn_event_new(struct tn_arena *arena, enum tn_event_kind kind, const char *path, const char *member);

/* What visitors are told. */
struct tn_event *tn_event_problem(struct tn_arena *arena, const struct tn_problem *problem, const char *path);
struct tn_event *tn_event_passed(struct tn_arena *arena, const struct tn_passed *passed, const char *path);
struct tn_event *tn_event_document(struct tn_arena *arena, const struct tn_document *document, const char *path);

/* counts += more */
void tn_counts_add(struct tn_counts *counts, const struct tn_counts *more);

#endif
