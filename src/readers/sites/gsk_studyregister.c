/* SPDX-License-Identifier: MIT */
/* gsk-studyregister.com. A head, and tabs (protocol summary, locations, results, publications) of which one is shown at
 * a time; the others stand hidden in the page. Titles may only point to the detailed description. */
#include "readers/page.h"

static const struct tn_site_part outcomes[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_outcome_measure},
    {.shape = TN_SHAPE_TEXT, .field = TN_outcome_time_frame, .label = "Time Frame"},
    {.shape = TN_SHAPE_TEXT, .field = TN_outcome_description, .label = "Safety Issue", .kept = true},
    {.shape = TN_SHAPE_TEXT, .field = TN_outcome_description},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part arms[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_arm_label},
    {.shape = TN_SHAPE_TEXT, .field = TN_arm_type, .label = "Type"},
    {.shape = TN_SHAPE_TEXT, .field = TN_arm_description},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part interventions[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_intervention_name},
    {.shape = TN_SHAPE_TEXT, .field = TN_intervention_type, .label = "Type"},
    {.shape = TN_SHAPE_TEXT, .field = TN_intervention_description, .label = "Description"},
    {.shape = TN_SHAPE_ARMS, .field = TN_intervention_arm_labels, .label = "Arms"},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part locations[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_location_facility, .column = "Location Name"},
    {.shape = TN_SHAPE_PLACE_DOWN, .field = TN_location_city},
    {.shape = TN_SHAPE_TEXT, .field = TN_location_status, .column = "Status"},
    {.shape = TN_SHAPE_NONE},
};

/* What the dates of a document are dates of, the page does not say: they are kept. */
static const struct tn_site_part documents[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_document_label, .column = "Document Title"},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part publications[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_publication_citation},
    {.shape = TN_SHAPE_NONE},
};

#define VALUE(name, F) {.labels = name, .mode = TN_MODE_VALUE, TN_INTO(F)}
#define LIST(name, F) {.labels = name, .mode = TN_MODE_LIST, TN_INTO(F)}
#define TEXT(name, F) {.labels = name, .mode = TN_MODE_PARAGRAPHS, TN_INTO(F)}
#define KEEP(name) {.labels = name, .mode = TN_MODE_KEEP}
#define MASKED(name, who)                                                                                              \
    {.labels = "Masked " name, .mode = TN_MODE_VALUE, TN_INTO(who_masked), .words = "yes=" who "|no="}
#define NUMBER(name, set) {.labels = name, .mode = TN_MODE_LIST, TN_INTO(identifiers), .preset = set}
#define OUTCOMES(name, set)                                                                                            \
    {.labels = name, .mode = TN_MODE_ITEMS, TN_INTO(outcomes), .parts = outcomes, .preset = set}
#define CONTACT(name, F) {.labels = name, .mode = TN_MODE_VALUE, .type = &tn_type_contact, .field = TN_contact_##F}
#define OFFICIAL(name, F) {.labels = name, .mode = TN_MODE_VALUE, .type = &tn_type_official, .field = TN_official_##F}

