/* SPDX-License-Identifier: MIT */
/* The values of a record of an unknown export, one by one, from its tree. */
#ifndef TN_READERS_GENERIC_MEMBERS_H
#define TN_READERS_GENERIC_MEMBERS_H

#include <cjson/cJSON.h>

#include "readers/generic_data.h"

/* An object that is an entry of a list of records: a site, an arm, an outcome, a contact. */
struct tn_data_entry {
    struct tn_str path;
    const struct tn_label_word *word; /* of the list */
    const cJSON *object;
};

struct tn_data_reading {
    struct tn_generic generic;
    struct tn_data_item *items;
    size_t count, room;
    struct tn_data_entry *entries;
    size_t entry_count, entry_room;
    struct tn_str *sides[2]; /* criteria for inclusion and exclusion */
    size_t side_count[2];
    struct tn_str remark, remark_path; /* behind the trial's number, and where */
    struct tn_record *contact; /* to which the next detail belongs */
};

/* Lists the values of `tree`, in its order. False when memory is short. */
bool tn_data_members(struct tn_data_reading *data, const cJSON *tree);

/* Takes from a number what stands in brackets behind it, and later puts what that says (generic_coded.c). */
void tn_data_part_number(struct tn_data_reading *data, struct tn_data_item *item);
void tn_data_put_remark(struct tn_data_reading *data);

/* Conditions with codes before them; false where the item is none such. */
bool tn_data_put_coded(struct tn_data_reading *data, const struct tn_data_item *item);

/* True of the names of criteria: their texts are split with their markup. */
bool tn_data_is_criteria(const struct tn_label_word *word);

/* Puts the entries of lists, whose names have their meaning in the list alone. */
void tn_data_members_put(struct tn_data_reading *data);

#endif
