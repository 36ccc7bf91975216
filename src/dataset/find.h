/* SPDX-License-Identifier: MIT */
/* The trial that a person means. */
#ifndef TN_DATASET_FIND_H
#define TN_DATASET_FIND_H

#include "dataset/dataset.h"

enum { TN_FOUND_NAME = 128, TN_FOUND_MOST = 4 };

struct tn_found {
    size_t count;                         /* trials that it can be: 0, 1, or more */
    sqlite3_int64 trials[TN_FOUND_MOST];  /* the first of them */
    sqlite3_int64 joined;                 /* where it named a trial that has become a part of trials[0]: that one; else 0 */
    char nearest[TN_FOUND_NAME];          /* where there is none: the identifier that was perhaps meant, else "" */
};

/* Looks for a record_key, a trial_id or any registry identifier of a trial, in any form in which it is recognised
 * (`nct07003269`, `JPRN-UMIN000001234`, `2004-002714-11-DE`). What was joined to another trial is that one. False with *error. */
bool tn_dataset_find(const struct tn_dataset *dataset, const char *name, struct tn_found *found, struct tn_error *error);

/* The identifier of a trial, or its record_key, into `name`, cut at TN_FOUND_NAME bytes. False with *error. */
bool tn_dataset_name(const struct tn_dataset *dataset, sqlite3_int64 trial, char *name, struct tn_error *error);

#endif
