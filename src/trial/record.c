/* SPDX-License-Identifier: MIT */
#include "trial/record.h"

#include "core/str.h"

#define TN_RECORD(record, meaning)
#define TN_FIELD(record, name, kind, ref, flags, meaning)
#define TN_END(record) _Static_assert((int)TN_##record##_COUNT <= TN_PRESENT_WORDS * 64, "too many fields");
#include "trialnorm/fields.def"

/* The word of the marks that says whether a field is there, and its bit in it. */
static unsigned word_of(int field)
{
    return (unsigned)field / 64;
}

static uint64_t bit_of(int field)
{
    return UINT64_C(1) << ((unsigned)field % 64);
}

static void mark(struct tn_record *record, int field)
{
    record->present[word_of(field)] |= bit_of(field);
}

static bool is_list(enum tn_kind kind)
{
    return kind >= TN_TEXT_LIST;
}

static bool holds_text(enum tn_kind kind)
{
    return kind <= TN_DATE;
}

struct tn_record *tn_record_new(struct tn_arena *arena, const struct tn_record_type *type)
{
    struct tn_record *record =
        tn_arena_zero(arena, sizeof *record + (size_t)type->count * sizeof(union tn_value));
    if (record) {
        record->type = type;
        record->arena = arena;
    }
    return record;
}

void tn_clear(struct tn_record *record, int field)
{
    if (record)
        record->present[word_of(field)] &= ~bit_of(field);
}

void tn_set_text(struct tn_record *record, int field, struct tn_str text)
{
    if (!record)
        return;
    if (text.len == 0) {
        tn_clear(record, field);
        return;
    }
    record->values[field].text = text;
    mark(record, field);
}

void tn_set_int(struct tn_record *record, int field, int64_t integer)
{
    if (!record)
        return;
    record->values[field].integer = integer;
    mark(record, field);
}

void tn_set_number(struct tn_record *record, int field, double number)
{
    if (!record)
        return;
    record->values[field].number = number;
    mark(record, field);
}

void tn_set_bool(struct tn_record *record, int field, bool truth)
{
    if (!record)
        return;
    record->values[field].truth = truth;
    mark(record, field);
}

/* The list of a field with room for one entry more; NULL when memory is short. */
static struct tn_list *list_for_one_more(struct tn_record *record, int field)
{
    struct tn_list *list = tn_has(record, field) ? record->values[field].list : NULL;
    if (!list) {
        list = tn_arena_zero(record->arena, sizeof *list);
        if (!list)
            return NULL;
    }
    if (list->count == list->room) {
        bool texts = record->type->fields[field].kind <= TN_ENUM_LIST;
        size_t size = texts ? sizeof(struct tn_str) : sizeof(struct tn_record *);
        size_t room = list->room ? list->room * 2 : 4;
        void *old = texts ? (void *)list->at.texts : (void *)list->at.records;
        void *at = tn_arena_grow(record->arena, old, list->room * size, room * size);
        if (!at)
            return NULL;
        if (texts)
            list->at.texts = at;
        else
            list->at.records = at;
        list->room = room;
    }
    record->values[field].list = list;
    return list;
}

void tn_add_text(struct tn_record *record, int field, struct tn_str text)
{
    if (!record || text.len == 0)
        return;
    struct tn_list *list = list_for_one_more(record, field);
    if (!list)
        return;
    list->at.texts[list->count++] = text;
    mark(record, field);
}

struct tn_record *tn_add_record(struct tn_record *record, int field)
{
    if (!record)
        return NULL;
    if (record->type->fields[field].kind == TN_RECORD_ONE && tn_has(record, field))
        return record->values[field].list->at.records[0];
    struct tn_record *added = tn_record_new(record->arena, record->type->fields[field].record);
    struct tn_list *list = added ? list_for_one_more(record, field) : NULL;
    if (!list)
        return NULL;
    list->at.records[list->count++] = added;
    mark(record, field);
    return added;
}

void tn_remove_at(struct tn_record *record, int field, size_t i)
{
    if (i >= tn_count(record, field))
        return;
    struct tn_list *list = record->values[field].list;
    list->count--;
    if (record->type->fields[field].kind <= TN_ENUM_LIST)
        memmove(list->at.texts + i, list->at.texts + i + 1, (list->count - i) * sizeof *list->at.texts);
    else
        memmove(list->at.records + i, list->at.records + i + 1, (list->count - i) * sizeof *list->at.records);
    if (list->count == 0)
        tn_clear(record, field);
}

struct tn_record *tn_record_edit(const struct tn_record *record, int field, size_t i)
{
    if (i >= tn_count(record, field) || record->type->fields[field].kind <= TN_ENUM_LIST)
        return NULL;
    return record->values[field].list->at.records[i];
}

bool tn_record_empty(const struct tn_record *record)
{
    for (int i = 0; i < TN_PRESENT_WORDS; i++)
        if (record->present[i])
            return false;
    return true;
}

void tn_add_warning(struct tn_record *trial, const struct tn_error *error)
{
    struct tn_record *warning = tn_add_record(trial, TN_trial_warnings);
    tn_set_text(warning, TN_warning_code, tn_str_of(tn_code_name(error->code)));
    if (error->field)
        tn_set_text(warning, TN_warning_field, tn_str_of(error->field));
    if (warning)
        tn_set_text(warning, TN_warning_message, tn_str_copy(trial->arena, tn_str_of(error->message)));
    if (error->line)
        tn_set_int(warning, TN_warning_line, error->line);
}

/* Reading, for everyone (trial.h). */

const struct tn_record_type *tn_record_type_of(const struct tn_record *record)
{
    return record->type;
}

bool tn_has(const struct tn_record *record, int field)
{
    return record && field >= 0 && field < record->type->count && (record->present[word_of(field)] & bit_of(field));
}

int tn_next_field(const struct tn_record *record, int from)
{
    unsigned word = word_of(from);
    uint64_t left = record && word < TN_PRESENT_WORDS ? record->present[word] & ~(bit_of(from) - 1) : 0;
    while (left == 0 && record && ++word < TN_PRESENT_WORDS)
        left = record->present[word];
    return left ? (int)(word * 64) + __builtin_ctzll(left) : -1;
}

struct tn_str tn_text(const struct tn_record *record, int field)
{
    if (!tn_has(record, field) || !holds_text(record->type->fields[field].kind))
        return (struct tn_str){NULL, 0};
    return record->values[field].text;
}

int64_t tn_int(const struct tn_record *record, int field)
{
    bool fits = tn_has(record, field) && record->type->fields[field].kind == TN_INT;
    return fits ? record->values[field].integer : 0;
}

double tn_number(const struct tn_record *record, int field)
{
    bool fits = tn_has(record, field) && record->type->fields[field].kind == TN_NUMBER;
    return fits ? record->values[field].number : (double)tn_int(record, field);
}

bool tn_bool(const struct tn_record *record, int field)
{
    return tn_has(record, field) && record->type->fields[field].kind == TN_BOOL && record->values[field].truth;
}

size_t tn_count(const struct tn_record *record, int field)
{
    if (!tn_has(record, field) || !is_list(record->type->fields[field].kind))
        return 0;
    return record->values[field].list->count;
}

struct tn_str tn_text_at(const struct tn_record *record, int field, size_t i)
{
    if (i >= tn_count(record, field) || record->type->fields[field].kind > TN_ENUM_LIST)
        return (struct tn_str){NULL, 0};
    return record->values[field].list->at.texts[i];
}

const struct tn_record *tn_record_at(const struct tn_record *record, int field, size_t i)
{
    return tn_record_edit(record, field, i);
}
