/* SPDX-License-Identifier: MIT */
#include "readers/copies.h"

#include <stdio.h>
#include <stdlib.h>

#include "readers/join_inside.h"

struct joining {
    const struct tn_copy *copies;
    size_t count, newest;
    size_t order[TN_COPIES_MAX];  /* copies, the newest first */
    size_t from[TN_trial_COUNT];  /* the copy that gives a field; `count`: several or none */
    struct tn_reading *reading;   /* of the newest */
    struct tn_record *made;       /* gathered lists and provenance, until they are the trial's */
};

static bool is_newer(const struct tn_copy *a, const struct tn_copy *b, size_t at_a, size_t at_b)
{
    int order = tn_str_cmp(a->entered, b->entered);
    return order != 0 ? order > 0 : at_a > at_b;
}

size_t tn_copies_newest(const struct tn_copy *copies, size_t count)
{
    size_t newest = 0;
    for (size_t i = 1; i < count; i++)
        if (is_newer(&copies[i], &copies[newest], i, newest))
            newest = i;
    return newest;
}

static void sort(struct joining *joining)
{
    for (size_t i = 0; i < joining->count; i++) {
        size_t at = i;
        while (at > 0 && is_newer(&joining->copies[i], &joining->copies[joining->order[at - 1]], i, joining->order[at - 1])) {
            joining->order[at] = joining->order[at - 1];
            at--;
        }
        joining->order[at] = i;
    }
}

/* Equal and short forms of values. Records hold records, but no type holds itself. */

static bool same_field(const struct tn_record *a, const struct tn_record *b, int field);

static bool same_record(const struct tn_record *a, const struct tn_record *b)
{
    bool same = a->type == b->type;
    for (int f = 0; same && f < a->type->count; f++)
        same = tn_has(a, f) == tn_has(b, f) && (!tn_has(a, f) || same_field(a, b, f));
    return same;
}

static bool same_list(const struct tn_record *a, const struct tn_record *b, int field, bool texts)
{
    size_t count = tn_count(a, field);
    bool same = count == tn_count(b, field);
    for (size_t i = 0; same && i < count; i++)
        same = texts ? tn_str_eq(tn_text_at(a, field, i), tn_text_at(b, field, i))
                     : same_record(tn_record_at(a, field, i), tn_record_at(b, field, i));
    return same;
}

static bool same_field(const struct tn_record *a, const struct tn_record *b, int field)
{
    char one[TN_VALUE_MAX], other[TN_VALUE_MAX];
    enum tn_kind kind = a->type->fields[field].kind;
    if (kind >= TN_TEXT_LIST)
        return same_list(a, b, field, kind == TN_TEXT_LIST || kind == TN_ENUM_LIST);
    return tn_str_eq(tn_value_text(a, field, one), tn_value_text(b, field, other));
}

/* A message that grows up to its end. */
struct text {
    char *s;
    size_t len, room;
};

static void add(struct text *text, struct tn_str more)
{
    size_t len = tn_str_cut(more, text->room - text->len);
    memcpy(text->s + text->len, more.s ? more.s : "", len);
    text->len += len;
}

static void add_field(struct text *text, const struct tn_record *record, int field);

static void add_record(struct text *text, const struct tn_record *record)
{
    bool first = true;
    for (int f = 0; f < record->type->count && text->len < text->room; f++)
        if (tn_has(record, f)) {
            add(text, first ? TN_LIT("") : TN_LIT(", "));
            add_field(text, record, f);
            first = false;
        }
}

static void add_field(struct text *text, const struct tn_record *record, int field)
{
    char buffer[TN_VALUE_MAX];
    enum tn_kind kind = record->type->fields[field].kind;
    if (kind < TN_TEXT_LIST) {
        add(text, tn_value_text(record, field, buffer));
        return;
    }
    for (size_t i = 0; i < tn_count(record, field) && text->len < text->room; i++) {
        add(text, i ? TN_LIT("; ") : TN_LIT(""));
        if (kind == TN_TEXT_LIST || kind == TN_ENUM_LIST)
            add(text, tn_text_at(record, field, i));
        else
            add_record(text, tn_record_at(record, field, i));
    }
}

/* Fields. */

static const struct tn_record *trial_of(const struct joining *joining, size_t copy)
{
    return joining->copies[copy].reading->trial;
}

