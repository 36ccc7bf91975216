/* SPDX-License-Identifier: MIT */
/* Which of a page's data are its own trial's, and how they come into the record. */
#include "readers/page_data.h"

#include "normal/text.h"
#include "readers/ctgov_v2.h"
#include "readers/schema_org.h"

extern const struct tn_reader tn_reader_ctgov_v2;

/* Choosing. */

static bool has_id(const struct tn_data_trial *trial, const char *id)
{
    for (size_t i = 0; i < TN_DATA_IDS && trial->ids[i][0]; i++)
        if (strcmp(trial->ids[i], id) == 0)
            return true;
    return false;
}

static bool any_has(const struct tn_page_data *data, const char *id)
{
    for (size_t i = 0; i < data->count; i++)
        if (has_id(&data->trials[i], id))
            return true;
    return false;
}

/* "" where nobody says. `text`: the number that the page's text states. */
static const char *own_id(const struct tn_page_data *data, const char *text)
{
    struct tn_identifier stated;
    const char *address = data->address.value;
    if (!text[0] || !address[0])
        return text[0] ? text : address;
    bool same_registry = tn_identifier_is(tn_str_of(text), NULL, &stated) && stated.registry &&
                         strcmp(stated.registry, data->address.registry) == 0;
    bool backed = data->fetched || any_has(data, text) || tn_str_find_fold(data->page->title, tn_str_of(text)) != TN_NO_OFFSET;
    return same_registry && (any_has(data, address) || !backed) ? address : text;
}

/* The only study that the page describes as its own; NULL where there is none, or several. */
static struct tn_data_trial *only_one(const struct tn_page_data *data, bool *several)
{
    struct tn_data_trial *only = NULL;
    *several = false;
    for (size_t i = 0; i < data->count; i++) {
        struct tn_data_trial *trial = &data->trials[i];
        if (trial->listed)
            continue;
        if (only && (only->ids[0][0] == '\0' || !has_id(trial, only->ids[0])))
            *several = true;
        only = only ? only : trial;
    }
    return *several ? NULL : only;
}

/* The text is of no trial, as far as anybody can tell: the page's data are all that it has. */
static bool says_little(const struct tn_record *text)
{
    static const int fields[] = {TN_trial_trial_id,     TN_trial_status,     TN_trial_phases,           TN_trial_lead_sponsor,
                                 TN_trial_enrollment,   TN_trial_conditions, TN_trial_eligibility_text, TN_trial_start_date,
                                 TN_trial_brief_summary};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (tn_has(text, fields[i]))
            return false;
    return true;
}

/* Data without a number, and text with a title: they are the page's when the page has their name somewhere. */
static bool is_named(struct tn_reading *reading, const struct tn_page *page, const struct tn_data_trial *trial,
                     const struct tn_record *text)
{
    const cJSON *name = tn_schema_org_member(trial->tree, "name");
    if (!tn_has(text, TN_trial_title) || says_little(text) || !cJSON_IsString(name))
        return true;
    struct tn_str letters = tn_letters(reading->arena, tn_str_of(name->valuestring));
    return tn_str_eq(letters, tn_letters(reading->arena, tn_text(text, TN_trial_title))) ||
           tn_str_eq(letters, tn_letters(reading->arena, tn_text(text, TN_trial_official_title))) ||
           tn_str_find(tn_letters(reading->arena, page->title), letters) != TN_NO_OFFSET;
}

static void warn_left_out(struct tn_reading *reading, struct tn_data_trial *trial, const char *why)
{
    tn_page_data_locate(trial);
    reading->line = trial->line;
    tn_warn(reading, TN_INCONSISTENT, NULL, 0, "the page's data are of another trial%s%s: left out%s",
            trial->ids[0][0] ? ", " : "", trial->ids[0], why);
    reading->line = 0;
}

