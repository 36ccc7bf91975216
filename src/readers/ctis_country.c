/* SPDX-License-Identifier: MIT */
/* What CTIS keeps for each country, in several places of a record: it comes together in one entry of `countries`. */
#include "normal/country.h"
#include "normal/word.h"
#include "readers/ctis.h"
#include "readers/tree.h"

/* The world has fewer countries. */
enum { MOST_COUNTRIES = 300 };

static bool is_country(const struct tn_record *record, struct tn_str name, struct tn_str code)
{
    struct tn_str other = tn_text(record, TN_country_code);
    return code.len && other.len ? tn_str_eq(code, other) : tn_str_eq(name, tn_text(record, TN_country_name));
}

/* The entry of that country; NULL where there are too many. */
static struct tn_record *country_named(struct tn_reading *reading, struct tn_str name)
{
    struct tn_country country = {""};
    struct tn_stated stated = tn_stated_of(name);
    bool known = tn_normal_country(name, &country);
    size_t count = tn_count(reading->trial, TN_trial_countries);
    for (size_t i = 0; i < count; i++)
        if (is_country(tn_record_at(reading->trial, TN_trial_countries, i), name, tn_str_of(country.code)))
            return tn_record_edit(reading->trial, TN_trial_countries, i);
    if (count >= MOST_COUNTRIES || name.len == 0)
        return NULL;
    struct tn_record *record = tn_add_record(reading->trial, TN_trial_countries);
    if (known && name.len == 2)
        tn_set_text(record, TN_country_code, tn_str_copy(reading->arena, tn_str_of(country.code)));
    else
        tn_put_country(reading, record, TN_country_name, &stated);
    return record;
}

/* A country that was known by its code alone gets its name. */
static struct tn_record *named(struct tn_reading *reading, struct tn_str name)
{
    struct tn_record *record = country_named(reading, name);
    struct tn_stated stated = tn_stated_of(name);
    if (record && name.len > 2 && !tn_has(record, TN_country_name))
        tn_put(reading, record, TN_country_name, &stated);
    return record;
}

/* `trialStatus` is the application's word: where the codes of the states' public status are stated, these count. */
static bool is_told_by_code(const struct tn_reading *reading)
{
    return strcmp(tn_tree_key(reading), "trialStatus") == 0 &&
           (tn_tree_find(reading, "memberStatesConcerned.mscPublicStatusCode") ||
            tn_tree_find(reading, "authorizedApplication.memberStatesConcerned.mscPublicStatusCode"));
}

/* The first of several statements counts. */
static void put_status(struct tn_reading *reading, struct tn_record *country, const struct tn_stated *value)
{
    const char *label = tn_ctis_status_word(value->text);
    struct tn_stated word = tn_stated_of(label ? tn_str_of(label) : value->text);
    if (!country || tn_has(country, TN_country_status) || is_told_by_code(reading)) {
        tn_put_extra_here(reading, value);
        return;
    }
    tn_put(reading, country, TN_country_status, &word);
    if (!tn_str_eq_fold(word.text, tn_text(country, TN_country_status)))
        tn_put(reading, country, TN_country_status_text, &word);
    if (label)
        tn_put_extra_here(reading, value);
}

static void put_date(struct tn_reading *reading, struct tn_record *country, int field, const struct tn_stated *value)
{
    if (!country || tn_has(country, field)) {
        tn_put_extra_here(reading, value);
        return;
    }
    tn_ctis_put_day(reading, country, field, value);
}

/* `NL:...` and so on: the value goes as far as the comma before the next country with a colon. */
static bool next_entry(struct tn_str *rest, struct tn_str *name, struct tn_str *value)
{
    struct tn_country country;
    size_t colon = tn_str_find_char(*rest, ':'), end = 0;
    if (colon == TN_NO_OFFSET)
        return false;
    *name = tn_str_trim(tn_str_slice(rest->s, colon));
    *value = tn_str_from(*rest, colon + 1);
    while (end < value->len) {
        size_t comma = tn_str_find_char(tn_str_from(*value, end), ',');
        if (comma == TN_NO_OFFSET)
            break;
        struct tn_str behind = tn_str_from(*value, end + comma + 1);
        size_t next = tn_str_find_char(tn_str_slice(behind.s, behind.len < 80 ? behind.len : 80), ':');
        end += comma + 1;
        if (next != TN_NO_OFFSET && tn_normal_country(tn_str_trim(tn_str_slice(behind.s, next)), &country)) {
            *rest = behind;
            *value = tn_str_trim(tn_str_slice(value->s, end - 1));
            return true;
        }
    }
    *value = tn_str_trim(*value);
    *rest = (struct tn_str){rest->s, 0};
    return true;
}

static void put_entries(struct tn_reading *reading, int field, const struct tn_stated *value)
{
    struct tn_str rest = value->text, name, text;
    if (tn_str_find_char(rest, ':') == TN_NO_OFFSET || tn_is_digit(tn_str_trim(rest).s[0])) {
        tn_put_extra_here(reading, value); /* of the whole trial */
        return;
    }
    while (next_entry(&rest, &name, &text)) {
        struct tn_record *country = named(reading, name);
        struct tn_stated stated = tn_stated_of(text);
        if (text.len && field == TN_country_status)
            put_status(reading, country, &stated);
        else if (text.len)
            put_date(reading, country, field, &stated);
    }
}

void tn_ctis_put_statuses(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    (void)record;
    put_entries(reading, field, value);
}

void tn_ctis_put_decisions(struct tn_reading *reading, struct tn_record *record, int field,
                           const struct tn_stated *value)
{
    (void)record;
    put_entries(reading, field, value);
}

void tn_ctis_put_country(struct tn_reading *reading, struct tn_record *record, int field,
                         const struct tn_stated *value)
{
    (void)record;
    (void)field;
    if (!named(reading, value->text))
        tn_put_extra_here(reading, value);
}

/* The name of the country that the objects around the value are about. */
static struct tn_str name_around(const struct tn_reading *reading)
{
    static const char *const keys[] = {"countryName", "mscName"};
    const cJSON *item;
    for (int up = 1; (item = tn_tree_at(reading, up)) != NULL; up++) {
        const cJSON *inside[] = {item, tn_tree_member(item, "mscInfo")};
        for (int i = 0; i < 4; i++) {
            struct tn_str name = tn_tree_text(inside[i / 2], keys[i % 2]);
            if (name.len)
                return name;
        }
    }
    return (struct tn_str){NULL, 0};
}

void tn_ctis_put_in_country(struct tn_reading *reading, struct tn_record *record, int field,
                            const struct tn_stated *value)
{
    struct tn_record *country = named(reading, name_around(reading));
    (void)record;
    if (!country)
        tn_put_extra_here(reading, value);
    else if (field == TN_country_status)
        put_status(reading, country, value);
    else if (country->type->fields[field].kind == TN_DATE)
        put_date(reading, country, field, value);
    else
        tn_put(reading, country, field, value);
}
