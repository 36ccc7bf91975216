/* SPDX-License-Identifier: MIT */
/* Rules over numbers: participants, and what is stated against what is shown. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "trial/check_inside.h"

#define STATUS(check) TN_SHOWN(tn_text((check)->trial, TN_trial_status))

static bool enrollment_is(const struct tn_check *check, const char *type)
{
    return tn_check_among(tn_text(check->trial, TN_trial_enrollment_type), type);
}

/* A trial of such a status, in which really nobody took part. */
void tn_look_no_one_enrolled(struct tn_check *check, const struct tn_rule *rule)
{
    if (tn_check_status(check, rule->words) && tn_has(check->trial, TN_trial_enrollment) &&
        tn_int(check->trial, TN_trial_enrollment) == 0 && enrollment_is(check, "ACTUAL"))
        tn_found(check, rule, NULL, "status is %.*s, but the ACTUAL enrollment is 0", STATUS(check));
}

/* Withdrawn is a trial before its first participant. What other registries call so keeps its target; ClinicalTrials.gov sets 0. */
void tn_look_enrolled(struct tn_check *check, const struct tn_rule *rule)
{
    int64_t enrollment = tn_int(check->trial, TN_trial_enrollment);
    if (tn_check_status(check, rule->words) && enrollment > 0 &&
        (!enrollment_is(check, "ESTIMATED") || tn_check_is_ctgov(check)))
        tn_found(check, rule, NULL, "status is %.*s, but enrollment is %" PRId64, STATUS(check), enrollment);
}

/* Numbers that stand for something else: 99999999. */
void tn_look_enrollment_size(struct tn_check *check, const struct tn_rule *rule)
{
    enum { TOO_MANY = 99999999 };
    int64_t enrollment = tn_int(check->trial, TN_trial_enrollment);
    if (enrollment < 0 || enrollment >= TOO_MANY)
        tn_found(check, rule, NULL, "enrollment is %" PRId64, enrollment);
}

void tn_look_country_enrollment(struct tn_check *check, const struct tn_rule *rule)
{
    int64_t all = tn_int(check->trial, TN_trial_enrollment), target = tn_int(check->trial, TN_trial_target_enrollment);
    if (target > all)
        all = target;
    for (size_t i = 0; all > 0 && i < tn_count(check->trial, TN_trial_countries); i++) {
        const struct tn_record *country = tn_record_at(check->trial, TN_trial_countries, i);
        int64_t here = tn_int(country, TN_country_enrollment);
        if (here > all)
            tn_found(check, rule, NULL, "%" PRId64 " participants in %.*s, but %" PRId64 " in all", here,
                     TN_SHOWN(tn_check_country(country)), all);
    }
}

static int64_t top_level(const struct tn_record *trial, int list)
{
    int64_t count = 0;
    for (size_t i = 0; i < tn_count(trial, list); i++)
        count += tn_int(tn_record_at(trial, list, i), TN_criterion_level) == 0;
    return count;
}

/* Sources differ in whether an item below another counts. */
void tn_look_criteria_count(struct tn_check *check, const struct tn_rule *rule)
{
    int64_t declared = tn_int(check->trial, rule->a), all = (int64_t)tn_count(check->trial, rule->b);
    int64_t top = top_level(check->trial, rule->b);
    if (!tn_has(check->trial, rule->a) || (declared >= top && declared <= all))
        return;
    tn_found(check, rule, NULL, "%s is %" PRId64 ", but %s has %" PRId64, tn_check_name(rule->a), declared,
             tn_check_name(rule->b), declared < top ? top : all);
}

/* What is not shown at all is no list that could be short. */
void tn_look_list_count(struct tn_check *check, const struct tn_rule *rule)
{
    int64_t declared = tn_int(check->trial, rule->a), shown = (int64_t)tn_count(check->trial, rule->b);
    if (tn_has(check->trial, rule->a) && shown && declared != shown)
        tn_found(check, rule, NULL, "%s is %" PRId64 ", but %s has %" PRId64, tn_check_name(rule->a), declared,
                 tn_check_name(rule->b), shown);
}

