/* SPDX-License-Identifier: MIT */
#include "readers/join.h"

#include <utf8proc.h>

#include "core/utf8.h"
#include "normal/text.h"
#include "readers/join_inside.h"

struct tn_str tn_letters(struct tn_arena *arena, struct tn_str text)
{
    struct tn_str folded = tn_utf8_casefold(arena, text);
    char *out = tn_arena_alloc(arena, folded.len + 1);
    size_t len = 0;
    for (size_t at = 0, size; out && at < folded.len; at += size) {
        uint32_t character = tn_utf8_next(tn_str_from(folded, at), &size);
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
        bool sign = character == '<' || character == '>' || character == 0x2264 || character == 0x2265;
        if (!sign && (category < UTF8PROC_CATEGORY_LU || category > UTF8PROC_CATEGORY_NO))
            continue;
        memcpy(out + len, folded.s + at, size);
        len += size;
    }
    return tn_str_slice(out, out ? len : 0);
}

/* One value. */

/* Fields that mean nothing without another one. */
static const struct {
    int field, of;
} companions[] = {
    {TN_trial_url, TN_trial_trial_id},
    {TN_trial_registry, TN_trial_trial_id},
    {TN_trial_status_text, TN_trial_status},
    {TN_trial_start_date_type, TN_trial_start_date},
    {TN_trial_primary_completion_date_type, TN_trial_primary_completion_date},
    {TN_trial_completion_date_type, TN_trial_completion_date},
    {TN_trial_recruitment_start_date_type, TN_trial_recruitment_start_date},
    {TN_trial_recruitment_end_date_type, TN_trial_recruitment_end_date},
    {TN_trial_first_posted_date_type, TN_trial_first_posted_date},
    {TN_trial_results_first_posted_date_type, TN_trial_results_first_posted_date},
    {TN_trial_disposition_first_posted_date_type, TN_trial_disposition_first_posted_date},
    {TN_trial_last_update_posted_date_type, TN_trial_last_update_posted_date},
    {TN_trial_enrollment_type, TN_trial_enrollment},
    {TN_trial_minimum_age_years, TN_trial_minimum_age},
    {TN_trial_maximum_age_years, TN_trial_maximum_age},
    {TN_trial_lead_sponsor_class, TN_trial_lead_sponsor},
    {TN_trial_lead_sponsor_country, TN_trial_lead_sponsor},
    {TN_trial_organization_class, TN_trial_organization},
};

int tn_join_main_field(int field)
{
    for (size_t i = 0; i < sizeof companions / sizeof companions[0]; i++)
        if (companions[i].field == field)
            return companions[i].of;
    return -1;
}

void tn_join_take(struct tn_record *first, const struct tn_record *second, int field)
{
    first->values[field] = second->values[field];
    first->present[field / 64] |= UINT64_C(1) << (field % 64);
}

/* True when `part` (letters) is how `text` begins, and long enough to be more than chance. */
static bool is_beginning(struct tn_str part, struct tn_str text, bool cut)
{
    enum { ENOUGH = 40, ENOUGH_OF_CUT = 8 };
    return part.len >= (cut ? ENOUGH_OF_CUT : ENOUGH) && part.len < text.len && memcmp(part.s, text.s, part.len) == 0;
}

/* True when all lines of `text` stand in `letters`: pages leave paragraphs out. */
static bool are_lines_of(struct tn_arena *arena, struct tn_str text, struct tn_str letters)
{
    enum { ENOUGH = 40, MOST_LINES = 200 };
    struct tn_str line;
    size_t len = 0, lines = 0;
    while (tn_str_next_line(&text, &line)) {
        struct tn_str part = tn_letters(arena, line);
        if (lines++ == MOST_LINES || (part.len && tn_str_find(letters, part) == TN_NO_OFFSET))
            return false;
        len += part.len;
    }
    return len >= ENOUGH;
}

static bool same_text(struct tn_joining *joining, struct tn_record *first, const struct tn_record *second, int field)
{
    struct tn_arena *arena = joining->reading->arena;
    struct tn_str a = tn_text(first, field), b = tn_text(second, field);
    if (tn_str_eq(a, b))
        return true;
    struct tn_str x = tn_letters(arena, a), y = tn_letters(arena, b);
    if (is_beginning(x, y, tn_text_flags(a) & TN_TEXT_CUT)) {
        tn_join_take(first, second, field);
        return true;
    }
    return (x.len && tn_str_eq(x, y)) || is_beginning(y, x, tn_text_flags(b) & TN_TEXT_CUT) || are_lines_of(arena, b, x);
}

/* 2026-04 does not contradict 2026-04-15. */
static bool same_date(struct tn_str a, struct tn_str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    return memcmp(a.s, b.s, len) == 0 && (a.len == b.len || (a.len > b.len ? a : b).s[len] == '-');
}

