/* SPDX-License-Identifier: MIT */
/* Several copies of one trial's record, as a register keeps them for each country, made one. */
#ifndef TN_READERS_COPIES_H
#define TN_READERS_COPIES_H

#include "readers/put.h"

/* One copy: a reading whose trial is not finished. */
struct tn_copy {
    struct tn_reading *reading; /* its trial, and where its fields came from (`noted`) */
    struct tn_str name;         /* for messages and labels: "ES" */
    struct tn_str entered;      /* when it was entered, as a date; {NULL, 0}: not known, so before all others */
    unsigned line;              /* where it begins in the document */
};

enum { TN_COPIES_MAX = 500 };

/* The number of the copy that was entered last: of several the last in the document. */
size_t tn_copies_newest(const struct tn_copy *copies, size_t count);

/* Joins all copies into the trial of the newest, which stands. For each field of the trial:
 *  - the newest copy that has it gives it, and what hangs on it (the type of a date) comes from the same;
 *  - identifiers, ethics and countries are gathered: entries of all copies in the order of the document, each once;
 *  - where copies differ in another field, one `conflict` lists all values.
 * Warnings are gathered, provenance is that of the values that were taken; `extra` is the caller's: only the newest's is
 * there. At most TN_COPIES_MAX copies. */
void tn_copies_join(const struct tn_copy *copies, size_t count);

#endif
