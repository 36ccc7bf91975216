/* SPDX-License-Identifier: MIT */
/* ClinicalTrials.gov's legacy XML. */
#include "readers/tree.h"

static const struct tn_row rows[] = {
    TN_VALUE_BY("id_info.nct_id", trial, trial_id, tn_put_trial_id),
    TN_VALUE("brief_title", trial, title),
    TN_VALUE("start_date", trial, start_date),
    TN_VALUE("start_date.@type", trial, start_date_type),
    TN_IGNORED("clinical_results", "results are no part of trialnorm/1; has_results says that they are there"),
    TN_VALUE("clinical_results", trial, has_results),
};

static const char *const signature[] = {"clinical_study", "id_info", "nct_id", "brief_title", "required_header", "overall_status", NULL};

static const struct tn_tree_source source = {rows, sizeof rows / sizeof rows[0], signature, NULL, false};

static const char *const record_paths[] = {"<clinical_study>", NULL};

const struct tn_reader tn_reader_ctgov_xml = {
    .name = "ctgov-xml",
    .description = "ClinicalTrials.gov's XML until 2024: one study or many in a file",
    .syntaxes = TN_READS_XML,
    .record_paths = record_paths,
    .table = &source,
    .detect = tn_tree_detect,
    .read = tn_tree_read,
};