static const struct tn_site_row rows[] = {
    {.mode = TN_MODE_IGNORE},
    /* The tab stands there where there are results. */
    {.labels = "Scientific Result Summary", .mode = TN_MODE_NOTE, .preset = "has_results=true"},
    {.labels = "Protocol Summary|Locations|Publication|Publications|\xE2\x98\xB0|"
               "Click to view inclusion/exclusion criteria|Click to hide inclusion/exclusion criteria",
     .mode = TN_MODE_IGNORE},
    VALUE("Clinicaltrials.gov Identifier|Clinicaltrials.gov ID", trial_id),
    NUMBER("Study ID", "type=ORG_STUDY_ID"),
    NUMBER("Clinical Study ID", "type=ORG_STUDY_ID"),
    NUMBER("Secondary IDs", NULL),
    NUMBER("EudraCT ID|EudraCT Number", NULL),
    VALUE("Study Title", title),
    VALUE("Official Study Title|Official Title", official_title),
    VALUE("Acronym", acronym),
    VALUE("Sponsor", lead_sponsor),
    LIST("Collaborators", collaborators),
    VALUE("Phase", phases),
    VALUE("Study Recruitment Status", status),
    KEEP("Generic Name"),
    KEEP("Trade Name"),
    LIST("Study Indication", conditions),
    LIST("Conditions", conditions),

    VALUE("First Received", first_submitted_date),
    VALUE("Last Updated", last_update_submitted_date),
    KEEP("FDA Regulated Intervention?"),
    KEEP("Section 801 Clinical Trial"),
    KEEP("Delayed Posting"),
    KEEP("IND/IDE Protocol"),
    KEEP("IND/IDE Grantor"),
    KEEP("IND/IDE Number"),
    KEEP("IND/IDE Serial Number"),
    VALUE("Has Expanded Access", has_expanded_access),
    VALUE("Study Type", study_type),
    {.labels = "Oversight Authority", .mode = TN_MODE_LIST},
    TEXT("Brief Summary", brief_summary),
    TEXT("Detailed Description", detailed_description),
    VALUE("Record Verification Date", status_verified_date),
    TEXT("Why Study Stopped", why_stopped),
    VALUE("Study Start Date", start_date),
    VALUE("Study Start Date Type", start_date_type),
    VALUE("Study Completion Date", completion_date),
    VALUE("Study Completion Date Type", completion_date_type),
    VALUE("Primary Completion Date", primary_completion_date),
    VALUE("Primary Completion Date Type", primary_completion_date_type),
    VALUE("Primary Purpose", primary_purpose),
    VALUE("Allocation", allocation),
    VALUE("Masking", masking),
    MASKED("Subject", "PARTICIPANT"),
    MASKED("Caregiver", "CARE_PROVIDER"),
    MASKED("Investigator", "INVESTIGATOR"),
    MASKED("Assessor", "OUTCOMES_ASSESSOR"),
    VALUE("Study Design (Assignment)", intervention_model),
    KEEP("Study Classification (Endpoint)"),
    VALUE("Observational Model|Observational Study Design", observational_model),
    VALUE("Time Perspective|Study Timing", time_perspective),
    VALUE("Sampling Method", sampling_method),
    TEXT("Study Population|Study Population Description", study_population),
    VALUE("Biospecimen Retention", biospecimen_retention),
    TEXT("Biospecimen Description", biospecimen_description),
    VALUE("Number of Arms|Number of Groups", group_count),
    OUTCOMES("Primary Outcomes", "kind=PRIMARY"),
    OUTCOMES("Secondary Outcomes", "kind=SECONDARY"),
    OUTCOMES("Other Outcomes", "kind=OTHER"),
    {.labels = "Arms|Groups", .mode = TN_MODE_ITEMS, TN_INTO(arms), .parts = arms},
    {.labels = "Interventions", .mode = TN_MODE_ITEMS, TN_INTO(interventions), .parts = interventions},
    LIST("Keywords", keywords),
    {.labels = "Eligibility Criteria", .mode = TN_MODE_CRITERIA, TN_INTO(eligibility_text)},
    VALUE("Gender", sex),
    VALUE("Minimum Age", minimum_age),
    VALUE("Maximum Age", maximum_age),
    VALUE("Enrollment", enrollment),
    VALUE("Enrollment Type", enrollment_type),
    {.labels = "Healthy Volunteers",
     .mode = TN_MODE_VALUE,
     TN_INTO(healthy_volunteers),
     .words = "none=No|no healthy volunteers=No|accepts healthy volunteers=Yes|*"},
    {.labels = "Central Contact",
     .mode = TN_MODE_VALUE,
     .type = &tn_type_contact,
     .field = TN_contact_name,
     .rest = "Central Contact",
     .preset = "kind=CENTRAL",
     .flags = TN_ROW_OPENS},
    CONTACT("Central Contact Phone", phone),
    CONTACT("Central Contact Phone Ext|Central Contact Phone Extension", phone_ext),
    CONTACT("Central Contact Email", email),
    {.labels = "Overall Study Official",
     .mode = TN_MODE_VALUE,
     .type = &tn_type_official,
     .field = TN_official_name,
     .rest = "Overall Study Official",
     .flags = TN_ROW_OPENS},
    OFFICIAL("Overall Study Official Affiliation", affiliation),
    OFFICIAL("Overall Study Official Role", role),

    {.labels = "Document Title", .mode = TN_MODE_ITEMS, TN_INTO(documents), .parts = documents},
    {.labels = "Citation", .mode = TN_MODE_ENTRIES, TN_INTO(publications), .parts = publications},
    {.labels = "Location Name", .mode = TN_MODE_ITEMS, TN_INTO(locations), .parts = locations},
    {.labels = "Contact Name",
     .mode = TN_MODE_VALUE,
     .type = &tn_type_contact,
     .field = TN_contact_name,
     .rest = "Contact Name",
     .flags = TN_ROW_OPENS},
    CONTACT("Contact Phone", phone),
    CONTACT("Contact Email", email),
    {.labels = "Quick Search|Useful Links", .mode = TN_MODE_END},
};

static const char *const signatures[] = {
    "Clinical Study ID",       "Study Classification (Endpoint)", "IND/IDE Serial Number",
    "Record Verification Date", "Study Recruitment Status",        "Overall Study Official Affiliation",
    NULL,
};

static const struct tn_site site = {
    .host = "gsk-studyregister.com",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .signatures = signatures,
    .few_labels = 7,
    .common_labels = true,
    .absent = "N/A|See Detailed Description",
    .form = true,
};

const struct tn_reader tn_reader_gsk_studyregister = {
    .name = "gsk-studyregister",
    .description = "pages of the GSK study register",
    .syntaxes = TN_READS_PAGE,
    .table = &site,
    .detect = tn_page_detect,
    .read = tn_page_read,
};
