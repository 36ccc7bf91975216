/* SPDX-License-Identifier: MIT */
/* How values of the German Clinical Trials Register get into their fields. */
#include "readers/drks.h"

#include "normal/country.h"
#include "normal/identifier.h"
#include "readers/put_parts.h"
#include "readers/tree.h"

/* Elements of a list by locale that are looked at: the schema allows two, and two for each arm. */
enum { MOST_ELEMENTS = 256 };

static bool is_english(const cJSON *element)
{
    const cJSON *id = tn_tree_member(element, "idLocale");
    id = id ? id : tn_tree_member(element, "idArm");
    return tn_str_eq_fold(tn_tree_text(id ? id : element, "locale"), TN_LIT("en"));
}

/* Texts of different arms are no translations of each other. */
static bool is_same_arm(const cJSON *a, const cJSON *b)
{
    const cJSON *left = tn_tree_member(tn_tree_member(a, "idArm"), "arm");
    const cJSON *right = tn_tree_member(tn_tree_member(b, "idArm"), "arm");
    return !left || !right || cJSON_Compare(left, right, true);
}

/* Of a list by locale, the element whose `key` is taken, among those of the arm of `like`. */
static const cJSON *preferred(const cJSON *list, const cJSON *like, const char *key)
{
    const cJSON *first = NULL, *element = list ? list->child : NULL;
    for (int i = 0; element && i < MOST_ELEMENTS; element = element->next, i++) {
        if (tn_tree_text(element, key).len == 0 || !is_same_arm(element, like))
            continue;
        if (is_english(element))
            return element;
        first = first ? first : element;
    }
    return first;
}

static bool is_preferred(const struct tn_reading *reading)
{
    const cJSON *element = tn_tree_at(reading, 1);
    return preferred(tn_tree_at(reading, 2), element, tn_tree_key(reading)) == element;
}

/* `ORPHA:647823 Pregnancy and lactation-associated osteoporosis`: a code of Orphanet's before a condition in words. How much
 * of the text is before the words; 0: there is none. */
static size_t orpha_length(struct tn_str text, struct tn_str *code)
{
    static const struct tn_str names[] = {{"ORPHAcode", 9}, {"ORPHA", 5}};
    size_t at = 0, start;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && at == 0; i++)
        at = tn_str_starts_fold(text, names[i]) ? names[i].len : 0;
    while (at && at < text.len && (text.s[at] == ':' || text.s[at] == ' '))
        at++;
    for (start = at; at < text.len && tn_is_digit(text.s[at]);)
        at++;
    *code = tn_str_slice(text.s + start, at - start);
    bool ends = at == text.len || (!tn_is_alnum(text.s[at]) && (unsigned char)text.s[at] < 0x80);
    while (at < text.len && text.s[at] != '\0' && strchr(":,;- ", text.s[at]))
        at++;
    return start && code->len && ends ? at : 0;
}

/* A condition in words, without the code that stands before them. */
void tn_drks_put_condition(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str code, text = tn_str_trim(value->text);
    size_t len = tn_tree_member(tn_tree_at(reading, 3), "code") ? 0 : orpha_length(text, &code);
    struct tn_stated words = *value;
    if (len && len < text.len)
        words = tn_stated_of(tn_str_from(text, len));
    tn_drks_put_text(reading, record, field, is_preferred(reading) ? &words : value);
}

void tn_drks_put_text(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (is_preferred(reading))
        tn_put(reading, record, field, value);
    else
        tn_put_extra_here(reading, value);
}

/* The language of the title is that of the record; the others say of which language the texts in `extra` are. */
void tn_drks_put_language(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    const cJSON *element = tn_tree_at(reading, 2);
    if (preferred(tn_tree_at(reading, 3), element, "title") == element)
        tn_put(reading, record, field, value);
    else
        tn_put_extra_here(reading, value);
}

/* `Arm 1`, as the register's pages print it, of the text that is taken. */
void tn_drks_put_arm(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    const cJSON *element = tn_tree_at(reading, 2);
    struct tn_stated label = tn_stated_of(
        tn_str_format(reading->arena, "Arm %.*s", (int)value->text.len, value->text.s ? value->text.s : ""));
    if (preferred(tn_tree_at(reading, 3), element, "comment") == element)
        tn_put(reading, record, field, &label);
    else
        tn_put_extra_here(reading, value);
}

static struct tn_str text_of(const cJSON *list, const char *key)
{
    return tn_tree_text(preferred(list, NULL, key), key);
}

