/* SPDX-License-Identifier: MIT */
/* The way back from writers/json_text.c: a walk over the members of each object, by the field table. */
#include "readers/normalized.h"

#include <math.h>

#include "core/number.h"
#include "normal/identifier.h"
#include "normal/text.h"
#include "readers/member_names.h"
#include "readers/normalized_value.h"
#include "readers/tree.h"
#include "syntax/json.h"

/* The reading. Of a reader it cleans texts, and tells what nobody knows: then `told` is there. */
struct walk {
    struct tn_reading *reading;
    bool warns;
    struct tn_told *told;
};

static int type_of(const cJSON *item)
{
    return item->type & 0xFF;
}

/* What no field can hold goes to `extra` under its path. */
static void keep(const struct walk *walk, const struct tn_trail *trail, const cJSON *item)
{
    struct tn_reading *reading = walk->reading;
    if (type_of(item) == cJSON_NULL)
        return;
    reading->trail = trail;
    if (walk->warns) {
        struct tn_str path = tn_trail_path(reading->arena, trail);
        tn_warn(reading, TN_UNMAPPED, NULL, 0, "%.200s is nothing that the schema holds; kept in extra", path.s ? path.s : "");
    }
    tn_tree_put_extra(reading, item);
    reading->trail = NULL;
}

/* A text as it was written; where nobody wrote it so, clean. Paths are the source's own keys. */
static struct tn_str text_of(const struct walk *walk, const struct tn_record *record, int field, const cJSON *item)
{
    struct tn_str text = tn_json_text(item);
    bool path = record && record->type == &tn_type_origin && field == TN_origin_path;
    if (!walk->told || !text.s || path || !tn_holds_control(text))
        return text;
    return tn_text_plain(walk->reading->arena, text, true, &walk->reading->text_flags);
}

/* A word that no vocabulary has stays; a record that was read from its source says so itself. */
static void judge_word(const struct walk *walk, const struct tn_trail *trail, const struct tn_record *record, int field,
                       struct tn_str text)
{
    const struct tn_vocabulary *vocabulary = record->type->fields[field].vocabulary;
    if (!walk->told || !vocabulary || !text.len || tn_is_word(vocabulary, text) ||
        tn_is_told(walk->told, walk->reading->trial, &record->type->fields[field]))
        return;
    walk->reading->trail = trail;
    tn_warn(walk->reading, TN_UNKNOWN_VALUE, record, field, "'%.*s' is no known word of %s; kept as it stands",
            (int)tn_str_cut(text, 60), text.s, vocabulary->name);
    walk->reading->trail = NULL;
}

/* An identifier that is not written as its registry does becomes so; what is none is kept in `extra`. */
static void put_trial_id(const struct walk *walk, const struct tn_trail *trail, struct tn_record *record, int field,
                         struct tn_str text)
{
    struct tn_stated value = {.text = text, .stable = true};
    struct tn_identifier id;
    if (!walk->told || (tn_identifier_is(text, NULL, &id) && tn_str_eq(text, tn_str_of(id.value)))) {
        tn_set_text(record, field, text);
        return;
    }
    walk->reading->trail = trail;
    tn_put_trial_id(walk->reading, record, field, &value);
    walk->reading->trail = NULL;
}

/* A whole number: by its digits where they are known, which a double may not hold. */
static bool whole_number(const cJSON *item, int64_t *value)
{
    static const double exact_below = 9007199254740992.0; /* 2^53 */
    struct tn_str digits = tn_str_of(item->valuestring);
    bool negative = digits.len && digits.s[0] == '-';
    unsigned long size;
    if (tn_str_uint(tn_str_from(digits, negative), (unsigned long)INT64_MAX + negative, &size)) {
        *value = negative && size ? -(int64_t)(size - 1) - 1 : (int64_t)size;
        return true;
    }
    if (!(fabs(item->valuedouble) < exact_below) || floor(item->valuedouble) != item->valuedouble)
        return false;
    *value = (int64_t)item->valuedouble;
    return true;
}

static bool put_text(const struct walk *walk, const struct tn_trail *trail, struct tn_record *record, int field,
                     const cJSON *item)
{
    if (type_of(item) != cJSON_String)
        return false;
    struct tn_str text = text_of(walk, record, field, item);
    if (!text.s || (record->type->fields[field].kind == TN_DATE && text.len && !tn_written_date(text)))
        return false;
    if (record->type == &tn_type_trial && field == TN_trial_trial_id) {
        put_trial_id(walk, trail, record, field, text);
        return true;
    }
    tn_set_text(record, field, text);
    judge_word(walk, trail, record, field, text);
    return true;
}