static bool is_gathered(int field)
{
    return field == TN_trial_identifiers || field == TN_trial_ethics || field == TN_trial_countries;
}

/* What differs in every copy, or is made of other fields. */
static bool is_apart(int field)
{
    switch (field) {
    case TN_trial_schema:
    case TN_trial_record_key:
    case TN_trial_source:
    case TN_trial_warnings:
    case TN_trial_extra:
    case TN_trial_provenance: return true;
    default: return false;
    }
}

/* What differs because something else does, which is told. */
static bool is_told_elsewhere(int field)
{
    return tn_join_main_field(field) >= 0 || field == TN_trial_eligibility_text;
}

/* The first copy with the same value as copy `i`. */
static size_t first_with(const struct joining *joining, int field, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (tn_has(trial_of(joining, k), field) && same_field(trial_of(joining, k), trial_of(joining, i), field))
            return k;
    return i;
}

/* "ES, FR 'ONGOING'": the copies that say the same as copy `i`, and what. */
static void add_value(const struct joining *joining, int field, const size_t *first, size_t i, size_t room,
                      struct text *message)
{
    char short_form[128];
    struct text value = {short_form, 0, room < sizeof short_form ? room : sizeof short_form};
    bool any = false;
    for (size_t k = i; k < joining->count; k++)
        if (first[k] == i) {
            add(message, any ? TN_LIT(", ") : TN_LIT(""));
            add(message, joining->copies[k].name);
            any = true;
        }
    add_field(&value, trial_of(joining, i), field);
    add(message, TN_LIT(" '"));
    add(message, tn_str_slice(value.s, value.len));
    add(message, TN_LIT("'"));
}

/* One message for a field, with all values, at the first line that says something else. */
static void tell_conflict(struct joining *joining, int field)
{
    enum { LONGEST = 120, SHORTEST = 10, ROOM = 190 };
    struct tn_reading *reading = joining->reading;
    const struct tn_copy *newest = &joining->copies[joining->from[field]];
    size_t *first = tn_arena_alloc(reading->arena, joining->count * sizeof *first), values = 0, other = 0;
    char buffer[ROOM];
    struct text message = {buffer, 0, sizeof buffer};
    for (size_t i = 0; first && i < joining->count; i++) {
        bool has = tn_has(trial_of(joining, i), field);
        first[i] = has ? first_with(joining, field, i) : joining->count;
        values += first[i] == i;
        if (first[i] == i && values == 2)
            other = i;
    }
    if (values < 2)
        return;
    size_t room = ROOM / values > SHORTEST + 8 ? ROOM / values - 8 : SHORTEST;
    for (size_t i = 0, told = 0; i < joining->count; i++)
        if (first[i] == i) {
            add(&message, told++ ? TN_LIT("; ") : TN_LIT(""));
            add_value(joining, field, first, i, room < LONGEST ? room : LONGEST, &message);
        }
    const struct tn_noted *noted = joining->copies[other].reading->noted;
    reading->line = noted && noted[field].line ? noted[field].line : joining->copies[other].line;
    tn_warn(reading, TN_CONFLICT, reading->trial, field, "%.*s: that of %.*s stands, entered last", (int)message.len, buffer,
            (int)newest->name.len, newest->name.s ? newest->name.s : "");
    reading->line = 0;
}

static void join_field(struct joining *joining, int field)
{
    int of = tn_join_main_field(field);
    joining->from[field] = joining->count;
    for (size_t i = 0; i < joining->count; i++) {
        size_t copy = joining->order[i];
        bool mine = of < 0 || joining->from[of] == joining->count || joining->from[of] == copy;
        if (!mine || !tn_has(trial_of(joining, copy), field))
            continue;
        joining->from[field] = copy;
        if (!is_told_elsewhere(field))
            tell_conflict(joining, field);
        return;
    }
}

/* Fields are compared before the newest's are changed. Main fields come before those that hang on them. */
static void join_fields(struct joining *joining)
{
    struct tn_record *trial = joining->reading->trial;
    for (int pass = 0; pass < 2; pass++)
        for (int f = 0; f < TN_trial_COUNT; f++)
            if (!is_apart(f) && !is_gathered(f) && (tn_join_main_field(f) >= 0) == pass)
                join_field(joining, f);
    for (int f = 0; f < TN_trial_COUNT; f++) {
        if (is_apart(f) || is_gathered(f))
            continue;
        if (joining->from[f] == joining->count)
            tn_clear(trial, f);
        else if (joining->from[f] != joining->newest)
            tn_join_take(trial, trial_of(joining, joining->from[f]), f);
    }
}

