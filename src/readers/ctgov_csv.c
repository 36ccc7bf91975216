/* SPDX-License-Identifier: MIT */
/* ClinicalTrials.gov's table of studies: the download as CSV since 2023 (30 columns and any choice of them), and the CSV and
 * TSV of the site before, whose columns had other names until 2017. */

#include "readers/columns.h"
#include "readers/ctgov_columns.h"
#include "readers/ctgov_v2.h"

static const struct tn_row rows[] = {
    TN_IGNORED("Rank", "the number of the row in a search"),
    TN_VALUE_BY("NCT Number", trial, trial_id, tn_put_trial_id),
    TN_VALUE("Study Title", trial, title),
    TN_VALUE("Title", trial, title),
    TN_VALUE_BY("Study URL", trial, url, tn_put_url),
    TN_VALUE("Acronym", trial, acronym),
    TN_VALUE_BY("Study Status", trial, status, tn_put_status),
    TN_VALUE_BY("Status", trial, status, tn_put_status),
    TN_VALUE_BY("Recruitment", trial, status, tn_put_status),
    TN_VALUE_BY("Brief Summary", trial, brief_summary, tn_put_markup),
    TN_VALUE_BY("Study Results", trial, has_results, tn_put_results_words),
    TN_VALUE_BY("Conditions", trial, conditions, tn_put_bars),
    TN_VALUE_BY("Interventions", trial, interventions, tn_put_bar_interventions),
    TN_VALUE_BY("Primary Outcome Measures", trial, outcomes, tn_put_bar_primary),
    TN_VALUE_BY("Secondary Outcome Measures", trial, outcomes, tn_put_bar_secondary),
    TN_VALUE_BY("Other Outcome Measures", trial, outcomes, tn_put_bar_other),
    TN_VALUE_BY("Outcome Measures", trial, outcomes, tn_put_bar_outcomes),
    TN_VALUE("Sponsor", trial, lead_sponsor),
    TN_VALUE_BY("Collaborators", trial, collaborators, tn_put_bar_collaborators),
    TN_VALUE_BY("Sponsor/Collaborators", trial, lead_sponsor, tn_put_bar_sponsors),
    TN_VALUE_BY("Sponsors", trial, lead_sponsor, tn_put_bar_sponsors),
    TN_VALUE("Sex", trial, sex),
    TN_VALUE("Gender", trial, sex),
    TN_VALUE_BY("Age", trial, std_ages, tn_put_ages),
    TN_VALUE_BY("Age Groups", trial, std_ages, tn_put_bars),
    TN_VALUE_BY("Phases", trial, phases, tn_put_bar_phases),
    TN_VALUE("Enrollment", trial, enrollment),
    TN_VALUE_BY("Funder Type", trial, lead_sponsor_class, tn_put_funders),
    TN_VALUE_BY("Funded Bys", trial, lead_sponsor_class, tn_put_funders),
    TN_VALUE_BY("Study Type", trial, study_type, tn_put_bar_study_type),
    TN_VALUE_BY("Study Types", trial, study_type, tn_put_bar_study_type),
    TN_VALUE_BY("Study Design", trial, design_text, tn_put_bar_design),
    TN_VALUE_BY("Study Designs", trial, design_text, tn_put_bar_design),
    TN_VALUE_BY("Other IDs", trial, identifiers, tn_put_bar_identifiers),
    TN_VALUE("Start Date", trial, start_date),
    TN_VALUE("Primary Completion Date", trial, primary_completion_date),
    TN_VALUE("Completion Date", trial, completion_date),
    TN_VALUE("First Received", trial, first_submitted_date),
    TN_VALUE("First Posted", trial, first_posted_date),
    TN_VALUE("Results First Posted", trial, results_first_posted_date),
    TN_VALUE("Results First Received", trial, results_first_submitted_date),
    TN_VALUE("Last Verified", trial, status_verified_date),
    TN_VALUE("Last Updated", trial, last_update_submitted_date),
    TN_VALUE("Last Update Posted", trial, last_update_posted_date),
    TN_VALUE_BY("Locations", trial, locations, tn_put_bar_locations),
    TN_VALUE_BY("Study Documents", trial, documents, tn_put_bar_documents),
    TN_VALUE_BY("URL", trial, url, tn_put_shown_url),
};

static const char *const signature[] = {"NCT Number", "Study Title", "Study URL", "Study Status", "Study Results", "Conditions",
                                        "Interventions", "Primary Outcome Measures", "Sponsor/Collaborators", "Sponsor",
                                        "Collaborators", "Funder Type", "Funded Bys", "Study Design", "Study Designs", "Other IDs",
                                        "Title", "Status", "Acronym", "Brief Summary", "Phases", "Study Type", "Start Date",
                                        "First Posted", "Last Update Posted", "Locations", "URL", "Recruitment", "Sponsors", "Age Groups",
                                        "Study Types", "First Received", "Last Updated", "Last Verified", NULL};

static const struct tn_tree_source source = {rows, sizeof rows / sizeof rows[0], signature, tn_ctgov_after, false};

/* `NCT Number` is a column of no other source. */
static void detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    bool json = peek->syntax == TN_SYNTAX_JSON; /* in which everybody has a number and a title */
    if (!json || tn_columns_json_has(peek, "NCT Number"))
        tn_columns_detect(self->table, peek, true, evidence);
}

/* Every row is a record. */
static const char *const record_paths[] = {NULL};

static const char *const record_keys[] = {"NCT Number", NULL};

const struct tn_reader tn_reader_ctgov_csv = {
    .name = "ctgov-csv",
    .description = "ClinicalTrials.gov's CSV and TSV of search results, any choice of columns, also as JSON",
    .syntaxes = TN_READS_DELIMITED | TN_READS_JSON,
    .record_paths = record_paths,
    .record_keys = record_keys,
    .table = &source,
    .detect = detect,
    .read = tn_tree_read,
};
