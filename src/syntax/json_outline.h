/* SPDX-License-Identifier: MIT */
/* JSON without its strings and numbers. Most bytes of a record are strings, and cJSON looks at each byte of them twice, one
 * after the other. So they are taken out before, sixteen bytes at a time: cJSON parses what is left, which tells it
 * everything about the form, and they are put into its tree. */
#ifndef TN_SYNTAX_JSON_OUTLINE_H
#define TN_SYNTAX_JSON_OUTLINE_H

#include <stdint.h>

#include <cjson/cJSON.h>

#include "core/arena.h"
#include "core/str.h"

struct tn_json_outline {
    struct tn_str text; /* the JSON with `""` for every key and `null` for every string and plain number that is a value */
    char *strings;      /* these in the order in which they stand there, a NUL behind each */
    uint32_t *entries;  /* what each of them is, and nulls */
};

/* The outline of `json`, in the arena. False where there is something in a string that cJSON has to judge (a NUL, an
 * escape that there is not), where `json` is longer than 2 MiB, or memory is short. */
bool tn_json_outline_make(struct tn_arena *arena, struct tn_str json, struct tn_json_outline *outline);

/* Puts what comes next in the outline into an item of its tree: the key, the value where it was taken out. To be called
 * for each item once, in order, from the root. */
void tn_json_outline_fill(cJSON *item, struct tn_json_outline *outline);

#endif