static bool put_number(struct tn_record *record, int field, const cJSON *item)
{
    int64_t whole;
    if (type_of(item) != cJSON_Number || !isfinite(item->valuedouble))
        return false;
    if (record->type->fields[field].kind == TN_NUMBER) {
        tn_set_number(record, field, item->valuedouble);
        return true;
    }
    if (!whole_number(item, &whole))
        return false;
    tn_set_int(record, field, whole);
    return true;
}

static bool put_truth(struct tn_record *record, int field, const cJSON *item)
{
    if (type_of(item) != cJSON_True && type_of(item) != cJSON_False)
        return false;
    tn_set_bool(record, field, type_of(item) == cJSON_True);
    return true;
}

static void put_members(const struct walk *walk, const struct tn_trail *trail, struct tn_record *record, const cJSON *object);

static bool put_one(const struct walk *walk, const struct tn_trail *trail, struct tn_record *record, int field,
                    const cJSON *item)
{
    if (type_of(item) != cJSON_Object)
        return false;
    put_members(walk, trail, tn_add_record(record, field), item);
    return true;
}

static void put_entry(const struct walk *walk, const struct tn_trail *trail, struct tn_record *record, int field,
                      const cJSON *item)
{
    struct tn_str text = text_of(walk, record, field, item);
    tn_add_text(record, field, text);
    judge_word(walk, trail, record, field, text);
}

/* A list: of records or of texts, by the field's kind. */
static bool put_list(const struct walk *walk, const struct tn_trail *trail, struct tn_record *record, int field,
                     const cJSON *item)
{
    bool records = tn_record_type_of(record)->fields[field].kind == TN_RECORD_LIST;
    int index = 0;
    if (type_of(item) != cJSON_Array)
        return false;
    for (const cJSON *child = item->child; child; child = child->next, index++) {
        const struct tn_trail here = {trail, NULL, index};
        if (type_of(child) != (records ? cJSON_Object : cJSON_String))
            keep(walk, &here, child);
        else if (records)
            put_members(walk, &here, tn_add_record(record, field), child);
        else
            put_entry(walk, &here, record, field, child);
    }
    return true;
}

/* A map with an object for each label. */
static bool put_map(const struct walk *walk, const struct tn_trail *trail, struct tn_record *record, int field,
                    const cJSON *item)
{
    if (type_of(item) != cJSON_Object)
        return false;
    for (const cJSON *child = item->child; child; child = child->next) {
        const struct tn_trail here = {trail, child->string, 0};
        if (type_of(child) != cJSON_Object) {
            keep(walk, &here, child);
            continue;
        }
        struct tn_record *entry = tn_add_record(record, field);
        tn_set_text(entry, 0, tn_str_of(child->string));
        put_members(walk, &here, entry, child);
    }
    return true;
}

static bool put_field(const struct walk *walk, const struct tn_trail *trail, struct tn_record *record, int field,
                      const cJSON *item)
{
    switch (record->type->fields[field].kind) {
    case TN_TEXT:
    case TN_ENUM:
    case TN_DATE: return put_text(walk, trail, record, field, item);
    case TN_INT:
    case TN_NUMBER: return put_number(record, field, item);
    case TN_BOOL: return put_truth(record, field, item);
    case TN_TEXT_LIST:
    case TN_ENUM_LIST: return put_list(walk, trail, record, field, item);
    case TN_RECORD_ONE: return put_one(walk, trail, record, field, item);
    case TN_RECORD_LIST: return put_list(walk, trail, record, field, item);
    case TN_MAP: return put_map(walk, trail, record, field, item);
    }
    return false;
}

/* What a reading adds to itself: `warnings` are read before all others, `extra` behind them. */
static bool stands_apart(const struct tn_record *record, int field, const cJSON *item)
{
    return record->type == &tn_type_trial && ((field == TN_trial_extra && type_of(item) == cJSON_Object) ||
                                              (field == TN_trial_warnings && type_of(item) == cJSON_Array));
}

