/* SPDX-License-Identifier: MIT */
/* Records that state the same registry identifiers: which of them are one trial. */
#ifndef TN_DATASET_GROUP_H
#define TN_DATASET_GROUP_H

#include "core/arena.h"
#include "core/str.h"

/* An identifier that a member states. */
struct tn_group_id {
    struct tn_str registry; /* {NULL, 0}: of none (UTN) */
    struct tn_str id;
    bool own;               /* it is the member's trial_id */
    bool former;            /* the registry that gave it says that it is the member's, too */
};

struct tn_group_member {
    long long record;
    const struct tn_group_id *ids; /* id_count of them */
    size_t id_count;
    size_t set;                    /* made: members of one trial have the same, the number of one of them */
};

/* Why two members stayed apart, though they share `shared`. */
struct tn_group_refusal {
    size_t a, b; /* members */
    struct tn_str shared;
    struct tn_str registry, id_a, id_b; /* two different ids of one registry; {NULL, 0}: another pair was as good */
};

/* Joins members, all of which are linked by shared ids in some way:
 *  - those with the same trial_id are one trial;
 *  - then those of which each names the other's trial_id, then those of which one does, then those that share a third id
 *    (UTN, EudraCT number), each time unless the trials that come together would have two different ids of one registry: a trial
 *    has its own ids there (that it names another's is not enough, unless as a former id: extensions name the trial that they
 *    extend), else all that it states. Where each pair
 *    could be joined but not all of them, none of them is: nothing says which is meant. The order of the members makes no
 *    difference to who is joined with whom.
 * `refuse` is told of each pair that shares an id and was not joined, once for each pair of sets. False when memory is short. */
bool tn_group(struct tn_arena *arena, struct tn_group_member *members, size_t count,
              void (*refuse)(void *context, const struct tn_group_refusal *refusal), void *context);

#endif
