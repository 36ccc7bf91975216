/* SPDX-License-Identifier: MIT */
#include "readers/anzctr.h"

#include "normal/count.h"
#include "normal/fold.h"
#include "normal/word.h"
#include "readers/put_parts.h"

static bool is_one_of(struct tn_str text, const char *const *words)
{
    char key[TN_FOLD_MAX];
    if (tn_fold(text, key) == 0)
        return false;
    for (; *words; words++)
        if (strcmp(key, *words) == 0)
            return true;
    return false;
}

static bool says_nothing(struct tn_str text)
{
    static const char *const words[] = {"nil", "nil known", "no", "none", "not applicable", "not yet allocated", NULL};
    return tn_fold_absent(text) || is_one_of(text, words);
}

/* Words of the register's lists that no vocabulary has: "Blinded (masking used)" leaves open how many are. */
static bool is_no_word(const struct tn_vocabulary *vocabulary, struct tn_str text)
{
    static const char *const words[] = {"both", "blinded masking used", "not applicable", "other", "the people analysing the results data",
                                        NULL};
    struct tn_word word;
    return is_one_of(text, words) && tn_normal_word(vocabulary, text, &word) != TN_CODE_NONE;
}

void tn_anzctr_put(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    const struct tn_field *to = &record->type->fields[field];
    bool text = to->kind == TN_TEXT || to->kind == TN_TEXT_LIST;
    if (tn_str_trim(value->text).len == 0)
        return;
    if (text ? says_nothing(value->text) : to->vocabulary && is_no_word(to->vocabulary, value->text))
        tn_put_extra_here(reading, value);
    else if (text)
        tn_put_markup(reading, record, field, value);
    else
        tn_put(reading, record, field, value);
}

void tn_anzctr_put_number(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (says_nothing(value->text))
        tn_put_extra_here(reading, value);
    else
        tn_put_secondary_id(reading, record, field, value);
}

void tn_anzctr_put_date(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    reading->date_order = TN_DATE_DAY_FIRST;
    if (tn_str_trim(value->text).len)
        tn_put(reading, record, field, value);
}

void tn_anzctr_put_actual_date(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    reading->date_order = TN_DATE_DAY_FIRST;
    if (tn_str_trim(value->text).len)
        tn_put_date_as(reading, record, field, value, "ACTUAL");
}

/* <anticipatedstartdate> has <actualstartdate> beside it, which counts. */
void tn_anzctr_put_planned_date(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str key = tn_str_of(tn_tree_key(reading)), planned = TN_LIT("anticipated");
    const char *actual = tn_str_format(reading->arena, "actual%s", key.s + planned.len).s;
    reading->date_order = TN_DATE_DAY_FIRST;
    if (actual && tn_tree_text(tn_tree_at(reading, 1), actual).len)
        tn_put_extra_here(reading, value);
    else if (tn_str_trim(value->text).len)
        tn_put_date_as(reading, record, field, value, "ESTIMATED");
}

static bool is_unlimited(struct tn_str unit)
{
    static const char *const words[] = {"no limit", NULL};
    return is_one_of(unit, words);
}

/* <inclusiveminage>18</inclusiveminage><inclusiveminagetype>Years</inclusiveminagetype> */
void tn_anzctr_put_age(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    const char *key = tn_str_format(reading->arena, "%stype", tn_tree_key(reading)).s;
    struct tn_str unit = key ? tn_tree_text(tn_tree_at(reading, 1), key) : TN_LIT(""), age = tn_str_trim(value->text);
    if (is_unlimited(unit)) {
        tn_put_extra_here(reading, value);
        return;
    }
    struct tn_stated whole = tn_stated_of(
        unit.len ? tn_str_format(reading->arena, "%.*s %.*s", (int)age.len, age.s, (int)unit.len, unit.s) : age);
    if (age.len)
        tn_put_age(reading, record, field, &whole);
}