/* The field of that name, or -1. Members mostly come in the order of the fields: it is looked for from `from` on first. */
static int field_named(const struct tn_record_type *type, struct tn_str name, int from)
{
    for (int i = from; i < type->count; i++)
        if (tn_str_eq(tn_str_slice(type->fields[i].name, type->fields[i].name_len), name))
            return i;
    return tn_field_named(type, name);
}

/* The members of an object, each once: of one that comes twice the first counts. Goes as deep as record types are nested. */
static void put_members(const struct walk *walk, const struct tn_trail *trail, struct tn_record *record, const cJSON *object)
{
    int field = -1;
    for (const cJSON *item = object->child; record && item; item = item->next) {
        const struct tn_trail here = {trail, item->string, 0};
        field = field_named(record->type, tn_str_of(item->string), field + 1);
        if (field >= 0 && stands_apart(record, field, item))
            continue;
        if (field < 0 || tn_has(record, field) || !put_field(walk, &here, record, field, item))
            keep(walk, &here, item);
    }
}

static bool are_texts(const cJSON *item)
{
    const cJSON *child = type_of(item) == cJSON_Array ? item->child : NULL;
    while (child && type_of(child) == cJSON_String)
        child = child->next;
    return type_of(item) == cJSON_String || (type_of(item) == cJSON_Array && !child);
}

static bool are_all_texts(const cJSON *map)
{
    const cJSON *item = map->child;
    while (item && are_texts(item))
        item = item->next;
    return !item;
}

static void put_extra_entry(const struct walk *walk, const cJSON *item)
{
    struct tn_record *trial = walk->reading->trial;
    struct tn_record *entry = tn_add_record(trial, TN_trial_extra);
    const cJSON *first = type_of(item) == cJSON_Array ? item->child : item;
    tn_set_text(entry, TN_extra_value_label, tn_str_of(item->string));
    for (const cJSON *text = first; text; text = text == item ? NULL : text->next)
        tn_add_text(entry, TN_extra_value_values, text_of(walk, entry, TN_extra_value_values, text));
}

/* As it was written it needs no index of labels; where something else was put there, or stands in it, labels may meet. */
static void put_extra(const struct walk *walk, const cJSON *map)
{
    bool as_written = are_all_texts(map) && !tn_has(walk->reading->trial, TN_trial_extra);
    for (const cJSON *item = map->child; item; item = item->next) {
        const struct tn_trail here = {NULL, item->string, 0};
        if (as_written)
            put_extra_entry(walk, item);
        else
            keep(&(struct walk){walk->reading, walk->warns && !are_texts(item), walk->told}, &here, item);
    }
}

static void put_warnings(const struct walk *walk, const cJSON *item)
{
    const struct walk silent = {walk->reading, false, NULL};
    const struct tn_trail here = {NULL, item->string, 0};
    struct tn_record *trial = walk->reading->trial;
    if (tn_has(trial, TN_trial_warnings))
        keep(&silent, &here, item);
    else
        put_list(&silent, &here, trial, TN_trial_warnings, item);
}

static bool put_trial(const struct walk *walk, const cJSON *json, size_t *warned_before)
{
    for (const cJSON *item = json->child; item; item = item->next)
        if (type_of(item) == cJSON_Array && tn_str_eq(tn_str_of(item->string), TN_LIT("warnings")))
            put_warnings(walk, item);
    *warned_before = tn_count(walk->reading->trial, TN_trial_warnings);
    put_members(walk, NULL, walk->reading->trial, json);
    for (const cJSON *item = json->child; item; item = item->next)
        if (type_of(item) == cJSON_Object && tn_str_eq(tn_str_of(item->string), TN_LIT("extra")))
            put_extra(walk, item);
    return !walk->reading->arena->failed;
}

static bool no_memory(struct tn_error *error)
{
    tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "the record takes more memory than a record may");
    return false;
}

tn_trial *tn_normalized_trial(struct tn_arena *arena, const struct cJSON *json)
{
    struct tn_reading reading = {.arena = arena, .trial = tn_record_new(arena, &tn_type_trial), .offset = TN_NO_OFFSET};
    const struct walk walk = {&reading, false, NULL};
    size_t warned_before;
    return reading.trial && type_of(json) == cJSON_Object && put_trial(&walk, json, &warned_before) ? reading.trial : NULL;
}

