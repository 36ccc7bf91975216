/* SPDX-License-Identifier: MIT */
#include "trial/compare.h"

#include "core/str.h"
#include "trial/compare_inside.h"

/* What the other fields of the trial do not say: nothing of it, or nothing that is its own. */
static const int about_the_record[] = {TN_trial_schema, TN_trial_record_key, TN_trial_source, TN_trial_warnings,
                                       TN_trial_provenance};

/* A field that follows from another one (`root`). */
static const struct {
    int field, root;
} derived[] = {
    {TN_trial_registry, TN_trial_trial_id},
    {TN_trial_url, TN_trial_trial_id},
    {TN_trial_status_text, TN_trial_status},
    {TN_trial_minimum_age_years, TN_trial_minimum_age},
    {TN_trial_maximum_age_years, TN_trial_maximum_age},
    {TN_trial_inclusion_criteria, TN_trial_eligibility_text},
    {TN_trial_exclusion_criteria, TN_trial_eligibility_text},
    {TN_trial_other_criteria, TN_trial_eligibility_text},
    {TN_trial_countries, TN_trial_locations},
};

struct comparing {
    const tn_trial *before, *now;
    unsigned flags;
    tn_difference_fn *tell;
    void *context;
    struct tn_arena arena;
    bool ended; /* nobody wants to hear more */
    bool full;  /* memory is short */
};

const char *tn_difference_name(enum tn_difference_kind kind)
{
    static const char *const names[] = {"added", "removed", "changed", "reordered"};
    return names[kind];
}

static bool is_about_the_record(int field)
{
    for (size_t i = 0; i < sizeof about_the_record / sizeof about_the_record[0]; i++)
        if (about_the_record[i] == field)
            return true;
    return false;
}

/* True where the field follows from one that differs too. */
static bool follows(const struct comparing *comparing, int field)
{
    for (size_t i = 0; i < sizeof derived / sizeof derived[0]; i++)
        if (derived[i].field == field)
            return !tn_same_value(comparing->before, comparing->now, derived[i].root);
    return false;
}

/* A country that is there because a site is; one of which a register says more stands for itself. */
static bool only_named(const struct tn_record *country)
{
    int field = country ? tn_next_field(country, TN_country_code + 1) : -1;
    return field < 0;
}

static bool is_brought_along(const struct comparing *comparing, const struct tn_difference *difference)
{
    if (!(comparing->flags & TN_COMPARE_SAID) || difference->field != TN_trial_countries || !follows(comparing, difference->field))
        return false;
    bool removed = difference->kind == TN_FIELD_REMOVED, added = difference->kind == TN_FIELD_ADDED;
    if (!difference->entry)
        return true;
    return (added || only_named(tn_record_at(comparing->before, difference->field, difference->old_at))) &&
           (removed || only_named(tn_record_at(comparing->now, difference->field, difference->new_at)));
}

static void tell(struct comparing *comparing, struct tn_difference difference)
{
    if (!comparing->ended && !is_brought_along(comparing, &difference))
        comparing->ended = !comparing->tell(comparing->context, &difference);
}

/* Old entries from *from up to `to` that are no more. */
static void tell_removed(struct comparing *comparing, const struct tn_pairing *pairing, size_t *from, size_t to)
{
    for (; *from < to; ++*from)
        if (pairing->new_of[*from] == TN_UNPAIRED)
            tell(comparing, (struct tn_difference){TN_FIELD_REMOVED, pairing->field, true, *from, 0});
}

/* A label of `extra` that moved with its list says what it said. */
static bool same_said(const struct comparing *comparing, int field, size_t old_at, size_t new_at)
{
    if (field != TN_trial_extra || !(comparing->flags & TN_COMPARE_SAID))
        return tn_same_entry(comparing->before, old_at, comparing->now, new_at, field);
    return tn_same_value(tn_record_at(comparing->before, field, old_at), tn_record_at(comparing->now, field, new_at),
                         TN_extra_value_values);
}

static void tell_entries(struct comparing *comparing, const struct tn_pairing *pairing)
{
    size_t told = 0, last = 0;
    bool in_order = true;
    for (size_t i = 0; i < pairing->new_count && !comparing->ended; i++) {
        size_t old_at = pairing->old_of[i];
        if (old_at == TN_UNPAIRED) {
            tell(comparing, (struct tn_difference){TN_FIELD_ADDED, pairing->field, true, 0, i});
            continue;
        }
        in_order = in_order && old_at >= last;
        last = old_at;
        tell_removed(comparing, pairing, &told, old_at);
        if (!same_said(comparing, pairing->field, old_at, i))
            tell(comparing, (struct tn_difference){TN_FIELD_CHANGED, pairing->field, true, old_at, i});
    }
    tell_removed(comparing, pairing, &told, pairing->old_count);
    if (!in_order && tn_type_trial.fields[pairing->field].kind != TN_MAP) /* the order of labels says nothing */
        tell(comparing, (struct tn_difference){TN_FIELD_REORDERED, pairing->field, false, 0, 0});
}

static void compare_list(struct comparing *comparing, int field)
{
    struct tn_pairing pairing = {.before = comparing->before, .now = comparing->now, .field = field};
    tn_arena_reset(&comparing->arena);
    bool moves = field == TN_trial_extra && comparing->flags & TN_COMPARE_SAID;
    if (moves ? tn_pair_extra(&comparing->arena, &pairing) : tn_pair_entries(&comparing->arena, &pairing))
        tell_entries(comparing, &pairing);
    else
        comparing->full = comparing->ended = true;
}

static void compare_field(struct comparing *comparing, int field)
{
    enum tn_kind kind = tn_type_trial.fields[field].kind;
    bool stated = tn_has(comparing->before, field), states = tn_has(comparing->now, field);
    bool left_out = comparing->flags & TN_COMPARE_SAID &&
                    (is_about_the_record(field) || (field != TN_trial_countries && follows(comparing, field)));
    if (left_out || tn_same_value(comparing->before, comparing->now, field))
        return;
    if (kind >= TN_TEXT_LIST && kind != TN_RECORD_ONE) {
        compare_list(comparing, field);
        return;
    }
    enum tn_difference_kind what = !stated ? TN_FIELD_ADDED : states ? TN_FIELD_CHANGED : TN_FIELD_REMOVED;
    tell(comparing, (struct tn_difference){what, field, false, 0, 0});
}

bool tn_compare(const tn_trial *before, const tn_trial *now, unsigned flags, tn_difference_fn *tell_one, void *context)
{
    struct comparing comparing = {.before = before, .now = now, .flags = flags, .tell = tell_one, .context = context};
    tn_arena_init(&comparing.arena, SIZE_MAX / 2);
    for (int f = 0; f < tn_type_trial.count && !comparing.ended; f++)
        compare_field(&comparing, f);
    tn_arena_release(&comparing.arena);
    return !comparing.full;
}
