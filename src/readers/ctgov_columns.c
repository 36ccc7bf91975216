/* SPDX-License-Identifier: MIT */
#include "readers/ctgov_columns.h"

#include "normal/identifier.h"
#include "normal/place.h"
#include "normal/word.h"

/* Takes what stands before the first `separator` off *rest. */
static bool next_part(struct tn_str *rest, struct tn_str separator, struct tn_str *part)
{
    if (!rest->s)
        return false;
    size_t at = tn_str_find(*rest, separator);
    *part = tn_str_trim(tn_str_slice(rest->s, at == TN_NO_OFFSET ? rest->len : at));
    *rest = at == TN_NO_OFFSET ? (struct tn_str){NULL, 0} : tn_str_from(*rest, at + separator.len);
    return true;
}

bool tn_next_bar(struct tn_str *rest, struct tn_str *entry)
{
    do {
        if (!next_part(rest, TN_LIT("|"), entry))
            return false;
    } while (entry->len == 0);
    return true;
}

static void put_text(struct tn_reading *reading, struct tn_record *record, int field, struct tn_str text, tn_put_fn *put)
{
    struct tn_stated value = tn_stated_of(text);
    if (text.len)
        put(reading, record, field, &value);
}

static void put_each(struct tn_reading *reading, struct tn_record *record, int field, struct tn_str rest,
                     struct tn_str separator, tn_put_fn *put)
{
    struct tn_str part;
    while (next_part(&rest, separator, &part))
        put_text(reading, record, field, part, put);
}

void tn_put_bars(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    put_each(reading, record, field, value->text, TN_LIT("|"), tn_put);
}

void tn_put_bar_phases(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    put_each(reading, record, field, value->text, TN_LIT("|"), tn_put_phases);
}

/* Length of the type and its colon; 0: the text does not begin with one. */
static size_t type_length(struct tn_str text)
{
    struct tn_word word;
    size_t colon = tn_str_find_char(text, ':');
    bool typed = colon != TN_NO_OFFSET && colon < 40 &&
                 tn_normal_word(&tn_vocabulary_intervention_type, tn_str_slice(text.s, colon), &word) == TN_CODE_NONE;
    return typed ? colon + 1 : 0;
}

/* An entry without a type belongs to the one before: its name holds a bar. */
void tn_put_bar_interventions(struct tn_reading *reading, struct tn_record *record, int field,
                              const struct tn_stated *value)
{
    struct tn_str rest = value->text, entry;
    while (tn_next_bar(&rest, &entry)) {
        size_t type = type_length(entry);
        struct tn_str ahead = rest, next;
        while (tn_next_bar(&ahead, &next) && type_length(next) == 0) {
            entry.len = (size_t)(next.s + next.len - entry.s);
            rest = ahead;
        }
        struct tn_record *intervention = tn_add_record(record, field);
        if (type)
            put_text(reading, intervention, TN_intervention_type, tn_str_slice(entry.s, type - 1), tn_put);
        put_text(reading, intervention, TN_intervention_name, tn_str_trim(tn_str_from(entry, type)), tn_put);
    }
}

void tn_put_bar_collaborators(struct tn_reading *reading, struct tn_record *record, int field,
                              const struct tn_stated *value)
{
    struct tn_str rest = value->text, name;
    while (tn_next_bar(&rest, &name))
        put_text(reading, tn_add_record(record, field), TN_collaborator_name, name, tn_put);
}

void tn_put_bar_sponsors(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str rest = value->text, name;
    if (tn_next_bar(&rest, &name))
        put_text(reading, record, field, name, tn_put);
    struct tn_stated others = tn_stated_of(rest);
    if (rest.len)
        tn_put_bar_collaborators(reading, record, TN_trial_collaborators, &others);
}

void tn_put_funders(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    if (tn_str_find_char(value->text, '|') == TN_NO_OFFSET)
        tn_put(reading, record, field, value);
    else
        tn_put_extra_here(reading, value);
}

