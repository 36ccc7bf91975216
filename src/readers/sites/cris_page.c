/* SPDX-License-Identifier: MIT */
/* cris.nih.go.kr: the English page of one trial. Numbered headings, labels in cells, `- Name` for the members of what
 * has several. */
#include "readers/page.h"

#define KEEP(LABELS) {.labels = LABELS, .mode = TN_MODE_KEEP}
#define HEAD(LABELS) {.labels = LABELS, .mode = TN_MODE_SECTION}
#define NOISE(LABELS) {.labels = LABELS, .mode = TN_MODE_IGNORE}
#define VALUE(LABELS, FIELD) {.labels = LABELS, .mode = TN_MODE_VALUE, TN_INTO(FIELD)}
/* A member of a record in a section; N is its type. */
#define MEMBER(LABELS, SECTION, N, FIELD) \
    {.labels = LABELS, .within = SECTION, .mode = TN_MODE_VALUE, .type = &tn_type_##N, .field = TN_##N##_##FIELD}
#define KEPT(LABELS, SECTION) {.labels = LABELS, .within = SECTION, .mode = TN_MODE_KEEP}
#define OPENS(LABELS, SECTION, N, FIELD, NAME, SET) \
    {.labels = LABELS, .within = SECTION, .mode = TN_MODE_SECTION, .type = &tn_type_##N, .field = TN_##N##_##FIELD, \
     .rest = NAME, .preset = SET, .flags = TN_ROW_OPENS}
#define ETHICS(LABELS, FIELD) \
    {.labels = LABELS, .mode = TN_MODE_VALUE, .type = &tn_type_ethics, .field = TN_ethics_##FIELD, .rest = "ethics", \
     .flags = TN_ROW_OPENS}
#define CLASSES "Government=OTHER_GOV|Pharmaceutical Company=INDUSTRY|Pharmaceutical=INDUSTRY"

static const struct tn_site_row rows[] = {
    {.mode = TN_MODE_IGNORE},
    NOISE("Skip to content|Records View|Version History|About CRIS|Search|FAQ|Statistics|Registration Data Set"),
    NOISE("Healthcare Benefit"),
    {.labels = "187 Osongsaengmyeong2%|Tel : 82-43%", .mode = TN_MODE_END},
    HEAD("Background Information|1.Background|1. Background"),
    HEAD("Institutional Review Board Information|2. Institutional Review Board|2.Institutional Review Board"),
    HEAD("Contact Details|3.Contact Details|3. Contact Details"),
    HEAD("Status|4. Status Status|4. Status"),
    HEAD("Source of Monetary/Material Support|Source of Monetary / Material Support|Source of Monetary / Material "
         "Support \xEC\xA0\x95\xEB\xB3\xB4|5. Source of Monetary/Material Support"),
    HEAD("Sponsor Organization|6. Sponsor Organization"),
    HEAD("Study Summary|7. Study Summary"),
    HEAD("Study Design|Study Design \xEC\xA0\x95\xEB\xB3\xB4|8. Study Design"),
    HEAD("Subject Eligibility Information|Subject Eligibility|9. Subject Eligibility|9. Subject"),
    HEAD("Outcome Measure(s)|Outcome Measure(s) Information|10. Outcome Measure(s)"),
    HEAD("Study Results and Publication Information|11. Study Results and Publication|Study Results and Publication"),
    HEAD("Sharing of Study Data Information|Sharing of Study Data|12. Sharing of Study Data"),

    VALUE("CRIS Registration Number", trial_id),
    {.labels = "Unique Protocol ID", .mode = TN_MODE_LIST, TN_INTO(identifiers), .preset = "type=ORG_STUDY_ID"},
    VALUE("Public/Brief Title", title),
    VALUE("Scientific Title", official_title),
    VALUE("Acronym", acronym),
    KEEP("MFDS Regulated Study|KFDA Regulated Study|IND/IDE Protocol|Registered at Other Registry"),
    {.labels = "- Other Registry Number|- Registry Number|- Identification Number",
     .mode = TN_MODE_LIST,
     TN_INTO(identifiers)},
    KEEP("Healthcare Benefit Approval Status|Approval Status"),

    ETHICS("Board Approval Status", status),
    ETHICS("Board Approval Number", reference),
    ETHICS("Approval Date", date),
    {.labels = "Institutional Review Board",
     .mode = TN_MODE_VALUE,
     .type = &tn_type_ethics,
     .field = TN_ethics_body},
    MEMBER("- Name", "Institutional Review Board Information", ethics, body),
    MEMBER("- Address|- Telephone", "Institutional Review Board Information", ethics, contact),
    VALUE("Data Monitoring Committee", has_dmc),

    OPENS("Contact Person for Principal Investigator / Scientific Queries", "Contact Details", contact, name,
          "Contact Person", "kind=SCIENTIFIC"),
    OPENS("Contact Person for Public Queries", "Contact Details", contact, name, "Contact Person", "kind=PUBLIC"),
    OPENS("Contact Person for Updating Information", "Contact Details", contact, name, "Contact Person", NULL),
    MEMBER("- Name", "Contact Details", contact, name),
    KEPT("- Title", "Contact Details"),
    MEMBER("- Telephone", "Contact Details", contact, phone),
    MEMBER("- E-mail|- Email", "Contact Details", contact, email),
    MEMBER("- Affiliation", "Contact Details", contact, affiliation),
    MEMBER("- Address", "Contact Details", contact, address),

    {.labels = "Study Site", .mode = TN_MODE_VALUE, TN_INTO(location_count), .shape = TN_SHAPE_NUMBER},
    VALUE("Overall Recruitment Status", status),
    VALUE("Date of First Enrollment", recruitment_start_date),
    {.labels = "Target Number of Participant", .within = "Arm #", .mode = TN_MODE_KEEP},
    {.labels = "Target Number of Participant",
     .mode = TN_MODE_VALUE,
     TN_INTO(enrollment),
     .preset = "enrollment_type=ESTIMATED"},
    VALUE("Primary Completion Date", primary_completion_date),
    VALUE("Study Completion Date", completion_date),
    OPENS("Recruitment Status by Participating Study Site #", "Status", location, facility, "Study Site", NULL),
    MEMBER("- Name of Study Site", "Status", location, facility),
    MEMBER("- Recruitment Status", "Status", location, status),
    KEPT("- Date of First Enrollment", "Status"),

    {.labels = "Source of Monetary/Material Support#|Source of Monetary/Material Support #",
     .within = "Source of Monetary/Material Support",
     .mode = TN_MODE_SECTION},
    {.labels = "- Organization Name",
     .within = "Source of Monetary/Material Support",
     .mode = TN_MODE_LIST,
     TN_INTO(funders)},
    KEPT("- Organization Type|- Project ID", "Source of Monetary/Material Support"),
    {.labels = "Sponsor Organization #|Sponsor Organization#",
     .within = "Sponsor Organization",
     .mode = TN_MODE_SECTION,
     .type = &tn_type_collaborator,
     .field = TN_collaborator_name,
     .rest = "Sponsor Organization",
     .flags = TN_ROW_OPENS | TN_ROW_LEADS},
    MEMBER("- Organization Name", "Sponsor Organization", collaborator, name),
    {.labels = "- Organization Type",
     .within = "Sponsor Organization",
     .mode = TN_MODE_VALUE,
     .type = &tn_type_collaborator,
     .field = TN_collaborator_class,
     .words = CLASSES},
    {.labels = "Lay Summary", .mode = TN_MODE_PARAGRAPHS, TN_INTO(lay_summary)},

    VALUE("Study Type", study_type),
    VALUE("Study Purpose", primary_purpose),
    VALUE("Phase", phases),
    VALUE("Intervention Model", intervention_model),
    VALUE("Blinding/Masking", masking),
    KEEP("Blinded Subject"),
    {.labels = "Allocation", .mode = TN_MODE_VALUE, TN_INTO(allocation), .words = "RCT=RANDOMIZED|Non-RCT=NON_RANDOMIZED|*"},
    {.labels = "Intervention Type",
     .mode = TN_MODE_VALUE,
     .type = &tn_type_intervention,
     .field = TN_intervention_type,
     .rest = "Intervention",
     .flags = TN_ROW_OPENS},
    {.labels = "Intervention Description",
     .mode = TN_MODE_PARAGRAPHS,
     .type = &tn_type_intervention,
     .field = TN_intervention_description,
     .rest = "Intervention",
     .flags = TN_ROW_OPENS},
    VALUE("Observational Study Model", observational_model),
    VALUE("Time Perspective", time_perspective),
    VALUE("Number of Arms|Number of Cohorts/Groups|Number of Cohort/Group", group_count),
    {.labels = "Arm #|Cohort/Group #|Cohort #|Group #",
     .mode = TN_MODE_SECTION,
     .type = &tn_type_arm,
     .field = TN_arm_label,
     .rest = "Arm",
     .flags = TN_ROW_OPENS},
    MEMBER("Arm Label|Cohort/Group Label", "Arm #", arm, label),
    MEMBER("Arm Type", "Arm #", arm, type),
    {.labels = "Arm Description|Cohort/Group Description",
     .within = "Arm #",
     .mode = TN_MODE_PARAGRAPHS,
     .type = &tn_type_arm,
     .field = TN_arm_description},
    VALUE("Biospecimen Collection & Archiving|Biospecimen Collection", biospecimen_retention),
    VALUE("Biospecimen Description", biospecimen_description),

    {.labels = "Condition(s)/Problem(s)", .mode = TN_MODE_LIST, TN_INTO(conditions)},
    KEEP("Rare Disease"),
    HEAD("Inclusion Criteria"),
    {.labels = "Gender", .within = "Inclusion Criteria", .mode = TN_MODE_VALUE, TN_INTO(sex)},
    {.labels = "Age", .within = "Inclusion Criteria", .mode = TN_MODE_AGES, TN_INTO(minimum_age)},
    {.labels = "Description",
     .within = "Inclusion Criteria",
     .mode = TN_MODE_CRITERIA,
     TN_INTO(inclusion_criteria),
     .side = TN_CRITERIA_INCLUSION},
    {.labels = "Exclusion Criteria",
     .mode = TN_MODE_CRITERIA,
     TN_INTO(exclusion_criteria),
     .side = TN_CRITERIA_EXCLUSION},
    VALUE("Healthy Volunteers", healthy_volunteers),
    {.labels = "Study Population Description", .mode = TN_MODE_PARAGRAPHS, TN_INTO(study_population)},
    VALUE("Sampling Method", sampling_method),

    KEEP("Type of Primary Outcome"),
    OPENS("Primary Outcome(s) #", "Outcome Measure(s)", outcome, measure, "Primary Outcome", "kind=PRIMARY"),
    OPENS("Secondary Outcome(s) #", "Outcome Measure(s)", outcome, measure, "Secondary Outcome", "kind=SECONDARY"),
    {.labels = "- Outcome",
     .within = "Outcome Measure(s)",
     .mode = TN_MODE_PARAGRAPHS,
     .type = &tn_type_outcome,
     .field = TN_outcome_measure},
    MEMBER("- Timepoint", "Outcome Measure(s)", outcome, time_frame),

    VALUE("Result Registerd|Result Registered|Results Registered", has_results),
    {.labels = "Sharing Statement",
     .mode = TN_MODE_VALUE,
     TN_INTO(ipd_sharing),
     .words = "Yes=YES|No=NO|Undecided=UNDECIDED"},
    {.labels = "Time of Sharing", .mode = TN_MODE_PARAGRAPHS, TN_INTO(ipd_time_frame)},
    {.labels = "Way of Sharing", .mode = TN_MODE_PARAGRAPHS, TN_INTO(ipd_access_criteria)},
};

static const char *const signatures[] = {
    "CRIS Registration Number", "Recruitment Status by Participating Study Site #", "MFDS Regulated Study", NULL,
};

static const struct tn_site site = {
    .host = "cris.nih.go.kr",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .signatures = signatures,
    .few_labels = 12,
    .absent = "-|NA|N/A",
    .form = true,
};

const struct tn_reader tn_reader_cris_page = {
    .name = "cris-page",
    .description = "trials of Korea's registry CRiS",
    .syntaxes = TN_READS_PAGE,
    .table = &site,
    .detect = tn_page_detect,
    .read = tn_page_read,
};
