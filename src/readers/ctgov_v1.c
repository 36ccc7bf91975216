/* SPDX-License-Identifier: MIT */
/* ClinicalTrials.gov, API version 1 (until June 2024): full studies, whose lists stand in wrappers (`PhaseList.Phase[]`), and
 * answers with chosen fields (`StudyFields`), which are flat. Words are those of the site of that time (`Anticipated`). */
#include "readers/member_names.h"
#include "readers/ctgov_fields.h"

#define ID "ProtocolSection.IdentificationModule."
#define STATUS "ProtocolSection.StatusModule."
#define SPONSOR "ProtocolSection.SponsorCollaboratorsModule."
#define OVERSIGHT "ProtocolSection.OversightModule."
#define DESCRIPTION "ProtocolSection.DescriptionModule."
#define CONDITIONS "ProtocolSection.ConditionsModule."
#define DESIGN "ProtocolSection.DesignModule."
#define ARMS "ProtocolSection.ArmsInterventionsModule."
#define OUTCOMES "ProtocolSection.OutcomesModule."
#define ELIGIBILITY "ProtocolSection.EligibilityModule."
#define PLACES "ProtocolSection.ContactsLocationsModule."
#define REFERENCES "ProtocolSection.ReferencesModule."
#define IPD "ProtocolSection.IPDSharingStatementModule."
#define DOCUMENTS "DocumentSection.LargeDocumentModule."
#define MISC "DerivedSection.MiscInfoModule."

/* "02/03/2021 12:32" is the third of February. */
static void put_american_date(struct tn_reading *reading, struct tn_record *record, int field,
                              const struct tn_stated *value)
{
    enum tn_date_order before = reading->date_order;
    reading->date_order = TN_DATE_MONTH_FIRST;
    tn_put(reading, record, field, value);
    reading->date_order = before;
}

