/* SPDX-License-Identifier: MIT */
/* ctv.veeva.com. The values of most labels are drawn as chips, which do not survive as text. The pages have neither
 * a title nor an identifier. */
#include "readers/page.h"

/* The clinic whose page of the trial it is. */
static const struct tn_site_shape head[] = {
    {.shape = TN_SHAPE_CLINIC, .field = TN_trial_locations},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_shape status[] = {
    {.shape = TN_SHAPE_WORD, .field = TN_trial_status},
    {.shape = TN_SHAPE_PHASE, .field = TN_trial_phases},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_shape identifiers[] = {
    {.shape = TN_SHAPE_ID, .field = TN_trial_trial_id},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part treatments[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_intervention_name},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part contacts[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_contact_name},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_row rows[] = {
    {.mode = TN_MODE_SHAPES, .shapes = head},
    {.labels = "Status and phase|Status", .mode = TN_MODE_SHAPES, .shapes = status},
    {.labels = "Conditions", .mode = TN_MODE_LIST, TN_INTO(conditions)},
    {.labels = "Treatments", .mode = TN_MODE_ENTRIES, TN_INTO(interventions), .parts = treatments},
    {.labels = "Study type", .mode = TN_MODE_VALUE, TN_INTO(study_type)},
    {.labels = "Funder types", .mode = TN_MODE_KEEP},
    {.labels = "Identifiers", .mode = TN_MODE_SHAPES, .shapes = identifiers},
    {.labels = "About", .mode = TN_MODE_PARAGRAPHS, TN_INTO(brief_summary)},
    {.labels = "Full description", .mode = TN_MODE_PARAGRAPHS, TN_INTO(detailed_description)},
    {.labels = "Enrollment", .mode = TN_MODE_VALUE, TN_INTO(enrollment)},
    {.labels = "Sex", .mode = TN_MODE_VALUE, TN_INTO(sex)},
    {.labels = "Ages", .mode = TN_MODE_AGES, TN_INTO(minimum_age)},
    {.labels = "Volunteers", .mode = TN_MODE_VALUE, TN_INTO(healthy_volunteers)},
    {.labels = "Inclusion criteria",
     .mode = TN_MODE_CRITERIA,
     TN_INTO(inclusion_criteria),
     .side = TN_CRITERIA_INCLUSION,
     .flags = TN_ROW_LINES},
    {.labels = "Exclusion criteria",
     .mode = TN_MODE_CRITERIA,
     TN_INTO(exclusion_criteria),
     .side = TN_CRITERIA_EXCLUSION,
     .flags = TN_ROW_LINES},
    {.labels = "Primary purpose", .mode = TN_MODE_VALUE, TN_INTO(primary_purpose)},
    {.labels = "Allocation", .mode = TN_MODE_VALUE, TN_INTO(allocation)},
    {.labels = "Interventional model", .mode = TN_MODE_VALUE, TN_INTO(intervention_model)},
    {.labels = "Masking", .mode = TN_MODE_VALUE, TN_INTO(masking)},
    {.shape = TN_SHAPE_GROUPS, .mode = TN_MODE_VALUE, TN_INTO(enrollment), .flags = TN_ROW_PASSING},
    {.labels = "Trial design", .mode = TN_MODE_SECTION, .flags = TN_ROW_NOT_LOST},
    {.labels = "Trial contacts and locations|Trial documents", .mode = TN_MODE_KEEP, .flags = TN_ROW_PEOPLE},
    {.labels = "Central trial contact|Central trial contacts",
     .mode = TN_MODE_ENTRIES,
     TN_INTO(contacts),
     .parts = contacts,
     .separator = ";",
     .preset = "kind=CENTRAL"},
    {.labels = "Loading...|Loading\xE2\x80\xA6", .mode = TN_MODE_IGNORE},
    /* The menu at the foot of the page. */
    {.labels = "Data sourced from clinicaltrials.gov", .mode = TN_MODE_END},
};

static const char *const signatures[] = {
    "Status and phase", "Funder types", "Central trial contact", "Data sourced from clinicaltrials.gov", NULL,
};

static const struct tn_site site = {
    .host = "ctv.veeva.com",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .signatures = signatures,
    .few_labels = 5,
    .common_labels = true,
};

const struct tn_reader tn_reader_ctv_veeva = {
    .name = "ctv-veeva",
    .description = "pages of ctv.veeva.com",
    .syntaxes = TN_READS_PAGE,
    .table = &site,
    .detect = tn_page_detect,
    .read = tn_page_read,
};
