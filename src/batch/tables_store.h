/* SPDX-License-Identifier: MIT */
/* Rows of several tables, laid down in a temporary SQLite database without a name until all of them are there, and then
 * given out study by study. SQLite holds a cache of fixed size and sorts in files, so that memory stays the same. */
#ifndef TN_BATCH_TABLES_STORE_H
#define TN_BATCH_TABLES_STORE_H

#include "core/str.h"
#include "trialnorm/reader.h"

struct tn_store;

struct tn_store_row {
    struct tn_str key;    /* of the study */
    struct tn_str bytes;
    size_t table;         /* of a row that is no study */
    size_t offset;        /* of a study: where it began, */
    unsigned line;        /* and in which line */
};

/* NULL with *error (TN_NO_MEMORY). */
struct tn_store *tn_store_new(struct tn_error *error);
void tn_store_free(struct tn_store *store); /* NULL allowed */

/* The texts are copied. False with *error. */
bool tn_store_study(struct tn_store *store, const struct tn_store_row *row, struct tn_error *error);
bool tn_store_row(struct tn_store *store, const struct tn_store_row *row, struct tn_error *error);

/* All rows are there: gets ready to give them out. */
bool tn_store_join(struct tn_store *store, struct tn_error *error);

/* The next study in the order in which they came; then, row by row, those of the other tables that belong to it, table by
 * table. What is given lives until the next call of the same function. False at the end, and with error->code set when it
 * failed (else TN_CODE_NONE). */
bool tn_store_next_study(struct tn_store *store, struct tn_store_row *row, struct tn_error *error);
bool tn_store_next_row(struct tn_store *store, struct tn_store_row *row, struct tn_error *error);

/* Adds to counts[table] how many rows of each table belong to no study; there are `tables` of them. */
void tn_store_alone(struct tn_store *store, size_t *counts, size_t tables);

#endif
