/* SPDX-License-Identifier: MIT */
#include "dataset/merge.h"

#include <stdlib.h>

#include "dataset/merge_differs.h"
#include "dataset/precedence.h"

/* Fields that say one thing together: each comes from where the field before it, its leader, comes from. */
static const struct {
    int leader, member;
} together[] = {
    {TN_trial_trial_id, TN_trial_record_key},
    {TN_trial_trial_id, TN_trial_registry},
    {TN_trial_trial_id, TN_trial_url},
    {TN_trial_status, TN_trial_status_text},
    {TN_trial_status, TN_trial_last_known_status},
    {TN_trial_status, TN_trial_status_verified_date},
    {TN_trial_status, TN_trial_why_stopped},
    {TN_trial_start_date, TN_trial_start_date_type},
    {TN_trial_primary_completion_date, TN_trial_primary_completion_date_type},
    {TN_trial_completion_date, TN_trial_completion_date_type},
    {TN_trial_recruitment_start_date, TN_trial_recruitment_start_date_type},
    {TN_trial_recruitment_end_date, TN_trial_recruitment_end_date_type},
    {TN_trial_first_posted_date, TN_trial_first_posted_date_type},
    {TN_trial_results_first_posted_date, TN_trial_results_first_posted_date_type},
    {TN_trial_disposition_first_posted_date, TN_trial_disposition_first_posted_date_type},
    {TN_trial_last_update_posted_date, TN_trial_last_update_posted_date_type},
    {TN_trial_enrollment, TN_trial_enrollment_type},
    {TN_trial_minimum_age, TN_trial_minimum_age_years},
    {TN_trial_maximum_age, TN_trial_maximum_age_years},
    {TN_trial_eligibility_text, TN_trial_inclusion_criteria},
    {TN_trial_eligibility_text, TN_trial_exclusion_criteria},
    {TN_trial_eligibility_text, TN_trial_other_criteria},
    {TN_trial_eligibility_text, TN_trial_inclusion_declared},
    {TN_trial_eligibility_text, TN_trial_exclusion_declared},
    {TN_trial_eligibility_text, TN_trial_eligibility_truncated},
    {TN_trial_masking, TN_trial_who_masked},
    {TN_trial_arms, TN_trial_group_count},
    {TN_trial_lead_sponsor, TN_trial_lead_sponsor_class},
    {TN_trial_lead_sponsor, TN_trial_lead_sponsor_country},
    {TN_trial_organization, TN_trial_organization_class},
    {TN_trial_locations, TN_trial_location_count},
    {TN_trial_locations, TN_trial_countries},
};

enum { TOGETHER = sizeof together / sizeof together[0] };

/* Members that a part may give where the leader's part says nothing of them: they stand for themselves, too. */
static bool stands_alone(int field)
{
    return field == TN_trial_countries || field == TN_trial_location_count || field == TN_trial_group_count ||
           field == TN_trial_lead_sponsor_country;
}

static int leader_of(int field)
{
    for (size_t i = 0; i < TOGETHER; i++)
        if (together[i].member == field)
            return together[i].leader;
    return -1;
}

static int by_belief(const void *left, const void *right)
{
    const struct tn_merge_part *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    int order = tn_str_cmp(b->stamp, a->stamp);
    if (!order)
        order = tn_str_cmp(a->name, b->name);
    return order ? order : (a->record > b->record) - (a->record < b->record);
}

/* The part whose id the trial has. */
static int first_registry(const struct tn_merge_part *parts, size_t count)
{
    int best = -1;
    for (size_t i = 0; i < count; i++) {
        if (!tn_has(parts[i].says, TN_trial_trial_id))
            continue;
        struct tn_str id = tn_text(parts[i].says, TN_trial_trial_id);
        unsigned rank = tn_registry_rank(tn_text(parts[i].says, TN_trial_registry));
        unsigned best_rank = best < 0 ? 0 : tn_registry_rank(tn_text(parts[best].says, TN_trial_registry));
        if (best < 0 || rank < best_rank ||
            (rank == best_rank && tn_str_cmp(id, tn_text(parts[best].says, TN_trial_trial_id)) < 0))
            best = (int)i;
    }
    return best;
}

static int first_that_states(const struct tn_merge_part *parts, size_t count, int field)
{
    for (size_t i = 0; i < count; i++)
        if (tn_has(parts[i].says, field))
            return (int)i;
    return -1;
}

static int part_of(const struct tn_merge_part *parts, size_t count, const int *origin, int field)
{
    int leader = leader_of(field);
    if (field == TN_trial_trial_id)
        return first_registry(parts, count);
    if (leader >= 0 && origin[leader] >= 0 &&
        (tn_has(parts[origin[leader]].says, field) || !stands_alone(field)))
        return tn_has(parts[origin[leader]].says, field) ? origin[leader] : -1;
    return first_that_states(parts, count, field);
}

static void take(tn_trial *trial, const tn_trial *from, int field)
{
    trial->values[field] = from->values[field];
    trial->present[field / 64] |= (uint64_t)1 << (field % 64);
}

/* An entry of its own: the list of the part that it came from stays as it is. */
static void copy_entry(tn_trial *trial, int field, const struct tn_record *entry)
{
    struct tn_record *copy = tn_add_record(trial, field);
    if (!copy)
        return;
    memcpy(copy->present, entry->present, sizeof copy->present);
    memcpy(copy->values, entry->values, (size_t)entry->type->count * sizeof *entry->values);
}

