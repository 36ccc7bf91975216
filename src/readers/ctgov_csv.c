/* SPDX-License-Identifier: MIT */
/* ClinicalTrials.gov's table of studies: the download as CSV since 2023 (30 columns and any choice of them), and the CSV and
 * TSV of the site before. */

#include "readers/tree.h"

static const struct tn_row rows[] = {
    TN_IGNORED("Rank", "the number of the row in a search"),
    TN_VALUE_BY("NCT Number", trial, trial_id, tn_put_trial_id),
    TN_VALUE("Study Title", trial, title),
    TN_VALUE("Title", trial, title),
    TN_VALUE_BY("Study URL", trial, url, tn_put_url),
    TN_VALUE("Acronym", trial, acronym),
    TN_VALUE_BY("Study Status", trial, status, tn_put_status),
    TN_VALUE_BY("Status", trial, status, tn_put_status),
};

static const char *const signature[] = {"NCT Number", "Study Title", "Study URL", "Study Status", "Study Results", "Conditions",
                                        "Interventions", "Primary Outcome Measures", "Sponsor/Collaborators", "Sponsor",
                                        "Collaborators", "Funder Type", "Funded Bys", "Study Design", "Study Designs", "Other IDs",
                                        "Title", "Status", "Acronym", "Brief Summary", "Phases", "Study Type", "Start Date",
                                        "First Posted", "Last Update Posted", "Locations", "URL", NULL};

static const struct tn_tree_source source = {rows, sizeof rows / sizeof rows[0], signature, NULL, false};

/* Every row is a record. */
static const char *const record_paths[] = {NULL};

const struct tn_reader tn_reader_ctgov_csv = {
    .name = "ctgov-csv",
    .description = "ClinicalTrials.gov's CSV and TSV of search results, any choice of columns",
    .syntaxes = TN_READS_DELIMITED,
    .record_paths = record_paths,
    .table = &source,
    .detect = tn_tree_detect,
    .read = tn_tree_read,
};
