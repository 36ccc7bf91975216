/* SPDX-License-Identifier: MIT */
/* What every record needs once its source has been read. */
#include <inttypes.h>
#include <stdio.h>
#include <utf8proc.h>
#include <xxhash.h>

#include "core/utf8.h"
#include "normal/country.h"
#include "normal/identifier.h"
#include "normal/text.h"
#include "readers/address.h"
#include "readers/put.h"
#include "readers/redact.h"
#include "readers/redact_labels.h"

static void finish_registry(struct tn_reading *reading)
{
    struct tn_record *trial = reading->trial;
    struct tn_identifier id;
    if (!tn_has(trial, TN_trial_trial_id) || !tn_identifier_is(tn_text(trial, TN_trial_trial_id), NULL, &id))
        return;
    tn_set_text(trial, TN_trial_registry, tn_str_of(id.registry));
    if (!tn_has(trial, TN_trial_url))
        tn_set_text(trial, TN_trial_url, tn_identifier_url(reading->arena, id.registry, tn_str_of(id.value)));
}

/* What a number without a value says beside it is kept. */
static void drop_identifier(struct tn_reading *reading, size_t i)
{
    const struct tn_record *entry = tn_record_at(reading->trial, TN_trial_identifiers, i);
    for (int f = 0; f < entry->type->count; f++) {
        struct tn_stated value = {.text = tn_text(entry, f), .stable = true};
        if (value.text.len)
            tn_put_extra(reading, tn_str_format(reading->arena, "identifiers.%s", entry->type->fields[f].name), &value);
    }
    tn_remove_at(reading->trial, TN_trial_identifiers, i);
}

/* An identifier whose type the source leaves open says by its form what it is. */
static void finish_identifiers(struct tn_reading *reading)
{
    struct tn_record *trial = reading->trial;
    for (size_t i = tn_count(trial, TN_trial_identifiers); i-- > 0;) {
        struct tn_record *entry = tn_record_edit(trial, TN_trial_identifiers, i);
        struct tn_identifier id;
        if (!tn_has(entry, TN_identifier_value)) {
            drop_identifier(reading, i);
            continue;
        }
        if (!tn_has(entry, TN_identifier_type) && tn_identifier_is(tn_text(entry, TN_identifier_value), NULL, &id))
            tn_set_text(entry, TN_identifier_type, tn_str_of(id.type));
    }
}

/* Lower-case letters and digits of any script, everything else one hyphen. */
static struct tn_str slug(struct tn_arena *arena, struct tn_str text)
{
    struct tn_str folded = tn_utf8_casefold(arena, text);
    char *out = tn_arena_alloc(arena, folded.len + 1);
    size_t len = 0;
    for (size_t at = 0, size; out && at < folded.len; at += size) {
        uint32_t character = tn_utf8_next(tn_str_from(folded, at), &size);
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
        bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
        if (letter) {
            memcpy(out + len, folded.s + at, size);
            len += size;
        } else if (len && out[len - 1] != '-') {
            out[len++] = '-';
        }
    }
    if (len && out[len - 1] == '-')
        len--;
    return tn_str_slice(out, out ? len : 0);
}

/* A hash of the cleaned long texts, or of all texts where none is long: it survives a new download. */
static uint64_t hash_texts(const struct tn_record *trial, size_t shortest)
{
    XXH64_hash_t hash = 0;
    for (int f = 0; f < trial->type->count; f++) {
        struct tn_str text = trial->type->fields[f].kind == TN_TEXT ? tn_text(trial, f) : TN_LIT("");
        if (text.len && text.len >= shortest)
            hash = XXH3_64bits_withSeed(text.s, text.len, hash + (XXH64_hash_t)f);
    }
    return hash;
}

static void finish_key(struct tn_reading *reading)
{
    enum { LONG_TEXT = 80 };
    struct tn_record *trial = reading->trial;
    struct tn_str key = tn_text(trial, TN_trial_trial_id);
    struct tn_str reader = tn_text(tn_record_at(trial, TN_trial_source, 0), TN_source_reader);
    if (reader.len == 0)
        reader = tn_str_of(reading->reader->name);
    struct tn_str title = key.len ? key : slug(reading->arena, tn_text(trial, TN_trial_title));
    if (key.len == 0 && title.len) {
        key = tn_str_format(reading->arena, "%.*s:%.*s", (int)reader.len, reader.s, (int)title.len, title.s);
    } else if (key.len == 0) {
        uint64_t hash = hash_texts(trial, LONG_TEXT);
        key = tn_str_format(reading->arena, "%.*s:%016" PRIx64, (int)reader.len, reader.s,
                            hash ? hash : hash_texts(trial, 1));
    }
    tn_set_text(trial, TN_trial_record_key, key);
}