void tn_drks_put_criteria(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    const cJSON *list = tn_tree_at(reading, 2);
    if (!is_preferred(reading)) {
        tn_put_extra_here(reading, value);
        return;
    }
    struct tn_str inclusion = text_of(list, "inclusionCriteria"), exclusion = text_of(list, "exclusionCriteria");
    tn_put_criteria_sides(reading, &inclusion, inclusion.len > 0, &exclusion, exclusion.len > 0);
    tn_put_criteria_items(reading, record, value->text,
                          field == TN_trial_exclusion_criteria ? TN_CRITERIA_EXCLUSION : TN_CRITERIA_INCLUSION);
}

/* {"amount": 18, "unit": "YEARS"}: the unit's row puts both; alone, the amount's puts what there is. */
void tn_drks_put_age_amount(struct tn_reading *reading, struct tn_record *record, int field,
                            const struct tn_stated *value)
{
    if (tn_tree_text(tn_tree_at(reading, 1), "unit").len == 0)
        tn_put_age(reading, record, field, value);
}

void tn_drks_put_age_unit(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    const cJSON *age = tn_tree_at(reading, 1), *amount = tn_tree_member(age, "amount");
    amount = amount ? amount : tn_tree_member(age, "value");
    struct tn_stated whole = *value;
    if (cJSON_IsNumber(amount))
        whole.text = tn_str_format(reading->arena, "%.10g %.*s", amount->valuedouble, (int)value->text.len,
                                   value->text.s ? value->text.s : "");
    else if (cJSON_IsString(amount))
        whole.text = tn_str_format(reading->arena, "%s %.*s", amount->valuestring, (int)value->text.len,
                                   value->text.s ? value->text.s : "");
    if (whole.text.s == value->text.s && tn_str_starts(value->text, TN_LIT("NO_")))
        tn_put_extra_here(reading, value); /* no limit is stated */
    else
        tn_put_age(reading, record, field, &whole);
}

/* The final size is the actual one; with it the planned one is the target. */
void tn_drks_put_planned(struct tn_reading *reading, struct tn_record *record, int field,
                         const struct tn_stated *value)
{
    const cJSON *total = tn_tree_member(tn_tree_at(reading, 1), "totalParticipants");
    tn_put(reading, record, total ? (int)TN_trial_target_enrollment : field, value);
    if (!total && tn_has(record, field))
        tn_set_text(record, TN_trial_enrollment_type, TN_LIT("ESTIMATED"));
}

void tn_drks_put_total(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    tn_put(reading, record, field, value);
    if (tn_has(record, field))
        tn_set_text(record, TN_trial_enrollment_type, TN_LIT("ACTUAL"));
}

void tn_drks_put_actual_date(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    tn_put_date_as(reading, record, field, value, "ACTUAL");
}

/* A planned date stands behind the actual one. */
void tn_drks_put_planned_date(struct tn_reading *reading, struct tn_record *record, int field,
                              const struct tn_stated *value)
{
    const char *actual = field == TN_trial_start_date ? "actualStartDate" : "actualCompletionDate";
    if (tn_tree_text(tn_tree_at(reading, 1), actual).len)
        tn_put_extra_here(reading, value);
    else
        tn_put_date_as(reading, record, field, value, "ESTIMATED");
}

void tn_drks_put_country_code(struct tn_reading *reading, struct tn_record *record, int field,
                              const struct tn_stated *value)
{
    struct tn_country country;
    if (value->text.len == 2 && tn_normal_country(value->text, &country) && country.code[0])
        tn_put_clean(reading, record, TN_country_code, tn_str_copy(reading->arena, tn_str_of(country.code)),
                     value->text);
    else
        tn_put_country(reading, record, field, value);
}

/* What the vocabularies have no word for, and what is more than one word, stays as it is. */
void tn_drks_put_word(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static const char *const no_words[] = {"BLINDED", "BOTH", "DATA_ANALYST", "LONGITUDINAL"};
    bool no_word = field == TN_trial_intervention_model && tn_str_eq(value->text, TN_LIT("OTHER"));
    for (size_t i = 0; i < sizeof no_words / sizeof no_words[0]; i++)
        no_word = no_word || tn_str_eq(value->text, tn_str_of(no_words[i]));
    if (no_word)
        tn_put_extra_here(reading, value);
    else
        tn_put(reading, record, field, value);
}

