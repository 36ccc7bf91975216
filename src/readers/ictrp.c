/* SPDX-License-Identifier: MIT */
/* WHO ICTRP's exports: XML of 2020 and 2024 (the same elements in another order), its CSV (the same names with blanks), the
 * full export (names of its own: WHO's list of data fields), and the XML of 2009. */
#include "readers/ictrp.h"

#include "core/delimited.h"
#include "core/xml_lexer.h"
#include "readers/columns.h"
#include "syntax/delimited.h"

#define BY(path, F, put) TN_VALUE_BY(path, trial, F, put)
#define PART(path, F) TN_VALUE_BY(path, trial, F, tn_ictrp_put_part)

static const struct tn_row rows[] = {
    BY("TrialID", trial_id, tn_ictrp_put_trial_id),
    TN_IGNORED("Internal_Number", "number of the row in ICTRP's database"),
    TN_OPENS("Export_date", trial, source),
    TN_VALUE_BY("Export_date", source, exported, tn_ictrp_put_stamp),
    TN_OPENS("Last_Refreshed_on", trial, source),
    TN_VALUE_BY("Last_Refreshed_on", source, page_updated, tn_ictrp_put_date),
    BY("Public_title", title, tn_ictrp_put),
    BY("Scientific_title", official_title, tn_ictrp_put),
    BY("Acronym", acronym, tn_ictrp_put),
    BY("Primary_sponsor", lead_sponsor, tn_ictrp_put),
    BY("Retrospective_flag", registration_timing, tn_ictrp_put_timing),
    BY("Date_registration3", registered_date, tn_ictrp_put_registered),
    BY("Date_registration", registered_date, tn_ictrp_put_registered),
    TN_EXTRA("Source_Register"),
    BY("web_address", url, tn_ictrp_put_url),
    BY("Recruitment_Status", status, tn_ictrp_put_status),
    TN_EXTRA("other_records"),
    BY("Inclusion_agemin", minimum_age, tn_ictrp_put_age),
    BY("Inclusion_agemax", maximum_age, tn_ictrp_put_age),
    BY("Inclusion_gender", sex, tn_ictrp_put_sex),
    BY("Date_enrollement", recruitment_start_date, tn_ictrp_put_enrolled),
    BY("Target_size", enrollment, tn_ictrp_put_size),
    BY("Study_type", study_type, tn_ictrp_put_study_type),
    BY("Study_design", design_text, tn_ictrp_put_design),
    BY("Phase", phases, tn_ictrp_put_phase),
    BY("Countries", countries, tn_ictrp_put_countries),
    PART("Contact_Firstname", contacts),
    PART("Contact_Lastname", contacts),
    PART("Contact_Address", contacts),
    PART("Contact_Email", contacts),
    PART("Contact_Tel", contacts),
    PART("Contact_Affiliation", contacts),
    BY("Inclusion_Criteria", inclusion_criteria, tn_ictrp_put_criteria),
    BY("Exclusion_Criteria", exclusion_criteria, tn_ictrp_put_criteria),
    BY("Condition", conditions, tn_ictrp_put_conditions),
    BY("Intervention", interventions, tn_ictrp_put_interventions),
    BY("Primary_outcome", outcomes, tn_ictrp_put_outcomes),
    BY("Secondary_outcome", outcomes, tn_ictrp_put_outcomes),
    BY("Secondary_ID", identifiers, tn_ictrp_put_ids),
    BY("Source_Support", funders, tn_ictrp_put_funders),
    BY("Secondary_Sponsor", collaborators, tn_ictrp_put_collaborators),
    PART("Ethics_review_status", ethics),
    PART("Ethics_review_approval_date", ethics),
    PART("Ethics_review_contact_name", ethics),
    PART("Ethics_review_contact_address", ethics),
    PART("Ethics_review_contact_phone", ethics),
    PART("Ethics_review_contact_email", ethics),
    BY("results_url_link", results_url, tn_ictrp_put),
    BY("results_summary", results_summary, tn_ictrp_put),
    BY("results_yes_no", has_results, tn_ictrp_put),
    BY("results_date_posted", results_first_posted_date, tn_ictrp_put_date),
    BY("results_date_completed", results_completed_date, tn_ictrp_put_date),
    BY("results_date_first_publication", extra, tn_ictrp_put_rest),
    BY("results_actual_enrollment", enrollment, tn_ictrp_put_actual_size),
    BY("results_actual_enrolment", enrollment, tn_ictrp_put_actual_size),
    BY("results_baseline_char", extra, tn_ictrp_put_rest),
    BY("results_participant_flow", extra, tn_ictrp_put_rest),
    BY("results_adverse_events", extra, tn_ictrp_put_rest),
    BY("results_outcome_measures", extra, tn_ictrp_put_rest),
    BY("results_url_protocol", documents, tn_ictrp_put_protocol),
    BY("results_IPD_plan", ipd_sharing, tn_ictrp_put),
    BY("results_IPD_description", ipd_description, tn_ictrp_put),
    BY("Bridging_flag_truefalse", extra, tn_ictrp_put_rest),
    BY("Bridged_type", extra, tn_ictrp_put_rest),
    BY("Bridging_flag", related_trials, tn_ictrp_put_bridged),
    BY("Childs", related_trials, tn_ictrp_put_bridged),

    /* The full export. */
    BY("url", url, tn_ictrp_put_url),
    BY("Source_registry", extra, tn_ictrp_put_rest),
    BY("Date_registration_format", registered_date, tn_ictrp_put_registered),
    BY("Date_enrollment_format", recruitment_start_date, tn_ictrp_put_enrolled),
    TN_IGNORED("Day_inferred", "whether Date_enrollment_format has a day that nobody stated: then that is left out"),
    BY("Date_enrollment", recruitment_start_date, tn_ictrp_put_enrolled),
    BY("type_enrolment", recruitment_start_date_type, tn_ictrp_put_enrolled_type),
    BY("Conditions", conditions, tn_ictrp_put_conditions),
    BY("Interventions", interventions, tn_ictrp_put_interventions),
    TN_IGNORED("Trial_prefix", "the first characters of TrialID"),
    BY("Unknown", extra, tn_ictrp_put_rest),
    BY("SecondaryIDs", identifiers, tn_ictrp_put_ids),
    PART("Public_Contact_Firstname", contacts),
    PART("Public_Contact_Lastname", contacts),
    PART("Public_Contact_Address", contacts),
    PART("Public_Contact_Email", contacts),
    PART("Public_Contact_Tel", contacts),
    PART("Public_Contact_Affiliation", contacts),
    PART("Scientific_Contact_Firstname", contacts),
    PART("Scientific_Contact_Lastname", contacts),
    PART("Scientific_Contact_Address", contacts),
    PART("Scientific_Contact_Email", contacts),
    PART("Scientific_Contact_Tel", contacts),
    PART("Scientific_Contact_Affiliation", contacts),
    BY("Secondary_sponsors", collaborators, tn_ictrp_put_collaborators),
    BY("Agemin", minimum_age, tn_ictrp_put_age),
    BY("Agemax", maximum_age, tn_ictrp_put_age),
    BY("Gender", sex, tn_ictrp_put_sex),
    BY("Secondary_Outcomes", outcomes, tn_ictrp_put_outcomes),
    PART("Ethics_Status", ethics),
    PART("Ethics_Approval_Date", ethics),
    PART("Ethics_Contact_Name", ethics),
    PART("Ethics_Contact_Address", ethics),
    PART("Ethics_Contact_Phone", ethics),
    PART("Ethics_Contact_Email", ethics),
};