/* Field a is one of `words` though there is one arm (number 1), or are several (number 2). */
void tn_look_arm_count(struct tn_check *check, const struct tn_rule *rule)
{
    int64_t arms = (int64_t)tn_count(check->trial, TN_trial_arms);
    struct tn_str value = tn_text(check->trial, rule->a);
    if (arms == 0)
        arms = tn_int(check->trial, TN_trial_group_count);
    if (tn_check_among(value, rule->words) && (rule->number == 1 ? arms == 1 : arms >= rule->number))
        tn_found(check, rule, NULL, "%s is %.*s, but there %s %" PRId64 " arm%s", tn_check_name(rule->a), TN_SHOWN(value),
                 arms == 1 ? "is" : "are", arms, arms == 1 ? "" : "s");
}

/* SINGLE is one party, QUADRUPLE four; NONE is none. DOUBLE was said of more than two until ClinicalTrials.gov got a word
 * for each number. Sources that name no parties say nothing. */
void tn_look_masked_parties(struct tn_check *check, const struct tn_rule *rule)
{
    enum { DOUBLE = 2 };
    static const char *const words[] = {"NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"};
    struct tn_str masking = tn_text(check->trial, TN_trial_masking);
    size_t parties = tn_count(check->trial, TN_trial_who_masked);
    for (size_t i = 0; parties && i < sizeof words / sizeof words[0]; i++)
        if (tn_check_among(masking, words[i]) && (i == 0) == (rule->number == 0) && i != parties &&
            !(i == DOUBLE && parties > DOUBLE))
            tn_found(check, rule, NULL, "masking is %s, but who_masked names %zu", words[i], parties);
}

/* An entry of a list, for finding its like. */
struct entry {
    const struct tn_record *record;
    const int *members; /* ended by -1 */
    size_t position;
};

static int compare_members(const struct entry *a, const struct entry *b)
{
    int order = 0;
    for (const int *member = a->members; *member >= 0 && order == 0; member++)
        order = tn_str_cmp(tn_text(a->record, *member), tn_text(b->record, *member));
    return order;
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    int order = compare_members(left, right);
    return order ? order : (left->position > right->position) - (left->position < right->position);
}

/* Those that state their first member; *count of them. */
static struct entry *gather_entries(const struct tn_rule *rule, const tn_trial *trial, size_t *count)
{
    size_t all = tn_count(trial, rule->a);
    struct entry *entries = malloc((all + 1) * sizeof *entries);
    const int *members = rule->table;
    *count = 0;
    for (size_t i = 0; entries && i < all; i++) {
        struct entry entry = {tn_record_at(trial, rule->a, i), members, i};
        if (tn_has(entry.record, members[0]) && !tn_check_says(tn_text(entry.record, members[0]), rule->phrases).s)
            entries[(*count)++] = entry;
    }
    return entries;
}

static void tell_duplicates(struct tn_check *check, const struct tn_rule *rule, const struct entry *entries, size_t count)
{
    const struct entry *first = NULL;
    size_t more = 0;
    for (size_t i = 1; i < count; i++) {
        if (compare_members(&entries[i - 1], &entries[i]) != 0)
            continue;
        if (first)
            more++;
        else
            first = &entries[i];
    }
    if (!first)
        return;
    char others[32] = "";
    if (more)
        snprintf(others, sizeof others, ", and %zu more", more);
    tn_found(check, rule, NULL, "%s[%zu] stands there before: %.*s%s", tn_check_name(rule->a), first->position,
             TN_SHOWN(tn_text(first->record, rule->b)), others);
}

/* Entries of list a that are the same in all members of the table (the first of which they state); not those whose first
 * member says one of the phrases. Member b names them. */
void tn_look_duplicates(struct tn_check *check, const struct tn_rule *rule)
{
    size_t count;
    if (tn_count(check->trial, rule->a) < 2)
        return;
    struct entry *entries = gather_entries(rule, check->trial, &count);
    check->failed |= !entries;
    if (entries) {
        qsort(entries, count, sizeof *entries, compare_entries);
        tell_duplicates(check, rule, entries, count);
    }
    free(entries);
}
