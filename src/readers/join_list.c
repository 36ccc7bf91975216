/* SPDX-License-Identifier: MIT */
/* Lists that two readings of a trial both have. */
#include <stdlib.h>
#include <xxhash.h>

#include "readers/join_inside.h"

/* A registry's whole record has all of these. */
static bool is_closed(const struct tn_joining *joining, int field)
{
    static const int closed[] = {TN_trial_conditions, TN_trial_arms,          TN_trial_interventions, TN_trial_outcomes,
                                 TN_trial_locations,  TN_trial_collaborators, TN_trial_officials};
    for (size_t i = 0; joining->how->whole && i < sizeof closed / sizeof closed[0]; i++)
        if (closed[i] == field)
            return true;
    return false;
}

static uint64_t hash_of(struct tn_joining *joining, struct tn_str text)
{
    struct tn_str letters = tn_letters(joining->reading->arena, text);
    return XXH3_64bits(letters.len ? letters.s : text.s, letters.len ? letters.len : text.len);
}

/* What entries are found by. */
struct key {
    uint64_t hash;
    size_t entry;
};

static int by_hash(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

/* The first key of this hash, or `count`. */
static size_t find_key(const struct key *keys, size_t count, uint64_t hash)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && keys[low].hash == hash ? low : count;
}

static bool start_list(struct tn_joining *joining, int field)
{
    struct tn_joined *joined = &joining->fields[field];
    size_t count = tn_count(joining->second, field) + 1;
    joined->to = tn_arena_zero(joining->reading->arena, count * sizeof *joined->to);
    joined->filled = tn_arena_zero(joining->reading->arena, count * sizeof *joined->filled);
    return joined->to && joined->filled;
}

/* Entries that a whole record does not have. */
struct strangers {
    struct tn_str first;
    size_t count;
};

static void keep_stranger(struct tn_joining *joining, int field, struct strangers *strangers, struct tn_str text)
{
    struct tn_stated value = tn_stated_of(text);
    struct tn_str label = joining->how->noted ? joining->how->noted[field].label : (struct tn_str){NULL, 0};
    if (strangers->count++ == 0)
        strangers->first = text;
    tn_put_extra(joining->reading, label.len ? label : tn_str_of(tn_type_trial.fields[field].name), &value);
}

static void tell_strangers(struct tn_joining *joining, int field, const struct strangers *strangers)
{
    struct tn_reading *reading = joining->reading;
    if (strangers->count == 0)
        return;
    reading->line = joining->how->noted ? joining->how->noted[field].line : 0;
    tn_warn(reading, TN_CONFLICT, joining->first, field, "%s have no '%.*s'%s, which %s has; the first are kept",
            joining->how->first_name, (int)tn_str_cut(strangers->first, 80), strangers->first.s,
            strangers->count > 1 ? " and others" : "", joining->how->second_name);
    reading->line = 0;
}

void tn_join_texts(struct tn_joining *joining, int field)
{
    size_t count = tn_count(joining->first, field);
    struct key *keys = tn_arena_alloc(joining->reading->arena, (count + 1) * sizeof *keys);
    struct strangers strangers = {.count = 0};
    if (!keys || !start_list(joining, field))
        return;
    for (size_t i = 0; i < count; i++)
        keys[i] = (struct key){hash_of(joining, tn_text_at(joining->first, field, i)), i};
    qsort(keys, count, sizeof *keys, by_hash);
    for (size_t i = 0; i < tn_count(joining->second, field); i++) {
        struct tn_str text = tn_text_at(joining->second, field, i);
        if (find_key(keys, count, hash_of(joining, text)) < count)
            continue;
        if (is_closed(joining, field)) {
            keep_stranger(joining, field, &strangers, text);
            continue;
        }
        joining->fields[field].to[i] = tn_count(joining->first, field);
        joining->fields[field].filled[i] = UINT64_MAX;
        tn_add_text(joining->first, field, text);
    }
    tell_strangers(joining, field, &strangers);
}

static struct tn_str joined_words(struct tn_joining *joining, const struct tn_record *record, int field)
{
    struct tn_str all = tn_text_at(record, field, 0);
    for (size_t i = 1; i < tn_count(record, field) && i < 8; i++)
        all = tn_str_format(joining->reading->arena, "%s, %s", all.s ? all.s : "", tn_text_at(record, field, i).s);
    return all;
}

