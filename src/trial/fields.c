/* SPDX-License-Identifier: MIT */
/* The tables made from fields.def and vocabularies.def. */
#include "core/str.h"
#include "trial/record.h"

#define TN_VOCABULARY(name, ...) static const char *const name##_words[] = {__VA_ARGS__};
#include "trial/vocabularies.def"
#define TN_VOCABULARY(name, ...)                                                                                       \
    const struct tn_vocabulary tn_vocabulary_##name = {#name, name##_words,                                            \
                                                       sizeof name##_words / sizeof name##_words[0]};
#include "trial/vocabularies.def"

const struct tn_vocabulary *const *tn_vocabularies(void)
{
    static const struct tn_vocabulary *const all[] = {
#define TN_VOCABULARY(name, ...) &tn_vocabulary_##name,
#include "trial/vocabularies.def"
        NULL};
    return all;
}

/* What a kind of fields.def makes of its ref. */
#define KIND_TEXT(ref) TN_TEXT, NULL, NULL
#define KIND_DATE(ref) TN_DATE, NULL, NULL
#define KIND_INT(ref) TN_INT, NULL, NULL
#define KIND_NUMBER(ref) TN_NUMBER, NULL, NULL
#define KIND_BOOL(ref) TN_BOOL, NULL, NULL
#define KIND_TEXT_LIST(ref) TN_TEXT_LIST, NULL, NULL
#define KIND_ENUM(ref) TN_ENUM, &tn_vocabulary_##ref, NULL
#define KIND_ENUM_LIST(ref) TN_ENUM_LIST, &tn_vocabulary_##ref, NULL
#define KIND_RECORD(ref) TN_RECORD_ONE, NULL, &tn_type_##ref
#define KIND_RECORD_LIST(ref) TN_RECORD_LIST, NULL, &tn_type_##ref
#define KIND_MAP(ref) TN_MAP, NULL, &tn_type_##ref
#define FLAG_0 0
#define FLAG_PERSON TN_PERSON

#define TN_RECORD(record, meaning) static const struct tn_field record##_fields[] = {
#define TN_FIELD(record, name, kind, ref, flags, meaning) {#name, sizeof #name - 1, KIND_##kind(ref), FLAG_##flags, meaning},
#define TN_END(record)                                                                                                 \
    }                                                                                                                  \
    ;
#include "trialnorm/fields.def"

#define TN_RECORD(record, meaning)                                                                                     \
    const struct tn_record_type tn_type_##record = {#record, meaning, record##_fields, TN_##record##_COUNT};
#define TN_FIELD(record, name, kind, ref, flags, meaning)
#define TN_END(record)
#include "trialnorm/fields.def"

const struct tn_record_type *const *tn_record_types(void)
{
    static const struct tn_record_type *const all[] = {
#define TN_RECORD(record, meaning) &tn_type_##record,
#define TN_FIELD(record, name, kind, ref, flags, meaning)
#define TN_END(record)
#include "trialnorm/fields.def"
        NULL};
    return all;
}

int tn_field_named(const struct tn_record_type *type, struct tn_str name)
{
    for (int i = 0; i < type->count; i++)
        if (tn_str_eq(tn_str_slice(type->fields[i].name, type->fields[i].name_len), name))
            return i;
    return -1;
}

int tn_field_find(const struct tn_record_type *type, const char *name)
{
    return tn_field_named(type, tn_str_of(name));
}
