/* SPDX-License-Identifier: MIT */
#include "writers/selection.h"

#include <stdlib.h>

#include "core/str.h"

/* What a list keeps is added to what earlier ones kept; what one leaves out stays out, whichever came first. */
struct tn_selection {
    bool keeps; /* some list said what to keep; else all is */
    tn_members kept[TN_trial_COUNT];
    tn_members dropped[TN_trial_COUNT];
    tn_members members[TN_trial_COUNT]; /* what comes of these */
};

static const struct tn_record_type *const trial = &tn_type_trial;

/* A map's entries are named by the source, so that its members cannot be chosen. */
static int members_of(const struct tn_field *field)
{
    return field->kind == TN_RECORD_ONE || field->kind == TN_RECORD_LIST ? field->record->count : 0;
}

static tn_members all_of(const struct tn_field *field)
{
    int count = members_of(field);
    return count ? TN_ALL_MEMBERS >> (64 - count) : TN_ALL_MEMBERS;
}

struct tn_selection *tn_selection_new(void)
{
    struct tn_selection *selection = calloc(1, sizeof *selection);
    for (int i = 0; selection && i < trial->count; i++)
        selection->members[i] = all_of(&trial->fields[i]);
    return selection;
}

void tn_selection_free(struct tn_selection *selection)
{
    free(selection);
}

tn_members tn_selection_members(const struct tn_selection *selection, int field)
{
    return selection ? selection->members[field] : TN_ALL_MEMBERS;
}

bool tn_selected(const struct tn_selection *selection, int field, int member)
{
    tn_members members = tn_selection_members(selection, field);
    return member < 0 ? members != 0 : tn_members_have(members, member);
}

/* Adds to `named` what `name` stands for; false where that is nothing. */
static bool add_named(struct tn_str name, tn_members *named)
{
    for (int i = 0; i < trial->count; i++) {
        const struct tn_field *field = &trial->fields[i];
        struct tn_str field_name = tn_str_of(field->name);
        if (tn_str_eq(name, field_name)) {
            named[i] |= all_of(field);
            return true;
        }
        if (!tn_str_starts(name, field_name) || (name.s[field_name.len] != '_' && name.s[field_name.len] != '.'))
            continue;
        for (int m = 0; m < members_of(field); m++)
            if (tn_str_eq(tn_str_from(name, field_name.len + 1), tn_str_of(field->record->fields[m].name))) {
                named[i] |= (tn_members)1 << m;
                return true;
            }
    }
    return false;
}

enum { NAME_MAX_LEN = 64 };

/* How many characters must be added, left out or changed to make a of b. */
static size_t distance(struct tn_str a, struct tn_str b)
{
    size_t row[NAME_MAX_LEN + 1];
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 0; i < a.len; i++) {
        size_t diagonal = row[0]++;
        for (size_t j = 0; j < b.len; j++) {
            size_t change = diagonal + (a.s[i] != b.s[j]);
            diagonal = row[j + 1];
            size_t shift = (diagonal < row[j] ? diagonal : row[j]) + 1;
            row[j + 1] = change < shift ? change : shift;
        }
    }
    return row[b.len];
}

struct nearest {
    struct tn_str wanted;
    size_t distance;
    char name[NAME_MAX_LEN];
    size_t len;
};

static void try_nearer(struct nearest *nearest, const char *field, const char *member)
{
    char name[NAME_MAX_LEN];
    size_t head = strlen(field), tail = member ? strlen(member) : 0, len = head + (member ? 1 + tail : 0);
    if (len > sizeof name)
        return;
    memcpy(name, field, head);
    if (member) {
        name[head] = '_';
        memcpy(name + head + 1, member, tail);
    }
    size_t now = distance(nearest->wanted, tn_str_slice(name, len));
    if (now >= nearest->distance)
        return;
    nearest->distance = now;
    memcpy(nearest->name, name, len);
    nearest->len = len;
}

static void refuse(struct tn_str name, struct tn_error *error)
{
    struct tn_str shown = tn_str_slice(name.s, name.len < NAME_MAX_LEN ? name.len : NAME_MAX_LEN);
    struct nearest nearest = {.wanted = shown, .distance = NAME_MAX_LEN};
    for (int i = 0; i < trial->count; i++) {
        const struct tn_field *field = &trial->fields[i];
        try_nearer(&nearest, field->name, NULL);
        for (int m = 0; m < members_of(field); m++)
            try_nearer(&nearest, field->name, field->record->fields[m].name);
    }
    if (nearest.distance <= shown.len / 3 + 1)
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "no field is named '%.*s'; the nearest is '%.*s'", (int)shown.len,
                     shown.s, (int)nearest.len, nearest.name);
    else
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "no field is named '%.*s'; see 'trialnorm list fields'",
                     (int)shown.len, shown.s);
}

static bool nothing_left(const struct tn_selection *selection)
{
    for (int i = 0; i < trial->count; i++)
        if (selection->members[i])
            return false;
    return true;
}

bool tn_selection_apply(struct tn_selection *selection, const char *names, bool keep, struct tn_error *error)
{
    tn_members named[TN_trial_COUNT] = {0};
    bool some = false;
    struct tn_str rest = tn_str_of(names);
    while (rest.len) {
        size_t comma = tn_str_find_char(rest, ',');
        struct tn_str name = tn_str_trim(tn_str_slice(rest.s, comma == TN_NO_OFFSET ? rest.len : comma));
        rest = comma == TN_NO_OFFSET ? tn_str_slice("", 0) : tn_str_from(rest, comma + 1);
        if (name.len == 0)
            continue;
        if (!add_named(name, named)) {
            refuse(name, error);
            return false;
        }
        some = true;
    }
    if (!some) {
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "the list of fields is empty");
        return false;
    }
    selection->keeps = selection->keeps || keep;
    for (int i = 0; i < trial->count; i++) {
        (keep ? selection->kept : selection->dropped)[i] |= named[i];
        tn_members kept = selection->keeps ? selection->kept[i] : all_of(&trial->fields[i]);
        selection->members[i] = kept & ~selection->dropped[i];
    }
    if (nothing_left(selection)) {
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "no field is left to be written");
        return false;
    }
    return true;
}

int tn_map_texts(const struct tn_field *field)
{
    bool fits = field->kind == TN_MAP && field->record->count == 2 && tn_kind_is_texts(field->record->fields[1].kind);
    return fits ? 1 : -1;
}

bool tn_states_any(const struct tn_record *record, tn_members members)
{
    for (int i = tn_next_field(record, 0); i >= 0; i = tn_next_field(record, i + 1))
        if (tn_members_have(members, i))
            return true;
    return false;
}

bool tn_states(const struct tn_record *record, int field, tn_members members)
{
    if (!tn_has(record, field))
        return false;
    enum tn_kind kind = tn_record_type_of(record)->fields[field].kind;
    if (!tn_kind_nests(kind) || tn_kind_is_texts(kind))
        return true;
    if (kind == TN_MAP) /* a label alone states nothing */
        members &= ~(tn_members)1;
    size_t count = tn_count(record, field);
    for (size_t i = 0; i < count; i++)
        if (tn_states_any(tn_record_at(record, field, i), members))
            return true;
    return false;
}
