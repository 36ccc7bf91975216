/* SPDX-License-Identifier: MIT */
#include "batch/unique.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/buf.h"

enum { FLUSH = 256 * 1024 };

struct tn_unique {
    int file;
    size_t laid;          /* bytes in the file */
    struct tn_buf waiting; /* ... and behind them */
    struct tn_buf read;   /* a record that was read back */
    sqlite3 *index;
    sqlite3_stmt *add;
    sqlite3_stmt *find; /* NULL until something is looked for */
};

static const char *date_of(const tn_trial *trial, const int *fields, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tn_has(trial, fields[i]))
            return tn_text(trial, fields[i]).s;
    return NULL;
}

void tn_unique_stamp(const tn_trial *trial, char stamp[TN_STAMP_LEN])
{
    static const int own[] = {TN_trial_last_update_posted_date, TN_trial_last_update_submitted_date};
    static const int of_source[] = {TN_source_page_updated, TN_source_exported, TN_source_fetched};
    char text[TN_STAMP_LEN + 1];
    const struct tn_record *source = tn_record_at(trial, TN_trial_source, 0);
    const char *updated = date_of(trial, own, sizeof own / sizeof own[0]);
    const char *date = updated || !source ? updated : date_of(source, of_source, sizeof of_source / sizeof of_source[0]);
    snprintf(text, sizeof text, "%c:%-10.10s", updated ? '1' : '0', date ? date : "");
    memcpy(stamp, text, TN_STAMP_LEN);
}

static bool refuse(struct tn_error *error, const char *why)
{
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "the temporary file: %s", why);
    return false;
}

static bool refuse_index(const struct tn_unique *unique, struct tn_error *error)
{
    return refuse(error, unique->index ? sqlite3_errmsg(unique->index) : "out of memory");
}

static int make_file(const char *folder, struct tn_error *error)
{
    char path[4096];
    int len = snprintf(path, sizeof path, "%s/trialnorm.XXXXXX", folder && *folder ? folder : "/tmp");
    int file = len > 0 && (size_t)len < sizeof path ? mkostemp(path, O_CLOEXEC) : (errno = ENAMETOOLONG, -1);
    if (file < 0)
        refuse(error, strerror(errno));
    else
        unlink(path);
    return file;
}

/* Nothing of it outlives the run: no journal, no waiting for the disk. */
static const char set_up[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
                             "PRAGMA cache_size = -8192;"
                             "CREATE TABLE record (number INTEGER PRIMARY KEY, key BLOB, stamp TEXT, place INTEGER, "
                             "length INTEGER); BEGIN";

static bool open_index(struct tn_unique *unique, struct tn_error *error)
{
    static const char add[] = "INSERT INTO record (key, stamp, place, length) VALUES (?, ?, ?, ?)";
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    bool open = sqlite3_open_v2("", &unique->index, flags, NULL) == SQLITE_OK &&
                sqlite3_exec(unique->index, set_up, NULL, NULL, NULL) == SQLITE_OK &&
                sqlite3_prepare_v2(unique->index, add, -1, &unique->add, NULL) == SQLITE_OK;
    return open || refuse_index(unique, error);
}

struct tn_unique *tn_unique_new(const char *folder, struct tn_error *error)
{
    struct tn_unique *unique = calloc(1, sizeof *unique);
    if (!unique) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
        return NULL;
    }
    tn_buf_init(&unique->waiting, SIZE_MAX / 2);
    tn_buf_init(&unique->read, SIZE_MAX / 2);
    unique->file = make_file(folder, error);
    if (unique->file >= 0 && open_index(unique, error))
        return unique;
    tn_unique_free(unique);
    return NULL;
}

void tn_unique_free(struct tn_unique *unique)
{
    if (!unique)
        return;
    sqlite3_finalize(unique->add);
    sqlite3_finalize(unique->find);
    sqlite3_close(unique->index);
    if (unique->file >= 0)
        close(unique->file);
    tn_buf_release(&unique->waiting);
    tn_buf_release(&unique->read);
    free(unique);
}

static bool flush(struct tn_unique *unique, struct tn_error *error)
{
    struct tn_str rest = tn_str_slice(unique->waiting.data, unique->waiting.len);
    while (rest.len) {
        ssize_t count = write(unique->file, rest.s, rest.len);
        if (count < 0 && errno != EINTR)
            return refuse(error, strerror(errno));
        if (count > 0)
            rest = tn_str_from(rest, (size_t)count);
    }
    unique->laid += unique->waiting.len;
    tn_buf_reset(&unique->waiting);
    return true;
}

