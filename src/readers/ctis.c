/* SPDX-License-Identifier: MIT */
/* The EU's Clinical Trials Information System: a trial as its public interface gives it, until June 2024
 * (authorizedPartI at the top) and since (authorizedApplication.authorizedPartI), and an entry of its search. Nobody has
 * published its structure: what has no row goes to `extra`, and what repeats the authorised parts is left out. */
#include "readers/ctis.h"

#include "readers/put_parts.h"
#include "readers/tree.h"

#define PART "authorizedPartI."
#define IDS PART "trialDetails.clinicalTrialIdentifiers."
#define INFO PART "trialDetails.trialInformation."
#define SPONSOR PART "sponsors[]."
#define PRODUCT PART "products[]."
#define SITE "authorizedPartsII[].trialSites[]."
#define NUMBERS IDS "secondaryIdentifyingNumbers."
#define SUBJECTS INFO "populationOfTrialSubjects."

#define STATE(P)                                                                                       \
    TN_VALUE_BY(P "countryName", country, name, tn_ctis_put_country),                                  \
    TN_VALUE_BY(P "mscName", country, name, tn_ctis_put_country),                                      \
    TN_VALUE_BY(P "mscPublicStatusCode", country, status, tn_ctis_put_in_country),                     \
    TN_VALUE_BY(P "trialStatus", country, status, tn_ctis_put_in_country),                             \
    TN_VALUE_BY(P "firstDecisionDate", country, decision_date, tn_ctis_put_in_country),                \
    TN_VALUE_BY(P "recruitmentSubjectCount", country, enrollment, tn_ctis_put_in_country),             \
    TN_VALUE_BY(P "trialPeriod[].trialStartDate", country, start_date, tn_ctis_put_in_country),        \
    TN_VALUE_BY(P "trialPeriod[].trialEndDate", country, end_date, tn_ctis_put_in_country)

#define NUMBER(key, word)                                                                              \
    TN_OPENS_AS(NUMBERS key, trial, identifiers, word),                                                \
    TN_VALUE_BY(NUMBERS key ".number", identifier, value, tn_put_secondary_id),                        \
    TN_EXTRA(NUMBERS key ".id")

#define PRODUCT_NAME(key) TN_VALUE_BY(PRODUCT key, intervention, name, tn_ctis_put_product)

