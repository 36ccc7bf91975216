/* SPDX-License-Identifier: MIT */
#include "dataset/link_index.h"

#include "core/buf.h"
#include "dataset/link_terms.h"
#include "readers/normalized.h"

/* The words of so many bytes are gathered in memory before they are written (hashsize): fewer, larger segments. */
static const char *const making[] = {
    "CREATE VIRTUAL TABLE link_index USING fts5 (words, content='', detail='none', tokenize='ascii')",
    "INSERT INTO link_index (link_index, rank) VALUES ('hashsize', 16777216)",
    "CREATE VIRTUAL TABLE link_term USING fts5vocab (link_index, row)",
    "CREATE TABLE link_document (document INTEGER PRIMARY KEY AUTOINCREMENT, record INTEGER NOT NULL UNIQUE)",
    NULL,
};

static const char *const emptying[] = {
    "INSERT INTO link_index (link_index) VALUES ('delete-all')",
    "DELETE FROM link_document",
    "DELETE FROM sqlite_sequence WHERE name = 'link_document'",
    "DELETE FROM setting WHERE name = 'indexed'",
    NULL,
};

/* What a record may take while its words are gathered: far over what any can (a record's own limit is 64 MiB by default). */
static const size_t memory_max = (size_t)1 << 30;

/* The number that a query gives; 0 where it gives none. False with *error. */
static bool number_of(struct tn_dataset *dataset, struct tn_error *error, const char *sql, sqlite3_int64 *number)
{
    sqlite3_stmt *row = NULL;
    int code = tn_query_one(dataset, error, &row, sql, "");
    *number = code == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
    tn_query_end(row);
    return code != SQLITE_ERROR;
}

/* -- bringing it up to date -- */

struct indexing {
    struct tn_dataset *dataset;
    struct tn_arena arena; /* of one record */
    struct tn_buf words;
    struct tn_error *error;
};

static bool put_document(struct indexing *indexing, sqlite3_int64 record)
{
    return tn_do(indexing->dataset, indexing->error, "INSERT OR REPLACE INTO link_document (record) VALUES (?)", "i",
                 record) &&
           tn_do(indexing->dataset, indexing->error, "INSERT INTO link_index (rowid, words) VALUES (?, ?)", "it",
                 sqlite3_last_insert_rowid(indexing->dataset->database),
                 tn_str_slice(indexing->words.data, indexing->words.len));
}

/* A record that is no JSON of ours any more is left out: nothing can be said of it. */
static bool put_record(struct indexing *indexing, sqlite3_int64 record, struct tn_str json)
{
    struct tn_error unread;
    struct tn_link_terms terms;
    tn_arena_reset(&indexing->arena);
    tn_buf_reset(&indexing->words);
    const tn_trial *trial = tn_normalized_parse(&indexing->arena, json, &unread);
    if (!trial || !tn_link_terms_of(&indexing->arena, trial, &terms))
        return true;
    for (size_t i = 0; i < terms.count; i++) {
        tn_buf_str(&indexing->words, terms.at[i]);
        tn_buf_char(&indexing->words, ' ');
    }
    return terms.count == 0 || put_document(indexing, record);
}

static bool put_records(struct indexing *indexing, sqlite3_int64 since, bool *fresh)
{
    sqlite3_stmt *rows = tn_query(indexing->dataset, indexing->error,
                                  "SELECT record, json FROM record WHERE last_run > ? AND gone_run IS NULL"
                                  " AND EXISTS (SELECT 1 FROM alias WHERE alias.record = record.record)",
                                  "i", since);
    int code = rows ? SQLITE_ROW : SQLITE_ERROR;
    while (code == SQLITE_ROW && (code = tn_dataset_step(indexing->dataset, rows, indexing->error)) == SQLITE_ROW) {
        *fresh = true;
        if (!put_record(indexing, sqlite3_column_int64(rows, 0), tn_column_text(rows, 1)))
            code = SQLITE_ERROR;
    }
    tn_query_end(rows);
    return code == SQLITE_DONE;
}

/* Makes the tables where they are missing, empties them where most documents are no record's any more. */
static bool make_ready(struct tn_dataset *dataset, struct tn_error *error)
{
    enum { STALE_MIN = 1000 };
    sqlite3_int64 there = 0, given = 0, documents = 0;
    if (!number_of(dataset, error, "SELECT 1 FROM sqlite_schema WHERE name = 'link_index'", &there))
        return false;
    if (!there)
        return tn_do_all(dataset, making, error);
    if (!number_of(dataset, error, "SELECT seq FROM sqlite_sequence WHERE name = 'link_document'", &given) ||
        !number_of(dataset, error, "SELECT count(*) FROM link_document", &documents))
        return false;
    return given < documents * 2 + STALE_MIN || tn_do_all(dataset, emptying, error);
}

bool tn_link_index_update(struct tn_dataset *dataset, sqlite3_int64 run, bool *fresh, sqlite3_int64 *before,
                          struct tn_error *error)
{
    struct indexing indexing = {.dataset = dataset, .error = error};
    sqlite3_int64 since = 0;
    *fresh = false;
    if (!make_ready(dataset, error) ||
        !number_of(dataset, error, "SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'indexed'", &since) ||
        !number_of(dataset, error, "SELECT seq FROM sqlite_sequence WHERE name = 'link_document'", before))
        return false;
    tn_arena_init(&indexing.arena, memory_max);
    tn_buf_init(&indexing.words, memory_max);
    bool good = put_records(&indexing, since, fresh);
    tn_buf_release(&indexing.words);
    tn_arena_release(&indexing.arena);
    return good && (!*fresh || tn_do(dataset, error, "INSERT OR REPLACE INTO setting VALUES ('indexed', ?)", "i", run));
}
