/* SPDX-License-Identifier: MIT */
#include "readers/member_names.h"

#include "core/bytes.h"

enum { SLOTS = 2048, LONGEST = 128 };

/* Of the length, the first and the last bytes. */
static size_t hash_of(struct tn_str name)
{
    enum { WORD = 8, SHORT = 4 };
    uint64_t first = 0, last = 0;
    if (name.len >= WORD) {
        memcpy(&first, name.s, WORD);
        memcpy(&last, name.s + name.len - WORD, WORD);
    } else if (name.len >= SHORT) {
        memcpy(&first, name.s, SHORT);
        memcpy(&last, name.s + name.len - SHORT, SHORT);
    } else if (name.len) {
        first = (unsigned char)name.s[0];
        last = (unsigned char)name.s[name.len - 1];
    }
    uint64_t mixed = (first * UINT64_C(0x9E3779B97F4A7C15) ^ last) * UINT64_C(0xC2B2AE3D27D4EB4F) + name.len;
    return (size_t)(mixed >> 48) % SLOTS;
}

/* Where the name is, or belongs. */
static inline uint16_t *slot_of(const struct tn_member_names *names, struct tn_str name)
{
    size_t at = hash_of(name);
    while (names->slots[at] && !tn_str_eq(names->names[names->slots[at] - 1], name))
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

/* Behind the last byte before `at` that is no blank; 0. */
static size_t before_blanks(struct tn_str bytes, size_t at)
{
    while (at > 0 && tn_is_space(bytes.s[at - 1]))
        at--;
    return at;
}

/* *before: behind the bracket or comma before it. */
static bool may_begin(struct tn_str bytes, size_t quote, size_t *before)
{
    *before = before_blanks(bytes, quote);
    return *before > 0 && (bytes.s[*before - 1] == '{' || bytes.s[*before - 1] == ',');
}

static void add(struct tn_member_names *names, struct tn_str name)
{
    uint16_t *slot = slot_of(names, name);
    if (!*slot && names->count == TN_MEMBER_NAMES_MOST) {
        names->full = true;
    } else if (!*slot) {
        names->names[names->count++] = name;
        *slot = (uint16_t)names->count;
    }
}

/* Longer names are nobody's. */
struct tn_str tn_member_name_at(struct tn_str bytes, size_t quote)
{
    size_t before;
    if (!may_begin(bytes, quote, &before))
        return (struct tn_str){NULL, 0};
    struct tn_str rest = tn_str_from(bytes, quote + 1);
    size_t len = tn_str_find_char(tn_str_slice(rest.s, rest.len < LONGEST ? rest.len : LONGEST), '"');
    bool named = len != TN_NO_OFFSET && len > 0 && names_member(rest, len + 1);
    return named ? tn_str_slice(rest.s, len) : (struct tn_str){NULL, 0};
}

/* Notes where the document begins whose first member stands behind `at`, if another one ends before it. */
static void note_second(struct tn_member_names *names, size_t at)
{
    struct tn_str bytes = names->bytes;
    size_t begin = 0;
    while (at > 0 && (bytes.s[at - 1] == '{' || bytes.s[at - 1] == '[')) {
        begin = at - 1;
        at = before_blanks(bytes, begin);
    }
    if (at > 0 && (bytes.s[at - 1] == '}' || bytes.s[at - 1] == ']'))
        names->second = begin;
}

/* The name that ends before `colon`, if that is one that stands behind a name. */
static void add_before(struct tn_member_names *names, size_t colon)
{
    const char *s = names->bytes.s;
    size_t end = colon;
    while (end > 0 && tn_is_space(s[end - 1]))
        end--;
    if (end < 2 || s[end - 1] != '"')
        return;
    size_t least = --end > LONGEST ? end - LONGEST : 0;
    const char *quote = memrchr(s + least, '"', end - least);
    const char *name = quote ? quote + 1 : s + end;
    size_t before;
    if (name == s + end || !may_begin(names->bytes, (size_t)(quote - s), &before))
        return;
    add(names, tn_str_slice(name, (size_t)(s + end - name)));
    if (s[before - 1] == '{' && !names->second)
        note_second(names, before);
}

/* The end of the bytes may be where a colon would come. */
void tn_member_names_gather(struct tn_member_names *names, struct tn_arena *arena, struct tn_str bytes)
{
    *names = (struct tn_member_names){.bytes = bytes, .slots = tn_arena_zero(arena, SLOTS * sizeof *names->slots)};
    names->names = tn_arena_alloc(arena, TN_MEMBER_NAMES_MOST * sizeof *names->names);
    if (!names->names)
        names->slots = NULL;
    for (size_t at = 0; names->slots && at <= bytes.len; at++) {
        at = tn_bytes_find_either(bytes.s, at, bytes.len, ':', ':');
        add_before(names, at);
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
    if (names->slots && name.len && *slot_of(names, name))
        return true;
    return (!names->slots || names->full) && !is_sought_in_vain(names, name);
}
