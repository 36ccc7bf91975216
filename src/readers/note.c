/* SPDX-License-Identifier: MIT */
/* What a reading says beside its values: extra, warnings, origins. */
#include <stdarg.h>
#include <stdio.h>
#include <cjson/cJSON.h>
#include <xxhash.h>

#include "normal/text.h"
#include "readers/put.h"

/* Index of the labels in `extra`: open addressing, entry number + 1, 0 is free. Some records carry hundreds of
 * labels (browse leaves of older records), too many for a search through the list. */
struct tn_labels {
    uint32_t *slots;
    size_t room; /* a power of two */
    size_t used;
};

static uint32_t *label_slot(const struct tn_reading *reading, const struct tn_labels *labels, struct tn_str label)
{
    size_t at = (size_t)XXH3_64bits(label.s, label.len) & (labels->room - 1);
    while (labels->slots[at]) {
        const struct tn_record *entry = tn_record_at(reading->trial, TN_trial_extra, labels->slots[at] - 1);
        if (tn_str_eq(tn_text(entry, TN_extra_value_label), label))
            break;
        at = (at + 1) & (labels->room - 1);
    }
    return &labels->slots[at];
}

static bool grow_labels(struct tn_reading *reading)
{
    struct tn_labels *labels = reading->labels;
    if (!labels)
        labels = tn_arena_zero(reading->arena, sizeof *labels);
    if (!labels)
        return false;
    size_t room = labels->room ? labels->room * 4 : 256;
    uint32_t *slots = tn_arena_zero(reading->arena, room * sizeof *slots);
    if (!slots)
        return false;
    struct tn_labels grown = {.slots = slots, .room = room, .used = labels->used};
    for (size_t i = 0; i < labels->used; i++) {
        const struct tn_record *entry = tn_record_at(reading->trial, TN_trial_extra, i);
        *label_slot(reading, &grown, tn_text(entry, TN_extra_value_label)) = (uint32_t)i + 1;
    }
    *labels = grown;
    reading->labels = labels;
    return true;
}

/* `stable`: the label lives as long as the arena and has a NUL behind it. */
static struct tn_record *extra_entry(struct tn_reading *reading, struct tn_str label, bool stable)
{
    if ((!reading->labels || reading->labels->used * 2 >= reading->labels->room) && !grow_labels(reading))
        return NULL;
    uint32_t *slot = label_slot(reading, reading->labels, label);
    if (*slot)
        return tn_record_edit(reading->trial, TN_trial_extra, *slot - 1);
    struct tn_record *entry = tn_add_record(reading->trial, TN_trial_extra);
    if (!entry)
        return NULL;
    *slot = (uint32_t)++reading->labels->used;
    tn_set_text(entry, TN_extra_value_label, stable ? label : tn_str_copy(reading->arena, label));
    return entry;
}

static void put_extra(struct tn_reading *reading, struct tn_str label, bool stable, const struct tn_stated *value)
{
    struct tn_str clean = tn_clean_value(reading, value);
    if (reading->fate && *reading->fate == TN_FATE_LEFT)
        *reading->fate = TN_FATE_EXTRA;
    if (clean.len == 0 || !reading->trial)
        return;
    struct tn_record *entry = extra_entry(reading, label.len ? label : TN_LIT("text"), stable);
    tn_add_text(entry, TN_extra_value_values, clean);
}

void tn_put_extra_stable(struct tn_reading *reading, struct tn_str label, const struct tn_stated *value)
{
    put_extra(reading, label, true, value);
}

void tn_put_extra(struct tn_reading *reading, struct tn_str label, const struct tn_stated *value)
{
    put_extra(reading, label, false, value);
}

struct tn_str tn_label_here(struct tn_reading *reading)
{
    return reading->trail ? tn_trail_path(reading->arena, reading->trail) : tn_str_trim(reading->label);
}

void tn_put_extra_here(struct tn_reading *reading, const struct tn_stated *value)
{
    put_extra(reading, tn_label_here(reading), reading->trail != NULL, value);
}

static size_t index_digits(int index)
{
    size_t digits = 1;
    for (int left = index; left >= 10; left /= 10)
        digits++;
    return digits;
}

static size_t step_length(const struct tn_trail *step)
{
    return step->key ? strlen(step->key) + (step->up ? 1 : 0) : index_digits(step->index) + 2;
}

