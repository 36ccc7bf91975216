/* SPDX-License-Identifier: MIT */
/* Rules over entries of lists: numbers of the trial, publications, parties, and names that point to each other. */
#include <stdlib.h>

#include "trial/check_inside.h"

#define REGISTRY_TYPE "REGISTRY EUDRACT_NUMBER CTIS"

void tn_look_related_self(struct tn_check *check, const struct tn_rule *rule)
{
    struct tn_str id = tn_text(check->trial, TN_trial_trial_id);
    for (size_t i = 0; id.s && i < tn_count(check->trial, TN_trial_related_trials); i++)
        if (tn_str_eq_fold(tn_text(tn_record_at(check->trial, TN_trial_related_trials, i), TN_related_trial_trial_id), id)) {
            tn_found(check, rule, NULL, "related_trials[%zu] is the trial itself, %.*s", i, TN_SHOWN(id));
            return;
        }
}

/* The first identifier of the trial that `wanted` wants. */
static const struct tn_record *find_identifier(const tn_trial *trial,
                                               bool (*wanted)(const tn_trial *trial, const struct tn_record *identifier))
{
    for (size_t i = 0; i < tn_count(trial, TN_trial_identifiers); i++) {
        const struct tn_record *identifier = tn_record_at(trial, TN_trial_identifiers, i);
        if (wanted(trial, identifier))
            return identifier;
    }
    return NULL;
}

/* The same with a suffix (2023-507385-11-00, EUCTR2004-002714-11-DE) is no other one. */
static bool is_second(const tn_trial *trial, const struct tn_record *identifier)
{
    struct tn_str registry = tn_text(trial, TN_trial_registry), id = tn_text(trial, TN_trial_trial_id);
    return registry.s && id.s && tn_str_eq(tn_text(identifier, TN_identifier_registry), registry) &&
           tn_check_among(tn_text(identifier, TN_identifier_type), REGISTRY_TYPE) &&
           tn_str_find_fold(tn_text(identifier, TN_identifier_value), id) == TN_NO_OFFSET;
}

void tn_look_second_id(struct tn_check *check, const struct tn_rule *rule)
{
    const struct tn_record *second = find_identifier(check->trial, is_second);
    if (second)
        tn_found(check, rule, NULL, "identifiers has %.*s beside trial_id %.*s of the same registry",
                 TN_SHOWN(tn_text(second, TN_identifier_value)), TN_SHOWN(tn_text(check->trial, TN_trial_trial_id)));
}

static bool is_of_other_type(const tn_trial *trial, const struct tn_record *identifier)
{
    struct tn_str id = tn_text(trial, TN_trial_trial_id);
    return id.s && tn_has(identifier, TN_identifier_type) &&
           !tn_check_among(tn_text(identifier, TN_identifier_type), REGISTRY_TYPE) &&
           tn_str_eq_fold(tn_text(identifier, TN_identifier_value), id);
}

void tn_look_id_type(struct tn_check *check, const struct tn_rule *rule)
{
    const struct tn_record *other = find_identifier(check->trial, is_of_other_type);
    if (other)
        tn_found(check, rule, NULL, "identifiers has trial_id %.*s as %.*s",
                 TN_SHOWN(tn_text(other, TN_identifier_value)), TN_SHOWN(tn_text(other, TN_identifier_type)));
}

/* Where an identifier of a registry holds a year, and the first year in which one was given. */
static const struct {
    const char *registry;
    size_t at;
    unsigned digits, since;
} years[] = {
    {"ANZCTR", 8, 2, 2005}, {"CTIS", 0, 4, 2021},  {"CTRI", 5, 4, 2007},  {"ChiCTR", 6, 2, 2005}, {"EUCTR", 0, 4, 2004},
    {"LBCTR", 5, 4, 2015},  {"PACTR", 5, 4, 2007}, {"SLCTR", 6, 4, 2006}, {"TCTR", 4, 4, 2008},
};

static void look_at_year(struct tn_check *check, const struct tn_rule *rule, const char *field, struct tn_str id,
                         struct tn_str registry)
{
    enum { A_YEAR = 10000 };
    for (size_t i = 0; i < sizeof years / sizeof years[0]; i++) {
        unsigned long year;
        if (!tn_check_among(registry, years[i].registry) || id.len < years[i].at + years[i].digits ||
            !tn_str_uint(tn_str_slice(id.s + years[i].at, years[i].digits), 9999, &year))
            continue;
        year += years[i].digits == 2 ? 2000 : 0;
        if (year < years[i].since)
            tn_found(check, rule, field, "%.*s is of %lu, but %s began in %u", TN_SHOWN(id), year, years[i].registry,
                     years[i].since);
        else if (check->today && (int)year > check->today / A_YEAR)
            tn_found(check, rule, field, "%.*s is of %lu, but the year is %d", TN_SHOWN(id), year, check->today / A_YEAR);
    }
}

void tn_look_id_year(struct tn_check *check, const struct tn_rule *rule)
{
    struct tn_str own = tn_text(check->trial, TN_trial_trial_id);
    look_at_year(check, rule, "trial_id", own, tn_text(check->trial, TN_trial_registry));
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_identifiers); i++) {
        const struct tn_record *identifier = tn_record_at(check->trial, TN_trial_identifiers, i);
        struct tn_str value = tn_text(identifier, TN_identifier_value);
        if (!tn_str_eq(value, own))
            look_at_year(check, rule, "identifiers", value, tn_text(identifier, TN_identifier_registry));
    }
}

