/* SPDX-License-Identifier: MIT */
#include "dataset/dataset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "dataset/inside.h"
#include "dataset/schema.h"

/* How long a reader waits where a writer that was killed must first be cleaned up behind. */
enum { RECOVERY_MS = 10000 };

bool tn_dataset_fail(const struct tn_dataset *dataset, struct tn_error *error)
{
    int code = sqlite3_errcode(dataset->database);
    tn_error_set(error, TN_FATAL, code == SQLITE_NOMEM ? TN_NO_MEMORY : TN_IO, NULL, "%s", sqlite3_errmsg(dataset->database));
    return false;
}

/* "file:" and the path, what a URI reserves written as %XX: a folder that cannot be written to has no place for the files
 * that readers share, and a file that nobody changes needs none. */
static bool read_only_address(const char *path, struct tn_buf *address)
{
    static const char digits[] = "0123456789ABCDEF";
    tn_buf_str(address, TN_LIT("file:"));
    for (const char *at = path; *at; at++) {
        unsigned char c = (unsigned char)*at;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("/._-", c);
        const char coded[] = {'%', digits[c >> 4], digits[c & 15]};
        tn_buf_add(address, plain ? at : coded, plain ? 1 : sizeof coded);
    }
    tn_buf_str(address, TN_LIT("?immutable=1"));
    return tn_buf_terminate(address);
}

static int version_of(sqlite3 *database, const char *pragma, int *value)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(database, pragma, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *value = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW ? SQLITE_OK : code;
}

bool tn_dataset_check(struct tn_dataset *dataset, struct tn_error *error)
{
    int application = 0, version = 0;
    int code = version_of(dataset->database, "PRAGMA application_id", &application);
    if (code == SQLITE_OK)
        code = version_of(dataset->database, "PRAGMA user_version", &version);
    if (code != SQLITE_OK && code != SQLITE_NOTADB)
        return tn_dataset_fail(dataset, error);
    if (code == SQLITE_NOTADB || application != TN_DATASET_APPLICATION)
        tn_error_set(error, TN_FATAL, TN_IO, NULL, "it is no dataset of trialnorm");
    else if (version != TN_DATASET_VERSION)
        tn_error_set(error, TN_FATAL, TN_IO, NULL, "it is a dataset of version %d, and this program knows version %d", version,
                     TN_DATASET_VERSION);
    return application == TN_DATASET_APPLICATION && version == TN_DATASET_VERSION;
}

struct tn_dataset *tn_dataset_new(const char *path, struct tn_error *error)
{
    struct tn_dataset *dataset = calloc(1, sizeof *dataset);
    if (!dataset)
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    else
        *dataset = (struct tn_dataset){.path = path, .lock = -1};
    return dataset;
}