tn_trial *tn_normalized_parse(struct tn_arena *arena, struct tn_str json, struct tn_error *error)
{
    const cJSON *tree = tn_json_parse(arena, json.s ? json.s : "", json.len, error);
    if (!tree)
        return NULL;
    if (type_of(tree) != cJSON_Object) {
        tn_error_set(error, TN_FAILED, TN_SYNTAX, NULL, "no JSON object");
        return NULL;
    }
    struct tn_record *trial = tn_normalized_trial(arena, tree);
    if (!trial)
        no_memory(error);
    return trial;
}

/* The reader. */

#define SCHEMA "trialnorm/1"

/* True when the first member of that name has that text for its value. */
static bool states(struct tn_str bytes, struct tn_str name, struct tn_str value)
{
    for (size_t from = 0, at; (at = tn_str_find_char(tn_str_from(bytes, from), '"')) != TN_NO_OFFSET; from += at + 1) {
        struct tn_str rest = tn_str_from(bytes, from + at + name.len + 2);
        if (!tn_str_eq(tn_member_name_at(bytes, from + at), name))
            continue;
        while (rest.len && (tn_is_space(*rest.s) || *rest.s == ':'))
            rest = tn_str_from(rest, 1);
        return rest.len > value.len + 1 && rest.s[0] == '"' && rest.s[value.len + 1] == '"' &&
               memcmp(rest.s + 1, value.s, value.len) == 0;
    }
    return false;
}

/* A record says itself what it is. What it may have kept of its source (`extra`) says what that was: all fields count
 * against it. */
static void detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    (void)self;
    if (!tn_member_names_have(peek->names, TN_LIT("schema")) || !states(peek->bytes, TN_LIT("schema"), TN_LIT(SCHEMA)))
        return;
    tn_evidence_add(evidence, TN_LIT("schema " SCHEMA));
    for (int i = TN_trial_record_key; i < tn_type_trial.count; i++) {
        struct tn_str name = tn_str_slice(tn_type_trial.fields[i].name, tn_type_trial.fields[i].name_len);
        if (tn_member_names_have(peek->names, name))
            tn_evidence_add(evidence, name);
    }
}

static enum tn_severity fail(const struct tn_raw *raw, struct tn_error *error, enum tn_code code, const char *what)
{
    tn_error_set(error, TN_FAILED, code, NULL, "%s", what);
    error->line = raw->line;
    error->offset = raw->offset;
    return TN_FAILED;
}

/* From a place in the record to one in the document. */
static enum tn_severity fail_syntax(const struct tn_raw *raw, struct tn_error *error)
{
    size_t in_record = error->offset < raw->len ? error->offset : 0;
    error->line = raw->line + tn_str_line_ends(tn_str_slice(raw->bytes, in_record));
    error->offset = raw->offset + in_record;
    return TN_FAILED;
}

static enum tn_severity read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                             tn_emit_fn *emit, void *context, struct tn_error *error)
{
    struct tn_reading reading = tn_reading_start(self, worker, raw);
    struct tn_told told = {.count = 0};
    const struct walk walk = {&reading, true, &told};
    reading.tree = tn_str_slice(raw->bytes, raw->len);
    const cJSON *tree = tn_json_parse(reading.arena, reading.tree.s, reading.tree.len, error);
    if (!tree)
        return fail_syntax(raw, error);
    /* It may stand behind all others: programs that sort members put it there. */
    const cJSON *schema = cJSON_GetObjectItemCaseSensitive(tree, "schema");
    if (!cJSON_IsString(schema) || !tn_str_eq(tn_str_of(schema->valuestring), TN_LIT(SCHEMA)))
        return fail(raw, error, TN_UNRECOGNISED, schema ? "its schema is not " SCHEMA : "no \"schema\" in this record");
    if (!reading.trial || !put_trial(&walk, tree, &worker->warned_before))
        return fail(raw, error, TN_NO_MEMORY, "the record takes more memory than a record may");
    return tn_reading_end(&reading, emit, context, error);
}

static const char *const record_paths[] = {NULL};
static const char *const record_keys[] = {"record_key", NULL};

const struct tn_reader tn_reader_normalized = {
    .name = "normalized",
    .description = "trialnorm's own JSON and NDJSON, read again",
    .syntaxes = TN_READS_JSON,
    .record_paths = record_paths,
    .record_keys = record_keys,
    .finished = true,
    .detect = detect,
    .read = read,
};
