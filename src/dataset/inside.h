/* SPDX-License-Identifier: MIT */
/* A dataset from inside: what only src/dataset uses. */
#ifndef TN_DATASET_INSIDE_H
#define TN_DATASET_INSIDE_H

#include "core/buf.h"
#include "dataset/dataset.h"

enum { TN_KEPT_STATEMENTS = 96 };

struct tn_dataset {
    sqlite3 *database;
    const char *path;
    struct {
        const char *sql; /* static: found again by its address */
        sqlite3_stmt *statement;
    } kept[TN_KEPT_STATEMENTS];
    size_t kept_count;
    /* Of one that is written: */
    int lock;                /* descriptor of the lock file; -1: none is held */
    struct tn_buf lock_path; /* its path */
    struct tn_buf aside;     /* path of a new file that is not in its place yet; empty: there is none */
    bool fresh;              /* this run makes the file */
    char *real;              /* the path without links, or NULL */
};

/* One that is not connected yet; NULL with *error. */
struct tn_dataset *tn_dataset_new(const char *path, struct tn_error *error);

/* Opens the connection (sqlite3_open_v2's flags), after closing another. False with *error. */
bool tn_dataset_connect(struct tn_dataset *dataset, const char *address, int flags, struct tn_error *error);
/* Closes the connection and every kept statement. */
void tn_dataset_disconnect(struct tn_dataset *dataset);

/* Whether the file is a dataset of this version. False with *error. */
bool tn_dataset_check(struct tn_dataset *dataset, struct tn_error *error);

/* Values for statements: `form` has a letter for each `?`:
 * i  sqlite3_int64     t  struct tn_str ({NULL, 0}: NULL)     b  struct tn_str as a blob     d  double     n  nothing: NULL
 * Texts are borrowed until the statement is stepped to its end or bound again. */

/* Runs a statement that gives no rows. `sql` is a constant text, prepared once. False with *error. */
bool tn_do(struct tn_dataset *dataset, struct tn_error *error, const char *sql, const char *form, ...);

/* The statement, bound, before its first row; NULL with *error. It may be bound again only after tn_query_end, or by the next
 * tn_query of the same text. */
sqlite3_stmt *tn_query(struct tn_dataset *dataset, struct tn_error *error, const char *sql, const char *form, ...);

/* Its first row: SQLITE_ROW, SQLITE_DONE, SQLITE_ERROR with *error. *row may be read until tn_query_end. */
int tn_query_one(struct tn_dataset *dataset, struct tn_error *error, sqlite3_stmt **row, const char *sql, const char *form, ...);

/* Ends a query; NULL allowed. */
void tn_query_end(sqlite3_stmt *query);

/* Runs several statements without values, ended by NULL. False with *error. */
bool tn_do_all(struct tn_dataset *dataset, const char *const *statements, struct tn_error *error);

#endif
