/* SPDX-License-Identifier: MIT */
/* The shingles of one page: a hash table in an arena. */
#ifndef TN_DATASET_LINK_SHINGLES_H
#define TN_DATASET_LINK_SHINGLES_H

#include <stdint.h>

#include "core/arena.h"

struct tn_link_shingle {
    uint64_t hash;
    uint32_t number; /* in the order in which they came */
    uint32_t marks;  /* what the caller keeps of it; 0: the slot is free */
};

struct tn_link_table {
    struct tn_link_shingle *slots; /* `room` of them, a power of two; NULL: none yet */
    size_t room;
    size_t count;
};

/* The slot of that hash, a new one with no marks where it is not there: the caller sets one before the next call. NULL
 * when memory is short. */
struct tn_link_shingle *tn_link_table_put(struct tn_link_table *table, struct tn_arena *arena, uint64_t hash);

/* The slot of that hash; NULL where it is not there. */
const struct tn_link_shingle *tn_link_table_find(const struct tn_link_table *table, uint64_t hash);

#endif
