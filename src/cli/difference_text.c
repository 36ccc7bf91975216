/* SPDX-License-Identifier: MIT */
#include "cli/difference_text.h"

#include "cli/cli.h"
#include "cli/word_difference.h"
#include "core/number.h"
#include "syntax/json.h"

enum {
    SHORT = 100,   /* texts that are shown whole */
    LABEL = 160,   /* bytes of an entry's name */
    LIST = 300,    /* bytes of all entries of a list */
    NAMING = 3     /* members that name an entry */
};

/* Which members name an entry: all of them that it has. Others have their first texts. */
static const struct {
    const struct tn_record_type *type;
    int members[NAMING]; /* -1: none */
} naming[] = {
    {&tn_type_identifier, {TN_identifier_value, -1, -1}},
    {&tn_type_related_trial, {TN_related_trial_trial_id, TN_related_trial_title, -1}},
    {&tn_type_mesh_term, {TN_mesh_term_term, -1, -1}},
    {&tn_type_condition_code, {TN_condition_code_system, TN_condition_code_code, TN_condition_code_term}},
    {&tn_type_arm, {TN_arm_label, -1, -1}},
    {&tn_type_intervention, {TN_intervention_name, -1, -1}},
    {&tn_type_outcome, {TN_outcome_measure, -1, -1}},
    {&tn_type_criterion, {TN_criterion_text, -1, -1}},
    {&tn_type_collaborator, {TN_collaborator_name, -1, -1}},
    {&tn_type_official, {TN_official_name, TN_official_affiliation, -1}},
    {&tn_type_contact, {TN_contact_name, TN_contact_affiliation, -1}},
    {&tn_type_location, {TN_location_facility, TN_location_city, TN_location_country}},
    {&tn_type_country, {TN_country_name, -1, -1}},
    {&tn_type_ethics, {TN_ethics_body, TN_ethics_reference, -1}},
    {&tn_type_publication, {TN_publication_citation, -1, -1}},
    {&tn_type_link, {TN_link_label, TN_link_url, -1}},
    {&tn_type_document, {TN_document_label, TN_document_filename, -1}},
};

/* What a line is made with. */
struct line {
    struct tn_buf *out;
    struct tn_arena *arena;
    bool whole;
};

static void put(const struct line *line, const char *text)
{
    tn_buf_str(line->out, tn_str_of(text));
}

/* A value that is no list and no object, as it is read: strings without quotes. */
static struct tn_str scalar(struct tn_arena *arena, const cJSON *value)
{
    if (cJSON_IsString(value))
        return tn_json_text(value);
    if (cJSON_IsNumber(value)) {
        char digits[TN_NUMBER_MAX];
        return value->valuestring ? tn_str_of(value->valuestring)
                                  : tn_str_copy(arena, tn_str_slice(digits, tn_number_format(value->valuedouble, digits)));
    }
    return cJSON_IsBool(value) ? tn_str_of(cJSON_IsTrue(value) ? "true" : "false") : (struct tn_str){NULL, 0};
}

static const cJSON *member_of(const cJSON *object, const char *name)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, name) : NULL;
}

/* A text that is shown on one side only. */
static void put_text(const struct line *line, struct tn_str text, size_t limit)
{
    cli_put_beginning(line->out, text, line->whole ? text.len : limit);
}

/* Appends one more part of an entry's name; says whether there was one. */
static bool put_part(const struct line *line, const cJSON *value, bool further)
{
    struct tn_str text = scalar(line->arena, value);
    if (!text.s)
        return false;
    if (further)
        put(line, ", ");
    put_text(line, text, LABEL);
    return true;
}

static bool put_naming_members(const struct line *line, const struct tn_record_type *type, const cJSON *entry)
{
    bool some = false;
    for (size_t i = 0; i < sizeof naming / sizeof naming[0]; i++)
        for (int part = 0; naming[i].type == type && part < NAMING && naming[i].members[part] >= 0; part++)
            some |= put_part(line, member_of(entry, type->fields[naming[i].members[part]].name), some);
    return some;
}

/* What an entry is called. */
static void put_name(const struct line *line, const struct tn_record_type *type, const cJSON *entry)
{
    if (!cJSON_IsObject(entry)) {
        put_part(line, entry, false);
        return;
    }
    if (type && put_naming_members(line, type, entry))
        return;
    int parts = 0;
    for (const cJSON *member = entry->child; member && parts < NAMING; member = member->next)
        parts += put_part(line, member, parts > 0);
    if (!parts && entry->child)
        put(line, entry->child->string);
}

