/* SPDX-License-Identifier: MIT */
#include "readers/redact.h"

#include "readers/redact_names.h"
#include "readers/redact_strangers.h"

/* Person fields that are searched for in the other texts. The rest is only cleared: a city is no secret by itself. */
enum how { PEOPLE, PHRASE };
static const struct {
    const struct tn_record_type *type;
    int field;
    enum how how;
} searched[] = {
    {&tn_type_responsible_party, TN_responsible_party_name, PEOPLE},
    {&tn_type_official, TN_official_name, PEOPLE},
    {&tn_type_contact, TN_contact_name, PEOPLE},
    {&tn_type_contact, TN_contact_phone, PHRASE},
    {&tn_type_contact, TN_contact_address, PHRASE},
    {&tn_type_ethics, TN_ethics_contact, PHRASE},
};

/* Texts in which digits and words are no telephone numbers and no names; only e-mail addresses are looked for.
 * Publications name their authors: that is bibliography and public. */
static const struct {
    const struct tn_record_type *type;
    int field; /* -1: all of the type */
} coded[] = {
    {&tn_type_trial, TN_trial_schema},
    {&tn_type_trial, TN_trial_record_key},
    {&tn_type_trial, TN_trial_trial_id},
    {&tn_type_trial, TN_trial_registry},
    {&tn_type_trial, TN_trial_url},
    {&tn_type_trial, TN_trial_language},
    {&tn_type_trial, TN_trial_results_url},
    {&tn_type_trial, TN_trial_ipd_url},
    {&tn_type_identifier, TN_identifier_value},
    {&tn_type_identifier, TN_identifier_registry},
    {&tn_type_identifier, TN_identifier_url},
    {&tn_type_related_trial, TN_related_trial_trial_id},
    {&tn_type_mesh_term, -1},
    {&tn_type_condition_code, -1},
    {&tn_type_location, TN_location_zip},
    {&tn_type_location, TN_location_country_code},
    {&tn_type_country, TN_country_code},
    {&tn_type_ipd_link, TN_ipd_link_id},
    {&tn_type_ipd_link, TN_ipd_link_url},
    {&tn_type_retraction, TN_retraction_pmid},
    {&tn_type_publication, -1},
    {&tn_type_link, TN_link_url},
    {&tn_type_document, TN_document_filename},
    {&tn_type_document, TN_document_url},
    {&tn_type_warning, TN_warning_code},
    {&tn_type_warning, TN_warning_field},
    {&tn_type_origin, TN_origin_field},
    {&tn_type_origin, TN_origin_path},
};

/* Names of places and organizations, and degrees: neither is a surname looked for by itself in them ("Jordan", "Mayo Clinic"), nor
 * are people whom the record does not know. Words of vocabularies are of the same kind. */
static const struct {
    const struct tn_record_type *type;
    int field; /* -1: all of the type */
} proper[] = {
    {&tn_type_trial, TN_trial_lead_sponsor},
    {&tn_type_collaborator, -1},
    {&tn_type_trial, TN_trial_organization},
    {&tn_type_responsible_party, TN_responsible_party_affiliation},
    {&tn_type_official, TN_official_affiliation},
    {&tn_type_official, TN_official_degrees},
    {&tn_type_contact, TN_contact_degrees},
    {&tn_type_location, TN_location_facility}, /* "Prof. Dr. Moor Hospital" */
    {&tn_type_location, TN_location_city},
    {&tn_type_location, TN_location_state},
    {&tn_type_location, TN_location_country},
    {&tn_type_country, -1},
};

struct redaction {
    struct tn_arena *arena;
    struct tn_names names;
    const struct tn_record *trial;
};

static bool is_person(const struct tn_record_type *type, int field)
{
    return (type->fields[field].flags & TN_PERSON) != 0;
}

static bool is_coded(const struct tn_record_type *type, int field)
{
    for (size_t i = 0; i < sizeof coded / sizeof coded[0]; i++)
        if (coded[i].type == type && (coded[i].field == field || coded[i].field < 0))
            return true;
    return false;
}

