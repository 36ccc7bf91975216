/* SPDX-License-Identifier: MIT */
/* meddatax.com. Values carry no labels; under each heading stands a fixed sentence of the site. */
#include "readers/page.h"

static const struct tn_site_shape head[] = {{.shape = TN_SHAPE_TEXT, .field = TN_trial_title}, {.shape = TN_SHAPE_NONE}};

/* One date alone is the start, two are start and completion. A trial of two phases may have them on two lines. */
static const struct tn_site_shape basic[] = {
    {.shape = TN_SHAPE_WORD, .field = TN_trial_status},
    {.shape = TN_SHAPE_PHASE, .field = TN_trial_phases},
    {.shape = TN_SHAPE_PHASE, .field = TN_trial_phases},
    {.shape = TN_SHAPE_PARTICIPANTS, .field = TN_trial_enrollment},
    {.shape = TN_SHAPE_WORD, .field = TN_trial_study_type},
    {.shape = TN_SHAPE_DATE, .field = TN_trial_start_date},
    {.shape = TN_SHAPE_DATE, .field = TN_trial_primary_completion_date, .spare = true},
    {.shape = TN_SHAPE_DATE, .field = TN_trial_completion_date},
    {.shape = TN_SHAPE_NONE},
};

/* `OTHER` is a word of several of these: what they mean depends on the type of the study. */
static const struct tn_site_shape design[] = {
    {.shape = TN_SHAPE_WORD, .field = TN_trial_allocation, .when = "study_type=INTERVENTIONAL"},
    {.shape = TN_SHAPE_WORD, .field = TN_trial_intervention_model, .when = "study_type=INTERVENTIONAL"},
    {.shape = TN_SHAPE_WORD, .field = TN_trial_primary_purpose, .when = "study_type=INTERVENTIONAL"},
    {.shape = TN_SHAPE_WORD, .field = TN_trial_observational_model, .when = "study_type=OBSERVATIONAL"},
    {.shape = TN_SHAPE_WORD, .field = TN_trial_time_perspective, .when = "study_type=OBSERVATIONAL"},
    {.shape = TN_SHAPE_WORD, .field = TN_trial_masking, .when = "study_type=INTERVENTIONAL"},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_shape behind_criteria[] = {
    {.shape = TN_SHAPE_AGE, .field = TN_trial_minimum_age},
    {.shape = TN_SHAPE_AGE, .field = TN_trial_maximum_age},
    {.shape = TN_SHAPE_WORD, .field = TN_trial_sex},
    {.shape = TN_SHAPE_TRUTH, .field = TN_trial_healthy_volunteers},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part interventions[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_intervention_name},
    {.shape = TN_SHAPE_TEXT, .field = TN_intervention_description, .optional = true},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part sponsors[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_collaborator_name},
    {.shape = TN_SHAPE_EXACT, .field = TN_collaborator_class},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part responsible_party[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_responsible_party_name},
    {.shape = TN_SHAPE_TEXT, .field = TN_responsible_party_title, .optional = true},
    {.shape = TN_SHAPE_TEXT, .field = TN_responsible_party_affiliation, .optional = true},
    {.shape = TN_SHAPE_EXACT, .field = TN_responsible_party_type, .optional = true},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part officials[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_official_name},
    {.shape = TN_SHAPE_TEXT, .field = TN_official_role, .label = "Role"},
    {.shape = TN_SHAPE_TEXT, .field = TN_official_affiliation},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part locations[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_location_facility},
    {.shape = TN_SHAPE_PLACE, .field = TN_location_city},
    {.shape = TN_SHAPE_EXACT, .field = TN_location_status, .optional = true},
    {.shape = TN_SHAPE_NONE},
};

/* The source is read before the type: the type of an organization's own number is `-`. */
static const struct tn_site_part identifiers[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_identifier_value},
    {.shape = TN_SHAPE_TEXT, .field = TN_identifier_type, .label = "Identifier Type", .words = "-=|*"},
    {.shape = TN_SHAPE_TEXT,
     .field = TN_identifier_type,
     .label = "Identifier Source",
     .words = "org_study_id=ORG_STUDY_ID|secondary_id="},
    {.shape = TN_SHAPE_NONE},
};

static const struct tn_site_part related[] = {
    {.shape = TN_SHAPE_TEXT, .field = TN_related_trial_title},
    {.shape = TN_SHAPE_ID, .field = TN_related_trial_trial_id},
    {.shape = TN_SHAPE_NONE},
};

