/* SPDX-License-Identifier: MIT */
/* One run over many inputs: each is walked, opened, decoded, detected, cut into records and read, and whoever wants
 * the documents or the trials gets them in the order of the input, whatever the number of threads. Nothing is printed. */
#ifndef TN_BATCH_RUN_H
#define TN_BATCH_RUN_H

#include "batch/problem.h"
#include "core/buf.h"
#include "trialnorm/reader.h"

/* What a run was: records == written + failed + merged + left_out + older.
 * A document that nobody can read is one failed record. */
struct tn_counts {
    size_t documents;
    size_t records;
    size_t written; /* trials handed on */
    size_t failed;
    size_t merged; /* read as a part of another record's trial */
    size_t left_out; /* trials that are not wanted (tn_read_options.where, shard) */
    size_t older;   /* not the newest of their trial (only where that is asked for) */
    size_t unread;  /* inputs that could not be opened or read */
    size_t uncovered; /* pages of which less was accounted for than asked */
    size_t passed;  /* pages of archives in which there is no trial; no records */
    size_t beside;  /* other files of archives and folders that are no records: READMEs, schemas, pictures, tables of results */
    size_t damaged; /* faults of documents with which no record was lost: an end that is missing */
    size_t warned[TN_LAST_WARNING + 1]; /* by code */
    size_t taken; /* bytes read of the inputs, as they are stored; known at the end */
};

/* How far a run is. Borrowed for the call. */
struct tn_progress {
    const struct tn_counts *counts; /* so far; where several threads read, of what they gave out */
    uint64_t taken;                 /* bytes of the inputs so far, as they are stored */
};

/* A document when it is known who reads it. */
struct tn_document {
    const char *path;   /* as given, "-" for standard input */
    const char *member; /* inside an archive, or NULL */
    const struct tn_verdict *verdict; /* evidence without bits when the reader was prescribed */
};

/* What was passed over. Borrowed for the call. */
struct tn_passed {
    const char *path;   /* as given */
    const char *member; /* inside a container, or NULL */
    const char *url;    /* of the page, or NULL */
    const char *why;
};

/* How trials are written where several threads read: each thread formats its own, and what came of it is put in the order
 * of the input, on the thread that called tn_run. */
struct tn_formatting {
    /* One format for each thread; NULL when memory is short. */
    void *(*open)(void *context);
    void (*close)(void *context, void *format);
    /* Appends one trial, made of `raw`, to `bytes`; what does not fit is seen in bytes->failed. Called on any thread. */
    void (*format)(void *context, void *format, const tn_trial *trial, const struct tn_raw *raw, struct tn_buf *bytes);
    /* As `trial` of the visitor, with the bytes of one trial. */
    bool (*put)(void *context, struct tn_str bytes, struct tn_error *error);
    bool runs; /* `put` takes the bytes of several trials, one behind the other, too */
};

/* Who wants what. Everything is borrowed for the call; every function but `report` may be NULL. */
struct tn_visitor {
    void *context;
    tn_report_fn *report; /* problems, warnings of trials among them */
    /* Before a file is read: false with *error refuses it, by its severity this file or the whole run
     * (TN_OK: it is passed over, without a word). */
    bool (*file)(void *context, const char *path, struct tn_error *error);
    /* After the detection: false leaves its records unread. */
    bool (*document)(void *context, const struct tn_document *document);
    /* A page of an archive, or a folder beside a saved page. */
    void (*passed)(void *context, const struct tn_passed *passed);
    /* Does something else with a record than reading it; NULL: it is read. It counts as written unless it fails. */
    enum tn_severity (*record)(void *context, struct tn_worker *worker, const struct tn_raw *raw,
                               struct tn_error *error);
    /* False ends the run, with *error. With TN_CODE_NONE in it the trial was taken, and no more are wanted. */
    bool (*trial)(void *context, const tn_trial *trial, const struct tn_raw *raw, struct tn_error *error);
    /* Before the trial of a page: how much of the page was understood. Lives until `trial` returns. */
    void (*coverage)(void *context, const struct tn_coverage *coverage);
    /* After each record, file and member, and often in between: for showing how far it is. On the thread that called
     * tn_run. NULL: nobody looks, and it costs nothing. */
    void (*progress)(void *context, const struct tn_progress *progress);
    /* With it several threads may read; `record`, `trial` and `coverage` are then not called, and what `document` says
     * does not count. NULL: one thread reads. */
    const struct tn_formatting *formatting;
};

struct tn_run_options {
    const char *const *inputs; /* paths, "-" for standard input; none: standard input */
    size_t input_count;
    const struct tn_reader *reader; /* NULL: by evidence */
    struct tn_read_options read;
    unsigned threads;      /* that read; 0 or 1: the caller's alone */
    unsigned min_coverage; /* per cent of a page's text that must be accounted for; 0: any */
};

/* Runs. TN_OK when everything was visited, whatever was reported about it; TN_FATAL with *error when the run ended
 * before that (nothing is reported then). *counts is filled in either case. */
enum tn_severity tn_run(const struct tn_run_options *options, const struct tn_visitor *visitor,
                        struct tn_counts *counts, struct tn_error *error);

#endif
