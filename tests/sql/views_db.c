/* SPDX-License-Identifier: MIT */
/* Makes a dataset of the records of standard input (NDJSON), with its views. For views.py.
 *
 * usage: views_db FILE < trials.ndjson
 *
 * Trial 1 is gone and trial 2 is joined to trial 3; the records are the trials from 3 on, in turn as the record of a source and as merged
 * from several. The views are made twice, the second time for nothing. */
#include <stdio.h>
#include <stdlib.h>

#include "core/str.h"
#include "dataset/schema.h"
#include "dataset/views.h"

static sqlite3 *database;

static void need(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "views_db: %s: %s\n", what, sqlite3_errmsg(database));
    exit(1);
}

static void run(const char *sql)
{
    need(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static void add(const char *sql, sqlite3_int64 number, struct tn_str json)
{
    sqlite3_stmt *statement = NULL;
    need(sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK, sql);
    sqlite3_bind_int64(statement, 1, number);
    sqlite3_bind_text(statement, 2, json.s, (int)json.len, SQLITE_STATIC);
    need(sqlite3_step(statement) == SQLITE_DONE, sql);
    sqlite3_finalize(statement);
}

static void add_trial(sqlite3_int64 number, struct tn_str json)
{
    if (number % 2) {
        add("INSERT INTO record (record, key, trial, reader, input, record_key, stamp, hash, first_run, last_run, json)"
            " VALUES (?1, 'key' || ?1, ?1, '', 1, '', '', 0, 1, 1, ?2)", number, json);
        add("INSERT INTO trial (trial, key, first_run, last_run, gone_run, joined, sole)"
            " VALUES (?1, '', 1, 1, iif(?1 = 1, 2, NULL), NULL, ?1)", number, json);
    } else {
        add("INSERT INTO trial (trial, key, first_run, last_run, joined, json) VALUES (?1, '', 1, 1, iif(?1 = 2, 3, NULL), ?2)", number, json);
    }
}

static void make_views(void)
{
    struct tn_error error;
    if (!tn_dataset_make_views(database, &error)) {
        fprintf(stderr, "views_db: %s\n", error.message);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t room = 0;
    sqlite3_int64 number = 3;
    need(argc == 2 && sqlite3_open(argv[1], &database) == SQLITE_OK, "cannot open the file");
    run("BEGIN");
    for (const char *const *table = tn_dataset_tables; *table; table++)
        run(*table);
    for (ssize_t len; (len = getline(&line, &room, stdin)) > 0; number++) {
        for (sqlite3_int64 left_out = 1; number == 3 && left_out < 3; left_out++)
            add_trial(left_out, tn_str_slice(line, (size_t)len));
        add_trial(number, tn_str_slice(line, (size_t)len));
    }
    make_views();
    int changes = sqlite3_total_changes(database);
    make_views();
    need(sqlite3_total_changes(database) == changes, "made again");
    run("COMMIT");
    free(line);
    sqlite3_close(database);
    return 0;
}
