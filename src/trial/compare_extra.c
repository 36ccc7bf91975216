/* SPDX-License-Identifier: MIT */
/* `extra` of two versions of a trial. A list that no field holds stands there as labels with an index, `browseLeaves[3].name`: where one entry
 * of it goes, all behind it have another index and say the same as before. */
#include <stdlib.h>

#include "core/str.h"
#include "trial/compare_inside.h"

/* A label at hand: by what it says, or by its name. */
struct label {
    uint64_t hash;
    size_t at;
};

struct side {
    const tn_trial *trial;
    struct label *labels; /* `count` of them that have no partner yet */
    size_t count;
};

static int by_hash(const void *a, const void *b)
{
    const struct label *one = a, *other = b;
    if (one->hash != other->hash)
        return one->hash < other->hash ? -1 : 1;
    return (one->at > other->at) - (one->at < other->at);
}

static struct tn_str name_of(const struct side *side, size_t at)
{
    return tn_text(tn_record_at(side->trial, TN_trial_extra, at), TN_extra_value_label);
}

/* FNV-1a; digits between brackets do not count. */
static uint64_t hash_name(struct tn_str name, bool indexed)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    bool inside = false;
    for (size_t i = 0; i < name.len; i++) {
        inside = indexed && (name.s[i] == '[' || (inside && name.s[i] != ']'));
        if (!inside)
            hash = (hash ^ (unsigned char)name.s[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

/* How labels are held against each other, one way after the other. */
static const struct {
    bool indexed; /* whatever their index, if they have one */
    bool values;  /* with what they say */
} ways[] = {{false, true}, {true, true}, {false, false}, {true, false}};

enum { WAYS = sizeof ways / sizeof ways[0] };

/* Hashes of the labels that have no partner. */
static void hash_side(struct side *side, int way)
{
    for (size_t i = 0; i < side->count; i++) {
        const struct tn_record *entry = tn_record_at(side->trial, TN_trial_extra, side->labels[i].at);
        uint64_t hash = hash_name(name_of(side, side->labels[i].at), ways[way].indexed);
        side->labels[i].hash = ways[way].values ? tn_hash_value(entry, TN_extra_value_values, hash) : hash;
    }
    qsort(side->labels, side->count, sizeof *side->labels, by_hash);
}

/* Labels whose hash both sides have are partners, and taken away. */
static void match(struct side *old, struct side *now, struct tn_pairing *pairing)
{
    size_t i = 0, k = 0, old_left = 0, new_left = 0;
    while (i < old->count || k < now->count) {
        bool behind = k == now->count || (i < old->count && old->labels[i].hash < now->labels[k].hash);
        if (behind) {
            old->labels[old_left++] = old->labels[i++];
        } else if (i == old->count || old->labels[i].hash > now->labels[k].hash) {
            now->labels[new_left++] = now->labels[k++];
        } else {
            pairing->new_of[old->labels[i].at] = now->labels[k].at;
            pairing->old_of[now->labels[k++].at] = old->labels[i++].at;
        }
    }
    old->count = old_left;
    now->count = new_left;
}

static bool side_of(struct tn_arena *arena, const tn_trial *trial, struct side *side)
{
    *side = (struct side){trial, NULL, tn_count(trial, TN_trial_extra)};
    side->labels = tn_arena_alloc(arena, (side->count + 1) * sizeof *side->labels);
    for (size_t i = 0; side->labels && i < side->count; i++)
        side->labels[i].at = i;
    return side->labels != NULL;
}

static void note_unpaired(const struct side *side, size_t *partner)
{
    for (size_t i = 0; i < side->count; i++)
        partner[side->labels[i].at] = TN_UNPAIRED;
}

bool tn_pair_extra(struct tn_arena *arena, struct tn_pairing *pairing)
{
    struct side old, now;
    if (!side_of(arena, pairing->before, &old) || !side_of(arena, pairing->now, &now))
        return false;
    pairing->old_count = old.count;
    pairing->new_count = now.count;
    pairing->new_of = tn_arena_alloc(arena, (old.count + 1) * sizeof *pairing->new_of);
    pairing->old_of = tn_arena_alloc(arena, (now.count + 1) * sizeof *pairing->old_of);
    if (!pairing->new_of || !pairing->old_of)
        return false;
    for (int way = 0; way < WAYS; way++) {
        hash_side(&old, way);
        hash_side(&now, way);
        match(&old, &now, pairing);
    }
    note_unpaired(&old, pairing->new_of);
    note_unpaired(&now, pairing->old_of);
    return true;
}
