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

#endif
