/* SPDX-License-Identifier: MIT */
#include "core/arena.h"

#include <stdint.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 4 * 1024 * 1024, KEPT_BLOCK = 1024 * 1024 };

struct tn_arena_block {
    struct tn_arena_block *older;
    size_t size; /* bytes behind this header */
};

static char *block_bytes(struct tn_arena_block *block)
{
    return (char *)block + tn_arena_aligned(sizeof *block);
}

void tn_arena_init(struct tn_arena *arena, size_t limit)
{
    *arena = (struct tn_arena){.limit = limit};
}

static bool add_block(struct tn_arena *arena, size_t need)
{
    size_t size = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < need)
        size = need;
    if (size > arena->limit - arena->total) {
        size = need;
        if (size > arena->limit - arena->total)
            return false;
    }
    struct tn_arena_block *block = malloc(tn_arena_aligned(sizeof *block) + size);
    if (!block)
        return false;
    block->older = arena->block;
    block->size = size;
    arena->block = block;
    arena->next = block_bytes(block);
    arena->end = arena->next + size;
    arena->total += size;
    return true;
}

void *tn_arena_alloc_further(struct tn_arena *arena, size_t size)
{
    bool fits = size <= SIZE_MAX / 2;
    size = tn_arena_aligned(size ? size : 1);
    if (!fits || (size > (size_t)(arena->end - arena->next) && !add_block(arena, size))) {
        arena->failed = true;
        return NULL;
    }
    void *p = arena->next;
    arena->next += size;
    return p;
}

void *tn_arena_grow(struct tn_arena *arena, void *old, size_t old_size, size_t new_size)
{
    if (old && new_size <= tn_arena_aligned(old_size ? old_size : 1))
        return old;
    char *behind = old ? (char *)old + tn_arena_aligned(old_size ? old_size : 1) : NULL;
    if (old && behind == arena->next && new_size <= SIZE_MAX / 2) {
        size_t more = tn_arena_aligned(new_size) - (size_t)(behind - (char *)old);
        if (more <= (size_t)(arena->end - arena->next)) {
            arena->next += more;
            return old;
        }
    }
    void *p = tn_arena_alloc(arena, new_size);
    if (p && old)
        memcpy(p, old, old_size);
    return p;
}

bool tn_arena_owns(const struct tn_arena *arena, const void *p)
{
    uintptr_t at = (uintptr_t)p;
    for (struct tn_arena_block *block = arena->block; block; block = block->older) {
        uintptr_t start = (uintptr_t)block_bytes(block);
        if (at >= start && at < start + block->size)
            return true;
    }
    return false;
}

static void free_blocks(struct tn_arena_block *block)
{
    while (block) {
        struct tn_arena_block *older = block->older;
        free(block);
        block = older;
    }
}

/* Frees all blocks but `kept`, which may be NULL, and begins again there. */
static void keep_block(struct tn_arena *arena, struct tn_arena_block *kept)
{
    while (arena->block && arena->block != kept) {
        struct tn_arena_block *older = arena->block->older;
        free(arena->block);
        arena->block = older;
    }
    if (!kept) {
        tn_arena_init(arena, arena->limit);
        return;
    }
    free_blocks(kept->older);
    kept->older = NULL;
    arena->next = block_bytes(kept);
    arena->end = arena->next + kept->size;
    arena->total = kept->size;
    arena->failed = false;
}

void tn_arena_reset(struct tn_arena *arena)
{
    struct tn_arena_block *newest = arena->block;
    while (newest && newest->size > KEPT_BLOCK)
        newest = newest->older;
    keep_block(arena, newest);
}

void tn_arena_reset_to_first(struct tn_arena *arena)
{
    struct tn_arena_block *first = arena->block;
    while (first && first->older)
        first = first->older;
    keep_block(arena, first);
}

void tn_arena_release(struct tn_arena *arena)
{
    keep_block(arena, NULL);
}
