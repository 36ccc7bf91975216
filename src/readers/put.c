/* SPDX-License-Identifier: MIT */
#include "readers/put.h"

#include <math.h>

#include "core/number.h"
#include "normal/age.h"
#include "normal/count.h"
#include "normal/country.h"
#include "normal/criteria.h"
#include "normal/identifier.h"
#include "normal/person.h"
#include "normal/phase.h"
#include "normal/text.h"
#include "normal/word.h"

/* Numbers up to here are whole numbers of a double for sure. */
#define LARGEST_WHOLE 9007199254740992.0

/* How much of a raw value stands in a message. */
static int shown(struct tn_str text)
{
    return (int)tn_str_cut(text, 80);
}

static bool is_calm(const struct tn_stated *value)
{
    return value->calm && value->calm == value->text.s;
}

struct tn_str tn_clean_value(struct tn_reading *reading, const struct tn_stated *value)
{
    if (is_calm(value))
        return tn_text_calm(reading->arena, value->text, value->stable, &reading->text_flags);
    return tn_text_plain(reading->arena, value->text, value->stable, &reading->text_flags);
}

static void keep_bad(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value,
                     enum tn_code code, const char *what)
{
    tn_warn(reading, code, record, field, "%s: '%.*s'", what, shown(value->text), value->text.s);
    tn_put_extra_here(reading, value);
}

static void conflict(struct tn_reading *reading, struct tn_record *record, int field, struct tn_str there,
                     const struct tn_stated *other)
{
    tn_warn(reading, TN_CONFLICT, record, field, "the source states '%.*s' and '%.*s'; the first is kept",
            shown(there), there.s, shown(other->text), other->text.s);
    tn_put_extra_here(reading, other);
}

/* Pages cut long texts with `...`; a registry's own record does not, there it is how the text ends. */
static void mind_cut(struct tn_reading *reading, const struct tn_record *record, int field, struct tn_str clean)
{
    bool text = record->type == &tn_type_trial && record->type->fields[field].kind == TN_TEXT;
    if (!reading->trail && text && field != TN_trial_eligibility_text && (tn_text_flags(clean) & TN_TEXT_CUT))
        tn_warn(reading, TN_TRUNCATED_TEXT, record, field, "the text ends with '...': the page may have cut it");
}

void tn_put_clean(struct tn_reading *reading, struct tn_record *record, int field, struct tn_str clean,
                  struct tn_str raw)
{
    if (!record || clean.len == 0)
        return;
    enum tn_kind kind = record->type->fields[field].kind;
    if (kind == TN_TEXT_LIST || kind == TN_ENUM_LIST) {
        tn_add_text(record, field, clean);
    } else if (tn_has(record, field)) {
        struct tn_stated other = tn_stated_of(raw);
        if (!tn_str_eq(tn_text(record, field), clean))
            conflict(reading, record, field, tn_text(record, field), &other);
        return;
    } else {
        tn_set_text(record, field, clean);
        mind_cut(reading, record, field, clean);
    }
    tn_note_origin(reading, record, field, raw);
}

static void put_enum(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_word word;
    enum tn_code code = tn_normal_word(record->type->fields[field].vocabulary, value->text, &word);
    struct tn_str clean = word.word ? tn_str_of(word.word) : tn_clean_value(reading, value);
    if (clean.len == 0)
        return;
    if (code == TN_BAD_VALUE) {
        keep_bad(reading, record, field, value, code, "states no value");
        return;
    }
    if (code != TN_CODE_NONE)
        tn_warn(reading, TN_UNKNOWN_VALUE, record, field, "'%.*s' is no known word of %s; kept as it stands",
                shown(clean), clean.s, record->type->fields[field].vocabulary->name);
    else if (word.coarser)
        tn_put_extra_here(reading, value);
    tn_put_clean(reading, record, field, clean, value->text);
}

static void put_date(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_date date;
    enum tn_code code = tn_normal_date(value->text, reading->date_order, &date);
    if (code != TN_CODE_NONE) {
        keep_bad(reading, record, field, value, code,
                 code == TN_AMBIGUOUS_DATE ? "day and month cannot be told apart" : "not a date");
        return;
    }
    if (date.sentinel || date.time_cut)
        tn_put_extra_here(reading, value);
    tn_put_clean(reading, record, field, tn_str_copy(reading->arena, tn_str_of(date.text)), value->text);
}