/* Whether any data are taken; *own gets the page's number. Data that are taken have this number, or are *nameless. */
static bool choose(struct tn_reading *reading, const struct tn_page_data *data, const struct tn_record *text,
                   const char **own, const struct tn_data_trial **nameless)
{
    bool several;
    struct tn_data_trial *only = only_one(data, &several);
    *nameless = NULL;
    *own = own_id(data, tn_has(text, TN_trial_trial_id) ? tn_text(text, TN_trial_trial_id).s : "");
    if (*own[0] && any_has(data, *own))
        return true;
    if (several && !*own[0]) {
        reading->line = data->trials[0].line;
        tn_warn(reading, TN_CONFLICT, reading->trial, TN_trial_trial_id,
                "the page's data are of several trials, and nothing says which is its own: left out");
        reading->line = 0;
        return false;
    }
    if (!only)
        return false;
    if (only->ids[0][0] && !*own[0]) {
        *own = only->ids[0];
        return true;
    }
    if (only->ids[0][0] == '\0' && is_named(reading, data->page, only, text)) {
        *nameless = only;
        return true;
    }
    warn_left_out(reading, only, *own[0] ? "" : ", the page has another title");
    return false;
}

/* Reading. */

/* Entry `removed` of the identifiers has become the trial's number: so has its origin, and those behind move up. */
static void move_origins(struct tn_reading *reading, size_t removed)
{
    static const struct tn_str list = {"identifiers[", 12};
    struct tn_record *trial = reading->trial;
    for (size_t i = tn_count(trial, TN_trial_provenance); i-- > 0;) {
        struct tn_record *origin = tn_record_edit(trial, TN_trial_provenance, i);
        struct tn_str name = tn_text(origin, TN_origin_field), rest = tn_str_from(name, list.len);
        size_t close = tn_str_find_char(rest, ']');
        unsigned long entry;
        if (!tn_str_starts(name, list) || close == TN_NO_OFFSET ||
            !tn_str_uint(tn_str_slice(rest.s, close), UINT32_MAX, &entry) || entry < removed)
            continue;
        rest = tn_str_from(rest, close);
        if (entry > removed)
            tn_set_text(origin, TN_origin_field,
                        tn_str_format(reading->arena, "identifiers[%lu%.*s", entry - 1, (int)rest.len, rest.s));
        else if (tn_str_eq(rest, TN_LIT("].value")))
            tn_set_text(origin, TN_origin_field, TN_LIT("trial_id"));
        else
            tn_remove_at(trial, TN_trial_provenance, i);
    }
}

/* The page's number out of those that schema.org's data give; the others stay beside it. */
static void take_own_number(struct tn_reading *reading, const char *own)
{
    struct tn_record *trial = reading->trial;
    for (size_t i = tn_count(trial, TN_trial_identifiers); i-- > 0 && own[0];)
        if (tn_str_eq(tn_text(tn_record_at(trial, TN_trial_identifiers, i), TN_identifier_value), tn_str_of(own))) {
            tn_remove_at(trial, TN_trial_identifiers, i);
            move_origins(reading, i);
        }
    if (own[0] && !tn_has(trial, TN_trial_trial_id))
        tn_set_text(trial, TN_trial_trial_id, tn_str_copy(reading->arena, tn_str_of(own)));
}

static bool read_data(struct tn_reading *reading, struct tn_worker *worker, struct tn_data_trial *data, const char *own)
{
    bool v2 = data->form == TN_DATA_V2;
    const struct tn_tree_map *map = v2 ? tn_worker_map(worker, &tn_reader_ctgov_v2, &tn_ctgov_v2_source)
                                       : tn_worker_map(worker, &tn_schema_org_reader, &tn_schema_org_source);
    reading->trial = tn_record_new(reading->arena, &tn_type_trial);
    if (!map || !reading->trial)
        return false;
    tn_page_data_locate(data);
    reading->tree = data->bytes;
    reading->finger = (struct tn_json_finger){.depth = 0};
    reading->looked_for_lines = false;
    reading->line = data->line;
    reading->text_flags |= data->repaired ? (unsigned)TN_TEXT_REPAIRED : 0;
    if (v2) {
        tn_tree_walk(reading, map, data->tree);
        tn_ctgov_v2_source.after(reading);
    } else {
        tn_schema_org_prepare(data->tree, data->nodes, data->node_count);
        tn_schema_org_walk(reading, map, data->tree);
        take_own_number(reading, own);
    }
    reading->trail = NULL;
    reading->line = 0;
    reading->tree = (struct tn_str){NULL, 0};
    return true;
}

/* What readings of text and of data do not share. */
struct place {
    struct tn_labels *labels;
    enum tn_date_order order;
    bool bare_years;
    unsigned char *fate;
    struct tn_noted *noted;
    struct tn_record *trial;
};