void tn_anzctr_put_age_unit(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str key = tn_str_of(tn_tree_key(reading)), unit = TN_LIT("type");
    struct tn_str age = tn_str_copy(reading->arena, tn_str_slice(key.s, key.len - unit.len));
    (void)record;
    (void)field;
    if (age.s && tn_tree_text(tn_tree_at(reading, 1), age.s).len == 0 && !is_unlimited(value->text))
        tn_put_extra_here(reading, value);
}

static bool has_actual(const struct tn_reading *reading)
{
    struct tn_str text = tn_tree_text(tn_tree_at(reading, 1), "actualsamplesize");
    int64_t count;
    bool summed;
    return tn_normal_count(text, &count, &summed) == TN_CODE_NONE && count > 0;
}

void tn_anzctr_put_target(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    bool actual = has_actual(reading);
    if (tn_str_trim(value->text).len == 0)
        return;
    tn_put(reading, record, actual ? (int)TN_trial_target_enrollment : field, value);
    if (!actual && tn_has(record, field))
        tn_set_text(record, TN_trial_enrollment_type, TN_LIT("ESTIMATED"));
}

void tn_anzctr_put_actual(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (tn_str_trim(value->text).len > 0)
        tn_put_actual_size(reading, record, field, value, has_actual(reading));
}

void tn_anzctr_put_criteria(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    const cJSON *eligibility = tn_tree_at(reading, 1);
    struct tn_str in = tn_tree_text(eligibility, "inclusivecriteria"), out = tn_tree_text(eligibility, "exclusivecriteria");
    tn_put_criteria_sides(reading, &in, in.len > 0, &out, out.len > 0);
    if (!says_nothing(value->text))
        tn_put_criteria_items(reading, record, value->text,
                              field == TN_trial_exclusion_criteria ? TN_CRITERIA_EXCLUSION : TN_CRITERIA_INCLUSION);
}

void tn_anzctr_put_country(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    enum { COMPARED = 300 };
    struct tn_str name = tn_str_trim(value->text);
    (void)field;
    if (name.len == 0)
        return;
    for (size_t i = 0; i < tn_count(record, TN_trial_countries) && i < COMPARED; i++)
        if (tn_str_eq_fold(tn_text(tn_record_at(record, TN_trial_countries, i), TN_country_name), name))
            return;
    tn_put_country(reading, tn_add_record(record, TN_trial_countries), TN_country_name, value);
}

void tn_anzctr_put_reason(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str other = tn_tree_text(tn_tree_at(reading, 1), "withdrawnreasonother");
    bool word = strcmp(tn_tree_key(reading), "withdrawnreason") == 0;
    if (tn_str_trim(value->text).len == 0)
        return;
    if (word && other.len)
        tn_put_extra_here(reading, value);
    else
        tn_anzctr_put(reading, record, field, value);
}

/* The register's other words (University, Hospital) are of another kind than the classes. */
void tn_anzctr_put_sponsor_type(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static const char *const industry[] = {"commercial sector industry", "commercial", "industry", NULL};
    if (is_one_of(value->text, industry))
        tn_put_clean(reading, record, field, TN_LIT("INDUSTRY"), value->text);
    tn_put_extra_here(reading, value);
}

/* Public Queries, Scientific Queries, Principal Investigator, Updating Information. */
void tn_anzctr_put_contact_type(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static const struct {
        const char *text, *kind;
    } kinds[] = {{"Public Queries", "PUBLIC"}, {"Scientific Queries", "SCIENTIFIC"}};
    struct tn_str text = tn_str_trim(value->text);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (tn_str_eq_fold(text, tn_str_of(kinds[i].text))) {
            tn_put_clean(reading, record, field, tn_str_of(kinds[i].kind), value->text);
            return;
        }
    if (!tn_str_eq_fold(text, TN_LIT("Principal Investigator"))) {
        tn_put_extra_here(reading, value);
        return;
    }
    tn_put(reading, record, TN_contact_role, value);
    struct tn_stated name = tn_stated_of(tn_tree_text(tn_tree_at(reading, 1), "name"));
    struct tn_record *official = name.text.len ? tn_add_record(reading->trial, TN_trial_officials) : NULL;
    if (official) {
        tn_put_person(reading, official, TN_official_name, &name);
        tn_put(reading, official, TN_official_role, value);
    }
}
