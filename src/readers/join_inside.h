/* SPDX-License-Identifier: MIT */
/* The insides of joining: what its files share. */
#ifndef TN_READERS_JOIN_INSIDE_H
#define TN_READERS_JOIN_INSIDE_H

#include <stdint.h>

#include "readers/join.h"

/* What became of a field of the second record. */
struct tn_joined {
    bool taken;       /* as it is */
    bool differs;     /* the first has another value */
    size_t *to;       /* of a list: the entry of the first that each of its entries became or went into ... */
    uint64_t *filled; /* ... and the members that it gave (all of them: the entry is new); 0: it was dropped */
};

struct tn_joining {
    struct tn_reading *reading;
    struct tn_record *first, *second;
    const struct tn_join *how;
    uint64_t had[TN_PRESENT_WORDS];         /* what the first had before */
    struct tn_joined fields[TN_trial_COUNT];
};

/* `conflict` about field `field` of the trial; `raw` goes to `extra` under the label where it stood. */
void tn_join_conflict(struct tn_joining *joining, int field, struct tn_str first, struct tn_str second);

/* One value of two records of a type: true when both say the same. */
bool tn_join_same(struct tn_joining *joining, const struct tn_record *first, const struct tn_record *second, int field);

/* Takes a field of `second` as it is. */
void tn_join_take(struct tn_record *first, const struct tn_record *second, int field);

/* The field of the trial that a field hangs on (a date's type on the date); -1: on none. */
int tn_join_main_field(int field);

/* The field of the trial in "locations[3].city"; -1: none. */
int tn_join_field_in(struct tn_str name);

/* Adds a record of another trial to a list. */
void tn_join_move(struct tn_record *to, int field, const struct tn_record *entry);

/* Lists that both have (join_list.c). */
void tn_join_texts(struct tn_joining *joining, int field);
void tn_join_words(struct tn_joining *joining, int field);
void tn_join_records(struct tn_joining *joining, int field);
void tn_join_criteria(struct tn_joining *joining);

/* Fills what `first` lacks from `second`; members that differ are a conflict. The members that were filled. */
uint64_t tn_join_fill(struct tn_joining *joining, int field, struct tn_record *first, const struct tn_record *second);

#endif
