/* SPDX-License-Identifier: MIT */
#include "dataset/link_shingles.h"

enum { FIRST_ROOM = 1024 };

/* Where the hash stands, or the free slot where it would. There is always a free one. */
static struct tn_link_shingle *slot_of(const struct tn_link_table *table, uint64_t hash)
{
    size_t at = (size_t)hash & (table->room - 1);
    while (table->slots[at].marks && table->slots[at].hash != hash)
        at = (at + 1) & (table->room - 1);
    return &table->slots[at];
}

static bool grow(struct tn_link_table *table, struct tn_arena *arena)
{
    struct tn_link_table larger = {.room = table->room ? table->room * 2 : FIRST_ROOM, .count = table->count};
    larger.slots = tn_arena_zero(arena, larger.room * sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < table->room; i++)
        if (table->slots[i].marks)
            *slot_of(&larger, table->slots[i].hash) = table->slots[i];
    *table = larger;
    return true;
}

struct tn_link_shingle *tn_link_table_put(struct tn_link_table *table, struct tn_arena *arena, uint64_t hash)
{
    if (table->count >= table->room / 2 && !grow(table, arena))
        return NULL;
    struct tn_link_shingle *slot = slot_of(table, hash);
    if (!slot->marks)
        *slot = (struct tn_link_shingle){.hash = hash, .number = (uint32_t)table->count++};
    return slot;
}

const struct tn_link_shingle *tn_link_table_find(const struct tn_link_table *table, uint64_t hash)
{
    if (!table->room)
        return NULL;
    const struct tn_link_shingle *slot = slot_of(table, hash);
    return slot->marks ? slot : NULL;
}