static bool is_proper(const struct tn_record_type *type, int field)
{
    for (size_t i = 0; i < sizeof proper / sizeof proper[0]; i++)
        if (proper[i].type == type && (proper[i].field == field || proper[i].field < 0))
            return true;
    return type->fields[field].kind == TN_ENUM || type->fields[field].kind == TN_ENUM_LIST;
}

static bool holds_records(enum tn_kind kind)
{
    return kind == TN_RECORD_ONE || kind == TN_RECORD_LIST || kind == TN_MAP;
}

/* Collecting. */

static bool holds_digit(struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (tn_is_digit(text.s[i]))
            return true;
    return false;
}

/* Companies put their own name where a person's is asked for; it is no secret. Where the sponsor is an individual, the
 * two are rightly the same. */
static bool is_the_company(const struct tn_record *trial, struct tn_str name)
{
    static const char *const companies[] = {"INDUSTRY", "NIH", "FED", "OTHER_GOV", "NETWORK"};
    struct tn_str class = tn_text(trial, TN_trial_lead_sponsor_class);
    for (size_t i = 0; i < sizeof companies / sizeof companies[0]; i++)
        if (tn_str_eq(class, tn_str_of(companies[i])))
            return tn_str_starts_fold(tn_text(trial, TN_trial_lead_sponsor), name);
    return false;
}

static void collect_text(struct redaction *redaction, const struct tn_record *record, int field)
{
    enum { SHORTEST_PHRASE = 7 };
    struct tn_str text = tn_text(record, field);
    for (size_t i = 0; text.len && i < sizeof searched / sizeof searched[0]; i++) {
        if (searched[i].type != record->type || searched[i].field != field)
            continue;
        if (searched[i].how == PEOPLE && !is_the_company(redaction->trial, text))
            tn_names_add(&redaction->names, text);
        else if (searched[i].how == PHRASE && text.len >= SHORTEST_PHRASE && holds_digit(text))
            tn_names_add_phrase(&redaction->names, text);
    }
}

/* Calls itself as deep as record types are nested. */
static void collect(struct redaction *redaction, const struct tn_record *record)
{
    for (int f = 0; f < record->type->count; f++) {
        if (is_person(record->type, f))
            collect_text(redaction, record, f);
        else if (holds_records(record->type->fields[f].kind))
            for (size_t i = 0; i < tn_count(record, f); i++)
                collect(redaction, tn_record_at(record, f, i));
    }
}

/* Texts. */

typedef bool find_fn(const struct redaction *redaction, struct tn_str text, size_t from, struct tn_span *found);

static bool find_email(const struct redaction *redaction, struct tn_str text, size_t from, struct tn_span *found)
{
    (void)redaction;
    return tn_email_find(text, from, found);
}

static bool find_phone(const struct redaction *redaction, struct tn_str text, size_t from, struct tn_span *found)
{
    (void)redaction;
    return tn_phone_find(text, from, found);
}

static bool find_name(const struct redaction *redaction, struct tn_str text, size_t from, struct tn_span *found)
{
    return tn_names_find(&redaction->names, text, from, true, found);
}

static bool find_full_name(const struct redaction *redaction, struct tn_str text, size_t from, struct tn_span *found)
{
    return tn_names_find(&redaction->names, text, from, false, found);
}

static bool find_stranger(const struct redaction *redaction, struct tn_str text, size_t from, struct tn_span *found)
{
    (void)redaction;
    return tn_stranger_find(text, from, found);
}

static bool find_address(const struct redaction *redaction, struct tn_str text, size_t from, struct tn_span *found)
{
    (void)redaction;
    return tn_address_find(text, from, found);
}

