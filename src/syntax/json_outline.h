/* SPDX-License-Identifier: MIT */
/* JSON without its strings. Most bytes of a record are strings, and cJSON looks at each byte of them twice, one after the
 * other. So they are taken out before, sixteen bytes at a time: cJSON parses what is left, which tells it everything about
 * the form, and the strings are put into its tree. */
#ifndef TN_SYNTAX_JSON_OUTLINE_H
#define TN_SYNTAX_JSON_OUTLINE_H

#include <cjson/cJSON.h>

#include "core/arena.h"
#include "core/str.h"

struct tn_json_outline {
    struct tn_str text; /* the JSON with `""` for every key and `null` for every string that is a value */
    char *strings;      /* keys, strings and nulls in the order in which they stand there */
};

/* The outline of `json`, in the arena. False where there is something in a string that cJSON has to judge (a NUL, an
 * escape that there is not), where `json` is longer than 4 MiB, or memory is short. */
bool tn_json_outline_make(struct tn_arena *arena, struct tn_str json, struct tn_json_outline *outline);

/* Puts what comes next in *strings into an item of the outline's tree: its key and, where it is a string, its value. To
 * be called for each item once, in order, from the root. */
void tn_json_outline_fill(cJSON *item, char **strings);

#endif