static void put_place(struct tn_reading *reading, struct tn_record *location, struct tn_str text)
{
    struct tn_place place;
    if (!tn_place_split_facility(text, &place)) {
        put_text(reading, location, TN_location_facility, text, tn_put);
        return;
    }
    put_text(reading, location, TN_location_facility, place.facility, tn_put);
    put_text(reading, location, TN_location_city, place.city, tn_put);
    put_text(reading, location, TN_location_state, place.state, tn_put);
    put_text(reading, location, TN_location_zip, place.zip, tn_put);
    put_text(reading, location, TN_location_country, place.country, tn_put_country);
}

void tn_put_bar_locations(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str rest = value->text, place;
    while (tn_next_bar(&rest, &place))
        put_place(reading, tn_add_record(record, field), place);
}

void tn_put_bar_identifiers(struct tn_reading *reading, struct tn_record *record, int field,
                            const struct tn_stated *value)
{
    struct tn_str rest = value->text, number;
    while (tn_next_bar(&rest, &number))
        put_text(reading, tn_add_record(record, field), TN_identifier_value, number, tn_put_identifier);
}

static struct tn_str unquoted(struct tn_str text)
{
    if (text.len > 1 && text.s[0] == '"' && text.s[text.len - 1] == '"')
        return tn_str_trim(tn_str_slice(text.s + 1, text.len - 2));
    return text;
}

void tn_put_bar_documents(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str rest = value->text, entry;
    while (tn_next_bar(&rest, &entry)) {
        struct tn_record *document = tn_add_record(record, field);
        size_t address = tn_str_find(entry, TN_LIT(", http"));
        if (address != TN_NO_OFFSET)
            put_text(reading, document, TN_document_url, tn_str_from(entry, address + 2), tn_put);
        put_text(reading, document, TN_document_label,
                 unquoted(tn_str_trim(tn_str_slice(entry.s, address == TN_NO_OFFSET ? entry.len : address))), tn_put);
    }
}

/* The part before the bracket, which holds only no-break spaces and blanks at its end, and what stands in it. */
static struct tn_str before_bracket(struct tn_str text, struct tn_str *inside)
{
    size_t open = tn_str_find_char(text, '(');
    *inside = (struct tn_str){NULL, 0};
    if (open == TN_NO_OFFSET || text.s[text.len - 1] != ')')
        return text;
    *inside = tn_str_slice(text.s + open + 1, text.len - open - 2);
    text.len = open;
    for (;;) {
        text = tn_str_trim(text);
        if (text.len < 2 || memcmp(text.s + text.len - 2, "\xC2\xA0", 2) != 0)
            return text;
        text.len -= 2;
    }
}

static bool is_group(struct tn_str text)
{
    struct tn_word word;
    size_t comma = tn_str_find_char(text, ',');
    struct tn_str first = tn_str_slice(text.s, comma == TN_NO_OFFSET ? text.len : comma);
    return tn_normal_word(&tn_vocabulary_std_age, tn_str_trim(first), &word) == TN_CODE_NONE;
}

void tn_put_ages(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str groups, limits = before_bracket(tn_str_trim(value->text), &groups);
    size_t to = tn_str_find(limits, TN_LIT(" to ")), older = tn_str_find_fold(limits, TN_LIT(" and older"));
    if (limits.len && is_group(limits)) {
        groups = limits;
    } else if (tn_str_starts_fold(limits, TN_LIT("up to "))) {
        put_text(reading, record, TN_trial_maximum_age, tn_str_from(limits, 6), tn_put_age);
    } else if (to != TN_NO_OFFSET) {
        put_text(reading, record, TN_trial_minimum_age, tn_str_slice(limits.s, to), tn_put_age);
        put_text(reading, record, TN_trial_maximum_age, tn_str_from(limits, to + 4), tn_put_age);
    } else if (limits.len) {
        put_text(reading, record, TN_trial_minimum_age, tn_str_slice(limits.s, older == TN_NO_OFFSET ? limits.len : older),
                 tn_put_age);
    }
    put_each(reading, record, field, groups, TN_LIT(","), tn_put);
}

