/* SPDX-License-Identifier: MIT */
/* A walk over the fields of both. Operations are applied one after the other: in a list, each index is that at the time. */
#include "writers/json_patch.h"

#include "core/number.h"
#include "trial/compare_inside.h"
#include "writers/json_text.h"

struct patch {
    struct tn_buf *out;
    struct tn_arena *arena;
    struct tn_buf path; /* where the walk is, as RFC 6901 writes it */
    size_t operations;
    bool full; /* memory is short */
};

/* A step of the path: returns how long it was before. */
static size_t enter(struct patch *patch, struct tn_str token)
{
    size_t before = patch->path.len;
    tn_buf_char(&patch->path, '/');
    for (size_t i = 0; i < token.len; i++) {
        if (token.s[i] == '~' || token.s[i] == '/')
            tn_buf_str(&patch->path, token.s[i] == '~' ? TN_LIT("~0") : TN_LIT("~1"));
        else
            tn_buf_char(&patch->path, token.s[i]);
    }
    return before;
}

static size_t enter_field(struct patch *patch, const struct tn_field *field)
{
    return enter(patch, tn_str_slice(field->name, field->name_len));
}

static size_t enter_index(struct patch *patch, size_t index)
{
    char digits[TN_NUMBER_MAX];
    return enter(patch, tn_str_slice(digits, tn_integer_format((int64_t)index, digits)));
}

static void leave(struct patch *patch, size_t before)
{
    patch->path.len = before;
}

/* An operation at the path; its value, where it has one, follows, and then end. */
static void begin(struct patch *patch, const char *operation, bool value)
{
    tn_buf_str(patch->out, patch->operations++ ? TN_LIT(",{\"op\":") : TN_LIT("{\"op\":"));
    tn_json_string(patch->out, tn_str_of(operation));
    tn_buf_str(patch->out, TN_LIT(",\"path\":"));
    tn_json_string(patch->out, tn_str_slice(patch->path.data ? patch->path.data : "", patch->path.len));
    if (value)
        tn_buf_str(patch->out, TN_LIT(",\"value\":"));
}

static void end(struct patch *patch)
{
    tn_buf_char(patch->out, '}');
}

static void remove_here(struct patch *patch)
{
    begin(patch, "remove", false);
    end(patch);
}

static void patch_record(struct patch *patch, const struct tn_record *before, const struct tn_record *now);

/* Lists. */

/* The longest chain of pairs that stand in the same order in both lists: what it leaves out is removed and added. Of each new
 * entry that is in it keep is true. */
static bool find_chain(struct patch *patch, const struct tn_pairing *pairing, bool *keep)
{
    size_t count = pairing->new_count, length = 0;
    size_t *ends = tn_arena_alloc(patch->arena, (count + 1) * sizeof *ends); /* of the best chain of each length, its last */
    size_t *link = tn_arena_alloc(patch->arena, (count + 1) * sizeof *link);
    if (!ends || !link)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t old_at = pairing->old_of[i], low = 0, high = length;
        if (old_at == TN_UNPAIRED)
            continue;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (pairing->old_of[ends[middle]] < old_at)
                low = middle + 1;
            else
                high = middle;
        }
        link[i] = low ? ends[low - 1] : TN_UNPAIRED;
        ends[low] = i;
        length += low == length;
    }
    for (size_t i = length ? ends[length - 1] : TN_UNPAIRED; i != TN_UNPAIRED; i = link[i])
        keep[i] = true;
    return true;
}

static void patch_entry(struct patch *patch, const struct tn_pairing *pairing, size_t old_at, size_t new_at)
{
    const struct tn_record *before = pairing->before, *now = pairing->now;
    if (tn_same_entry(before, old_at, now, new_at, pairing->field))
        return;
    if (tn_record_type_of(now)->fields[pairing->field].kind == TN_RECORD_LIST) {
        patch_record(patch, tn_record_at(before, pairing->field, old_at), tn_record_at(now, pairing->field, new_at));
        return;
    }
    begin(patch, "replace", true);
    tn_json_entry(patch->out, now, pairing->field, new_at);
    end(patch);
}

static void put_entries(struct patch *patch, const struct tn_pairing *pairing, const bool *keep)
{
    size_t old_at = 0, at = 0;
    for (size_t i = 0; i <= pairing->new_count; i++) {
        bool last = i == pairing->new_count, kept = !last && keep[i];
        size_t until = last ? pairing->old_count : kept ? pairing->old_of[i] : old_at;
        size_t before = enter_index(patch, at);
        for (; old_at < until; old_at++)
            remove_here(patch);
        if (kept) {
            patch_entry(patch, pairing, old_at++, i);
        } else if (!last) {
            begin(patch, "add", true);
            tn_json_entry(patch->out, pairing->now, pairing->field, i);
            end(patch);
        }
        leave(patch, before);
        at++;
    }
}