/* Writes the step so that it ends before `end`; returns where it starts. */
static char *write_step(const struct tn_trail *step, char *end)
{
    if (step->key) {
        size_t len = strlen(step->key);
        memcpy(end - len, step->key, len);
        if (step->up)
            *(end - len - 1) = '.';
        return end - step_length(step);
    }
    *--end = ']';
    int index = step->index;
    do {
        *--end = (char)('0' + index % 10);
        index /= 10;
    } while (index);
    *--end = '[';
    return end;
}

struct tn_str tn_trail_path(struct tn_arena *arena, const struct tn_trail *trail)
{
    size_t len = 0;
    for (const struct tn_trail *step = trail; step; step = step->up)
        len += step_length(step);
    char *path = tn_arena_alloc(arena, len + 1);
    if (!path)
        return (struct tn_str){NULL, 0};
    char *end = path + len;
    *end = '\0';
    for (const struct tn_trail *step = trail; step; step = step->up)
        end = write_step(step, end);
    return tn_str_slice(path, len);
}

struct tn_str tn_path_member(struct tn_arena *arena, struct tn_str path, struct tn_str key)
{
    char *member = tn_arena_alloc(arena, path.len + key.len + 2);
    if (!member)
        return (struct tn_str){NULL, 0};
    memcpy(member, path.s, path.len);
    member[path.len] = '.';
    memcpy(member + path.len + 1, key.s, key.len);
    member[path.len + 1 + key.len] = '\0';
    return tn_str_slice(member, path.len + 1 + key.len);
}

struct tn_str tn_path_element(struct tn_arena *arena, struct tn_str path, int index)
{
    const struct tn_trail step = {NULL, NULL, index};
    size_t len = path.len + step_length(&step);
    char *element = tn_arena_alloc(arena, len + 1);
    if (!element)
        return (struct tn_str){NULL, 0};
    memcpy(element, path.s, path.len);
    write_step(&step, element + len);
    element[len] = '\0';
    return tn_str_slice(element, len);
}

/* Most records stand on one line: then the line is known without looking for the value. */
static bool is_one_line(struct tn_reading *reading)
{
    if (!reading->looked_for_lines)
        reading->one_line = reading->cut_lines == 0 && tn_str_find_char(reading->tree, '\n') == TN_NO_OFFSET;
    reading->looked_for_lines = true;
    return reading->one_line;
}

/* Where the reading stands in the tree's bytes, and the line ends before. */
static void find_place(struct tn_reading *reading, size_t *offset, unsigned *lines)
{
    const struct cJSON *item = reading->item;
    if (reading->placed) {
        *offset = item ? (size_t)item->valuedouble : 0;
        *lines = item ? (unsigned)item->valueint : 0;
        return;
    }
    struct tn_str path = tn_trail_path(reading->arena, reading->trail);
    tn_json_locate_near(reading->tree, path, &reading->finger, offset, lines);
}

/* Where the reading stands in the document. `offset` NULL: nobody asks. */
static void locate(struct tn_reading *reading, unsigned *line, size_t *offset)
{
    *line = reading->line;
    if (offset)
        *offset = reading->line ? reading->offset : TN_NO_OFFSET;
    if (!reading->trail || !reading->tree.s)
        return;
    /* A tree that something was cut out of is that of the whole record. */
    size_t found, before = reading->cut_length ? 0 : (size_t)(reading->tree.s - reading->raw->bytes);
    unsigned lines;
    *line = reading->raw->line + tn_str_line_ends(tn_str_slice(reading->raw->bytes, before));
    if (!offset && is_one_line(reading))
        return;
    find_place(reading, &found, &lines);
    /* What was cut out before parsing counts for what stands behind it. */
    if (reading->cut_length && found >= reading->cut_offset) {
        found += reading->cut_length;
        lines += reading->cut_lines;
    }
    *line += lines;
    if (offset)
        *offset = reading->raw->offset + before + found;
}

