/* SPDX-License-Identifier: MIT */
/* Rules over the ages of participants. */
#include "trial/check_inside.h"

/* What an age group means at ClinicalTrials.gov: from birth, 18 and 65 years on. */
struct group {
    const char *word;
    double from, to; /* years; the end is not in it */
};

static const struct group groups[] = {{"CHILD", 0, 18}, {"ADULT", 18, 65}, {"OLDER_ADULT", 65, 1000}};

static double minimum(const struct tn_check *check)
{
    return tn_number(check->trial, TN_trial_minimum_age_years);
}

static bool has_minimum(const struct tn_check *check) { return tn_has(check->trial, TN_trial_minimum_age_years); }
static bool has_maximum(const struct tn_check *check) { return tn_has(check->trial, TN_trial_maximum_age_years); }

static double maximum(const struct tn_check *check)
{
    return has_maximum(check) ? tn_number(check->trial, TN_trial_maximum_age_years) : groups[2].to;
}

void tn_look_age_order(struct tn_check *check, const struct tn_rule *rule)
{
    if (has_minimum(check) && has_maximum(check) && minimum(check) > maximum(check))
        tn_found(check, rule, NULL, "minimum_age %.*s is above maximum_age %.*s",
                 TN_SHOWN(tn_text(check->trial, TN_trial_minimum_age)), TN_SHOWN(tn_text(check->trial, TN_trial_maximum_age)));
}

/* 999 Years stands for no limit; a minimum of 180 years was meant in months. */
void tn_look_age_size(struct tn_check *check, const struct tn_rule *rule)
{
    double years = tn_number(check->trial, rule->a);
    if (years > rule->number || years < 0)
        tn_found(check, rule, NULL, "%s is %.*s", tn_check_name(rule->b), TN_SHOWN(tn_text(check->trial, rule->b)));
}

static bool is_stated(const struct tn_check *check, const char *word)
{
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_std_ages); i++)
        if (tn_check_among(tn_text_at(check->trial, TN_trial_std_ages, i), word))
            return true;
    return false;
}

/* A group that the limits leave out, or one that they hold a year of and that is not stated. Sources differ in whether
 * "up to 65" takes in those of 65. */
static bool is_wrong(const struct tn_check *check, const struct group *group, bool *stated)
{
    double from = minimum(check) > group->from ? minimum(check) : group->from;
    double to = maximum(check) < group->to ? maximum(check) : group->to;
    *stated = is_stated(check, group->word);
    return *stated ? from > to || minimum(check) >= group->to : to - from > 1.0;
}

void tn_look_std_ages(struct tn_check *check, const struct tn_rule *rule)
{
    bool stated;
    if (tn_count(check->trial, TN_trial_std_ages) == 0 || (!has_minimum(check) && !has_maximum(check)) ||
        minimum(check) > maximum(check))
        return;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (is_wrong(check, &groups[i], &stated))
            tn_found(check, rule, NULL, "std_ages %s %s, but ages are from %.*s to %.*s",
                     stated ? "has" : "has no", groups[i].word,
                     TN_SHOWN(has_minimum(check) ? tn_text(check->trial, TN_trial_minimum_age) : TN_LIT("birth")),
                     TN_SHOWN(has_maximum(check) ? tn_text(check->trial, TN_trial_maximum_age) : TN_LIT("no limit")));
}