#define NOTE(heading, sentence) {.labels = sentence, .within = heading, .mode = TN_MODE_NOTE}
#define BASIC(spellings, F) {.labels = spellings, .within = "Basic Information", .mode = TN_MODE_VALUE, TN_INTO(F)}
#define DESIGN(spellings, F) {.labels = spellings, .within = "Study Design", .mode = TN_MODE_VALUE, TN_INTO(F)}
#define BEHIND(spellings, F) {.labels = spellings, .within = "Eligibility Criteria", .mode = TN_MODE_VALUE, TN_INTO(F)}
#define RELATED(spellings)                                                                                             \
    {.labels = spellings,                                                                                              \
     .mode = TN_MODE_ENTRIES,                                                                                          \
     TN_INTO(related_trials),                                                                                          \
     .parts = related,                                                                                                 \
     .preset = "relation=SIMILAR"}

static const struct tn_site_row rows[] = {
    {.mode = TN_MODE_SHAPES, .shapes = head},
    {.labels = "NCT ID: *|NCT ID", .mode = TN_MODE_VALUE, TN_INTO(trial_id), .flags = TN_ROW_PASSING},
    {.labels = "Last Updated: *|Last Updated",
     .mode = TN_MODE_VALUE,
     TN_INTO(last_update_posted_date),
     .flags = TN_ROW_PASSING},

    {.labels = "The study team has not published outcome measurements, participant flow, or safety data for this trial "
               "yet. Check back later for updates.",
     .within = "Study Results",
     .mode = TN_MODE_NOTE,
     .preset = "has_results=false"},
    NOTE("Basic Information", "Get a concise snapshot of the trial, including recruitment status, study phase, "
                              "enrollment targets, and key timeline milestones."),
    NOTE("Brief Summary", "Review the sponsor-provided synopsis that highlights what the study is about and why it is "
                          "being conducted."),
    NOTE("Related Clinical Trials",
         "Explore similar clinical trials based on study characteristics and research focus."),
    NOTE("Detailed Description", "Dive into the extended narrative that explains the scientific background, objectives, "
                                 "and procedures in greater depth."),
    NOTE("Conditions",
         "See the medical conditions and disease areas that this research is targeting or investigating."),
    NOTE("Keywords", "Explore important study keywords that can help with search, categorization, and topic discovery."),
    NOTE("Study Design", "Understand how the trial is structured, including allocation methods, masking strategies, "
                         "primary purpose, and other design elements."),
    NOTE("Study Groups",
         "Review each arm or cohort in the study, along with the interventions and objectives associated with them."),
    NOTE("Interventions", "Learn about the drugs, procedures, or behavioral strategies being tested and how they are "
                          "applied within this trial."),
    NOTE("Other Intervention Names", "Discover alternative or legacy names that may be used to describe the listed "
                                     "interventions across different sources."),
    NOTE("Eligibility Criteria", "Check the participation requirements, including inclusion and exclusion rules, age "
                                 "limits, and whether healthy volunteers are accepted."),
    NOTE("Sponsors", "Meet the organizations funding or collaborating on the study and learn about their roles."),
    NOTE("Responsible Party", "Identify the individual or organization who holds primary responsibility for the study "
                              "information submitted to regulators."),
    NOTE("Principal Investigators",
         "Learn about the lead researchers overseeing the trial and their institutional affiliations."),
    NOTE("Locations", "Explore where the study is taking place and check the recruitment status at each participating "
                      "site."),
    NOTE("Countries", "Review the countries where the study has at least one active or historical site."),
    NOTE("Other Identifiers",
         "Review additional registry numbers or institutional identifiers associated with this trial."),
    NOTE("More Related Trials", "Additional clinical trials that may be relevant based on similarity analysis."),

    /* Another extractor keeps the labels of the values. */
    {.labels = "Recruitment status", .mode = TN_MODE_VALUE, TN_INTO(status), .flags = TN_ROW_PASSING},
    {.labels = "Target enrollment|Total enrollment",
     .mode = TN_MODE_VALUE,
     TN_INTO(enrollment),
     .flags = TN_ROW_PASSING},
    BASIC("Study phase|Clinical phase|Phase", phases),
    BASIC("Enrollment", enrollment),
    BASIC("Study type|Study classification", study_type),
    BASIC("Study start date|Start date", start_date),
    BASIC("Primary completion date", primary_completion_date),
    BASIC("Study completion date|Completion date", completion_date),
    DESIGN("Allocation method|Allocation", allocation),
    DESIGN("Intervention model|Interventional model", intervention_model),
    DESIGN("Primary study purpose|Primary purpose", primary_purpose),
    DESIGN("Observational model|Observational model type", observational_model),
    DESIGN("Time perspective", time_perspective),
    DESIGN("Blinding strategy|Masking", masking),
    BEHIND("Minimum eligible age|Minimum age", minimum_age),
    BEHIND("Maximum eligible age|Maximum age", maximum_age),
    BEHIND("Eligible sex|Sex|Gender", sex),
    BEHIND("Accepts healthy volunteers|Healthy volunteers", healthy_volunteers),
    {.labels = "Lead sponsor|Lead sponsor: *", .within = "Sponsors", .mode = TN_MODE_VALUE, TN_INTO(lead_sponsor)},
    {.labels = "Collaborator|Collaborators", .within = "Sponsors", .mode = TN_MODE_IGNORE},
    {.labels = "Organization|Organization: *",
     .within = "Responsible Party",
     .mode = TN_MODE_VALUE,
     TN_INTO(organization)},

    {.labels = "Study Results", .mode = TN_MODE_SECTION, TN_INTO(has_results)},
    {.labels = "Basic Information", .mode = TN_MODE_SHAPES, .shapes = basic},
    {.labels = "Brief Summary", .mode = TN_MODE_PARAGRAPHS, TN_INTO(brief_summary)},
    {.labels = "Detailed Description", .mode = TN_MODE_PARAGRAPHS, TN_INTO(detailed_description)},
    {.labels = "Conditions", .mode = TN_MODE_LIST, TN_INTO(conditions)},
    {.labels = "Keywords", .mode = TN_MODE_LIST, TN_INTO(keywords)},
    {.labels = "Study Design", .mode = TN_MODE_SHAPES, .shapes = design},
    {.labels = "Interventions", .mode = TN_MODE_PAIRS, TN_INTO(interventions), .parts = interventions},
    {.labels = "Study Groups", .mode = TN_MODE_GROUPS, TN_INTO(arms)},
    {.labels = "Other Intervention Names",
     .mode = TN_MODE_LIST,
     .type = &tn_type_intervention,
     .field = TN_intervention_other_names},
    {.labels = "Eligibility Criteria", .mode = TN_MODE_CRITERIA, TN_INTO(eligibility_text), .shapes = behind_criteria},
    {.labels = "Inclusion Criteria",
     .within = "Eligibility Criteria",
     .mode = TN_MODE_CRITERIA,
     TN_INTO(inclusion_criteria),
     .side = TN_CRITERIA_INCLUSION,
     .shapes = behind_criteria},
    {.labels = "Exclusion Criteria",
     .within = "Eligibility Criteria",
     .mode = TN_MODE_CRITERIA,
     TN_INTO(exclusion_criteria),
     .side = TN_CRITERIA_EXCLUSION,
     .shapes = behind_criteria},
    {.labels = "Sponsors", .mode = TN_MODE_SPONSORS, TN_INTO(collaborators), .parts = sponsors},
    {.labels = "Responsible Party", .mode = TN_MODE_ENTRIES, TN_INTO(responsible_party), .parts = responsible_party},
    {.labels = "Principal Investigators", .mode = TN_MODE_ENTRIES, TN_INTO(officials), .parts = officials},
    {.labels = "Locations", .mode = TN_MODE_ENTRIES, TN_INTO(locations), .parts = locations},
    {.labels = "Countries", .mode = TN_MODE_LIST, TN_INTO(countries)},
    {.labels = "Other Identifiers", .mode = TN_MODE_ENTRIES, TN_INTO(identifiers), .parts = identifiers},
    RELATED("Related Clinical Trials"),
    RELATED("More Related Trials"),
    /* Pages with results: tables that have fallen apart. Their text is kept, nothing in it is taken for a field. */
    {.labels = "Results Overview|Participant Flow", .mode = TN_MODE_KEEP, TN_INTO(results_summary)},
    {.labels = "Baseline Characteristics|Outcome Measures|Adverse Events",
     .within = "Results Overview",
     .mode = TN_MODE_KEEP},
};

static const char *const signatures[] = {"More Related Trials", "Other Intervention Names", "Results Overview",
                                         "NCT ID: *|Last Updated: *|Basic Information", NULL};

static const struct tn_site site = {
    .host = "meddatax.com",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .signatures = signatures,
    .few_labels = 4,
    .common_labels = true,
    .zero_is_default = true,
};

const struct tn_reader tn_reader_meddatax = {
    .name = "meddatax",
    .description = "pages of meddatax.com",
    .syntaxes = TN_READS_PAGE,
    .table = &site,
    .detect = tn_page_detect,
    .read = tn_page_read,
};
