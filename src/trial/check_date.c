/* SPDX-License-Identifier: MIT */
/* Rules over dates. A date is the days that it can mean; a rule holds when it does for all of them. */
#include "trial/check_inside.h"
#include "trial/where.h"

enum { A_YEAR = 10000 }; /* in dates as 20240517 */

/* A date and the field that says whether it has come. */
struct dated {
    int date, type;
};

static const struct dated study_dates[] = {
    {TN_trial_start_date, TN_trial_start_date_type},
    {TN_trial_primary_completion_date, TN_trial_primary_completion_date_type},
    {TN_trial_completion_date, TN_trial_completion_date_type},
    {TN_trial_recruitment_start_date, TN_trial_recruitment_start_date_type},
    {TN_trial_recruitment_end_date, TN_trial_recruitment_end_date_type},
};

/* What the record itself went through, which lies behind whoever reads it. */
static const int record_dates[] = {
    TN_trial_status_verified_date,            TN_trial_registered_date,
    TN_trial_first_submitted_date,            TN_trial_first_submitted_qc_date,
    TN_trial_first_posted_date,               TN_trial_results_first_submitted_date,
    TN_trial_results_first_submitted_qc_date, TN_trial_results_first_posted_date,
    TN_trial_disposition_first_submitted_date, TN_trial_disposition_first_posted_date,
    TN_trial_last_update_submitted_date,      TN_trial_last_update_posted_date,
};

enum { STUDY_DATES = sizeof study_dates / sizeof study_dates[0], RECORD_DATES = sizeof record_dates / sizeof record_dates[0] };

static bool days(const struct tn_record *record, int field, int *first, int *last)
{
    return tn_date_days(tn_text(record, field), first, last);
}

/* A date of the trial and its days. */
static bool date_of(const struct tn_check *check, int field, int *first, int *last)
{
    return field >= 0 && days(check->trial, field, first, last);
}

#define TEXT(text) (int)(text).len, (text).s
#define DATE(field) tn_check_name(field), TEXT(tn_text(check->trial, (field)))
#define TODAY(check) (check)->today / A_YEAR, (check)->today / 100 % 100, (check)->today % 100

/* Date a is before date b. */
void tn_look_before(struct tn_check *check, const struct tn_rule *rule)
{
    int first_a, last_a, first_b, last_b;
    if (date_of(check, rule->a, &first_a, &last_a) && date_of(check, rule->b, &first_b, &last_b) && last_a < first_b)
        tn_found(check, rule, NULL, "%s %.*s is before %s %.*s", DATE(rule->a), DATE(rule->b));
}

/* Field a, which says of field b whether it has come, is `value` in a trial of such a status. `number`: only at
 * ClinicalTrials.gov; other registries know nothing but targets. */
void tn_look_type(struct tn_check *check, const struct tn_rule *rule)
{
    char buffer[TN_VALUE_MAX];
    struct tn_str status = tn_text(check->trial, TN_trial_status), value = tn_value_text(check->trial, rule->b, buffer);
    if (rule->number && !tn_check_is_ctgov(check))
        return;
    if (value.s && tn_check_status(check, rule->words) && tn_check_among(tn_text(check->trial, rule->a), rule->value))
        tn_found(check, rule, NULL, "status is %.*s, but %s %.*s is %s", TEXT(status), tn_check_name(rule->b), TEXT(value),
                 rule->value);
}

void tn_look_future_record(struct tn_check *check, const struct tn_rule *rule)
{
    int first, last;
    for (int i = 0; i < RECORD_DATES; i++)
        if (date_of(check, record_dates[i], &first, &last) && first > check->today)
            tn_found(check, rule, tn_check_name(record_dates[i]), "%s %.*s is after %04d-%02d-%02d", DATE(record_dates[i]),
                     TODAY(check));
}

void tn_look_future_actual(struct tn_check *check, const struct tn_rule *rule)
{
    int first, last;
    for (int i = 0; i < STUDY_DATES; i++) {
        const struct dated *at = &study_dates[i];
        if (date_of(check, at->date, &first, &last) && first > check->today &&
            tn_check_among(tn_text(check->trial, at->type), "ACTUAL"))
            tn_found(check, rule, tn_check_name(at->date), "%s %.*s is ACTUAL, but after %04d-%02d-%02d", DATE(at->date),
                     TODAY(check));
    }
}

