/* SPDX-License-Identifier: MIT */
#include "readers/member_names.h"

#include <stdint.h>

enum { SLOTS = 2048, MOST = 1536, LONGEST = 128 };

static struct tn_str *slot_of(const struct tn_member_names *names, struct tn_str name)
{
    uint32_t hash = (uint32_t)name.len;
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.s[i]) * UINT32_C(16777619);
    size_t at = (hash ^ hash >> 15) % SLOTS;
    while (names->slots[at].s && !tn_str_eq(names->slots[at], name))
        at = (at + 1) % SLOTS;
    return &names->slots[at];
}

/* Whether the text in quotes that ends before `end` is followed by a colon, or by nothing. */
static bool names_member(struct tn_str bytes, size_t end)
{
    while (end < bytes.len && tn_is_space(bytes.s[end]))
        end++;
    return end == bytes.len || bytes.s[end] == ':';
}

static bool may_begin(struct tn_str bytes, size_t quote)
{
    while (quote > 0 && tn_is_space(bytes.s[quote - 1]))
        quote--;
    return quote > 0 && (bytes.s[quote - 1] == '{' || bytes.s[quote - 1] == ',');
}

static void add(struct tn_member_names *names, struct tn_str name)
{
    struct tn_str *slot = slot_of(names, name);
    if (!slot->s && names->count == MOST) {
        names->full = true;
    } else if (!slot->s) {
        *slot = name;
        names->count++;
    }
}

/* Longer names are nobody's. */
struct tn_str tn_member_name_at(struct tn_str bytes, size_t quote)
{
    if (!may_begin(bytes, quote))
        return (struct tn_str){NULL, 0};
    struct tn_str rest = tn_str_from(bytes, quote + 1);
    size_t len = tn_str_find_char(tn_str_slice(rest.s, rest.len < LONGEST ? rest.len : LONGEST), '"');
    bool named = len != TN_NO_OFFSET && len > 0 && names_member(rest, len + 1);
    return named ? tn_str_slice(rest.s, len) : (struct tn_str){NULL, 0};
}

void tn_member_names_gather(struct tn_member_names *names, struct tn_arena *arena, struct tn_str bytes)
{
    *names = (struct tn_member_names){.bytes = bytes, .slots = tn_arena_zero(arena, SLOTS * sizeof *names->slots)};
    for (size_t at = 0; names->slots && at < bytes.len; at++) {
        size_t quote = tn_str_find_char(tn_str_from(bytes, at), '"');
        if (quote == TN_NO_OFFSET)
            return;
        at += quote;
        struct tn_str name = tn_member_name_at(bytes, at);
        if (name.len)
            add(names, name);
    }
}

static bool is_sought_in_vain(const struct tn_member_names *names, struct tn_str name)
{
    for (size_t from = 0, found; from < names->bytes.len; from += found + name.len) {
        found = tn_str_find(tn_str_from(names->bytes, from), name);
        if (found == TN_NO_OFFSET)
            break;
        size_t at = from + found;
        if (at > 0 && names->bytes.s[at - 1] == '"' && tn_str_eq(tn_member_name_at(names->bytes, at - 1), name))
            return false;
    }
    return true;
}

bool tn_member_names_have(const struct tn_member_names *names, struct tn_str name)
{
    if (names->slots && slot_of(names, name)->s)
        return true;
    return (!names->slots || names->full) && !is_sought_in_vain(names, name);
}