static const struct tn_row rows[] = {
    TN_VALUE_BY(ID "NCTId", trial, trial_id, tn_put_trial_id),
    TN_OPENS_AS(ID "NCTIdAliasList.NCTIdAlias[]", trial, identifiers, "type=NCT_ALIAS"),
    TN_VALUE_BY(ID "NCTIdAliasList.NCTIdAlias[]", identifier, value, tn_put_identifier),
    TN_OPENS_AS(ID "OrgStudyIdInfo", trial, identifiers, "type=ORG_STUDY_ID"),
    TN_VALUE_BY(ID "OrgStudyIdInfo.OrgStudyId", identifier, value, tn_put_identifier),
    TN_VALUE_BY(ID "OrgStudyIdInfo.OrgStudyIdType", identifier, type, tn_put_org_type),
    TN_VALUE(ID "OrgStudyIdInfo.OrgStudyIdDomain", identifier, issuer),
    TN_VALUE(ID "OrgStudyIdInfo.OrgStudyIdLink", identifier, url),
    TN_OPENS(ID "SecondaryIdInfoList.SecondaryIdInfo[]", trial, identifiers),
    TN_VALUE_BY(ID "SecondaryIdInfoList.SecondaryIdInfo[].SecondaryId", identifier, value, tn_put_secondary_id),
    TN_VALUE(ID "SecondaryIdInfoList.SecondaryIdInfo[].SecondaryIdType", identifier, type),
    TN_VALUE(ID "SecondaryIdInfoList.SecondaryIdInfo[].SecondaryIdDomain", identifier, issuer),
    TN_VALUE(ID "SecondaryIdInfoList.SecondaryIdInfo[].SecondaryIdLink", identifier, url),
    TN_VALUE(ID "Organization.OrgFullName", trial, organization),
    TN_VALUE(ID "Organization.OrgClass", trial, organization_class),
    TN_VALUE(ID "BriefTitle", trial, title),
    TN_VALUE(ID "OfficialTitle", trial, official_title),
    TN_VALUE(ID "Acronym", trial, acronym),

    TN_VALUE(STATUS "StatusVerifiedDate", trial, status_verified_date),
    TN_VALUE_BY(STATUS "OverallStatus", trial, status, tn_put_status),
    TN_VALUE(STATUS "LastKnownStatus", trial, last_known_status),
    TN_EXTRA(STATUS "DelayedPosting"),
    TN_VALUE_BY(STATUS "WhyStopped", trial, why_stopped, tn_put_markup),
    TN_OPENS_AS(STATUS "ExpandedAccessInfo", trial, related_trials, "relation=EXPANDED_ACCESS"),
    TN_VALUE(STATUS "ExpandedAccessInfo.HasExpandedAccess", trial, has_expanded_access),
    TN_VALUE(STATUS "ExpandedAccessInfo.ExpandedAccessNCTId", related_trial, trial_id),
    TN_VALUE(STATUS "ExpandedAccessInfo.ExpandedAccessStatusForNCTId", related_trial, status),
    TN_VALUE(STATUS "StartDateStruct.StartDate", trial, start_date),
    TN_VALUE(STATUS "StartDateStruct.StartDateType", trial, start_date_type),
    TN_VALUE(STATUS "PrimaryCompletionDateStruct.PrimaryCompletionDate", trial, primary_completion_date),
    TN_VALUE(STATUS "PrimaryCompletionDateStruct.PrimaryCompletionDateType", trial, primary_completion_date_type),
    TN_VALUE(STATUS "CompletionDateStruct.CompletionDate", trial, completion_date),
    TN_VALUE(STATUS "CompletionDateStruct.CompletionDateType", trial, completion_date_type),
    TN_VALUE(STATUS "StudyFirstSubmitDate", trial, first_submitted_date),
    TN_VALUE(STATUS "StudyFirstSubmitQCDate", trial, first_submitted_qc_date),
    TN_VALUE(STATUS "StudyFirstPostDateStruct.StudyFirstPostDate", trial, first_posted_date),
    TN_VALUE(STATUS "StudyFirstPostDateStruct.StudyFirstPostDateType", trial, first_posted_date_type),
    TN_EXTRA(STATUS "ResultsWaived"),
    TN_VALUE(STATUS "ResultsFirstSubmitDate", trial, results_first_submitted_date),
    TN_VALUE(STATUS "ResultsFirstSubmitQCDate", trial, results_first_submitted_qc_date),
    TN_VALUE(STATUS "ResultsFirstPostDateStruct.ResultsFirstPostDate", trial, results_first_posted_date),
    TN_VALUE(STATUS "ResultsFirstPostDateStruct.ResultsFirstPostDateType", trial, results_first_posted_date_type),
    TN_VALUE(STATUS "DispFirstSubmitDate", trial, disposition_first_submitted_date),
    TN_EXTRA(STATUS "DispFirstSubmitQCDate"),
    TN_VALUE(STATUS "DispFirstPostDateStruct.DispFirstPostDate", trial, disposition_first_posted_date),
    TN_VALUE(STATUS "DispFirstPostDateStruct.DispFirstPostDateType", trial, disposition_first_posted_date_type),
    TN_VALUE(STATUS "LastUpdateSubmitDate", trial, last_update_submitted_date),
    TN_VALUE(STATUS "LastUpdatePostDateStruct.LastUpdatePostDate", trial, last_update_posted_date),
    TN_VALUE(STATUS "LastUpdatePostDateStruct.LastUpdatePostDateType", trial, last_update_posted_date_type),

    TN_OPENS(SPONSOR "ResponsibleParty", trial, responsible_party),
    TN_VALUE(SPONSOR "ResponsibleParty.ResponsiblePartyType", responsible_party, type),
    TN_VALUE(SPONSOR "ResponsibleParty.ResponsiblePartyInvestigatorFullName", responsible_party, name),
    TN_VALUE(SPONSOR "ResponsibleParty.ResponsiblePartyInvestigatorTitle", responsible_party, title),
    TN_VALUE(SPONSOR "ResponsibleParty.ResponsiblePartyInvestigatorAffiliation", responsible_party, affiliation),
    TN_VALUE(SPONSOR "ResponsibleParty.ResponsiblePartyOldNameTitle", responsible_party, name),
    TN_VALUE(SPONSOR "ResponsibleParty.ResponsiblePartyOldOrganization", responsible_party, affiliation),
    TN_VALUE(SPONSOR "LeadSponsor.LeadSponsorName", trial, lead_sponsor),
    TN_VALUE(SPONSOR "LeadSponsor.LeadSponsorClass", trial, lead_sponsor_class),
    TN_OPENS(SPONSOR "CollaboratorList.Collaborator[]", trial, collaborators),
    TN_VALUE(SPONSOR "CollaboratorList.Collaborator[].CollaboratorName", collaborator, name),
    TN_VALUE(SPONSOR "CollaboratorList.Collaborator[].CollaboratorClass", collaborator, class),

    TN_VALUE(OVERSIGHT "OversightHasDMC", trial, has_dmc),
    TN_VALUE(OVERSIGHT "IsFDARegulatedDrug", trial, fda_regulated_drug),
    TN_VALUE(OVERSIGHT "IsFDARegulatedDevice", trial, fda_regulated_device),
    TN_VALUE(OVERSIGHT "IsUnapprovedDevice", trial, unapproved_device),
    TN_VALUE(OVERSIGHT "IsUSExport", trial, us_export),
    TN_EXTRA(OVERSIGHT "IsPPSD"),
    TN_EXTRA(OVERSIGHT "FDAAA801Violation"),

    TN_VALUE_BY(DESCRIPTION "BriefSummary", trial, brief_summary, tn_put_markup),
    TN_VALUE_BY(DESCRIPTION "DetailedDescription", trial, detailed_description, tn_put_markup),
    TN_VALUE(CONDITIONS "ConditionList.Condition[]", trial, conditions),
    TN_VALUE(CONDITIONS "KeywordList.Keyword[]", trial, keywords),

    TN_VALUE(DESIGN "StudyType", trial, study_type),
    TN_EXTRA(DESIGN "NPtrsToThisExpAccNCTId"),
    TN_EXTRA(DESIGN "ExpandedAccessTypes"),
    TN_VALUE(DESIGN "PatientRegistry", trial, patient_registry),
    TN_VALUE(DESIGN "TargetDuration", trial, target_duration),
    TN_VALUE_BY(DESIGN "PhaseList.Phase[]", trial, phases, tn_put_phases),
    TN_VALUE(DESIGN "DesignInfo.DesignAllocation", trial, allocation),
    TN_VALUE(DESIGN "DesignInfo.DesignInterventionModel", trial, intervention_model),
    TN_VALUE_BY(DESIGN "DesignInfo.DesignInterventionModelDescription", trial, intervention_model_description,
                tn_put_markup),
    TN_VALUE(DESIGN "DesignInfo.DesignPrimaryPurpose", trial, primary_purpose),
    TN_VALUE(DESIGN "DesignInfo.DesignObservationalModelList.DesignObservationalModel[]", trial, observational_model),
    TN_VALUE(DESIGN "DesignInfo.DesignTimePerspectiveList.DesignTimePerspective[]", trial, time_perspective),
    TN_VALUE(DESIGN "DesignInfo.DesignMaskingInfo.DesignMasking", trial, masking),
    TN_VALUE_BY(DESIGN "DesignInfo.DesignMaskingInfo.DesignMaskingDescription", trial, masking_description,
                tn_put_markup),
    TN_VALUE(DESIGN "DesignInfo.DesignMaskingInfo.DesignWhoMaskedList.DesignWhoMasked[]", trial, who_masked),
    TN_VALUE(DESIGN "BioSpec.BioSpecRetention", trial, biospecimen_retention),
    TN_VALUE_BY(DESIGN "BioSpec.BioSpecDescription", trial, biospecimen_description, tn_put_markup),
    TN_VALUE(DESIGN "EnrollmentInfo.EnrollmentCount", trial, enrollment),
    TN_VALUE(DESIGN "EnrollmentInfo.EnrollmentType", trial, enrollment_type),

    TN_OPENS(ARMS "ArmGroupList.ArmGroup[]", trial, arms),
    TN_VALUE(ARMS "ArmGroupList.ArmGroup[].ArmGroupLabel", arm, label),
    TN_VALUE(ARMS "ArmGroupList.ArmGroup[].ArmGroupType", arm, type),
    TN_VALUE_BY(ARMS "ArmGroupList.ArmGroup[].ArmGroupDescription", arm, description, tn_put_markup),
    TN_VALUE_BY(ARMS "ArmGroupList.ArmGroup[].ArmGroupInterventionList.ArmGroupInterventionName[]", arm,
                intervention_names, tn_put_intervention_name),
    TN_OPENS(ARMS "InterventionList.Intervention[]", trial, interventions),
    TN_VALUE(ARMS "InterventionList.Intervention[].InterventionType", intervention, type),
    TN_VALUE(ARMS "InterventionList.Intervention[].InterventionName", intervention, name),
    TN_VALUE_BY(ARMS "InterventionList.Intervention[].InterventionDescription", intervention, description,
                tn_put_markup),
    TN_VALUE(ARMS "InterventionList.Intervention[].InterventionArmGroupLabelList.InterventionArmGroupLabel[]",
             intervention, arm_labels),
    TN_VALUE(ARMS "InterventionList.Intervention[].InterventionOtherNameList.InterventionOtherName[]", intervention,
             other_names),

    TN_OPENS_AS(OUTCOMES "PrimaryOutcomeList.PrimaryOutcome[]", trial, outcomes, "kind=PRIMARY"),
    TN_VALUE(OUTCOMES "PrimaryOutcomeList.PrimaryOutcome[].PrimaryOutcomeMeasure", outcome, measure),
    TN_VALUE_BY(OUTCOMES "PrimaryOutcomeList.PrimaryOutcome[].PrimaryOutcomeDescription", outcome, description,
                tn_put_markup),
    TN_VALUE(OUTCOMES "PrimaryOutcomeList.PrimaryOutcome[].PrimaryOutcomeTimeFrame", outcome, time_frame),
    TN_OPENS_AS(OUTCOMES "SecondaryOutcomeList.SecondaryOutcome[]", trial, outcomes, "kind=SECONDARY"),
    TN_VALUE(OUTCOMES "SecondaryOutcomeList.SecondaryOutcome[].SecondaryOutcomeMeasure", outcome, measure),
    TN_VALUE_BY(OUTCOMES "SecondaryOutcomeList.SecondaryOutcome[].SecondaryOutcomeDescription", outcome, description,
                tn_put_markup),
    TN_VALUE(OUTCOMES "SecondaryOutcomeList.SecondaryOutcome[].SecondaryOutcomeTimeFrame", outcome, time_frame),
    TN_OPENS_AS(OUTCOMES "OtherOutcomeList.OtherOutcome[]", trial, outcomes, "kind=OTHER"),
    TN_VALUE(OUTCOMES "OtherOutcomeList.OtherOutcome[].OtherOutcomeMeasure", outcome, measure),
    TN_VALUE_BY(OUTCOMES "OtherOutcomeList.OtherOutcome[].OtherOutcomeDescription", outcome, description,
                tn_put_markup),
    TN_VALUE(OUTCOMES "OtherOutcomeList.OtherOutcome[].OtherOutcomeTimeFrame", outcome, time_frame),

    TN_VALUE_BY(ELIGIBILITY "EligibilityCriteria", trial, eligibility_text, tn_put_criteria),
    TN_VALUE(ELIGIBILITY "HealthyVolunteers", trial, healthy_volunteers),
    TN_VALUE(ELIGIBILITY "Gender", trial, sex),
    TN_VALUE(ELIGIBILITY "GenderBased", trial, gender_based),
    TN_VALUE_BY(ELIGIBILITY "GenderDescription", trial, gender_description, tn_put_markup),
    TN_VALUE_BY(ELIGIBILITY "MinimumAge", trial, minimum_age, tn_put_age),
    TN_VALUE_BY(ELIGIBILITY "MaximumAge", trial, maximum_age, tn_put_age),
    TN_VALUE(ELIGIBILITY "StdAgeList.StdAge[]", trial, std_ages),
    TN_VALUE_BY(ELIGIBILITY "StudyPopulation", trial, study_population, tn_put_markup),
    TN_VALUE(ELIGIBILITY "SamplingMethod", trial, sampling_method),

    TN_OPENS_AS(PLACES "CentralContactList.CentralContact[]", trial, contacts, "kind=CENTRAL"),
    TN_VALUE_BY(PLACES "CentralContactList.CentralContact[].CentralContactName", contact, name, tn_put_person),
    TN_VALUE(PLACES "CentralContactList.CentralContact[].CentralContactRole", contact, role),
    TN_VALUE(PLACES "CentralContactList.CentralContact[].CentralContactPhone", contact, phone),
    TN_VALUE(PLACES "CentralContactList.CentralContact[].CentralContactPhoneExt", contact, phone_ext),
    TN_VALUE(PLACES "CentralContactList.CentralContact[].CentralContactEMail", contact, email),
    TN_OPENS(PLACES "OverallOfficialList.OverallOfficial[]", trial, officials),
    TN_VALUE_BY(PLACES "OverallOfficialList.OverallOfficial[].OverallOfficialName", official, name, tn_put_person),
    TN_VALUE(PLACES "OverallOfficialList.OverallOfficial[].OverallOfficialAffiliation", official, affiliation),
    TN_VALUE(PLACES "OverallOfficialList.OverallOfficial[].OverallOfficialRole", official, role),
    TN_OPENS(PLACES "LocationList.Location[]", trial, locations),
    TN_VALUE(PLACES "LocationList.Location[].LocationFacility", location, facility),
    TN_VALUE(PLACES "LocationList.Location[].LocationStatus", location, status),
    TN_VALUE(PLACES "LocationList.Location[].LocationCity", location, city),
    TN_VALUE(PLACES "LocationList.Location[].LocationState", location, state),
    TN_VALUE(PLACES "LocationList.Location[].LocationZip", location, zip),
    TN_VALUE_BY(PLACES "LocationList.Location[].LocationCountry", location, country, tn_put_country),
    TN_OPENS(PLACES "LocationList.Location[].LocationContactList.LocationContact[]", location, contacts),
    TN_VALUE_BY(PLACES "LocationList.Location[].LocationContactList.LocationContact[].LocationContactName", contact,
                name, tn_put_person),
    TN_VALUE(PLACES "LocationList.Location[].LocationContactList.LocationContact[].LocationContactRole", contact, role),
    TN_VALUE(PLACES "LocationList.Location[].LocationContactList.LocationContact[].LocationContactPhone", contact,
             phone),
    TN_VALUE(PLACES "LocationList.Location[].LocationContactList.LocationContact[].LocationContactPhoneExt", contact,
             phone_ext),
    TN_VALUE(PLACES "LocationList.Location[].LocationContactList.LocationContact[].LocationContactEMail", contact,
             email),

    TN_OPENS(REFERENCES "ReferenceList.Reference[]", trial, publications),
    TN_VALUE(REFERENCES "ReferenceList.Reference[].ReferencePMID", publication, pmid),
    TN_VALUE(REFERENCES "ReferenceList.Reference[].ReferenceType", publication, type),
    TN_VALUE(REFERENCES "ReferenceList.Reference[].ReferenceCitation", publication, citation),
    TN_OPENS(REFERENCES "ReferenceList.Reference[].RetractionList.Retraction[]", publication, retractions),
    TN_VALUE(REFERENCES "ReferenceList.Reference[].RetractionList.Retraction[].RetractionPMID", retraction, pmid),
    TN_VALUE(REFERENCES "ReferenceList.Reference[].RetractionList.Retraction[].RetractionSource", retraction, source),
    TN_OPENS(REFERENCES "SeeAlsoLinkList.SeeAlsoLink[]", trial, links),
    TN_VALUE_BY(REFERENCES "SeeAlsoLinkList.SeeAlsoLink[].SeeAlsoLinkLabel", link, label, tn_put_markup),
    TN_VALUE(REFERENCES "SeeAlsoLinkList.SeeAlsoLink[].SeeAlsoLinkURL", link, url),
    TN_OPENS(REFERENCES "AvailIPDList.AvailIPD[]", trial, ipd_links),
    TN_VALUE(REFERENCES "AvailIPDList.AvailIPD[].AvailIPDId", ipd_link, id),
    TN_VALUE(REFERENCES "AvailIPDList.AvailIPD[].AvailIPDType", ipd_link, type),
    TN_VALUE(REFERENCES "AvailIPDList.AvailIPD[].AvailIPDURL", ipd_link, url),
    TN_VALUE_BY(REFERENCES "AvailIPDList.AvailIPD[].AvailIPDComment", ipd_link, comment, tn_put_markup),

    TN_VALUE(IPD "IPDSharing", trial, ipd_sharing),
    TN_VALUE_BY(IPD "IPDSharingDescription", trial, ipd_description, tn_put_markup),
    TN_VALUE(IPD "IPDSharingInfoTypeList.IPDSharingInfoType[]", trial, ipd_info_types),
    TN_VALUE_BY(IPD "IPDSharingTimeFrame", trial, ipd_time_frame, tn_put_markup),
    TN_VALUE_BY(IPD "IPDSharingAccessCriteria", trial, ipd_access_criteria, tn_put_markup),
    TN_VALUE(IPD "IPDSharingURL", trial, ipd_url),

    TN_IGNORED("ResultsSection", "results are no part of trialnorm/1; has_results says that they are there"),
    TN_VALUE("ResultsSection", trial, has_results),
    TN_EXTRA("AnnotationSection.AnnotationModule"),

    TN_EXTRA(DOCUMENTS "LargeDocNoSAP"),
    TN_OPENS(DOCUMENTS "LargeDocList.LargeDoc[]", trial, documents),
    TN_IGNORED(DOCUMENTS "LargeDocList.LargeDoc[].LargeDocTypeAbbrev",
               "says in one word what the three flags behind it say"),
    TN_FLAG(DOCUMENTS "LargeDocList.LargeDoc[].LargeDocHasProtocol", document, types, "STUDY_PROTOCOL"),
    TN_FLAG(DOCUMENTS "LargeDocList.LargeDoc[].LargeDocHasSAP", document, types, "SAP"),
    TN_FLAG(DOCUMENTS "LargeDocList.LargeDoc[].LargeDocHasICF", document, types, "ICF"),
    TN_VALUE(DOCUMENTS "LargeDocList.LargeDoc[].LargeDocLabel", document, label),
    TN_VALUE(DOCUMENTS "LargeDocList.LargeDoc[].LargeDocDate", document, date),
    TN_VALUE_BY(DOCUMENTS "LargeDocList.LargeDoc[].LargeDocUploadDate", document, uploaded, put_american_date),
    TN_VALUE(DOCUMENTS "LargeDocList.LargeDoc[].LargeDocFilename", document, filename),
    TN_EXTRA(DOCUMENTS "LargeDocList.LargeDoc[].LargeDocSize"),

    TN_OPENS(MISC "VersionHolder", trial, source),
    TN_VALUE(MISC "VersionHolder", source, exported),
    TN_VALUE(MISC "RemovedCountryList.RemovedCountry[]", trial, removed_countries),
    TN_EXTRA(MISC "SubmissionTracking"),
    TN_EXTRA(MISC "ModelPredictions"),
    TN_OPENS("DerivedSection.ConditionBrowseModule.ConditionMeshList.ConditionMesh[]", trial, condition_mesh),
    TN_VALUE_BY("DerivedSection.ConditionBrowseModule.ConditionMeshList.ConditionMesh[].ConditionMeshId", mesh_term,
                id, tn_put_mesh_id),
    TN_VALUE("DerivedSection.ConditionBrowseModule.ConditionMeshList.ConditionMesh[].ConditionMeshTerm", mesh_term,
             term),
    TN_OPENS_AS("DerivedSection.ConditionBrowseModule.ConditionAncestorList.ConditionAncestor[]", trial,
                condition_mesh, "ancestor=true"),
    TN_VALUE_BY("DerivedSection.ConditionBrowseModule.ConditionAncestorList.ConditionAncestor[].ConditionAncestorId",
                mesh_term, id, tn_put_mesh_id),
    TN_VALUE("DerivedSection.ConditionBrowseModule.ConditionAncestorList.ConditionAncestor[].ConditionAncestorTerm",
             mesh_term, term),
    TN_EXTRA("DerivedSection.ConditionBrowseModule.ConditionBrowseLeafList"),
    TN_EXTRA("DerivedSection.ConditionBrowseModule.ConditionBrowseBranchList"),
    TN_OPENS("DerivedSection.InterventionBrowseModule.InterventionMeshList.InterventionMesh[]", trial,
             intervention_mesh),
    TN_VALUE_BY("DerivedSection.InterventionBrowseModule.InterventionMeshList.InterventionMesh[].InterventionMeshId",
                mesh_term, id, tn_put_mesh_id),
    TN_VALUE("DerivedSection.InterventionBrowseModule.InterventionMeshList.InterventionMesh[].InterventionMeshTerm",
             mesh_term, term),
    TN_OPENS_AS("DerivedSection.InterventionBrowseModule.InterventionAncestorList.InterventionAncestor[]", trial,
                intervention_mesh, "ancestor=true"),

                   TN_VALUE_BY("DerivedSection.InterventionBrowseModule.InterventionAncestorList.InterventionAncestor[].InterventionAncestorId", mesh_term, id, tn_put_mesh_id),

                TN_VALUE("DerivedSection.InterventionBrowseModule.InterventionAncestorList.InterventionAncestor[].InterventionAncestorTerm", mesh_term, term),
    TN_EXTRA("DerivedSection.InterventionBrowseModule.InterventionBrowseLeafList"),
    TN_EXTRA("DerivedSection.InterventionBrowseModule.InterventionBrowseBranchList"),

#include "readers/ctgov_fields.inc"
};

