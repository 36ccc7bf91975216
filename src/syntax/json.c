/* SPDX-License-Identifier: MIT */
#include "syntax/json.h"

#include <stdlib.h>

/* The arena of the record that this thread is reading. */
static _Thread_local struct tn_arena *entered;

static void *take(size_t size)
{
    return entered ? tn_arena_alloc(entered, size) : malloc(size);
}

static void give_back(void *p)
{
    if (!entered || !tn_arena_owns(entered, p))
        free(p);
}

void tn_json_init_hooks(void)
{
    cJSON_Hooks hooks = {take, give_back};
    cJSON_InitHooks(&hooks);
}

void tn_json_arena_enter(struct tn_arena *arena)
{
    entered = arena;
}

struct tn_arena *tn_json_arena_leave(void)
{
    struct tn_arena *left = entered;
    entered = NULL;
    return left;
}

static const cJSON *fail(struct tn_str bytes, const char *end, bool memory, struct tn_error *error)
{
    size_t offset = end && end >= bytes.s ? (size_t)(end - bytes.s) : 0;
    struct tn_str rest = tn_str_from(bytes, offset);
    if (memory)
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "the record takes more memory than a record may");
    else
        tn_error_set(error, TN_FAILED, TN_SYNTAX, NULL, "not JSON here: '%.*s'",
                     (int)tn_str_cut(rest, 20), rest.s);
    if (error)
        error->offset = offset;
    return NULL;
}

const cJSON *tn_json_parse(struct tn_arena *arena, struct tn_str bytes, struct tn_error *error)
{
    const char *end = NULL;
    struct tn_arena *before = entered;
    entered = arena;
    const cJSON *tree = cJSON_ParseWithLengthOpts(bytes.s, bytes.len, &end, false);
    entered = before;
    if (!tree)
        return fail(bytes, end, arena->failed, error);
    if (tn_str_trim(tn_str_from(bytes, (size_t)(end - bytes.s))).len)
        return fail(bytes, end, false, error);
    return tree;
}
