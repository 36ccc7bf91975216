/* SPDX-License-Identifier: MIT */
#include "dataset/arrival.h"

#include <stdio.h>
#include <xxhash.h>

#include "batch/unique.h"
#include "dataset/alias.h"
#include "dataset/precedence.h"
#include "normal/identifier.h"
#include "trialnorm/reader.h"
#include "writers/json_text.h"

/* What stands before the texts. */
struct head {
    int64_t record_index;
    uint64_t hash;
    uint64_t present[TN_PRESENT_WORDS];
};

static const uint32_t absent = UINT32_MAX;

static void put_text(struct tn_buf *bytes, struct tn_str text)
{
    uint32_t len = text.s ? (uint32_t)text.len : absent;
    tn_buf_add(bytes, (const char *)&len, sizeof len);
    if (text.s)
        tn_buf_str(bytes, text);
}

static bool get_text(struct tn_str *rest, struct tn_str *text)
{
    uint32_t len;
    *text = (struct tn_str){NULL, 0};
    if (rest->len < sizeof len)
        return false;
    memcpy(&len, rest->s, sizeof len);
    *rest = tn_str_from(*rest, sizeof len);
    if (len == absent)
        return true;
    if (len > rest->len)
        return false;
    *text = tn_str_slice(rest->s, len);
    *rest = tn_str_from(*rest, len);
    return true;
}

bool tn_arrival_next(struct tn_str *rest, struct tn_str *text)
{
    return get_text(rest, text);
}

/* Room for the length of what follows; close_list fills it in. */
static size_t open_list(struct tn_buf *bytes)
{
    uint32_t len = 0;
    tn_buf_add(bytes, (const char *)&len, sizeof len);
    return bytes->len;
}

static void close_list(struct tn_buf *bytes, size_t start)
{
    uint32_t len = (uint32_t)(bytes->len - start);
    if (!bytes->failed)
        memcpy(bytes->data + start - sizeof len, &len, sizeof len);
}

/* `DE` of a record that is one country's. */
static struct tn_str only_country(const tn_trial *trial)
{
    if (tn_count(trial, TN_trial_countries) != 1)
        return (struct tn_str){NULL, 0};
    return tn_text(tn_record_at(trial, TN_trial_countries, 0), TN_country_code);
}

/* `ES` of `EUCTR2021-000037-14-ES`: WHO has one record for each country of a trial of EUCTR. */
static bool country_of_id(const tn_trial *trial, struct tn_identifier *id)
{
    for (size_t i = 0; i < tn_count(trial, TN_trial_identifiers); i++) {
        const struct tn_record *identifier = tn_record_at(trial, TN_trial_identifiers, i);
        if (tn_identifier_is(tn_text(identifier, TN_identifier_value), tn_text(identifier, TN_identifier_registry).s, id) &&
            id->country[0] && tn_str_eq(tn_str_of(id->value), tn_text(trial, TN_trial_trial_id)))
            return true;
    }
    return false;
}

static void put_word(struct tn_buf *bytes, struct tn_str word)
{
    tn_buf_char(bytes, ' ');
    tn_buf_str(bytes, word);
}

static void put_place(struct tn_buf *bytes, const tn_trial *trial, const struct tn_record *source, const struct tn_raw *raw)
{
    /* A normalized record that is read again says what file it was made of, and that may be any: its name is part of the key, too. */
    bool told = source && tn_has(source, TN_source_file) && tn_has(source, TN_source_record_index);
    if (!told || !tn_str_eq(tn_text(source, TN_source_file), tn_str_of(raw->file)))
        put_word(bytes, tn_text(trial, TN_trial_record_key));
    char index[24];
    int len = snprintf(index, sizeof index, "%lld", told ? (long long)tn_int(source, TN_source_record_index) : (long long)raw->index);
    put_word(bytes, told ? tn_text(source, TN_source_file) : tn_str_of(raw->file));
    put_word(bytes, told ? tn_text(source, TN_source_member) : tn_str_of(raw->member));
    put_word(bytes, tn_str_slice(index, (size_t)len));
}

static struct tn_str source_text(const struct tn_record *source, int field)
{
    return source ? tn_text(source, field) : (struct tn_str){NULL, 0};
}

static struct tn_str reader_of(const struct tn_record *source)
{
    struct tn_str reader = source_text(source, TN_source_reader);
    return reader.len ? reader : TN_LIT("normalized");
}

static void put_key(struct tn_buf *bytes, const tn_trial *trial, const struct tn_record *source, const struct tn_raw *raw)
{
    struct tn_str name = reader_of(source), id = tn_text(trial, TN_trial_trial_id);
    struct tn_str url = source_text(source, TN_source_url), site = source_text(source, TN_source_site);
    const struct tn_precedence *row = tn_precedence_of(name);
    struct tn_identifier own;
    struct tn_str country = {NULL, 0};
    if (row->by_country)
        country = only_country(trial);
    else if (id.len && country_of_id(trial, &own))
        country = tn_str_of(own.country);
    size_t start = open_list(bytes);
    tn_buf_str(bytes, name);
    if (row->kind == TN_SOURCE_OTHER && site.len)
        put_word(bytes, site);
    if (id.len)
        put_word(bytes, id);
    else if (url.len)
        put_word(bytes, url);
    else
        put_place(bytes, trial, source, raw);
    if (id.len && country.len)
        put_word(bytes, country);
    close_list(bytes, start);
}

/* Of the JSON without `source`, which says where it was found: `,"source":{...}` stands in no text, whose quotation marks have
 * a backslash before them, and in no record before it. */