static bool has_all(const struct tn_record *record, const struct tn_record *other, int field)
{
    for (size_t i = 0; i < tn_count(other, field); i++) {
        bool found = false;
        for (size_t k = 0; k < tn_count(record, field) && !found; k++)
            found = tn_str_eq(tn_text_at(record, field, k), tn_text_at(other, field, i));
        if (!found)
            return false;
    }
    return true;
}

/* Sets of few words. */
void tn_join_words(struct tn_joining *joining, int field)
{
    enum { COMPARED = 100 };
    bool few = tn_count(joining->first, field) <= COMPARED && tn_count(joining->second, field) <= COMPARED;
    if (few && has_all(joining->first, joining->second, field) && has_all(joining->second, joining->first, field))
        return;
    tn_join_conflict(joining, field, joined_words(joining, joining->first, field),
                     joined_words(joining, joining->second, field));
}

/* Records. */

enum { NAMES = 3 };

/* What a record is known by: a name of both must be the same (`names` of them, from the first), none may differ. */
static const struct list {
    int field;
    int members[NAMES];
    int names, count;
} lists[] = {
    {TN_trial_identifiers, {TN_identifier_value}, 1, 1},
    {TN_trial_related_trials, {TN_related_trial_trial_id, TN_related_trial_title}, 2, 2},
    {TN_trial_condition_mesh, {TN_mesh_term_term, TN_mesh_term_id}, 2, 2},
    {TN_trial_intervention_mesh, {TN_mesh_term_term, TN_mesh_term_id}, 2, 2},
    {TN_trial_condition_codes, {TN_condition_code_code, TN_condition_code_system}, 1, 2},
    {TN_trial_arms, {TN_arm_label}, 1, 1},
    {TN_trial_interventions, {TN_intervention_name}, 1, 1},
    {TN_trial_outcomes, {TN_outcome_measure, TN_outcome_kind, TN_outcome_time_frame}, 1, 3},
    {TN_trial_collaborators, {TN_collaborator_name}, 1, 1},
    {TN_trial_officials, {TN_official_name}, 1, 1},
    {TN_trial_contacts, {TN_contact_name, TN_contact_email, TN_contact_phone}, 3, 3},
    {TN_trial_locations, {TN_location_facility, TN_location_city, TN_location_country_code}, 2, 3},
    {TN_trial_countries, {TN_country_code, TN_country_name}, 2, 1},
    {TN_trial_publications, {TN_publication_pmid, TN_publication_citation}, 2, 1},
    {TN_trial_links, {TN_link_url}, 1, 1},
    {TN_trial_documents, {TN_document_filename, TN_document_label, TN_document_url}, 3, 1},
    {TN_trial_ipd_links, {TN_ipd_link_url, TN_ipd_link_id}, 2, 1},
    {TN_trial_ethics, {TN_ethics_reference, TN_ethics_body}, 2, 2},
};

static const struct list *list_of(int field)
{
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (lists[i].field == field)
            return &lists[i];
    return NULL;
}

struct names {
    uint64_t hash[NAMES]; /* 0: absent */
};

static struct names names_of(struct tn_joining *joining, const struct list *list, const struct tn_record *entry)
{
    struct names names = {{0}};
    int most = list->names > list->count ? list->names : list->count;
    for (int i = 0; i < most; i++)
        if (tn_has(entry, list->members[i]))
            names.hash[i] = hash_of(joining, tn_text(entry, list->members[i])) | 1;
    return names;
}

/* None may differ; that one is the same is known. */
static bool agree(const struct list *list, const struct names *a, const struct names *b)
{
    for (int i = 0; i < list->count; i++)
        if (a->hash[i] && b->hash[i] && a->hash[i] != b->hash[i])
            return false;
    return true;
}

struct known {
    const struct list *list;
    struct names *names; /* of the first's entries */
    struct key *keys;
    size_t count;
};