bool tn_dataset_connect(struct tn_dataset *dataset, const char *address, int flags, struct tn_error *error)
{
    sqlite3_close(dataset->database);
    if (sqlite3_open_v2(address, &dataset->database, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
        return tn_dataset_fail(dataset, error);
    sqlite3_busy_timeout(dataset->database, RECOVERY_MS);
    /* What stands in the file is data, whatever its views and triggers say. */
    sqlite3_db_config(dataset->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return true;
}

static bool connect_unchanging(struct tn_dataset *dataset, struct tn_error *error)
{
    struct tn_buf address;
    tn_buf_init(&address, SIZE_MAX / 2);
    bool good = read_only_address(dataset->path, &address) &&
                tn_dataset_connect(dataset, address.data, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error) &&
                tn_dataset_check(dataset, error);
    tn_buf_release(&address);
    return good;
}

/* Whether runs may stand in the file beside it, which reading it alone would not see. */
static bool has_log(const char *path)
{
    struct tn_buf name;
    struct stat file;
    tn_buf_init(&name, SIZE_MAX / 2);
    tn_buf_str(&name, tn_str_of(path));
    tn_buf_str(&name, TN_LIT("-wal"));
    bool has = !tn_buf_terminate(&name) || (stat(name.data, &file) == 0 ? file.st_size > 0 : errno != ENOENT);
    tn_buf_release(&name);
    return has;
}

static bool connect_reading(struct tn_dataset *dataset, struct tn_error *error)
{
    struct stat file;
    bool readable = access(dataset->path, R_OK) == 0 && stat(dataset->path, &file) == 0;
    if (readable && S_ISDIR(file.st_mode)) {
        errno = EISDIR;
        readable = false;
    }
    if (!readable) {
        tn_error_set(error, TN_FATAL, TN_IO, NULL, "%s", strerror(errno));
        return false;
    }
    /* Whoever may write removes the files beside the dataset when it is the last to close it. */
    if (access(dataset->path, W_OK) == 0 && tn_dataset_connect(dataset, dataset->path, SQLITE_OPEN_READWRITE, error) &&
        tn_dataset_check(dataset, error))
        return sqlite3_exec(dataset->database, "PRAGMA query_only = 1", NULL, NULL, NULL) == SQLITE_OK || tn_dataset_fail(dataset, error);
    if (tn_dataset_connect(dataset, dataset->path, SQLITE_OPEN_READONLY, error) && tn_dataset_check(dataset, error))
        return true;
    int code = sqlite3_errcode(dataset->database) & 0xFF;
    bool full = code == SQLITE_IOERR && !has_log(dataset->path); /* on a disk that is full there is no place for them either */
    return (code == SQLITE_CANTOPEN || code == SQLITE_READONLY || full) && connect_unchanging(dataset, error);
}

struct tn_dataset *tn_dataset_open(const char *path, struct tn_error *error)
{
    struct tn_dataset *dataset = tn_dataset_new(path, error);
    if (dataset && connect_reading(dataset, error) &&
        (sqlite3_exec(dataset->database, "BEGIN; SELECT 1 FROM run", NULL, NULL, NULL) == SQLITE_OK ||
         tn_dataset_fail(dataset, error)))
        return dataset;
    tn_dataset_close(dataset);
    return NULL;
}

void tn_dataset_disconnect(struct tn_dataset *dataset)
{
    for (size_t i = 0; i < dataset->kept_count; i++)
        sqlite3_finalize(dataset->kept[i].statement);
    dataset->kept_count = 0;
    sqlite3_close(dataset->database);
    dataset->database = NULL;
}

void tn_dataset_close(struct tn_dataset *dataset)
{
    if (dataset)
        tn_dataset_disconnect(dataset);
    free(dataset);
}

sqlite3 *tn_dataset_database(const struct tn_dataset *dataset)
{
    return dataset->database;
}

const char *tn_dataset_path(const struct tn_dataset *dataset)
{
    return dataset->path;
}

sqlite3_stmt *tn_dataset_prepare(const struct tn_dataset *dataset, const char *sql, struct tn_error *error)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(dataset->database, sql, -1, &statement, NULL) != SQLITE_OK)
        tn_dataset_fail(dataset, error);
    return statement;
}

int tn_dataset_step(const struct tn_dataset *dataset, sqlite3_stmt *statement, struct tn_error *error)
{
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW || result == SQLITE_DONE)
        return result;
    tn_dataset_fail(dataset, error);
    return SQLITE_ERROR;
}

bool tn_dataset_run(const struct tn_dataset *dataset, sqlite3_stmt *statement, struct tn_error *error)
{
    int result = SQLITE_ROW;
    while (result == SQLITE_ROW)
        result = tn_dataset_step(dataset, statement, error);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return result == SQLITE_DONE;
}

void tn_bind_text(sqlite3_stmt *statement, int index, struct tn_str text)
{
    if (text.s)
        sqlite3_bind_text64(statement, index, text.s, text.len, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(statement, index);
}

struct tn_str tn_column_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return (struct tn_str){text, text ? (size_t)sqlite3_column_bytes(statement, column) : 0};
}

bool tn_dataset_trial_json(const struct tn_dataset *dataset, sqlite3_int64 trial, struct tn_arena *arena, struct tn_str *json,
                           struct tn_error *error)
{
    *json = (struct tn_str){NULL, 0};
    sqlite3_stmt *query = tn_dataset_prepare(dataset,
                                             "SELECT coalesce(trial.json, record.json) FROM trial LEFT JOIN record "
                                             "ON record.record = trial.sole WHERE trial.trial = ?", error);
    if (!query)
        return false;
    sqlite3_bind_int64(query, 1, trial);
    int result = tn_dataset_step(dataset, query, error);
    struct tn_str text = result == SQLITE_ROW ? tn_column_text(query, 0) : *json;
    char *copy = text.s ? tn_arena_alloc(arena, text.len + 1) : NULL;
    if (copy) {
        memcpy(copy, text.s, text.len + 1);
        *json = (struct tn_str){copy, text.len};
    }
    sqlite3_finalize(query);
    if (text.s && !copy)
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return result != SQLITE_ERROR && (!text.s || copy);
}

bool tn_dataset_each(const struct tn_dataset *dataset, bool gone, tn_trial_json_fn *take, void *context, struct tn_error *error)
{
    sqlite3_stmt *query = tn_dataset_prepare(dataset,
                                             "SELECT trial.trial, coalesce(trial.json, record.json) FROM trial LEFT JOIN record "
                                             "ON record.record = trial.sole WHERE trial.joined IS NULL AND "
                                             "(?1 OR trial.gone_run IS NULL) ORDER BY trial.trial", error);
    if (!query)
        return false;
    sqlite3_bind_int(query, 1, gone);
    int result;
    while ((result = tn_dataset_step(dataset, query, error)) == SQLITE_ROW)
        if (!take(context, sqlite3_column_int64(query, 0), tn_column_text(query, 1), error))
            break;
    sqlite3_finalize(query);
    return result == SQLITE_DONE || (result == SQLITE_ROW && error->code == TN_CODE_NONE);
}
