/* SPDX-License-Identifier: MIT */
/* takedaclinicaltrials.com: the sponsor's own register. Each label stands on a line before its value; the second and
 * third tab of the page follow the first. */
#include "readers/page.h"

#define NOISE(LABELS) {.labels = LABELS, .mode = TN_MODE_IGNORE}
#define VALUE(LABELS, FIELD) {.labels = LABELS, .mode = TN_MODE_VALUE, TN_INTO(FIELD)}
#define DESIGN(LABEL, FIELD) {.labels = LABEL ": *", .within = "Trial Design", .mode = TN_MODE_VALUE, TN_INTO(FIELD)}
#define OUTCOMES(LABELS, SET) \
    {.labels = LABELS, .mode = TN_MODE_ITEMS, TN_INTO(outcomes), .parts = outcomes, .preset = SET}

static const struct tn_site_part outcomes[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_outcome_measure},
    {.shape = TN_SHAPE_TEXT, .field = TN_outcome_time_frame, .label = "Time Frame", .optional = true},
    {.shape = TN_SHAPE_TEXT,
     .field = TN_outcome_description,
     .label = "Designated as Safety Issue",
     .kept = true,
     .optional = true},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part arms[] = {
    {.shape = TN_SHAPE_TYPED, .field = TN_arm_label},
    {.shape = TN_SHAPE_TEXT, .field = TN_arm_description, .optional = true},
    {.shape = TN_SHAPE_GIVEN, .field = TN_arm_intervention_names, .label = "Intervention", .optional = true},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_row rows[] = {
    {.mode = TN_MODE_IGNORE},
    NOISE("Trial Description|Recruitment Information|Results|Trial Description Results|Read more|Read less"),
    NOISE("Search by Location|No other languages available|Other available languages"),
    NOISE("A PDF summary is not available. Please refer to applicable clinical trial database."),
    {.labels = "More Clinical Trial Websites", .mode = TN_MODE_END},
    VALUE("NCT Number", trial_id),
    {.labels = "Official Title", .mode = TN_MODE_PARAGRAPHS, TN_INTO(official_title)},
    {.labels = "Takeda Trial ID", .mode = TN_MODE_LIST, TN_INTO(identifiers), .preset = "type=ORG_STUDY_ID"},
    {.labels = "Other Trial IDs|Other Trial ID", .mode = TN_MODE_LIST, TN_INTO(identifiers), .separator = ","},
    VALUE("Trial Phase", phases),
    {.labels = "Condition|Conditions", .mode = TN_MODE_LIST, TN_INTO(conditions)},
    {.labels = "Compound|Compounds", .mode = TN_MODE_KEEP},
    VALUE("Recruitment Status", status),
    VALUE("Trial Type", study_type),
    {.labels = "Brief Summary", .mode = TN_MODE_PARAGRAPHS, TN_INTO(brief_summary)},
    {.labels = "Detailed Description", .mode = TN_MODE_PARAGRAPHS, TN_INTO(detailed_description)},
    {.labels = "Trial Design", .mode = TN_MODE_SECTION, .flags = TN_ROW_NOT_LOST},
    DESIGN("Allocation", allocation),
    DESIGN("Intervention Model", intervention_model),
    {.labels = "Masking: *",
     .within = "Trial Design",
     .mode = TN_MODE_VALUE,
     TN_INTO(masking),
     .shape = TN_SHAPE_MASKED},
    DESIGN("Primary Purpose", primary_purpose),
    DESIGN("Study Design", observational_model),
    DESIGN("Time Perspective", time_perspective),
    {.labels = "Endpoint Classification: *", .within = "Trial Design", .mode = TN_MODE_VALUE},
    OUTCOMES("Primary outcome measures|Primary outcome measure", "kind=PRIMARY"),
    OUTCOMES("Secondary outcome measures|Secondary outcome measure", "kind=SECONDARY"),
    OUTCOMES("Other outcome measures", "kind=OTHER"),
    {.labels = "Trial arms/groups or cohorts", .mode = TN_MODE_ITEMS, TN_INTO(arms), .parts = arms},
    VALUE("Gender", sex),
    {.labels = "Ages", .mode = TN_MODE_AGES, TN_INTO(minimum_age)},
    VALUE("Enrollment/number of participants", enrollment),
    {.labels = "Locations", .mode = TN_MODE_LIST, TN_INTO(countries), .separator = ","},
    VALUE("Trial sponsor", lead_sponsor),
    {.labels = "Responsible party", .mode = TN_MODE_VALUE, TN_INTO(responsible_party), .shape = TN_SHAPE_PARTY},
    VALUE("Start date", start_date),
    VALUE("Completion date", completion_date),
    {.labels = "Eligibility criteria", .mode = TN_MODE_CRITERIA, TN_INTO(eligibility_text)},
    {.labels = "Download the clinical trial summary",
     .mode = TN_MODE_LIST,
     TN_INTO(documents),
     .separator = "|",
     .flags = TN_ROW_NOT_LOST},
};

static const char *const signatures[] = {"Takeda Trial ID", "Trial arms/groups or cohorts", NULL};

static const struct tn_site site = {
    .host = "www.takedaclinicaltrials.com",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .signatures = signatures,
    .few_labels = 12,
    .common_labels = true,
};

const struct tn_reader tn_reader_takeda = {
    .name = "takeda",
    .description = "trials of Takeda's register",
    .syntaxes = TN_READS_PAGE,
    .table = &site,
    .detect = tn_page_detect,
    .read = tn_page_read,
};