static bool know(struct tn_joining *joining, const struct list *list, struct known *known)
{
    size_t count = tn_count(joining->first, list->field);
    *known = (struct known){.list = list};
    known->names = tn_arena_alloc(joining->reading->arena, (count + 1) * sizeof *known->names);
    known->keys = tn_arena_alloc(joining->reading->arena, (count * NAMES + 1) * sizeof *known->keys);
    if (!known->names || !known->keys)
        return false;
    for (size_t i = 0; i < count; i++) {
        known->names[i] = names_of(joining, list, tn_record_at(joining->first, list->field, i));
        for (int n = 0; n < list->names; n++)
            if (known->names[i].hash[n])
                known->keys[known->count++] = (struct key){known->names[i].hash[n], i};
    }
    qsort(known->keys, known->count, sizeof *known->keys, by_hash);
    return true;
}

/* The entry that says the same; TN_NO_OFFSET: none. */
static size_t find_same(const struct known *known, const struct names *names)
{
    enum { LOOKED_AT = 200 };
    for (int n = 0; n < known->list->names; n++) {
        size_t at = names->hash[n] ? find_key(known->keys, known->count, names->hash[n]) : known->count;
        for (size_t looked = 0; at < known->count && known->keys[at].hash == names->hash[n] && looked < LOOKED_AT;
             at++, looked++)
            if (agree(known->list, &known->names[known->keys[at].entry], names))
                return known->keys[at].entry;
    }
    return TN_NO_OFFSET;
}

static bool is_value(enum tn_kind kind)
{
    return kind < TN_TEXT_LIST;
}

/* "BE" and "Belgium" with the same code; the name stands where only one of both is one. */
static bool same_country(struct tn_record *first, const struct tn_record *second, int member)
{
    enum { LONGEST_CODE = 3 };
    bool place = first->type == &tn_type_location && member == TN_location_country;
    if (!place || !tn_has(first, TN_location_country_code) ||
        !tn_str_eq(tn_text(first, TN_location_country_code), tn_text(second, TN_location_country_code)))
        return false;
    if (tn_text(first, member).len <= LONGEST_CODE && tn_text(second, member).len > LONGEST_CODE)
        tn_join_take(first, second, member);
    return true;
}

uint64_t tn_join_fill(struct tn_joining *joining, int field, struct tn_record *first, const struct tn_record *second)
{
    char one[TN_VALUE_MAX], other[TN_VALUE_MAX];
    uint64_t filled = 0;
    for (int m = 0; m < second->type->count; m++) {
        if (!tn_has(second, m))
            continue;
        if (!tn_has(first, m)) {
            tn_join_take(first, second, m);
            filled |= UINT64_C(1) << m;
        } else if (is_value(second->type->fields[m].kind) && !same_country(first, second, m) &&
                   !tn_join_same(joining, first, second, m)) {
            tn_join_conflict(joining, field, tn_value_text(first, m, one), tn_value_text(second, m, other));
        }
    }
    return filled;
}

/* All that an entry says, for `extra`. */
static struct tn_str in_words(struct tn_joining *joining, const struct tn_record *entry)
{
    char buffer[TN_VALUE_MAX];
    struct tn_str words = {NULL, 0};
    for (int m = 0; m < entry->type->count; m++) {
        struct tn_str value = tn_value_text(entry, m, buffer);
        if (value.len && strcmp(entry->type->fields[m].name, "country_code") != 0)
            words = tn_str_format(joining->reading->arena, "%.*s%s%.*s", (int)words.len, words.s ? words.s : "",
                                  words.len ? ", " : "", (int)value.len, value.s);
    }
    return words;
}

static void add_entry(struct tn_joining *joining, int field, size_t i)
{
    const struct tn_record *entry = tn_record_at(joining->second, field, i);
    joining->fields[field].to[i] = tn_count(joining->first, field);
    struct tn_record *added = tn_add_record(joining->first, field);
    if (!added)
        return;
    memcpy(added, entry, sizeof *entry + (size_t)entry->type->count * sizeof entry->values[0]);
    joining->fields[field].filled[i] = UINT64_MAX;
}

