/* SPDX-License-Identifier: MIT */
/* Comparing: what its files share. */
#ifndef TN_TRIAL_COMPARE_INSIDE_H
#define TN_TRIAL_COMPARE_INSIDE_H

#include "core/arena.h"
#include "trial/compare.h"

/* An entry that has no partner. */
#define TN_UNPAIRED ((size_t)-1)

/* Which entry of one list is which of the other. */
struct tn_pairing {
    const tn_trial *before, *now;
    int field;
    size_t old_count, new_count;
    size_t *new_of; /* of each old entry its new one, or TN_UNPAIRED */
    size_t *old_of; /* the other way round */
};

/* Pairs the entries of a list or map. Its arrays are in the arena; false when memory is short. */
bool tn_pair_entries(struct tn_arena *arena, struct tn_pairing *pairing);

/* The same for `extra`: labels that differ in the index of a list alone and say the same are partners. */
bool tn_pair_extra(struct tn_arena *arena, struct tn_pairing *pairing);

/* True when both records are of one type and say the same. */
bool tn_same_record(const struct tn_record *a, const struct tn_record *b);

/* True when entry i of a's list is entry k of b's. */
bool tn_same_entry(const struct tn_record *a, size_t i, const struct tn_record *b, size_t k, int field);

/* A hash of a field's value, of one entry of a list, of a record: equal ones have equal hashes. */
uint64_t tn_hash_value(const struct tn_record *record, int field, uint64_t seed);
uint64_t tn_hash_entry(const struct tn_record *record, int field, size_t i);

#endif
