/* SPDX-License-Identifier: MIT */
/* What makes of one record another one: JSON Patch (RFC 6902) of their JSON. */
#ifndef TN_WRITERS_JSON_PATCH_H
#define TN_WRITERS_JSON_PATCH_H

#include "core/arena.h"
#include "core/buf.h"
#include "trialnorm/trial.h"

/* Appends an array of operations that make the JSON of `now` (tn_json_trial, without a selection) of that of `before`: `[]` where
 * they are the same. Entries of lists that only moved are removed and added. Takes memory from `arena`; false when that is
 * short. */
bool tn_json_patch(struct tn_buf *out, struct tn_arena *arena, const tn_trial *before, const tn_trial *now);

#endif