/* "DOUBLE (PARTICIPANT, INVESTIGATOR)", "None (Open Label)" */
static void put_masking(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_word word;
    struct tn_str who, masking = before_bracket(value->text, &who);
    struct tn_str first = tn_str_slice(who.s, tn_str_find_char(who, ',') == TN_NO_OFFSET ? who.len : tn_str_find_char(who, ','));
    if (tn_normal_word(&tn_vocabulary_who_masked, first, &word) != TN_CODE_NONE) {
        tn_put(reading, record, field, value);
        return;
    }
    put_text(reading, record, field, masking, tn_put);
    put_each(reading, record, TN_trial_who_masked, who, TN_LIT(","), tn_put);
}

/* The export of 2023 and 2024 writes the first letter alone: it may be any of the words that begin with it. */
static void put_perspective(struct tn_reading *reading, struct tn_record *record, int field,
                            const struct tn_stated *value)
{
    if (value->text.len == 1)
        tn_put_extra_here(reading, value);
    else
        tn_put(reading, record, field, value);
}

void tn_put_bar_design(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    static const struct {
        const char *label;
        int field;
        tn_put_fn *put;
    } parts[] = {
        {"Allocation", TN_trial_allocation, tn_put},
        {"Intervention Model", TN_trial_intervention_model, tn_put},
        {"Observational Model", TN_trial_observational_model, tn_put},
        {"Masking", TN_trial_masking, put_masking},
        {"Primary Purpose", TN_trial_primary_purpose, tn_put},
        {"Time Perspective", TN_trial_time_perspective, put_perspective},
    };
    struct tn_str rest = value->text, part;
    while (tn_next_bar(&rest, &part)) {
        size_t colon = tn_str_find_char(part, ':'), i = 0;
        struct tn_str label = tn_str_slice(part.s, colon == TN_NO_OFFSET ? 0 : colon);
        while (i < sizeof parts / sizeof parts[0] && !tn_str_eq_fold(label, tn_str_of(parts[i].label)))
            i++;
        bool known = i < sizeof parts / sizeof parts[0];
        put_text(reading, record, known ? parts[i].field : field,
                 known ? tn_str_trim(tn_str_from(part, colon + 1)) : part, known ? parts[i].put : tn_put);
    }
}

void tn_put_bar_study_type(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    struct tn_str text = tn_str_trim(value->text);
    size_t end = 0;
    while (end < text.len && text.s[end] != '[' && text.s[end] != ':')
        end++;
    put_text(reading, record, field, tn_str_trim(tn_str_slice(text.s, end)), tn_put);
    if (tn_str_find_fold(text, TN_LIT("[Patient Registry]")) != TN_NO_OFFSET)
        put_text(reading, record, TN_trial_patient_registry, TN_LIT("true"), tn_put);
    else if (end < text.len)
        tn_put_extra_here(reading, value);
}

void tn_put_results_words(struct tn_reading *reading, struct tn_record *record, int field,
                          const struct tn_stated *value)
{
    struct tn_str text = tn_str_trim(value->text);
    if (tn_str_eq_fold(text, TN_LIT("Has Results")))
        text = TN_LIT("true");
    else if (tn_str_eq_fold(text, TN_LIT("No Results Available")))
        text = TN_LIT("false");
    put_text(reading, record, field, text, tn_put);
}

void tn_put_shown_url(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value)
{
    const struct tn_str show = TN_LIT("clinicaltrials.gov/show/");
    struct tn_str now = {NULL, 0};
    size_t at = tn_str_find_fold(value->text, show);
    if (at != TN_NO_OFFSET)
        now = tn_identifier_url(reading->arena, "ClinicalTrials.gov", tn_str_trim(tn_str_from(value->text, at + show.len)));
    if (now.len)
        put_text(reading, record, field, now, tn_put_url);
    else
        tn_put_url(reading, record, field, value);
}
