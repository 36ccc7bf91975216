/* SPDX-License-Identifier: MIT */
#include "batch/tables_store.h"

#include <sqlite3.h>
#include <stdlib.h>

struct tn_store {
    sqlite3 *data;
    sqlite3_stmt *add_study, *add_row;
    sqlite3_stmt *studies, *rows;
    sqlite3_int64 number; /* of the study that was given last */
    bool waiting;         /* `rows` stands at a row that was not given */
};

/* Nothing of it outlives the run: no journal, no waiting for the disk. */
static const char set_up[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
                             "PRAGMA cache_size = -8192;"
                             "CREATE TABLE study (number INTEGER PRIMARY KEY, key TEXT, bytes BLOB, start INTEGER, "
                             "line INTEGER);"
                             "CREATE TABLE part (number INTEGER PRIMARY KEY, key TEXT, kind INTEGER, bytes BLOB); BEGIN";

static bool refuse(const struct tn_store *store, struct tn_error *error)
{
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "the temporary database of the tables: %s",
                 store && store->data ? sqlite3_errmsg(store->data) : "out of memory");
    return false;
}

static bool prepare(struct tn_store *store, const char *sql, sqlite3_stmt **statement)
{
    return sqlite3_prepare_v2(store->data, sql, -1, statement, NULL) == SQLITE_OK;
}

struct tn_store *tn_store_new(struct tn_error *error)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    struct tn_store *store = calloc(1, sizeof *store);
    if (store && sqlite3_open_v2("", &store->data, flags, NULL) == SQLITE_OK &&
        sqlite3_exec(store->data, set_up, NULL, NULL, NULL) == SQLITE_OK &&
        prepare(store, "INSERT INTO study (key, bytes, start, line) VALUES (?, ?, ?, ?)", &store->add_study) &&
        prepare(store, "INSERT INTO part (key, bytes, kind) VALUES (?, ?, ?)", &store->add_row))
        return store;
    refuse(store, error);
    tn_store_free(store);
    return NULL;
}

void tn_store_free(struct tn_store *store)
{
    if (!store)
        return;
    sqlite3_finalize(store->add_study);
    sqlite3_finalize(store->add_row);
    sqlite3_finalize(store->studies);
    sqlite3_finalize(store->rows);
    sqlite3_close(store->data);
    free(store);
}

static bool bind_row(sqlite3_stmt *add, const struct tn_store_row *row)
{
    return sqlite3_bind_text64(add, 1, row->key.s, row->key.len, SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK &&
           sqlite3_bind_blob64(add, 2, row->bytes.s, row->bytes.len, SQLITE_STATIC) == SQLITE_OK;
}

static bool step(struct tn_store *store, sqlite3_stmt *add, bool bound, struct tn_error *error)
{
    bool added = bound && sqlite3_step(add) == SQLITE_DONE;
    sqlite3_reset(add);
    return added || refuse(store, error);
}

bool tn_store_study(struct tn_store *store, const struct tn_store_row *row, struct tn_error *error)
{
    sqlite3_stmt *add = store->add_study;
    bool bound = bind_row(add, row) && sqlite3_bind_int64(add, 3, (sqlite3_int64)row->offset) == SQLITE_OK &&
                 sqlite3_bind_int64(add, 4, (sqlite3_int64)row->line) == SQLITE_OK;
    return step(store, add, bound, error);
}

bool tn_store_row(struct tn_store *store, const struct tn_store_row *row, struct tn_error *error)
{
    sqlite3_stmt *add = store->add_row;
    bool bound = bind_row(add, row) && sqlite3_bind_int64(add, 3, (sqlite3_int64)row->table) == SQLITE_OK;
    return step(store, add, bound, error);
}

bool tn_store_join(struct tn_store *store, struct tn_error *error)
{
    static const char rows[] = "SELECT study.number, part.key, part.bytes, part.kind FROM part CROSS JOIN study "
                               "ON study.key = part.key ORDER BY study.number, part.kind, part.number";
    bool ready = sqlite3_exec(store->data, "CREATE INDEX by_key ON study (key)", NULL, NULL, NULL) == SQLITE_OK &&
                 prepare(store, "SELECT number, key, bytes, start, line FROM study ORDER BY number", &store->studies) &&
                 prepare(store, rows, &store->rows);
    return ready || refuse(store, error);
}

static bool next(struct tn_store *store, sqlite3_stmt *statement, struct tn_error *error)
{
    int result = sqlite3_step(statement);
    *error = (struct tn_error){.code = TN_CODE_NONE};
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        refuse(store, error);
    return result == SQLITE_ROW;
}

static struct tn_str text_of(sqlite3_stmt *statement, int column)
{
    const char *text = sqlite3_column_blob(statement, column);
    return tn_str_slice(text, (size_t)sqlite3_column_bytes(statement, column));
}

bool tn_store_next_study(struct tn_store *store, struct tn_store_row *row, struct tn_error *error)
{
    sqlite3_stmt *at = store->studies;
    if (!next(store, at, error))
        return false;
    store->number = sqlite3_column_int64(at, 0);
    *row = (struct tn_store_row){.key = text_of(at, 1), .bytes = text_of(at, 2),
                                 .offset = (size_t)sqlite3_column_int64(at, 3),
                                 .line = (unsigned)sqlite3_column_int64(at, 4)};
    return true;
}

bool tn_store_next_row(struct tn_store *store, struct tn_store_row *row, struct tn_error *error)
{
    sqlite3_stmt *at = store->rows;
    *error = (struct tn_error){.code = TN_CODE_NONE};
    if (!at)
        return false;
    if (!store->waiting && !next(store, at, error)) {
        sqlite3_finalize(at); /* a step behind the end would begin again */
        store->rows = NULL;
        return false;
    }
    store->waiting = sqlite3_column_int64(at, 0) != store->number;
    if (store->waiting)
        return false;
    *row = (struct tn_store_row){.key = text_of(at, 1), .bytes = text_of(at, 2),
                                 .table = (size_t)sqlite3_column_int64(at, 3)};
    return true;
}

void tn_store_alone(struct tn_store *store, size_t *counts, size_t tables)
{
    static const char count[] = "SELECT kind, count(*) FROM part WHERE NOT EXISTS "
                                "(SELECT 1 FROM study WHERE study.key = part.key) GROUP BY kind";
    sqlite3_stmt *statement = NULL;
    bool fine = prepare(store, count, &statement);
    while (fine && sqlite3_step(statement) == SQLITE_ROW) {
        size_t table = (size_t)sqlite3_column_int64(statement, 0);
        if (table < tables)
            counts[table] += (size_t)sqlite3_column_int64(statement, 1);
    }
    sqlite3_finalize(statement);
}
