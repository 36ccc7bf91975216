/* SPDX-License-Identifier: MIT */
/* clinicaltrials.gov before 2023 (the pages under /ct2/show/ and classic.clinicaltrials.gov): the tab of results, study
 * details, and the head that all of them have. */
#include "readers/page.h"

static const struct tn_site_shape head[] = {{.shape = TN_SHAPE_TEXT, .field = TN_trial_title}, {.shape = TN_SHAPE_NONE}};

static const struct tn_site_part publications[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_publication_citation},
    {.shape = TN_SHAPE_NONE},
};

/* A label, with the value behind it on the line or under it. */
#define LABEL(name) name ": *|" name
#define VALUE(name, F) {.labels = LABEL(name), .mode = TN_MODE_VALUE, TN_INTO(F)}

/* "Actual Study Completion Date"; older pages say what a date is behind it, or nowhere. */
#define FINAL "(Final data collection date for primary outcome measure)"
#define DATE_OF(name, F, word, type)                                                                                   \
    {.labels = LABEL(word " " name), .mode = TN_MODE_VALUE, TN_INTO(F), .tail = FINAL, .preset = #F "_type=" type}
#define DATES(name, F)                                                                                                 \
    DATE_OF(name, F, "Actual", "ACTUAL"), DATE_OF(name, F, "Estimated", "ESTIMATED"),                                  \
        DATE_OF(name, F, "Anticipated", "ESTIMATED"),                                                                  \
    {                                                                                                                  \
        .labels = LABEL(name), .mode = TN_MODE_VALUE, TN_INTO(F), .tail = FINAL                                        \
    }
#define PUBLICATIONS(name, set)                                                                                        \
    {.labels = name, .mode = TN_MODE_ENTRIES, TN_INTO(publications), .parts = publications, .preset = set}
#define SAYS(sentence, set) {.labels = sentence, .mode = TN_MODE_NOTE, .preset = set}
#define IGNORED(spellings) {.labels = spellings, .mode = TN_MODE_IGNORE}

static const struct tn_site_row rows[] = {
    {.mode = TN_MODE_SHAPES, .shapes = head, .flags = TN_ROW_MENU},
    IGNORED("The safety and scientific validity of this study is the responsibility of the study sponsor and "
            "investigators. *|Listing a study does not mean it has been evaluated by the U.S. Federal Government. *|Read "
            "our disclaimer for details. *"),
    /* The tabs. */
    IGNORED("Study Details|Full Text View|Tabular View|Disclaimer|How to Read a Study Record|Related Studies"),
    SAYS("Study Results", "has_results=true"),
    SAYS("No Results Posted|No Study Results Posted", "has_results=false"),
    SAYS("Results Submitted", "has_results=false"),

    VALUE("ClinicalTrials.gov Identifier", trial_id),
    VALUE("Recruitment Status", status),
    VALUE("Expanded Access Status", status),
    VALUE("First Posted", first_posted_date),
    VALUE("Results First Posted", results_first_posted_date),
    VALUE("Last Update Posted", last_update_posted_date),
    VALUE("Sponsor", lead_sponsor),
    {.labels = "Collaborator|Collaborators", .mode = TN_MODE_LIST, TN_INTO(collaborators)},
    {.labels = LABEL("Information provided by (Responsible Party)") "|" LABEL("Information provided by"),
     .mode = TN_MODE_VALUE,
     TN_INTO(responsible_party),
     .shape = TN_SHAPE_PARTY},

    /* The tab of results where there are none. */
    SAYS("No Study Results Posted on ClinicalTrials.gov for this Study", "has_results=false"),
    SAYS("Results Submitted - Not Posted on ClinicalTrials.gov", "has_results=false"),
    IGNORED("About Study Results Reporting on ClinicalTrials.gov"),
    IGNORED("Results information has been submitted to ClinicalTrials.gov by the sponsor or investigator, but is not yet "
            "publicly available (or \"posted\") on ClinicalTrials.gov. *"),
    DATES("Start Date", start_date),
    DATES("Study Start Date", start_date),
    DATES("Primary Completion Date", primary_completion_date),
    DATES("Study Completion Date", completion_date),
    {.labels = "Submission Cycle", .mode = TN_MODE_KEEP},
    {.labels = "Results Submitted to ClinicalTrials.gov", .mode = TN_MODE_KEEP},
    {.labels = "Results Returned after Quality Control Review", .mode = TN_MODE_KEEP},
    PUBLICATIONS("Publications|Other Publications", NULL),
    PUBLICATIONS("Publications of Results", "type=RESULT"),
    PUBLICATIONS("Publications automatically indexed to this study by ClinicalTrials.gov Identifier (NCT Number)",
                 "type=DERIVED"),
    {.labels = "To Top|For Patients and Families", .mode = TN_MODE_END},
};

static const char *const signatures[] = {
    "The safety and scientific validity of this study is the responsibility of the study sponsor and investigators. *",
    "No Study Results Posted on ClinicalTrials.gov for this Study",
    "Results Submitted - Not Posted on ClinicalTrials.gov",
    "Information provided by (Responsible Party)",
    NULL,
};

static const struct tn_site site = {
    .host = "clinicaltrials.gov",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .signatures = signatures,
    .few_labels = 7,
    .common_labels = true,
    .acronym_behind_title = true,
};

const struct tn_reader tn_reader_ctgov_page = {
    .name = "ctgov-page",
    .description = "pages of the classic clinicaltrials.gov, as text or HTML",
    .syntax = TN_SYNTAX_TEXT,
    .table = &site,
    .detect = tn_page_detect,
    .read = tn_page_read,
};
