/* SPDX-License-Identifier: MIT */
/* clinicaltrials.gov. Before 2023 (the pages under /ct2/show/ and classic.clinicaltrials.gov): study details, and the head
 * that all tabs have; beside it in files of their own what only Tabular View and the tab of results have, and the pages
 * since then. */
#include "readers/page.h"

/* Today's pages say the status above the title, without a label. */
static const struct tn_site_shape head[] = {{.shape = TN_SHAPE_WORD, .field = TN_trial_status},
                                            {.shape = TN_SHAPE_TEXT, .field = TN_trial_title}, {.shape = TN_SHAPE_NONE}};

static const struct tn_site_part publications[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_publication_citation},
    {.shape = TN_SHAPE_NONE},
};

/* "1. measure [ Time Frame: 12 weeks ]", and under it how it is measured. */
static const struct tn_site_part outcomes[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_outcome_measure, .column = "Outcome Measure"},
    {.shape = TN_SHAPE_TEXT, .field = TN_outcome_time_frame, .label = "Time Frame", .column = "Time Frame"},
    {.shape = TN_SHAPE_TEXT,
     .field = TN_outcome_description,
     .label = "Designated as safety issue",
     .kept = true},
    {.shape = TN_SHAPE_TEXT, .field = TN_outcome_description, .column = "Measure Description"},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part interventions[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_intervention_name},
    {.shape = TN_SHAPE_NONE},
};

/* The place stands under the facility, the status of the site beside it. */
static const struct tn_site_part locations[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_location_facility, .optional = true},
    {.shape = TN_SHAPE_WORD, .field = TN_location_status, .optional = true},
    {.shape = TN_SHAPE_PLACE, .field = TN_location_city},
    {.shape = TN_SHAPE_NONE},
};

/* Today's pages have the facility under the place. */
static const struct tn_site_part study_locations[] = {
    {.shape = TN_SHAPE_PLACE, .field = TN_location_city},
    {.shape = TN_SHAPE_WORD, .field = TN_location_status, .optional = true},
    {.shape = TN_SHAPE_TEXT, .field = TN_location_facility, .optional = true},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part officials[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_official_name},
    {.shape = TN_SHAPE_TEXT, .field = TN_official_affiliation, .optional = true},
    {.shape = TN_SHAPE_NONE},
};

/* A label, with the value behind it on the line or under it. Tabular View has a mark behind most of its labels:
 * "Brief Title ICMJE", raised. */
#define MARKED(name) name "|" name " ICMJE|" name "ICMJE"
#define LABEL(name) name ": *|" MARKED(name)
/* ... and there what it was last changed with: "Actual Enrollment ICMJE (submitted: June 9, 2020)". */
#define WITH_DATE(name) name " (submitted%|" name " ICMJE (submitted%|" name "ICMJE (submitted%"
#define SUBMITTED(name) MARKED(name) "|" WITH_DATE(name)
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
#define POSTED(name, F) {.labels = LABEL(name), .mode = TN_MODE_VALUE, TN_INTO(F), .tail = "Key Record Dates"}
#define PUBLICATIONS(name, set)                                                                                        \
    {.labels = name, .mode = TN_MODE_ENTRIES, TN_INTO(publications), .parts = publications, .preset = set}
#define SAYS(sentence, set) {.labels = sentence, .mode = TN_MODE_NOTE, .preset = set}
#define PLAN "Individual Participant Data (IPD) Sharing Statement"
#define IGNORED(spellings) {.labels = spellings, .mode = TN_MODE_IGNORE}
#define SECTION(spellings) {.labels = spellings, .mode = TN_MODE_SECTION, .flags = TN_ROW_NOT_LOST}
#define KEEP(name) {.labels = LABEL(name), .mode = TN_MODE_VALUE}
#define TEXT(name, F) {.labels = LABEL(name), .mode = TN_MODE_PARAGRAPHS, TN_INTO(F)}
#define OUTCOMES(spellings, set)                                                                                       \
    {.labels = spellings, .mode = TN_MODE_ITEMS, TN_INTO(outcomes), .parts = outcomes, .preset = set}