#define CRITERIA "Eligibility_criteria."

static const struct tn_row rows_2009[] = {
    TN_EXTRA("main.reg_name"),
    TN_OPENS("main.last_updated", trial, source),
    TN_VALUE_BY("main.last_updated", source, page_updated, tn_ictrp_put_date),
    BY("main.trial_id", trial_id, tn_ictrp_put_trial_id),
    BY("main.date_registration", registered_date, tn_ictrp_put_registered),
    BY("main.Primary_sponsor", lead_sponsor, tn_ictrp_put),
    BY("main.Public_Title", title, tn_ictrp_put),
    BY("main.Acronym", acronym, tn_ictrp_put),
    BY("main.Scientific_title", official_title, tn_ictrp_put),
    BY("main.Date_enrolement", recruitment_start_date, tn_ictrp_put_enrolled),
    BY("main.Target_size", enrollment, tn_ictrp_put_size),
    BY("main.Recruitment_Status", status, tn_ictrp_put_status),
    BY("main.url", url, tn_ictrp_put_url),
    BY("main.Study_type", study_type, tn_ictrp_put_study_type),
    BY("main.Study_design", design_text, tn_ictrp_put_design),
    BY("main.Phase", phases, tn_ictrp_put_phase),
    BY("Countries.Country[]", countries, tn_ictrp_put_countries),
    TN_OPENS("Contacts[]", trial, contacts),
    TN_VALUE_BY("Contacts[].Firstname", contact, name, tn_ictrp_put_name),
    TN_VALUE_BY("Contacts[].Lastname", contact, name, tn_ictrp_put_name),
    TN_VALUE_BY("Contacts[].Address", contact, address, tn_ictrp_put),
    TN_VALUE_BY("Contacts[].Telephone", contact, phone, tn_ictrp_put),
    TN_VALUE_BY("Contacts[].Email", contact, email, tn_ictrp_put),
    TN_VALUE_BY("Contacts[].Affiliation", contact, affiliation, tn_ictrp_put),
    BY(CRITERIA "Inclusion_criteria", inclusion_criteria, tn_ictrp_put_criteria),
    BY(CRITERIA "Exclusion_criteria", exclusion_criteria, tn_ictrp_put_criteria),
    BY(CRITERIA "Inclusion_agemin", minimum_age, tn_ictrp_put_age),
    BY(CRITERIA "Inclusion_agemax", maximum_age, tn_ictrp_put_age),
    BY(CRITERIA "Inclusion_sex", sex, tn_ictrp_put_sex),
    BY("Health_condition.Condition_FreeText[]", conditions, tn_ictrp_put_conditions),
    BY("Intervention.Intervention_FreeText[]", interventions, tn_ictrp_put_interventions),
    BY("Primary_outcome.Outcome_Name[]", outcomes, tn_ictrp_put_outcomes),
    BY("Secondary_outcome.Outcome_Name[]", outcomes, tn_ictrp_put_outcomes),
    BY("Secondary_IDs.SecondaryID[]", identifiers, tn_ictrp_put_ids),
    BY("Source_support.Source_Name[]", funders, tn_ictrp_put_funders),
    BY("Secondary_Sponsors.Secondary_Sponsor[]", collaborators, tn_ictrp_put_collaborators),
};

