/* SPDX-License-Identifier: MIT */
/* The ISRCTN registry: the XML of its API and the CSV of its search (isrctn_csv.c). In the XML the trial, its contacts,
 * sponsors and funders stand side by side in an element `fullTrial`, and the trial refers to them by their ids. */
#include "readers/isrctn.h"
#include "readers/columns.h"

#include "core/xml_lexer.h"

#define BY(path, F, put) TN_VALUE_BY(path, trial, F, put)
#define TEXT(path, R, F) TN_VALUE_BY(path, R, F, tn_isrctn_put)
#define PART(path, R, F) TN_VALUE_BY(path, R, F, tn_isrctn_put_part)

#define ABOUT "trial.trialDescription."
#define REFS "trial.externalRefs."
#define DESIGN "trial.trialDesign."
#define TRIAL_DESIGN DESIGN "interventionalTrialDesign."
#define PEOPLE "trial.participants."
#define CENTRE PEOPLE "trialCentres.trialCentre[]."
#define COMMITTEE ABOUT "ethicsCommittees.ethicsCommittee[]."
#define RESULTS "trial.results."
#define OUTPUT "trial.outputs.output[]."
#define FILE_AT "trial.attachedFiles.attachedFile[]."
#define TREATMENT "trial.interventions.intervention[]."

#define OUTCOMES(list, one, kind)                                                                                      \
    TN_OPENS_AS(ABOUT list ".outcomeMeasure[]", trial, outcomes, kind),                                                \
        TN_IGNORED(ABOUT list ".outcomeMeasure[].@id", "number in the registry's database"),                           \
        TEXT(ABOUT list ".outcomeMeasure[].variable", outcome, measure),                                               \
        TEXT(ABOUT list ".outcomeMeasure[].method", outcome, description),                                             \
        TEXT(ABOUT list ".outcomeMeasure[].timepoints", outcome, time_frame),                                          \
        TN_OPENS_AS(ABOUT one, trial, outcomes, kind), TN_VALUE_BY(ABOUT one, outcome, measure, tn_isrctn_put_outcome)

#define NUMBER(path, issued)                                                                                           \
    TN_OPENS_AS(path, trial, identifiers, issued), TN_VALUE_BY(path, identifier, value, tn_isrctn_put_number)

#define AGE(path, F)                                                                                                   \
    BY(path, F, tn_isrctn_put_age), BY(path ".@value", F, tn_isrctn_put_age_value),                                    \
        BY(path ".@unit", F, tn_isrctn_put_age_unit)

#define ADDRESS(path, R, F)                                                                                            \
    PART(path "address", R, F), PART(path "city", R, F), PART(path "state", R, F), PART(path "zip", R, F),             \
        PART(path "country", R, F), PART(path "telephone", R, F), PART(path "email", R, F)