static void put_scalar_change(const struct line *line, struct tn_str old, struct tn_str now)
{
    if (!line->whole && (old.len > SHORT || now.len > SHORT)) {
        cli_word_difference(line->out, line->arena, old, now);
        return;
    }
    tn_buf_str(line->out, old);
    put(line, " → ");
    tn_buf_str(line->out, now);
}

/* A value as text: a list's entries by their names. */
static void put_value(const struct line *line, const struct tn_record_type *type, const cJSON *value)
{
    if (!cJSON_IsArray(value)) {
        put_name(line, type, value);
        return;
    }
    size_t start = line->out->len;
    for (const cJSON *entry = value->child; entry && (line->whole || line->out->len - start <= LIST); entry = entry->next) {
        put_name(line, type, entry);
        if (entry->next)
            put(line, "; ");
    }
    if (line->whole || line->out->len - start <= LIST)
        return;
    line->out->len = start + tn_str_cut(tn_str_slice(line->out->data + start, line->out->len - start), LIST);
    struct tn_str count = tn_str_format(line->arena, "… (%d in all)", cJSON_GetArraySize(value));
    tn_buf_str(line->out, count);
}

static void put_members(const struct line *line, const struct tn_record_type *type, const cJSON *old, const cJSON *now);

/* Lists of as many records: those that differ, by their members. Goes as deep as record types are nested. */
static bool put_same_count(const struct line *line, const struct tn_record_type *type, const cJSON *old, const cJSON *now)
{
    bool some = false;
    if (!type || !cJSON_IsArray(old) || !cJSON_IsArray(now) || cJSON_GetArraySize(old) != cJSON_GetArraySize(now))
        return false;
    for (old = old->child, now = now->child; old && now; old = old->next, now = now->next) {
        if (cJSON_Compare(old, now, true))
            continue;
        put(line, some ? ", ~ " : "~ ");
        put_name(line, type, now);
        put(line, " (");
        put_members(line, type, old, now);
        put(line, ")");
        some = true;
    }
    return some;
}

/* `RECRUITING → COMPLETED`, `+ 10117`, `- Berlin` */
static void put_values(const struct line *line, const struct tn_record_type *type, const cJSON *old, const cJSON *now)
{
    struct tn_str before = scalar(line->arena, old), after = scalar(line->arena, now);
    if (before.s && after.s) {
        put_scalar_change(line, before, after);
        return;
    }
    if (old && now && put_same_count(line, type, old, now))
        return;
    if (!old || !now)
        put(line, old ? "- " : "+ ");
    if (old)
        put_value(line, type, old);
    if (old && now)
        put(line, " → ");
    if (now)
        put_value(line, type, now);
}

/* The members that differ, in the order of the type. */
static void put_members(const struct line *line, const struct tn_record_type *type, const cJSON *old, const cJSON *now)
{
    bool some = false;
    for (int i = 0; i < type->count; i++) {
        const struct tn_field *field = &type->fields[i];
        const cJSON *before = member_of(old, field->name), *after = member_of(now, field->name);
        if ((!before && !after) || (before && after && cJSON_Compare(before, after, true)))
            continue;
        if (some)
            put(line, "; ");
        some = true;
        put(line, field->name);
        put(line, " ");
        put_values(line, field->record, before, after);
    }
}

/* An entry that came or went: its name, or all that it says. */
static void put_entry(const struct line *line, const struct tn_field *field, const cJSON *entry)
{
    if (field->kind != TN_MAP && (!line->whole || !field->record || !cJSON_IsObject(entry))) {
        put_value(line, field->record, entry);
        return;
    }
    for (const cJSON *member = entry->child; member; member = member->next) {
        put(line, member == entry->child ? "" : "; ");
        put(line, member->string);
        put(line, field->kind == TN_MAP ? ": " : " ");
        put_value(line, NULL, member);
    }
}

/* An entry of a map has one member: its label, and what stands under it. */
static void put_map_change(const struct line *line, const cJSON *old, const cJSON *now)
{
    put(line, "~ ");
    put(line, now->child ? now->child->string : "");
    put(line, ": ");
    put_values(line, NULL, old->child, now->child);
}

