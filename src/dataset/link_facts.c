/* SPDX-License-Identifier: MIT */
#include "dataset/link_facts.h"

#include "core/str.h"
#include "dataset/link_compare.h"

/* The facts and what they weigh, on a scale on which the texts of the same record give 1 and link_score.h joins from 0.85.
 *
 * favour   added where the fact agrees, up to what the texts lack to 1: a page that is older than the record
 * proof    added where it agrees, whatever else differs: hardly two trials have it in common
 * against  taken away where it differs. What never changes weighs most (a code, the day of the first submission); what is
 *          amended or ends up otherwise (enrollment, dates, sites) less; one alone never parts texts that are the same
 * excludes what differs in this manner (`differs` says so) is never the same trial */
struct row {
    const char *name;
    tn_link_compare_fn *compare;
    int field;
    double favour, proof, against;
};

static const struct row rows[TN_LINK_FACTS] = {
    {"sponsor", tn_link_sponsor, -1, 0.03, 0, 0.12},
    {"sex", tn_link_sex, TN_trial_sex, 0, 0, 0.15},
    {"minimum age", tn_link_number, TN_trial_minimum_age_years, 0.01, 0, 0.06},
    {"maximum age", tn_link_number, TN_trial_maximum_age_years, 0.01, 0, 0.06},
    {"enrollment", tn_link_enrollment, TN_trial_enrollment, 0.03, 0, 0.10},
    {"groups", tn_link_groups, TN_trial_group_count, 0.01, 0, 0.05},
    {"study type", tn_link_study_type, TN_trial_study_type, 0, 0, 0.30},
    {"phases", tn_link_phases, -1, 0.01, 0, 0.10},
    {"allocation", tn_link_word, TN_trial_allocation, 0, 0, 0.05},
    {"intervention model", tn_link_word, TN_trial_intervention_model, 0, 0, 0.05},
    {"masking", tn_link_word, TN_trial_masking, 0, 0, 0.05},
    {"primary purpose", tn_link_word, TN_trial_primary_purpose, 0, 0, 0.05},
    {"healthy volunteers", tn_link_word, TN_trial_healthy_volunteers, 0, 0, 0.05},
    {"sites", tn_link_sites, -1, 0.03, 0, 0.10},
    {"countries", tn_link_countries, -1, 0, 0, 0.20},
    {"investigator", tn_link_officials, -1, 0.02, 0, 0},
    {"conditions", tn_link_conditions, -1, 0.01, 0, 0},
    {"start", tn_link_month, TN_trial_start_date, 0.02, 0, 0.05},
    {"completion", tn_link_month, TN_trial_completion_date, 0.01, 0, 0.02},
    {"first submission", tn_link_first_submitted, TN_trial_first_submitted_date, 0.02, 0.04, 0.20},
    {"first posting", tn_link_day, TN_trial_first_posted_date, 0.02, 0.04, 0.20},
    {"registration", tn_link_day, TN_trial_registered_date, 0.02, 0.04, 0.15},
    {"first posting of results", tn_link_day, TN_trial_results_first_posted_date, 0.02, 0.02, 0.10},
    {"code", tn_link_code, -1, 0.02, 0.10, 0.20},
    {"acronym", tn_link_acronym, TN_trial_acronym, 0.02, 0, 0.10},
    {"last update", tn_link_day, TN_trial_last_update_posted_date, 0.02, 0, 0},
};

const char *tn_link_fact_name(int fact)
{
    return rows[fact].name;
}

struct tn_str tn_link_fact_value(const tn_trial *page, int fact, char *buffer)
{
    return rows[fact].field < 0 ? (struct tn_str){NULL, 0} : tn_value_text(page, rows[fact].field, buffer);
}

/* Of two records of one trial: the one that agrees, else the one that says more for it. */
static enum tn_link_verdict kinder(enum tn_link_verdict a, enum tn_link_verdict b)
{
    if (a == TN_LINK_UNSTATED || b == TN_LINK_UNSTATED)
        return a == TN_LINK_UNSTATED ? b : a;
    return a < b ? a : b;
}

static struct tn_str value_of(struct tn_arena *arena, const tn_trial *record, int fact)
{
    char buffer[TN_VALUE_MAX];
    enum { SHOWN = 40 };
    struct tn_str text = tn_link_fact_value(record, fact, buffer);
    text.len = tn_str_cut(text, SHOWN);
    return text.len ? tn_str_copy(arena, text) : (struct tn_str){NULL, 0};
}

void tn_link_facts_see(struct tn_link_facts *facts, struct tn_arena *arena, const tn_trial *page, const tn_trial *record)
{
    for (int i = 0; i < TN_LINK_FACTS; i++) {
        enum tn_link_verdict verdict = rows[i].compare(page, record, rows[i].field);
        facts->verdicts[i] = kinder(facts->verdicts[i], verdict);
        if (verdict >= TN_LINK_DIFFERS && !facts->others[i].s)
            facts->others[i] = value_of(arena, record, i);
    }
}

struct tn_link_weight tn_link_facts_weigh(const struct tn_link_facts *facts)
{
    struct tn_link_weight weight = {0};
    for (int i = 0; i < TN_LINK_FACTS; i++) {
        if (facts->verdicts[i] == TN_LINK_AGREES) {
            weight.favour += rows[i].favour;
            weight.proof += rows[i].proof;
        } else if (facts->verdicts[i] >= TN_LINK_DIFFERS) {
            weight.against += rows[i].against;
        }
        weight.excluded = weight.excluded || facts->verdicts[i] == TN_LINK_EXCLUDES;
    }
    return weight;
}

size_t tn_link_facts_telling(const struct tn_link_facts *facts)
{
    const double some_weight = 0.015;
    size_t count = 0;
    for (int i = 0; i < TN_LINK_FACTS; i++)
        count += facts->verdicts[i] == TN_LINK_AGREES && rows[i].favour > some_weight;
    return count;
}