static bool is_not_primary(const struct tn_record *outcome)
{
    return !tn_str_eq(tn_text(outcome, TN_outcome_kind), TN_LIT("PRIMARY"));
}

static void after(struct tn_reading *reading)
{
    tn_ictrp_end_people(reading);
    tn_ictrp_end_criteria(reading);
    tn_ictrp_end_timing(reading);
    tn_move_last(reading->trial, TN_trial_outcomes, is_not_primary);
}

static const char *const signature[] = {
    "TrialID",           "Trials_downloaded_from_ICTRP", "Public_title",      "Scientific_title", "Date_registration3",
    "Source_Register",   "web_address",                  "Recruitment_Status", "other_records",   "Inclusion_agemin",
    "Date_enrollement",  "Primary_sponsor",              "Retrospective_flag", "Date_enrollment", "Source_registry",
    "Primary_Outcome",   "Secondary_Outcomes",           "SecondaryIDs",       "Agemin",           "Public_Contact_Lastname",
    NULL};
static const char *const signature_2009[] = {"trial",        "main",         "trial_id",           "reg_name", "date_registration",
                                             "Public_Title", "Date_enrolement", "Condition_FreeText", "Intervention_FreeText",
                                             "Outcome_Name", NULL};
/* What no other export of a register has. */
static const char *const only_2009[] = {"Condition_FreeText", "Intervention_FreeText", "Outcome_Name",      "Public_Title",
                                        "Date_enrolement",    "Eligibility_criteria",  "Health_condition",  "Secondary_IDs",
                                        "Secondary_Sponsors", NULL};

static const struct tn_tree_source source = {rows, sizeof rows / sizeof rows[0], signature, after, false};
const struct tn_tree_source tn_ictrp_2009 = {rows_2009, sizeof rows_2009 / sizeof rows_2009[0], signature_2009, after,
                                                  false};
static const struct tn_tree_source told_2009 = {rows_2009, sizeof rows_2009 / sizeof rows_2009[0], only_2009, after, false};

