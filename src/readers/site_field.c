/* SPDX-License-Identifier: MIT */
/* Fields by the names that a description gives them, and what is said of a name that is none. */
#include <stdarg.h>
#include <stdio.h>

#include "readers/site_terms.h"

bool tn_site_refuse(struct tn_arena *arena, struct tn_error *error, const struct tn_trail *at, const char *format, ...)
{
    char message[sizeof error->message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    struct tn_str path = at ? tn_trail_path(arena, at) : (struct tn_str){NULL, 0};
    tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "%.*s%s%s", (int)path.len, path.len ? path.s : "",
                 path.len ? ": " : "", message);
    return false;
}

bool tn_site_refuse_word(struct tn_arena *arena, struct tn_error *error, const struct tn_trail *at, const char *what,
                         const char *word, const char *const *names, size_t count)
{
    const char *nearest = names ? tn_nearest(word, names, count) : NULL;
    int shown = (int)tn_str_cut(tn_str_of(word), 80);
    if (nearest)
        return tn_site_refuse(arena, error, at, "%s '%.*s'; did you mean '%s'?", what, shown, word, nearest);
    return tn_site_refuse(arena, error, at, "%s '%.*s'", what, shown, word);
}

static bool has_members(const struct tn_field *field)
{
    return field->kind == TN_RECORD_ONE || field->kind == TN_RECORD_LIST;
}

/* Two lists of the same records cannot be told apart by what a row says: the first is meant. */
static bool members_can_be_filled(int field)
{
    return has_members(&tn_type_trial.fields[field]) && tn_site_holder(tn_type_trial.fields[field].record) == field;
}

const char *const *tn_site_field_names(struct tn_arena *arena, bool members, size_t *count)
{
    size_t room = 0;
    for (int i = 0; i < tn_type_trial.count; i++)
        room += 1 + (size_t)(tn_type_trial.fields[i].record ? tn_type_trial.fields[i].record->count : 0);
    const char **names = tn_arena_alloc(arena, room * sizeof *names);
    *count = 0;
    for (int i = 0; names && i < tn_type_trial.count; i++) {
        const struct tn_field *field = &tn_type_trial.fields[i];
        if (tn_site_may_fill(&tn_type_trial, i))
            names[(*count)++] = field->name;
        for (int m = 0; members && members_can_be_filled(i) && m < field->record->count; m++) {
            const char *name = tn_str_format(arena, "%s.%s", field->name, field->record->fields[m].name).s;
            if (name && tn_site_may_fill(field->record, m))
                names[(*count)++] = name;
        }
    }
    return names;
}

/* "source.page_updated". */
static int member_named(struct tn_str name, const struct tn_record_type **type)
{
    for (int i = 0; i < tn_type_trial.count; i++) {
        const struct tn_field *field = &tn_type_trial.fields[i];
        size_t len = field->name_len;
        if (!members_can_be_filled(i) || name.len <= len + 1 || memcmp(name.s, field->name, len) != 0 ||
            name.s[len] != '.')
            continue;
        int member = tn_field_named(field->record, tn_str_from(name, len + 1));
        if (member >= 0) {
            *type = field->record;
            return member;
        }
    }
    return -1;
}

int tn_site_field_named(struct tn_arena *arena, struct tn_error *error, const struct tn_trail *at, const char *name,
                        bool members, const struct tn_record_type **type)
{
    int field = tn_field_find(&tn_type_trial, name);
    *type = &tn_type_trial;
    if (field < 0 && members)
        field = member_named(tn_str_of(name), type);
    if (field >= 0 && tn_site_may_fill(*type, field))
        return field;
    if (field >= 0) {
        tn_site_refuse(arena, error, at, "'%s' is trialnorm's own to fill", name);
        return -1;
    }
    size_t count;
    const char *const *names = tn_site_field_names(arena, members, &count);
    tn_site_refuse_word(arena, error, at, "unknown field", name, names, count);
    return -1;
}
