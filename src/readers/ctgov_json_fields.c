/* SPDX-License-Identifier: MIT */
/* Other people's flat JSON with ClinicalTrials.gov's names of fields. */
#include "readers/member_names.h"
#include "readers/ctgov_fields.h"

extern const struct tn_reader tn_reader_ctgov_v1;

static const struct tn_row rows[] = {
#include "readers/ctgov_fields.inc"
};

static const char *const signature[] = {"NCTId", "BriefTitle", "OfficialTitle", "OverallStatus", "StudyType", "LeadSponsorName",
                                        "BriefSummary", "Condition", "EligibilityCriteria", "LocationCity", "StudyFirstPostDate",
                                        "LastUpdatePostDate", "OrgStudyId", "InterventionName", "PrimaryOutcomeMeasure", NULL};

static const struct tn_tree_source source = {.rows = rows, .count = sizeof rows / sizeof rows[0], .signature = signature,
                                             .after = tn_ctgov_after};

/* The registry's own API v1 has the same names inside. */
static void detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    struct tn_evidence nested = {.bits = 0};
    if (!tn_member_names_have(peek->names, TN_LIT("NCTId")))
        return;
    tn_reader_ctgov_v1.detect(&tn_reader_ctgov_v1, peek, &nested);
    if (nested.bits == 0)
        tn_tree_detect(self, peek, evidence);
}

static enum tn_severity read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                             tn_emit_fn *emit, void *context, struct tn_error *error)
{
    return tn_tree_read_prepared(self, worker, raw, tn_fields_prepare, NULL, emit, context, error);
}

static const char *const record_paths[] = {"studies[]", "StudyFields[]", NULL};

static const char *const record_keys[] = {"NCTId", NULL};

const struct tn_reader tn_reader_ctgov_json_fields = {
    .name = "ctgov-json-fields",
    .description = "flat JSON with ClinicalTrials.gov's field names (NCTId, BriefTitle, ...)",
    .syntaxes = TN_READS_JSON,
    .record_paths = record_paths,
    .record_keys = record_keys,
    .table = &source,
    .detect = detect,
    .read = read,
};
