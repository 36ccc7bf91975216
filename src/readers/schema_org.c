/* SPDX-License-Identifier: MIT */
/* What schema.org's members mean. The rows follow https://schema.org/MedicalTrial and https://schema.org/MedicalStudy, then what
 * they have of https://schema.org/MedicalEntity and https://schema.org/Thing, then what pages add to them. */
#include "readers/schema_org.h"

#include "normal/country.h"
#include "normal/fold.h"
#include "normal/identifier.h"
#include "normal/place.h"

/* Words of enumerations that say something in another field than their own. */
struct meaning {
    const char *word;
    int field; /* of the trial; -1: kept in `extra` */
    const char *value;
};

/* https://schema.org/MedicalTrialDesign and https://schema.org/MedicalObservationalStudyDesign */
static const struct meaning designs[] = {
    {"DoubleBlindedTrial", TN_trial_masking, "DOUBLE"},
    {"OpenTrial", TN_trial_masking, "NONE"},
    {"RandomizedTrial", TN_trial_allocation, "RANDOMIZED"},
    {"SingleBlindedTrial", TN_trial_masking, "SINGLE"},
    {"TripleBlindedTrial", TN_trial_masking, "TRIPLE"},
    {"InternationalTrial", -1, NULL},
    {"MultiCenterTrial", -1, NULL},
    {"PlaceboControlledTrial", -1, NULL},
    {"SingleCenterTrial", -1, NULL},
    {"CohortStudy", TN_trial_observational_model, "COHORT"},
    {"CrossSectional", TN_trial_time_perspective, "CROSS_SECTIONAL"},
    {"Observational", TN_trial_study_type, "OBSERVATIONAL"},
    {"CaseSeries", -1, NULL},
    {"Longitudinal", -1, NULL},
    {"Registry", -1, NULL},
};

/* https://schema.org/MedicalStudyStatus and https://schema.org/EventStatusType, where they are no word of the status. */
static const struct meaning statuses[] = {
    {"ResultsAvailable", TN_trial_has_results, "true"},
    {"ResultsNotAvailable", TN_trial_has_results, "false"},
    {"EventCancelled", TN_trial_status, "CANCELLED"},
    {"EventMovedOnline", -1, NULL},
    {"EventPostponed", -1, NULL},
    {"EventRescheduled", -1, NULL},
    {"EventScheduled", -1, NULL},
};

static const struct meaning *find_meaning(const struct meaning *meanings, size_t count, struct tn_str word)
{
    for (size_t i = 0; i < count; i++)
        if (tn_str_eq_fold(word, tn_str_of(meanings[i].word)))
            return &meanings[i];
    return NULL;
}

static void put_meaning(struct tn_reading *reading, const struct meaning *meaning, const struct tn_stated *value)
{
    struct tn_stated means = tn_stated_of(tn_str_of(meaning->value));
    if (meaning->field >= 0)
        tn_put(reading, reading->trial, meaning->field, &means);
    if (meaning->field < 0 || meaning->field == TN_trial_status)
        tn_put_extra_here(reading, value);
}

static void put_design(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    const struct meaning *meaning =
        find_meaning(designs, sizeof designs / sizeof designs[0], tn_schema_org_word(value->text));
    if (meaning)
        put_meaning(reading, meaning, value);
    else
        tn_put_markup(reading, record, field, value);
}

static void put_status(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated word = tn_stated_of(tn_schema_org_word(value->text));
    const struct meaning *meaning = find_meaning(statuses, sizeof statuses / sizeof statuses[0], word.text);
    if (meaning)
        put_meaning(reading, meaning, value);
    else
        tn_put_status(reading, record, field, &word);
}

/* Of an observational study its type says what it is; MedicalTrial is written for studies of every kind. */
static void put_type(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_stated observational = tn_stated_of(TN_LIT("OBSERVATIONAL"));
    if (tn_str_eq(tn_schema_org_word(value->text), TN_LIT("MedicalObservationalStudy")))
        tn_put(reading, record, field, &observational);
}

/* An alias without blanks is the acronym, any other the long title. */
static void put_alias(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str text = tn_str_trim(value->text);
    bool acronym = text.len <= 30 && tn_str_find_char(text, ' ') == TN_NO_OFFSET;
    if (tn_has(record, acronym ? (int)TN_trial_acronym : field))
        tn_put_extra_here(reading, value);
    else
        tn_put_markup(reading, record, acronym ? (int)TN_trial_acronym : field, value);
}

/* The first sponsor leads; further ones support. */
static void put_sponsor(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (tn_has(record, field))
        tn_put_markup(reading, tn_add_record(record, TN_trial_collaborators), TN_collaborator_name, value);
    else
        tn_put_markup(reading, record, field, value);
}

