/* SPDX-License-Identifier: MIT */
/* What the commands share that read a dataset. */
#ifndef TN_CLI_DATASET_H
#define TN_CLI_DATASET_H

#include "cli/rows.h"
#include "dataset/dataset.h"

/* Opens the dataset that --db names, for a command that takes `operands` operands. NULL once a message has been printed; then
 * *code is the exit code. */
struct tn_dataset *cli_dataset_open(const struct cli_settings *settings, int operands, int *code);

/* Says that the dataset cannot be read; returns the exit code. */
int cli_dataset_failed(const struct tn_dataset *dataset, const struct tn_error *error);

/* A column of the list that a query gives. */
enum cli_column_kind {
    CLI_COLUMN_VALUE,  /* text, integer or real number, as SQLite has it */
    CLI_COLUMN_JSON,   /* text that is JSON */
    CLI_COLUMN_SOURCE, /* made of five columns of the query: reader, site, file, member and number of a record */
};

struct cli_column {
    const char *name;
    enum cli_column_kind kind;
};

enum { CLI_COLUMNS_MAX = 24 };

/* A list that a query gives, row for row. */
struct cli_query {
    const char *sql;                  /* without values, static */
    const struct cli_column *columns; /* `count` of them, at most CLI_COLUMNS_MAX, in the order of the query's */
    size_t count;
    cli_line_fn *line;                /* of the text form, with its context */
    void *context;
};

/* The command that prints it. Returns the exit code. */
int cli_dataset_list(const struct cli_settings *settings, const struct cli_query *query);

/* A column of a query's row, as a cell. */
struct cli_cell cli_column_cell(sqlite3_stmt *statement, int column, enum cli_column_kind kind);

/* Puts the name of a record, which five columns from `column` on say, into `name`, emptied before; {NULL, 0} where there is none. */
struct tn_str cli_column_source(sqlite3_stmt *statement, int column, struct tn_buf *name);

/* Whether --field names a field of the trial; false once a message has been printed. */
bool cli_check_field(const struct cli_settings *settings);

/* What --since says: the first run, or the beginning of a time (2026, 2026-11-22, 2026-11-22T02:00:00Z; four digits from 1900 on are
 * a year) with which run.at is compared byte by byte. What it does not say stays. False once a message has been printed. */
bool cli_read_since(const struct cli_settings *settings, int64_t *run, const char **at);

#endif