/* Cross-sectional or longitudinal; looking back or forward says more. */
void tn_drks_put_duration(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    if (tn_tree_text(tn_tree_at(reading, 1), "timing").len)
        tn_put_extra_here(reading, value);
    else
        tn_drks_put_word(reading, record, field, value);
}

void tn_drks_put_catalog(struct tn_reading *reading, struct tn_record *record, int field,
                         const struct tn_stated *value)
{
    struct tn_stated system = *value;
    if (!tn_tree_member(tn_tree_at(reading, 1), "code")) {
        tn_put_extra_here(reading, value);
        return;
    }
    if (tn_str_eq(value->text, TN_LIT("ICD10")))
        system.text = TN_LIT("ICD-10");
    else if (tn_str_eq(value->text, TN_LIT("ORPHA_CODE")))
        system.text = TN_LIT("ORPHAcode");
    tn_put(reading, record, field, &system);
}

/* Of the condition that a code stands for; a condition in words has none, but one of Orphanet's may stand before the words. */
void tn_drks_put_term(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str code, text = tn_str_trim(value->text);
    if (!is_preferred(reading))
        return;
    bool coded = tn_tree_member(tn_tree_at(reading, 3), "code") != NULL;
    size_t len = coded ? 0 : orpha_length(text, &code);
    if (coded)
        tn_put(reading, record, field, value);
    if (len == 0)
        return;
    const struct tn_stated number = tn_stated_of(code), words = tn_stated_of(tn_str_from(text, len));
    tn_set_text(record, TN_condition_code_system, TN_LIT("ORPHAcode"));
    tn_put(reading, record, TN_condition_code_code, &number);
    if (words.text.len)
        tn_put(reading, record, field, &words);
}

/* Who gave a number; of what only stands in the place of one it stays beside that. */
void tn_drks_put_issuer(struct tn_reading *reading, struct tn_record *record, int field,
                        const struct tn_stated *value)
{
    if (tn_identifier_placeholder(tn_tree_text(tn_tree_at(reading, 1), "value")))
        tn_put_extra_here(reading, value);
    else
        tn_put(reading, record, field, value);
}

/* The committee's number stands beside its votes, and is that of the first. */
void tn_drks_put_number(struct tn_reading *reading, struct tn_record *record, int field,
                        const struct tn_stated *value)
{
    struct tn_record *first = tn_record_edit(record, field, 0);
    tn_put(reading, first ? first : tn_add_record(record, field), TN_ethics_reference, value);
}

/* The name of another register is the issuer of the number there. */
void tn_drks_put_register(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    struct tn_stated name = tn_stated_of(tn_tree_text(tn_tree_at(reading, 1), "otherPrimaryRegisterName"));
    tn_put_secondary_id(reading, record, field, value);
    if (tn_has(record, field))
        tn_put(reading, record, TN_identifier_issuer, &name);
    else
        tn_put_extra(reading, TN_LIT("secondaryIds.otherPrimaryRegisterName"), &name);
}

void tn_drks_put_register_name(struct tn_reading *reading, struct tn_record *record, int field,
                               const struct tn_stated *value)
{
    (void)record;
    (void)field;
    if (!tn_tree_member(tn_tree_at(reading, 1), "otherPrimaryRegisterId"))
        tn_put_extra_here(reading, value);
}

/* Contacts: {"contact": {...}, "idContactIdType": {"type": ...}, "otherType": ...}. */

static const struct role {
    const char *type;
    const char *kind; /* of the contact */
    const char *official;
    int organization; /* field of the trial that the affiliation fills */
} roles[] = {
    {"PRIMARY_SPONSOR", NULL, NULL, TN_trial_lead_sponsor},
    {"SECONDARY_SPONSOR", NULL, NULL, TN_trial_collaborators},
    {"OTHER_SECONDARY_SPONSOR", NULL, NULL, TN_trial_collaborators},
    {"SCIENTIFIC_QUERIES", "SCIENTIFIC", NULL, -1},
    {"OTHER_SCIENTIFIC_QUERIES", "SCIENTIFIC", NULL, -1},
    {"PUBLIC_QUERIES", "PUBLIC", NULL, -1},
    {"OTHER_PUBLIC_QUERIES", "PUBLIC", NULL, -1},
    {"PRINCIPAL_COORDINATING_INVESTIGATOR", NULL, "PRINCIPAL_INVESTIGATOR", -1},
    {"OTHER_PRINCIPAL_COORDINATING_INVESTIGATOR", NULL, "PRINCIPAL_INVESTIGATOR", -1},
};