static const struct tn_row rows[] = {
    TN_VALUE_BY("ctNumber", trial, trial_id, tn_put_trial_id),
    TN_OPENS_AS("ctNumber", trial, identifiers, "type=CTIS"),
    TN_VALUE_BY("ctNumber", identifier, value, tn_put_identifier),
    TN_COPY("_id", "ctNumber"),
    TN_IGNORED("id", "a number inside of the system"),
    TN_VALUE_BY("ctPublicStatusCode", trial, status, tn_ctis_put_status),
    TN_VALUE_BY("ctStatus", trial, status, tn_ctis_put_status),
    TN_VALUE_BY("trialCountries[]", country, status, tn_ctis_put_statuses),
    TN_VALUE_BY("decisionDate[]", country, decision_date, tn_ctis_put_decisions),
    TN_EXTRA("decisionDateOverall"),
    TN_EXTRA("authorizationDate"),
    TN_EXTRA("publishDate"),
    TN_EXTRA("recruitmentStatus"),
    TN_VALUE_BY("startDateEU", trial, start_date, tn_ctis_put_date),
    TN_VALUE_BY("eeaStartDate", trial, start_date, tn_ctis_put_date),
    TN_VALUE_BY("trialStartDate", trial, start_date, tn_ctis_put_date),
    TN_VALUE_BY("recruitmentStartDate", trial, recruitment_start_date, tn_ctis_put_date),
    TN_VALUE_BY("endDate", trial, completion_date, tn_ctis_put_date),
    TN_VALUE_BY("endDateEU", trial, completion_date, tn_ctis_put_date),
    TN_VALUE_BY("eeaEndDate", trial, completion_date, tn_ctis_put_date),
    TN_VALUE_BY("trialEndDate", trial, completion_date, tn_ctis_put_date),
    TN_EXTRA("trialGlobalEnd"),
    TN_VALUE_BY("trialGlobalEnd[].globalEndDate", trial, completion_date, tn_ctis_put_date),
    TN_EXTRA("trialGlobalEnd[]"),
    TN_VALUE_BY("submissionDate", trial, first_submitted_date, tn_ctis_put_day),
    TN_VALUE_BY("lastUpdated", trial, last_update_submitted_date, tn_ctis_put_day),
    TN_VALUE_BY("lastPublicationUpdate", trial, last_update_posted_date, tn_ctis_put_day),
    TN_EXTRA("therapeuticAreas"),
    TN_VALUE_BY("sponsorType", trial, lead_sponsor_class, tn_ctis_put_sponsor_type),
    TN_VALUE("sponsor", trial, lead_sponsor),
    TN_VALUE_BY("totalNumberEnrolled", trial, enrollment, tn_ctis_put_total),
    TN_EXTRA("hasDeferrallApplied"),
    TN_EXTRA("hasAmendmentApplied"),
    TN_EXTRA("ctrname"),
    TN_OPENS("record_last_import", trial, source),
    TN_VALUE_BY("record_last_import", source, fetched, tn_ctis_put_day),
    TN_VALUE_BY("trialPhase", trial, phases, tn_ctis_put_phase),
    TN_VALUE_BY("ageGroup", trial, std_ages, tn_ctis_put_age_groups),
    TN_EXTRA("ageRangeSecondary"),
    TN_VALUE_BY("gender", trial, sex, tn_ctis_put_sex),
    TN_EXTRA("trialRegion"),
    TN_EXTRA("trialRegionCode"),
    TN_EXTRA("correctiveMeasures"),
    TN_EXTRA("publicEvaluation"),
    TN_VALUE("ctTitle", trial, title),
    TN_VALUE("title", trial, official_title),
    TN_VALUE_BY("shortTitle", trial, acronym, tn_ctis_put_short_title),
    TN_VALUE_BY("conditions", trial, conditions, tn_ctis_put_once),
    TN_OPENS("product", trial, interventions),
    TN_VALUE("product", intervention, name),
    TN_OPENS_AS("primaryEndPoint", trial, outcomes, "kind=PRIMARY"),
    TN_VALUE("primaryEndPoint", outcome, measure),
    TN_OPENS("endPoint", trial, outcomes),
    TN_VALUE("endPoint", outcome, measure),
    TN_VALUE("resultsFirstReceived", trial, has_results),

    TN_EXTRA("primarySponsor"),
    TN_VALUE("primarySponsor.organisation.name", trial, lead_sponsor),
    TN_COPY("primarySponsor.legalRepresentative", SPONSOR "legalRepresentative"),
    TN_COPY("primarySponsor.publicContacts", SPONSOR "publicContacts"),
    TN_COPY("primarySponsor.scientificContacts", SPONSOR "scientificContacts"),
    TN_COPY("primarySponsor.thirdParties", SPONSOR "thirdParties"),
    TN_COPY("primarySponsor.contactPointForUnion", SPONSOR "contactPointForUnion"),
    TN_COPY("primarySponsor.addresses", SPONSOR "addresses"),
    TN_COPY("coSponsors[]", PART "sponsors[]"),
    TN_EXTRA("initialApplicationId"),

    TN_EXTRA("applications"),
    TN_COPY("applications[].primarySponsor", PART "sponsors[]"),
    TN_COPY("applications[].ctMSCs[]", "memberStatesConcerned[]"),
    TN_COPY("applications[].ctMSCsByApplication[]", "memberStatesConcerned[]"),
    TN_SAME("applications[].partI", "authorizedPartI"),
    TN_SAME("applications[].partIIInfo", "authorizedPartsII"),
    TN_EXTRA("authorizedApplication"),
    TN_SAME("authorizedApplication.authorizedPartI", "authorizedPartI"),
    TN_SAME("authorizedApplication.authorizedPartsII", "authorizedPartsII"),
    TN_SAME("authorizedApplication.memberStatesConcerned", "memberStatesConcerned"),
    TN_SAME("authorizedApplication.trialGlobalEnd", "trialGlobalEnd"),
    TN_SAME("authorizedApplication.eudraCt", "eudraCtInfo"),
    TN_EXTRA("authorizedApplication.applicationInfo"),
    TN_VALUE_BY("authorizedApplication.applicationInfo[].submissionDate", trial, first_submitted_date,
                tn_ctis_put_first_day),

    TN_EXTRA("memberStatesConcerned"),
    STATE("memberStatesConcerned[]."),

    TN_EXTRA("authorizedPartI"),
    TN_VALUE_BY(PART "rowCountriesInfo[].name", country, name, tn_ctis_put_country),
    TN_VALUE(IDS "fullTitle", trial, official_title),
    TN_VALUE(IDS "publicTitle", trial, title),
    TN_VALUE_BY(IDS "shortTitle", trial, acronym, tn_ctis_put_short_title),
    NUMBER("nctNumber", "type=REGISTRY"),
    NUMBER("isrctnNumber", "type=REGISTRY"),
    NUMBER("whoUniversalTrialNumber", "type=UTN"),
    TN_OPENS(NUMBERS "additionalRegistries[]", trial, identifiers),
    TN_VALUE_BY(NUMBERS "additionalRegistries[].number", identifier, value, tn_put_secondary_id),
    TN_VALUE(NUMBERS "additionalRegistries[].otherRegistryName", identifier, issuer),
    TN_EXTRA(NUMBERS "additionalRegistries[].id"),
    TN_VALUE_BY(INFO "trialCategory.trialPhase", trial, phases, tn_ctis_put_phase_again),
    TN_VALUE_BY(INFO "medicalCondition.partIMedicalConditions[].medicalCondition", trial, conditions, tn_ctis_put_once),
    TN_OPENS(INFO "medicalCondition.meddraConditionTerms[]", trial, condition_codes),
    TN_VALUE_BY(INFO "medicalCondition.meddraConditionTerms[].termName", condition_code, term, tn_ctis_put_meddra),
    TN_VALUE(INFO "medicalCondition.meddraConditionTerms[].classificationCode", condition_code, code),
    TN_VALUE(INFO "medicalCondition.meddraConditionTerms[].version", condition_code, version),
    TN_VALUE_BY(INFO "trialObjective.trialScopes[].code", trial, primary_purpose, tn_ctis_put_scope),
    TN_VALUE(INFO "trialObjective.mainObjective", trial, primary_objective),
    TN_VALUE(INFO "trialObjective.secondaryObjectives[].secondaryObjective", trial, secondary_objectives),
    TN_VALUE_BY(INFO "eligibilityCriteria.principalInclusionCriteria[].principalInclusionCriteria", trial,
                inclusion_criteria, tn_ctis_put_criterion),
    TN_VALUE_BY(INFO "eligibilityCriteria.principalExclusionCriteria[].principalExclusionCriteria", trial,
                exclusion_criteria, tn_ctis_put_criterion),
    TN_OPENS_AS(INFO "endPoint.primaryEndPoints[]", trial, outcomes, "kind=PRIMARY"),
    TN_VALUE(INFO "endPoint.primaryEndPoints[].endPoint", outcome, measure),
    TN_OPENS_AS(INFO "endPoint.secondaryEndPoints[]", trial, outcomes, "kind=SECONDARY"),
    TN_VALUE(INFO "endPoint.secondaryEndPoints[].endPoint", outcome, measure),
    TN_VALUE_BY(INFO "trialDuration.estimatedRecruitmentStartDate", trial, recruitment_start_date, tn_ctis_put_date),
    TN_VALUE_BY(INFO "trialDuration.estimatedGlobalEndDate", trial, completion_date, tn_ctis_put_date),
    TN_VALUE_BY(INFO "trialDuration.estimatedEndDate", trial, completion_date, tn_ctis_put_date),
    TN_VALUE_BY(INFO "sourceOfMonetarySupport[].organisationName", trial, funders, tn_ctis_put_once),
    TN_VALUE_BY(SUBJECTS "ageRanges[].ageRangeCategoryCode", trial, std_ages, tn_ctis_put_age_groups),
    TN_VALUE_BY(SUBJECTS "ageRanges[].ageRangeCategory", trial, std_ages, tn_ctis_put_age_groups),
    TN_VALUE_BY(SUBJECTS "clinicalTrialGroups[].name", trial, healthy_volunteers, tn_ctis_put_group),
    TN_VALUE_BY(SUBJECTS "isFemaleSubjects", trial, sex, tn_ctis_put_subjects),
    TN_VALUE_BY(SUBJECTS "isMaleSubjects", trial, sex, tn_ctis_put_subjects),
    TN_OPENS(PART "trialDetails.protocolInformation.studyDesign.periodDetails[].armDetails[]", trial, arms),
    TN_VALUE(PART "trialDetails.protocolInformation.studyDesign.periodDetails[].armDetails[].title", arm, label),
    TN_VALUE(PART "trialDetails.protocolInformation.studyDesign.periodDetails[].armDetails[].description", arm,
             description),
    TN_OPENS(PART "trialDetails.associatedClinicalTrials[]", trial, related_trials),
    TN_VALUE_BY(PART "trialDetails.associatedClinicalTrials[].ctNumber", related_trial, trial_id,
                tn_ctis_put_related_id),
    TN_VALUE(PART "trialDetails.associatedClinicalTrials[].fullTitle", related_trial, title),
    TN_VALUE_BY(PART "medicalConditions[].medicalCondition", trial, conditions, tn_ctis_put_once),

    TN_VALUE_BY(SPONSOR "organisation.name", trial, lead_sponsor, tn_ctis_put_sponsor),
    TN_VALUE_BY(SPONSOR "organisation.type", trial, lead_sponsor_class, tn_ctis_put_sponsor_type),
    TN_VALUE_BY(SPONSOR "addresses[].address.countryName", trial, lead_sponsor_country, tn_ctis_put_sponsor_country),
    TN_OPENS_AS(SPONSOR "publicContacts[]", trial, contacts, "kind=PUBLIC"),
    TN_VALUE_BY(SPONSOR "publicContacts[].functionalName", contact, name, tn_put_person),
    TN_VALUE(SPONSOR "publicContacts[].functionalEmailAddress", contact, email),
    TN_VALUE(SPONSOR "publicContacts[].telephone", contact, phone),
    TN_VALUE(SPONSOR "publicContacts[].organisation.name", contact, affiliation),
    TN_OPENS_AS(SPONSOR "scientificContacts[]", trial, contacts, "kind=SCIENTIFIC"),
    TN_VALUE_BY(SPONSOR "scientificContacts[].functionalName", contact, name, tn_put_person),
    TN_VALUE(SPONSOR "scientificContacts[].functionalEmailAddress", contact, email),
    TN_VALUE(SPONSOR "scientificContacts[].telephone", contact, phone),
    TN_VALUE(SPONSOR "scientificContacts[].organisation.name", contact, affiliation),

    TN_OPENS(PART "products[]", trial, interventions),
    PRODUCT_NAME("productName"),
    PRODUCT_NAME("nameDisplay"),
    PRODUCT_NAME("jsonActiveSubstanceNames"),
    PRODUCT_NAME("sponsorProductCodeEdit"),
    PRODUCT_NAME("otherMedicinalProduct"),
    PRODUCT_NAME("productDictionaryInfo.prodName"),
    PRODUCT_NAME("productDictionaryInfo.activeSubstanceName"),
    PRODUCT_NAME("productDictionaryInfo.sponsorProductCode"),
    TN_COPY(PART "productRoleGroupInfos[].products[]", PART "products[]"),

    TN_EXTRA("authorizedPartsII"),
    STATE("authorizedPartsII[].mscInfo."),
    TN_COPY("authorizedPartsII[].mscInfo.organisationInfo", "memberStatesConcerned[].organisationInfo"),
    TN_VALUE_BY("authorizedPartsII[].recruitmentSubjectCount", country, enrollment, tn_ctis_put_in_country),
    TN_OPENS("authorizedPartsII[].trialSites[]", trial, locations),
    TN_VALUE(SITE "organisationAddressInfo.organisation.name", location, facility),
    TN_VALUE(SITE "organisationAddressInfo.address.city", location, city),
    TN_VALUE(SITE "organisationAddressInfo.address.postcode", location, zip),
    TN_VALUE_BY(SITE "organisationAddressInfo.address.countryName", location, country, tn_put_country),
    TN_OPENS(SITE "personInfo", location, contacts),
    TN_VALUE_BY(SITE "personInfo.firstName", contact, name, tn_ctis_put_person),
    TN_VALUE_BY(SITE "personInfo.lastName", contact, name, tn_ctis_put_person),
    TN_VALUE(SITE "personInfo.telephone", contact, phone),
    TN_VALUE(SITE "personInfo.email", contact, email),

    TN_EXTRA("isRmsTacitAssignment"),
    TN_EXTRA("eudraCtInfo"),
    TN_OPENS_AS("eudraCtInfo.eudraCtCode", trial, identifiers, "type=EUDRACT_NUMBER"),
    TN_VALUE_BY("eudraCtInfo.eudraCtCode", identifier, value, tn_put_secondary_id),
    TN_EXTRA("mscTrialNotificationsInfoList"),
    TN_EXTRA("totalPartIISubjectCount"),
    TN_EXTRA("events"),
    TN_VALUE_BY("events.trialGlobalEndDate", trial, completion_date, tn_ctis_put_date),
    TN_VALUE_BY("events.trialEvents[].earlyTerminationReason.name", trial, why_stopped, tn_ctis_put_reason),
    TN_EXTRA("results"),
    TN_EXTRA("documents"),
    TN_OPENS("documents[]", trial, documents),
    TN_VALUE("documents[].title", document, label),
};