static void join_entries(struct tn_joining *joining, const struct list *list, const struct known *known)
{
    int field = list->field;
    struct strangers strangers = {.count = 0};
    for (size_t i = 0; i < tn_count(joining->second, field); i++) {
        const struct tn_record *entry = tn_record_at(joining->second, field, i);
        struct names names = names_of(joining, list, entry);
        size_t same = find_same(known, &names);
        bool own_number = field == TN_trial_identifiers &&
                          tn_str_eq(tn_text(entry, TN_identifier_value), tn_text(joining->first, TN_trial_trial_id));
        if (own_number)
            continue;
        if (same != TN_NO_OFFSET && names.hash[0] && names.hash[0] == known->names[same].hash[0]) {
            joining->fields[field].to[i] = same;
            joining->fields[field].filled[i] =
                tn_join_fill(joining, field, tn_record_edit(joining->first, field, same), entry);
        } else if (same == TN_NO_OFFSET && is_closed(joining, field)) {
            keep_stranger(joining, field, &strangers, in_words(joining, entry));
        } else if (same == TN_NO_OFFSET) {
            add_entry(joining, field, i);
        }
    }
    tell_strangers(joining, field, &strangers);
}

void tn_join_records(struct tn_joining *joining, int field)
{
    const struct list *list = list_of(field);
    struct known known;
    if (!start_list(joining, field))
        return;
    if (tn_type_trial.fields[field].kind == TN_RECORD_ONE)
        joining->fields[field].filled[0] = tn_join_fill(joining, field, tn_record_edit(joining->first, field, 0),
                                                        tn_record_at(joining->second, field, 0));
    else if (list && know(joining, list, &known))
        join_entries(joining, list, &known);
}

/* Criteria. */

static const int criteria_lists[] = {TN_trial_inclusion_criteria, TN_trial_exclusion_criteria, TN_trial_other_criteria};
static const int criteria_fields[] = {TN_trial_eligibility_text,   TN_trial_inclusion_criteria, TN_trial_exclusion_criteria,
                                      TN_trial_other_criteria,     TN_trial_inclusion_declared, TN_trial_exclusion_declared,
                                      TN_trial_eligibility_truncated};

static size_t count_items(const struct tn_record *trial)
{
    return tn_count(trial, criteria_lists[0]) + tn_count(trial, criteria_lists[1]) + tn_count(trial, criteria_lists[2]);
}

/* The first criterion of the second that the first has neither as an item nor in its text. */
static struct tn_str stranger_among(struct tn_joining *joining)
{
    enum { SEARCHED = 200 };
    struct tn_arena *arena = joining->reading->arena;
    struct key *keys = tn_arena_alloc(arena, (count_items(joining->first) + 1) * sizeof *keys);
    struct tn_str text = tn_letters(arena, tn_text(joining->first, TN_trial_eligibility_text));
    size_t count = 0, searched = 0;
    for (size_t s = 0; keys && s < 3; s++)
        for (size_t i = 0; i < tn_count(joining->first, criteria_lists[s]); i++, count++)
            keys[count].hash =
                hash_of(joining, tn_text(tn_record_at(joining->first, criteria_lists[s], i), TN_criterion_text));
    if (keys)
        qsort(keys, count, sizeof *keys, by_hash);
    for (size_t s = 0; keys && s < 3; s++)
        for (size_t i = 0; i < tn_count(joining->second, criteria_lists[s]); i++) {
            struct tn_str item = tn_text(tn_record_at(joining->second, criteria_lists[s], i), TN_criterion_text);
            if (find_key(keys, count, hash_of(joining, item)) < count)
                continue;
            if (searched++ == SEARCHED || tn_str_find(text, tn_letters(arena, item)) == TN_NO_OFFSET)
                return item;
        }
    return (struct tn_str){NULL, 0};
}

void tn_join_criteria(struct tn_joining *joining)
{
    if (!tn_has(joining->first, TN_trial_eligibility_text) && count_items(joining->first) == 0) {
        for (size_t i = 0; i < sizeof criteria_fields / sizeof criteria_fields[0]; i++)
            if (tn_has(joining->second, criteria_fields[i])) {
                tn_join_take(joining->first, joining->second, criteria_fields[i]);
                joining->fields[criteria_fields[i]].taken = true;
            }
        return;
    }
    struct tn_str stranger = stranger_among(joining);
    if (stranger.len)
        tn_join_conflict(joining, TN_trial_eligibility_text, tn_text(joining->first, TN_trial_eligibility_text), stranger);
}
