/* SPDX-License-Identifier: MIT */
/* ClinicalTrials.gov, API version 2: one study as https://clinicaltrials.gov/api/v2/studies gives it. The rows follow
 * the API's own order of keys (its study data structure), section by section. */
#include "readers/ctgov_v2.h"
#include "readers/ctgov_v2_flat.h"
#include "readers/member_names.h"

#define ID "protocolSection.identificationModule."
#define STATUS "protocolSection.statusModule."
#define SPONSOR "protocolSection.sponsorCollaboratorsModule."
#define OVERSIGHT "protocolSection.oversightModule."
#define DESCRIPTION "protocolSection.descriptionModule."
#define CONDITIONS "protocolSection.conditionsModule."
#define DESIGN "protocolSection.designModule."
#define ARMS "protocolSection.armsInterventionsModule."
#define OUTCOMES "protocolSection.outcomesModule."
#define ELIGIBILITY "protocolSection.eligibilityModule."
#define PLACES "protocolSection.contactsLocationsModule."
#define REFERENCES "protocolSection.referencesModule."
#define IPD "protocolSection.ipdSharingStatementModule."
#define DOCUMENTS "documentSection.largeDocumentModule."
#define MISC "derivedSection.miscInfoModule."

/* An organization's own number that is a grant number: the type says so and never links records; that it is the
 * organization's own stays in `extra`. */
void tn_put_org_type(struct tn_reading *reading, struct tn_record *record, int field,
                         const struct tn_stated *value)
{
    tn_put(reading, record, field, value);
    tn_put_extra_here(reading, value);
}

