/* SPDX-License-Identifier: MIT */
#include "readers/labels.h"

#include <stdio.h>

#include "normal/fold.h"

/* What labels mean. */
enum meaning {
    ACRONYM, ADDRESS, AGES, ALLOCATION, ARMS, BIOSPECIMEN, BIOSPECIMEN_TEXT, CHAIR, COLLABORATORS, CONDITIONS, CONTACT,
    COUNTRIES, CRITERIA, DESCRIPTION, DESIGN, DIRECTOR, DMC, EMAIL, END, ENROLLMENT, ENROLLMENT_ACTUAL,
    ENROLLMENT_TARGET, ETHICS, EXCLUSION, EXPANDED_ACCESS, FDA_DEVICE, FDA_DRUG, FIRST_POSTED, FIRST_SUBMITTED,
    FIRST_SUBMITTED_QC, FUNDERS, GENDER_BASED, GENDER_TEXT, GROUP_COUNT, HAS_RESULTS, HEALTHY, HYPOTHESIS, INCLUSION,
    INTERVENTIONS, IPD, IPD_ACCESS, IPD_TEXT, IPD_TIME, IPD_URL, KEYWORDS, LAST_STATUS, LAY, LINKS, LOCATIONS,
    LOCATION_COUNT, MASKING, MASKING_TEXT, MAX_AGE, MIN_AGE, MODEL, MODEL_TEXT, OBJECTIVE, OBSERVATIONAL_MODEL,
    OFFICIALS, OFFICIAL_TITLE, ORGANIZATION, ORG_ID, OTHER_ID, OTHER_OUTCOMES, PARTY, PHASE, PHONE, PI, POPULATION,
    PRIMARY_END, PRIMARY_OUTCOMES, PUBLICATIONS, PURPOSE, RECRUIT_END, RECRUIT_START, REGISTERED, RELATED,
    REMOVED_COUNTRIES, RESULTS, RESULTS_POSTED, RESULTS_SUBMITTED, RESULTS_URL, SAMPLING, SECONDARY_OBJECTIVES,
    SECONDARY_OUTCOMES, SEX, SPONSOR, SPONSOR_CLASS, SPONSOR_COUNTRY, START, STATUS, STD_AGES, STUDY_TYPE, SUMMARY,
    TARGET_DURATION, TIME_PERSPECTIVE, TITLE, TRIAL_ID, UPDATED, UPDATE_SUBMITTED, URL, US_EXPORT, VERIFIED,
    WHO_MASKED, WHY_STOPPED
};

static const struct spelling {
    const char *text;
    enum meaning meaning;
} spellings[] = {
#define TN_LABEL(text, meaning) {text, meaning},
#include "readers/labels.inc"
#undef TN_LABEL
};

/* Records that a page shows as lines: their first member is what it names them by. */
#define NAMED(type, member) {{.shape = TN_SHAPE_TEXT, .field = TN_##type##_##member}, {.shape = TN_SHAPE_NONE}}
static const struct tn_site_part identifier_parts[] = NAMED(identifier, value);
static const struct tn_site_part intervention_parts[] = NAMED(intervention, name);
static const struct tn_site_part outcome_parts[] = NAMED(outcome, measure);
static const struct tn_site_part publication_parts[] = NAMED(publication, citation);
static const struct tn_site_part party_parts[] = NAMED(responsible_party, name);
static const struct tn_site_part official_parts[] = NAMED(official, name);

#define VALUE(F) {.mode = TN_MODE_VALUE, TN_INTO(F)}
#define TEXT(F) {.mode = TN_MODE_PARAGRAPHS, TN_INTO(F)}
#define LIST(F) {.mode = TN_MODE_LIST, TN_INTO(F)}
#define ENTRIES(F, list, with) {.mode = TN_MODE_ENTRIES, TN_INTO(F), .parts = list, .preset = with}
#define KEEP {.mode = TN_MODE_KEEP}
#define PEOPLE {.mode = TN_MODE_KEEP, .flags = TN_ROW_PEOPLE}