/* "sleep, night work; nurses" */
static void put_keywords(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str rest = value->text;
    while (rest.len) {
        size_t end = 0;
        while (end < rest.len && rest.s[end] != ',' && rest.s[end] != ';')
            end++;
        struct tn_stated part = tn_stated_of(tn_str_trim(tn_str_slice(rest.s, end)));
        tn_put_markup(reading, record, field, &part);
        rest = tn_str_from(rest, end + 1);
    }
}

/* "en-GB" is en. */
static void put_language(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str text = value->text;
    bool code = text.len >= 2 && tn_is_alpha(text.s[0]) && tn_is_alpha(text.s[1]) && (text.len == 2 || text.s[2] == '-');
    struct tn_stated word = {.text = tn_str_slice(text.s, 2)};
    if (code)
        tn_put(reading, record, field, &word);
    else
        tn_put_extra_here(reading, value);
}

/* A code of the study itself may be its number at a registry. */
static void put_code(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_identifier id;
    if (tn_identifier_is(value->text, NULL, &id))
        tn_put_identifier(reading, tn_add_record(record, TN_trial_identifiers), field, value);
    else
        tn_put_extra_here(reading, value);
}

/* An address is that of the trial at its registry, or one more way to the page. */
static void put_address(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (tn_has(record, field))
        tn_put_extra_here(reading, value);
    else
        tn_put_url(reading, record, field, value);
}

/* Places. */

static void put_part(struct tn_reading *reading, struct tn_record *record, int field, struct tn_str text)
{
    struct tn_stated part = tn_stated_of(text);
    if (part.text.len && field == TN_location_country)
        tn_put_country(reading, record, field, &part);
    else if (part.text.len)
        tn_put_markup(reading, record, field, &part);
}

/* The name of an area has no facility before it; other places may. */
static bool split(struct tn_str text, bool area, struct tn_place *place)
{
    return area ? tn_place_split(text, place) || tn_place_split_facility(text, place)
                : tn_place_split_facility(text, place) || tn_place_split(text, place);
}

/* "Harbour Hospital, Gothenburg, Sweden". */
static void put_place(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_place place;
    if (!split(value->text, field == TN_location_city, &place)) {
        tn_put_markup(reading, record, field, value);
        return;
    }
    put_part(reading, record, TN_location_facility, place.facility);
    put_part(reading, record, TN_location_city, place.city);
    put_part(reading, record, TN_location_state, place.state);
    put_part(reading, record, TN_location_zip, place.zip);
    put_part(reading, record, TN_location_country, place.country);
}

/* An address in one text, "1 Harbour Road, Gothenburg, Sweden": what stands before the place is the street. */
static void put_postal(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_place place;
    (void)field;
    if (!split(value->text, false, &place) || place.facility.len)
        tn_put_extra_here(reading, value);
    put_part(reading, record, TN_location_city, place.city);
    put_part(reading, record, TN_location_state, place.state);
    put_part(reading, record, TN_location_zip, place.zip);
    put_part(reading, record, TN_location_country, place.country);
}

/* What is studied, by its type. */

static void put_intervention(struct tn_reading *reading, struct tn_record *record, const char *type,
                             const struct tn_stated *value)
{
    tn_put_markup(reading, record, TN_intervention_name, value);
    tn_set_text(record, TN_intervention_type, tn_str_of(type));
}

#define INTERVENTION(name, type)                                                                                       \
    static void put_##name(struct tn_reading *reading, struct tn_record *record, int field,                            \
                           const struct tn_stated *value)                                                              \
    {                                                                                                                  \
        (void)field;                                                                                                   \
        put_intervention(reading, record, type, value);                                                                \
    }
INTERVENTION(drug, "DRUG")
INTERVENTION(device, "DEVICE")
INTERVENTION(procedure, "PROCEDURE")
INTERVENTION(supplement, "DIETARY_SUPPLEMENT")
INTERVENTION(test, "DIAGNOSTIC_TEST")

#define SUBJECT "studySubject[]."
#define PLACE "studyLocation[]."
#define ADDRESS PLACE "address."
#define NOT_THE_TRIAL "says something of the page and not of the trial"