bool tn_unique_add(struct tn_unique *unique, struct tn_str record_key, const char stamp[TN_STAMP_LEN], struct tn_str bytes,
                   struct tn_error *error)
{
    sqlite3_stmt *add = unique->add;
    size_t place = unique->laid + unique->waiting.len;
    tn_buf_str(&unique->waiting, bytes);
    if (unique->waiting.failed)
        return refuse(error, "out of memory");
    if (unique->waiting.len >= FLUSH && !flush(unique, error))
        return false;
    bool added = sqlite3_bind_blob64(add, 1, record_key.s, record_key.len, SQLITE_STATIC) == SQLITE_OK &&
                 sqlite3_bind_text(add, 2, stamp, TN_STAMP_LEN, SQLITE_STATIC) == SQLITE_OK &&
                 sqlite3_bind_int64(add, 3, (sqlite3_int64)place) == SQLITE_OK &&
                 sqlite3_bind_int64(add, 4, (sqlite3_int64)bytes.len) == SQLITE_OK && sqlite3_step(add) == SQLITE_DONE;
    sqlite3_reset(add);
    return added || refuse_index(unique, error);
}

/* Reads a record back. */
static bool read_back(struct tn_unique *unique, size_t place, size_t len, struct tn_error *error)
{
    tn_buf_reset(&unique->read);
    if (!tn_buf_reserve(&unique->read, len ? len : 1))
        return refuse(error, "out of memory");
    while (unique->read.len < len) {
        ssize_t count = pread(unique->file, unique->read.data + unique->read.len, len - unique->read.len,
                              (off_t)(place + unique->read.len));
        if (count == 0 || (count < 0 && errno != EINTR))
            return refuse(error, count == 0 ? "it ends too early" : strerror(errno));
        if (count > 0)
            unique->read.len += (size_t)count;
    }
    return true;
}

bool tn_unique_each(struct tn_unique *unique, size_t most,
                    bool (*take)(void *context, struct tn_str bytes, struct tn_error *error), void *context, size_t *kept,
                    struct tn_error *error)
{
    /* What stands beside max() comes of the row in which the most is found. */
    static const char newest[] = "SELECT place, length FROM (SELECT number, place, length, "
                                 "max(stamp || printf('%020d', number)) FROM record GROUP BY key) ORDER BY number";
    sqlite3_stmt *rows = NULL;
    *kept = 0;
    if (!flush(unique, error))
        return false;
    if (sqlite3_prepare_v2(unique->index, newest, -1, &rows, NULL) != SQLITE_OK)
        return refuse_index(unique, error);
    int step;
    bool fine = true;
    size_t wanted = 0;
    while (fine && (step = sqlite3_step(rows)) != SQLITE_DONE) {
        fine = step == SQLITE_ROW || refuse_index(unique, error);
        *kept += fine;
        if (!fine || sqlite3_column_int64(rows, 1) == 0 || wanted++ >= most)
            continue;
        fine = read_back(unique, (size_t)sqlite3_column_int64(rows, 0), (size_t)sqlite3_column_int64(rows, 1), error) &&
               take(context, tn_str_slice(unique->read.data, unique->read.len), error);
    }
    sqlite3_finalize(rows);
    return fine;
}

static bool prepare_find(struct tn_unique *unique, struct tn_error *error)
{
    static const char index[] = "CREATE INDEX by_key ON record (key, stamp)";
    static const char find[] = "SELECT place, length FROM record WHERE key = ? ORDER BY stamp DESC, number DESC LIMIT 1";
    if (unique->find)
        return true;
    bool ready = sqlite3_exec(unique->index, index, NULL, NULL, NULL) == SQLITE_OK &&
                 sqlite3_prepare_v2(unique->index, find, -1, &unique->find, NULL) == SQLITE_OK;
    return flush(unique, error) && (ready || refuse_index(unique, error));
}

bool tn_unique_find(struct tn_unique *unique, struct tn_str record_key, struct tn_str *bytes, struct tn_error *error)
{
    *bytes = (struct tn_str){NULL, 0};
    if (!prepare_find(unique, error))
        return false;
    sqlite3_bind_blob64(unique->find, 1, record_key.s, record_key.len, SQLITE_STATIC);
    int step = sqlite3_step(unique->find);
    bool fine = step == SQLITE_DONE || step == SQLITE_ROW || refuse_index(unique, error);
    if (fine && step == SQLITE_ROW) {
        size_t place = (size_t)sqlite3_column_int64(unique->find, 0), len = (size_t)sqlite3_column_int64(unique->find, 1);
        fine = read_back(unique, place, len, error);
        *bytes = tn_str_slice(unique->read.data, unique->read.len);
    }
    sqlite3_reset(unique->find);
    return fine;
}
