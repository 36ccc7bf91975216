/* SPDX-License-Identifier: MIT */
/* How values of CTIS get into their fields: codes, dates of which one comes before another, names in several places. */
#include "readers/ctis.h"

#include "normal/identifier.h"
#include "readers/put_parts.h"
#include "readers/tree.h"

struct code {
    const char *code, *word;
};

static const char *word_of(const struct code *codes, size_t count, struct tn_str code)
{
    code = tn_str_trim(code);
    for (size_t i = 0; i < count; i++)
        if (tn_str_eq(code, tn_str_of(codes[i].code)))
            return codes[i].word;
    return NULL;
}

#define WORD_OF(codes, code) word_of(codes, sizeof(codes) / sizeof(codes)[0], code)

const char *tn_ctis_status_word(struct tn_str code)
{
    static const struct code codes[] = {
        {"1", "Under evaluation"},     {"2", "Authorised, recruitment pending"},
        {"3", "Authorised, recruiting"}, {"4", "Ongoing, recruiting"},
        {"5", "Ongoing, recruitment ended"}, {"6", "Temporarily halted"},
        {"7", "Suspended"},            {"8", "Ended"},
        {"9", "Expired"},              {"10", "Revoked"},
        {"11", "Not authorised"},      {"12", "Cancelled"},
    };
    return WORD_OF(codes, code);
}

/* `ctStatus` is a word beside the code of the public status: that of the application, and says less. */
void tn_ctis_put_status(struct tn_reading *reading, struct tn_record *record, int field,
                        const struct tn_stated *value)
{
    bool application = strcmp(tn_tree_key(reading), "ctStatus") == 0 &&
                       tn_tree_member(tn_tree_at(reading, 1), "ctPublicStatusCode");
    const char *label = tn_ctis_status_word(value->text);
    struct tn_stated word = tn_stated_of(label ? tn_str_of(label) : value->text);
    if (label || application)
        tn_put_extra_here(reading, value);
    if (!application)
        tn_put_status(reading, record, field, &word);
}

void tn_ctis_put_day(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    reading->date_order = TN_DATE_DAY_FIRST;
    tn_put(reading, record, field, value);
}

void tn_ctis_put_first_day(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    if (tn_has(record, field))
        tn_put_extra_here(reading, value);
    else
        tn_ctis_put_day(reading, record, field, value);
}

/* In the order in which they win: what has come before what is expected, the whole trial before its part in the EU. */
#define DURATION "authorizedPartI.trialDetails.trialInformation.trialDuration."
static const struct date {
    int field;
    const char *path, *type;
} dates[] = {
    {TN_trial_start_date, "startDateEU", "ACTUAL"},
    {TN_trial_start_date, "eeaStartDate", "ACTUAL"},
    {TN_trial_start_date, "trialStartDate", "ACTUAL"},
    {TN_trial_recruitment_start_date, "recruitmentStartDate", "ACTUAL"},
    {TN_trial_recruitment_start_date, DURATION "estimatedRecruitmentStartDate", "ESTIMATED"},
    {TN_trial_completion_date, "endDate", "ACTUAL"},
    {TN_trial_completion_date, "trialGlobalEnd.globalEndDate", "ACTUAL"},
    {TN_trial_completion_date, "events.trialGlobalEndDate", "ACTUAL"},
    {TN_trial_completion_date, DURATION "estimatedGlobalEndDate", "ESTIMATED"},
    {TN_trial_completion_date, "endDateEU", "ACTUAL"},
    {TN_trial_completion_date, "eeaEndDate", "ACTUAL"},
    {TN_trial_completion_date, "trialEndDate", "ACTUAL"},
    {TN_trial_completion_date, DURATION "estimatedEndDate", "ESTIMATED"},
};

static const struct date *date_of(const char *key)
{
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        const char *last = strrchr(dates[i].path, '.');
        if (strcmp(last ? last + 1 : dates[i].path, key) == 0)
            return &dates[i];
    }
    return NULL;
}

/* True when the record states a text at that path, in either of its forms. */
static bool is_stated(const struct tn_reading *reading, const char *path)
{
    const cJSON *item = tn_tree_find(reading, path);
    if (!item && strchr(path, '.'))
        item = tn_tree_find(reading, tn_str_format(reading->arena, "authorizedApplication.%s", path).s);
    return cJSON_IsString(item) && tn_str_trim(tn_str_of(item->valuestring)).len;
}

void tn_ctis_put_date(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    const struct date *own = date_of(tn_tree_key(reading));
    bool later = !own;
    for (const struct date *other = dates; !later && other < own; other++)
        later = other->field == own->field && is_stated(reading, other->path);
    reading->date_order = TN_DATE_DAY_FIRST;
    if (later || tn_has(record, field))
        tn_put_extra_here(reading, value);
    else
        tn_put_date_as(reading, record, field, value, own->type);
}