static void patch_list(struct patch *patch, const struct tn_record *before, const struct tn_record *now, int field)
{
    struct tn_pairing pairing = {.before = before, .now = now, .field = field};
    bool *keep = tn_arena_zero(patch->arena, tn_count(now, field) + 1);
    if (keep && tn_pair_entries(patch->arena, &pairing) && find_chain(patch, &pairing, keep))
        put_entries(patch, &pairing, keep);
    else
        patch->full = true;
}

/* Maps. */

static bool states_more(const struct tn_record *entry)
{
    return tn_states_any(entry, TN_ALL_MEMBERS & ~(tn_members)1);
}

/* True when the entry has a partner of the same label, and both are written. */
static bool has_partner(const struct tn_pairing *pairing, size_t old_at, size_t new_at)
{
    if (old_at == TN_UNPAIRED || new_at == TN_UNPAIRED)
        return false;
    const struct tn_record *before = tn_record_at(pairing->before, pairing->field, old_at);
    const struct tn_record *now = tn_record_at(pairing->now, pairing->field, new_at);
    return tn_str_eq(tn_text(before, 0), tn_text(now, 0)) && states_more(before) && states_more(now);
}

static void put_label(struct patch *patch, const struct tn_pairing *pairing, size_t i)
{
    const struct tn_record *entry = tn_record_at(pairing->now, pairing->field, i);
    size_t before = enter(patch, tn_text(entry, 0)), old_at = pairing->old_of[i];
    bool partner = has_partner(pairing, old_at, i);
    if (states_more(entry) && !(partner && tn_same_entry(pairing->before, old_at, pairing->now, i, pairing->field))) {
        begin(patch, partner ? "replace" : "add", true);
        tn_json_labelled(patch->out, pairing->now, pairing->field, i);
        end(patch);
    }
    leave(patch, before);
}

static void patch_map(struct patch *patch, const struct tn_record *before, const struct tn_record *now, int field)
{
    struct tn_pairing pairing = {.before = before, .now = now, .field = field};
    if (!tn_pair_entries(patch->arena, &pairing)) {
        patch->full = true;
        return;
    }
    for (size_t i = 0; i < pairing.old_count; i++) {
        const struct tn_record *entry = tn_record_at(before, field, i);
        if (!states_more(entry) || has_partner(&pairing, i, pairing.new_of[i]))
            continue;
        size_t outside = enter(patch, tn_text(entry, 0));
        remove_here(patch);
        leave(patch, outside);
    }
    for (size_t i = 0; i < pairing.new_count; i++)
        put_label(patch, &pairing, i);
}

/* Records. */

static void replace(struct patch *patch, const char *operation, const struct tn_record *now, int field)
{
    begin(patch, operation, true);
    tn_json_value(patch->out, now, field, TN_ALL_MEMBERS);
    end(patch);
}

static void patch_value(struct patch *patch, const struct tn_record *before, const struct tn_record *now, int field)
{
    switch (tn_record_type_of(now)->fields[field].kind) {
    case TN_TEXT:
    case TN_ENUM:
    case TN_DATE:
    case TN_INT:
    case TN_NUMBER:
    case TN_BOOL: replace(patch, "replace", now, field); break;
    case TN_RECORD_ONE: patch_record(patch, tn_record_at(before, field, 0), tn_record_at(now, field, 0)); break;
    case TN_TEXT_LIST:
    case TN_ENUM_LIST:
    case TN_RECORD_LIST: patch_list(patch, before, now, field); break;
    case TN_MAP: patch_map(patch, before, now, field); break;
    }
}

/* Calls itself through patch_value as deep as record types are nested. */
static void patch_record(struct patch *patch, const struct tn_record *before, const struct tn_record *now)
{
    const struct tn_record_type *type = tn_record_type_of(now);
    for (int f = 0; f < type->count; f++) {
        bool stated = tn_states(before, f, TN_ALL_MEMBERS), states = tn_states(now, f, TN_ALL_MEMBERS);
        if ((!stated && !states) || (stated && states && tn_same_value(before, now, f)))
            continue;
        size_t outside = enter_field(patch, &type->fields[f]);
        if (!states)
            remove_here(patch);
        else if (!stated)
            replace(patch, "add", now, f);
        else
            patch_value(patch, before, now, f);
        leave(patch, outside);
    }
}

bool tn_json_patch(struct tn_buf *out, struct tn_arena *arena, const tn_trial *before, const tn_trial *now)
{
    struct patch patch = {.out = out, .arena = arena};
    tn_buf_init(&patch.path, SIZE_MAX / 2);
    tn_buf_char(out, '[');
    patch_record(&patch, before, now);
    tn_buf_char(out, ']');
    bool fine = !patch.full && !patch.path.failed;
    tn_buf_release(&patch.path);
    return fine;
}