static const struct tn_row rows[] = {
    BY("trial.@lastUpdated", last_update_posted_date, tn_isrctn_put_date),
    TN_EXTRA("trial.@version"),
    TN_EXTRA("trial.@isPublished"),
    TN_EXTRA("trial.@publicIdentifierType"),
    BY("trial.@publicIdentifierCanonical", trial_id, tn_isrctn_put_id),
    BY("trial.@publicIdentifierDateAssigned", registered_date, tn_isrctn_put_date),
    BY("trial.isrctn", trial_id, tn_isrctn_put_id),
    BY("trial.isrctn.@dateAssigned", registered_date, tn_isrctn_put_date),

    TN_EXTRA(ABOUT "@thirdPartyFilesAcknowledgement"),
    TN_EXTRA(ABOUT "acknowledgment"),
    TEXT(ABOUT "title", trial, title),
    TEXT(ABOUT "scientificTitle", trial, official_title),
    TEXT(ABOUT "acronym", trial, acronym),
    TEXT(ABOUT "studyHypothesis", trial, primary_objective),
    TEXT(ABOUT "plainEnglishSummary", trial, lay_summary),
    OUTCOMES("primaryOutcomes", "primaryOutcome", "kind=PRIMARY"),
    OUTCOMES("secondaryOutcomes", "secondaryOutcome", "kind=SECONDARY"),
    TN_OPENS(ABOUT "trialWebsite", trial, links),
    TEXT(ABOUT "trialWebsite", link, url),
    TN_EXTRA(ABOUT "ethicsApprovalRequired"),
    TN_OPENS(ABOUT "ethicsApproval", trial, ethics),
    TEXT(ABOUT "ethicsApproval", ethics, status),
    TN_OPENS(ABOUT "ethicsCommittees.ethicsCommittee[]", trial, ethics),
    TN_IGNORED(COMMITTEE "@id", "number in the registry's database"),
    TEXT(COMMITTEE "@approvalStatus", ethics, status),
    TN_VALUE_BY(COMMITTEE "@statusDate", ethics, date, tn_isrctn_put_date),
    TEXT(COMMITTEE "committeeName", ethics, body),
    ADDRESS(COMMITTEE "contactDetails.", ethics, contact),
    TEXT(COMMITTEE "committeeReference", ethics, reference),

    TN_EXTRA(REFS "doi"),
    NUMBER(REFS "eudraCTNumber", "issuer=EudraCT"),
    NUMBER(REFS "irasNumber", "issuer=IRAS"),
    NUMBER(REFS "clinicalTrialsGovNumber", "issuer=ClinicalTrials.gov"),
    NUMBER(REFS "protocolSerialNumber", "issuer=Protocol serial number"),
    TN_OPENS(REFS "secondaryNumbers.secondaryNumber[]", trial, identifiers),
    TN_IGNORED(REFS "secondaryNumbers.secondaryNumber[].@id", "number in the registry's database"),
    TN_IGNORED(REFS "secondaryNumbers.secondaryNumber[].@numberType", "goes with the number, to its issuer"),
    TN_IGNORED(REFS "secondaryNumbers.secondaryNumber[].@canonicalSecondaryNumber",
               "made of numberType and the number"),
    TN_VALUE_BY(REFS "secondaryNumbers.secondaryNumber[]", identifier, value, tn_isrctn_put_number),

    TEXT(DESIGN "studyDesign", trial, design_text),
    TEXT(DESIGN "primaryStudyDesign", trial, study_type),
    TEXT(TRIAL_DESIGN "allocation", trial, allocation),
    TEXT(TRIAL_DESIGN "masking", trial, masking),
    TN_EXTRA(TRIAL_DESIGN "control"),
    TEXT(TRIAL_DESIGN "assignment", trial, intervention_model),
    BY(TRIAL_DESIGN "purposes.purpose[]", primary_purpose, tn_isrctn_put_purpose),
    BY(DESIGN "secondaryStudyDesign", design_text, tn_isrctn_put_design),
    TN_EXTRA(DESIGN "trialSetting"),
    TN_EXTRA(DESIGN "trialSettings"),
    BY(DESIGN "trialType", primary_purpose, tn_isrctn_put_purpose),
    BY(DESIGN "trialTypes.trialType[]", primary_purpose, tn_isrctn_put_purpose),
    BY(DESIGN "overallStatusOverride", status, tn_isrctn_put_overall),
    TEXT(DESIGN "reasonAbandoned", trial, why_stopped),
    BY(DESIGN "overallStartDate", start_date, tn_isrctn_put_date),
    BY(DESIGN "overallEndDate", completion_date, tn_isrctn_put_date),

    BY(PEOPLE "recruitmentCountries.country[]", countries, tn_isrctn_put_countries),
    TN_OPENS(PEOPLE "trialCentres.trialCentre[]", trial, locations),
    TN_IGNORED(CENTRE "@id", "number in the registry's database"),
    TEXT(CENTRE "name", location, facility),
    TN_EXTRA(CENTRE "address"),
    PART(CENTRE "city", location, city),
    PART(CENTRE "state", location, state),
    TN_VALUE_BY(CENTRE "country", location, country, tn_put_country),
    PART(CENTRE "zip", location, zip),
    TN_EXTRA(CENTRE "rtsId"),
    BY(PEOPLE "participantType", healthy_volunteers, tn_isrctn_put_participant),
    BY(PEOPLE "participantTypes.participantType[]", healthy_volunteers, tn_isrctn_put_participant),
    TEXT(PEOPLE "healthyVolunteersAllowed", trial, healthy_volunteers),
    BY(PEOPLE "inclusion", inclusion_criteria, tn_isrctn_put_criteria),
    BY(PEOPLE "ageRange", std_ages, tn_isrctn_put_age_group),
    AGE(PEOPLE "lowerAgeLimit", minimum_age),
    AGE(PEOPLE "upperAgeLimit", maximum_age),
    TEXT(PEOPLE "gender", trial, sex),
    BY(PEOPLE "targetEnrolment", enrollment, tn_isrctn_put_target),
    BY(PEOPLE "totalFinalEnrolment", enrollment, tn_isrctn_put_final),
    BY(PEOPLE "totalTarget", enrollment, tn_isrctn_put_total),
    BY(PEOPLE "exclusion", exclusion_criteria, tn_isrctn_put_criteria),
    TN_EXTRA(PEOPLE "patientInfoSheet"),
    BY(PEOPLE "recruitmentStart", recruitment_start_date, tn_isrctn_put_date),
    BY(PEOPLE "recruitmentEnd", recruitment_end_date, tn_isrctn_put_date),
    TN_EXTRA(PEOPLE "recruitmentStartStatusOverride"),
    BY(PEOPLE "recruitmentStatusOverride", status, tn_isrctn_put_recruitment),

    TEXT("trial.conditions.condition[].description", trial, conditions),
    TN_EXTRA("trial.conditions.condition[].diseaseClass1"),
    TN_EXTRA("trial.conditions.condition[].diseaseClass2"),

    TN_OPENS("trial.interventions.intervention[]", trial, interventions),
    TEXT(TREATMENT "description", intervention, description),
    TEXT(TREATMENT "interventionType", intervention, type),
    TN_EXTRA(TREATMENT "pharmaceuticalStudyTypes"),
    TN_EXTRA(TREATMENT "pharmaceuticalStudyType"),
    BY(TREATMENT "phase", phases, tn_isrctn_put_phase),
    TEXT(TREATMENT "drugNames", intervention, name),

    TN_EXTRA(RESULTS "publicationPlan"),
    TEXT(RESULTS "ipdSharingStatement", trial, ipd_description),
    TN_EXTRA(RESULTS "intentToPublish"),
    TN_EXTRA(RESULTS "dataPolicies"),
    TN_OPENS(RESULTS "publicationDetails", trial, publications),
    TEXT(RESULTS "publicationDetails", publication, citation),
    TN_EXTRA(RESULTS "publicationStage"),
    TN_EXTRA(RESULTS "biomedRelated"),
    TN_EXTRA(RESULTS "basicReport"),
    TN_EXTRA(RESULTS "plainEnglishReport"),

    TN_OPENS("trial.outputs.output[]", trial, documents),
    TN_IGNORED(OUTPUT "@id", "number in the registry's database"),
    TN_EXTRA(OUTPUT "@outputType"),
    TN_EXTRA(OUTPUT "@artefactType"),
    TN_VALUE_BY(OUTPUT "@dateCreated", document, date, tn_isrctn_put_date),
    TN_VALUE_BY(OUTPUT "@dateUploaded", document, uploaded, tn_isrctn_put_date),
    TN_EXTRA(OUTPUT "@peerReviewed"),
    TN_EXTRA(OUTPUT "@patientFacing"),
    TN_EXTRA(OUTPUT "@createdBy"),
    TN_EXTRA(OUTPUT "@version"),
    TN_VALUE(OUTPUT "externalLink.@url", document, url),
    TN_IGNORED(OUTPUT "localFile.@fileId", "number in the registry's database"),
    TN_VALUE(OUTPUT "localFile.@originalFilename", document, filename),
    TN_EXTRA(OUTPUT "localFile.@downloadFilename"),
    TN_EXTRA(OUTPUT "localFile.@version"),
    TN_EXTRA(OUTPUT "localFile.@mimeType"),
    TN_EXTRA(OUTPUT "localFile.@length"),
    TN_EXTRA(OUTPUT "localFile.@md5sum"),
    TEXT(OUTPUT "description", document, label),
    TN_EXTRA(OUTPUT "productionNotes"),

    TN_IGNORED("trial.parties", "ids that join the trial to its contacts, sponsors and funders"),
    BY("trial.parties", contacts, tn_isrctn_put_parties),
    TEXT("trial.miscellaneous.ipdSharingPlan", trial, ipd_sharing),

    TN_OPENS("trial.attachedFiles.attachedFile[]", trial, documents),
    TN_VALUE(FILE_AT "@downloadUrl", document, url),
    TEXT(FILE_AT "description", document, label),
    TEXT(FILE_AT "name", document, filename),
    TN_IGNORED(FILE_AT "id", "number in the registry's database"),
    TN_EXTRA(FILE_AT "public"),
    TN_EXTRA(FILE_AT "mimeType"),
    TN_EXTRA(FILE_AT "length"),
    TN_EXTRA(FILE_AT "md5sum"),

    TN_OPENS("contact[]", trial, contacts),
    TN_IGNORED("contact[].@id", "number in the registry's database"),
    TN_EXTRA("contact[].title"),
    TN_VALUE_BY("contact[].forename", contact, name, tn_isrctn_put_name),
    TN_VALUE_BY("contact[].surname", contact, name, tn_isrctn_put_name),
    TN_EXTRA("contact[].orcid"),
    TN_VALUE_BY("contact[].contactTypes.contactType[]", contact, kind, tn_isrctn_put_contact_type),
    PART("contact[].contactDetails.address", contact, address),
    PART("contact[].contactDetails.city", contact, city),
    PART("contact[].contactDetails.state", contact, address),
    PART("contact[].contactDetails.country", contact, country),
    PART("contact[].contactDetails.zip", contact, address),
    PART("contact[].contactDetails.telephone", contact, phone),
    PART("contact[].contactDetails.email", contact, email),
    TN_EXTRA("contact[].privacy"),

    TN_IGNORED("sponsor[].@id", "number in the registry's database"),
    BY("sponsor[].organisation", lead_sponsor, tn_isrctn_put_sponsor),
    TN_EXTRA("sponsor[].website"),
    BY("sponsor[].sponsorType", lead_sponsor_class, tn_isrctn_put_sponsor_type),
    BY("sponsor[].commercialStatus", lead_sponsor_class, tn_isrctn_put_sponsor_type),
    TN_EXTRA("sponsor[].contactDetails.address"),
    TN_EXTRA("sponsor[].contactDetails.city"),
    TN_EXTRA("sponsor[].contactDetails.state"),
    BY("sponsor[].contactDetails.country", lead_sponsor_country, tn_isrctn_put_sponsor_country),
    TN_EXTRA("sponsor[].contactDetails.zip"),
    TN_EXTRA("sponsor[].contactDetails.telephone"),
    TN_EXTRA("sponsor[].contactDetails.email"),
    TN_EXTRA("sponsor[].privacy"),
    TN_EXTRA("sponsor[].gridId"),
    TN_EXTRA("sponsor[].rorId"),

    TN_IGNORED("funder[].@id", "number in the registry's database"),
    TEXT("funder[].name", trial, funders),
    TN_EXTRA("funder[].fundRef"),
};

