/* SPDX-License-Identifier: MIT */
/* The German Clinical Trials Register: its JSON download, one study a file. The rows follow its JSON Schema (2.0.19);
 * where other people's files have other names for a key, both stand here. Every text is a list by locale: the English
 * one is taken, or the first where no English one is stated; the others stay in `extra`. */
#include "readers/drks.h"
#include "readers/put_parts.h"
#include "readers/tree.h"

#define AGE(key, F)                                                                   \
    TN_VALUE_BY("recruitment." key ".amount", trial, F, tn_drks_put_age_amount),              \
    TN_VALUE_BY("recruitment." key ".value", trial, F, tn_drks_put_age_amount),               \
    TN_VALUE_BY("recruitment." key ".unit", trial, F, tn_drks_put_age_unit)

#define VOTE "ethicsCommittee.ethicVotes[]."
#define GIVER "materialSupports[]."
#define CONDITION "studiedHealthConditions[]."
#define DESIGN "studyCharacteristic."
#define CONTACT "trialContacts[]."
#define RESULTS "trialResults."
#define RESULT RESULTS "trialResultsDescriptions[]."
#define RECRUITED "recruitment.recruitmentDescriptions[]."

static const struct tn_row rows[] = {
    TN_VALUE_BY("drksId", trial, trial_id, tn_put_trial_id),

    TN_EXTRA("ethicsCommittee.applicationDate"),
    TN_OPENS("ethicsCommittee.ethicVotes[]", trial, ethics),
    TN_VALUE(VOTE "contact.affiliation", ethics, body),
    TN_VALUE_BY(VOTE "contact.title", ethics, contact, tn_put_joined),
    TN_VALUE_BY(VOTE "contact.firstName", ethics, contact, tn_put_joined),
    TN_VALUE_BY(VOTE "contact.lastName", ethics, contact, tn_put_joined),
    TN_VALUE_BY(VOTE "contact.streetAndNo", ethics, contact, tn_put_joined),
    TN_VALUE_BY(VOTE "contact.zip", ethics, contact, tn_put_joined),
    TN_VALUE_BY(VOTE "contact.city", ethics, contact, tn_put_joined),
    TN_VALUE_BY(VOTE "contact.country", ethics, contact, tn_put_joined),
    TN_VALUE_BY(VOTE "contact.phone", ethics, contact, tn_put_joined),
    TN_VALUE_BY(VOTE "contact.fax", ethics, contact, tn_put_joined),
    TN_VALUE_BY(VOTE "contact.email", ethics, contact, tn_put_joined),
    TN_VALUE_BY(VOTE "contact.url", ethics, contact, tn_put_joined),
    TN_VALUE(VOTE "dateOfVote", ethics, date),
    TN_EXTRA(VOTE "type"),
    TN_VALUE(VOTE "vote", ethics, status),
    TN_VALUE_BY("ethicsCommittee.number", trial, ethics, tn_drks_put_number),

    TN_VALUE("lastUpdate", trial, last_update_posted_date),

    TN_VALUE(GIVER "contact.affiliation", trial, funders),
    TN_EXTRA(GIVER "contact.city"),
    TN_EXTRA(GIVER "contact.country"),
    TN_EXTRA(GIVER "contact.email"),
    TN_EXTRA(GIVER "contact.fax"),
    TN_EXTRA(GIVER "contact.firstName"),
    TN_EXTRA(GIVER "contact.lastName"),
    TN_EXTRA(GIVER "contact.phone"),
    TN_EXTRA(GIVER "contact.streetAndNo"),
    TN_EXTRA(GIVER "contact.title"),
    TN_EXTRA(GIVER "contact.url"),
    TN_EXTRA(GIVER "contact.zip"),
    TN_EXTRA(GIVER "type"),

    TN_OPENS("observationalGroups[]", trial, arms),
    TN_VALUE_BY("observationalGroups[].comment", arm, description, tn_drks_put_text),
    TN_VALUE_BY("observationalGroups[].idArm.arm", arm, label, tn_drks_put_arm),
    TN_EXTRA("observationalGroups[].idArm.locale"),

    TN_OPENS("otherSecondaryIds[]", trial, identifiers),
    TN_VALUE_BY("otherSecondaryIds[].description", identifier, issuer, tn_drks_put_issuer),
    TN_VALUE_BY("otherSecondaryIds[].value", identifier, value, tn_put_secondary_id),

    TN_VALUE_BY("recruitment.actualCompletionDate", trial, completion_date, tn_drks_put_actual_date),
    TN_VALUE_BY("recruitment.actualStartDate", trial, start_date, tn_drks_put_actual_date),
    TN_EXTRA("recruitment.centricType"),
    TN_OPENS("recruitment.countries[]", trial, countries),
    TN_VALUE_BY("recruitment.countries[]", country, name, tn_drks_put_country_code),
    TN_VALUE_BY("recruitment.countries[].idCountry.code", country, name, tn_drks_put_country_code),
    TN_VALUE_BY("recruitment.countries[].country", country, name, tn_drks_put_country_code),
    TN_VALUE_BY("recruitment.countries[].code", country, name, tn_drks_put_country_code),
    TN_VALUE("recruitment.gender", trial, sex),
    TN_VALUE("recruitment.healthyVolunteers", trial, healthy_volunteers),
    TN_OPENS("recruitment.institutes[]", trial, locations),
    TN_VALUE("recruitment.institutes[].city", location, city),
    TN_VALUE("recruitment.institutes[].name", location, facility),
    TN_EXTRA("recruitment.institutes[].type"),
    AGE("maximumAge", maximum_age),
    AGE("minimumAge", minimum_age),
    TN_VALUE_BY("recruitment.plannedParticipants", trial, enrollment, tn_drks_put_planned),
    TN_VALUE_BY(RECRUITED "exclusionCriteria", trial, exclusion_criteria, tn_drks_put_criteria),
    TN_EXTRA(RECRUITED "idLocale.locale"),
    TN_VALUE_BY(RECRUITED "inclusionCriteria", trial, inclusion_criteria, tn_drks_put_criteria),
    TN_VALUE_BY(RECRUITED "reasonDescription", trial, why_stopped, tn_drks_put_text),
    TN_VALUE_BY(RECRUITED "reasonForStatusDescription", trial, why_stopped, tn_drks_put_text),
    TN_VALUE_BY("recruitment.scheduledCompletionDate", trial, completion_date, tn_drks_put_planned_date),
    TN_VALUE_BY("recruitment.scheduledStartDate", trial, start_date, tn_drks_put_planned_date),
    TN_VALUE_BY("recruitment.status", trial, status, tn_put_status),
    TN_VALUE_BY("recruitment.totalParticipants", trial, enrollment, tn_drks_put_total),

    TN_VALUE("registrationDrks", trial, registered_date),
    TN_VALUE("registrationType", trial, registration_timing),

    TN_OPENS("secondaryIds.eudamedNumber", trial, identifiers),
    TN_VALUE_BY("secondaryIds.eudamedNumber", identifier, value, tn_put_eudamed),
    TN_OPENS_AS("secondaryIds.eudraCtNumber", trial, identifiers, "type=EUDRACT_NUMBER"),
    TN_VALUE_BY("secondaryIds.eudraCtNumber", identifier, value, tn_put_secondary_id),
    TN_EXTRA("secondaryIds.noOtherIdentificationNumbersAvailable"),
    TN_OPENS_AS("secondaryIds.otherPrimaryRegisterId", trial, identifiers, "type=REGISTRY"),
    TN_VALUE_BY("secondaryIds.otherPrimaryRegisterId", identifier, value, tn_drks_put_register),
    TN_VALUE_BY("secondaryIds.otherPrimaryRegisterName", trial, extra, tn_drks_put_register_name),
    TN_OPENS_AS("secondaryIds.universalTrialNumber", trial, identifiers, "type=UTN"),
    TN_VALUE_BY("secondaryIds.universalTrialNumber", identifier, value, tn_put_secondary_id),
    TN_EXTRA("sponsored"),

    TN_OPENS("studiedHealthConditions[]", trial, condition_codes),
    TN_VALUE_BY(CONDITION "catalog", condition_code, system, tn_drks_put_catalog),
    TN_VALUE(CONDITION "code", condition_code, code),
    TN_VALUE_BY(CONDITION "studiedHealthConditionDescriptions[].comment", trial, conditions, tn_drks_put_condition),
    TN_VALUE_BY(CONDITION "studiedHealthConditionDescriptions[].comment", condition_code, term, tn_drks_put_term),
    TN_EXTRA(CONDITION "studiedHealthConditionDescriptions[].idLocale.locale"),
    TN_EXTRA(CONDITION "type"),

    TN_VALUE(DESIGN "allocation", trial, allocation),
    TN_VALUE_BY(DESIGN "assignment", trial, intervention_model, tn_drks_put_word),
    TN_VALUE_BY(DESIGN "blindingType", trial, masking, tn_drks_put_word),
    TN_VALUE_BY(DESIGN "blindingWhoList[].idBlindingWho.blindingWho", trial, who_masked, tn_drks_put_word),
    TN_VALUE_BY(DESIGN "blindingWhoList[].blindingWho", trial, who_masked, tn_drks_put_word),
    TN_EXTRA(DESIGN "characteristicDescriptions[].idLocale.locale"),
    TN_OPENS_AS(DESIGN "characteristicDescriptions[].primaryOutcome", trial, outcomes, "kind=PRIMARY"),
    TN_VALUE_BY(DESIGN "characteristicDescriptions[].primaryOutcome", outcome, measure, tn_drks_put_text),
    TN_OPENS_AS(DESIGN "characteristicDescriptions[].secondaryOutcome", trial, outcomes, "kind=SECONDARY"),
    TN_VALUE_BY(DESIGN "characteristicDescriptions[].secondaryOutcome", outcome, measure, tn_drks_put_text),
    TN_EXTRA(DESIGN "characteristicDescriptions[].typeOfHiddenAllocation"),
    TN_EXTRA(DESIGN "characteristicDescriptions[].typeOfSequenceGeneration"),
    TN_EXTRA(DESIGN "controlTypes[].idControlType.controlType"),
    TN_EXTRA(DESIGN "controlTypes[].controlType"),
    TN_VALUE_BY(DESIGN "duration", trial, time_perspective, tn_drks_put_duration),
    TN_VALUE_BY(DESIGN "phase", trial, phases, tn_put_phases),
    TN_VALUE(DESIGN "purpose", trial, primary_purpose),
    TN_VALUE_BY(DESIGN "timing", trial, time_perspective, tn_drks_put_word),
    TN_VALUE(DESIGN "type", trial, study_type),

    TN_OPENS("trialContacts[]", trial, contacts),
    TN_VALUE_BY(CONTACT "contact.affiliation", contact, affiliation, tn_drks_put_affiliation),
    TN_VALUE(CONTACT "contact.city", contact, city),
    TN_VALUE_BY(CONTACT "contact.country", contact, country, tn_drks_put_contact_country),
    TN_VALUE(CONTACT "contact.email", contact, email),
    TN_EXTRA(CONTACT "contact.fax"),
    TN_VALUE_BY(CONTACT "contact.firstName", contact, name, tn_drks_put_name),
    TN_VALUE_BY(CONTACT "contact.lastName", contact, name, tn_drks_put_name),
    TN_VALUE(CONTACT "contact.phone", contact, phone),
    TN_VALUE_BY(CONTACT "contact.streetAndNo", contact, address, tn_put_joined),
    TN_VALUE(CONTACT "contact.title", contact, degrees),
    TN_EXTRA(CONTACT "contact.url"),
    TN_VALUE_BY(CONTACT "contact.zip", contact, address, tn_put_joined),
    TN_VALUE_BY(CONTACT "idContactIdType.type", contact, kind, tn_drks_put_contact_type),
    TN_VALUE_BY(CONTACT "type", contact, kind, tn_drks_put_contact_type),
    TN_VALUE_BY(CONTACT "otherType", contact, kind, tn_drks_put_contact_type),

    TN_VALUE_BY("trialDescriptions[].acronym", trial, acronym, tn_drks_put_text),
    TN_VALUE_BY("trialDescriptions[].idLocale.locale", trial, language, tn_drks_put_language),
    TN_VALUE_BY("trialDescriptions[].scientificSummary", trial, brief_summary, tn_drks_put_text),
    TN_VALUE_BY("trialDescriptions[].summary", trial, lay_summary, tn_drks_put_text),
    TN_VALUE_BY("trialDescriptions[].title", trial, title, tn_drks_put_text),

    TN_EXTRA(RESULTS "firstPublication"),
    TN_VALUE(RESULTS "firstResultPublication", trial, results_first_posted_date),
    TN_VALUE(RESULTS "ipdSharingPlan", trial, ipd_sharing),
    TN_EXTRA(RESULTS "plannedPublication"),
    TN_OPENS(RESULTS "publications[]", trial, documents),
    TN_VALUE_BY(RESULTS "publications[].description", document, label, tn_drks_put_publication),
    TN_IGNORED(RESULTS "publications[].document.file", "the bytes of the file; its name stays"),
    TN_VALUE(RESULTS "publications[].document.name", document, filename),
    TN_VALUE(RESULTS "publications[].link", document, url),
    TN_VALUE_BY(RESULTS "publications[].type", document, types, tn_drks_put_document_type),
    TN_OPENS(RESULTS "relatedDrksTrials[]", trial, related_trials),
    TN_VALUE(RESULTS "relatedDrksTrials[].description", related_trial, relation),
    TN_VALUE(RESULTS "relatedDrksTrials[].drksId", related_trial, trial_id),
    TN_VALUE_BY(RESULT "briefSummaryOfResultsDescription", trial, results_summary, tn_drks_put_text),
    TN_EXTRA(RESULT "idLocale.locale"),
    TN_VALUE_BY(RESULT "ipdSharingPlanDescription", trial, ipd_description, tn_drks_put_text),

    TN_EXTRA("trialStatus"),
    TN_VALUE_BY("url", trial, url, tn_put_url),
};

