/* SPDX-License-Identifier: MIT */
/* ClinicalTrials.gov's XML (public.xsd), in which single studies and downloads came until June 2024. The rows follow the
 * schema's order; names that it had before 2017 stand behind those that took their place. */
#include "readers/ctgov_xml.h"

#include "normal/unwrap.h"
#include "readers/put_design.h"

/* Texts are wrapped and indented; nothing in them is markup. */
static void put_block(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated block = {.text = tn_text_unwrap(reading->arena, value->text), .stable = true};
    tn_put(reading, record, field, &block);
}

static void put_criteria(struct tn_reading *reading, struct tn_record *record, int field,
                         const struct tn_stated *value)
{
    struct tn_stated block = {.text = tn_text_unwrap(reading->arena, value->text), .stable = true};
    tn_put(reading, record, field, &block);
    tn_put_criteria_items(reading, record, block.text, TN_CRITERIA_OTHER);
}

/* "ClinicalTrials.gov processed this data on February 03, 2023", "Information obtained from ClinicalTrials.gov on ..." */
static void put_processed(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    struct tn_str before = TN_LIT("ClinicalTrials.gov"), on = TN_LIT(" on ");
    size_t name = tn_str_find(value->text, before);
    struct tn_str rest = tn_str_from(value->text, name == TN_NO_OFFSET ? value->text.len : name);
    size_t at = tn_str_find(rest, on);
    struct tn_stated date = at == TN_NO_OFFSET ? *value : tn_stated_of(tn_str_from(rest, at + on.len));
    tn_put(reading, record, field, &date);
}

/* Names came in parts until about 2007: first_name, middle_name, last_name. */
static void put_name_part(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    struct tn_str part = tn_str_trim(value->text), before = tn_text(record, field);
    if (!tn_has(record, field)) {
        tn_put_person(reading, record, field, value);
        return;
    }
    struct tn_str whole = tn_str_format(reading->arena, "%.*s %.*s", (int)before.len, before.s, (int)part.len, part.s);
    if (part.len && whole.s)
        tn_set_text(record, field, whole);
}

static void put_document_type(struct tn_record *record, int field, const struct tn_stated *value, const char *word)
{
    if (tn_str_eq_fold(tn_str_trim(value->text), TN_LIT("Yes")))
        tn_add_text(record, field, tn_str_of(word));
}

static void put_has_protocol(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    (void)reading;
    put_document_type(record, field, value, "STUDY_PROTOCOL");
}

static void put_has_sap(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    (void)reading;
    put_document_type(record, field, value, "SAP");
}

static void put_has_icf(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    (void)reading;
    put_document_type(record, field, value, "ICF");
}