/* Both are there. */
static void put_change(const struct line *line, const struct tn_field *field, const cJSON *old, const cJSON *now)
{
    bool objects = cJSON_IsObject(old) && cJSON_IsObject(now);
    if (objects && field->kind == TN_MAP) {
        put_map_change(line, old, now);
        return;
    }
    if (field->kind == TN_RECORD_LIST && objects) {
        put(line, "~ ");
        put_name(line, field->record, now);
        put(line, ": ");
    }
    if (objects && field->record)
        put_members(line, field->record, old, now);
    else
        put_values(line, field->record, old, now);
}

/* The tree of a value; NULL where there is none. */
static const cJSON *parse(struct tn_arena *arena, struct tn_str json)
{
    struct tn_error error;
    return json.s ? tn_json_parse(arena, json.s, json.len, &error) : NULL;
}

static void put_difference(const struct line *line, const struct tn_field *field, const struct cli_difference *difference)
{
    const cJSON *old = parse(line->arena, difference->old), *now = parse(line->arena, difference->now);
    if (tn_str_eq(difference->op, TN_LIT("reordered"))) {
        put(line, "reordered");
    } else if (old && now) {
        put_change(line, field, old, now);
    } else {
        put(line, now ? "+ " : "- ");
        if (now || old)
            put_entry(line, field, now ? now : old);
    }
}

/* A part of the whole that befell a trial: `added`, `joined NCT01234567`. */
static void put_event(const struct line *line, const struct cli_difference *difference)
{
    tn_buf_str(line->out, difference->op);
    struct tn_str with[] = {scalar(line->arena, parse(line->arena, difference->old)),
                            scalar(line->arena, parse(line->arena, difference->now))};
    for (size_t i = 0; i < sizeof with / sizeof with[0]; i++)
        if (with[i].len && !tn_str_eq(with[i], difference->op)) {
            put(line, " ");
            tn_buf_str(line->out, with[i]);
        }
}

/* The field of the trial; NULL where none is named so. */
static const struct tn_field *field_named(struct tn_str field)
{
    char name[64] = "";
    if (field.len < sizeof name)
        memcpy(name, field.s, field.len);
    int found = tn_field_find(&tn_type_trial, name);
    return found < 0 ? NULL : &tn_type_trial.fields[found];
}

/* Of a long text the piece that begins some words before the first difference from another. */
static bool put_piece(const struct line *line, struct tn_str text, struct tn_str other)
{
    enum { BEFORE = 40 };
    size_t same = 0;
    while (same < text.len && same < other.len && text.s[same] == other.s[same])
        same++;
    if (text.len <= LABEL || same <= 2 * BEFORE)
        return false;
    size_t from = same - BEFORE;
    while (from < same && !tn_is_space(text.s[from]))
        from++;
    put(line, "… ");
    put_text(line, tn_str_trim(tn_str_from(text, tn_str_cut(text, from))), LABEL);
    return true;
}

void cli_value_text(struct tn_buf *out, struct tn_arena *arena, struct tn_str field, struct tn_str json, struct tn_str other)
{
    const struct line line = {out, arena, false};
    const struct tn_field *known = field_named(field);
    const cJSON *value = parse(arena, json), *against = parse(arena, other);
    bool texts = cJSON_IsString(value) && cJSON_IsString(against);
    if (known && value && !(texts && put_piece(&line, tn_json_text(value), tn_json_text(against))))
        put_entry(&line, known, value);
    tn_arena_reset(arena);
}

void cli_difference_text(struct tn_buf *out, struct tn_arena *arena, const struct cli_difference *difference, bool whole)
{
    const struct line line = {out, arena, whole};
    tn_buf_str(out, difference->trial_id);
    put(&line, " ");
    if (!difference->field.s) {
        put_event(&line, difference);
    } else {
        const struct tn_field *field = field_named(difference->field);
        tn_buf_str(out, difference->field);
        put(&line, " ");
        if (field)
            put_difference(&line, field, difference);
        else
            tn_buf_str(out, difference->op);
    }
    if (difference->dated.len) {
        put(&line, " (");
        tn_buf_str(out, difference->dated);
        put(&line, ")");
    }
    tn_arena_reset(arena);
}
