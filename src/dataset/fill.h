/* SPDX-License-Identifier: MIT */
/* How many records of each source an input gave, and how many of them state which field. */
#ifndef TN_DATASET_FILL_H
#define TN_DATASET_FILL_H

#include "core/buf.h"
#include "dataset/arrival.h"

struct tn_fill_source {
    struct tn_str name;              /* reader, and of pages the site */
    uint32_t records;
    uint32_t filled[TN_trial_COUNT]; /* by field */
};

struct tn_fill {
    struct tn_fill_source *sources; /* `count` of them */
    size_t count, room;
    struct tn_arena names;
};

void tn_fill_init(struct tn_fill *fill);
void tn_fill_release(struct tn_fill *fill);
void tn_fill_reset(struct tn_fill *fill);

/* The source of that name, new where there is none; NULL when memory is short. */
struct tn_fill_source *tn_fill_source(struct tn_fill *fill, struct tn_str name);

/* One record more. False when memory is short. */
bool tn_fill_add(struct tn_fill *fill, const struct tn_arrival *arrival);

/* `given.filled`: of one record the bits of its fields, of more a number for each field. Appends it; reads it (adds to *source,
 * whose records the caller knows). False of what is no such thing. */
void tn_fill_pack(const struct tn_fill_source *source, struct tn_buf *bytes);
bool tn_fill_unpack(struct tn_str bytes, struct tn_fill_source *source);

#endif