static bool is_not_primary(const struct tn_record *outcome)
{
    return !tn_str_eq(tn_text(outcome, TN_outcome_kind), TN_LIT("PRIMARY"));
}

/* The countries' sites, and their sizes together with those elsewhere where no total is stated. */
static void count_countries(struct tn_reading *reading)
{
    struct tn_record *trial = reading->trial;
    const cJSON *elsewhere = tn_tree_find(reading, PART "rowSubjectCount");
    int64_t total = cJSON_IsNumber(elsewhere) && elsewhere->valuedouble > 0 && elsewhere->valuedouble < 1e9
                        ? (int64_t)elsewhere->valuedouble
                        : 0;
    for (size_t i = 0; i < tn_count(trial, TN_trial_countries); i++) {
        struct tn_record *country = tn_record_edit(trial, TN_trial_countries, i);
        struct tn_str name = tn_text(country, TN_country_name), code = tn_text(country, TN_country_code);
        int64_t sites = 0;
        for (size_t k = 0; k < tn_count(trial, TN_trial_locations); k++) {
            const struct tn_record *location = tn_record_at(trial, TN_trial_locations, k);
            struct tn_str other = tn_text(location, TN_location_country_code);
            sites += other.len ? tn_str_eq(other, code)
                               : name.len && tn_str_eq(tn_text(location, TN_location_country), name);
        }
        if (sites)
            tn_set_int(country, TN_country_site_count, sites);
        total += tn_int(country, TN_country_enrollment);
    }
    if (total == 0 || tn_has(trial, TN_trial_enrollment))
        return;
    tn_set_int(trial, TN_trial_enrollment, total);
    tn_set_text(trial, TN_trial_enrollment_type, TN_LIT("ESTIMATED"));
}

