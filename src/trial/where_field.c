/* SPDX-License-Identifier: MIT */
/* Names of fields, and of their members. */
#include "trial/record.h"
#include "trial/where_inside.h"

/* The path from a record of `type` to what `name` names: itself a field, or a field, `_` or `.`, and a member's name.
 * Goes as deep as records stand in each other. */
static int find_path(const struct tn_record_type *type, struct tn_str name, int *path, int room)
{
    int own = tn_field_named(type, name);
    if (own >= 0) {
        *path = own;
        return 1;
    }
    for (int i = 0; room > 1 && i < type->count; i++) {
        const struct tn_field *field = &type->fields[i];
        struct tn_str start = tn_str_slice(field->name, field->name_len);
        if (!field->record || name.len <= start.len || !tn_str_starts(name, start) ||
            (name.s[start.len] != '_' && name.s[start.len] != '.'))
            continue;
        int more = find_path(field->record, tn_str_from(name, start.len + 1), path + 1, room - 1);
        if (more) {
            *path = i;
            return more + 1;
        }
    }
    return 0;
}

/* All names of fields and of their members. NULL when memory is short. */
static const char **all_names(struct tn_arena *arena, size_t *count)
{
    const struct tn_record_type *trial = &tn_type_trial;
    size_t most = 0;
    for (int i = 0; i < trial->count; i++)
        most += 1 + (trial->fields[i].record ? (size_t)trial->fields[i].record->count : 0);
    const char **names = tn_arena_alloc(arena, most * sizeof *names);
    *count = 0;
    for (int i = 0; names && i < trial->count; i++) {
        const struct tn_field *field = &trial->fields[i];
        names[(*count)++] = field->name;
        for (int m = 0; field->record && m < field->record->count; m++) {
            struct tn_str name = tn_str_format(arena, "%s_%s", field->name, field->record->fields[m].name);
            if (!name.s)
                return NULL;
            names[(*count)++] = name.s;
        }
    }
    return names;
}

static bool refuse_name(struct tn_where_parse *parse, struct tn_str name)
{
    enum { SHOWN = 60 };
    struct tn_arena *arena = &parse->where->arena;
    size_t count, shown = tn_str_cut(name, SHOWN);
    const char **names = all_names(arena, &count);
    char *word = (char *)(uintptr_t)tn_str_copy(arena, tn_str_slice(name.s, shown)).s;
    if (!names || !word)
        return tn_where_no_memory(parse);
    for (size_t i = 0; i < shown; i++)
        word[i] = word[i] == '.' ? '_' : tn_lower(word[i]);
    const char *nearest = tn_nearest(word, names, count);
    return tn_where_refuse(parse, parse->at, nearest ? "no field is named '%.*s'; did you mean '%s'?"
                                                     : "no field is named '%.*s'",
                           (int)shown, name.s, nearest ? nearest : "");
}

bool tn_where_field(struct tn_where_parse *parse, struct tn_str name, struct tn_test *test)
{
    const struct tn_record_type *type = &tn_type_trial;
    test->depth = find_path(type, name, test->path, TN_TEST_PATH);
    if (test->depth == 0)
        return refuse_name(parse, name);
    for (int i = 0; i < test->depth; i++) {
        test->field = &type->fields[test->path[i]];
        type = test->field->record;
    }
    return true;
}