static bool same_country(const struct tn_record *country, struct tn_str name, struct tn_str code)
{
    struct tn_str other = tn_text(country, TN_country_code);
    return code.len && other.len ? tn_str_eq(code, other) : tn_str_eq(name, tn_text(country, TN_country_name));
}

/* The world has fewer countries than are compared. */
static bool has_country(const struct tn_record *trial, struct tn_str name, struct tn_str code)
{
    enum { COMPARED = 1000 };
    size_t count = tn_count(trial, TN_trial_countries);
    for (size_t i = 0; i < count && i < COMPARED; i++)
        if (same_country(tn_record_at(trial, TN_trial_countries, i), name, code))
            return true;
    return false;
}

/* The distinct countries of the locations come first, then those of a list that the source states. */
static void finish_countries(struct tn_record *trial)
{
    size_t stated = tn_count(trial, TN_trial_countries);
    struct tn_str last = {NULL, 0};
    for (size_t i = 0; i < tn_count(trial, TN_trial_locations); i++) {
        const struct tn_record *location = tn_record_at(trial, TN_trial_locations, i);
        struct tn_str name = tn_text(location, TN_location_country);
        struct tn_str code = tn_text(location, TN_location_country_code);
        if (name.len == 0 || tn_str_eq(name, last))
            continue;
        last = name;
        if (has_country(trial, name, code))
            continue;
        struct tn_record *country = tn_add_record(trial, TN_trial_countries);
        tn_set_text(country, TN_country_name, name);
        tn_set_text(country, TN_country_code, code);
    }
    /* Those that were there before stand in front now: rotate them behind. */
    size_t count = tn_count(trial, TN_trial_countries);
    struct tn_record **moved = stated && count > stated ? tn_arena_alloc(trial->arena, stated * sizeof *moved) : NULL;
    if (!moved)
        return;
    struct tn_record **entries = trial->values[TN_trial_countries].list->at.records;
    memcpy(moved, entries, stated * sizeof *moved);
    memmove(entries, entries + stated, (count - stated) * sizeof *entries);
    memcpy(entries + count - stated, moved, stated * sizeof *moved);
}

/* A date that the container states; its time of day is only told as the origin of the value. */
static void finish_fetched(struct tn_reading *reading, struct tn_record *source)
{
    struct tn_str stated = tn_str_of(reading->raw->fetched);
    const struct tn_stated value = {.text = stated};
    struct tn_date date;
    if (tn_normal_date(stated, TN_DATE_ORDER_UNKNOWN, &date) != TN_CODE_NONE || !date.text[0])
        tn_put_extra(reading, TN_LIT("source.fetched"), &value);
    else
        tn_set_text(source, TN_source_fetched, tn_str_copy(reading->arena, tn_str_of(date.text)));
    reading->offset = TN_NO_OFFSET;
    if (date.time_cut)
        tn_note_origin(reading, source, TN_source_fetched, stated);
    if (!date.text[0])
        tn_warn(reading, TN_BAD_VALUE, source, TN_source_fetched, "not a date: '%.*s'",
                (int)tn_str_cut(stated, 60), stated.s);
}

/* What the container of the document states: the address from which it was fetched comes before the one that a page
 * gives itself. */
static void finish_origin(struct tn_reading *reading, struct tn_record *source)
{
    const struct tn_raw *raw = reading->raw;
    unsigned flags = 0;
    struct tn_str url = raw->url ? tn_text_plain(reading->arena, tn_str_of(raw->url), false, &flags) : TN_LIT("");
    struct tn_stated own = {.text = tn_text(source, TN_source_url), .stable = true};
    if (url.len && own.text.len && !tn_str_eq(own.text, url))
        tn_put_extra(reading, TN_LIT("source.url"), &own);
    if (url.len)
        tn_set_text(source, TN_source_url, url);
    if (url.len && !tn_has(source, TN_source_site))
        tn_set_text(source, TN_source_site, tn_address_host(reading->arena, url));
    if (raw->fetched && !tn_has(source, TN_source_fetched))
        finish_fetched(reading, source);
    if (raw->cut)
        tn_warn(reading, TN_TRUNCATED_TEXT, NULL, 0, "the archive holds only a part of the page (%.*s)",
                (int)tn_str_cut(tn_str_of(raw->cut), 60), raw->cut);
}

