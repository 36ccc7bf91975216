/* SPDX-License-Identifier: MIT */
#include "trial/check_inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "trial/where.h"

const char *tn_finding_severity_name(enum tn_finding_severity severity)
{
    static const char *const names[] = {
        [TN_FINDING_NOTE] = "note", [TN_FINDING_WARNING] = "warning", [TN_FINDING_ERROR] = "error"};
    return names[severity];
}

const struct tn_check_rule *tn_check_rule_at(size_t i)
{
    size_t count = 0;
    while (tn_rules[count].about.code)
        count++;
    return i < count ? &tn_rules[i].about : NULL;
}

const char *tn_check_name(int field)
{
    return tn_type_trial.fields[field].name;
}

bool tn_check_among(struct tn_str text, const char *words)
{
    while (text.len && *words) {
        size_t len = strcspn(words, " ");
        if (tn_str_eq(text, tn_str_slice(words, len)))
            return true;
        words += len + (words[len] == ' ');
    }
    return false;
}

bool tn_check_status(const struct tn_check *check, const char *words)
{
    return tn_check_among(tn_text(check->trial, TN_trial_status), words);
}

bool tn_check_any(const struct tn_check *check, const int *fields)
{
    for (; *fields >= 0; fields++)
        if (tn_has(check->trial, *fields))
            return true;
    return false;
}

struct tn_str tn_check_country(const struct tn_record *country)
{
    struct tn_str name = tn_text(country, TN_country_name);
    return name.s ? name : tn_text(country, TN_country_code);
}

/* Registries' own forms, in which all fields have their places. Tables may have any choice of columns, other sites show
 * what they like. A record that names no reader was made by hand. */
static bool has_all_places(const tn_trial *trial)
{
    static const char own[] = "ctgov-v2 ctgov-v1 ctgov-xml aact isrctn anzctr drks ctis euctr who-xml ctgov-page "
                                  "euctr-page chictr-page cris-page";
    if (!tn_has(trial, TN_trial_source))
        return true;
    const struct tn_record *source = tn_record_at(trial, TN_trial_source, 0);
    struct tn_str reader = tn_text(source, TN_source_reader);
    return !tn_bool(source, TN_source_listing) && (!reader.s || tn_check_among(reader, own));
}

bool tn_check_whole(const struct tn_check *check)
{
    enum { NEARLY_ALL = 8 };
    static const int parts[][5] = {
        {TN_trial_title, TN_trial_official_title, -1},
        {TN_trial_lead_sponsor, -1},
        {TN_trial_status, TN_trial_status_text, -1},
        {TN_trial_brief_summary, TN_trial_detailed_description, TN_trial_primary_objective, TN_trial_lay_summary, -1},
        {TN_trial_conditions, -1},
        {TN_trial_outcomes, -1},
        {TN_trial_eligibility_text, TN_trial_inclusion_criteria, TN_trial_other_criteria, -1},
        {TN_trial_interventions, TN_trial_arms, -1},
        {TN_trial_locations, TN_trial_countries, TN_trial_location_count, -1},
        {TN_trial_first_submitted_date, TN_trial_registered_date, TN_trial_first_posted_date, -1},
        {TN_trial_study_type, -1},
    };
    size_t stated = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        stated += tn_check_any(check, parts[i]);
    return stated >= NEARLY_ALL && has_all_places(check->trial);
}

bool tn_check_is_ctgov(const struct tn_check *check)
{
    return tn_str_eq(tn_text(check->trial, TN_trial_registry), TN_LIT("ClinicalTrials.gov"));
}

bool tn_check_ctgov_whole(const struct tn_check *check)
{
    return tn_check_is_ctgov(check) && tn_has(check->trial, TN_trial_status_verified_date) && tn_check_whole(check);
}

/* Control characters as blanks, and no half character at the end. */
static void tidy(char *message)
{
    for (char *c = message; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7F)
            *c = ' ';
    size_t len = strlen(message);
    size_t start = len;
    while (start && len - start < 4 && ((unsigned char)message[start - 1] & 0xC0) == 0x80)
        start--;
    if (start && (unsigned char)message[start - 1] >= 0xC0) {
        unsigned char lead = (unsigned char)message[start - 1];
        size_t needs = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (len - (start - 1) < needs)
            message[start - 1] = '\0';
    }
}

void tn_found(struct tn_check *check, const struct tn_rule *rule, const char *fields, const char *format, ...)
{
    struct tn_finding finding = {.code = rule->about.code, .severity = rule->about.severity,
                                 .fields = fields ? fields : rule->about.fields};
    if (check->ended)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(finding.message, sizeof finding.message, format, arguments);
    va_end(arguments);
    tidy(finding.message);
    check->ended = !check->tell(check->context, &finding);
}

static int compare_texts(const void *a, const void *b)
{
    return tn_str_cmp(*(const struct tn_str *)a, *(const struct tn_str *)b);
}

bool tn_check_gather(struct tn_check *check, int list, int member, struct tn_check_texts *texts)
{
    size_t all = tn_count(check->trial, list);
    *texts = (struct tn_check_texts){malloc((all + 1) * sizeof *texts->at), 0};
    check->failed |= !texts->at;
    for (size_t i = 0; texts->at && i < all; i++) {
        const struct tn_record *entry = tn_record_at(check->trial, list, i);
        if (tn_has(entry, member))
            texts->at[texts->count++] = tn_text(entry, member);
    }
    if (texts->count)
        qsort(texts->at, texts->count, sizeof *texts->at, compare_texts);
    return texts->at != NULL;
}

bool tn_check_holds(const struct tn_check_texts *texts, struct tn_str text)
{
    return tn_check_times(texts, text) > 0;
}

/* The number of texts that come before `text`, or (`with`) are it. */
static size_t count_before(const struct tn_check_texts *texts, struct tn_str text, bool with)
{
    size_t low = 0, high = texts->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = tn_str_cmp(texts->at[middle], text);
        if (order < 0 || (with && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t tn_check_times(const struct tn_check_texts *texts, struct tn_str text)
{
    return count_before(texts, text, true) - count_before(texts, text, false);
}

/* A day as 20240517; 0 for anything else. */
static int day_of(const char *as_of)
{
    int first = 0, last = 1;
    return as_of && tn_date_days(tn_str_of(as_of), &first, &last) && first == last ? first : 0;
}

bool tn_check_trial(const tn_trial *trial, const char *as_of, tn_finding_fn *tell, void *context)
{
    struct tn_check check = {.trial = trial, .today = day_of(as_of), .tell = tell, .context = context};
    for (const struct tn_rule *rule = tn_rules; rule->about.code && !check.ended && !check.failed; rule++)
        if (check.today || !rule->about.dated)
            rule->look(&check, rule);
    return !check.failed;
}
