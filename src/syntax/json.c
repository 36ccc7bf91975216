/* SPDX-License-Identifier: MIT */
#include "syntax/json.h"

#include <stdlib.h>

#include "syntax/json_outline.h"

/* The arena of the record that this thread is reading. */
static _Thread_local struct tn_arena *current;

/* True inside the parser, where everything comes from the arena: giving back needs no look at the address then. */
static _Thread_local bool parsing;

static __attribute__((noinline)) void *take_further(size_t size)
{
    return current ? tn_arena_alloc_further(current, size) : malloc(size);
}

/* Called two or three times for every value: what the newest block has is taken without a further call. */
static void *take(size_t size)
{
    struct tn_arena *arena = current;
    if (!arena || size == 0 || size > (size_t)(arena->end - arena->next))
        return take_further(size);
    return tn_arena_alloc(arena, size);
}

static void give_back(void *p)
{
    if (!parsing && (!current || !tn_arena_owns(current, p)))
        free(p);
}

void tn_json_init_hooks(void)
{
    cJSON_Hooks hooks = {take, give_back};
    cJSON_InitHooks(&hooks);
}

struct tn_arena *tn_json_arena_enter(struct tn_arena *arena)
{
    struct tn_arena *before = current;
    current = arena;
    return before;
}

void tn_json_arena_leave(struct tn_arena *before)
{
    current = before;
}

static cJSON *fail(struct tn_error *error, enum tn_code code, size_t offset, const char *message)
{
    tn_error_set(error, TN_FAILED, code, NULL, "%s", message);
    if (error)
        error->offset = offset;
    return NULL;
}

/* Puts what was taken out (NULL: nothing was) into the tree. False when a bracket is nested deeper than
 * TN_MAX_DEPTH: everybody behind may count on it, and cJSON's own limit is whatever it was compiled with. */
static bool settle(cJSON *item, struct tn_json_outline *outline)
{
    cJSON *around[TN_MAX_DEPTH];
    size_t depth = 0;
    for (;;) {
        if (outline)
            tn_json_outline_fill(item, outline);
        bool nested = item->type == cJSON_Object || item->type == cJSON_Array;
        if (nested && depth == TN_MAX_DEPTH)
            return false;
        if (nested && item->child) {
            around[depth++] = item;
            item = item->child;
            continue;
        }
        while (depth && !item->next)
            item = around[--depth];
        if (depth == 0)
            return true;
        item = item->next;
    }
}

/* cJSON says where it gave up, but not why. */
static cJSON *explain(const struct tn_arena *arena, struct tn_str text, const char *end, struct tn_error *error)
{
    size_t offset = end && end >= text.s && end <= text.s + text.len ? (size_t)(end - text.s) : 0;
    struct tn_str rest = tn_str_from(text, offset);
    if (arena->failed)
        return fail(error, TN_NO_MEMORY, offset, "the record takes more memory than a record may");
    if (tn_str_trim(text).len == 0)
        return fail(error, TN_SYNTAX, 0, "no JSON value");
    if (tn_str_trim(rest).len <= 1 && !tn_str_ends_fold(tn_str_trim(text), TN_LIT("}")))
        return fail(error, TN_TRUNCATED, text.len, "the JSON ends too early");
    struct tn_str whole = tn_str_trim(text);
    size_t last = (size_t)(whole.s + whole.len - 1 - text.s); /* a comma too many may be found behind the end */
    offset = offset > last ? last : offset;
    rest = tn_str_trim(tn_str_from(text, offset));
    tn_error_set(error, TN_FAILED, TN_SYNTAX, NULL, "not JSON at '%.*s'", (int)tn_str_cut(rest, 20), rest.s);
    if (error)
        error->offset = offset;
    return NULL;
}

/* cJSON's tree of the text; *end gets where it stopped. */
static cJSON *tree_of(struct tn_arena *arena, struct tn_str text, const char **end)
{
    struct tn_arena *before = tn_json_arena_enter(arena);
    parsing = true;
    cJSON *tree = cJSON_ParseWithLengthOpts(text.s, text.len, end, false);
    parsing = false;
    tn_json_arena_leave(before);
    return tree;
}

static bool ends_at(struct tn_str text, const char *end)
{
    return tn_str_trim(tn_str_from(text, (size_t)(end - text.s))).len == 0;
}

/* The tree without a look at the strings' bytes by cJSON. NULL where that does not do. */
static cJSON *tree_by_outline(struct tn_arena *arena, struct tn_str text)
{
    struct tn_json_outline outline;
    const char *end = NULL;
    cJSON *tree = tn_json_outline_make(arena, text, &outline) ? tree_of(arena, outline.text, &end) : NULL;
    return tree && ends_at(outline.text, end) && settle(tree, &outline) ? tree : NULL;
}

cJSON *tn_json_parse(struct tn_arena *arena, const char *bytes, size_t len, struct tn_error *error)
{
    struct tn_str text = tn_str_slice(bytes, len);
    const char *end = NULL;
    cJSON *tree = tree_by_outline(arena, text);
    if (tree)
        return tree;
    tree = tree_of(arena, text, &end);
    if (!tree)
        return explain(arena, text, end, error);
    if (!ends_at(text, end))
        return fail(error, TN_SYNTAX, (size_t)(end - bytes), "something stands behind the JSON value");
    if (!settle(tree, NULL))
        return fail(error, TN_TOO_DEEP, TN_NO_OFFSET, "nested too deep");
    return tree;
}