static bool list_has(const struct tn_record *record, int field, struct tn_str text)
{
    enum { COMPARED = 256 };
    size_t count = tn_count(record, field);
    for (size_t i = 0; i < count && i < COMPARED; i++)
        if (tn_str_eq(tn_text_at(record, field, i), text))
            return true;
    return false;
}

void tn_ctis_put_once(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (record && !list_has(record, field, tn_str_trim(value->text)))
        tn_put(reading, record, field, value);
}

/* 1 to 3 differ in what is done in phase 1, and 7 to 9 too: the code stays in `extra`. */
void tn_ctis_put_phase(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static const struct code codes[] = {
        {"1", "Phase 1"},   {"2", "Phase 1"},    {"3", "Phase 1"},    {"4", "Phase 2"},
        {"5", "Phase 3"},   {"6", "Phase 4"},
        {"7", "Phase 1/2"}, {"8", "Phase 1/2"}, {"9", "Phase 1/2"}, {"10", "Phase 2/3"}, {"11", "Phase 3/4"},
    };
    const char *word = WORD_OF(codes, value->text);
    struct tn_stated phase = tn_stated_of(word ? tn_str_of(word) : value->text);
    if (word)
        tn_put_extra_here(reading, value);
    tn_put_phases(reading, record, field, &phase);
}

/* Both forms say the same, or the source contradicts itself. */
void tn_ctis_put_phase_again(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    size_t before = tn_count(record, field);
    tn_ctis_put_phase(reading, record, field, value);
    if (before && tn_count(record, field) > before)
        tn_warn(reading, TN_CONFLICT, record, field, "the phase in words is not that of the code '%.*s'",
                (int)tn_str_cut(value->text, 20), value->text.s);
}

void tn_ctis_put_meddra(struct tn_reading *reading, struct tn_record *record, int field,
                        const struct tn_stated *value)
{
    tn_put(reading, record, field, value);
    tn_set_text(record, TN_condition_code_system, TN_LIT("MedDRA"));
}

void tn_ctis_put_sex(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static const struct code codes[] = {{"1", "MALE"}, {"2", "FEMALE"}, {"3", "ALL"}};
    const char *word = WORD_OF(codes, value->text);
    struct tn_stated sex = tn_stated_of(word ? tn_str_of(word) : value->text);
    if (word)
        tn_put_extra_here(reading, value);
    tn_put(reading, record, field, &sex);
}

/* Two truth values say one thing; the first that comes says it for both. */
void tn_ctis_put_subjects(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    const cJSON *female = tn_tree_member(tn_tree_at(reading, 1), "isFemaleSubjects");
    const cJSON *male = tn_tree_member(tn_tree_at(reading, 1), "isMaleSubjects");
    bool women = cJSON_IsTrue(female), men = cJSON_IsTrue(male);
    struct tn_stated sex = tn_stated_of(women && men ? TN_LIT("ALL") : women ? TN_LIT("FEMALE") : TN_LIT("MALE"));
    if ((women || men) && female && male)
        tn_put(reading, record, field, &sex);
    else
        tn_put_extra_here(reading, value);
}

static void put_age_group(struct tn_reading *reading, struct tn_record *record, int field, struct tn_str text)
{
    static const struct code codes[] = {
        {"1", "In utero"}, {"2", "CHILD"}, {"3", "ADULT"}, {"4", "OLDER_ADULT"},
        {"0-17 years", "CHILD"}, {"18-64 years", "ADULT"}, {"65+ years", "OLDER_ADULT"},
    };
    const char *word = WORD_OF(codes, text);
    struct tn_stated group = tn_stated_of(word ? tn_str_of(word) : text), raw = tn_stated_of(text);
    if (word && tn_is_digit(text.s[0]) && text.len <= 2)
        tn_put_extra_here(reading, &raw);
    if (tn_str_eq_fold(group.text, TN_LIT("In utero")))
        tn_put_extra_here(reading, &group); /* no age group of the record */
    else if (group.text.len)
        tn_ctis_put_once(reading, record, field, &group);
}

void tn_ctis_put_age_groups(struct tn_reading *reading, struct tn_record *record, int field,
                            const struct tn_stated *value)
{
    for (struct tn_str rest = value->text; rest.len;) {
        size_t comma = tn_str_find_char(rest, ',');
        struct tn_str part = tn_str_trim(tn_str_slice(rest.s, comma == TN_NO_OFFSET ? rest.len : comma));
        rest = tn_str_from(rest, comma == TN_NO_OFFSET ? rest.len : comma + 1);
        if (part.len)
            put_age_group(reading, record, field, part);
    }
}