/* Lists that are gathered. */

static size_t find_entry(const struct tn_record *list, int field, const struct tn_record *entry)
{
    size_t count = tn_count(list, field);
    for (size_t i = 0; i < count; i++)
        if (same_record(tn_record_at(list, field, i), entry))
            return i;
    return count;
}

/* "identifiers[2].value" with the entry's new number. */
static void renumber(struct joining *joining, size_t copy, int field, size_t before, size_t now)
{
    struct tn_reading *reading = joining->copies[copy].reading;
    const char *name = tn_type_trial.fields[field].name;
    char prefix[64];
    int len = snprintf(prefix, sizeof prefix, "%s[%zu]", name, before);
    for (size_t i = 0; i < tn_count(reading->trial, TN_trial_provenance); i++) {
        struct tn_record *origin = tn_record_edit(reading->trial, TN_trial_provenance, i);
        struct tn_str full = tn_text(origin, TN_origin_field);
        if (len <= 0 || !tn_str_starts(full, tn_str_slice(prefix, (size_t)len)))
            continue;
        struct tn_record *moved = tn_add_record(joining->made, TN_trial_provenance);
        if (!moved)
            return;
        memcpy(moved, origin, sizeof *origin + (size_t)origin->type->count * sizeof origin->values[0]);
        tn_set_text(moved, TN_origin_field,
                    tn_str_format(reading->arena, "%s[%zu]%.*s", name, now, (int)(full.len - (size_t)len), full.s + len));
    }
}

static void gather(struct joining *joining, int field)
{
    struct tn_record *all = joining->made;
    for (size_t i = 0; i < joining->count; i++)
        for (size_t k = 0; k < tn_count(trial_of(joining, i), field); k++) {
            const struct tn_record *entry = tn_record_at(trial_of(joining, i), field, k);
            size_t found = find_entry(all, field, entry);
            if (found < tn_count(all, field))
                continue;
            tn_join_move(all, field, entry);
            renumber(joining, i, field, k, found);
        }
}

/* Notes. */

/* Provenance of the values that were taken; that of gathered entries comes with them. */
static void join_origins(struct joining *joining)
{
    for (size_t i = 0; i < joining->count; i++)
        for (size_t k = 0; k < tn_count(trial_of(joining, i), TN_trial_provenance); k++) {
            const struct tn_record *origin = tn_record_at(trial_of(joining, i), TN_trial_provenance, k);
            int field = tn_join_field_in(tn_text(origin, TN_origin_field));
            if (field >= 0 && !is_gathered(field) && joining->from[field] == i)
                tn_join_move(joining->made, TN_trial_provenance, origin);
        }
}

static void join_warnings(struct joining *joining)
{
    for (size_t i = 0; i < joining->count; i++)
        for (size_t k = 0; i != joining->newest && k < tn_count(trial_of(joining, i), TN_trial_warnings); k++)
            tn_join_move(joining->reading->trial, TN_trial_warnings,
                         tn_record_at(trial_of(joining, i), TN_trial_warnings, k));
}

/* What was made instead of the newest's own. */
static void put_made(struct joining *joining)
{
    struct tn_record *trial = joining->reading->trial;
    for (int f = 0; f < TN_trial_COUNT; f++) {
        if (!is_gathered(f) && f != TN_trial_provenance)
            continue;
        tn_clear(trial, f);
        if (tn_has(joining->made, f))
            tn_join_take(trial, joining->made, f);
    }
}

void tn_copies_join(const struct tn_copy *copies, size_t count)
{
    struct tn_arena *arena = copies[0].reading->arena;
    struct joining *joining = tn_arena_zero(arena, sizeof *joining);
    struct tn_record *made = tn_record_new(arena, &tn_type_trial);
    if (!joining || !made || count < 2 || count > TN_COPIES_MAX)
        return;
    joining->copies = copies;
    joining->count = count;
    joining->newest = tn_copies_newest(copies, count);
    joining->reading = copies[joining->newest].reading;
    joining->made = made;
    sort(joining);
    join_fields(joining);
    for (int f = 0; f < TN_trial_COUNT; f++)
        if (is_gathered(f))
            gather(joining, f);
    join_origins(joining);
    put_made(joining);
    join_warnings(joining);
}
