/* SPDX-License-Identifier: MIT */
/* AACT (Aggregate Analysis of ClinicalTrials.gov, Clinical Trials Transformation Initiative): the pipe-delimited files of its
 * database, https://aact.ctti-clinicaltrials.org/ (schema: https://aact.ctti-clinicaltrials.org/schema). A record is a study:
 * a row of studies.txt, or that row joined with those of the other tables as an object with an array for each. */
#include "readers/aact.h"

#include "core/delimited.h"
#include "readers/columns.h"
#include "readers/ctgov_v2.h"
#include "readers/generic_names.h"
#include "syntax/delimited.h"

static const char own_number[] = "a number that the database gives to its rows";
static const char derived[] = "AACT works it out from other columns";
static const char results[] = "results are no part of trialnorm/1; has_results says that they are there";

static const struct tn_row rows[] = {
    TN_VALUE_BY("nct_id", trial, trial_id, tn_put_trial_id),
    TN_EXTRA("nlm_download_date_description"),
    TN_VALUE("study_first_submitted_date", trial, first_submitted_date),
    TN_VALUE("results_first_submitted_date", trial, results_first_submitted_date),
    TN_VALUE("disposition_first_submitted_date", trial, disposition_first_submitted_date),
    TN_VALUE("last_update_submitted_date", trial, last_update_submitted_date),
    TN_VALUE("study_first_submitted_qc_date", trial, first_submitted_qc_date),
    TN_VALUE("study_first_posted_date", trial, first_posted_date),
    TN_VALUE("study_first_posted_date_type", trial, first_posted_date_type),
    TN_VALUE("results_first_submitted_qc_date", trial, results_first_submitted_qc_date),
    TN_VALUE("results_first_posted_date", trial, results_first_posted_date),
    TN_VALUE("results_first_posted_date_type", trial, results_first_posted_date_type),
    TN_EXTRA("disposition_first_submitted_qc_date"),
    TN_VALUE("disposition_first_posted_date", trial, disposition_first_posted_date),
    TN_VALUE("disposition_first_posted_date_type", trial, disposition_first_posted_date_type),
    TN_EXTRA("last_update_submitted_qc_date"),
    TN_VALUE("last_update_posted_date", trial, last_update_posted_date),
    TN_VALUE("last_update_posted_date_type", trial, last_update_posted_date_type),
    TN_VALUE_BY("start_month_year", trial, start_date, tn_put_aact_date),
    TN_VALUE_BY("start_date", trial, start_date, tn_put_aact_date),
    TN_VALUE("start_date_type", trial, start_date_type),
    TN_VALUE_BY("verification_month_year", trial, status_verified_date, tn_put_aact_date),
    TN_VALUE_BY("verification_date", trial, status_verified_date, tn_put_aact_date),
    TN_VALUE_BY("completion_month_year", trial, completion_date, tn_put_aact_date),
    TN_VALUE_BY("completion_date", trial, completion_date, tn_put_aact_date),
    TN_VALUE("completion_date_type", trial, completion_date_type),
    TN_VALUE_BY("primary_completion_month_year", trial, primary_completion_date, tn_put_aact_date),
    TN_VALUE_BY("primary_completion_date", trial, primary_completion_date, tn_put_aact_date),
    TN_VALUE("primary_completion_date_type", trial, primary_completion_date_type),
    TN_VALUE("target_duration", trial, target_duration),
    TN_VALUE("study_type", trial, study_type),
    TN_VALUE("acronym", trial, acronym),
    TN_IGNORED("baseline_population", results),
    TN_IGNORED("baseline_type_units_analyzed", results),
    TN_IGNORED("limitations_and_caveats", results),
    TN_VALUE("brief_title", trial, title),
    TN_VALUE("official_title", trial, official_title),
    TN_VALUE_BY("overall_status", trial, status, tn_put_status),
    TN_VALUE("last_known_status", trial, last_known_status),
    TN_VALUE_BY("phase", trial, phases, tn_put_phases),
    TN_VALUE("enrollment", trial, enrollment),
    TN_VALUE("enrollment_type", trial, enrollment_type),
    TN_VALUE("source", trial, organization),
    TN_VALUE("source_class", trial, organization_class),
    TN_VALUE("number_of_arms", trial, group_count),
    TN_VALUE("number_of_groups", trial, group_count),
    TN_VALUE_BY("why_stopped", trial, why_stopped, tn_put_markup),
    TN_VALUE_BY("has_expanded_access", trial, has_expanded_access, tn_put_aact_truth),
    TN_EXTRA("expanded_access_type_individual"),
    TN_EXTRA("expanded_access_type_intermediate"),
    TN_EXTRA("expanded_access_type_treatment"),
    TN_VALUE_BY("expanded_access_nctid", trial, related_trials, tn_put_aact_expanded),
    TN_VALUE_BY("expanded_access_status_for_nctid", trial, related_trials, tn_put_aact_expanded),
    TN_VALUE_BY("has_dmc", trial, has_dmc, tn_put_aact_truth),
    TN_VALUE_BY("is_fda_regulated_drug", trial, fda_regulated_drug, tn_put_aact_truth),
    TN_VALUE_BY("is_fda_regulated_device", trial, fda_regulated_device, tn_put_aact_truth),
    TN_VALUE_BY("is_unapproved_device", trial, unapproved_device, tn_put_aact_truth),
    TN_EXTRA("is_ppsd"),
    TN_VALUE_BY("is_us_export", trial, us_export, tn_put_aact_truth),
    TN_VALUE("biospec_retention", trial, biospecimen_retention),
    TN_VALUE_BY("biospec_description", trial, biospecimen_description, tn_put_markup),
    TN_VALUE_BY("ipd_time_frame", trial, ipd_time_frame, tn_put_markup),
    TN_VALUE_BY("ipd_access_criteria", trial, ipd_access_criteria, tn_put_markup),
    TN_VALUE("ipd_url", trial, ipd_url),
    TN_VALUE("plan_to_share_ipd", trial, ipd_sharing),
    TN_VALUE_BY("plan_to_share_ipd_description", trial, ipd_description, tn_put_markup),
    TN_IGNORED("created_at", "when AACT made the row"),
    TN_IGNORED("updated_at", "when AACT changed the row"),
    TN_EXTRA("delayed_posting"),
    TN_EXTRA("fdaaa801_violation"),
    TN_VALUE_BY("patient_registry", trial, patient_registry, tn_put_aact_truth),

    TN_VALUE_BY("brief_summaries[].description", trial, brief_summary, tn_put_markup),
    TN_VALUE_BY("detailed_descriptions[].description", trial, detailed_description, tn_put_markup),
    TN_VALUE("conditions[].name", trial, conditions),
    TN_VALUE("keywords[].name", trial, keywords),

    TN_VALUE("designs[].allocation", trial, allocation),
    TN_VALUE("designs[].intervention_model", trial, intervention_model),
    TN_VALUE_BY("designs[].intervention_model_description", trial, intervention_model_description, tn_put_markup),
    TN_VALUE("designs[].observational_model", trial, observational_model),
    TN_VALUE("designs[].primary_purpose", trial, primary_purpose),
    TN_VALUE("designs[].time_perspective", trial, time_perspective),
    TN_VALUE("designs[].masking", trial, masking),
    TN_VALUE_BY("designs[].masking_description", trial, masking_description, tn_put_markup),
    TN_VALUE_BY("designs[].subject_masked", trial, who_masked, tn_put_aact_flag),
    TN_VALUE_BY("designs[].caregiver_masked", trial, who_masked, tn_put_aact_flag),
    TN_VALUE_BY("designs[].investigator_masked", trial, who_masked, tn_put_aact_flag),
    TN_VALUE_BY("designs[].outcomes_assessor_masked", trial, who_masked, tn_put_aact_flag),

    TN_OPENS("design_groups[]", trial, arms),
    TN_VALUE("design_groups[].title", arm, label),
    TN_VALUE("design_groups[].group_type", arm, type),
    TN_VALUE_BY("design_groups[].description", arm, description, tn_put_markup),
    TN_VALUE_BY("design_groups[].interventions[]", arm, intervention_names, tn_put_intervention_name),
    TN_OPENS("interventions[]", trial, interventions),
    TN_VALUE("interventions[].intervention_type", intervention, type),
    TN_VALUE("interventions[].name", intervention, name),
    TN_VALUE_BY("interventions[].description", intervention, description, tn_put_markup),
    TN_VALUE("interventions[].intervention_other_names[].name", intervention, other_names),
    TN_VALUE("interventions[].design_groups[]", intervention, arm_labels),
    TN_OPENS("design_outcomes[]", trial, outcomes),
    TN_VALUE("design_outcomes[].outcome_type", outcome, kind),
    TN_VALUE("design_outcomes[].measure", outcome, measure),
    TN_VALUE("design_outcomes[].time_frame", outcome, time_frame),
    TN_VALUE_BY("design_outcomes[].description", outcome, description, tn_put_markup),
    TN_EXTRA("design_outcomes[].population"),

    TN_VALUE_BY("eligibilities[].criteria", trial, eligibility_text, tn_put_criteria),
    TN_VALUE("eligibilities[].sampling_method", trial, sampling_method),
    TN_VALUE("eligibilities[].gender", trial, sex),
    TN_VALUE_BY("eligibilities[].gender_based", trial, gender_based, tn_put_aact_truth),
    TN_VALUE_BY("eligibilities[].gender_description", trial, gender_description, tn_put_markup),
    TN_VALUE_BY("eligibilities[].minimum_age", trial, minimum_age, tn_put_age),
    TN_VALUE_BY("eligibilities[].maximum_age", trial, maximum_age, tn_put_age),
    TN_VALUE_BY("eligibilities[].healthy_volunteers", trial, healthy_volunteers, tn_put_aact_truth),
    TN_VALUE_BY("eligibilities[].population", trial, study_population, tn_put_markup),
    TN_VALUE_BY("eligibilities[].child", trial, std_ages, tn_put_aact_flag),
    TN_VALUE_BY("eligibilities[].adult", trial, std_ages, tn_put_aact_flag),
    TN_VALUE_BY("eligibilities[].older_adult", trial, std_ages, tn_put_aact_flag),

    TN_OPENS("facilities[]", trial, locations),
    TN_VALUE("facilities[].name", location, facility),
    TN_VALUE("facilities[].status", location, status),
    TN_VALUE("facilities[].city", location, city),
    TN_VALUE("facilities[].state", location, state),
    TN_VALUE("facilities[].zip", location, zip),
    TN_VALUE_BY("facilities[].country", location, country, tn_put_country),
    TN_VALUE("facilities[].latitude", location, latitude),
    TN_VALUE("facilities[].longitude", location, longitude),
    TN_OPENS_AS("facilities[].facility_contacts[]", location, contacts, "role=CONTACT"),
    TN_VALUE_BY("facilities[].facility_contacts[].name", contact, name, tn_put_person),
    TN_VALUE("facilities[].facility_contacts[].phone", contact, phone),
    TN_VALUE("facilities[].facility_contacts[].phone_extension", contact, phone_ext),
    TN_VALUE("facilities[].facility_contacts[].email", contact, email),
    TN_IGNORED("facilities[].facility_contacts[].contact_type", "which stands first; the order says so"),
    TN_OPENS("facilities[].facility_investigators[]", location, contacts),
    TN_VALUE_BY("facilities[].facility_investigators[].name", contact, name, tn_put_person),
    TN_VALUE("facilities[].facility_investigators[].role", contact, role),
    TN_OPENS("countries[]", trial, countries),
    TN_VALUE_BY("countries[].name", country, name, tn_put_country),
    TN_IGNORED("countries[].removed", "whether it stands in the list of the removed ones"),
    TN_VALUE("removed_countries[].name", trial, removed_countries),
    TN_IGNORED("removed_countries[].removed", "whether it stands in the list of the removed ones"),

    TN_OPENS("id_information[]", trial, identifiers),
    TN_VALUE_BY("id_information[].id_source", identifier, type, tn_put_aact_id_source),
    TN_VALUE_BY("id_information[].id_value", identifier, value, tn_put_secondary_id),
    TN_VALUE_BY("id_information[].id_type", identifier, type, tn_put_aact_id_source),
    TN_VALUE("id_information[].id_type_description", identifier, issuer),
    TN_VALUE("id_information[].id_link", identifier, url),
    TN_VALUE("lead_sponsors[].name", trial, lead_sponsor),
    TN_VALUE("lead_sponsors[].agency_class", trial, lead_sponsor_class),
    TN_IGNORED("lead_sponsors[].lead_or_collaborator", "whether it stands in this list"),
    TN_OPENS("sponsors[]", trial, collaborators),
    TN_VALUE("sponsors[].name", collaborator, name),
    TN_VALUE("sponsors[].agency_class", collaborator, class),
    TN_IGNORED("sponsors[].lead_or_collaborator", "whether it stands in this list"),
    TN_OPENS("responsible_parties[]", trial, responsible_party),
    TN_VALUE("responsible_parties[].responsible_party_type", responsible_party, type),
    TN_VALUE("responsible_parties[].name", responsible_party, name),
    TN_VALUE("responsible_parties[].title", responsible_party, title),
    TN_VALUE("responsible_parties[].affiliation", responsible_party, affiliation),
    TN_VALUE("responsible_parties[].organization", responsible_party, affiliation),
    TN_VALUE("responsible_parties[].old_name_title", responsible_party, name),
    TN_OPENS("overall_officials[]", trial, officials),
    TN_VALUE_BY("overall_officials[].name", official, name, tn_put_person),
    TN_VALUE("overall_officials[].role", official, role),
    TN_VALUE("overall_officials[].affiliation", official, affiliation),
    TN_OPENS_AS("central_contacts[]", trial, contacts, "kind=CENTRAL"),
    TN_VALUE_BY("central_contacts[].name", contact, name, tn_put_person),
    TN_VALUE("central_contacts[].role", contact, role),
    TN_VALUE("central_contacts[].phone", contact, phone),
    TN_VALUE("central_contacts[].phone_extension", contact, phone_ext),
    TN_VALUE("central_contacts[].email", contact, email),
    TN_IGNORED("central_contacts[].contact_type", "which stands first; the order says so"),

    TN_OPENS("study_references[]", trial, publications),
    TN_VALUE("study_references[].pmid", publication, pmid),
    TN_VALUE_BY("study_references[].reference_type", publication, type, tn_put_aact_reference_type),
    TN_VALUE("study_references[].citation", publication, citation),
    TN_OPENS("study_references[].retractions[]", publication, retractions),
    TN_VALUE("study_references[].retractions[].pmid", retraction, pmid),
    TN_VALUE("study_references[].retractions[].source", retraction, source),
    TN_OPENS("links[]", trial, links),
    TN_VALUE("links[].url", link, url),
    TN_VALUE_BY("links[].description", link, label, tn_put_markup),
    TN_OPENS("documents[]", trial, ipd_links),
    TN_VALUE("documents[].document_id", ipd_link, id),
    TN_VALUE("documents[].document_type", ipd_link, type),
    TN_VALUE("documents[].url", ipd_link, url),
    TN_VALUE_BY("documents[].comment", ipd_link, comment, tn_put_markup),
    TN_OPENS("provided_documents[]", trial, documents),
    TN_VALUE("provided_documents[].document_type", document, label),
    TN_VALUE_BY("provided_documents[].has_protocol", document, types, tn_put_aact_flag),
    TN_VALUE_BY("provided_documents[].has_sap", document, types, tn_put_aact_flag),
    TN_VALUE_BY("provided_documents[].has_icf", document, types, tn_put_aact_flag),
    TN_VALUE("provided_documents[].document_date", document, date),
    TN_VALUE("provided_documents[].url", document, url),
    TN_VALUE("ipd_information_types[].name", trial, ipd_info_types),
    TN_OPENS("browse_conditions[]", trial, condition_mesh),
    TN_VALUE("browse_conditions[].mesh_term", mesh_term, term),
    TN_VALUE_BY("browse_conditions[].mesh_type", mesh_term, ancestor, tn_put_aact_ancestor),
    TN_OPENS("browse_interventions[]", trial, intervention_mesh),
    TN_VALUE("browse_interventions[].mesh_term", mesh_term, term),
    TN_VALUE_BY("browse_interventions[].mesh_type", mesh_term, ancestor, tn_put_aact_ancestor),
    TN_EXTRA("pending_results[]"),

    TN_VALUE_BY("calculated_values[].were_results_reported", trial, has_results, tn_put_aact_truth),
    TN_IGNORED("calculated_values[].actual_duration", derived),
    TN_IGNORED("calculated_values[].months_to_report_results", derived),
    TN_IGNORED("calculated_values[].number_of_facilities", derived),
    TN_IGNORED("calculated_values[].number_of_nsae_subjects", derived),
    TN_IGNORED("calculated_values[].number_of_sae_subjects", derived),
    TN_IGNORED("calculated_values[].registered_in_calendar_year", derived),
    TN_IGNORED("calculated_values[].has_us_facility", derived),
    TN_IGNORED("calculated_values[].has_single_facility", derived),
    TN_IGNORED("calculated_values[].minimum_age_num", derived),
    TN_IGNORED("calculated_values[].maximum_age_num", derived),
    TN_IGNORED("calculated_values[].minimum_age_unit", derived),
    TN_IGNORED("calculated_values[].maximum_age_unit", derived),
    TN_IGNORED("calculated_values[].number_of_primary_outcomes_to_measure", derived),
    TN_IGNORED("calculated_values[].number_of_secondary_outcomes_to_measure", derived),
    TN_IGNORED("calculated_values[].number_of_other_outcomes_to_measure", derived),

    /* What names a row that is not there. */
    TN_EXTRA("design_group_interventions[]"),
    TN_EXTRA("intervention_other_names[].name"),
    TN_IGNORED("intervention_other_names[].intervention_id", own_number),
    TN_EXTRA("facility_contacts[]"),
    TN_EXTRA("facility_investigators[]"),
    TN_EXTRA("retractions[]"),
};

