/* SPDX-License-Identifier: MIT */
/* Two versions of one trial, field by field. */
#ifndef TN_TRIAL_COMPARE_H
#define TN_TRIAL_COMPARE_H

#include "trialnorm/trial.h"

enum tn_difference_kind {
    TN_FIELD_ADDED,    /* only the new one states it (or has this entry) */
    TN_FIELD_REMOVED,  /* only the old one */
    TN_FIELD_CHANGED,  /* both, and differently */
    TN_FIELD_REORDERED /* the entries that both lists have stand in another order */
};

/* "added", "removed", "changed", "reordered". Static. */
const char *tn_difference_name(enum tn_difference_kind kind);

struct tn_difference {
    enum tn_difference_kind kind;
    int field;          /* of the trial */
    bool entry;         /* an entry of a list or map: old_at and new_at say which */
    size_t old_at, new_at; /* of TN_FIELD_ADDED only new_at, of TN_FIELD_REMOVED only old_at counts */
};

/* Which fields are compared. */
enum {
    TN_COMPARE_ALL = 0,
    TN_COMPARE_SAID = 1 /* leaves out what says nothing of the trial (schema, source, warnings, provenance, record_key), and what
                           another field that also differs brings with it: minimum_age_years behind minimum_age, the
                           criteria behind eligibility_text, countries behind locations, ... (compare.c has the table) */
};

/* Gives the differences in the order of the fields, those of a list in the order of the entries. Entries that are equal are
 * the same, wherever they stand; of the others, those that mean the same thing (same facility and city, same measure, same
 * label) are one that was changed, and so are those that stand in each other's place: as many on both sides, between the
 * same neighbours. The rest was removed or added. A single record (source, responsible_party) is one value. Where what is
 * left of both lists is in another order, that is told behind the list's other differences, without an entry.
 * Time is n log n in the entries. `tell` false ends it. False when memory is short. */
typedef bool tn_difference_fn(void *context, const struct tn_difference *difference);
bool tn_compare(const tn_trial *before, const tn_trial *now, unsigned flags, tn_difference_fn *tell, void *context);

/* True when a field has the same value in both, or is stated in neither: texts byte by byte, lists entry by entry. */
bool tn_same_value(const struct tn_record *a, const struct tn_record *b, int field);

#endif