/* A date and the attribute beside it. */
#define DATED(path, field)                                                                                             \
    TN_VALUE(path, trial, field), TN_VALUE(path ".@type", trial, field##_type)

/* A text, in the element itself or in a textblock. */
#define BLOCK(path, field)                                                                                             \
    TN_VALUE_BY(path, trial, field, put_block), TN_VALUE_BY(path ".textblock", trial, field, put_block)

#define OUTCOME(path, kind)                                                                                            \
    TN_OPENS_AS(path, trial, outcomes, kind), TN_VALUE(path ".measure", outcome, measure),                             \
        TN_VALUE(path ".time_frame", outcome, time_frame), TN_EXTRA(path ".safety_issue"),                             \
        TN_VALUE_BY(path ".description", outcome, description, put_block)

#define PERSON(path, R)                                                                                                \
    TN_VALUE_BY(path ".first_name", R, name, put_name_part), TN_VALUE_BY(path ".middle_name", R, name, put_name_part), \
        TN_VALUE_BY(path ".last_name", R, name, put_name_part), TN_VALUE(path ".degrees", R, degrees)

#define CONTACT(path)                                                                                                  \
    PERSON(path, contact), TN_VALUE(path ".phone", contact, phone), TN_VALUE(path ".phone_ext", contact, phone_ext),   \
        TN_VALUE(path ".email", contact, email)

#define PLACE "location[].facility."

static const struct tn_row rows[] = {
    TN_IGNORED("@rank", "the study's place in a search"),
    TN_OPENS("required_header", trial, source),
    TN_VALUE_BY("required_header.download_date", source, exported, put_processed),
    TN_IGNORED("required_header.link_text", "says in words that the address follows"),
    TN_IGNORED("required_header.url", "an old form of the address, which the identifier gives"),
    TN_OPENS_AS("id_info.org_study_id", trial, identifiers, "type=ORG_STUDY_ID"),
    TN_VALUE_BY("id_info.org_study_id", identifier, value, tn_put_identifier),
    TN_OPENS("id_info.secondary_id[]", trial, identifiers),
    TN_VALUE_BY("id_info.secondary_id[]", identifier, value, tn_put_secondary_id),
    TN_VALUE_BY("id_info.nct_id", trial, trial_id, tn_put_trial_id),
    TN_OPENS_AS("id_info.nct_alias[]", trial, identifiers, "type=NCT_ALIAS"),
    TN_VALUE_BY("id_info.nct_alias[]", identifier, value, tn_put_identifier),
    TN_VALUE("brief_title", trial, title),
    TN_VALUE("acronym", trial, acronym),
    TN_VALUE("official_title", trial, official_title),
    TN_VALUE("sponsors.lead_sponsor.agency", trial, lead_sponsor),
    TN_VALUE("sponsors.lead_sponsor.agency_class", trial, lead_sponsor_class),
    TN_OPENS("sponsors.collaborator[]", trial, collaborators),
    TN_VALUE("sponsors.collaborator[].agency", collaborator, name),
    TN_VALUE("sponsors.collaborator[].agency_class", collaborator, class),
    TN_VALUE("source", trial, organization),
    TN_VALUE("source_class", trial, organization_class),
    TN_EXTRA("oversight_info.authority"),
    TN_EXTRA("oversight_info.regulatory_authority"),
    TN_VALUE("oversight_info.has_dmc", trial, has_dmc),
    TN_VALUE("oversight_info.is_fda_regulated_drug", trial, fda_regulated_drug),
    TN_VALUE("oversight_info.is_fda_regulated_device", trial, fda_regulated_device),
    TN_VALUE("oversight_info.is_unapproved_device", trial, unapproved_device),
    TN_EXTRA("oversight_info.is_ppsd"),
    TN_VALUE("oversight_info.is_us_export", trial, us_export),
    BLOCK("brief_summary", brief_summary),
    BLOCK("detailed_description", detailed_description),
    TN_VALUE_BY("overall_status", trial, status, tn_put_status),
    TN_VALUE("last_known_status", trial, last_known_status),
    TN_VALUE_BY("why_stopped", trial, why_stopped, put_block),
    DATED("start_date", start_date),
    DATED("completion_date", completion_date),
    DATED("primary_completion_date", primary_completion_date),
    TN_VALUE_BY("phase", trial, phases, tn_put_phases),
    TN_VALUE_BY("study_type", trial, study_type, tn_put_study_type),
    TN_VALUE("has_expanded_access", trial, has_expanded_access),
    TN_OPENS_AS("expanded_access_info", trial, related_trials, "relation=EXPANDED_ACCESS"),
    TN_VALUE("expanded_access_info.expanded_access_nct_id", related_trial, trial_id),
    TN_VALUE("expanded_access_info.expanded_access_status_for_nct_id", related_trial, status),
    TN_EXTRA("expanded_access_info.exp_acc_type_individual"),
    TN_EXTRA("expanded_access_info.exp_acc_type_intermediate"),
    TN_EXTRA("expanded_access_info.exp_acc_type_treatment"),
    TN_VALUE("study_design_info.allocation", trial, allocation),
    TN_VALUE("study_design_info.intervention_model", trial, intervention_model),
    TN_VALUE_BY("study_design_info.intervention_model_description", trial, intervention_model_description, put_block),
    TN_VALUE("study_design_info.primary_purpose", trial, primary_purpose),
    TN_VALUE("study_design_info.observational_model", trial, observational_model),
    TN_VALUE("study_design_info.time_perspective", trial, time_perspective),
    TN_VALUE_BY("study_design_info.masking", trial, masking, tn_put_masking),
    TN_VALUE_BY("study_design_info.masking_description", trial, masking_description, put_block),
    TN_VALUE_BY("study_design", trial, design_text, tn_put_design),
    TN_VALUE("target_duration", trial, target_duration),
    OUTCOME("primary_outcome[]", "kind=PRIMARY"),
    OUTCOME("secondary_outcome[]", "kind=SECONDARY"),
    OUTCOME("other_outcome[]", "kind=OTHER"),
    TN_VALUE("number_of_arms", trial, group_count),
    TN_VALUE("number_of_groups", trial, group_count),
    DATED("enrollment", enrollment),
    TN_VALUE("condition[]", trial, conditions),
    TN_OPENS("arm_group[]", trial, arms),
    TN_VALUE("arm_group[].arm_group_label", arm, label),
    TN_VALUE("arm_group[].arm_group_type", arm, type),
    TN_VALUE_BY("arm_group[].description", arm, description, put_block),
    TN_OPENS("intervention[]", trial, interventions),
    TN_VALUE("intervention[].intervention_type", intervention, type),
    TN_VALUE("intervention[].intervention_name", intervention, name),
    TN_VALUE_BY("intervention[].description", intervention, description, put_block),
    TN_VALUE("intervention[].arm_group_label[]", intervention, arm_labels),
    TN_VALUE("intervention[].other_name[]", intervention, other_names),
    TN_VALUE("biospec_retention", trial, biospecimen_retention),
    BLOCK("biospec_descr", biospecimen_description),
    BLOCK("eligibility.study_pop", study_population),
    TN_VALUE("eligibility.sampling_method", trial, sampling_method),
    TN_VALUE_BY("eligibility.criteria", trial, eligibility_text, put_criteria),
    TN_VALUE_BY("eligibility.criteria.textblock", trial, eligibility_text, put_criteria),
    TN_VALUE("eligibility.gender", trial, sex),
    TN_VALUE("eligibility.gender_based", trial, gender_based),
    TN_VALUE_BY("eligibility.gender_description", trial, gender_description, put_block),
    TN_VALUE_BY("eligibility.minimum_age", trial, minimum_age, tn_put_age),
    TN_VALUE_BY("eligibility.maximum_age", trial, maximum_age, tn_put_age),
    TN_VALUE("eligibility.healthy_volunteers", trial, healthy_volunteers),
    TN_OPENS("overall_official[]", trial, officials),
    PERSON("overall_official[]", official),
    TN_VALUE("overall_official[].role", official, role),
    TN_VALUE("overall_official[].affiliation", official, affiliation),
    TN_OPENS_AS("overall_contact", trial, contacts, "kind=CENTRAL"),
    CONTACT("overall_contact"),
    TN_OPENS_AS("overall_contact_backup", trial, contacts, "kind=CENTRAL"),
    CONTACT("overall_contact_backup"),
    TN_OPENS("location[]", trial, locations),
    TN_VALUE(PLACE "name", location, facility),
    TN_VALUE(PLACE "address.city", location, city),
    TN_VALUE(PLACE "address.state", location, state),
    TN_VALUE(PLACE "address.zip", location, zip),
    TN_VALUE_BY(PLACE "address.country", location, country, tn_put_country),
    TN_VALUE("location[].status", location, status),
    TN_OPENS("location[].contact", location, contacts),
    CONTACT("location[].contact"),
    TN_OPENS("location[].contact_backup", location, contacts),
    CONTACT("location[].contact_backup"),
    TN_OPENS("location[].investigator[]", location, contacts),
    PERSON("location[].investigator[]", contact),
    TN_VALUE("location[].investigator[].role", contact, role),
    TN_VALUE("location[].investigator[].affiliation", contact, affiliation),
    TN_VALUE("location[].geo.latitude", location, latitude),
    TN_VALUE("location[].geo.longitude", location, longitude),
    TN_OPENS("location_countries.country[]", trial, countries),
    TN_VALUE_BY("location_countries.country[]", country, name, tn_put_country),
    TN_VALUE("removed_countries.country[]", trial, removed_countries),
    TN_OPENS("link[]", trial, links),
    TN_VALUE("link[].url", link, url),
    TN_VALUE_BY("link[].description", link, label, put_block),
    TN_OPENS("reference[]", trial, publications),
    TN_VALUE("reference[].citation", publication, citation),
    TN_VALUE("reference[].PMID", publication, pmid),
    TN_VALUE("reference[].medline_ui", publication, pmid),
    TN_OPENS_AS("results_reference[]", trial, publications, "type=RESULT"),
    TN_VALUE("results_reference[].citation", publication, citation),
    TN_VALUE("results_reference[].PMID", publication, pmid),
    TN_VALUE("verification_date", trial, status_verified_date),
    TN_VALUE("study_first_submitted", trial, first_submitted_date),
    TN_VALUE("study_first_submitted_qc", trial, first_submitted_qc_date),
    DATED("study_first_posted", first_posted_date),
    TN_VALUE("results_first_submitted", trial, results_first_submitted_date),
    TN_VALUE("results_first_submitted_qc", trial, results_first_submitted_qc_date),
    DATED("results_first_posted", results_first_posted_date),
    TN_VALUE("disposition_first_submitted", trial, disposition_first_submitted_date),
    TN_EXTRA("disposition_first_submitted_qc"),
    DATED("disposition_first_posted", disposition_first_posted_date),
    TN_VALUE("last_update_submitted", trial, last_update_submitted_date),
    TN_EXTRA("last_update_submitted_qc"),
    DATED("last_update_posted", last_update_posted_date),
    TN_OPENS("responsible_party", trial, responsible_party),
    TN_VALUE("responsible_party.responsible_party_type", responsible_party, type),
    TN_VALUE("responsible_party.investigator_affiliation", responsible_party, affiliation),
    TN_VALUE("responsible_party.investigator_full_name", responsible_party, name),
    TN_VALUE("responsible_party.investigator_title", responsible_party, title),
    /* Before 2011 one text held name and title. */
    TN_VALUE("responsible_party.name_title", responsible_party, name),
    TN_VALUE("responsible_party.organization", responsible_party, affiliation),
    TN_VALUE("keyword[]", trial, keywords),
    TN_OPENS("condition_browse.mesh_term[]", trial, condition_mesh),
    TN_VALUE("condition_browse.mesh_term[]", mesh_term, term),
    TN_OPENS("intervention_browse.mesh_term[]", trial, intervention_mesh),
    TN_VALUE("intervention_browse.mesh_term[]", mesh_term, term),
    TN_VALUE("patient_data.sharing_ipd", trial, ipd_sharing),
    TN_VALUE_BY("patient_data.ipd_description", trial, ipd_description, put_block),
    TN_VALUE("patient_data.ipd_info_type[]", trial, ipd_info_types),
    TN_VALUE_BY("patient_data.ipd_time_frame", trial, ipd_time_frame, put_block),
    TN_VALUE_BY("patient_data.ipd_access_criteria", trial, ipd_access_criteria, put_block),
    TN_VALUE("patient_data.ipd_url", trial, ipd_url),
    TN_OPENS("study_docs.study_doc[]", trial, ipd_links),
    TN_VALUE("study_docs.study_doc[].doc_id", ipd_link, id),
    TN_VALUE("study_docs.study_doc[].doc_type", ipd_link, type),
    TN_VALUE("study_docs.study_doc[].doc_url", ipd_link, url),
    TN_VALUE_BY("study_docs.study_doc[].doc_comment", ipd_link, comment, put_block),
    TN_OPENS("provided_document_section.provided_document[]", trial, documents),
    TN_VALUE("provided_document_section.provided_document[].document_type", document, label),
    TN_VALUE_BY("provided_document_section.provided_document[].document_has_protocol", document, types,
                put_has_protocol),
    TN_VALUE_BY("provided_document_section.provided_document[].document_has_icf", document, types, put_has_icf),
    TN_VALUE_BY("provided_document_section.provided_document[].document_has_sap", document, types, put_has_sap),
    TN_VALUE("provided_document_section.provided_document[].document_date", document, date),
    TN_VALUE("provided_document_section.provided_document[].document_url", document, url),
    TN_EXTRA("pending_results"),
    TN_IGNORED("clinical_results", "results are no part of trialnorm/1; has_results says that they are there"),
    TN_VALUE("clinical_results", trial, has_results),

    /* Before 2017 */
    TN_EXTRA("oversight_info.is_fda_regulated"),
    TN_EXTRA("oversight_info.is_section_801"),
    TN_EXTRA("is_fda_regulated"),
    TN_EXTRA("is_section_801"),
    TN_VALUE("has_dmc", trial, has_dmc),
    TN_VALUE("firstreceived_date", trial, first_submitted_date),
    TN_VALUE("firstreceived_results_date", trial, results_first_submitted_date),
    TN_VALUE("firstreceived_results_disposition_date", trial, disposition_first_submitted_date),
    TN_VALUE("lastchanged_date", trial, last_update_submitted_date),
    DATED("primary_compl_date", primary_completion_date),
    DATED("last_follow_up_date", completion_date),
};

static bool is_no_alias(const struct tn_record *identifier)
{
    return !tn_str_eq(tn_text(identifier, TN_identifier_type), TN_LIT("NCT_ALIAS"));
}

/* Aliases first, as the API has them. */
static void aliases_first(struct tn_reading *reading)
{
    tn_move_last(reading->trial, TN_trial_identifiers, is_no_alias);
}

static const char *const signature[] = {"clinical_study",      "required_header", "id_info",        "nct_id",
                                        "brief_title",         "sponsors",        "overall_status", "study_design_info",
                                        "verification_date",   "eligibility",     "search_results", NULL};

static const struct tn_tree_source source = {rows, sizeof rows / sizeof rows[0], signature, aliases_first, true};

/* Entries of search results have neither header nor id_info around their number. */
static bool is_entry(struct tn_str record)
{
    static const struct tn_str own[] = {{"<score>", 7}, {"<order>", 7}, {"<condition_summary>", 19}};
    if (tn_str_find(record, TN_LIT("<id_info")) != TN_NO_OFFSET)
        return false;
    if (tn_str_starts(record, TN_LIT("<study")))
        return true;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (tn_str_find(record, own[i]) != TN_NO_OFFSET)
            return true;
    return false;
}

static enum tn_severity read_record(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                                    tn_emit_fn *emit, void *context, struct tn_error *error)
{
    static const struct tn_reader entries = {.name = "ctgov-xml", .table = &tn_ctgov_xml_search};
    bool entry = is_entry(tn_str_slice(raw->bytes, raw->len));
    return tn_tree_read(entry ? &entries : self, worker, raw, emit, context, error);
}

static const char *const record_paths[] = {"<clinical_study>", "<search_results><study>", NULL};

const struct tn_reader tn_reader_ctgov_xml = {
    .name = "ctgov-xml",
    .description = "ClinicalTrials.gov's XML until 2024: one study or many in a file, and search results",
    .syntaxes = TN_READS_XML,
    .record_paths = record_paths,
    .table = &source,
    .detect = tn_tree_detect,
    .read = read_record,
};
