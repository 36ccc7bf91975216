/* SPDX-License-Identifier: MIT */
/* Cutting a JSON record down to what stands on a few paths, before it is parsed: a scan that knows strings and brackets
 * and makes no tree. */
#ifndef TN_SYNTAX_JSON_PROJECT_H
#define TN_SYNTAX_JSON_PROJECT_H

#include "core/arena.h"
#include "core/str.h"
#include "trialnorm/reader.h"

struct tn_json_paths;

/* No paths; NULL when memory is short. */
struct tn_json_paths *tn_json_paths_new(struct tn_arena *arena);

/* Adds "a.b[].c": `[]` behind a key stands for every element of an array. The key's text is borrowed. With `mention`
 * only that there is something counts: the value becomes null unless another path goes there. False when memory is
 * short. */
bool tn_json_paths_add(struct tn_json_paths *paths, struct tn_arena *arena, const char *path, bool mention);

/* The object `record` with nothing in it but what stands on the paths, in its order, duplicates too; what is no object or
 * array where a path goes on stays as it is, and so does a key with an escape in it. In the arena. {NULL, 0} when the
 * record is no object, has no end, or memory is short; what is left out is not checked.
 * `large`: the record's long members as tn_raw has them, which are jumped over where they are left out; or NULL. */
struct tn_str tn_json_project(struct tn_arena *arena, const struct tn_json_paths *paths, struct tn_str record,
                              const struct tn_raw_member *large);

#endif