static const struct tn_site_row rows[] = {
    [ACRONYM] = VALUE(acronym),
    [ADDRESS] = PEOPLE,
    [AGES] = {.mode = TN_MODE_AGES, TN_INTO(minimum_age)},
    [ALLOCATION] = VALUE(allocation),
    [ARMS] = LIST(arms),
    [BIOSPECIMEN] = VALUE(biospecimen_retention),
    [BIOSPECIMEN_TEXT] = TEXT(biospecimen_description),
    [CHAIR] = ENTRIES(officials, official_parts, "role=STUDY_CHAIR"),
    [COLLABORATORS] = LIST(collaborators),
    [CONDITIONS] = LIST(conditions),
    [CONTACT] = PEOPLE,
    [COUNTRIES] = LIST(countries),
    [CRITERIA] = {.mode = TN_MODE_CRITERIA, TN_INTO(eligibility_text)},
    [DESCRIPTION] = TEXT(detailed_description),
    [DESIGN] = TEXT(design_text),
    [DIRECTOR] = ENTRIES(officials, official_parts, "role=STUDY_DIRECTOR"),
    [DMC] = VALUE(has_dmc),
    [EMAIL] = PEOPLE,
    [END] = VALUE(completion_date),
    [ENROLLMENT] = VALUE(enrollment),
    [ENROLLMENT_ACTUAL] = {.mode = TN_MODE_VALUE, TN_INTO(enrollment), .preset = "enrollment_type=ACTUAL"},
    [ENROLLMENT_TARGET] = {.mode = TN_MODE_VALUE, TN_INTO(enrollment), .preset = "enrollment_type=ESTIMATED"},
    [ETHICS] = KEEP,
    [EXCLUSION] = {.mode = TN_MODE_CRITERIA, TN_INTO(exclusion_criteria), .side = TN_CRITERIA_EXCLUSION},
    [EXPANDED_ACCESS] = VALUE(has_expanded_access),
    [FDA_DEVICE] = VALUE(fda_regulated_device),
    [FDA_DRUG] = VALUE(fda_regulated_drug),
    [FIRST_POSTED] = VALUE(first_posted_date),
    [FIRST_SUBMITTED] = VALUE(first_submitted_date),
    [FIRST_SUBMITTED_QC] = VALUE(first_submitted_qc_date),
    [FUNDERS] = LIST(funders),
    [GENDER_BASED] = VALUE(gender_based),
    [GENDER_TEXT] = TEXT(gender_description),
    [GROUP_COUNT] = VALUE(group_count),
    [HAS_RESULTS] = VALUE(has_results),
    [HEALTHY] = VALUE(healthy_volunteers),
    [HYPOTHESIS] = KEEP,
    [INCLUSION] = {.mode = TN_MODE_CRITERIA, TN_INTO(inclusion_criteria), .side = TN_CRITERIA_INCLUSION},
    [INTERVENTIONS] = ENTRIES(interventions, intervention_parts, NULL),
    [IPD] = VALUE(ipd_sharing),
    [IPD_ACCESS] = TEXT(ipd_access_criteria),
    [IPD_TEXT] = TEXT(ipd_description),
    [IPD_TIME] = TEXT(ipd_time_frame),
    [IPD_URL] = VALUE(ipd_url),
    [KEYWORDS] = LIST(keywords),
    [LAST_STATUS] = VALUE(last_known_status),
    [LAY] = TEXT(lay_summary),
    [LINKS] = KEEP,
    [LOCATIONS] = LIST(locations), /* whoever sees the lines knows better: facilities, or places, or both */
    [LOCATION_COUNT] = VALUE(location_count),
    [MASKING] = VALUE(masking),
    [MASKING_TEXT] = TEXT(masking_description),
    [MAX_AGE] = VALUE(maximum_age),
    [MIN_AGE] = VALUE(minimum_age),
    [MODEL] = VALUE(intervention_model),
    [MODEL_TEXT] = TEXT(intervention_model_description),
    [OBJECTIVE] = TEXT(primary_objective),
    [OBSERVATIONAL_MODEL] = VALUE(observational_model),
    [OFFICIALS] = ENTRIES(officials, official_parts, NULL),
    [OFFICIAL_TITLE] = VALUE(official_title),
    [ORGANIZATION] = VALUE(organization),
    [ORG_ID] = ENTRIES(identifiers, identifier_parts, "type=ORG_STUDY_ID"),
    [OTHER_ID] = ENTRIES(identifiers, identifier_parts, NULL),
    [OTHER_OUTCOMES] = ENTRIES(outcomes, outcome_parts, "kind=OTHER"),
    [PARTY] = ENTRIES(responsible_party, party_parts, NULL),
    [PHASE] = VALUE(phases),
    [PHONE] = PEOPLE,
    [PI] = ENTRIES(officials, official_parts, "role=PRINCIPAL_INVESTIGATOR"),
    [POPULATION] = TEXT(study_population),
    [PRIMARY_END] = VALUE(primary_completion_date),
    [PRIMARY_OUTCOMES] = ENTRIES(outcomes, outcome_parts, "kind=PRIMARY"),
    [PUBLICATIONS] = ENTRIES(publications, publication_parts, NULL),
    [PURPOSE] = VALUE(primary_purpose),
    [RECRUIT_END] = VALUE(recruitment_end_date),
    [RECRUIT_START] = VALUE(recruitment_start_date),
    [REGISTERED] = VALUE(registered_date),
    [RELATED] = KEEP,
    [REMOVED_COUNTRIES] = LIST(removed_countries),
    [RESULTS] = TEXT(results_summary),
    [RESULTS_POSTED] = VALUE(results_first_posted_date),
    [RESULTS_SUBMITTED] = VALUE(results_first_submitted_date),
    [RESULTS_URL] = VALUE(results_url),
    [SAMPLING] = VALUE(sampling_method),
    [SECONDARY_OBJECTIVES] = LIST(secondary_objectives),
    [SECONDARY_OUTCOMES] = ENTRIES(outcomes, outcome_parts, "kind=SECONDARY"),
    [SEX] = VALUE(sex),
    [SPONSOR] = VALUE(lead_sponsor),
    [SPONSOR_CLASS] = VALUE(lead_sponsor_class),
    [SPONSOR_COUNTRY] = VALUE(lead_sponsor_country),
    [START] = VALUE(start_date),
    [STATUS] = VALUE(status),
    [STD_AGES] = LIST(std_ages),
    [STUDY_TYPE] = VALUE(study_type),
    [SUMMARY] = TEXT(brief_summary),
    [TARGET_DURATION] = TEXT(target_duration),
    [TIME_PERSPECTIVE] = VALUE(time_perspective),
    [TITLE] = VALUE(title),
    [TRIAL_ID] = VALUE(trial_id),
    [UPDATED] = VALUE(last_update_posted_date),
    [UPDATE_SUBMITTED] = VALUE(last_update_submitted_date),
    [URL] = VALUE(url),
    [US_EXPORT] = VALUE(us_export),
    [VERIFIED] = VALUE(status_verified_date),
    [WHO_MASKED] = LIST(who_masked),
    [WHY_STOPPED] = TEXT(why_stopped),
};