static const struct tn_row rows[] = {
    TN_VALUE_BY(ID "nctId", trial, trial_id, tn_put_trial_id),
    TN_OPENS_AS(ID "nctIdAliases[]", trial, identifiers, "type=NCT_ALIAS"),
    TN_VALUE_BY(ID "nctIdAliases[]", identifier, value, tn_put_identifier),
    TN_OPENS_AS(ID "orgStudyIdInfo", trial, identifiers, "type=ORG_STUDY_ID"),
    TN_VALUE_BY(ID "orgStudyIdInfo.id", identifier, value, tn_put_identifier),
    TN_VALUE_BY(ID "orgStudyIdInfo.type", identifier, type, tn_put_org_type),
    TN_VALUE(ID "orgStudyIdInfo.link", identifier, url),
    TN_OPENS(ID "secondaryIdInfos[]", trial, identifiers),
    TN_VALUE_BY(ID "secondaryIdInfos[].id", identifier, value, tn_put_secondary_id),
    TN_VALUE(ID "secondaryIdInfos[].type", identifier, type),
    TN_VALUE(ID "secondaryIdInfos[].domain", identifier, issuer),
    TN_VALUE(ID "secondaryIdInfos[].link", identifier, url),
    TN_VALUE(ID "organization.fullName", trial, organization),
    TN_VALUE(ID "organization.class", trial, organization_class),
    TN_VALUE(ID "briefTitle", trial, title),
    TN_VALUE(ID "officialTitle", trial, official_title),
    TN_VALUE(ID "acronym", trial, acronym),

    TN_VALUE(STATUS "statusVerifiedDate", trial, status_verified_date),
    TN_VALUE_BY(STATUS "overallStatus", trial, status, tn_put_status),
    TN_VALUE(STATUS "lastKnownStatus", trial, last_known_status),
    TN_EXTRA(STATUS "delayedPosting"),
    TN_VALUE_BY(STATUS "whyStopped", trial, why_stopped, tn_put_markup),
    TN_OPENS_AS(STATUS "expandedAccessInfo", trial, related_trials, "relation=EXPANDED_ACCESS"),
    TN_VALUE(STATUS "expandedAccessInfo.hasExpandedAccess", trial, has_expanded_access),
    TN_VALUE(STATUS "expandedAccessInfo.nctId", related_trial, trial_id),
    TN_VALUE(STATUS "expandedAccessInfo.statusForNctId", related_trial, status),
    TN_VALUE(STATUS "startDateStruct.date", trial, start_date),
    TN_VALUE(STATUS "startDateStruct.type", trial, start_date_type),
    TN_VALUE(STATUS "primaryCompletionDateStruct.date", trial, primary_completion_date),
    TN_VALUE(STATUS "primaryCompletionDateStruct.type", trial, primary_completion_date_type),
    TN_VALUE(STATUS "completionDateStruct.date", trial, completion_date),
    TN_VALUE(STATUS "completionDateStruct.type", trial, completion_date_type),
    TN_VALUE(STATUS "studyFirstSubmitDate", trial, first_submitted_date),
    TN_VALUE(STATUS "studyFirstSubmitQcDate", trial, first_submitted_qc_date),
    TN_VALUE(STATUS "studyFirstPostDateStruct.date", trial, first_posted_date),
    TN_VALUE(STATUS "studyFirstPostDateStruct.type", trial, first_posted_date_type),
    TN_EXTRA(STATUS "resultsWaived"),
    TN_VALUE(STATUS "resultsFirstSubmitDate", trial, results_first_submitted_date),
    TN_VALUE(STATUS "resultsFirstSubmitQcDate", trial, results_first_submitted_qc_date),
    TN_VALUE(STATUS "resultsFirstPostDateStruct.date", trial, results_first_posted_date),
    TN_VALUE(STATUS "resultsFirstPostDateStruct.type", trial, results_first_posted_date_type),
    TN_VALUE(STATUS "dispFirstSubmitDate", trial, disposition_first_submitted_date),
    TN_EXTRA(STATUS "dispFirstSubmitQcDate"),
    TN_VALUE(STATUS "dispFirstPostDateStruct.date", trial, disposition_first_posted_date),
    TN_VALUE(STATUS "dispFirstPostDateStruct.type", trial, disposition_first_posted_date_type),
    TN_VALUE(STATUS "lastUpdateSubmitDate", trial, last_update_submitted_date),
    TN_VALUE(STATUS "lastUpdatePostDateStruct.date", trial, last_update_posted_date),
    TN_VALUE(STATUS "lastUpdatePostDateStruct.type", trial, last_update_posted_date_type),

    TN_OPENS(SPONSOR "responsibleParty", trial, responsible_party),
    TN_VALUE(SPONSOR "responsibleParty.type", responsible_party, type),
    TN_VALUE(SPONSOR "responsibleParty.investigatorFullName", responsible_party, name),
    TN_VALUE(SPONSOR "responsibleParty.investigatorTitle", responsible_party, title),
    TN_VALUE(SPONSOR "responsibleParty.investigatorAffiliation", responsible_party, affiliation),
    /* Before 2011 one text held name and title. */
    TN_VALUE(SPONSOR "responsibleParty.oldNameTitle", responsible_party, name),
    TN_VALUE(SPONSOR "responsibleParty.oldOrganization", responsible_party, affiliation),
    TN_VALUE(SPONSOR "leadSponsor.name", trial, lead_sponsor),
    TN_VALUE(SPONSOR "leadSponsor.class", trial, lead_sponsor_class),
    TN_OPENS(SPONSOR "collaborators[]", trial, collaborators),
    TN_VALUE(SPONSOR "collaborators[].name", collaborator, name),
    TN_VALUE(SPONSOR "collaborators[].class", collaborator, class),

    TN_VALUE(OVERSIGHT "oversightHasDmc", trial, has_dmc),
    TN_VALUE(OVERSIGHT "isFdaRegulatedDrug", trial, fda_regulated_drug),
    TN_VALUE(OVERSIGHT "isFdaRegulatedDevice", trial, fda_regulated_device),
    TN_VALUE(OVERSIGHT "isUnapprovedDevice", trial, unapproved_device),
    TN_EXTRA(OVERSIGHT "isPpsd"),
    TN_VALUE(OVERSIGHT "isUsExport", trial, us_export),
    TN_EXTRA(OVERSIGHT "fdaaa801Violation"),

    TN_VALUE_BY(DESCRIPTION "briefSummary", trial, brief_summary, tn_put_markup),
    TN_VALUE_BY(DESCRIPTION "detailedDescription", trial, detailed_description, tn_put_markup),

    TN_VALUE(CONDITIONS "conditions[]", trial, conditions),
    TN_VALUE(CONDITIONS "keywords[]", trial, keywords),

    TN_VALUE(DESIGN "studyType", trial, study_type),
    TN_EXTRA(DESIGN "nPtrsToThisExpAccNctId"),
    TN_EXTRA(DESIGN "expandedAccessTypes.individual"),
    TN_EXTRA(DESIGN "expandedAccessTypes.intermediate"),
    TN_EXTRA(DESIGN "expandedAccessTypes.treatment"),
    TN_VALUE(DESIGN "patientRegistry", trial, patient_registry),
    TN_VALUE(DESIGN "targetDuration", trial, target_duration),
    TN_VALUE_BY(DESIGN "phases[]", trial, phases, tn_put_phases),
    TN_VALUE(DESIGN "designInfo.allocation", trial, allocation),
    TN_VALUE(DESIGN "designInfo.interventionModel", trial, intervention_model),
    TN_VALUE_BY(DESIGN "designInfo.interventionModelDescription", trial, intervention_model_description,
                tn_put_markup),
    TN_VALUE(DESIGN "designInfo.primaryPurpose", trial, primary_purpose),
    TN_VALUE(DESIGN "designInfo.observationalModel", trial, observational_model),
    TN_VALUE(DESIGN "designInfo.timePerspective", trial, time_perspective),
    TN_VALUE(DESIGN "designInfo.maskingInfo.masking", trial, masking),
    TN_VALUE_BY(DESIGN "designInfo.maskingInfo.maskingDescription", trial, masking_description, tn_put_markup),
    TN_VALUE(DESIGN "designInfo.maskingInfo.whoMasked[]", trial, who_masked),
    TN_VALUE(DESIGN "bioSpec.retention", trial, biospecimen_retention),
    TN_VALUE_BY(DESIGN "bioSpec.description", trial, biospecimen_description, tn_put_markup),
    TN_VALUE(DESIGN "enrollmentInfo.count", trial, enrollment),
    TN_VALUE(DESIGN "enrollmentInfo.type", trial, enrollment_type),

    TN_OPENS(ARMS "armGroups[]", trial, arms),
    TN_VALUE(ARMS "armGroups[].label", arm, label),
    TN_VALUE(ARMS "armGroups[].type", arm, type),
    TN_VALUE_BY(ARMS "armGroups[].description", arm, description, tn_put_markup),
    TN_VALUE_BY(ARMS "armGroups[].interventionNames[]", arm, intervention_names, tn_put_intervention_name),
    TN_OPENS(ARMS "interventions[]", trial, interventions),
    TN_VALUE(ARMS "interventions[].type", intervention, type),
    TN_VALUE(ARMS "interventions[].name", intervention, name),
    TN_VALUE_BY(ARMS "interventions[].description", intervention, description, tn_put_markup),
    TN_VALUE(ARMS "interventions[].armGroupLabels[]", intervention, arm_labels),
    TN_VALUE(ARMS "interventions[].otherNames[]", intervention, other_names),

    TN_OPENS_AS(OUTCOMES "primaryOutcomes[]", trial, outcomes, "kind=PRIMARY"),
    TN_VALUE(OUTCOMES "primaryOutcomes[].measure", outcome, measure),
    TN_VALUE_BY(OUTCOMES "primaryOutcomes[].description", outcome, description, tn_put_markup),
    TN_VALUE(OUTCOMES "primaryOutcomes[].timeFrame", outcome, time_frame),
    TN_OPENS_AS(OUTCOMES "secondaryOutcomes[]", trial, outcomes, "kind=SECONDARY"),
    TN_VALUE(OUTCOMES "secondaryOutcomes[].measure", outcome, measure),
    TN_VALUE_BY(OUTCOMES "secondaryOutcomes[].description", outcome, description, tn_put_markup),
    TN_VALUE(OUTCOMES "secondaryOutcomes[].timeFrame", outcome, time_frame),
    TN_OPENS_AS(OUTCOMES "otherOutcomes[]", trial, outcomes, "kind=OTHER"),
    TN_VALUE(OUTCOMES "otherOutcomes[].measure", outcome, measure),
    TN_VALUE_BY(OUTCOMES "otherOutcomes[].description", outcome, description, tn_put_markup),
    TN_VALUE(OUTCOMES "otherOutcomes[].timeFrame", outcome, time_frame),

    TN_VALUE_BY(ELIGIBILITY "eligibilityCriteria", trial, eligibility_text, tn_put_criteria),
    TN_VALUE(ELIGIBILITY "healthyVolunteers", trial, healthy_volunteers),
    TN_VALUE(ELIGIBILITY "sex", trial, sex),
    TN_VALUE(ELIGIBILITY "genderBased", trial, gender_based),
    TN_VALUE_BY(ELIGIBILITY "genderDescription", trial, gender_description, tn_put_markup),
    TN_VALUE_BY(ELIGIBILITY "minimumAge", trial, minimum_age, tn_put_age),
    TN_VALUE_BY(ELIGIBILITY "maximumAge", trial, maximum_age, tn_put_age),
    TN_VALUE(ELIGIBILITY "stdAges[]", trial, std_ages),
    TN_VALUE_BY(ELIGIBILITY "studyPopulation", trial, study_population, tn_put_markup),
    TN_VALUE(ELIGIBILITY "samplingMethod", trial, sampling_method),

    TN_OPENS_AS(PLACES "centralContacts[]", trial, contacts, "kind=CENTRAL"),
    TN_VALUE_BY(PLACES "centralContacts[].name", contact, name, tn_put_person),
    TN_VALUE(PLACES "centralContacts[].role", contact, role),
    TN_VALUE(PLACES "centralContacts[].phone", contact, phone),
    TN_VALUE(PLACES "centralContacts[].phoneExt", contact, phone_ext),
    TN_VALUE(PLACES "centralContacts[].email", contact, email),
    TN_OPENS(PLACES "overallOfficials[]", trial, officials),
    TN_VALUE_BY(PLACES "overallOfficials[].name", official, name, tn_put_person),
    TN_VALUE(PLACES "overallOfficials[].affiliation", official, affiliation),
    TN_VALUE(PLACES "overallOfficials[].role", official, role),
    TN_OPENS(PLACES "locations[]", trial, locations),
    TN_VALUE(PLACES "locations[].facility", location, facility),
    TN_VALUE(PLACES "locations[].status", location, status),
    TN_VALUE(PLACES "locations[].city", location, city),
    TN_VALUE(PLACES "locations[].state", location, state),
    TN_VALUE(PLACES "locations[].zip", location, zip),
    TN_VALUE_BY(PLACES "locations[].country", location, country, tn_put_country),
    TN_OPENS(PLACES "locations[].contacts[]", location, contacts),
    TN_VALUE_BY(PLACES "locations[].contacts[].name", contact, name, tn_put_person),
    TN_VALUE(PLACES "locations[].contacts[].role", contact, role),
    TN_VALUE(PLACES "locations[].contacts[].phone", contact, phone),
    TN_VALUE(PLACES "locations[].contacts[].phoneExt", contact, phone_ext),
    TN_VALUE(PLACES "locations[].contacts[].email", contact, email),
    TN_VALUE(PLACES "locations[].geoPoint.lat", location, latitude),
    TN_VALUE(PLACES "locations[].geoPoint.lon", location, longitude),

    TN_OPENS(REFERENCES "references[]", trial, publications),
    TN_VALUE(REFERENCES "references[].pmid", publication, pmid),
    TN_VALUE(REFERENCES "references[].type", publication, type),
    TN_VALUE(REFERENCES "references[].citation", publication, citation),
    TN_OPENS(REFERENCES "references[].retractions[]", publication, retractions),
    TN_VALUE(REFERENCES "references[].retractions[].pmid", retraction, pmid),
    TN_VALUE(REFERENCES "references[].retractions[].source", retraction, source),
    TN_OPENS(REFERENCES "seeAlsoLinks[]", trial, links),
    TN_VALUE_BY(REFERENCES "seeAlsoLinks[].label", link, label, tn_put_markup),
    TN_VALUE(REFERENCES "seeAlsoLinks[].url", link, url),
    TN_OPENS(REFERENCES "availIpds[]", trial, ipd_links),
    TN_VALUE(REFERENCES "availIpds[].id", ipd_link, id),
    TN_VALUE(REFERENCES "availIpds[].type", ipd_link, type),
    TN_VALUE(REFERENCES "availIpds[].url", ipd_link, url),
    TN_VALUE_BY(REFERENCES "availIpds[].comment", ipd_link, comment, tn_put_markup),

    TN_VALUE(IPD "ipdSharing", trial, ipd_sharing),
    TN_VALUE_BY(IPD "description", trial, ipd_description, tn_put_markup),
    TN_VALUE(IPD "infoTypes[]", trial, ipd_info_types),
    TN_VALUE_BY(IPD "timeFrame", trial, ipd_time_frame, tn_put_markup),
    TN_VALUE_BY(IPD "accessCriteria", trial, ipd_access_criteria, tn_put_markup),
    TN_VALUE(IPD "url", trial, ipd_url),

    TN_IGNORED("resultsSection", "results are no part of trialnorm/1; has_results says that they are there"),
    TN_EXTRA("annotationSection.annotationModule"),

    TN_EXTRA(DOCUMENTS "noSap"),
    TN_OPENS(DOCUMENTS "largeDocs[]", trial, documents),
    TN_IGNORED(DOCUMENTS "largeDocs[].typeAbbrev", "says in one word what the three flags behind it say"),
    TN_FLAG(DOCUMENTS "largeDocs[].hasProtocol", document, types, "STUDY_PROTOCOL"),
    TN_FLAG(DOCUMENTS "largeDocs[].hasSap", document, types, "SAP"),
    TN_FLAG(DOCUMENTS "largeDocs[].hasIcf", document, types, "ICF"),
    TN_VALUE(DOCUMENTS "largeDocs[].label", document, label),
    TN_VALUE(DOCUMENTS "largeDocs[].date", document, date),
    TN_VALUE(DOCUMENTS "largeDocs[].uploadDate", document, uploaded),
    TN_VALUE(DOCUMENTS "largeDocs[].filename", document, filename),
    TN_EXTRA(DOCUMENTS "largeDocs[].size"),

    TN_OPENS(MISC "versionHolder", trial, source),
    TN_VALUE(MISC "versionHolder", source, exported),
    TN_VALUE(MISC "removedCountries[]", trial, removed_countries),
    TN_EXTRA(MISC "submissionTracking"),
    TN_OPENS("derivedSection.conditionBrowseModule.meshes[]", trial, condition_mesh),
    TN_VALUE("derivedSection.conditionBrowseModule.meshes[].id", mesh_term, id),
    TN_VALUE("derivedSection.conditionBrowseModule.meshes[].term", mesh_term, term),
    TN_OPENS_AS("derivedSection.conditionBrowseModule.ancestors[]", trial, condition_mesh, "ancestor=true"),
    TN_VALUE("derivedSection.conditionBrowseModule.ancestors[].id", mesh_term, id),
    TN_VALUE("derivedSection.conditionBrowseModule.ancestors[].term", mesh_term, term),
    TN_EXTRA("derivedSection.conditionBrowseModule.browseLeaves"),
    TN_EXTRA("derivedSection.conditionBrowseModule.browseBranches"),
    TN_OPENS("derivedSection.interventionBrowseModule.meshes[]", trial, intervention_mesh),
    TN_VALUE("derivedSection.interventionBrowseModule.meshes[].id", mesh_term, id),
    TN_VALUE("derivedSection.interventionBrowseModule.meshes[].term", mesh_term, term),
    TN_OPENS_AS("derivedSection.interventionBrowseModule.ancestors[]", trial, intervention_mesh, "ancestor=true"),
    TN_VALUE("derivedSection.interventionBrowseModule.ancestors[].id", mesh_term, id),
    TN_VALUE("derivedSection.interventionBrowseModule.ancestors[].term", mesh_term, term),
    TN_EXTRA("derivedSection.interventionBrowseModule.browseLeaves"),
    TN_EXTRA("derivedSection.interventionBrowseModule.browseBranches"),

    TN_VALUE("hasResults", trial, has_results),
};