static const char *const signature[] = {"ProtocolSection", "FullStudiesResponse", "FullStudies", "FullStudy", "StudyFieldsResponse",
                                        "StudyFields", "IdentificationModule", "StatusModule", "NStudiesFound",
                                        "NStudiesReturned", "DerivedSection", "DesignModule", "ResultsSection", NULL};

static const struct tn_tree_source source = {.rows = rows, .count = sizeof rows / sizeof rows[0], .signature = signature,
                                             .after = tn_ctgov_after};

/* Without one of these it is not, and the other keys need not be looked for. */
static void detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    static const struct tn_str own[] = {{"ProtocolSection", 15}, {"NStudiesFound", 13}, {"NStudiesReturned", 16},
                                        {"NStudiesAvail", 13}, {"StudyFieldsResponse", 19}, {"StudyFields", 11}};
    bool some = false;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        some = some || tn_member_names_have(peek->names, own[i]);
    if (some)
        tn_tree_detect(self, peek, evidence);
}

static enum tn_severity read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                             tn_emit_fn *emit, void *context, struct tn_error *error)
{
    return tn_tree_read_prepared(self, worker, raw, tn_fields_prepare, "NCTId", emit, context, error);
}

static const char *const record_paths[] = {"FullStudiesResponse.FullStudies[].Study", "StudyFieldsResponse.StudyFields[]",
                                           "FullStudy.Study", "Study", NULL};

static const char *const record_keys[] = {"ProtocolSection", "ResultsSection", "DerivedSection", "NCTId", NULL};

const struct tn_reader tn_reader_ctgov_v1 = {
    .name = "ctgov-v1",
    .description = "ClinicalTrials.gov API v1 JSON: full studies and study fields",
    .syntaxes = TN_READS_JSON,
    .record_paths = record_paths,
    .record_keys = record_keys,
    .table = &source,
    .detect = detect,
    .read = read,
};
