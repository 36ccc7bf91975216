/* SPDX-License-Identifier: MIT */
/* Structured sources: rows {path, field, put} over a cJSON tree, which is walked once per record. */
#ifndef TN_READERS_TREE_H
#define TN_READERS_TREE_H

#include <cjson/cJSON.h>

#include "readers/worker.h"

/* One row of a source's map. Of XML (syntax/xml.h) "a.b" is the element b's text, whether it has attributes or not,
 * "a.b.@c" its attribute c.
 * path    "a.b[].c" from the record; `[]` behind a key stands for every element of an array
 * kind    VALUE     a leaf's value goes into `field` of `type`: of the record that the nearest OPENS row above opened
 *                   for it, or of the trial. A leaf may have several
 *         FLAG      a leaf that is true or false: where it is true, `word` is added to the list `field`
 *         OPENS     what stands at the path (an object, or a bare value with VALUE rows of its own) is a record of
 *                   the list or single record `field` of `type`; rows below fill it. `word`, "kind=PRIMARY", is set in
 *                   it when the source says nothing else there. One that stays empty is dropped again
 *         EXTRA     known, but no field holds it: kept in `extra` under its path, with all below it that has no row
 *                   of its own
 *         IGNORED   left out on purpose, with all below it; `word` says why. A VALUE row at the same path gets `true`: that it
 *                   is there
 *         COPY      repeats what stands at the path `word` of the record: of it, and of all below it, only what is not
 *                   said there too is kept, in `extra`. The path is made of keys and `[]`; where it has several
 *                   elements, each of them counts
 *         SAME      another place for the top-level member `word`: read by that one's rows where the record itself has
 *                   none and no other place was read before, and else as COPY
 * put     of a VALUE: how the value gets there; NULL: tn_put
 * What no row names goes to `extra` too, with an `unmapped` warning. */
enum tn_row_kind {
    TN_ROW_VALUE,
    TN_ROW_FLAG,
    TN_ROW_OPENS,
    TN_ROW_EXTRA,
    TN_ROW_IGNORED,
    TN_ROW_COPY,
    TN_ROW_SAME
};

struct tn_row {
    const char *path;
    enum tn_row_kind kind;
    const struct tn_record_type *type;
    int field;
    tn_put_fn *put;
    const char *word;
    const char *by; /* the name of `put`, for the page of maps */
};

#define TN_VALUE(path, R, F) {path, TN_ROW_VALUE, &tn_type_##R, TN_##R##_##F, NULL, NULL, NULL}
#define TN_VALUE_BY(path, R, F, put) {path, TN_ROW_VALUE, &tn_type_##R, TN_##R##_##F, put, NULL, #put}
#define TN_FLAG(path, R, F, word) {path, TN_ROW_FLAG, &tn_type_##R, TN_##R##_##F, NULL, word, NULL}
#define TN_OPENS(path, R, F) {path, TN_ROW_OPENS, &tn_type_##R, TN_##R##_##F, NULL, NULL, NULL}
#define TN_OPENS_AS(path, R, F, word) {path, TN_ROW_OPENS, &tn_type_##R, TN_##R##_##F, NULL, word, NULL}
#define TN_EXTRA(path) {path, TN_ROW_EXTRA, NULL, -1, NULL, NULL, NULL}
#define TN_IGNORED(path, reason) {path, TN_ROW_IGNORED, NULL, -1, NULL, reason, NULL}
#define TN_COPY(path, of) {path, TN_ROW_COPY, NULL, -1, NULL, of, NULL}
#define TN_SAME(path, as) {path, TN_ROW_SAME, NULL, -1, NULL, as, NULL}

struct tn_tree_source {
    const struct tn_row *rows;
    size_t count;
    const char *const *signature; /* keys that tell the source, ended by NULL: the first, or two others, in the first 64 KiB
                                     make a claim; the first must be in every record */
    void (*after)(struct tn_reading *reading); /* what rows cannot say; NULL where nothing */
    bool only_orders; /* `after` changes the order of entries and nothing else, and a row's `put` fills no field but its
                         own and those that tn_put_... say: then rows alone tell what a field will be */
};

/* The rows as a tree of keys; made once for each worker. NULL when memory is short. */
const struct tn_tree_map *tn_tree_compile(struct tn_arena *arena, const struct tn_row *rows, size_t count);

/* The reader's own map in this worker, compiled at first use. */
const struct tn_tree_map *tn_worker_map(struct tn_worker *worker, const struct tn_reader *reader,
                                        const struct tn_tree_source *source);

/* Walks `tree` by `map`: every leaf is put, ignored, or kept in `extra` under its path. */
void tn_tree_walk(struct tn_reading *reading, const struct tn_tree_map *map, const cJSON *tree);

/* What the map says of a column of that name (columns.h); NULL: nothing. */
struct tn_tree_node;
const struct tn_tree_node *tn_tree_column(const struct tn_tree_map *map, struct tn_str name);

/* Walks the cells of a row: child->valueint is the number of its column, for which `columns` has what the map says; -1 of a
 * cell behind the last, TN_COLUMN_OF_NUMBERS of the number that software gave the row. */
enum { TN_COLUMN_OF_NUMBERS = -2 };
void tn_tree_walk_columns(struct tn_reading *reading, const cJSON *tree, const struct tn_tree_node *const *columns);

/* While a row's put is called, or `after` (then only the record): the node of the value (`up` 0), the object or array that it is in (1), what that is in
 * (2), ...; NULL beyond the record. */
const cJSON *tn_tree_at(const struct tn_reading *reading, int up);

/* The key of the value, or of the array that it is an element of; never NULL. */
const char *tn_tree_key(const struct tn_reading *reading);

/* A member of an object; NULL where there is none, where it is null, or where `object` is no object. */
const cJSON *tn_tree_member(const cJSON *object, const char *key);

/* The text of such a member, without blanks around it; empty where it is no string, or not there. */
struct tn_str tn_tree_text(const cJSON *object, const char *key);

/* What stands at "a.b.c" in the record; of an array the first element. NULL as above. */
const cJSON *tn_tree_find(const struct tn_reading *reading, const char *path);

/* Keeps everything in `item` in `extra` under its path. */
void tn_tree_put_extra(struct tn_reading *reading, const cJSON *item);

/* Keeps of `item`, which stands where the reading stands, what is not at the path `of` too. */
void tn_tree_put_other(struct tn_reading *reading, const cJSON *item, const char *of);

/* True when the record, or what was read in its place, has that top-level member. If not, notes `item` as what is read
 * in its place. */
bool tn_tree_stands(struct tn_reading *reading, const cJSON *item, const char *member);

/* detect and read of a reader whose table is a tn_tree_source: records of JSON, XML or delimited text that are
 * filled by rows alone. */
void tn_tree_detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence);
enum tn_severity tn_tree_read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                              tn_emit_fn *emit, void *context, struct tn_error *error);

/* What makes of a record's tree the one that the rows describe. */
typedef const cJSON *tn_prepare_fn(struct tn_reading *reading, const cJSON *tree);

/* As tn_tree_read, of JSON that is prepared before it is walked; the key `other` may stand for the signature's first. */
enum tn_severity tn_tree_read_prepared(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                                       tn_prepare_fn *prepare, const char *other, tn_emit_fn *emit, void *context,
                                       struct tn_error *error);

/* Moves the entries of a list field of records to the end, keeping their order, where `later` says so. */
void tn_move_last(struct tn_record *record, int field, bool (*later)(const struct tn_record *entry));

#endif