static struct place leave(struct tn_reading *reading)
{
    struct place text = {reading->labels, reading->date_order, reading->bare_age_is_years,
                         reading->fate,   reading->noted,      reading->trial};
    reading->labels = NULL;
    reading->date_order = TN_DATE_ORDER_UNKNOWN;
    reading->bare_age_is_years = false;
    reading->fate = NULL;
    reading->noted = NULL;
    reading->label = (struct tn_str){NULL, 0};
    reading->line = 0;
    reading->offset = TN_NO_OFFSET;
    return text;
}

/* All data of one form that are taken, each joined to what is there. A page has its trial once or twice. */
static bool read_form(struct tn_reading *reading, struct tn_worker *worker, const struct tn_page_data *data,
                      enum tn_data_form form, const char *own, const struct tn_data_trial *nameless, bool *whole)
{
    enum { MOST_TAKEN = 8 };
    for (size_t i = 0, taken = 0; i < data->count && taken < MOST_TAKEN; i++) {
        struct tn_data_trial *trial = &data->trials[i];
        struct tn_record *before = reading->trial;
        struct tn_labels *labels = reading->labels;
        const struct tn_join join = {"the page's data", "other data of it", *whole, NULL};
        if (trial->form != form || (trial != nameless && !(own[0] && has_id(trial, own))))
            continue;
        taken++;
        reading->labels = NULL;
        if (!read_data(reading, worker, trial, own))
            return false;
        struct tn_record *second = reading->trial;
        reading->trial = before;
        reading->labels = labels;
        tn_trial_join(reading, second, &join);
        *whole |= form == TN_DATA_V2;
    }
    return true;
}

/* What <meta> has where nobody else says it. */
static void put_meta(struct tn_reading *reading, const struct tn_page *page)
{
    static const char *const titles[] = {"citation_title", "dcterms.title", "dc.title", "og:title", "twitter:title"};
    for (size_t t = 0; t < sizeof titles / sizeof titles[0]; t++)
        for (size_t i = 0; i < page->meta_count && !tn_has(reading->trial, TN_trial_title); i++) {
            struct tn_stated value = tn_stated_of(tn_page_data_bare_title(page, page->metas[i].content));
            if (!tn_str_eq_fold(page->metas[i].name, tn_str_of(titles[t])))
                continue;
            reading->label = page->metas[i].name;
            reading->line = reading->raw->line + page->metas[i].line - 1;
            tn_put(reading, reading->trial, TN_trial_title, &value);
        }
    for (size_t i = 0; i < page->meta_count && !tn_has(reading->trial, TN_trial_brief_summary); i++) {
        struct tn_stated value = tn_stated_of(page->metas[i].content);
        if (!tn_str_eq_fold(page->metas[i].name, TN_LIT("description")) &&
            !tn_str_eq_fold(page->metas[i].name, TN_LIT("og:description")))
            continue;
        tn_put_extra(reading, page->metas[i].name, &value);
        break;
    }
    reading->label = (struct tn_str){NULL, 0};
    reading->line = 0;
}

static bool is_absolute(struct tn_str address)
{
    return tn_str_starts_fold(address, TN_LIT("https://")) || tn_str_starts_fold(address, TN_LIT("http://"));
}

static void put_address(struct tn_reading *reading, const struct tn_page *page)
{
    struct tn_stated address = tn_stated_of(tn_str_trim(page->canonical));
    struct tn_record *source = is_absolute(address.text) ? tn_add_record(reading->trial, TN_trial_source) : NULL;
    if (source && !tn_has(source, TN_source_url))
        tn_put(reading, source, TN_source_url, &address);
}

/* The number in the address, where nobody else says one; one of another registry stands beside. */
static void put_number(struct tn_reading *reading, const struct tn_page_data *data)
{
    struct tn_record *trial = reading->trial;
    struct tn_str number = tn_str_of(data->address.value);
    struct tn_stated value = tn_stated_of(number);
    if (number.len == 0 || tn_str_eq(tn_text(trial, TN_trial_trial_id), number))
        return;
    reading->label = TN_LIT("page address");
    if (!tn_has(trial, TN_trial_trial_id)) {
        tn_put_trial_id(reading, trial, TN_trial_trial_id, &value);
    } else {
        bool there = false;
        struct tn_identifier own;
        for (size_t i = 0; i < tn_count(trial, TN_trial_identifiers) && !there; i++)
            there = tn_str_eq(tn_text(tn_record_at(trial, TN_trial_identifiers, i), TN_identifier_value), number);
        if (!there && tn_identifier_is(tn_text(trial, TN_trial_trial_id), NULL, &own) &&
            strcmp(own.registry, data->address.registry) != 0)
            tn_put_identifier(reading, tn_add_record(trial, TN_trial_identifiers), TN_identifier_value, &value);
    }
    reading->label = (struct tn_str){NULL, 0};
}

