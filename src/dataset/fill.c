/* SPDX-License-Identifier: MIT */
#include "dataset/fill.h"

#include <stdlib.h>

void tn_fill_init(struct tn_fill *fill)
{
    *fill = (struct tn_fill){.sources = NULL};
    tn_arena_init(&fill->names, SIZE_MAX / 2);
}

void tn_fill_release(struct tn_fill *fill)
{
    free(fill->sources);
    tn_arena_release(&fill->names);
}

void tn_fill_reset(struct tn_fill *fill)
{
    fill->count = 0;
    tn_arena_reset(&fill->names);
}

static bool enlarge(struct tn_fill *fill)
{
    size_t room = fill->room ? 2 * fill->room : 4;
    struct tn_fill_source *sources = realloc(fill->sources, room * sizeof *sources);
    if (!sources)
        return false;
    fill->sources = sources;
    fill->room = room;
    return true;
}

struct tn_fill_source *tn_fill_source(struct tn_fill *fill, struct tn_str name)
{
    for (size_t i = fill->count; i > 0; i--)
        if (tn_str_eq(fill->sources[i - 1].name, name))
            return &fill->sources[i - 1];
    struct tn_str copy = tn_str_copy(&fill->names, name);
    if (!copy.s || (fill->count == fill->room && !enlarge(fill)))
        return NULL;
    fill->sources[fill->count] = (struct tn_fill_source){.name = copy};
    return &fill->sources[fill->count++];
}

static bool has(const uint64_t *present, int field)
{
    return present[field / 64] >> (field % 64) & 1;
}

bool tn_fill_add(struct tn_fill *fill, const struct tn_arrival *arrival)
{
    char name[256];
    struct tn_buf text = {name, 0, sizeof name, sizeof name, false};
    tn_buf_str(&text, tn_str_slice(arrival->part[TN_ARRIVAL_READER].s, tn_str_cut(arrival->part[TN_ARRIVAL_READER], 100)));
    if (arrival->part[TN_ARRIVAL_SITE].len)
        tn_buf_char(&text, ' ');
    tn_buf_str(&text, tn_str_slice(arrival->part[TN_ARRIVAL_SITE].s, tn_str_cut(arrival->part[TN_ARRIVAL_SITE], 150)));
    struct tn_fill_source *source = tn_fill_source(fill, tn_str_slice(name, text.len));
    if (!source)
        return false;
    source->records++;
    for (int field = 0; field < TN_trial_COUNT; field++)
        source->filled[field] += has(arrival->present, field);
    return true;
}

void tn_fill_pack(const struct tn_fill_source *source, struct tn_buf *bytes)
{
    uint64_t bits[TN_PRESENT_WORDS] = {0};
    if (source->records != 1) {
        tn_buf_add(bytes, (const char *)source->filled, sizeof source->filled);
        return;
    }
    for (int field = 0; field < TN_trial_COUNT; field++)
        bits[field / 64] |= (uint64_t)(source->filled[field] > 0) << (field % 64);
    tn_buf_add(bytes, (const char *)bits, sizeof bits);
}

bool tn_fill_unpack(struct tn_str bytes, struct tn_fill_source *source)
{
    uint64_t bits[TN_PRESENT_WORDS];
    uint32_t filled[TN_trial_COUNT];
    if (bytes.len == sizeof bits) {
        memcpy(bits, bytes.s, sizeof bits);
        for (int field = 0; field < TN_trial_COUNT; field++)
            source->filled[field] += has(bits, field);
    } else if (bytes.len == sizeof filled) {
        memcpy(filled, bytes.s, sizeof filled);
        for (int field = 0; field < TN_trial_COUNT; field++)
            source->filled[field] += filled[field];
    }
    return bytes.len == sizeof bits || bytes.len == sizeof filled;
}