static bool has_entry(const tn_trial *trial, int field, int name, const struct tn_record *entry)
{
    for (size_t i = 0; i < tn_count(trial, field); i++)
        if (tn_str_eq_fold(tn_text(tn_record_at(trial, field, i), name), tn_text(entry, name)))
            return true;
    return false;
}

/* A list of all parts: entries that `name` names, each once. */
static void unite(tn_trial *trial, const struct tn_merge_part *parts, size_t count, int field, int name)
{
    tn_clear(trial, field);
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; at < tn_count(parts[i].says, field); at++) {
            const struct tn_record *entry = tn_record_at(parts[i].says, field, at);
            if (i == 0 || !has_entry(trial, field, name, entry))
                copy_entry(trial, field, entry);
        }
}

/* The id that another registry gave the trial is one of its identifiers. */
static void add_ids(tn_trial *trial, const struct tn_merge_part *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct tn_str id = tn_text(parts[i].says, TN_trial_trial_id);
        bool there = !id.len || tn_str_eq(id, tn_text(trial, TN_trial_trial_id));
        for (size_t at = 0; at < tn_count(trial, TN_trial_identifiers) && !there; at++)
            there = tn_str_starts(tn_text(tn_record_at(trial, TN_trial_identifiers, at), TN_identifier_value), id);
        struct tn_record *identifier = there ? NULL : tn_add_record(trial, TN_trial_identifiers);
        tn_set_text(identifier, TN_identifier_value, id);
        tn_set_text(identifier, TN_identifier_type, TN_LIT("REGISTRY"));
        tn_set_text(identifier, TN_identifier_registry, tn_text(parts[i].says, TN_trial_registry));
    }
}

static bool is_compared(int field)
{
    static const int apart[] = {TN_trial_schema, TN_trial_record_key, TN_trial_trial_id, TN_trial_registry, TN_trial_url,
                                TN_trial_identifiers, TN_trial_source, TN_trial_warnings, TN_trial_extra, TN_trial_provenance};
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++)
        if (apart[i] == field)
            return false;
    return true;
}

/* What follows from another field differs with it. */
static bool follows(const tn_trial *a, const tn_trial *b, int field)
{
    int leader = leader_of(field);
    return leader >= 0 && is_compared(leader) && tn_has(a, leader) && tn_has(b, leader) && tn_differs(a, b, leader);
}

static bool disagree(struct tn_arena *arena, const tn_trial *a, const tn_trial *b, int field)
{
    if (!tn_differs(a, b, field) || follows(a, b, field))
        return false;
    return field != TN_trial_eligibility_text || tn_criteria_differ(arena, a, b);
}

static void warn(tn_trial *trial, const struct tn_merge_part *loser, int field)
{
    char buffer[TN_VALUE_MAX];
    struct tn_error error;
    struct tn_str value = tn_value_text(loser->says, field, buffer);
    if (value.s)
        tn_error_set(&error, TN_WARN, TN_CONFLICT, tn_type_trial.fields[field].name, "%.*s says '%.*s'", (int)loser->name.len,
                     loser->name.s, (int)tn_str_cut(value, 100), value.s);
    else
        tn_error_set(&error, TN_WARN, TN_CONFLICT, tn_type_trial.fields[field].name, "%.*s has another list", (int)loser->name.len,
                     loser->name.s);
    tn_add_warning(trial, &error);
}

static bool tell_conflicts(struct tn_arena *arena, const struct tn_merge_part *parts, size_t count, struct tn_merged *merged,
                           tn_conflict_fn *tell, void *context)
{
    for (int field = 0; field < TN_trial_COUNT; field++) {
        int winner = merged->origin[field];
        for (size_t i = 0; i < count && winner >= 0 && is_compared(field); i++) {
            const tn_trial *says = parts[i].says, *believed = parts[winner].says;
            if ((int)i == winner || !tn_has(says, field) || !disagree(arena, believed, says, field))
                continue;
            warn(merged->trial, &parts[i], field);
            if (!tell(context, field, (size_t)winner, i))
                return false;
        }
    }
    return true;
}

bool tn_merge(struct tn_arena *arena, struct tn_merge_part *parts, size_t count, struct tn_merged *merged, tn_conflict_fn *tell,
              void *context)
{
    qsort(parts, count, sizeof *parts, by_belief);
    merged->trial = tn_record_new(arena, &tn_type_trial);
    if (!merged->trial)
        return false;
    for (int step = 0; step < 2; step++) /* leaders first */
        for (int field = 0; field < TN_trial_COUNT; field++)
            if ((leader_of(field) >= 0) == step)
                merged->origin[field] = part_of(parts, count, merged->origin, field);
    for (int field = 0; field < TN_trial_COUNT; field++)
        if (merged->origin[field] >= 0)
            take(merged->trial, parts[merged->origin[field]].says, field);
    unite(merged->trial, parts, count, TN_trial_identifiers, TN_identifier_value);
    unite(merged->trial, parts, count, TN_trial_extra, TN_extra_value_label);
    add_ids(merged->trial, parts, count);
    const tn_trial *first = parts[0].says;
    tn_clear(merged->trial, TN_trial_warnings);
    for (size_t i = 0; i < tn_count(first, TN_trial_warnings); i++)
        copy_entry(merged->trial, TN_trial_warnings, tn_record_at(first, TN_trial_warnings, i));
    return tell_conflicts(arena, parts, count, merged, tell, context) && !arena->failed;
}