#define OFFICIAL(spelling, set)                                                                                        \
    {.labels = LABEL(spelling),                                                                                        \
     .mode = TN_MODE_ENTRIES,                                                                                          \
     TN_INTO(officials),                                                                                               \
     .parts = officials,                                                                                               \
     .separator = "\t",                                                                                                \
     .preset = "role=" set}

static const struct tn_site_row rows[] = {
    {.mode = TN_MODE_SHAPES, .shapes = head, .flags = TN_ROW_MENU},
    IGNORED("The safety and scientific validity of this study is the responsibility of the study sponsor and "
            "investigators. *|Listing a study does not mean it has been evaluated by the U.S. Federal Government. *|Read "
            "our disclaimer for details. *"),
    /* The tabs. */
    IGNORED("Study Details|Full Text View|Tabular View|Disclaimer|How to Read a Study Record|Related Studies"),
    SAYS("Study Results", "has_results=true"),
    SAYS("No Results Posted|No Study Results Posted", "has_results=false"),
    SAYS("Results Posted", "has_results=true"),
    SAYS("Results Submitted", "has_results=false"),

    {.labels = LABEL("ClinicalTrials.gov Identifier") "|" LABEL("NCT Number") "|ClinicalTrials.gov ID|ClinicalTrials.gov ID *",
     .mode = TN_MODE_VALUE,
     TN_INTO(trial_id),
     .tail = "History of Changes"},
    VALUE("Recruitment Status", status),
    VALUE("Expanded Access Status", status),
    POSTED("First Posted", first_posted_date),
    POSTED("Results First Posted", results_first_posted_date),
    VALUE("Last Update Posted", last_update_posted_date),
    VALUE("Sponsor", lead_sponsor),
    {.labels = "Collaborator|" MARKED("Collaborators"),
     .mode = TN_MODE_LIST,
     TN_INTO(collaborators),
     .flags = TN_ROW_SPARE}, /* Tabular View says it twice */
    {.labels = LABEL("Information provided by (Responsible Party)") "|" LABEL("Information provided by") "|Information provided by *",
     .mode = TN_MODE_VALUE,
     TN_INTO(responsible_party),
     .tail = "(Responsible Party)",
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

    /* Study details. */
    IGNORED("Go to|Go to *|Top of Page|Information from the National Library of Medicine|Show definition|History of "
            "Changes|Key Record Dates|Contact the study team to discuss study options for this condition."),
    IGNORED("Choosing to participate in a study is an important personal decision. *|To learn more about this study, you "
            "or your doctor may contact the study research staff using the contact information provided by the sponsor. "
            "*|Please refer to this study by its ClinicalTrials.gov identifier (NCT number): *"),
    SECTION("Study Description|Purpose"),
    SECTION(MARKED("Study Design")),
    SECTION("Arms and Interventions"),
    /* Those of results are tables, kept as text. */
    {.labels = "Outcome Measures", .within = "Baseline Characteristics", .mode = TN_MODE_KEEP},
    {.labels = "Outcome Measures", .within = "Participant Flow", .mode = TN_MODE_KEEP},
    SECTION("Outcome Measures"),
    SECTION("Eligibility Criteria|Eligibility"),
    SECTION("Contacts and Locations"),
    {.labels = "Sponsors and Collaborators", .mode = TN_MODE_KEEP, .flags = TN_ROW_NOT_LOST}, /* the head has them */
    SECTION(MARKED("Investigators")),
    SECTION("More Information"),
    SECTION(PLAN "|" MARKED("IPD Sharing Statement")),
    {.labels = "Brief Summary", .mode = TN_MODE_PARAGRAPHS, TN_INTO(brief_summary)},
    {.labels = "Detailed Description", .mode = TN_MODE_PARAGRAPHS, TN_INTO(detailed_description)},
    {.labels = "Condition or disease|Conditions|" MARKED("Condition"), .mode = TN_MODE_LIST, TN_INTO(conditions)},
    {.labels = "Intervention/treatment|Intervention / Treatment|Intervention",
     .mode = TN_MODE_ENTRIES,
     TN_INTO(interventions),
     .parts = interventions},
    {.labels = "Intervention ICMJE|InterventionICMJE|Interventions ICMJE",
     .mode = TN_MODE_ARMS,
     TN_INTO(interventions)},
    {.labels = LABEL("Phase"), .mode = TN_MODE_LIST, TN_INTO(phases)},
    {.labels = LABEL("Study Type"),
     .mode = TN_MODE_VALUE,
     TN_INTO(study_type),
     .tail = "(Clinical Trial)"},
    {.labels = LABEL("Actual Enrollment") "|" WITH_DATE("Actual Enrollment"),
     .mode = TN_MODE_VALUE,
     TN_INTO(enrollment),
     .tail = "participants|patients",
     .preset = "enrollment_type=ACTUAL"},
    {.labels = LABEL("Estimated Enrollment") "|" WITH_DATE("Estimated Enrollment"),
     .mode = TN_MODE_VALUE,
     TN_INTO(enrollment),
     .tail = "participants|patients",
     .preset = "enrollment_type=ESTIMATED"},
    {.labels = LABEL("Enrollment") "|" WITH_DATE("Enrollment"), .mode = TN_MODE_VALUE, TN_INTO(enrollment), .tail = "participants|patients"},
    VALUE("Allocation", allocation),
    VALUE("Intervention Model", intervention_model),
    TEXT("Intervention Model Description", intervention_model_description),
    {.labels = LABEL("Masking"), .mode = TN_MODE_VALUE, TN_INTO(masking)},
    TEXT("Masking Description", masking_description),
    VALUE("Primary Purpose", primary_purpose),
    VALUE("Observational Model", observational_model),
    VALUE("Time Perspective", time_perspective),
    VALUE("Target Follow-Up Duration", target_duration),
    KEEP("Endpoint Classification"),
    VALUE("Official Title", official_title),
    {.labels = "Resource links provided by the National Library of Medicine|Resource links provided by NLM",
     .mode = TN_MODE_SECTION,
     .flags = TN_ROW_NOT_LOST},
    KEEP("MedlinePlus related topics"),
    KEEP("Drug Information available for"),
    KEEP("Genetics Home Reference related topics"),
    KEEP("MedlinePlus Genetics related topics"),
    KEEP("Genetic and Rare Diseases Information Center resources"),
    IGNORED("U.S. FDA Resources"),
    {.labels = "Arm|Arms|Participant Group/Arm|Participant Group / Arm|Group/Cohort|Groups/Cohorts|" MARKED("Study Arms") "|" MARKED("Study Groups/Cohorts"), .mode = TN_MODE_ARMS, TN_INTO(arms)},
    OUTCOMES("Primary Outcome Measures|" SUBMITTED("Current Primary Outcome Measures"), "kind=PRIMARY"),
    OUTCOMES("Secondary Outcome Measures|" SUBMITTED("Current Secondary Outcome Measures"), "kind=SECONDARY"),
    OUTCOMES("Other Outcome Measures|" SUBMITTED("Current Other Pre-specified Outcome Measures"), "kind=OTHER"),
    VALUE("Biospecimen Retention", biospecimen_retention),
    {.labels = LABEL("Ages Eligible for Study") "|" MARKED("Ages"), .mode = TN_MODE_AGES, TN_INTO(minimum_age)},
    VALUE("Sexes Eligible for Study", sex),
    VALUE("Genders Eligible for Study", sex),
    VALUE("Gender Based Eligibility", gender_based),
    TEXT("Gender Eligibility Description", gender_description),
    VALUE("Accepts Healthy Volunteers", healthy_volunteers),
    VALUE("Sampling Method", sampling_method),
    TEXT("Study Population", study_population),
    {.labels = "Criteria|Eligibility Criteria ICMJE|Eligibility CriteriaICMJE", .mode = TN_MODE_CRITERIA, TN_INTO(eligibility_text)},
    {.labels = MARKED("Contacts"), .mode = TN_MODE_KEEP, .flags = TN_ROW_PEOPLE | TN_ROW_NOT_LOST},
    {.labels = "Contact: *", .within = "Locations", .mode = TN_MODE_VALUE, .flags = TN_ROW_PEOPLE},
    {.labels = "Principal Investigator: *|Sub-Investigator: *",
     .within = "Locations",
     .mode = TN_MODE_VALUE,
     .flags = TN_ROW_PEOPLE},
    {.labels = "Locations",
     .mode = TN_MODE_ENTRIES,
     TN_INTO(locations),
     .parts = locations,
     .separator = "\t",
     .flags = TN_ROW_GROUPED},
    KEEP("Study Documents (Full-Text)"),
    OFFICIAL("Principal Investigator", "PRINCIPAL_INVESTIGATOR"),
    OFFICIAL("Study Director", "STUDY_DIRECTOR"),
    OFFICIAL("Study Chair", "STUDY_CHAIR"),
    {.labels = LABEL("Responsible Party") "|" LABEL("Current Responsible Party"),
     .mode = TN_MODE_VALUE,
     TN_INTO(responsible_party),
     .shape = TN_SHAPE_PARTY,
     .flags = TN_ROW_SPARE},
    {.labels = LABEL("Other Study ID Numbers"), .mode = TN_MODE_LIST, TN_INTO(identifiers)},
    VALUE("Last Verified", status_verified_date),
    VALUE("Verification Date", status_verified_date),
    VALUE("Plan to Share IPD", ipd_sharing),
    TEXT("Plan Description", ipd_description),
    {.labels = LABEL("Supporting Materials"), .mode = TN_MODE_LIST, TN_INTO(ipd_info_types)},
    {.labels = LABEL("Time Frame"), .within = PLAN, .mode = TN_MODE_PARAGRAPHS, TN_INTO(ipd_time_frame)},
    TEXT("Access Criteria", ipd_access_criteria),
    VALUE("URL", ipd_url),
    VALUE("Studies a U.S. FDA-regulated Drug Product", fda_regulated_drug),
    VALUE("Studies a U.S. FDA-regulated Device Product", fda_regulated_device),
    VALUE("Product Manufactured in and Exported from the U.S.", us_export),
    VALUE("Device Product Not Approved or Cleared by U.S. FDA", unapproved_device),
    {.labels = "Keywords provided by %", .mode = TN_MODE_LIST, TN_INTO(keywords)},
    {.labels = "Additional relevant MeSH terms", .mode = TN_MODE_LIST},

#include "readers/sites/ctgov_page_tabular.inc"

#include "readers/sites/ctgov_page_results.inc"

#include "readers/sites/ctgov_page_study.inc"

    {.labels = "To Top|For Patients and Families|Scroll to top|Legal and Disclaimers", .mode = TN_MODE_END},
};

static const char *const signatures[] = {
    "The safety and scientific validity of this study is the responsibility of the study sponsor and investigators. *",
    "No Study Results Posted on ClinicalTrials.gov for this Study",
    "Results Submitted - Not Posted on ClinicalTrials.gov",
    "Information provided by (Responsible Party)",
    "Current Primary Outcome Measures ICMJE (submitted%",
    "This section provides the contact details for those conducting the study, and information on where this study is "
    "being conducted. *",
    "Researchers look for people who fit a certain description, called eligibility criteria. *",
    "These dates track the progress of study record and summary results submissions to ClinicalTrials.gov. *",
    NULL,
};

static const struct tn_site site = {
    .host = "clinicaltrials.gov",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .signatures = signatures,
    .few_labels = 7,
    .common_labels = true,
    .absent = "Not Provided|Same as current",
    .acronym_behind_title = true,
};

const struct tn_reader tn_reader_ctgov_page = {
    .name = "ctgov-page",
    .description = "pages of clinicaltrials.gov, classic and since 2023",
    .syntaxes = TN_READS_PAGE,
    .table = &site,
    .detect = tn_page_detect,
    .read = tn_page_read,
};