static void put_int(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    int64_t count = 0;
    bool summed = false;
    enum tn_code code = TN_CODE_NONE;
    if (!value->is_number)
        code = tn_normal_count(value->text, &count, &summed);
    else if (value->number >= 0 && value->number <= LARGEST_WHOLE && floor(value->number) >= value->number)
        count = (int64_t)value->number;
    else
        code = TN_BAD_VALUE;
    if (code != TN_CODE_NONE) {
        keep_bad(reading, record, field, value, code, "not a whole number");
    } else if (tn_has(record, field)) {
        if (tn_int(record, field) != count)
            conflict(reading, record, field, tn_str_format(reading->arena, "%lld", (long long)tn_int(record, field)),
                     value);
    } else {
        if (summed)
            tn_put_extra_here(reading, value);
        tn_set_int(record, field, count);
        if (count == 0 && record == reading->trial && field == TN_trial_enrollment) {
            reading->no_size = tn_str_copy(reading->arena, value->text);
            reading->no_size_label = tn_str_copy(reading->arena, tn_label_here(reading));
        }
        tn_note_origin(reading, record, field, value->text);
    }
}

static void put_number(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    double number = value->number;
    if (!value->is_number && !tn_number_parse(tn_str_trim(value->text), &number)) {
        keep_bad(reading, record, field, value, TN_BAD_VALUE, "not a number");
    } else if (!tn_has(record, field)) {
        tn_set_number(record, field, number);
        tn_note_origin(reading, record, field, value->text);
    } else if (tn_number(record, field) < number || tn_number(record, field) > number) {
        conflict(reading, record, field, TN_LIT("another number"), value);
    }
}

static void put_bool(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    bool truth;
    if (tn_normal_truth(value->text, &truth) != TN_CODE_NONE) {
        keep_bad(reading, record, field, value, TN_BAD_VALUE, "neither yes nor no");
    } else if (!tn_has(record, field)) {
        tn_set_bool(record, field, truth);
        tn_note_origin(reading, record, field, value->text);
    } else if (tn_bool(record, field) != truth) {
        conflict(reading, record, field, tn_bool(record, field) ? TN_LIT("true") : TN_LIT("false"), value);
    }
}

static void put_text(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    tn_put_clean(reading, record, field, tn_clean_value(reading, value), value->text);
}

/* Records are opened by rows, not put: what comes here by mistake is kept. */
static void put_nowhere(struct tn_reading *reading, struct tn_record *record, int field,
                        const struct tn_stated *value)
{
    keep_bad(reading, record, field, value, TN_BAD_VALUE, "not a record");
}

int tn_preset_field(const struct tn_record_type *type, const char *preset, struct tn_str *value)
{
    struct tn_str text = tn_str_of(preset);
    size_t equals = tn_str_find_char(text, '=');
    if (equals == TN_NO_OFFSET)
        return -1;
    *value = tn_str_from(text, equals + 1);
    return tn_field_named(type, tn_str_slice(text.s, equals));
}

void tn_put(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static tn_put_fn *const by_kind[] = {
        [TN_TEXT] = put_text,          [TN_ENUM] = put_enum,        [TN_DATE] = put_date,
        [TN_INT] = put_int,            [TN_NUMBER] = put_number,    [TN_BOOL] = put_bool,
        [TN_TEXT_LIST] = put_text,     [TN_ENUM_LIST] = put_enum,   [TN_RECORD_ONE] = put_nowhere,
        [TN_RECORD_LIST] = put_nowhere, [TN_MAP] = put_nowhere,
    };
    bool empty = !value->is_number && tn_str_trim(value->text).len == 0; /* `"amount": ""` states nothing */
    if (record && !empty)
        by_kind[record->type->fields[field].kind](reading, record, field, value);
}

void tn_put_markup(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str clean = is_calm(value) || reading->unmarked
                              ? tn_clean_value(reading, value)
                              : tn_text_markup(reading->arena, value->text, value->stable, &reading->text_flags);
    tn_put_clean(reading, record, field, clean, value->text);
}

static bool list_holds(const struct tn_record *record, int field, struct tn_str text)
{
    for (size_t i = 0; i < tn_count(record, field); i++)
        if (tn_str_eq(tn_text_at(record, field, i), text))
            return true;
    return false;
}

void tn_put_phases(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_phases phases;
    if (tn_normal_phases(value->text, &phases) != TN_CODE_NONE) {
        put_enum(reading, record, field, value);
        return;
    }
    if (phases.coarser || (phases.count == 0 && tn_str_trim(value->text).len))
        tn_put_extra_here(reading, value);
    for (size_t i = 0; i < phases.count; i++) {
        struct tn_str word = tn_str_of(phases.words[i]);
        if (!list_holds(record, field, word))
            tn_put_clean(reading, record, field, word, value->text);
    }
}