bool tn_join_same(struct tn_joining *joining, const struct tn_record *first, const struct tn_record *second, int field)
{
    char one[TN_VALUE_MAX], other[TN_VALUE_MAX];
    enum tn_kind kind = first->type->fields[field].kind;
    if (kind == TN_TEXT)
        return same_text(joining, (struct tn_record *)(uintptr_t)first, second, field);
    if (kind == TN_DATE)
        return same_date(tn_text(first, field), tn_text(second, field));
    return tn_str_eq(tn_value_text(first, field, one), tn_value_text(second, field, other));
}

static int shown(struct tn_str text)
{
    return (int)tn_str_cut(text, 80);
}

static struct tn_noted noted_of(const struct tn_joining *joining, int field)
{
    struct tn_noted noted = {.offset = TN_NO_OFFSET};
    if (joining->how->noted)
        noted = joining->how->noted[field];
    if (noted.label.len == 0)
        noted.label = tn_str_of(tn_type_trial.fields[field].name);
    return noted;
}

void tn_join_conflict(struct tn_joining *joining, int field, struct tn_str first, struct tn_str second)
{
    struct tn_reading *reading = joining->reading;
    struct tn_noted noted = noted_of(joining, field);
    bool one = tn_type_trial.fields[field].kind < TN_TEXT_LIST || field == TN_trial_phases;
    struct tn_stated raw = tn_stated_of(noted.raw.len && one ? noted.raw : second);
    reading->line = noted.line;
    tn_warn(reading, TN_CONFLICT, joining->first, field, "%s say '%.*s', %s '%.*s'; the first is kept",
            joining->how->first_name, shown(first), first.s ? first.s : "", joining->how->second_name, shown(second),
            second.s ? second.s : "");
    tn_put_extra(reading, noted.label, &raw);
    reading->line = 0;
}

/* A day that the first leaves open: pages make one up where they print a month, so it stays beside. */
static void keep_finer_date(struct tn_joining *joining, int field)
{
    struct tn_str date = tn_text(joining->second, field);
    struct tn_noted noted = noted_of(joining, field);
    struct tn_stated value = tn_stated_of(noted.raw.len ? noted.raw : date);
    if (tn_type_trial.fields[field].kind == TN_DATE && date.len > tn_text(joining->first, field).len)
        tn_put_extra(joining->reading, noted.label, &value);
}

static void join_one(struct tn_joining *joining, int field)
{
    char one[TN_VALUE_MAX], other[TN_VALUE_MAX];
    int of = tn_join_main_field(field);
    if (of >= 0 && joining->fields[of].differs)
        return;
    if (tn_join_same(joining, joining->first, joining->second, field)) {
        keep_finer_date(joining, field);
        return;
    }
    joining->fields[field].differs = true;
    tn_join_conflict(joining, field, tn_value_text(joining->first, field, one),
                     tn_value_text(joining->second, field, other));
}

/* What the first does not say. */
static void add_field(struct tn_joining *joining, int field)
{
    char buffer[TN_VALUE_MAX];
    int of = tn_join_main_field(field);
    if (of < 0 || !joining->fields[of].differs) {
        tn_join_take(joining->first, joining->second, field);
        joining->fields[field].taken = true;
        return;
    }
    struct tn_stated value = tn_stated_of(tn_value_text(joining->second, field, buffer));
    if (field != TN_trial_url && field != TN_trial_registry && tn_type_trial.fields[field].kind != TN_NUMBER)
        tn_put_extra(joining->reading, noted_of(joining, field).label, &value);
}

/* Criteria and what a reading says beside its values have ways of their own. */
static bool is_apart(int field)
{
    switch (field) {
    case TN_trial_eligibility_text:
    case TN_trial_inclusion_criteria:
    case TN_trial_exclusion_criteria:
    case TN_trial_other_criteria:
    case TN_trial_inclusion_declared:
    case TN_trial_exclusion_declared:
    case TN_trial_eligibility_truncated:
    case TN_trial_schema:
    case TN_trial_record_key:
    case TN_trial_warnings:
    case TN_trial_extra:
    case TN_trial_provenance: return true;
    default: return false;
    }
}

static void join_field(struct tn_joining *joining, int field)
{
    static void (*const ways[])(struct tn_joining *, int) = {
        [TN_TEXT] = join_one,          [TN_ENUM] = join_one,
        [TN_DATE] = join_one,          [TN_INT] = join_one,
        [TN_NUMBER] = join_one,        [TN_BOOL] = join_one,
        [TN_TEXT_LIST] = tn_join_texts, [TN_ENUM_LIST] = tn_join_words,
        [TN_RECORD_ONE] = tn_join_records, [TN_RECORD_LIST] = tn_join_records,
        [TN_MAP] = tn_join_records,
    };
    if (is_apart(field) || !tn_has(joining->second, field))
        return;
    if (tn_has(joining->first, field))
        ways[tn_type_trial.fields[field].kind](joining, field);
    else
        add_field(joining, field);
}

/* What the readings say beside their values. */