static bool is_broader(const struct tn_record *mesh)
{
    return tn_bool(mesh, TN_mesh_term_ancestor);
}

static bool is_not_primary(const struct tn_record *outcome)
{
    return !tn_str_eq(tn_text(outcome, TN_outcome_kind), TN_LIT("PRIMARY"));
}

static bool is_other(const struct tn_record *outcome)
{
    return tn_str_eq(tn_text(outcome, TN_outcome_kind), TN_LIT("OTHER"));
}

/* Keys may come in any order (sorted by length in Python-literal pages): the lists keep the schema's. */
void tn_ctgov_after(struct tn_reading *reading)
{
    tn_move_last(reading->trial, TN_trial_condition_mesh, is_broader);
    tn_move_last(reading->trial, TN_trial_intervention_mesh, is_broader);
    tn_move_last(reading->trial, TN_trial_outcomes, is_not_primary);
    tn_move_last(reading->trial, TN_trial_outcomes, is_other);
}

static const char *const signature[] = {"protocolSection", "identificationModule", "nctId",         "briefTitle",
                                        "statusModule",    "designModule",         "hasResults",    "derivedSection",
                                        "overallStatus",   "sponsorCollaboratorsModule",
                                        /* where a long resultsSection comes first */
                                        "resultsSection",  "participantFlowModule", "versionHolder", NULL};