/* The record that is being filled is the newest of its list. */
static bool name_in_newest(struct tn_reading *reading, const struct tn_record *parent, const struct tn_record *record,
                           struct tn_str before, int depth, struct tn_str *name)
{
    for (int f = 0; f < parent->type->count; f++) {
        enum tn_kind kind = parent->type->fields[f].kind;
        size_t count = kind == TN_RECORD_ONE || kind == TN_RECORD_LIST ? tn_count(parent, f) : 0;
        if (count == 0)
            continue;
        const struct tn_record *newest = tn_record_at(parent, f, count - 1);
        struct tn_str here =
            kind == TN_RECORD_ONE
                ? tn_str_format(reading->arena, "%s%s.", before.s, parent->type->fields[f].name)
                : tn_str_format(reading->arena, "%s%s[%zu].", before.s, parent->type->fields[f].name, count - 1);
        if (!here.s)
            return false;
        if (newest == record) {
            *name = here;
            return true;
        }
        if (depth > 0 && name_in_newest(reading, newest, record, here, depth - 1, name))
            return true;
    }
    return false;
}

/* "locations[3].city" of a field, as far as it can be told. */
static struct tn_str full_name(struct tn_reading *reading, const struct tn_record *record, int field)
{
    struct tn_str before = TN_LIT("");
    if (record != reading->trial && reading->trial)
        name_in_newest(reading, reading->trial, record, TN_LIT(""), 2, &before);
    return tn_str_format(reading->arena, "%s%s", before.s, record->type->fields[field].name);
}

void tn_warn(struct tn_reading *reading, enum tn_code code, const struct tn_record *record, int field,
             const char *format, ...)
{
    char message[sizeof((struct tn_error *)0)->message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    struct tn_error error;
    tn_error_set(&error, TN_WARN, code, record ? full_name(reading, record, field).s : NULL, "%s", message);
    locate(reading, &error.line, NULL);
    struct tn_str clean = tn_text_plain(reading->arena, tn_str_of(error.message), false, NULL);
    if (clean.len < sizeof error.message)
        memcpy(error.message, clean.s ? clean.s : "", clean.len + 1);
    tn_add_warning(reading->trial, &error);
}

/* A record in a list stands for the list. */
static void note(struct tn_reading *reading, const struct tn_record *record, int field, struct tn_str raw)
{
    const struct tn_record *trial = reading->trial;
    for (int f = 0; trial && record != trial && f < trial->type->count; f++)
        if (trial->type->fields[f].record == record->type)
            field = f;
    if (trial && !reading->noted[field].raw.s)
        reading->noted[field] = (struct tn_noted){raw, reading->label, reading->line, reading->offset};
}

static void add_origin(struct tn_reading *reading, const struct tn_record *record, int field, struct tn_str raw)
{
    enum tn_kind kind = record->type->fields[field].kind;
    struct tn_str full = full_name(reading, record, field);
    if (kind == TN_TEXT_LIST || kind == TN_ENUM_LIST)
        full = tn_str_format(reading->arena, "%s[%zu]", full.s ? full.s : "", tn_count(record, field) - 1);
    struct tn_record *origin = tn_add_record(reading->trial, TN_trial_provenance);
    unsigned line;
    size_t offset;
    locate(reading, &line, &offset);
    tn_set_text(origin, TN_origin_field, full);
    tn_set_text(origin, TN_origin_raw, tn_text_plain(reading->arena, raw, false, NULL));
    if (reading->trail)
        tn_set_text(origin, TN_origin_path, tn_trail_path(reading->arena, reading->trail));
    else if (line)
        tn_set_int(origin, TN_origin_line, line);
    if (offset != TN_NO_OFFSET)
        tn_set_int(origin, TN_origin_offset, (int64_t)offset);
}

void tn_note_origin(struct tn_reading *reading, const struct tn_record *record, int field, struct tn_str raw)
{
    if (reading->noted)
        note(reading, record, field, raw);
    if (reading->options->provenance && reading->trial)
        add_origin(reading, record, field, raw);
}

void tn_move_origin(struct tn_record *trial, struct tn_str from, struct tn_str to)
{
    for (size_t i = tn_count(trial, TN_trial_provenance); i-- > 0;) {
        struct tn_record *origin = tn_record_edit(trial, TN_trial_provenance, i);
        if (!tn_str_eq(tn_text(origin, TN_origin_field), from))
            continue;
        if (to.len)
            tn_set_text(origin, TN_origin_field, to);
        else
            tn_remove_at(trial, TN_trial_provenance, i);
    }
}
