/* SPDX-License-Identifier: MIT */
/* Memory of one record: everything that a record needs is taken from an arena and given back by one reset. */
#ifndef TN_CORE_ARENA_H
#define TN_CORE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct tn_arena_block;

struct tn_arena {
    char *next;                   /* first free byte of the newest block */
    char *end;                    /* one past its last byte */
    struct tn_arena_block *block; /* newest first */
    size_t total;                 /* bytes in all blocks */
    size_t limit;                 /* more than this is refused */
    bool failed;                  /* something was refused since the last reset */
};

enum { TN_ARENA_ALIGNMENT = 16 };

/* What so many bytes take. */
static inline size_t tn_arena_aligned(size_t size)
{
    return (size + (TN_ARENA_ALIGNMENT - 1)) & ~(size_t)(TN_ARENA_ALIGNMENT - 1);
}

/* An empty arena that hands out at most `limit` bytes before a reset. Takes no memory yet. */
void tn_arena_init(struct tn_arena *arena, size_t limit);

/* What the next block must give. For tn_arena_alloc alone. */
void *tn_arena_alloc_further(struct tn_arena *arena, size_t size);

/* `size` bytes, aligned for anything, not cleared; NULL when the limit or the machine's memory is reached.
 * Stays valid until the next reset or release. Blocks hold a multiple of the alignment. */
static inline void *tn_arena_alloc(struct tn_arena *arena, size_t size)
{
    if (size == 0 || size > (size_t)(arena->end - arena->next))
        return tn_arena_alloc_further(arena, size);
    void *p = arena->next;
    arena->next += tn_arena_aligned(size);
    return p;
}

/* The same, all zero. */
static inline void *tn_arena_zero(struct tn_arena *arena, size_t size)
{
    void *p = tn_arena_alloc(arena, size);
    return p ? memset(p, 0, size) : NULL;
}

/* `old` (of old_size bytes, from this arena, or NULL) as new_size bytes; grown in place where it is the newest. */
void *tn_arena_grow(struct tn_arena *arena, void *old, size_t old_size, size_t new_size);

/* True if p was handed out by this arena. */
bool tn_arena_owns(const struct tn_arena *arena, const void *p);

/* Everything handed out is gone; a block of usual size is kept for the next record. */
void tn_arena_reset(struct tn_arena *arena);

/* The same, but it is the first block that is kept: what one large piece took is not. */
void tn_arena_reset_to_first(struct tn_arena *arena);

/* Gives all memory back. */
void tn_arena_release(struct tn_arena *arena);

#endif
