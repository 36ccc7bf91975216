/* SPDX-License-Identifier: MIT */
/* clinconnect.io. The pages name no registry identifier. */
#include "readers/page.h"

static const struct tn_site_shape head[] = {{.shape = TN_SHAPE_TEXT, .field = TN_trial_title}, {.shape = TN_SHAPE_NONE}};

static const struct tn_site_shape information[] = {
    {.shape = TN_SHAPE_WORD, .field = TN_trial_status, .alone = true},
    {.shape = TN_SHAPE_PHASE, .field = TN_trial_phases},
    {.shape = TN_SHAPE_PARTICIPANTS, .field = TN_trial_enrollment},
    {.shape = TN_SHAPE_WORD, .field = TN_trial_study_type},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part locations[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_location_facility, .optional = true},
    {.shape = TN_SHAPE_PLACE, .field = TN_location_city},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part officials[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_official_name},
    {.shape = TN_SHAPE_WORD, .field = TN_official_role},
    {.shape = TN_SHAPE_TEXT, .field = TN_official_affiliation},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_row rows[] = {
    {.mode = TN_MODE_SHAPES, .shapes = head},
    /* What the date is, the page does not say. */
    {.labels = "Launched by *",
     .mode = TN_MODE_VALUE,
     TN_INTO(lead_sponsor),
     .separator = "\xC2\xB7",
     .rest = "Launched",
     .flags = TN_ROW_PASSING},
    {.labels = "Trial Information", .mode = TN_MODE_SHAPES, .shapes = information},
    {.labels = "Current as of *",
     .mode = TN_MODE_VALUE,
     .type = &tn_type_source,
     .field = TN_source_page_updated,
     .flags = TN_ROW_PASSING},
    {.labels = "Keywords", .mode = TN_MODE_LIST, TN_INTO(keywords)},
    {.labels = "Conditions", .mode = TN_MODE_LIST, TN_INTO(conditions)},
    {.labels = "ClinConnect Summary", .mode = TN_MODE_PARAGRAPHS, TN_INTO(lay_summary)},
    {.labels = "Gender|Sex", .mode = TN_MODE_VALUE, TN_INTO(sex)},
    {.labels = "Eligibility criteria", .mode = TN_MODE_CRITERIA, TN_INTO(eligibility_text)},
    /* A description of the sponsor, and a contact that looks like the site's own filler. */
    {.labels = "About @lead_sponsor", .mode = TN_MODE_KEEP},
    {.labels = "Contacts", .mode = TN_MODE_KEEP, .flags = TN_ROW_PEOPLE},
    {.labels = "Locations", .mode = TN_MODE_ENTRIES, TN_INTO(locations), .parts = locations},
    {.labels = "Patients applied", .mode = TN_MODE_KEEP},
    {.labels = "Trial Officials", .mode = TN_MODE_ENTRIES, TN_INTO(officials), .parts = officials},
    {.labels = "Timeline", .mode = TN_MODE_SECTION},
    {.labels = "First submit",
     .within = "Timeline",
     .mode = TN_MODE_VALUE,
     TN_INTO(first_submitted_date)},
    /* Neither says which of the registry's dates it is. */
    {.labels = "Trial launched", .within = "Timeline", .mode = TN_MODE_VALUE},
    {.labels = "Trial updated", .within = "Timeline", .mode = TN_MODE_VALUE},
    {.labels = "Estimated completion",
     .within = "Timeline",
     .mode = TN_MODE_VALUE,
     TN_INTO(completion_date),
     .preset = "completion_date_type=ESTIMATED"},
};

static const char *const signatures[] = {"ClinConnect Summary", "Patients applied", NULL};

static const struct tn_site site = {
    .host = "clinconnect.io",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .signatures = signatures,
    .few_labels = 4,
    .common_labels = true,
    .absent = "Not reported",
};

const struct tn_reader tn_reader_clinconnect = {
    .name = "clinconnect",
    .description = "pages of clinconnect.io",
    .syntaxes = TN_READS_PAGE,
    .table = &site,
    .detect = tn_page_detect,
    .read = tn_page_read,
};