/* `text` with everything replaced that `find` finds; itself where that is nothing; empty when memory is short. */
static struct tn_str replace(const struct redaction *redaction, struct tn_str text, find_fn *find)
{
    struct tn_span found;
    size_t hits = 0, len = 0;
    for (size_t from = 0; find(redaction, text, from, &found); from = found.end)
        hits++;
    if (hits == 0)
        return text;
    char *clean = tn_arena_alloc(redaction->arena, text.len + hits * (sizeof TN_REDACTED - 1) + 1);
    if (!clean)
        return (struct tn_str){NULL, 0};
    size_t from = 0;
    for (; find(redaction, text, from, &found); from = found.end) {
        memcpy(clean + len, text.s + from, found.start - from);
        len += found.start - from;
        memcpy(clean + len, TN_REDACTED, sizeof TN_REDACTED - 1);
        len += sizeof TN_REDACTED - 1;
    }
    memcpy(clean + len, text.s + from, text.len - from);
    len += text.len - from;
    clean[len] = '\0';
    return tn_str_slice(clean, len);
}

/* The record's own people first: "Dr. Chen, Yunfei" is known whole. */
static struct tn_str clean_text(const struct redaction *redaction, struct tn_str text)
{
    static find_fn *const finders[] = {find_email, find_phone, find_name, find_stranger, find_address};
    for (size_t i = 0; i < sizeof finders / sizeof finders[0]; i++)
        text = replace(redaction, text, finders[i]);
    return text;
}

static struct tn_str clean_proper(const struct redaction *redaction, struct tn_str text)
{
    text = replace(redaction, text, find_email);
    text = replace(redaction, text, find_phone);
    return replace(redaction, text, find_full_name);
}

static void clean_list(const struct redaction *redaction, struct tn_record *record, int field)
{
    size_t count = tn_count(record, field);
    for (size_t i = 0; i < count; i++) {
        struct tn_str *text = &record->values[field].list->at.texts[i];
        struct tn_str clean = is_proper(record->type, field) ? clean_proper(redaction, *text) : clean_text(redaction, *text);
        *text = clean.len ? clean : TN_LIT(TN_REDACTED);
    }
}

static void clean_value(const struct redaction *redaction, struct tn_record *record, int field)
{
    enum tn_kind kind = record->type->fields[field].kind;
    if (kind == TN_TEXT_LIST || kind == TN_ENUM_LIST)
        clean_list(redaction, record, field);
    else if (kind == TN_TEXT && is_coded(record->type, field))
        tn_set_text(record, field, replace(redaction, tn_text(record, field), find_email));
    else if ((kind == TN_TEXT || kind == TN_ENUM) && is_proper(record->type, field))
        tn_set_text(record, field, clean_proper(redaction, tn_text(record, field)));
    else if (kind == TN_TEXT)
        tn_set_text(record, field, clean_text(redaction, tn_text(record, field)));
}

/* What tells by its label, or by the field that it is about, that it is about a person. */

/* The last two steps of a path: "contactsLocationsModule" says nothing about the locations in it. */
static struct tn_str last_steps(struct tn_str label)
{
    size_t dots = 0;
    if (tn_str_find_char(label, ' ') != TN_NO_OFFSET)
        return label;
    for (size_t i = label.len; i > 0; i--)
        if (label.s[i - 1] == '.' && ++dots == 2)
            return tn_str_from(label, i);
    return label;
}

static bool is_person_label(struct tn_str label)
{
    static const char *const words[] = {"contact", "investigator", "official", "phone", "telefon",
                                        "fax",     "email",        "e-mail",   "address"};
    label = last_steps(label);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (tn_str_find_fold(label, tn_str_of(words[i])) != TN_NO_OFFSET)
            return true;
    return false;
}

static bool has_person_fields(const struct tn_record_type *type)
{
    for (int f = 0; f < type->count; f++)
        if (is_person(type, f))
            return true;
    return false;
}

/* Cuts "locations" off "locations[0].city" and leaves "city". */
static struct tn_str next_step(struct tn_str *path)
{
    size_t end = 0;
    while (end < path->len && path->s[end] != '.' && path->s[end] != '[')
        end++;
    struct tn_str step = tn_str_slice(path->s, end);
    size_t dot = tn_str_find_char(*path, '.');
    *path = dot == TN_NO_OFFSET ? tn_str_slice("", 0) : tn_str_from(*path, dot + 1);
    return step;
}