void tn_put_age(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    bool maximum = field == TN_trial_maximum_age;
    struct tn_age age;
    if (tn_str_trim(value->text).len == 0)
        return;
    if (tn_normal_age(value->text, maximum ? TN_AGE_MAXIMUM : TN_AGE_MINIMUM, reading->bare_age_is_years, &age) !=
        TN_CODE_NONE) {
        keep_bad(reading, record, field, value, TN_BAD_VALUE, "not an age");
        return;
    }
    if (age.coarser || age.text[0] == '\0')
        tn_put_extra_here(reading, value);
    bool first = !tn_has(record, field);
    tn_put_clean(reading, record, field, tn_str_copy(reading->arena, tn_str_of(age.text)), value->text);
    if (first && age.text[0] != '\0')
        tn_set_number(record, maximum ? TN_trial_maximum_age_years : TN_trial_minimum_age_years, age.years);
}

const int tn_criteria_fields[] = {[TN_CRITERIA_OTHER] = TN_trial_other_criteria,
                                  [TN_CRITERIA_INCLUSION] = TN_trial_inclusion_criteria,
                                  [TN_CRITERIA_EXCLUSION] = TN_trial_exclusion_criteria};

void tn_put_criteria_items(struct tn_reading *reading, struct tn_record *trial, struct tn_str text,
                           enum tn_criteria_side side)
{
    struct tn_criteria criteria;
    if (!tn_criteria_split(reading->arena, text, side, true, &criteria))
        return;
    for (size_t i = 0; i < criteria.count; i++) {
        struct tn_record *item = tn_add_record(trial, tn_criteria_fields[criteria.items[i].side]);
        tn_set_text(item, TN_criterion_text, criteria.items[i].text);
        tn_set_int(item, TN_criterion_level, criteria.items[i].level);
    }
}

void tn_put_criteria(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    tn_put_markup(reading, record, field, value);
    tn_put_criteria_items(reading, record, value->text, TN_CRITERIA_OTHER);
}

void tn_put_person(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_person person;
    tn_person_split(value->text, &person);
    struct tn_stated name = tn_stated_of(person.name);
    struct tn_stated degrees = tn_stated_of(person.degrees);
    int degrees_field = !record                                ? -1
                        : record->type == &tn_type_official    ? (int)TN_official_degrees
                        : record->type == &tn_type_contact     ? (int)TN_contact_degrees
                                                               : -1;
    if (degrees_field < 0 || person.degrees.len == 0 || tn_has(record, field)) {
        tn_put(reading, record, field, value);
        return;
    }
    tn_put(reading, record, field, &name);
    tn_put(reading, record, degrees_field, &degrees);
}

void tn_put_country(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_country country;
    bool first = !tn_has(record, field);
    tn_put(reading, record, field, value);
    if (!first || !tn_has(record, field)) /* the code is that of the country that is kept */
        return;
    if (!tn_normal_country(value->text, &country))
        tn_warn(reading, TN_UNKNOWN_VALUE, record, field, "no known country: '%.*s'", shown(value->text),
                value->text.s);
    else if (country.code[0])
        tn_set_text(record, record->type == &tn_type_location ? (int)TN_location_country_code : (int)TN_country_code,
                    tn_str_copy(reading->arena, tn_str_of(country.code)));
}

/* Equal but for case, blanks and punctuation: then it is the API's own word. */
static bool same_letters(struct tn_str a, struct tn_str b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.len && !tn_is_alnum(a.s[i]))
            i++;
        while (k < b.len && !tn_is_alnum(b.s[k]))
            k++;
        if (i == a.len || k == b.len)
            return i == a.len && k == b.len;
        if (tn_lower(a.s[i++]) != tn_lower(b.s[k++]))
            return false;
    }
}

static size_t digits_in(struct tn_str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++)
        digits += tn_is_digit(text.s[i]);
    return digits;
}

/* EUCTR2004-002714-11-GB says that the trial runs in the United Kingdom. */
static void put_suffix_country(struct tn_reading *reading, const struct tn_identifier *id)
{
    struct tn_country country;
    if (strlen(id->country) != 2 || !tn_normal_country(tn_str_of(id->country), &country))
        return;
    struct tn_str code = tn_str_copy(reading->arena, tn_str_of(country.code));
    for (size_t i = 0; i < tn_count(reading->trial, TN_trial_countries); i++)
        if (tn_str_eq(tn_text(tn_record_at(reading->trial, TN_trial_countries, i), TN_country_code), code))
            return;
    tn_set_text(tn_add_record(reading->trial, TN_trial_countries), TN_country_code, code);
}

/* A form that says more than the canonical one (a country's suffix, the number of a resubmission) is kept whole: the
 * canonical one is for comparing. */
