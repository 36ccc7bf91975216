/* SPDX-License-Identifier: MIT */
/* ClinicalTrials.gov's XML of search results, until 2024: what `displayxml=true` gave (a `clinical_study` of few elements), and the
 * download of the table of studies (a `study` with its columns as elements). Written after the site's description of its interface;
 * the second was not seen on real files. */
#include "readers/ctgov_columns.h"
#include "readers/ctgov_xml.h"

/* `Melanoma; Sarcoma` */
static void put_summary(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str rest = value->text;
    while (rest.len) {
        size_t end = tn_str_find_char(rest, ';');
        const struct tn_stated part = tn_stated_of(tn_str_trim(tn_str_slice(rest.s, end == TN_NO_OFFSET ? rest.len : end)));
        rest = tn_str_from(rest, end == TN_NO_OFFSET ? rest.len : end + 1);
        if (part.text.len && field == TN_trial_interventions)
            tn_put_bar_interventions(reading, record, field, &part);
        else if (part.text.len)
            tn_put(reading, record, field, &part);
    }
}

#define BY(path, F, put) TN_VALUE_BY(path, trial, F, put)

static const struct tn_row rows[] = {
    TN_IGNORED("@rank", "the study's place in a search"),
    TN_IGNORED("rank", "the study's place in a search"),
    TN_IGNORED("order", "the study's place in a search"),
    TN_IGNORED("score", "how well the study fits the search"),
    BY("nct_id", trial_id, tn_put_trial_id),
    TN_VALUE("title", trial, title),
    TN_VALUE("acronym", trial, acronym),
    BY("url", url, tn_put_shown_url),
    BY("status", status, tn_put_status),
    TN_IGNORED("status.@open", "says again whether it recruits"),
    BY("recruitment", status, tn_put_status),
    TN_IGNORED("recruitment.@open", "says again whether it recruits"),
    BY("study_results", has_results, tn_put_results_words),
    BY("condition_summary", conditions, put_summary),
    TN_VALUE("conditions.condition[]", trial, conditions),
    BY("intervention_summary", interventions, put_summary),
    TN_OPENS("interventions.intervention[]", trial, interventions),
    TN_VALUE("interventions.intervention[]", intervention, name),
    TN_VALUE("interventions.intervention[].@type", intervention, type),
    BY("outcome_measures.outcome_measure[]", outcomes, tn_put_bar_outcomes),
    TN_VALUE("sponsors.lead_sponsor", trial, lead_sponsor),
    TN_VALUE("sponsors.lead_sponsor.@class", trial, lead_sponsor_class),
    TN_OPENS("sponsors.collaborator[]", trial, collaborators),
    TN_VALUE("sponsors.collaborator[]", collaborator, name),
    TN_VALUE("sponsors.collaborator[].@class", collaborator, class),
    TN_VALUE("gender", trial, sex),
    BY("min_age", minimum_age, tn_put_age),
    BY("max_age", maximum_age, tn_put_age),
    TN_VALUE("age_groups.age_group[]", trial, std_ages),
    BY("phases.phase[]", phases, tn_put_phases),
    BY("phase[]", phases, tn_put_phases),
    TN_VALUE("enrollment", trial, enrollment),
    TN_EXTRA("funded_bys"),
    BY("study_types", study_type, tn_put_bar_study_type),
    BY("study_types.study_type[]", study_type, tn_put_bar_study_type),
    BY("study_designs.study_design[]", design_text, tn_put_bar_design),
    BY("other_ids.other_id[]", identifiers, tn_put_bar_identifiers),
    TN_VALUE("start_date", trial, start_date),
    TN_VALUE("primary_completion_date", trial, primary_completion_date),
    TN_VALUE("completion_date", trial, completion_date),
    TN_VALUE("study_first_posted", trial, first_posted_date),
    TN_VALUE("first_received", trial, first_submitted_date),
    TN_VALUE("results_first_posted", trial, results_first_posted_date),
    TN_VALUE("results_first_received", trial, results_first_submitted_date),
    TN_VALUE("last_update_posted", trial, last_update_posted_date),
    TN_VALUE("last_updated", trial, last_update_submitted_date),
    TN_VALUE("last_changed", trial, last_update_submitted_date),
    TN_VALUE("last_verified", trial, status_verified_date),
    BY("locations.location[]", locations, tn_put_bar_locations),
    TN_OPENS("documents.document[]", trial, documents),
    TN_VALUE("documents.document[]", document, label),
    TN_VALUE("documents.document[].@url", document, url),
};

/* An entry of few elements is a part of a record; the table has as much as the CSV. */
static void after(struct tn_reading *reading)
{
    bool part = tn_tree_find(reading, "order") || tn_tree_find(reading, "score") || tn_tree_find(reading, "condition_summary");
    struct tn_record *source = part ? tn_add_record(reading->trial, TN_trial_source) : NULL;
    if (source)
        tn_set_bool(source, TN_source_listing, true);
}

static const char *const signature[] = {"nct_id", NULL};

const struct tn_tree_source tn_ctgov_xml_search = {rows, sizeof rows / sizeof rows[0], signature, after, false};