static uint64_t content_hash(struct tn_str json, struct tn_str source)
{
    size_t at = tn_str_find(json, TN_LIT(",\"source\":{"));
    size_t behind = at == TN_NO_OFFSET ? json.len : at + source.len;
    struct tn_str rest = tn_str_from(json, behind);
    uint64_t first = XXH3_64bits(json.s, at == TN_NO_OFFSET ? json.len : at);
    return XXH3_64bits_withSeed(rest.s, rest.len, first);
}

static uint64_t put_json(struct tn_buf *bytes, const tn_trial *trial)
{
    size_t start = open_list(bytes);
    tn_json_trial(bytes, trial, NULL);
    close_list(bytes, start);
    size_t end = bytes->len;
    tn_buf_str(bytes, TN_LIT(",\"source\":"));
    if (tn_has(trial, TN_trial_source))
        tn_json_value(bytes, trial, TN_trial_source, TN_ALL_MEMBERS);
    uint64_t hash = bytes->failed ? 0 : content_hash(tn_str_slice(bytes->data + start, end - start),
                                                     tn_str_slice(bytes->data + end, bytes->len - end));
    bytes->len = end;
    return hash;
}

static bool knows(const struct tn_vocabulary *vocabulary, struct tn_str word)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        if (tn_str_eq(word, tn_str_of(vocabulary->words[i])))
            return true;
    return false;
}

static void put_unknown(struct tn_buf *bytes, const struct tn_field *field, struct tn_str word)
{
    if (knows(field->vocabulary, word))
        return;
    put_text(bytes, tn_str_slice(field->name, field->name_len));
    put_text(bytes, word);
}

/* The words of `record` that their vocabularies do not know, and those of the records in it. */
static void put_unknown_words(struct tn_buf *bytes, const struct tn_record *record)
{
    const struct tn_record_type *type = tn_record_type_of(record);
    for (int i = tn_next_field(record, 0); i >= 0; i = tn_next_field(record, i + 1)) {
        const struct tn_field *field = &type->fields[i];
        for (size_t at = 0; field->kind == TN_ENUM_LIST && at < tn_count(record, i); at++)
            put_unknown(bytes, field, tn_text_at(record, i, at));
        for (size_t at = 0; field->kind == TN_RECORD_LIST && at < tn_count(record, i); at++)
            put_unknown_words(bytes, tn_record_at(record, i, at));
        if (field->kind == TN_ENUM)
            put_unknown(bytes, field, tn_text(record, i));
    }
}

/* Readers warn of every such word: where nobody was warned nobody looks. */
static void put_words(struct tn_buf *bytes, const tn_trial *trial)
{
    size_t start = open_list(bytes);
    bool any = false;
    for (size_t i = 0; i < tn_count(trial, TN_trial_warnings) && !any; i++)
        any = tn_str_eq(tn_text(tn_record_at(trial, TN_trial_warnings, i), TN_warning_code), TN_LIT("unknown-value"));
    if (any)
        put_unknown_words(bytes, trial);
    close_list(bytes, start);
}

static void put_alias(void *context, struct tn_str registry, struct tn_str id, bool former)
{
    put_text(context, registry);
    put_text(context, id);
    put_text(context, former ? TN_LIT("former") : TN_LIT(""));
}

static void put_aliases(struct tn_buf *bytes, const tn_trial *trial)
{
    size_t start = open_list(bytes);
    tn_aliases_of(trial, put_alias, bytes);
    close_list(bytes, start);
}

void tn_arrival_pack(const tn_trial *trial, const struct tn_raw *raw, struct tn_buf *bytes)
{
    static const int of_trial[] = {TN_trial_trial_id, TN_trial_registry};
    struct tn_str key = tn_text(trial, TN_trial_record_key);
    const struct tn_record *source = tn_record_at(trial, TN_trial_source, 0);
    size_t start = bytes->len;
    struct head head = {.record_index = -1};
    char stamp[TN_STAMP_LEN];
    memcpy(head.present, trial->present, sizeof head.present);
    if (source && tn_has(source, TN_source_record_index))
        head.record_index = tn_int(source, TN_source_record_index);
    tn_buf_add(bytes, (const char *)&head, sizeof head);
    put_key(bytes, trial, source, raw);
    put_text(bytes, tn_str_of(raw->file));
    put_text(bytes, source_text(source, TN_source_member));
    put_text(bytes, reader_of(source));
    put_text(bytes, source_text(source, TN_source_site));
    put_text(bytes, source_text(source, TN_source_url));
    for (size_t i = 0; i < sizeof of_trial / sizeof of_trial[0]; i++)
        put_text(bytes, tn_text(trial, of_trial[i]));
    put_text(bytes, key.len ? key : tn_has(trial, TN_trial_trial_id) ? tn_text(trial, TN_trial_trial_id) : TN_LIT("normalized"));
    tn_unique_stamp(trial, stamp);
    put_text(bytes, tn_str_slice(stamp, sizeof stamp));
    put_aliases(bytes, trial);
    put_words(bytes, trial);
    head.hash = put_json(bytes, trial);
    if (!bytes->failed)
        memcpy(bytes->data + start, &head, sizeof head);
}

bool tn_arrival_unpack(struct tn_str bytes, struct tn_arrival *arrival)
{
    struct head head;
    if (bytes.len < sizeof head)
        return false;
    memcpy(&head, bytes.s, sizeof head);
    *arrival = (struct tn_arrival){.record_index = head.record_index, .hash = head.hash};
    memcpy(arrival->present, head.present, sizeof head.present);
    bytes = tn_str_from(bytes, sizeof head);
    bool good = true;
    for (int i = 0; i < TN_ARRIVAL_PARTS && good; i++)
        good = get_text(&bytes, &arrival->part[i]);
    return good && bytes.len == 0;
}
