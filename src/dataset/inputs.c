/* SPDX-License-Identifier: MIT */
/* The inputs of a run: which of them are as they were. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "dataset/sync_inside.h"
#include "input/walk.h"

enum { BLOCK = 256 * 1024, HASH_MAX = 33 };

/* A file, as it is. */
struct state {
    sqlite3_int64 size, mtime, ctime; /* -1: not known, it is read again */
    char hash[HASH_MAX];              /* "": not known */
};

static const char *const temporary[] = {
    "CREATE TEMP TABLE seen (input INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE todo (path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, ctime INTEGER, hash TEXT,"
    " failed INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0, begun INTEGER NOT NULL DEFAULT 0,"
    " done INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID",
    "CREATE TEMP TABLE touched (record INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE placed (record INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE affected (trial INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE moved (trial INTEGER PRIMARY KEY, target INTEGER)",
    "CREATE TEMP TABLE lost (record INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE now (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
    NULL,
};

static sqlite3_int64 nanoseconds(struct timespec time)
{
    return (sqlite3_int64)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* A file that was changed in the moment before it is looked at may be changed once more without its times telling: they count
 * in steps of some milliseconds, on some file systems of two seconds. */
static sqlite3_int64 settled(const struct tn_sync *sync, sqlite3_int64 time)
{
    enum { FINE = 20000000 };
    static const sqlite3_int64 coarse = 2000000000;
    sqlite3_int64 step = time % 1000000 ? FINE : coarse;
    return time + step > sync->options->now_ns ? -1 : time;
}

static void look(const struct tn_sync *sync, const char *path, struct state *state)
{
    struct stat about;
    *state = (struct state){-1, -1, -1, ""};
    if (strcmp(path, "-") == 0 || stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return;
    state->size = about.st_size;
    state->mtime = settled(sync, nanoseconds(about.st_mtim));
    state->ctime = settled(sync, nanoseconds(about.st_ctim));
}

static bool hash_all(int file, char *block, XXH3_state_t *hash)
{
    ssize_t got;
    while ((got = read(file, block, BLOCK)) > 0 || (got < 0 && errno == EINTR))
        XXH3_128bits_update(hash, block, got > 0 ? (size_t)got : 0);
    return got == 0;
}

/* The hash of what stands in a file; "" when it can't be read: whoever reads it will say why. */
static void hash_file(struct tn_sync *sync, const char *path, struct state *state)
{
    int file = state->size >= 0 ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    XXH3_state_t *hash = file >= 0 ? XXH3_createState() : NULL;
    char *block = hash ? tn_arena_alloc(&sync->arena, BLOCK) : NULL;
    if (block && XXH3_128bits_reset(hash) == XXH_OK && hash_all(file, block, hash)) {
        XXH128_hash_t value = XXH3_128bits_digest(hash);
        snprintf(state->hash, sizeof state->hash, "%016llx%016llx", (unsigned long long)value.high64,
                 (unsigned long long)value.low64);
    }
    XXH3_freeState(hash);
    if (file >= 0)
        close(file);
    tn_arena_reset(&sync->arena);
}

static bool add_todo(struct tn_sync *sync, const char *path, const struct state *state, struct tn_error *error)
{
    return tn_do(sync->dataset, error, "INSERT OR IGNORE INTO todo (path, size, mtime, ctime, hash) VALUES (?, ?, ?, ?, ?)", "tiiit",
                 tn_str_of(path), state->size, state->mtime, state->ctime, tn_str_of(state->hash));
}

static bool add_seen(struct tn_sync *sync, sqlite3_int64 input, struct tn_error *error)
{
    sync->counts->unchanged++;
    return tn_do(sync->dataset, error, "INSERT OR IGNORE INTO seen (input) VALUES (?)", "i", input);
}

/* What nearly all files are: known, and of the same size and times. */
static bool see_unchanged(struct tn_sync *sync, const char *path, const struct state *state, bool *yes, struct tn_error *error)
{
    *yes = false;
    if (state->size < 0 || state->mtime < 0 || state->ctime < 0)
        return true;
    if (!tn_do(sync->dataset, error,
               "INSERT OR IGNORE INTO seen (input) SELECT input FROM input WHERE path = ? AND size = ? AND mtime = ? AND ctime = ? "
               "AND how = ?", "tiiit", tn_str_of(path), state->size, state->mtime, state->ctime, tn_str_of(sync->options->how)))
        return false;
    *yes = sqlite3_changes(sync->dataset->database) > 0;
    sync->counts->unchanged += *yes;
    return true;
}

/* Its times are others, but what stands in it may be the same. */
static bool is_same(struct tn_sync *sync, const char *path, sqlite3_stmt *row, struct state *state)
{
    bool read_so = tn_str_eq(tn_column_text(row, 3), tn_str_of(sync->options->how));
    bool sized = state->size >= 0 && state->size == sqlite3_column_int64(row, 1);
    hash_file(sync, path, state);
    return read_so && sized && state->hash[0] && tn_str_eq(tn_column_text(row, 2), tn_str_of(state->hash));
}

static bool update_times(struct tn_sync *sync, sqlite3_int64 input, const struct state *state, struct tn_error *error)
{
    return !state->hash[0] || tn_do(sync->dataset, error, "UPDATE input SET mtime = ?, ctime = ? WHERE input = ?", "iii",
                                    state->mtime, state->ctime, input);
}

/* The dataset itself, which may lie in a folder of inputs, with what SQLite keeps beside it. */
static bool is_own_file(const struct tn_sync *sync, const char *path)
{
    struct stat about, own;
    const char *name = strrchr(sync->dataset->path, '/');
    name = name ? name + 1 : sync->dataset->path;
    const char *at = strrchr(path, '/');
    at = at ? at + 1 : path;
    size_t len = strlen(name);
    if (strncmp(at, name, len) != 0)
        return false;
    static const char *const endings[] = {"-wal", "-shm", ".lock"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (strcmp(at + len, endings[i]) == 0)
            return true;
    return !at[len] && stat(path, &about) == 0 && stat(sync->dataset->path, &own) == 0 && about.st_ino == own.st_ino &&
           about.st_dev == own.st_dev;
}

static bool survey_file(struct tn_sync *sync, const char *path, struct tn_error *error)
{
    struct state state;
    sqlite3_stmt *row;
    if (is_own_file(sync, path))
        return true;
    sync->counts->files++;
    look(sync, path, &state);
    bool unchanged;
    if (!see_unchanged(sync, path, &state, &unchanged, error) || unchanged)
        return unchanged;
    int found = tn_query_one(sync->dataset, error, &row, "SELECT input, size, hash, how FROM input WHERE path = ?", "t",
                             tn_str_of(path));
    if (found == SQLITE_ERROR)
        return false;
    if (found == SQLITE_DONE)
        hash_file(sync, path, &state);
    bool same = found == SQLITE_ROW && is_same(sync, path, row, &state);
    sqlite3_int64 input = found == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
    tn_query_end(row);
    return same ? add_seen(sync, input, error) && update_times(sync, input, &state, error)
                : add_todo(sync, path, &state, error);
}

struct survey {
    struct tn_sync *sync;
    struct tn_error *error;
};

static bool visit(void *data, const char *path, bool found, const struct tn_error *problem)
{
    struct survey *survey = data;
    (void)found;
    if (!problem)
        return survey_file(survey->sync, path, survey->error);
    survey->sync->faulty |= problem->severity > TN_OK;
    return true;
}

/* Tables that are joined are one source: when one file of their folder is new, all of them are read. */
static bool read_tables_together(struct tn_sync *sync, struct tn_error *error)
{
    static const char *const folders[] = {
        "CREATE TEMP TABLE folder AS SELECT DISTINCT rtrim(path, replace(path, '/', '')) AS name FROM given JOIN input"
        " USING (input) WHERE source = 'aact'",
        "DELETE FROM folder WHERE NOT EXISTS (SELECT 1 FROM todo WHERE rtrim(path, replace(path, '/', '')) = folder.name)"
        " AND NOT EXISTS (SELECT 1 FROM input WHERE rtrim(path, replace(path, '/', '')) = folder.name"
        " AND input NOT IN (SELECT input FROM seen))",
        "INSERT OR IGNORE INTO todo (path, size, mtime, ctime, hash) SELECT path, size, mtime, ctime, hash FROM input"
        " WHERE input IN (SELECT input FROM seen) AND rtrim(path, replace(path, '/', '')) IN (SELECT name FROM folder)",
        "DELETE FROM seen WHERE input IN (SELECT input FROM input WHERE path IN (SELECT path FROM todo))",
        "DROP TABLE folder",
        NULL,
    };
    sqlite3_stmt *row;
    int any = tn_query_one(sync->dataset, error, &row, "SELECT 1 FROM given WHERE source = 'aact'", "");
    tn_query_end(row);
    return any == SQLITE_DONE || (any == SQLITE_ROW && tn_do_all(sync->dataset, folders, error));
}

/* Records that failed in inputs that are as they were. */
static bool count_failed(struct tn_sync *sync, struct tn_error *error)
{
    sqlite3_stmt *row;
    int found = tn_query_one(sync->dataset, error, &row,
                             "SELECT coalesce(sum(failed), 0) FROM input WHERE failed > 0 AND input IN (SELECT input FROM seen)", "");
    sync->counts->known_failed = found == SQLITE_ROW ? (size_t)sqlite3_column_int64(row, 0) : 0;
    tn_query_end(row);
    return found == SQLITE_ROW;
}

bool tn_inputs_survey(struct tn_sync *sync, struct tn_error *error)
{
    const struct tn_run_options *run = &sync->options->run;
    struct survey survey = {sync, error};
    return tn_do_all(sync->dataset, temporary, error) &&
           tn_do(sync->dataset, error, "INSERT INTO temp.now VALUES ('run', ?), ('how', ?)", "it", sync->run,
                 tn_str_of(sync->options->how)) &&
           tn_walk(run->inputs, run->input_count, visit, &survey) &&
           read_tables_together(sync, error) && count_failed(sync, error);
}

bool tn_inputs_any(struct tn_sync *sync, bool *any, struct tn_error *error)
{
    sqlite3_stmt *row;
    int found = tn_query_one(sync->dataset, error, &row, "SELECT 1 FROM todo WHERE NOT done", "");
    tn_query_end(row);
    *any = found == SQLITE_ROW;
    return found != SQLITE_ERROR;
}

bool tn_inputs_wanted(struct tn_sync *sync, const char *path, struct tn_error *error)
{
    if (!tn_do(sync->dataset, error, "UPDATE todo SET begun = 1 WHERE path = ? AND NOT begun", "t", tn_str_of(path)))
        return false;
    bool wanted = sqlite3_changes(sync->dataset->database) > 0;
    if (!wanted)
        tn_error_set(error, TN_OK, TN_CODE_NONE, NULL, "it is as it was, or was read before");
    return wanted;
}

bool tn_inputs_note(struct tn_sync *sync, const struct tn_problem *problem, struct tn_error *error)
{
    const struct tn_error *what = problem->error;
    if (what->severity <= TN_WARN)
        return true;
    sync->faulty |= what->code == TN_IO;
    return tn_do(sync->dataset, error, "UPDATE todo SET failed = failed + 1, unread = unread OR ?2 WHERE path = ?1", "ti",
                 tn_str_of(problem->path), (sqlite3_int64)(what->code == TN_IO || what->code == TN_NO_MEMORY));
}

sqlite3_int64 tn_inputs_row(struct tn_sync *sync, struct tn_str path, struct tn_error *error)
{
    sqlite3_stmt *row;
    int made = tn_query_one(sync->dataset, error, &row,
                            "INSERT INTO input (path, size, mtime, ctime, hash, how, records, failed, first_run) "
                            "SELECT path, size, mtime, ctime, hash, ?2, 0, 0, ?3 FROM todo WHERE path = ?1 "
                            "ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime = excluded.mtime, ctime = excluded.ctime, "
                            "hash = excluded.hash, how = excluded.how, records = 0 RETURNING input",
                            "tti", path, tn_str_of(sync->options->how), sync->run);
    sqlite3_int64 input = made == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
    tn_query_end(row);
    if (made == SQLITE_DONE)
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "a record of a file that is no input");
    if (input && (!tn_do(sync->dataset, error, "UPDATE todo SET done = 1 WHERE path = ?", "t", path) ||
                  !tn_do(sync->dataset, error, "INSERT OR IGNORE INTO seen (input) VALUES (?)", "i", input) ||
                  !tn_do(sync->dataset, error, "DELETE FROM given WHERE input = ?", "i", input)))
        return 0;
    return input;
}

/* Files in which there was no record have rows too. What could not be read, or not wholly, may have what is missed. */
static const char *const finish[] = {
    "INSERT INTO input (path, size, mtime, ctime, hash, how, records, failed, first_run)"
    " SELECT path, size, mtime, ctime, hash, (SELECT value FROM temp.now WHERE name = 'how'), 0, 0,"
    " (SELECT value FROM temp.now WHERE name = 'run') FROM todo WHERE NOT done"
    " ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime = excluded.mtime, ctime = excluded.ctime,"
    " hash = excluded.hash, how = excluded.how, records = 0",
    "DELETE FROM given WHERE input IN (SELECT input FROM input JOIN todo USING (path) WHERE NOT done)",
    "UPDATE input SET failed = todo.failed, size = CASE WHEN todo.unread THEN -1 ELSE input.size END,"
    " hash = CASE WHEN todo.unread THEN '' ELSE input.hash END FROM todo WHERE todo.path = input.path",
    "INSERT OR IGNORE INTO seen SELECT input FROM input JOIN todo USING (path)",
    "INSERT OR IGNORE INTO lost SELECT record FROM sighting WHERE run < (SELECT value FROM temp.now WHERE name = 'run')"
    " AND input IN (SELECT input FROM input JOIN todo USING (path) WHERE todo.failed = 0)",
    "DELETE FROM sighting WHERE run < (SELECT value FROM temp.now WHERE name = 'run')"
    " AND input IN (SELECT input FROM input JOIN todo USING (path) WHERE todo.failed = 0)",
    "UPDATE todo SET done = 1",
    NULL,
};

/* With --complete an input that is not there any more holds nothing. Should it come again, it is read. */
static const char *const vanish[] = {
    "INSERT OR IGNORE INTO lost SELECT record FROM sighting WHERE input NOT IN (SELECT input FROM seen)",
    "DELETE FROM sighting WHERE input NOT IN (SELECT input FROM seen)",
    "DELETE FROM given WHERE input NOT IN (SELECT input FROM seen)",
    "UPDATE input SET size = -1, hash = '' WHERE input NOT IN (SELECT input FROM seen) AND size >= 0",
    /* A record that another input holds too is what that one says: it is read for it. */
    "UPDATE record SET stamp = '' WHERE record IN (SELECT record FROM lost) AND record IN (SELECT record FROM sighting)"
    " AND NOT EXISTS (SELECT 1 FROM sighting WHERE sighting.record = record.record AND sighting.input = record.input)",
    "INSERT OR REPLACE INTO todo (path, size, mtime, ctime, hash) SELECT DISTINCT path, size, mtime, ctime, input.hash"
    " FROM lost JOIN record USING (record) JOIN sighting USING (record) JOIN input ON input.input = sighting.input"
    " WHERE record.stamp = '' AND input.size >= 0",
    NULL,
};

static const char *const forget[] = {
    "INSERT OR IGNORE INTO unseen SELECT record FROM lost WHERE record NOT IN (SELECT record FROM sighting)",
    "DELETE FROM lost",
    NULL,
};

bool tn_inputs_end(struct tn_sync *sync, struct tn_error *error)
{
    bool complete = sync->options->complete && !sync->faulty;
    return tn_do_all(sync->dataset, finish, error) && (!complete || tn_do_all(sync->dataset, vanish, error)) &&
           tn_do_all(sync->dataset, forget, error) &&
           tn_do(sync->dataset, error, "INSERT OR REPLACE INTO attendance (input, run) SELECT input, ? FROM seen", "i", sync->run);
}
