/* SPDX-License-Identifier: MIT */
/* What readers see of a worker. */
#ifndef TN_READERS_WORKER_H
#define TN_READERS_WORKER_H

#include "readers/put.h"

struct tn_tree_map;  /* readers/tree.h */
struct tn_early;     /* readers/tree_early.h */
struct tn_columns;   /* readers/columns.h */
struct tn_site;      /* readers/page.h */
struct tn_spellings; /* readers/page_spelling.h */

struct tn_worker {
    struct tn_read_options options;
    struct tn_arena arena;           /* one record, or one document while it is detected */
    struct tn_arena kept;            /* compiled maps: lives as long as the worker */
    const struct tn_page *page;      /* blocks of the document that was detected last, for its reader */
    struct tn_str page_bytes;        /* the bytes that they were made of */
    struct tn_columns *columns;      /* the header of the delimited text that is read; NULL until the first */
    const char *address;             /* of the document that is detected next; NULL: not known */
    struct tn_coverage coverage;     /* of the page that was read last */
    bool covered;                    /* ... which was one */
    size_t left_out;                 /* trials of the record that was read last which nobody wants */
    size_t warned_before;            /* warnings that the trial that was read last brought along */
    size_t merged;                   /* records of the source that went into another one's trial */
    struct {
        const struct tn_reader *reader;
        const struct tn_tree_map *map;
        const struct tn_early *early; /* what tells early that a record is not wanted; NULL: not made yet */
    } maps[24];                      /* of the structured readers used so far */
    struct {
        const struct tn_site *site;
        const struct tn_spellings *spellings;
    } sites[64];                     /* of the pages' readers used so far; more are taken apart each time */
};

/* The blocks of a page of text or HTML: those that detection made of it, where it did. NULL with *error when memory is
 * short or the page can't be taken apart. */
const struct tn_page *tn_page_blocks(struct tn_worker *worker, struct tn_str bytes, struct tn_error *error);

/* Says that everything on a page was read (a reader that puts every line somewhere). */
void tn_page_cover_all(const struct tn_page *blocks, struct tn_worker *worker);

/* Starts the reading of one trial in the worker's arena; trial is NULL when memory is short. */
struct tn_reading tn_reading_start(const struct tn_reader *reader, struct tn_worker *worker, const struct tn_raw *raw);

/* Finishes the trial (tn_finish) and hands it to `emit`. TN_OK, TN_WARN, TN_FAILED with *error when memory ran short
 * on the way (a trial with holes is never handed out), or TN_FATAL when `emit` says stop. */
enum tn_severity tn_reading_end(struct tn_reading *reading, tn_emit_fn *emit, void *context, struct tn_error *error);

#endif