const struct tn_tree_source tn_ctgov_v2_source = {rows, sizeof rows / sizeof rows[0], signature, tn_ctgov_after, true};

static const char *const record_paths[] = {"studies[]", NULL};

static const char *const record_keys[] = {"protocolSection", "resultsSection", "derivedSection", "identificationModule",
                                          "protocolSection_identificationModule_nctId", "identificationModule_nctId", NULL};

/* Its names of values alone are everybody's: they stand in a section or module. */
static void detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    static const char *const holders[] = {"protocolSection", "resultsSection", "derivedSection", "identificationModule",
                                          "statusModule", "designModule", "sponsorCollaboratorsModule", "participantFlowModule"};
    bool held = peek->syntax != TN_SYNTAX_JSON;
    for (size_t i = 0; i < sizeof holders / sizeof holders[0] && !held; i++)
        held = tn_member_names_have(peek->names, tn_str_of(holders[i]));
    if (held)
        tn_tree_detect(self, peek, evidence);
    else
        tn_flat_detect(peek, evidence);
}

static enum tn_severity read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                             tn_emit_fn *emit, void *context, struct tn_error *error)
{
    bool nested = tn_str_find(tn_str_slice(raw->bytes, raw->len), TN_LIT("\"protocolSection\"")) != TN_NO_OFFSET;
    return tn_tree_read_prepared(self, worker, raw, nested ? NULL : tn_flat_prepare, NULL, emit, context, error);
}

const struct tn_reader tn_reader_ctgov_v2 = {
    .name = "ctgov-v2",
    .description = "ClinicalTrials.gov API v2 JSON: studies, pages, arrays, NDJSON",
    .syntaxes = TN_READS_JSON,
    .record_paths = record_paths,
    .record_keys = record_keys,
    .table = &tn_ctgov_v2_source,
    .detect = detect,
    .read = read,
};
