/* SPDX-License-Identifier: MIT */
#include <stdarg.h>

#include "dataset/inside.h"

static sqlite3_stmt *keep(struct tn_dataset *dataset, const char *sql, struct tn_error *error)
{
    for (size_t i = 0; i < dataset->kept_count; i++)
        if (dataset->kept[i].sql == sql)
            return dataset->kept[i].statement;
    if (dataset->kept_count == TN_KEPT_STATEMENTS) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "too many kinds of statements");
        return NULL;
    }
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(dataset->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        tn_dataset_fail(dataset, error);
        return NULL;
    }
    dataset->kept[dataset->kept_count].sql = sql;
    dataset->kept[dataset->kept_count++].statement = statement;
    return statement;
}

static void bind_blob(sqlite3_stmt *statement, int index, struct tn_str bytes)
{
    if (bytes.s)
        sqlite3_bind_blob64(statement, index, bytes.s, bytes.len, SQLITE_STATIC);
    else
        sqlite3_bind_null(statement, index);
}

static void bind(sqlite3_stmt *statement, const char *form, va_list values)
{
    for (int index = 1; *form; form++, index++) {
        if (*form == 'i')
            sqlite3_bind_int64(statement, index, va_arg(values, sqlite3_int64));
        else if (*form == 't')
            tn_bind_text(statement, index, va_arg(values, struct tn_str));
        else if (*form == 'b')
            bind_blob(statement, index, va_arg(values, struct tn_str));
        else if (*form == 'd')
            sqlite3_bind_double(statement, index, va_arg(values, double));
        else
            sqlite3_bind_null(statement, index);
    }
}

static sqlite3_stmt *query(struct tn_dataset *dataset, struct tn_error *error, const char *sql, const char *form,
                           va_list values)
{
    sqlite3_stmt *statement = keep(dataset, sql, error);
    if (!statement)
        return NULL;
    sqlite3_reset(statement);
    bind(statement, form, values);
    return statement;
}

sqlite3_stmt *tn_query(struct tn_dataset *dataset, struct tn_error *error, const char *sql, const char *form, ...)
{
    va_list values;
    va_start(values, form);
    sqlite3_stmt *statement = query(dataset, error, sql, form, values);
    va_end(values);
    return statement;
}

int tn_query_one(struct tn_dataset *dataset, struct tn_error *error, sqlite3_stmt **row, const char *sql, const char *form, ...)
{
    va_list values;
    va_start(values, form);
    *row = query(dataset, error, sql, form, values);
    va_end(values);
    return *row ? tn_dataset_step(dataset, *row, error) : SQLITE_ERROR;
}

void tn_query_end(sqlite3_stmt *statement)
{
    if (statement)
        sqlite3_reset(statement);
}

bool tn_do(struct tn_dataset *dataset, struct tn_error *error, const char *sql, const char *form, ...)
{
    va_list values;
    va_start(values, form);
    sqlite3_stmt *statement = query(dataset, error, sql, form, values);
    va_end(values);
    return statement && tn_dataset_run(dataset, statement, error);
}

bool tn_do_all(struct tn_dataset *dataset, const char *const *statements, struct tn_error *error)
{
    for (; *statements; statements++)
        if (sqlite3_exec(dataset->database, *statements, NULL, NULL, NULL) != SQLITE_OK)
            return tn_dataset_fail(dataset, error);
    return true;
}