/* What may be told to have come, or to be expected. */
static const struct {
    enum meaning meaning;
    const char *actual, *estimated; /* presets */
} typed[] = {
#define TYPED(meaning, F) {meaning, #F "_type=ACTUAL", #F "_type=ESTIMATED"}
    TYPED(START, start_date),
    TYPED(PRIMARY_END, primary_completion_date),
    TYPED(END, completion_date),
    TYPED(RECRUIT_START, recruitment_start_date),
    TYPED(RECRUIT_END, recruitment_end_date),
    TYPED(FIRST_POSTED, first_posted_date),
    TYPED(UPDATED, last_update_posted_date),
    TYPED(RESULTS_POSTED, results_first_posted_date),
    TYPED(ENROLLMENT, enrollment),
};

static bool look_up(const char *key, enum meaning *meaning)
{
    size_t at = tn_fold_find(spellings, sizeof spellings / sizeof spellings[0], sizeof spellings[0], key);
    if (at != TN_NO_OFFSET)
        *meaning = spellings[at].meaning;
    return at != TN_NO_OFFSET;
}

/* True for a word that says that something has come, or is expected. */
static bool is_type(struct tn_str word, bool *actual)
{
    static const char *const words[] = {"actual",  "anticipated", "estimated", "expected",
                                        "planned", "projected",   "proposed"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (tn_str_eq(word, tn_str_of(words[i]))) {
            *actual = i == 0;
            return true;
        }
    return false;
}

/* Takes such a word off the beginning or the end of a folded label. */
static bool take_type(char *key, bool *actual)
{
    size_t len = strlen(key), first = strcspn(key, " "), last = len;
    while (last > 0 && key[last - 1] != ' ')
        last--;
    if (last == 0)
        return false;
    if (is_type(tn_str_slice(key + last, len - last), actual)) {
        key[last - 1] = '\0';
        return true;
    }
    if (!is_type(tn_str_slice(key, first), actual))
        return false;
    memmove(key, key + first + 1, len - first);
    return true;
}

static bool find_typed(char *key, struct tn_site_row *row)
{
    enum meaning meaning;
    bool actual;
    if (!take_type(key, &actual) || !look_up(key, &meaning))
        return false;
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
        if (typed[i].meaning == meaning) {
            *row = rows[meaning];
            row->preset = actual ? typed[i].actual : typed[i].estimated;
            return true;
        }
    return false;
}

/* `E.3`, `B.5.4`: letters and numbers with a point between them. */
static struct tn_str without_code(struct tn_str label)
{
    size_t end = 0, points = 0, digits = 0;
    while (end < label.len && (tn_is_alnum(label.s[end]) || label.s[end] == '.')) {
        points += label.s[end] == '.';
        digits += tn_is_digit(label.s[end]);
        end++;
    }
    bool code = points && digits && end < label.len && label.s[end] == ' ' && end <= 12;
    return code ? tn_str_trim(tn_str_from(label, end)) : label;
}

/* `Locations (12)`, `Inclusion (8 criteria)`, `Information provided by (Responsible Party)`. */
static struct tn_str without_bracket(struct tn_str label)
{
    size_t open = tn_str_find_char(label, '(');
    return open != TN_NO_OFFSET && open > 0 ? tn_str_trim(tn_str_slice(label.s, open)) : (struct tn_str){NULL, 0};
}

static bool find(struct tn_str label, struct tn_site_row *row)
{
    char key[TN_FOLD_MAX];
    enum meaning meaning;
    if (label.len == 0 || !tn_fold(label, key))
        return false;
    if (!look_up(key, &meaning))
        return find_typed(key, row);
    *row = rows[meaning];
    return true;
}

bool tn_label_find(struct tn_str label, struct tn_site_row *row)
{
    struct tn_str bare = without_code(tn_str_trim(label));
    return find(bare, row) || find(without_bracket(bare), row);
}