static void finish_source(struct tn_reading *reading)
{
    const struct tn_raw *raw = reading->raw;
    struct tn_record *source = tn_add_record(reading->trial, TN_trial_source);
    unsigned flags = 0;
    tn_set_text(source, TN_source_reader, tn_str_of(reading->reader->name));
    if (raw->file)
        tn_set_text(source, TN_source_file, tn_text_plain(reading->arena, tn_str_of(raw->file), false, &flags));
    if (raw->member)
        tn_set_text(source, TN_source_member, tn_text_plain(reading->arena, tn_str_of(raw->member), false, &flags));
    tn_set_int(source, TN_source_record_index, (int64_t)raw->index);
    finish_origin(reading, source);
}

/* Later than by the digits that both have. */
static bool surely_later(struct tn_str a, struct tn_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    return len && memcmp(a.s, b.s, len) > 0;
}

static void check_order(struct tn_reading *reading, int first, int second)
{
    struct tn_str a = tn_text(reading->trial, first), b = tn_text(reading->trial, second);
    if (surely_later(a, b))
        tn_warn(reading, TN_INCONSISTENT, reading->trial, second, "%s is before %s, %s", b.s,
                reading->trial->type->fields[first].name, a.s);
}

static void check_consistency(struct tn_reading *reading)
{
    struct tn_record *trial = reading->trial;
    check_order(reading, TN_trial_start_date, TN_trial_completion_date);
    check_order(reading, TN_trial_start_date, TN_trial_primary_completion_date);
    if (tn_has(trial, TN_trial_minimum_age_years) && tn_has(trial, TN_trial_maximum_age_years) &&
        tn_number(trial, TN_trial_minimum_age_years) > tn_number(trial, TN_trial_maximum_age_years))
        tn_warn(reading, TN_INCONSISTENT, trial, TN_trial_maximum_age, "the maximum age %s is under the minimum age %s",
                tn_text(trial, TN_trial_maximum_age).s, tn_text(trial, TN_trial_minimum_age).s);
}

/* The line of the first character that was replaced, as a character or as an escape. */
static unsigned first_repaired_line(const struct tn_raw *raw)
{
    struct tn_str bytes = tn_str_slice(raw->bytes, raw->len);
    size_t character = tn_str_find(bytes, TN_LIT(TN_REPLACEMENT)), escape = tn_str_find(bytes, TN_LIT("\\ufffd"));
    size_t first = character < escape ? character : escape;
    return first == TN_NO_OFFSET ? 0 : raw->line + tn_str_line_ends(tn_str_slice(bytes.s, first));
}

static void warn_repairs(struct tn_reading *reading)
{
    reading->line = 0;
    if (reading->raw->decoding)
        tn_warn(reading, TN_REPAIRED_TEXT, NULL, 0, "%s", reading->raw->decoding);
    reading->line = reading->raw->repaired ? first_repaired_line(reading->raw) : 0;
    if (reading->raw->repaired)
        tn_warn(reading, TN_REPAIRED_TEXT, NULL, 0, "%zu character%s no text: replaced by U+FFFD", reading->raw->repaired,
                reading->raw->repaired == 1 ? " is" : "s are");
    else if (reading->text_flags & TN_TEXT_REPAIRED)
        tn_warn(reading, TN_REPAIRED_TEXT, NULL, 0, "control characters were replaced by U+FFFD");
}