static bool is_secondary(const struct tn_record *outcome)
{
    return tn_str_eq(tn_text(outcome, TN_outcome_kind), TN_LIT("SECONDARY"));
}

/* The number came before the votes. */
static void join_ethics(struct tn_record *trial)
{
    struct tn_record *number = tn_record_edit(trial, TN_trial_ethics, 0), *vote = NULL;
    if (tn_count(trial, TN_trial_ethics) > 1)
        vote = tn_record_edit(trial, TN_trial_ethics, 1);
    if (!vote || tn_has(vote, TN_ethics_reference) || tn_has(number, TN_ethics_status) ||
        tn_has(number, TN_ethics_date) || tn_has(number, TN_ethics_body) || tn_has(number, TN_ethics_contact))
        return;
    tn_set_text(vote, TN_ethics_reference, tn_text(number, TN_ethics_reference));
    tn_remove_at(trial, TN_trial_ethics, 0);
}

static void after(struct tn_reading *reading)
{
    join_ethics(reading->trial);
    tn_move_last(reading->trial, TN_trial_outcomes, is_secondary);
}

static const char *const signature[] = {"drksId",           "trialDescriptions",       "registrationDrks",
                                        "idLocale",         "recruitmentDescriptions", "studyCharacteristic",
                                        "ethicsCommittee",  "characteristicDescriptions", NULL};

static const struct tn_tree_source source = {rows, sizeof rows / sizeof rows[0], signature, after, false};

static const char *const record_keys[] = {"drksId", NULL};

const struct tn_reader tn_reader_drks = {
    .name = "drks",
    .description = "JSON of the German Clinical Trials Register",
    .syntaxes = TN_READS_JSON,
    .record_keys = record_keys,
    .table = &source,
    .detect = tn_tree_detect,
    .read = tn_tree_read,
};
