/* SPDX-License-Identifier: MIT */
/* Which rows fill a field, and for which fields they alone do. */
#include "readers/tree_early.h"

/* Fields of the trial that are made, or changed, when everything is read (finish.c), or filled from anywhere. */
static const int late[] = {TN_trial_schema,      TN_trial_record_key, TN_trial_registry, TN_trial_url,
                           TN_trial_identifiers, TN_trial_countries,  TN_trial_source,   TN_trial_warnings,
                           TN_trial_extra,       TN_trial_provenance};

/* Fields that the put functions of put.h fill beside the one that a row names. */
static const struct {
    const struct tn_record_type *type;
    int field, beside;
} besides[] = {
    {&tn_type_trial, TN_trial_status_text, TN_trial_status},
    {&tn_type_trial, TN_trial_minimum_age_years, TN_trial_minimum_age},
    {&tn_type_trial, TN_trial_maximum_age_years, TN_trial_maximum_age},
    {&tn_type_trial, TN_trial_inclusion_criteria, TN_trial_eligibility_text},
    {&tn_type_trial, TN_trial_exclusion_criteria, TN_trial_eligibility_text},
    {&tn_type_trial, TN_trial_other_criteria, TN_trial_eligibility_text},
    {&tn_type_location, TN_location_country_code, TN_location_country},
    {&tn_type_official, TN_official_degrees, TN_official_name},
    {&tn_type_contact, TN_contact_degrees, TN_contact_name},
};

/* True when the row fills that field. */
static bool fills(const struct tn_row *row, const struct tn_record_type *type, int field)
{
    if (row->kind == TN_ROW_EXTRA || row->kind == TN_ROW_IGNORED || row->type != type)
        return false;
    for (size_t i = 0; i < sizeof besides / sizeof besides[0]; i++)
        if (besides[i].type == type && besides[i].field == field && besides[i].beside == row->field)
            return true;
    return row->field == field;
}

/* Redaction changes texts. */
static bool is_redacted(enum tn_kind kind)
{
    return kind != TN_DATE && kind != TN_INT && kind != TN_NUMBER && kind != TN_BOOL;
}

/* Types without dates go at the end, and sizes of 0, but those of ClinicalTrials.gov. */
static bool is_mended(int field, const struct tn_tree_source *source)
{
    bool size = field == TN_trial_enrollment || field == TN_trial_enrollment_type || field == TN_trial_target_enrollment;
    return (size && !source->only_orders) || tn_type_trial.fields[field].vocabulary == &tn_vocabulary_date_type;
}

bool tn_test_is_early(const struct tn_test *test, const struct tn_tree_source *source,
                      const struct tn_read_options *options)
{
    if ((source->after && !source->only_orders) || (options->redact && is_redacted(test->field->kind)))
        return false;
    for (size_t i = 0; i < sizeof late / sizeof late[0]; i++)
        if (late[i] == test->path[0])
            return false;
    return !is_mended(test->path[0], source);
}

/* True when `path` is `outer`, or goes on from there. */
static bool is_under(const char *path, const char *outer)
{
    size_t len = strlen(outer);
    return strncmp(path, outer, len) == 0 && (path[len] == '\0' || path[len] == '.' || path[len] == '[');
}

/* The type of the record that the test's own field is of. */
static const struct tn_record_type *type_of_last(const struct tn_test *test)
{
    const struct tn_record_type *type = &tn_type_trial;
    for (int i = 0; i < test->depth - 1; i++)
        type = type->fields[test->path[i]].record;
    return type;
}

/* Of an entry: the rows that open what is in it, and those of the field that is asked for; all of them where it counts
 * that the entry is not empty. */
static void entry_rows(const struct tn_test *test, const struct tn_tree_source *source, const struct tn_row *opens,
                       bool *wanted)
{
    const struct tn_record_type *type = type_of_last(test);
    bool all = test->field->record || opens->word;
    for (size_t i = 0; i < source->count; i++) {
        const struct tn_row *row = &source->rows[i];
        if (is_under(row->path, opens->path) &&
            (all || row->kind == TN_ROW_OPENS || fills(row, type, test->path[test->depth - 1])))
            wanted[i] = true;
    }
}

void tn_test_rows(const struct tn_test *test, const struct tn_tree_source *source, bool *wanted)
{
    for (size_t i = 0; i < source->count; i++) {
        const struct tn_row *row = &source->rows[i];
        if (!fills(row, &tn_type_trial, test->path[0]))
            continue;
        wanted[i] = true;
        if (row->kind == TN_ROW_OPENS)
            entry_rows(test, source, row, wanted);
    }
    /* What is ignored, or kept in `extra`, with all below it. */
    for (size_t i = 0; i < source->count; i++) {
        const struct tn_row *outer = &source->rows[i];
        if (outer->kind != TN_ROW_EXTRA && outer->kind != TN_ROW_IGNORED)
            continue;
        for (size_t k = 0; k < source->count && !wanted[i]; k++)
            wanted[i] = wanted[k] && is_under(source->rows[k].path, outer->path);
    }
}