static const struct tn_row rows[] = {
    /* MedicalTrial, MedicalObservationalStudy */
    TN_VALUE_BY("@type", trial, study_type, put_type),
    TN_VALUE_BY("phase", trial, phases, tn_put_phases),
    TN_VALUE_BY("trialDesign", trial, design_text, put_design),
    TN_VALUE_BY("trialDesign.name", trial, design_text, put_design),
    TN_VALUE_BY("studyDesign", trial, design_text, put_design),
    TN_VALUE_BY("studyDesign.name", trial, design_text, put_design),

    /* MedicalStudy */
    TN_VALUE_BY("status", trial, status, put_status),
    TN_VALUE_BY("status.name", trial, status, put_status),
    TN_VALUE_BY("eventStatus", trial, status, put_status),
    TN_VALUE_BY("healthCondition[]", trial, conditions, tn_put_markup),
    TN_VALUE_BY("healthCondition[].name", trial, conditions, tn_put_markup),
    TN_OPENS("healthCondition[].code[]", trial, condition_codes),
    TN_VALUE("healthCondition[].code[].codingSystem", condition_code, system),
    TN_VALUE("healthCondition[].code[].codeValue", condition_code, code),
    TN_VALUE("healthCondition[].code[].code", condition_code, code),
    TN_VALUE("healthCondition[].code[].name", condition_code, term),
    TN_OPENS("studyLocation[]", trial, locations),
    TN_VALUE_BY("studyLocation[]", location, facility, put_place),
    TN_VALUE_BY(PLACE "name", location, facility, tn_put_markup),
    TN_VALUE_BY(PLACE "areaName", location, city, put_place),
    TN_VALUE_BY(PLACE "cityName", location, city, tn_put_markup),
    TN_VALUE_BY(PLACE "stateName", location, state, tn_put_markup),
    TN_VALUE_BY(PLACE "countryName", location, country, tn_put_country),
    TN_VALUE_BY(PLACE "address", location, facility, put_postal),
    TN_EXTRA(ADDRESS "streetAddress"),
    TN_EXTRA(ADDRESS "postOfficeBoxNumber"),
    TN_VALUE_BY(ADDRESS "addressLocality", location, city, tn_put_markup),
    TN_VALUE_BY(ADDRESS "addressRegion", location, state, tn_put_markup),
    TN_VALUE(ADDRESS "postalCode", location, zip),
    TN_VALUE_BY(ADDRESS "addressCountry", location, country, tn_put_country),
    TN_VALUE_BY(ADDRESS "addressCountry.name", location, country, tn_put_country),
    TN_VALUE_BY(ADDRESS "addressCountry.countryName", location, country, tn_put_country),
    TN_VALUE(PLACE "geo.latitude", location, latitude),
    TN_VALUE(PLACE "geo.longitude", location, longitude),
    TN_VALUE(PLACE "latitude", location, latitude),
    TN_VALUE(PLACE "longitude", location, longitude),
    TN_OPENS("studySubject[]", trial, interventions),
    TN_VALUE_BY(SUBJECT "conditionName", trial, conditions, tn_put_markup),
    TN_VALUE_BY(SUBJECT "drugName", intervention, name, put_drug),
    TN_VALUE_BY(SUBJECT "deviceName", intervention, name, put_device),
    TN_VALUE_BY(SUBJECT "procedureName", intervention, name, put_procedure),
    TN_VALUE_BY(SUBJECT "supplementName", intervention, name, put_supplement),
    TN_VALUE_BY(SUBJECT "testName", intervention, name, put_test),
    TN_VALUE_BY(SUBJECT "otherDescription", intervention, description, tn_put_markup),
    TN_VALUE_BY(SUBJECT "otherAlternateName", intervention, other_names, tn_put_markup),
    TN_EXTRA(SUBJECT "name"),
    TN_EXTRA(SUBJECT "description"),
    TN_VALUE_BY("sponsor", trial, lead_sponsor, put_sponsor),
    TN_VALUE_BY("sponsor.name", trial, lead_sponsor, put_sponsor),
    TN_VALUE_BY("sponsor.legalName", trial, lead_sponsor, tn_put_markup),
    TN_EXTRA("sponsor.url"),
    TN_EXTRA("sponsor.sameAs"),
    TN_EXTRA("sponsor.address"),
    TN_IGNORED("sponsor.logo", "a picture"),
    TN_VALUE_BY("funder[]", trial, funders, tn_put_markup),
    TN_VALUE_BY("funder[].name", trial, funders, tn_put_markup),
    TN_VALUE_BY("population", trial, study_population, tn_put_markup),
    TN_OPENS("outcome[]", trial, outcomes),
    TN_VALUE_BY("outcome[]", outcome, measure, tn_put_markup),
    TN_VALUE_BY("outcome[].name", outcome, measure, tn_put_markup),
    TN_VALUE_BY("outcome[].description", outcome, description, tn_put_markup),

    /* MedicalEntity */
    TN_VALUE_BY("code", trial, identifiers, put_code),
    TN_VALUE_BY("code.codeValue", trial, identifiers, put_code),
    TN_VALUE_BY("code.code", trial, identifiers, put_code),
    TN_EXTRA("code.codingSystem"),
    TN_EXTRA("code.name"),
    TN_EXTRA("guideline"),
    TN_EXTRA("legalStatus"),
    TN_EXTRA("medicineSystem"),
    TN_EXTRA("recognizingAuthority"),
    TN_EXTRA("relevantSpecialty"),

    /* Thing */
    TN_VALUE_BY("name", trial, title, tn_put_markup),
    TN_VALUE_BY("headline", trial, title, tn_put_markup),
    TN_VALUE_BY("alternateName", trial, official_title, put_alias),
    TN_VALUE_BY("description", trial, brief_summary, tn_put_markup),
    TN_EXTRA("disambiguatingDescription"),
    TN_OPENS("identifier[]", trial, identifiers),
    TN_VALUE_BY("identifier[]", identifier, value, tn_put_secondary_id),
    TN_VALUE_BY("identifier[].value", identifier, value, tn_put_secondary_id),
    TN_VALUE("identifier[].propertyID", identifier, issuer),
    TN_VALUE("identifier[].name", identifier, issuer),
    TN_VALUE("identifier[].url", identifier, url),
    TN_VALUE_BY("url", trial, url, put_address),
    TN_VALUE_BY("sameAs", trial, url, put_address),
    TN_IGNORED("@id", "names a node of the data, or is its address"),
    TN_IGNORED("@context", "says which vocabulary the members are of"),
    TN_IGNORED("image", "a picture"),
    TN_IGNORED("mainEntityOfPage", NOT_THE_TRIAL),
    TN_IGNORED("potentialAction", NOT_THE_TRIAL),
    TN_IGNORED("subjectOf", NOT_THE_TRIAL),

    /* Of CreativeWork and Event: pages write them though a study has no such members. */
    TN_VALUE("startDate", trial, start_date),
    TN_VALUE("endDate", trial, completion_date),
    TN_VALUE_BY("keywords", trial, keywords, put_keywords),
    TN_VALUE_BY("inLanguage", trial, language, put_language),
    TN_OPENS("dateModified", trial, source),
    TN_VALUE("dateModified", source, page_updated),
    TN_EXTRA("datePublished"),
    TN_EXTRA("dateCreated"),
    TN_OPENS_AS("contactPoint[]", trial, contacts, "kind=CENTRAL"),
    TN_VALUE_BY("contactPoint[].name", contact, name, tn_put_person),
    TN_VALUE("contactPoint[].telephone", contact, phone),
    TN_VALUE("contactPoint[].email", contact, email),
    TN_EXTRA("contactPoint[].contactType"),
    TN_IGNORED("author", NOT_THE_TRIAL),
    TN_IGNORED("creator", NOT_THE_TRIAL),
    TN_IGNORED("editor", NOT_THE_TRIAL),
    TN_IGNORED("publisher", NOT_THE_TRIAL),
    TN_IGNORED("isPartOf", NOT_THE_TRIAL),
    TN_IGNORED("breadcrumb", NOT_THE_TRIAL),
};

