/* SPDX-License-Identifier: MIT */
/* One trial of what several records say of it. */
#ifndef TN_DATASET_MERGE_H
#define TN_DATASET_MERGE_H

#include "core/arena.h"
#include "trial/record.h"

/* A record of the trial. */
struct tn_merge_part {
    long long record;
    tn_trial *says; /* not changed */
    struct tn_str stamp;         /* batch/unique.h */
    struct tn_str name;          /* for people: dataset/source.h */
    unsigned rank;               /* dataset/precedence.h; smaller is believed first */
};

/* What was made. */
struct tn_merged {
    tn_trial *trial;
    int origin[TN_trial_COUNT]; /* number of the part that a field comes from; -1: the trial does not state it */
};

/* A field about which a part says something else than the part that is believed. */
typedef bool tn_conflict_fn(void *context, int field, size_t winner, size_t loser);

/* Sorts the parts: by rank, then the newer first, then by name; and makes the trial of them:
 *  - a field is that of the first part that states it, so that nothing replaces a value by none;
 *  - fields that say one thing together (a date and its type; enrollment and its type; an age in two units; the criteria; sponsor and
 *    class) come from the part that gave the first of them, and from no other;
 *  - trial_id, registry, url and record_key come from the registry that is first of those that gave the trial an id;
 *  - identifiers are those of all parts, each once, and `extra` has the labels of all parts;
 *  - `warnings` are those of the first part, and one `conflict` for each field and part that says something else: texts and lists
 *    that differ in more than case, punctuation and the order of entries. `tell` is called for these, too.
 * False when memory is short, or `tell` ends it. */
bool tn_merge(struct tn_arena *arena, struct tn_merge_part *parts, size_t count, struct tn_merged *merged, tn_conflict_fn *tell,
              void *context);

#endif