void tn_look_reference(struct tn_check *check, const struct tn_rule *rule)
{
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_publications); i++) {
        const struct tn_record *publication = tn_record_at(check->trial, TN_trial_publications, i);
        if (!tn_has(publication, TN_publication_pmid) && !tn_has(publication, TN_publication_citation))
            tn_found(check, rule, NULL, "publications[%zu] has neither a pmid nor a citation", i);
    }
}

void tn_look_pmid(struct tn_check *check, const struct tn_rule *rule)
{
    enum { LARGEST = 99999999 };
    unsigned long number;
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_publications); i++) {
        struct tn_str pmid = tn_text(tn_record_at(check->trial, TN_trial_publications, i), TN_publication_pmid);
        if (pmid.s && (!tn_str_uint(pmid, LARGEST, &number) || number == 0))
            tn_found(check, rule, NULL, "publications[%zu] has pmid %.*s", i, TN_SHOWN(pmid));
    }
}

void tn_look_retracted(struct tn_check *check, const struct tn_rule *rule)
{
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_publications); i++) {
        const struct tn_record *publication = tn_record_at(check->trial, TN_trial_publications, i);
        struct tn_str pmid = tn_text(publication, TN_publication_pmid);
        if (tn_count(publication, TN_publication_retractions))
            tn_found(check, rule, NULL, "publications[%zu] is retracted: %.*s", i,
                     TN_SHOWN(pmid.s ? pmid : tn_text(publication, TN_publication_citation)));
    }
}

void tn_look_own_collaborator(struct tn_check *check, const struct tn_rule *rule)
{
    struct tn_str lead = tn_text(check->trial, TN_trial_lead_sponsor);
    for (size_t i = 0; lead.s && i < tn_count(check->trial, TN_trial_collaborators); i++)
        if (tn_str_eq_fold(tn_text(tn_record_at(check->trial, TN_trial_collaborators, i), TN_collaborator_name), lead)) {
            tn_found(check, rule, NULL, "collaborators[%zu] is the lead sponsor, %.*s", i, TN_SHOWN(lead));
            return;
        }
}

void tn_look_expanded_flag(struct tn_check *check, const struct tn_rule *rule)
{
    if (!tn_has(check->trial, TN_trial_has_expanded_access) || tn_bool(check->trial, TN_trial_has_expanded_access))
        return;
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_related_trials); i++) {
        const struct tn_record *related = tn_record_at(check->trial, TN_trial_related_trials, i);
        if (!tn_check_among(tn_text(related, TN_related_trial_relation), "EXPANDED_ACCESS"))
            continue;
        tn_found(check, rule, NULL, "has_expanded_access is false, but related_trials[%zu] %.*s is EXPANDED_ACCESS", i,
                 TN_SHOWN(tn_text(related, TN_related_trial_trial_id)));
        return;
    }
}

/* The names in list `member` of the entries of list a that no entry of list b has as its `name`. */
static void tell_unknown_names(struct tn_check *check, const struct tn_rule *rule, int member,
                               const struct tn_check_texts *names)
{
    for (size_t i = 0; i < tn_count(check->trial, rule->a); i++) {
        const struct tn_record *entry = tn_record_at(check->trial, rule->a, i);
        for (size_t k = 0; k < tn_count(entry, member); k++) {
            struct tn_str name = tn_text_at(entry, member, k);
            if (tn_check_holds(names, name))
                continue;
            tn_found(check, rule, NULL, "%s[%zu] speaks of '%.*s', which is none of %s", tn_check_name(rule->a), i,
                     TN_SHOWN(name), tn_check_name(rule->b));
            return;
        }
    }
}

/* The table: the member of list a, the member of list b. */
void tn_look_names(struct tn_check *check, const struct tn_rule *rule)
{
    const int *members = rule->table;
    struct tn_check_texts names;
    if (tn_count(check->trial, rule->a) == 0 || tn_count(check->trial, rule->b) == 0 ||
        !tn_check_gather(check, rule->b, members[1], &names))
        return;
    tell_unknown_names(check, rule, members[0], &names);
    free(names.at);
}

/* What others hang under is a sub-heading (`Part B`), and so is what is very short. */
static bool is_heading(const tn_trial *trial, int list, size_t i)
{
    enum { SHORT = 20 };
    const struct tn_record *next = i + 1 < tn_count(trial, list) ? tn_record_at(trial, list, i + 1) : NULL;
    const struct tn_record *here = tn_record_at(trial, list, i);
    struct tn_str text = tn_text(here, TN_criterion_text);
    return text.len <= SHORT || text.s[text.len - 1] == ':' ||
           (next && tn_int(next, TN_criterion_level) > tn_int(here, TN_criterion_level));
}

/* A criterion that stands on both sides, word by word; not `Additional criteria apply`. */
void tn_look_both_sides(struct tn_check *check, const struct tn_rule *rule)
{
    struct tn_check_texts included;
    if (tn_count(check->trial, rule->b) == 0 || !tn_check_gather(check, rule->a, TN_criterion_text, &included))
        return;
    for (size_t i = 0; i < tn_count(check->trial, rule->b); i++) {
        struct tn_str text = tn_text(tn_record_at(check->trial, rule->b, i), TN_criterion_text);
        if (is_heading(check->trial, rule->b, i) || tn_check_says(text, rule->phrases).s || !tn_check_holds(&included, text))
            continue;
        tn_found(check, rule, NULL, "both sides have: %.*s", TN_SHOWN(text));
        break;
    }
    free(included.at);
}