/* A trial that has ended may have enrolled nobody. */
static bool is_over(const struct tn_record *trial)
{
    static const char *const ends[] = {"CANCELLED", "COMPLETED",  "ENDED",     "EXPIRED", "NOT_AUTHORISED", "NO_LONGER_AVAILABLE",
                                       "REVOKED",   "TERMINATED", "WITHDRAWN"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (tn_str_eq(tn_text(trial, TN_trial_status), tn_str_of(ends[i])))
            return true;
    return false;
}

/* Forms have 0 as the size until somebody fills it in (SCHEMA.md, `enrollment`). ClinicalTrials.gov asks for the number and
 * has 0 where there was nobody. */
static void finish_size(struct tn_reading *reading)
{
    struct tn_record *trial = reading->trial;
    struct tn_stated stated = {.text = reading->no_size, .stable = true};
    bool here = tn_has(trial, TN_trial_enrollment) && tn_int(trial, TN_trial_enrollment) == 0 && stated.text.s;
    bool asked = strncmp(reading->reader->name, "ctgov-", 6) == 0 ||
                 tn_str_eq(tn_text(trial, TN_trial_registry), TN_LIT("ClinicalTrials.gov"));
    bool told = tn_has(trial, TN_trial_status) || tn_has(trial, TN_trial_target_enrollment);
    if (!here || !told || is_over(trial) || asked)
        return;
    tn_clear(trial, TN_trial_enrollment);
    tn_clear(trial, TN_trial_enrollment_type);
    tn_put_extra(reading, reading->no_size_label, &stated);
    tn_move_origin(trial, TN_LIT("enrollment"), (struct tn_str){NULL, 0});
    tn_move_origin(trial, TN_LIT("enrollment_type"), (struct tn_str){NULL, 0});
    if (!tn_has(trial, TN_trial_target_enrollment))
        return;
    tn_set_int(trial, TN_trial_enrollment, tn_int(trial, TN_trial_target_enrollment));
    tn_set_text(trial, TN_trial_enrollment_type, TN_LIT("ESTIMATED"));
    tn_clear(trial, TN_trial_target_enrollment);
    tn_move_origin(trial, TN_LIT("target_enrollment"), TN_LIT("enrollment"));
}

/* What kind of date it is says nothing where there is none. */
static void finish_date_types(struct tn_reading *reading)
{
    struct tn_record *trial = reading->trial;
    for (int f = 0; f + 1 < trial->type->count; f++) {
        const struct tn_field *date = &trial->type->fields[f], *type = date + 1;
        if ((date->kind != TN_DATE && f != TN_trial_enrollment) || type->vocabulary != &tn_vocabulary_date_type || tn_has(trial, f) || !tn_has(trial, f + 1))
            continue;
        struct tn_stated stated = {.text = tn_text(trial, f + 1), .stable = true};
        tn_put_extra(reading, tn_str_of(type->name), &stated);
        tn_clear(trial, f + 1);
        tn_move_origin(trial, tn_str_of(type->name), (struct tn_str){NULL, 0});
    }
}

static void complete(struct tn_reading *reading)
{
    struct tn_record *trial = reading->trial;
    tn_set_text(trial, TN_trial_schema, TN_LIT("trialnorm/1"));
    finish_registry(reading);
    finish_size(reading);
    finish_date_types(reading);
    finish_identifiers(reading);
    finish_countries(trial);
    finish_source(reading);
    check_consistency(reading);
    warn_repairs(reading);
    finish_key(reading);
}

/* Without it, or with one that is not of its identifier as that is written. */
static bool lacks_key(const struct tn_record *trial)
{
    struct tn_str key = tn_text(trial, TN_trial_record_key), own = tn_text(trial, TN_trial_trial_id);
    struct tn_identifier id;
    return !key.len || (own.len && !tn_str_eq(key, own) && tn_identifier_is(key, NULL, &id) &&
                        tn_str_eq(tn_str_of(id.value), own));
}

/* What no record is without, where one of trialnorm's own came so: made by hand, or with that left out. */
static void fill(struct tn_reading *reading)
{
    struct tn_record *trial = reading->trial;
    const struct tn_record *source = tn_record_at(trial, TN_trial_source, 0);
    if (!source || tn_record_empty(source))
        finish_source(reading);
    else if (!tn_has(source, TN_source_reader))
        tn_set_text(tn_record_edit(trial, TN_trial_source, 0), TN_source_reader, tn_str_of(reading->reader->name));
    warn_repairs(reading);
    if (lacks_key(trial))
        finish_key(reading);
}

void tn_finish(struct tn_reading *reading)
{
    struct tn_record *trial = reading->trial;
    if (reading->reader->finished)
        fill(reading);
    else
        complete(reading);
    if (!reading->options->redact)
        return;
    if (reading->reader->finished)
        tn_redact_labels(trial, reading->options->readers);
    tn_redact(trial, reading->arena);
    if (!tn_has(trial, TN_trial_trial_id) && tn_has(trial, TN_trial_title))
        finish_key(reading); /* the title, of which the key was made, may have held a name */
}