/* The scope is a list; only one purpose among it is the primary one. */
void tn_ctis_put_scope(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static const struct code codes[] = {
        {"1", "Diagnosis"},     {"2", "Prophylaxis"},     {"3", "Therapy"},         {"4", "Safety"},
        {"5", "Efficacy"},      {"6", "Pharmacokinetic"}, {"7", "Pharmacodynamic"}, {"8", "Bioequivalence"},
        {"9", "Dose response"}, {"10", "Pharmacogenetic"}, {"11", "Pharmacogenomic"}, {"12", "Pharmacoeconomic"},
        {"13", "Other"},
    };
    static const struct code purposes[] = {{"1", "DIAGNOSTIC"}, {"2", "PREVENTION"}, {"3", "TREATMENT"}};
    enum { LOOKED_AT = 16 };
    const cJSON *scopes = tn_tree_at(reading, 2), *scope = scopes ? scopes->child : NULL;
    const char *word = WORD_OF(codes, value->text), *purpose = WORD_OF(purposes, value->text);
    struct tn_stated name = tn_stated_of(tn_str_of(word));
    int count = 0;
    for (int i = 0; scope && i < LOOKED_AT; scope = scope->next, i++)
        count += WORD_OF(purposes, tn_tree_text(scope, "code")) != NULL;
    tn_put_extra_here(reading, value);
    if (word)
        tn_put_extra_here(reading, &name);
    struct tn_stated stated = tn_stated_of(tn_str_of(purpose));
    if (purpose && count == 1)
        tn_put(reading, record, field, &stated);
}

void tn_ctis_put_group(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (tn_str_starts_fold(value->text, TN_LIT("healthy")) && !tn_has(record, field))
        tn_set_bool(record, field, true);
    tn_put_extra_here(reading, value);
}

/* The pages call it `Protocol code`, and most are one; a short title without numbers is an acronym. */
void tn_ctis_put_short_title(struct tn_reading *reading, struct tn_record *record, int field,
                             const struct tn_stated *value)
{
    size_t digits = 0;
    for (size_t i = 0; i < value->text.len; i++)
        digits += tn_is_digit(value->text.s[i]);
    if (digits < 3) {
        tn_put(reading, record, field, value);
        return;
    }
    struct tn_str text = tn_str_trim(value->text);
    enum { COMPARED = 64 };
    for (size_t i = 0; i < tn_count(record, TN_trial_identifiers) && i < COMPARED; i++)
        if (tn_str_eq(tn_text(tn_record_at(record, TN_trial_identifiers, i), TN_identifier_value), text))
            return;
    struct tn_record *identifier = tn_add_record(record, TN_trial_identifiers);
    tn_put_identifier(reading, identifier, TN_identifier_value, value);
    tn_set_text(identifier, TN_identifier_type, TN_LIT("ORG_STUDY_ID"));
}

void tn_ctis_put_total(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    tn_put(reading, record, field, value);
    if (tn_has(record, field))
        tn_set_text(record, TN_trial_enrollment_type, TN_LIT("ESTIMATED"));
}

/* All criteria of one side. */
static struct tn_str *criteria_of(struct tn_reading *reading, const cJSON *list, const char *key, size_t *count)
{
    size_t room = 0;
    *count = 0;
    for (const cJSON *item = list ? list->child : NULL; item; item = item->next)
        room++;
    struct tn_str *texts = tn_arena_alloc(reading->arena, (room + 1) * sizeof *texts);
    for (const cJSON *item = texts && list ? list->child : NULL; item; item = item->next) {
        texts[*count] = tn_tree_text(item, key);
        *count += texts[*count].len > 0;
    }
    return texts;
}

void tn_ctis_put_criterion(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    static const char *const in = "principalInclusionCriteria", *const out = "principalExclusionCriteria";
    if (!tn_has(record, TN_trial_eligibility_text)) {
        const cJSON *both = tn_tree_at(reading, 3);
        size_t in_count, out_count;
        const struct tn_str *inclusion = criteria_of(reading, tn_tree_member(both, in), in, &in_count);
        const struct tn_str *exclusion = criteria_of(reading, tn_tree_member(both, out), out, &out_count);
        if (inclusion && exclusion)
            tn_put_criteria_sides(reading, inclusion, in_count, exclusion, out_count);
    }
    tn_put_criteria_items(reading, record, value->text,
                          field == TN_trial_exclusion_criteria ? TN_CRITERIA_EXCLUSION : TN_CRITERIA_INCLUSION);
}

/* Sponsors: {"primary": true, "organisation": {...}}. The primary one is the lead sponsor. */

static bool is_primary(const cJSON *sponsor)
{
    const cJSON *primary = tn_tree_member(sponsor, "primary");
    return !primary || cJSON_IsTrue(primary);
}