/* "contacts[0].phone", as an origin names a field, and "contact.phone", as a warning does. */
static bool is_person_path(struct tn_str path)
{
    const struct tn_record_type *type = &tn_type_trial;
    struct tn_str step = next_step(&path);
    for (const struct tn_record_type *const *other = tn_record_types(); *other && path.len; other++)
        if (tn_str_eq(step, tn_str_of((*other)->name)) && has_person_fields(*other))
            return true;
    for (; step.len; step = next_step(&path)) {
        int field = tn_field_named(type, step);
        if (field < 0)
            return false;
        type = type->fields[field].record;
        if (!type)
            return false;
        if (has_person_fields(type))
            return true;
    }
    return false;
}

static void hide_text(struct tn_record *record, int field)
{
    if (tn_has(record, field))
        tn_set_text(record, field, TN_LIT(TN_REDACTED));
}

static void clean_warning(struct tn_record *warning)
{
    if (is_person_path(tn_text(warning, TN_warning_field)))
        hide_text(warning, TN_warning_message);
}

static void clean_origin(struct tn_record *origin)
{
    if (is_person_path(tn_text(origin, TN_origin_field)))
        hide_text(origin, TN_origin_raw);
}

static void clean_extra(struct tn_record *extra)
{
    if (!is_person_label(tn_text(extra, TN_extra_value_label)))
        return;
    tn_clear(extra, TN_extra_value_values);
    tn_add_text(extra, TN_extra_value_values, TN_LIT(TN_REDACTED));
}

/* Headings of pages become labels, and a heading may be a name. Labels that became the same by that get a number. */
static void clean_labels(const struct redaction *redaction, struct tn_record *trial)
{
    size_t count = tn_count(trial, TN_trial_extra), changed = 0;
    for (size_t i = 0; i < count; i++) {
        struct tn_record *entry = tn_record_edit(trial, TN_trial_extra, i);
        struct tn_str label = tn_text(entry, TN_extra_value_label), clean = clean_text(redaction, label);
        if (clean.s == label.s)
            continue;
        if (changed++)
            clean = tn_str_format(redaction->arena, "%.*s (%zu)", (int)clean.len, clean.s, changed);
        tn_set_text(entry, TN_extra_value_label, clean.len ? clean : TN_LIT(TN_REDACTED));
    }
}

static const struct {
    const struct tn_record_type *type;
    void (*clean)(struct tn_record *record);
} special[] = {
    {&tn_type_warning, clean_warning},
    {&tn_type_origin, clean_origin},
    {&tn_type_extra_value, clean_extra},
};

static void clean(const struct redaction *redaction, struct tn_record *record);

/* A list of which nothing is left is not there. */
static void clean_records(const struct redaction *redaction, struct tn_record *record, int field)
{
    size_t count = tn_count(record, field);
    bool some = false;
    for (size_t i = 0; i < count; i++) {
        struct tn_record *entry = tn_record_edit(record, field, i);
        clean(redaction, entry);
        some = some || !tn_record_empty(entry);
    }
    if (!some)
        tn_clear(record, field);
}

/* Calls itself as deep as record types are nested. */
static void clean(const struct redaction *redaction, struct tn_record *record)
{
    for (size_t i = 0; i < sizeof special / sizeof special[0]; i++)
        if (special[i].type == record->type)
            special[i].clean(record);
    bool labelled = record->type == &tn_type_extra_value;
    for (int f = 0; f < record->type->count; f++) {
        if (!tn_has(record, f) || record->type == &tn_type_source || (labelled && f == TN_extra_value_label))
            continue;
        if (is_person(record->type, f))
            tn_clear(record, f);
        else if (holds_records(record->type->fields[f].kind))
            clean_records(redaction, record, f);
        else
            clean_value(redaction, record, f);
    }
}

void tn_redact(struct tn_record *trial, struct tn_arena *arena)
{
    struct redaction redaction = {.arena = arena, .names = {.arena = arena}, .trial = trial};
    if (!trial)
        return;
    collect(&redaction, trial);
    tn_names_sort(&redaction.names);
    clean(&redaction, trial);
    clean_labels(&redaction, trial);
}