void tn_join_move(struct tn_record *to, int field, const struct tn_record *entry)
{
    struct tn_record *added = tn_add_record(to, field);
    if (added)
        memcpy(added, entry, sizeof *entry + (size_t)entry->type->count * sizeof entry->values[0]);
}

static bool had(const struct tn_joining *joining, int field)
{
    return field >= 0 && (joining->had[field / 64] >> (field % 64) & 1);
}

int tn_join_field_in(struct tn_str name)
{
    size_t len = 0;
    while (len < name.len && name.s[len] != '[' && name.s[len] != '.')
        len++;
    return tn_field_named(&tn_type_trial, tn_str_slice(name.s, len));
}

/* What was lost or cut in one reading and stands in the other is not lost. */
static bool is_made_good(const struct tn_joining *joining, const struct tn_record *warning)
{
    struct tn_str code = tn_text(warning, TN_warning_code);
    bool loss = tn_str_eq(code, TN_LIT("lost-value")) || tn_str_eq(code, TN_LIT("truncated-text"));
    return loss && had(joining, tn_join_field_in(tn_text(warning, TN_warning_field)));
}

static void join_notes(struct tn_joining *joining)
{
    const struct tn_record *second = joining->second;
    for (size_t i = 0; i < tn_count(second, TN_trial_warnings); i++)
        if (!is_made_good(joining, tn_record_at(second, TN_trial_warnings, i)))
            tn_join_move(joining->first, TN_trial_warnings, tn_record_at(second, TN_trial_warnings, i));
    for (size_t i = 0; i < tn_count(second, TN_trial_extra); i++) {
        const struct tn_record *entry = tn_record_at(second, TN_trial_extra, i);
        for (size_t k = 0; k < tn_count(entry, TN_extra_value_values); k++) {
            struct tn_stated value = {.text = tn_text_at(entry, TN_extra_value_values, k), .stable = true};
            tn_put_extra(joining->reading, tn_text(entry, TN_extra_value_label), &value);
        }
    }
}

/* "[3].city" behind a list's name: which entry and which member; -1: the entry itself. */
static bool read_index(const struct tn_record_type *type, struct tn_str rest, size_t *index, int *member)
{
    unsigned long number;
    size_t close = tn_str_find_char(rest, ']');
    *member = -1;
    if (close == TN_NO_OFFSET || rest.s[0] != '[' || !tn_str_uint(tn_str_slice(rest.s + 1, close - 1), UINT32_MAX, &number))
        return false;
    *index = number;
    rest = tn_str_from(rest, close + 1);
    if (type && rest.len > 1) {
        rest = tn_str_from(rest, 1);
        size_t end = 0;
        while (end < rest.len && rest.s[end] != '[' && rest.s[end] != '.')
            end++;
        *member = tn_field_named(type, tn_str_slice(rest.s, end));
    }
    return true;
}

/* The origin's new name; empty where its value was not taken. */
static struct tn_str new_name(struct tn_joining *joining, struct tn_str name)
{
    int field = tn_join_field_in(name), member;
    const struct tn_joined *joined = field < 0 ? NULL : &joining->fields[field];
    size_t index;
    if (!joined || joined->taken)
        return joined ? name : (struct tn_str){NULL, 0};
    struct tn_str head = tn_str_of(tn_type_trial.fields[field].name), rest = tn_str_from(name, head.len);
    if (!joined->to || !read_index(tn_type_trial.fields[field].record, rest, &index, &member) ||
        index >= tn_count(joining->second, field) || joined->filled[index] == 0 ||
        (member >= 0 && !(joined->filled[index] >> member & 1)))
        return (struct tn_str){NULL, 0};
    rest = tn_str_from(rest, tn_str_find_char(rest, ']'));
    return tn_str_format(joining->reading->arena, "%s[%zu%.*s", head.s, joined->to[index], (int)rest.len, rest.s);
}

static void join_origins(struct tn_joining *joining)
{
    for (size_t i = 0; i < tn_count(joining->second, TN_trial_provenance); i++) {
        struct tn_record *origin = tn_record_edit(joining->second, TN_trial_provenance, i);
        struct tn_str name = new_name(joining, tn_text(origin, TN_origin_field));
        if (name.len == 0)
            continue;
        tn_set_text(origin, TN_origin_field, name);
        tn_join_move(joining->first, TN_trial_provenance, origin);
    }
}

void tn_trial_join(struct tn_reading *reading, struct tn_record *second, const struct tn_join *join)
{
    struct tn_joining *joining = tn_arena_zero(reading->arena, sizeof *joining);
    if (!joining || !second)
        return;
    joining->reading = reading;
    joining->first = reading->trial;
    joining->second = second;
    joining->how = join;
    memcpy(joining->had, joining->first->present, sizeof joining->had);
    for (int f = 0; f < TN_trial_COUNT; f++)
        join_field(joining, f);
    tn_join_criteria(joining);
    join_notes(joining);
    join_origins(joining);
}
