/* SPDX-License-Identifier: MIT */
/* The beginning of a JSON document, walked without a parser: it ends somewhere. */
#ifndef TN_READERS_JSON_HEAD_H
#define TN_READERS_JSON_HEAD_H

#include "core/str.h"
#include "trialnorm/reader.h"

enum { TN_JSON_HEAD_DEEPEST = 12 }; /* containers that are told; deeper ones are only counted */

/* A container that is open: its own name, empty where it is an element of an array or the whole. */
struct tn_json_place {
    struct tn_str key;
    bool array;
};

struct tn_json_head {
    struct tn_json_place places[TN_JSON_HEAD_DEEPEST];
    size_t depth; /* of open containers */
    bool ended;   /* the bytes ended, and what is open is closed for that */
    /* Called when a container was opened, before it is closed, and for each member with its value (of a list the first entry;
     * of an object nothing); NULL: nobody asks. `member` says whether to go on. */
    void (*open)(struct tn_json_head *head);
    void (*close)(struct tn_json_head *head);
    bool (*member)(struct tn_json_head *head, struct tn_str name, struct tn_str value);
};

/* Walks `bytes`; what is still open at the end is closed then. */
void tn_json_head_walk(struct tn_json_head *head, struct tn_str bytes);

/* The record path (reader.h) of the innermost open container; empty where it needs none. */
void tn_json_head_path(const struct tn_json_head *head, char *path, size_t room);

/* A place in a document: the containers that lead to it, from the outermost. */
struct tn_json_found {
    struct tn_json_place places[TN_JSON_HEAD_DEEPEST];
    size_t depth;
};

/* The innermost open container as a place. */
struct tn_json_found tn_json_head_here(const struct tn_json_head *head);

/* The record path of all records of which `found` is the first (json_siblings.c). Where other objects, or lists of objects, with
 * the same members stand beside the first one under other names ({"NCT1": {...}, "NCT2": {...}}, {"page1": [...], "page2":
 * [...]}), or may stand behind the end of `bytes`, its own name becomes `*` or `name|*` (input/split.h). True when it says
 * more than the names that lead to the first record. */
bool tn_json_siblings_path(const struct tn_json_found *found, struct tn_str bytes, char *path, size_t room);

#endif
