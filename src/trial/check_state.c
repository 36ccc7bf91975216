/* SPDX-License-Identifier: MIT */
/* Rules over what is stated, and what is not, beside something else. */
#include "trial/check_inside.h"

/* None of the fields of the table, in a record that states the rest. */
void tn_look_missing(struct tn_check *check, const struct tn_rule *rule)
{
    if (!tn_check_any(check, rule->table) && tn_check_whole(check))
        tn_found(check, rule, NULL, "there is no %s", rule->value);
}

/* Field a is stated though field b is one of `words`. */
void tn_look_stated(struct tn_check *check, const struct tn_rule *rule)
{
    char buffer[TN_VALUE_MAX];
    struct tn_str b = tn_text(check->trial, rule->b), a = tn_value_text(check->trial, rule->a, buffer);
    if (tn_has(check->trial, rule->a) && tn_check_among(b, rule->words))
        tn_found(check, rule, NULL, "%s is %.*s, but %s says: %.*s", tn_check_name(rule->b), TN_SHOWN(b),
                 tn_check_name(rule->a), TN_SHOWN(a));
}

/* Field a is one of `words` though field b is one of `value`. */
void tn_look_value(struct tn_check *check, const struct tn_rule *rule)
{
    struct tn_str a = tn_text(check->trial, rule->a), b = tn_text(check->trial, rule->b);
    if (tn_check_among(a, rule->words) && tn_check_among(b, rule->value))
        tn_found(check, rule, NULL, "%s is %.*s, but %s is %.*s", tn_check_name(rule->b), TN_SHOWN(b),
                 tn_check_name(rule->a), TN_SHOWN(a));
}

static struct tn_str numbered_phase(const struct tn_check *check, bool *not_applicable)
{
    struct tn_str numbered = {NULL, 0};
    *not_applicable = false;
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_phases); i++) {
        struct tn_str phase = tn_text_at(check->trial, TN_trial_phases, i);
        bool none = tn_check_among(phase, "NA");
        *not_applicable |= none;
        if (!none)
            numbered = phase;
    }
    return numbered;
}

/* A phase in a study of such a type. */
void tn_look_phase_of_type(struct tn_check *check, const struct tn_rule *rule)
{
    bool not_applicable;
    struct tn_str type = tn_text(check->trial, TN_trial_study_type), phase = numbered_phase(check, &not_applicable);
    if (phase.s && tn_check_among(type, rule->words))
        tn_found(check, rule, NULL, "study_type is %.*s, but a phase is %.*s", TN_SHOWN(type), TN_SHOWN(phase));
}

void tn_look_phase_mixed(struct tn_check *check, const struct tn_rule *rule)
{
    bool not_applicable;
    struct tn_str phase = numbered_phase(check, &not_applicable);
    if (phase.s && not_applicable)
        tn_found(check, rule, NULL, "phases has %.*s, and says that there is none", TN_SHOWN(phase));
}

/* ClinicalTrials.gov asks for a reason; others have no place for one. */
void tn_look_no_reason(struct tn_check *check, const struct tn_rule *rule)
{
    if (tn_check_status(check, rule->words) && !tn_has(check->trial, TN_trial_why_stopped) &&
        tn_check_ctgov_whole(check))
        tn_found(check, rule, NULL, "status is %.*s, but why_stopped does not say why",
                 TN_SHOWN(tn_text(check->trial, TN_trial_status)));
}

/* Only where the source says when things were posted, which ClinicalTrials.gov did not until 2017. */
void tn_look_results_flag(struct tn_check *check, const struct tn_rule *rule)
{
    static const int where[] = {TN_trial_results_first_posted_date, TN_trial_results_completed_date, TN_trial_results_url, -1};
    if (tn_bool(check->trial, TN_trial_has_results) && !tn_check_any(check, where) &&
        tn_has(check->trial, TN_trial_first_posted_date))
        tn_found(check, rule, NULL, "has_results is true, but there is no date of results");
}

void tn_look_results_date(struct tn_check *check, const struct tn_rule *rule)
{
    struct tn_str posted = tn_text(check->trial, TN_trial_results_first_posted_date);
    if (posted.s && tn_has(check->trial, TN_trial_has_results) && !tn_bool(check->trial, TN_trial_has_results))
        tn_found(check, rule, NULL, "has_results is false, but results_first_posted_date is %.*s", TN_SHOWN(posted));
}

void tn_look_no_interventions(struct tn_check *check, const struct tn_rule *rule)
{
    static const int done[] = {TN_trial_arms, TN_trial_interventions, -1};
    if (tn_check_among(tn_text(check->trial, TN_trial_study_type), rule->words) && !tn_check_any(check, done) &&
        tn_check_whole(check))
        tn_found(check, rule, NULL, "study_type is INTERVENTIONAL, but there is neither an arm nor an intervention");
}

void tn_look_no_primary_outcome(struct tn_check *check, const struct tn_rule *rule)
{
    size_t outcomes = tn_count(check->trial, TN_trial_outcomes);
    for (size_t i = 0; i < outcomes; i++) {
        struct tn_str kind = tn_text(tn_record_at(check->trial, TN_trial_outcomes, i), TN_outcome_kind);
        if (!tn_check_among(kind, "SECONDARY OTHER"))
            return;
    }
    if (outcomes)
        tn_found(check, rule, NULL, "none of %zu outcomes is primary", outcomes);
}