static const struct role *find_role(struct tn_str type)
{
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (tn_str_eq(type, tn_str_of(roles[i].type)))
            return &roles[i];
    return NULL;
}

/* The role of an element of trialContacts; NULL where it is none of these. */
static const struct role *role_of(const cJSON *entry)
{
    const cJSON *id = tn_tree_member(entry, "idContactIdType");
    const struct role *role = find_role(tn_tree_text(id ? id : entry, "type"));
    return role ? role : find_role(tn_tree_text(entry, "otherType"));
}

void tn_drks_put_contact_type(struct tn_reading *reading, struct tn_record *record, int field,
                              const struct tn_stated *value)
{
    const struct role *role = find_role(value->text);
    if (role && role->kind && !tn_has(record, field))
        tn_set_text(record, field, tn_str_of(role->kind));
    if (role && role->official && !tn_has(record, TN_contact_role))
        tn_set_text(record, TN_contact_role, tn_str_of(role->official));
    tn_put_extra_here(reading, value);
}

void tn_drks_put_affiliation(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    const struct role *role = role_of(tn_tree_at(reading, 2));
    tn_put(reading, record, field, value);
    if (role && role->organization == TN_trial_lead_sponsor)
        tn_put(reading, reading->trial, TN_trial_lead_sponsor, value);
    else if (role && role->organization == TN_trial_collaborators)
        tn_put(reading, tn_add_record(reading->trial, TN_trial_collaborators), TN_collaborator_name, value);
}

void tn_drks_put_contact_country(struct tn_reading *reading, struct tn_record *record, int field,
                                 const struct tn_stated *value)
{
    const struct role *role = role_of(tn_tree_at(reading, 2));
    tn_put(reading, record, field, value);
    if (role && role->organization == TN_trial_lead_sponsor)
        tn_put(reading, reading->trial, TN_trial_lead_sponsor_country, value);
}

static struct tn_str full_name(struct tn_reading *reading, const cJSON *person)
{
    struct tn_str first = tn_tree_text(person, "firstName"), last = tn_tree_text(person, "lastName");
    if (first.len == 0 || last.len == 0)
        return first.len ? first : last;
    return tn_str_format(reading->arena, "%.*s %.*s", (int)first.len, first.s, (int)last.len, last.s);
}

/* Both names are put when the last one, or the only one, comes. */
void tn_drks_put_name(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    const cJSON *person = tn_tree_at(reading, 1);
    const struct role *role = role_of(tn_tree_at(reading, 2));
    struct tn_stated name = *value;
    if (strcmp(tn_tree_key(reading), "firstName") == 0 && tn_tree_text(person, "lastName").len)
        return;
    name.text = full_name(reading, person);
    tn_put(reading, record, field, &name);
    if (!role || !role->official)
        return;
    struct tn_record *official = tn_add_record(reading->trial, TN_trial_officials);
    struct tn_stated title = tn_stated_of(tn_tree_text(person, "title"));
    struct tn_stated affiliation = tn_stated_of(tn_tree_text(person, "affiliation"));
    tn_put(reading, official, TN_official_name, &name);
    tn_put(reading, official, TN_official_degrees, &title);
    tn_put(reading, official, TN_official_affiliation, &affiliation);
    tn_set_text(official, TN_official_role, tn_str_of(role->official));
}

/* Results are published in many ways; a vote and a protocol are documents only. */
void tn_drks_put_publication(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    struct tn_str type = tn_tree_text(tn_tree_at(reading, 1), "type");
    tn_put(reading, record, field, value);
    bool result = tn_str_eq(type, TN_LIT("RESULT")) || tn_str_eq(type, TN_LIT("ABSTRACT"));
    if (!result && !tn_str_eq(type, TN_LIT("LITERATURE")))
        return;
    struct tn_record *publication = tn_add_record(reading->trial, TN_trial_publications);
    tn_put(reading, publication, TN_publication_citation, value);
    if (result)
        tn_set_text(publication, TN_publication_type, TN_LIT("RESULT"));
}

void tn_drks_put_document_type(struct tn_reading *reading, struct tn_record *record, int field,
                               const struct tn_stated *value)
{
    if (tn_str_eq(value->text, TN_LIT("TRIALPROTOCOL")))
        tn_add_text(record, field, TN_LIT("STUDY_PROTOCOL"));
    tn_put_extra_here(reading, value);
}