static const char *const signature[] = {"fullTrial",    "allTrials",       "isrctn",          "trialDescription",
                                        "externalRefs", "trialDesign",     "scientificTitle", "studyHypothesis",
                                        "participants", "overallEndDate",  "plainEnglishSummary",
                                        "recruitmentCountries", NULL};

static const struct tn_tree_source source = {rows, sizeof rows / sizeof rows[0], signature, NULL, false};

static const struct tn_reader csv_reader = {.name = "isrctn", .syntaxes = TN_READS_DELIMITED | TN_READS_JSON,
                                             .table = &tn_isrctn_csv};

static void detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    if (peek->syntax == TN_SYNTAX_XML)
        tn_tree_detect(self, peek, evidence);
    else if (peek->syntax == TN_SYNTAX_DELIMITED || tn_columns_json_has(peek, "ISRCTN"))
        tn_columns_detect(&tn_isrctn_csv, peek, false, evidence);
}

/* A trial that somebody took out of its `fullTrial`: without contacts, sponsors and funders. */
static const cJSON *put_around(struct tn_reading *reading, const cJSON *tree)
{
    if (tn_tree_member(tree, "trial") || !tn_tree_member(tree, "isrctn"))
        return tree;
    cJSON *whole = cJSON_CreateObject();
    if (!whole || !cJSON_AddItemReferenceToObject(whole, "trial", (cJSON *)(uintptr_t)tree))
        reading->arena->failed = true;
    return whole ? whole : tree;
}

static bool is_bare(const struct tn_raw *raw)
{
    struct tn_str record = tn_str_slice(raw->bytes, raw->len);
    return raw->syntax == TN_SYNTAX_XML && !tn_str_eq(tn_xml_name(record), TN_LIT("fullTrial"));
}

static enum tn_severity read_record(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                                    tn_emit_fn *emit, void *context, struct tn_error *error)
{
    if (is_bare(raw))
        return tn_tree_read_prepared(self, worker, raw, put_around, "isrctn", emit, context, error);
    return tn_tree_read(raw->syntax != TN_SYNTAX_XML ? &csv_reader : self, worker, raw, emit, context, error);
}

static const char *const record_paths[] = {"<fullTrial>", "<trial>", NULL};

static const char *const record_keys[] = {"ISRCTN", NULL}; /* of the table's rows as JSON */

const struct tn_reader tn_reader_isrctn = {
    .name = "isrctn",
    .description = "XML of the ISRCTN registry's API, and the CSV of its search with any choice of columns, also as JSON",
    .syntaxes = TN_READS_XML | TN_READS_DELIMITED | TN_READS_JSON,
    .record_paths = record_paths,
    .record_keys = record_keys,
    .table = &source,
    .detect = detect,
    .read = read_record,
};