/* The engine has said already that label and address differ. */
static bool is_told(const struct tn_record *trial)
{
    for (size_t i = 0; i < tn_count(trial, TN_trial_warnings); i++) {
        const struct tn_record *warning = tn_record_at(trial, TN_trial_warnings, i);
        if (tn_str_eq(tn_text(warning, TN_warning_code), TN_LIT("conflict")) &&
            tn_str_eq(tn_text(warning, TN_warning_field), TN_LIT("trial_id")))
            return true;
    }
    return false;
}

static void settle_number(struct tn_reading *reading, struct tn_record *text, const char *own)
{
    struct tn_str number = tn_str_of(own);
    struct tn_stated other = {.text = tn_text(text, TN_trial_trial_id), .stable = true};
    if (number.len == 0 || other.text.len == 0 || tn_str_eq(other.text, number))
        return;
    if (!tn_has(reading->trial, TN_trial_trial_id))
        tn_set_text(reading->trial, TN_trial_trial_id, tn_str_copy(reading->arena, number));
    tn_clear(text, TN_trial_url);
    if (is_told(text)) {
        tn_put_extra(reading, TN_LIT("trial_id"), &other);
        tn_clear(text, TN_trial_trial_id);
    }
}

bool tn_page_data_start(struct tn_reading *reading, const struct tn_page *page)
{
    if (page->is_html)
        reading->noted = tn_arena_zero(reading->arena, TN_trial_COUNT * sizeof *reading->noted);
    return !page->is_html || reading->noted;
}

bool tn_page_data_join(struct tn_reading *reading, struct tn_worker *worker, const struct tn_page *page)
{
    struct tn_page_data data;
    const struct tn_data_trial *nameless;
    const char *own;
    bool whole = false;
    if (!page->is_html)
        return true;
    struct place text = leave(reading);
    reading->trial = tn_record_new(reading->arena, &tn_type_trial);
    if (!reading->trial || !tn_page_data_find(reading->arena, page, reading->raw, reading, &data))
        return false;
    if (choose(reading, &data, text.trial, &own, &nameless) &&
        (!read_form(reading, worker, &data, TN_DATA_V2, own, nameless, &whole) ||
         !read_form(reading, worker, &data, TN_DATA_SCHEMA_ORG, own, nameless, &whole)))
        return false;
    settle_number(reading, text.trial, own);
    if (tn_record_empty(reading->trial)) { /* most pages: nothing but text */
        reading->trial = text.trial;
        reading->labels = text.labels;
    } else {
        const struct tn_join join = {"the page's data", "its text", whole, text.noted};
        tn_trial_join(reading, text.trial, &join);
    }
    put_number(reading, &data);
    put_address(reading, page);
    put_meta(reading, page);
    reading->date_order = text.order;
    reading->bare_age_is_years = text.bare_years;
    return true;
}

/* Claims. */

static bool has_meta(const struct tn_page *page, bool number)
{
    struct tn_identifier id;
    for (size_t i = 0; i < page->meta_count; i++) {
        const struct tn_page_meta *meta = &page->metas[i];
        if (number ? tn_page_data_is_number(meta->name) && tn_identifier_is(meta->content, NULL, &id)
                   : tn_str_ends_fold(meta->name, TN_LIT("title")))
            return true;
    }
    return false;
}

bool tn_page_data_claims(const struct tn_page *page)
{
    struct tn_arena arena;
    struct tn_page_data data;
    bool several, claims = false;
    if (!page->is_html)
        return false;
    if (page->script_count) {
        tn_arena_init(&arena, (size_t)1 << 30);
        if (tn_page_data_find(&arena, page, NULL, NULL, &data))
            claims = (data.address.value[0] && any_has(&data, data.address.value)) || only_one(&data, &several) != NULL;
        tn_arena_release(&arena);
    }
    return claims || (has_meta(page, true) && has_meta(page, false));
}
