/* SPDX-License-Identifier: MIT */
/* Structured sources: rows {path, field, put} over a cJSON tree, which is walked once per record. */
#ifndef TN_READERS_TREE_H
#define TN_READERS_TREE_H

#include <cjson/cJSON.h>

#include "readers/worker.h"

/* One row of a source's map.
 * path    "a.b[].c" from the record; `[]` behind a key stands for every element of an array
 * field   in the record that is open at that path (the trial, or the nearest `opens` row above)
 * put     how the value gets there; NULL: tn_put. A leaf may have several rows, all of which are applied.
 * preset  of an `opens` row: "kind=PRIMARY", set in each record that it opens; of an ignored one: the reason */
enum tn_row_kind { TN_ROW_VALUE, TN_ROW_OPENS, TN_ROW_IGNORED };

struct tn_row {
    const char *path;
    enum tn_row_kind kind;
    const struct tn_record_type *type; /* that `field` belongs to */
    int field;
    tn_put_fn *put;
    const char *preset;
};

/* A leaf's value goes into field F of record type R. */
#define TN_VALUE(path, R, F) {path, TN_ROW_VALUE, &tn_type_##R, TN_##R##_##F, NULL, NULL}
#define TN_VALUE_BY(path, R, F, put) {path, TN_ROW_VALUE, &tn_type_##R, TN_##R##_##F, put, NULL}
/* Each object at this path is a record of the list (or single record) F of R; rows below it fill that record. */
#define TN_OPENS(path, R, F) {path, TN_ROW_OPENS, &tn_type_##R, TN_##R##_##F, NULL, NULL}
#define TN_OPENS_AS(path, R, F, preset) {path, TN_ROW_OPENS, &tn_type_##R, TN_##R##_##F, NULL, preset}
/* Left out on purpose, with all below it. */
#define TN_IGNORED(path, reason) {path, TN_ROW_IGNORED, NULL, -1, NULL, reason}

struct tn_tree_source {
    const struct tn_row *rows;
    size_t count;
    const char *const *signature;                /* keys that tell the source, ended by NULL */
    void (*after)(struct tn_reading *reading);   /* what rows cannot say; NULL where nothing */
};

/* The rows as a tree of keys; made once for each worker. NULL when memory is short. */
const struct tn_tree_map *tn_tree_compile(struct tn_arena *arena, const struct tn_row *rows, size_t count);

/* The reader's own map in this worker, compiled at first use. */
const struct tn_tree_map *tn_worker_map(struct tn_worker *worker, const struct tn_reader *reader,
                                        const struct tn_tree_source *source);

/* Walks `tree` by `map`: every leaf is put, ignored, or kept in `extra` under its path. */
void tn_tree_walk(struct tn_reading *reading, const struct tn_tree_map *map, const cJSON *tree);

#endif