static const char *const signature[] = {"nct_id", "nlm_download_date_description", "study_first_submitted_date",
                                        "study_first_submitted_qc_date", "start_month_year", "completion_month_year",
                                        "primary_completion_month_year", "brief_title", "official_title", "overall_status",
                                        "is_fda_regulated_drug", "plan_to_share_ipd", "source_class", NULL};

static const struct tn_tree_source source = {rows, sizeof rows / sizeof rows[0], signature, tn_ctgov_after, false};

static const char *const record_paths[] = {NULL};

/* A study alone, without other tables. Joined ones need no telling (batch/tables.h), and JSON with such keys may be
 * anybody's. */
static bool is_column(struct tn_str name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (tn_column_cmp(name, tn_str_of(rows[i].path)) == 0)
            return true;
    return false;
}

/* Sponsor, conditions, sex: in AACT they stand in other tables. A table that has them beside AACT's names is somebody's own. */
static bool is_made(const struct tn_peek *peek)
{
    struct tn_cells header;
    bool made = false;
    for (size_t i = 0, good = tn_columns_names(peek, &header); good && i < header.count && !made; i++) {
        const struct tn_label_word *word = tn_data_label(header.cells[i], TN_WITHIN_ANY).word;
        made = word && word->weight > 0 && !is_column(header.cells[i]);
    }
    return made;
}

static void detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    struct tn_evidence found = {.bits = 0};
    if (peek->syntax == TN_SYNTAX_DELIMITED)
        tn_tree_detect(self, peek, &found);
    if (found.bits && !is_made(peek))
        *evidence = found;
}

static enum tn_severity read_study(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                                   tn_emit_fn *emit, void *context, struct tn_error *error)
{
    worker->merged = raw->joined;
    return tn_tree_read_prepared(self, worker, raw, tn_aact_prepare, NULL, emit, context, error);
}

const struct tn_reader tn_reader_aact = {
    .name = "aact",
    .description = "AACT's pipe-delimited tables: studies.txt, joined with the tables beside it",
    .syntaxes = TN_READS_DELIMITED | TN_READS_JSON,
    .record_paths = record_paths,
    .table = &source,
    .detect = detect,
    .read = read_study,
};