void tn_put_identifier(struct tn_reading *reading, struct tn_record *record, int field,
                       const struct tn_stated *value)
{
    struct tn_identifier id;
    bool first = !tn_has(record, field);
    if (!tn_identifier_is(value->text, NULL, &id)) {
        tn_put(reading, record, field, value);
        return;
    }
    struct tn_str canonical = tn_str_of(id.value);
    if (id.typo) {
        tn_warn(reading, TN_BAD_VALUE, record, field, "read '%.*s' as %s", shown(value->text), value->text.s, id.value);
        tn_put_extra_here(reading, value);
    }
    if (id.country[0] == '\0' && digits_in(value->text) == digits_in(canonical))
        tn_put_clean(reading, record, field, tn_str_copy(reading->arena, canonical), value->text);
    else
        tn_put(reading, record, field, value);
    if (!first) /* the registry is that of the number that is kept */
        return;
    if (id.registry)
        tn_set_text(record, TN_identifier_registry, tn_str_of(id.registry));
    put_suffix_country(reading, &id);
}

/* `UTN: U1111-1250-1111` without the name before it, which its type says. */
static struct tn_str behind_utn(struct tn_str text)
{
    struct tn_identifier id;
    struct tn_str name = TN_LIT("UTN"), rest = tn_str_trim(text);
    if (!tn_str_starts_fold(rest, name))
        return text;
    for (rest = tn_str_from(rest, name.len); rest.len && strchr(" :", rest.s[0]);)
        rest = tn_str_from(rest, 1);
    return tn_identifier_is(rest, NULL, &id) && strcmp(id.type, "UTN") == 0 ? rest : text;
}

void tn_put_secondary_id(struct tn_reading *reading, struct tn_record *record, int field,
                         const struct tn_stated *value)
{
    struct tn_stated number = *value;
    number.text = behind_utn(value->text);
    if (tn_identifier_placeholder(value->text))
        tn_put_extra_here(reading, value);
    else
        tn_put_identifier(reading, record, field, &number);
}

/* The number at the end of a registry's address of the trial: people paste these into tables. */
static bool is_address_of(struct tn_str text, struct tn_identifier *id)
{
    struct tn_str url = tn_str_trim(text);
    return tn_str_starts_fold(url, TN_LIT("http")) && tn_identifier_find(url, 0, NULL, id) && id->registry &&
           id->at + id->len == url.len && tn_identifier_url_is_of(id->registry, url);
}

void tn_put_trial_id(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_identifier id;
    if (tn_str_trim(value->text).len == 0)
        return;
    if ((!tn_identifier_is(value->text, NULL, &id) || !id.registry) && !is_address_of(value->text, &id)) {
        keep_bad(reading, record, field, value, TN_BAD_VALUE, "no identifier of a known registry");
        return;
    }
    if (id.typo)
        tn_warn(reading, TN_BAD_VALUE, record, field, "read '%.*s' as %s", shown(value->text), value->text.s,
                id.value);
    tn_put_clean(reading, record, field, tn_str_copy(reading->arena, tn_str_of(id.value)), value->text);
}

void tn_put_status(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_word word;
    tn_put(reading, record, field, value);
    bool known = tn_normal_word(&tn_vocabulary_status, value->text, &word) == TN_CODE_NONE;
    bool kept = known && tn_str_eq(tn_text(record, field), tn_str_of(word.word));
    int own = record == reading->trial ? TN_trial_status_text : record && record->type == &tn_type_country ? TN_country_status_text : -1;
    if (own >= 0 && kept && !word.exact && !same_letters(value->text, tn_str_of(word.word)))
        put_text(reading, record, own, value);
}

void tn_put_url(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str url = tn_str_trim(value->text);
    bool at_registry = false;
    const char *registry;
    for (size_t i = 0; !at_registry && (registry = tn_registry_name(i)) != NULL; i++)
        at_registry = tn_identifier_url_is_of(registry, url);
    if (at_registry)
        tn_put(reading, record, field, value);
    else
        tn_put_extra_here(reading, value);
}

/* "Drug: Aspirin" -> "Aspirin": the API writes the type before the name where an arm lists its interventions. */
void tn_put_intervention_name(struct tn_reading *reading, struct tn_record *record, int field,
                              const struct tn_stated *value)
{
    struct tn_word word;
    struct tn_stated name = *value;
    size_t colon = tn_str_find_char(value->text, ':');
    if (colon != TN_NO_OFFSET && colon + 1 < value->text.len && value->text.s[colon + 1] == ' ' &&
        tn_normal_word(&tn_vocabulary_intervention_type, tn_str_slice(value->text.s, colon), &word) == TN_CODE_NONE)
        name.text = tn_str_from(value->text, colon + 2);
    tn_put(reading, record, field, &name);
}
