/* SPDX-License-Identifier: MIT */
/* A local dataset: one SQLite file that is refreshed by runs (dataset/sync.h) and read by everybody else. */
#ifndef TN_DATASET_DATASET_H
#define TN_DATASET_DATASET_H

#include <sqlite3.h>

#include "core/arena.h"
#include "trialnorm/trial.h"

struct tn_dataset;

/* Opens a dataset for reading. Never waits for whoever writes; it sees the last complete run until it is closed. NULL with
 * *error: TN_IO (no such file, no dataset, one of a newer version), TN_NO_MEMORY. `path` is borrowed. */
struct tn_dataset *tn_dataset_open(const char *path, struct tn_error *error);

/* Closes it; NULL allowed. */
void tn_dataset_close(struct tn_dataset *dataset);

/* The connection, for statements of one's own; and the path, for messages. */
sqlite3 *tn_dataset_database(const struct tn_dataset *dataset);
const char *tn_dataset_path(const struct tn_dataset *dataset);

/* A statement; NULL with *error (TN_IO, in SQLite's words). Values are bound, never written into `sql`. Finalized by the
 * caller with sqlite3_finalize. */
sqlite3_stmt *tn_dataset_prepare(const struct tn_dataset *dataset, const char *sql, struct tn_error *error);

/* One step: SQLITE_ROW, SQLITE_DONE, or SQLITE_ERROR with *error. */
int tn_dataset_step(const struct tn_dataset *dataset, sqlite3_stmt *statement, struct tn_error *error);

/* Steps a statement that gives no rows to its end and resets it, bindings cleared. False with *error. */
bool tn_dataset_run(const struct tn_dataset *dataset, sqlite3_stmt *statement, struct tn_error *error);

/* SQLite's last failure as *error; always false. */
bool tn_dataset_fail(const struct tn_dataset *dataset, struct tn_error *error);

/* Binds text, {NULL, 0} as NULL. Borrowed until the statement is reset. */
void tn_bind_text(sqlite3_stmt *statement, int index, struct tn_str text);
/* A column's text, NUL behind it; {NULL, 0} of NULL. Borrowed until the next step. */
struct tn_str tn_column_text(sqlite3_stmt *statement, int column);

/* The JSON of one trial, as it is now; {NULL, 0} where there is none. In the arena. False with *error. */
bool tn_dataset_trial_json(const struct tn_dataset *dataset, sqlite3_int64 trial, struct tn_arena *arena, struct tn_str *json,
                           struct tn_error *error);

/* Gives the JSON of every trial that is not joined to another, in the order in which they came: with `gone` also those that
 * are gone. `take` false with *error ends it (TN_CODE_NONE: without a fault). False with *error. */
typedef bool tn_trial_json_fn(void *context, sqlite3_int64 trial, struct tn_str json, struct tn_error *error);
bool tn_dataset_each(const struct tn_dataset *dataset, bool gone, tn_trial_json_fn *take, void *context, struct tn_error *error);

#endif
