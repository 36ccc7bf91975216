/* SPDX-License-Identifier: MIT */
/* The normalized trial record, and how it is read.
 *
 * A trial is a record; a record has a type, which is a table of fields (fields.def); a field is present or absent.
 * Trials are made by readers (reader.h) and handed to writers (writer.h). They are only borrowed: a trial and
 * everything read from it is valid until the function that was called with it returns. */
#ifndef TRIALNORM_TRIAL_H
#define TRIALNORM_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trialnorm/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a field holds. */
enum tn_kind {
    TN_TEXT,        /* clean Unicode: UTF-8, NFC, paragraphs apart by an empty line */
    TN_ENUM,        /* a word of a vocabulary; one that the vocabulary does not know stays as the source has it */
    TN_DATE,        /* ISO 8601 of the source's precision: 2024, 2024-05 or 2024-05-17 */
    TN_INT,         /* whole number */
    TN_NUMBER,      /* decimal number */
    TN_BOOL,        /* true or false */
    TN_TEXT_LIST,   /* texts, in the source's order */
    TN_ENUM_LIST,   /* words of a vocabulary, in the source's order */
    TN_RECORD_ONE,  /* a record */
    TN_RECORD_LIST, /* records of one type, in the source's order */
    TN_MAP          /* records of one type whose first field is a text that names each */
};

/* Field flags. */
enum { TN_PERSON = 1 }; /* says who or where a person is */

/* The canonical words of an enumeration. */
struct tn_vocabulary {
    const char *name;
    const char *const *words; /* `count` of them; static */
    size_t count;
};

struct tn_field {
    const char *name;                       /* a legal SQL name */
    size_t name_len;                        /* its length */
    enum tn_kind kind;
    const struct tn_vocabulary *vocabulary; /* of TN_ENUM and TN_ENUM_LIST, else NULL */
    const struct tn_record_type *record;    /* of TN_RECORD_ONE, TN_RECORD_LIST and TN_MAP, else NULL */
    unsigned flags;                         /* TN_PERSON or 0 */
    const char *meaning;                    /* one line */
};

struct tn_record_type {
    const char *name;
    const char *meaning;
    const struct tn_field *fields; /* `count` of them, in the order of the output; static */
    int count;
};

/* For every record type R with field F: the constant TN_R_F, its index in the type's fields, and TN_R_COUNT.
 * TN_trial_title, TN_location_city, ... */
#define TN_RECORD(record, meaning) enum tn_##record##_field {
#define TN_FIELD(record, name, kind, ref, flags, meaning) TN_##record##_##name,
#define TN_END(record)                                                                                                 \
    TN_##record##_COUNT                                                                                                \
    }                                                                                                                  \
    ;
#include "trialnorm/fields.def"

/* For every record type R: the table tn_type_R. */
#define TN_RECORD(record, meaning) extern const struct tn_record_type tn_type_##record;
#define TN_FIELD(record, name, kind, ref, flags, meaning)
#define TN_END(record)
#include "trialnorm/fields.def"

struct tn_record;
/* One trial: a record of type tn_type_trial. Opaque; read with the functions below. */
typedef struct tn_record tn_trial;

/* The index of a field by its name, -1 where the type has none. */
int tn_field_find(const struct tn_record_type *type, const char *name);

/* All record types and all vocabularies, ended by NULL. Static. */
const struct tn_record_type *const *tn_record_types(void);
const struct tn_vocabulary *const *tn_vocabularies(void);

/* The type of a record. */
const struct tn_record_type *tn_record_type_of(const struct tn_record *record);

/* True when the source states the field. All readers below take the index of a field of the record's own type and
 * of the kind that they are named after; an absent field, or one of another kind, reads as {NULL, 0}, 0, false, NULL. */
bool tn_has(const struct tn_record *record, int field);

/* The first field from index `from` on that the source states; -1 where none is. For walks over a record. */
int tn_next_field(const struct tn_record *record, int from);

struct tn_str tn_text(const struct tn_record *record, int field);  /* TN_TEXT, TN_ENUM, TN_DATE */
int64_t tn_int(const struct tn_record *record, int field);         /* TN_INT */
double tn_number(const struct tn_record *record, int field);       /* TN_NUMBER; also TN_INT */
bool tn_bool(const struct tn_record *record, int field);           /* TN_BOOL */

/* A field that is one value (text, enum, date, int, number, bool) as it is written everywhere; `buffer` (TN_VALUE_MAX
 * bytes) is for those that are no text. Absent, a list or a record: {NULL, 0}. */
enum { TN_VALUE_MAX = 48 };
struct tn_str tn_value_text(const struct tn_record *record, int field, char *buffer);

/* Number of entries of a list, a map, or a single record (0 or 1). */
size_t tn_count(const struct tn_record *record, int field);

/* Entry i (< tn_count) of a TN_TEXT_LIST or TN_ENUM_LIST. */
struct tn_str tn_text_at(const struct tn_record *record, int field, size_t i);

/* Entry i (< tn_count) of a TN_RECORD_LIST or TN_MAP; entry 0 of a TN_RECORD_ONE. */
const struct tn_record *tn_record_at(const struct tn_record *record, int field, size_t i);

#ifdef __cplusplus
}
#endif
#endif
