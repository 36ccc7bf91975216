/* SPDX-License-Identifier: MIT */
/* The words of docs/SCHEMA.md that stand in no table. Inside the library. */
#ifndef TN_WRITERS_SCHEMA_PAGE_H
#define TN_WRITERS_SCHEMA_PAGE_H

#include "trialnorm/trial.h"

/* A heading before field `first` of the trial, and what is to be said below the fields (NULL: nothing). */
struct tn_page_section {
    int first;
    const char *heading;
    const char *note;
};

/* In the order of the fields; ended by a NULL heading. */
extern const struct tn_page_section tn_page_sections[];

/* Lines of Markdown before and behind the tables, ended by NULL. */
extern const char *const tn_page_rules[];
extern const char *const tn_page_forms[];

#endif