/* A trial that has ended is not refreshed any more: what it expected says nothing. */
void tn_look_past_estimated(struct tn_check *check, const struct tn_rule *rule)
{
    int first, last;
    for (int i = 0; i < STUDY_DATES && !tn_check_status(check, rule->words); i++) {
        const struct dated *at = &study_dates[i];
        if (date_of(check, at->date, &first, &last) && last < check->today &&
            tn_check_among(tn_text(check->trial, at->type), "ESTIMATED"))
            tn_found(check, rule, tn_check_name(at->date), "%s %.*s is ESTIMATED, but before %04d-%02d-%02d", DATE(at->date),
                     TODAY(check));
    }
}

/* A trial of such a status, though date a (b where a is not stated) is more than `number` years past. */
void tn_look_long_past(struct tn_check *check, const struct tn_rule *rule)
{
    int first, last, field = tn_has(check->trial, rule->a) ? rule->a : rule->b;
    if (!tn_check_status(check, rule->words) || !date_of(check, field, &first, &last) ||
        last >= check->today - rule->number * A_YEAR)
        return;
    struct tn_str status = tn_text(check->trial, TN_trial_status);
    tn_found(check, rule, NULL, "status is %.*s on %04d-%02d-%02d, but %s was %.*s", TEXT(status), TODAY(check), DATE(field));
}

/* A trial of such a status, though date a is yet to come. */
void tn_look_still_ahead(struct tn_check *check, const struct tn_rule *rule)
{
    int first, last;
    struct tn_str status = tn_text(check->trial, TN_trial_status);
    if (tn_check_status(check, rule->words) && date_of(check, rule->a, &first, &last) && first > check->today)
        tn_found(check, rule, NULL, "status is %.*s on %04d-%02d-%02d, but %s is %.*s", TEXT(status), TODAY(check),
                 DATE(rule->a));
}

/* What registration_timing says against the dates that it speaks of. */
void tn_look_timing(struct tn_check *check, const struct tn_rule *rule)
{
    int at = tn_has(check->trial, TN_trial_registered_date) ? TN_trial_registered_date : TN_trial_first_submitted_date;
    int from = tn_has(check->trial, TN_trial_recruitment_start_date) ? TN_trial_recruitment_start_date : TN_trial_start_date;
    int first, last, first_from, last_from;
    if (!date_of(check, at, &first, &last) || !date_of(check, from, &first_from, &last_from))
        return;
    struct tn_str timing = tn_text(check->trial, TN_trial_registration_timing);
    bool late = tn_check_among(timing, "PROSPECTIVE") && first > last_from;
    bool early = tn_check_among(timing, "RETROSPECTIVE") && last < first_from;
    if (late || early)
        tn_found(check, rule, NULL, "registration_timing is %.*s, but %s %.*s is %s %s %.*s", TEXT(timing), DATE(at),
                 late ? "after" : "before", DATE(from));
}

/* No trial that anybody registers began so early or ends so late: 1917 for 2017, 2124 for 2024. */
void tn_look_unlikely_date(struct tn_check *check, const struct tn_rule *rule)
{
    enum { EARLIEST = 1940 * A_YEAR, LATEST = 2100 * A_YEAR + A_YEAR };
    int first, last;
    for (int i = 0; i < STUDY_DATES; i++)
        if (date_of(check, study_dates[i].date, &first, &last) && (last < EARLIEST || first > LATEST))
            tn_found(check, rule, tn_check_name(study_dates[i].date), "%s is %.*s", DATE(study_dates[i].date));
}

void tn_look_country_dates(struct tn_check *check, const struct tn_rule *rule)
{
    int first, last, first_start, last_start;
    for (size_t i = 0; i < tn_count(check->trial, TN_trial_countries); i++) {
        const struct tn_record *country = tn_record_at(check->trial, TN_trial_countries, i);
        if (!days(country, TN_country_end_date, &first, &last) ||
            !days(country, TN_country_start_date, &first_start, &last_start) || last >= first_start)
            continue;
        struct tn_str end = tn_text(country, TN_country_end_date), start = tn_text(country, TN_country_start_date);
        tn_found(check, rule, NULL, "in %.*s it ends %.*s before it starts %.*s",
                 TN_SHOWN(tn_check_country(country)), TEXT(end), TEXT(start));
    }
}