static const struct tn_reader reader_2009 = {.name = "ictrp", .table = &tn_ictrp_2009};
static const struct tn_reader teller_2009 = {.name = "ictrp", .table = &told_2009};

/* Names of columns that only these exports have. `Public title`, `Recruitment status`, `Primary sponsor` and the like are
 * other registers' too. */
static bool is_own(struct tn_str name)
{
    static const char *const own[] = {
        "Last_Refreshed_on",   "Date_registration3",    "Export_date",          "Source_Register",    "web_address",
        "other_records",       "Inclusion_agemin",      "Inclusion_agemax",     "Inclusion_gender",   "Date_enrollement",
        "Contact_Firstname",   "Contact_Lastname",      "Contact_Tel",          "Contact_Affiliation", "Retrospective_flag",
        "Bridging_flag",       "Bridging_flag_truefalse", "Bridged_type",       "results_yes_no",     "results_url_link",
        "results_date_posted", "results_date_completed", "results_IPD_plan",    "results_summary",    "Source_Support",
        "Ethics_review_status", "Date_registration_format", "Date_enrollment_format", "Day_inferred", "Source_registry",
        "Trial_prefix",        "SecondaryIDs",          "type_enrolment",       "Agemin",             "Agemax",
        "Public_Contact_Lastname", "Scientific_Contact_Lastname",
    };
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (tn_column_cmp(name, tn_str_of(own[i])) == 0)
            return true;
    return false;
}

static bool is_known(struct tn_str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (tn_column_cmp(name, tn_str_of(rows[i].path)) == 0)
            return true;
    return false;
}

/* A table that has several of the names, or one and hardly a column that is not known, or TrialID and only columns that are
 * known. A table that only shares some with others is left to who knows what all registers call their columns. */
static void detect_table(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    enum { FEWEST = 2, FEW_STRANGERS = 5 };
    struct tn_cells header;
    struct tn_evidence found = {.bits = 0};
    size_t own = 0, known = 0, named = 0;
    bool numbered = false;
    if (!tn_columns_names(peek, &header))
        return;
    for (size_t i = 0; i < header.count; i++) {
        struct tn_str name = tn_str_trim(header.cells[i]);
        bool is = is_known(name);
        named += name.len > 0;
        own += is_own(name);
        known += is;
        numbered = numbered || tn_column_cmp(name, TN_LIT("TrialID")) == 0;
        if (is)
            tn_evidence_add(&found, name);
    }
    if (numbered && named > 1 && known == named)
        *evidence = found;
    else if (own >= FEWEST || (own && (named - known) * FEW_STRANGERS <= named))
        tn_columns_detect(self->table, peek, false, evidence);
}

static void detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    struct tn_evidence old = {.bits = 0};
    bool json = peek->syntax == TN_SYNTAX_JSON;
    if (peek->syntax == TN_SYNTAX_DELIMITED || (json && tn_columns_json_has(peek, "TrialID")))
        detect_table(self, peek, evidence);
    if (peek->syntax != TN_SYNTAX_XML)
        return;
    tn_tree_detect(&teller_2009, peek, &old);
    tn_tree_detect(old.bits ? &reader_2009 : self, peek, evidence);
}

static enum tn_severity read_record(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                                    tn_emit_fn *emit, void *context, struct tn_error *error)
{
    struct tn_str bytes = tn_str_trim(tn_str_slice(raw->bytes, raw->len));
    bool old = raw->syntax == TN_SYNTAX_XML && bytes.len && bytes.s[0] == '<' &&
               tn_str_eq(tn_xml_name(bytes), TN_LIT("trial"));
    return tn_tree_read(old ? &reader_2009 : self, worker, raw, emit, context, error);
}

static const char *const record_paths[] = {"<Trial>", "<trial>", NULL};

static const char *const record_keys[] = {"TrialID", NULL};

const struct tn_reader tn_reader_ictrp = {
    .name = "ictrp",
    .description = "WHO ICTRP's exports: XML of 2009, 2020 and 2024, CSV of search results, the full export; their rows as JSON",
    .syntaxes = TN_READS_XML | TN_READS_DELIMITED | TN_READS_JSON,
    .record_paths = record_paths,
    .record_keys = record_keys,
    .table = &source,
    .detect = detect,
    .read = read_record,
};