void tn_ctis_put_sponsor(struct tn_reading *reading, struct tn_record *record, int field,
                         const struct tn_stated *value)
{
    if (is_primary(tn_tree_at(reading, 2)))
        tn_put(reading, record, field, value);
    else
        tn_put(reading, tn_add_record(record, TN_trial_collaborators), TN_collaborator_name, value);
}

/* Several sponsors of one kind: `Hospital, Hospital` in a search's answer. */
void tn_ctis_put_sponsor_type(struct tn_reading *reading, struct tn_record *record, int field,
                              const struct tn_stated *value)
{
    const cJSON *around = tn_tree_at(reading, 1);
    if (around && tn_tree_at(reading, 2) && !is_primary(tn_tree_at(reading, 2))) {
        tn_put_extra_here(reading, value);
        return;
    }
    struct tn_str text = tn_str_trim(value->text);
    struct tn_stated first = *value;
    size_t half = text.len / 2;
    if (text.len > 2 && text.len % 2 == 0 && text.s[half - 1] == ',' &&
        tn_str_eq(tn_str_slice(text.s, half - 1), tn_str_from(text, half + 1)))
        first.text = tn_str_slice(text.s, half - 1);
    if (tn_has(record, field))
        tn_put_extra_here(reading, value);
    else
        tn_put(reading, record, field, &first);
}

void tn_ctis_put_sponsor_country(struct tn_reading *reading, struct tn_record *record, int field,
                                 const struct tn_stated *value)
{
    if (is_primary(tn_tree_at(reading, 4)) && !tn_has(record, field))
        tn_put(reading, record, field, value);
    else
        tn_put_extra_here(reading, value);
}

/* A product's names, the one that it is called by first; `N/A` stands for none. */

static bool is_name(struct tn_str text)
{
    return text.len && !tn_str_eq_fold(text, TN_LIT("N/A")) && !tn_str_eq_fold(text, TN_LIT("na"));
}

static struct tn_str name_of(const cJSON *product)
{
    static const char *const keys[] = {"productName", "nameDisplay", "prodName", "activeSubstanceName",
                                       "jsonActiveSubstanceNames", "sponsorProductCodeEdit", "sponsorProductCode",
                                       "otherMedicinalProduct"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct tn_str name = tn_tree_text(product, keys[i]);
        if (!is_name(name))
            name = tn_tree_text(tn_tree_member(product, "productDictionaryInfo"), keys[i]);
        if (is_name(name))
            return name;
    }
    return (struct tn_str){NULL, 0};
}

void tn_ctis_put_product(struct tn_reading *reading, struct tn_record *record, int field,
                         const struct tn_stated *value)
{
    const cJSON *product = tn_tree_at(reading, 1);
    if (product->string && strcmp(product->string, "productDictionaryInfo") == 0)
        product = tn_tree_at(reading, 2);
    struct tn_str name = name_of(product), text = tn_str_trim(value->text);
    if (!is_name(text))
        tn_put_extra_here(reading, value);
    else if (tn_str_eq(text, name))
        tn_put(reading, record, field, value);
    else
        tn_ctis_put_once(reading, record, TN_intervention_other_names, value);
}

void tn_ctis_put_person(struct tn_reading *reading, struct tn_record *record, int field,
                        const struct tn_stated *value)
{
    const cJSON *person = tn_tree_at(reading, 1);
    struct tn_str first = tn_tree_text(person, "firstName"), last = tn_tree_text(person, "lastName");
    struct tn_stated name = *value;
    if (strcmp(tn_tree_key(reading), "firstName") == 0 && last.len)
        return;
    if (first.len && last.len)
        name.text = tn_str_format(reading->arena, "%.*s %.*s", (int)first.len, first.s, (int)last.len, last.s);
    tn_put(reading, record, field, &name);
}

void tn_ctis_put_related_id(struct tn_reading *reading, struct tn_record *record, int field,
                            const struct tn_stated *value)
{
    struct tn_identifier id;
    struct tn_stated canonical = *value;
    if (tn_identifier_is(value->text, NULL, &id) && !tn_str_eq(tn_str_trim(value->text), tn_str_of(id.value))) {
        canonical = tn_stated_of(tn_str_copy(reading->arena, tn_str_of(id.value)));
        tn_put_extra_here(reading, value);
    }
    tn_put(reading, record, field, &canonical);
}

/* Each country gives its own; the first stands for the trial. */
void tn_ctis_put_reason(struct tn_reading *reading, struct tn_record *record, int field,
                        const struct tn_stated *value)
{
    if (tn_has(record, field))
        tn_put_extra_here(reading, value);
    else
        tn_put(reading, record, field, value);
}
