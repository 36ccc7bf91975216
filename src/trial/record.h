/* SPDX-License-Identifier: MIT */
/* Making records: what readers use, and nobody behind them. */
#ifndef TN_TRIAL_RECORD_H
#define TN_TRIAL_RECORD_H

#include "core/arena.h"
#include "trial/vocabulary.h"
#include "trialnorm/trial.h"

/* One value; which member counts is said by the field's kind. */
union tn_value {
    struct tn_str text; /* TN_TEXT, TN_ENUM, TN_DATE: in the arena (or static), NUL behind it */
    int64_t integer;
    double number;
    bool truth;
    struct tn_list *list; /* the lists and the single record */
};

struct tn_list {
    size_t count;
    size_t room;
    union {
        struct tn_str *texts;
        struct tn_record **records;
    } at;
};

enum { TN_PRESENT_WORDS = 3 }; /* 192 fields; fields of a type are held against it when it is compiled */

struct tn_record {
    const struct tn_record_type *type;
    struct tn_arena *arena; /* where it and everything in it lives */
    uint64_t present[TN_PRESENT_WORDS];
    union tn_value values[]; /* type->count of them */
};

/* An empty record; NULL when memory is short. All setters below do nothing on a NULL record, and leave the field
 * absent when memory is short (the arena then says so: tn_arena is full). */
struct tn_record *tn_record_new(struct tn_arena *arena, const struct tn_record_type *type);

/* Sets a scalar; a second call replaces. An empty text is set as absent. Text is borrowed: it must live as long as
 * the record and have a NUL behind it. */
void tn_set_text(struct tn_record *record, int field, struct tn_str text);
void tn_set_int(struct tn_record *record, int field, int64_t integer);
void tn_set_number(struct tn_record *record, int field, double number);
void tn_set_bool(struct tn_record *record, int field, bool truth);

/* Makes a field absent. */
void tn_clear(struct tn_record *record, int field);

/* Appends to a TN_TEXT_LIST or TN_ENUM_LIST. */
void tn_add_text(struct tn_record *record, int field, struct tn_str text);

/* Appends an empty record to a TN_RECORD_LIST or TN_MAP and returns it; for a TN_RECORD_ONE the record that is there
 * or a new one. */
struct tn_record *tn_add_record(struct tn_record *record, int field);

/* Removes entry i of a list. */
void tn_remove_at(struct tn_record *record, int field, size_t i);

/* The same as tn_record_at, for one that may be changed. */
struct tn_record *tn_record_edit(const struct tn_record *record, int field, size_t i);

/* The field of that name, or -1. */
int tn_field_named(const struct tn_record_type *type, struct tn_str name);

/* True when no field is set. */
bool tn_record_empty(const struct tn_record *record);

/* Adds to trial's `warnings`. The message is copied. Line 0: none. */
void tn_add_warning(struct tn_record *trial, const struct tn_error *error);

#endif