/* {"summaryResults": [...], "laypersonResults": [...]} */
static void look_for_results(struct tn_reading *reading)
{
    const cJSON *results = tn_tree_find(reading, "results");
    for (const cJSON *list = cJSON_IsObject(results) ? results->child : NULL; list; list = list->next)
        if (cJSON_IsArray(list) && list->child && !tn_has(reading->trial, TN_trial_has_results))
            tn_set_bool(reading->trial, TN_trial_has_results, true);
}

static void after(struct tn_reading *reading)
{
    struct tn_record *trial = reading->trial;
    count_countries(reading);
    look_for_results(reading);
    tn_move_last(trial, TN_trial_outcomes, is_not_primary);
    if (!tn_has(trial, TN_trial_title))
        tn_set_text(trial, TN_trial_title, tn_text(trial, TN_trial_official_title));
}

static const char *const signature[] = {"ctNumber",       "ctStatus",          "authorizedPartI",
                                        "trialCountries", "memberStatesConcerned", "authorizedApplication",
                                        "decisionDate",   "ctPublicStatusCode", "publicEvaluation",
                                        "totalNumberEnrolled", NULL};

static const struct tn_tree_source source = {rows, sizeof rows / sizeof rows[0], signature, after, false};

static const char *const record_paths[] = {"data[]", NULL};

static const char *const record_keys[] = {"ctNumber", NULL};

const struct tn_reader tn_reader_ctis = {
    .name = "ctis",
    .description = "JSON of the EU's Clinical Trials Information System: trials, and pages of a search",
    .syntaxes = TN_READS_JSON,
    .record_paths = record_paths,
    .record_keys = record_keys,
    .table = &source,
    .detect = tn_tree_detect,
    .read = tn_tree_read,
};