static const char *const no_signature[] = {NULL};

const struct tn_tree_source tn_schema_org_source = {rows, sizeof rows / sizeof rows[0], no_signature, NULL, false};
const struct tn_reader tn_schema_org_reader = {.name = "schema-org", .table = &tn_schema_org_source};

/* A place that was only named: "Karolinska Hospital, Stockholm, Sweden", "Gothenburg, Sweden". */
static void split_places(struct tn_reading *reading)
{
    for (size_t i = 0; i < tn_count(reading->trial, TN_trial_locations); i++) {
        struct tn_record *location = tn_record_edit(reading->trial, TN_trial_locations, i);
        struct tn_stated name = {.text = tn_text(location, TN_location_facility), .stable = true};
        struct tn_place place;
        if (name.text.len == 0 || tn_has(location, TN_location_city) || tn_has(location, TN_location_state) ||
            tn_has(location, TN_location_country) ||
            !split(name.text, false, &place))
            continue;
        tn_clear(location, TN_location_facility);
        put_place(reading, location, TN_location_facility, &name);
    }
}

/* The same condition stands in healthCondition and in studySubject. */
static void drop_repeated(struct tn_record *trial, int field)
{
    enum { COMPARED = 100 };
    for (size_t i = tn_count(trial, field); i-- > 1;)
        for (size_t k = 0; k < i && i < COMPARED; k++)
            if (tn_str_eq_fold(tn_text_at(trial, field, k), tn_text_at(trial, field, i))) {
                tn_remove_at(trial, field, i);
                break;
            }
}

void tn_schema_org_walk(struct tn_reading *reading, const struct tn_tree_map *map, const cJSON *study)
{
    tn_tree_walk(reading, map, study);
    split_places(reading);
    drop_repeated(reading->trial, TN_trial_conditions);
}
