/* SPDX-License-Identifier: MIT */
/* Whether two values are the same, and hashes that tell most that are not. All recursion is as deep as record types are
 * nested. */
#include <xxhash.h>

#include "core/str.h"
#include "trial/compare_inside.h"

static bool holds_texts(const struct tn_record *record, int field)
{
    enum tn_kind kind = tn_record_type_of(record)->fields[field].kind;
    return kind == TN_TEXT_LIST || kind == TN_ENUM_LIST;
}

static bool same_list(const struct tn_record *a, const struct tn_record *b, int field)
{
    size_t count = tn_count(a, field);
    bool same = count == tn_count(b, field);
    for (size_t i = 0; same && i < count; i++)
        same = tn_same_entry(a, i, b, i, field);
    return same;
}

bool tn_same_value(const struct tn_record *a, const struct tn_record *b, int field)
{
    if (!tn_has(a, field) || !tn_has(b, field))
        return tn_has(a, field) == tn_has(b, field);
    switch (tn_record_type_of(a)->fields[field].kind) {
    case TN_TEXT:
    case TN_ENUM:
    case TN_DATE: return tn_str_eq(tn_text(a, field), tn_text(b, field));
    case TN_INT: return tn_int(a, field) == tn_int(b, field);
    case TN_NUMBER: return !(tn_number(a, field) < tn_number(b, field)) && !(tn_number(a, field) > tn_number(b, field));
    case TN_BOOL: return tn_bool(a, field) == tn_bool(b, field);
    case TN_TEXT_LIST:
    case TN_ENUM_LIST:
    case TN_RECORD_ONE:
    case TN_RECORD_LIST:
    case TN_MAP: break;
    }
    return same_list(a, b, field);
}

bool tn_same_record(const struct tn_record *a, const struct tn_record *b)
{
    const struct tn_record_type *type = tn_record_type_of(a);
    bool same = type == tn_record_type_of(b);
    for (int f = 0; same && f < type->count; f++)
        same = tn_same_value(a, b, f);
    return same;
}

bool tn_same_entry(const struct tn_record *a, size_t i, const struct tn_record *b, size_t k, int field)
{
    if (holds_texts(a, field))
        return tn_str_eq(tn_text_at(a, field, i), tn_text_at(b, field, k));
    return tn_same_record(tn_record_at(a, field, i), tn_record_at(b, field, k));
}

static uint64_t hash_text(struct tn_str text, uint64_t seed)
{
    return XXH3_64bits_withSeed(text.len ? text.s : "", text.len, seed);
}

uint64_t tn_hash_value(const struct tn_record *record, int field, uint64_t seed)
{
    char buffer[TN_VALUE_MAX];
    if (!tn_has(record, field))
        return seed;
    if (tn_record_type_of(record)->fields[field].kind < TN_TEXT_LIST)
        return hash_text(tn_value_text(record, field, buffer), seed + (uint64_t)field + 1);
    uint64_t hash = seed + (uint64_t)field + 1;
    for (size_t i = 0; i < tn_count(record, field); i++) {
        uint64_t both[2] = {hash, tn_hash_entry(record, field, i)};
        hash = XXH3_64bits(both, sizeof both);
    }
    return hash;
}

static uint64_t hash_record(const struct tn_record *record)
{
    uint64_t hash = 1;
    for (int f = tn_next_field(record, 0); f >= 0; f = tn_next_field(record, f + 1))
        hash = tn_hash_value(record, f, hash);
    return hash;
}

uint64_t tn_hash_entry(const struct tn_record *record, int field, size_t i)
{
    return holds_texts(record, field) ? hash_text(tn_text_at(record, field, i), 0)
                                      : hash_record(tn_record_at(record, field, i));
}
