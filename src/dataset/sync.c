/* SPDX-License-Identifier: MIT */
#include "dataset/sync.h"

#include <stdlib.h>

#include "batch/job.h"
#include "dataset/precedence.h"
#include "dataset/store.h"
#include "dataset/sync_inside.h"
#include "dataset/views.h"

static void *open_format(void *context)
{
    return context;
}

static void close_format(void *context, void *format)
{
    (void)context;
    (void)format;
}

static void format_trial(void *context, void *format, const tn_trial *trial, const struct tn_raw *raw, struct tn_buf *bytes)
{
    (void)context;
    (void)format;
    tn_arrival_pack(trial, raw, bytes);
}

static bool put_trial(void *context, struct tn_str bytes, struct tn_error *error)
{
    struct tn_sync *sync = context;
    struct tn_arrival arrival;
    if (tn_arrival_unpack(bytes, &arrival))
        return tn_records_put(sync, &arrival, error);
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return false;
}

/* Where one thread reads. */
static bool take_trial(void *context, const tn_trial *trial, const struct tn_raw *raw, struct tn_error *error)
{
    struct tn_sync *sync = context;
    tn_buf_reset(&sync->json);
    tn_arrival_pack(trial, raw, &sync->json);
    return put_trial(sync, tn_str_slice(sync->json.data, sync->json.failed ? 0 : sync->json.len), error);
}

static void report(void *context, const struct tn_problem *problem)
{
    struct tn_sync *sync = context;
    if (!tn_inputs_note(sync, problem, &sync->late))
        sync->late.severity = TN_FATAL;
    sync->visitor->report(sync->visitor->context, problem);
}

static bool want_file(void *context, const char *path, struct tn_error *error)
{
    return tn_inputs_wanted(context, path, error);
}

static void pass_passed(void *context, const struct tn_passed *passed)
{
    const struct tn_visitor *visitor = ((struct tn_sync *)context)->visitor;
    if (visitor->passed)
        visitor->passed(visitor->context, passed);
}

static void pass_progress(void *context, const struct tn_progress *progress)
{
    const struct tn_visitor *visitor = ((struct tn_sync *)context)->visitor;
    visitor->progress(visitor->context, progress);
}

/* Reads what is to be read. */
static bool read_inputs(struct tn_sync *sync, struct tn_error *error)
{
    const struct tn_formatting formatting = {open_format, close_format, format_trial, put_trial, .runs = false};
    const struct tn_visitor visitor = {.context = sync, .report = report, .file = want_file, .passed = pass_passed,
                                       .trial = take_trial, .progress = sync->visitor->progress ? pass_progress : NULL,
                                       .formatting = &formatting};
    struct tn_counts counts;
    sync->late = (struct tn_error){.code = TN_CODE_NONE};
    enum tn_severity outcome = tn_run(&sync->options->run, &visitor, &counts, error);
    tn_counts_add(&sync->counts->read, &counts);
    sync->counts->read.taken += counts.taken;
    if (outcome <= TN_WARN && sync->late.severity == TN_FATAL) {
        *error = sync->late;
        outcome = TN_FATAL;
    }
    return outcome <= TN_WARN && tn_records_flush(sync, error) && tn_inputs_end(sync, error);
}

/* Inputs that hold a record which another one has lost are read for it, too: once, since they have been read then. */
static bool read_all(struct tn_sync *sync, struct tn_error *error)
{
    bool any, good = tn_inputs_survey(sync, error) && tn_inputs_any(sync, &any, error);
    if (good && (any || sync->faulty))
        good = read_inputs(sync, error);
    else if (good)
        good = tn_inputs_end(sync, error);
    sync->input = 0;
    good = good && tn_inputs_any(sync, &any, error);
    return good && (!any || read_inputs(sync, error));
}

static bool begin_run(struct tn_sync *sync, struct tn_error *error)
{
    const struct tn_sync_options *options = sync->options;
    tn_buf_reset(&sync->json);
    for (size_t i = 0; i < options->run.input_count; i++) {
        tn_buf_str(&sync->json, tn_str_of(options->run.inputs[i]));
        tn_buf_char(&sync->json, '\n');
    }
    if (!tn_do(sync->dataset, error, "INSERT INTO run (at, inputs, complete) VALUES (?, ?, ?)", "tti", tn_str_of(options->now),
               tn_str_slice(sync->json.data, sync->json.len), (sqlite3_int64)options->complete))
        return false;
    sync->run = sqlite3_last_insert_rowid(sync->dataset->database);
    sync->counts->run = sync->run;
    return true;
}

/* The order of sources that holds from now on. Another one than before makes all trials of several records anew. */
static bool settle_preference(struct tn_sync *sync, struct tn_error *error)
{
    sqlite3_stmt *row;
    struct tn_str unknown = tn_precedence_unknown(tn_str_of(sync->options->prefer));
    if (unknown.s) {
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "--prefer: no reader is called '%.*s'", (int)unknown.len, unknown.s);
        return false;
    }
    int found = tn_query_one(sync->dataset, error, &row, "SELECT value FROM setting WHERE name = 'prefer'", "");
    struct tn_str old = found == SQLITE_ROW ? tn_column_text(row, 0) : (struct tn_str){"", 0};
    sync->prefer = tn_str_copy(&sync->kept, sync->options->prefer ? tn_str_of(sync->options->prefer) : old);
    bool same = tn_str_eq(sync->prefer, old);
    tn_query_end(row);
    return found != SQLITE_ERROR &&
           (same || tn_do(sync->dataset, error, "INSERT OR REPLACE INTO setting (name, value) VALUES ('prefer', ?)", "t", sync->prefer)) &&
           (sync->reordered = !same, true);
}

static bool affect_merged(struct tn_sync *sync, struct tn_error *error)
{
    sqlite3_stmt *row = tn_query(sync->dataset, error, "SELECT DISTINCT trial FROM origin", "");
    int step = SQLITE_ERROR;
    while (row && (step = tn_dataset_step(sync->dataset, row, error)) == SQLITE_ROW)
        if (!tn_trials_keep(sync, sqlite3_column_int64(row, 0), error) ||
            !tn_do(sync->dataset, error, "INSERT OR IGNORE INTO affected (trial) VALUES (?)", "i", sqlite3_column_int64(row, 0)))
            break;
    tn_query_end(row);
    return step == SQLITE_DONE;
}

static bool end_run(struct tn_sync *sync, struct tn_error *error)
{
    const struct tn_sync_counts *counts = sync->counts;
    sqlite3_stmt *row;
    int found = tn_query_one(sync->dataset, error, &row, "SELECT count(*) FROM trial WHERE joined IS NULL AND gone_run IS NULL", "");
    sync->counts->trials = found == SQLITE_ROW ? (size_t)sqlite3_column_int64(row, 0) : 0;
    tn_query_end(row);
    return found == SQLITE_ROW &&
           tn_do(sync->dataset, error,
                 "UPDATE run SET ended = ?2, files = ?3, unchanged = ?4, failed = ?5, added = ?6, changed = ?7, gone = ?8, changes = ?9, "
                 "records = (SELECT coalesce(sum(records), 0) FROM input JOIN attendance USING (input) WHERE attendance.run = ?1) "
                 "WHERE run = ?1", "itiiiiiii", sync->run,
                 tn_str_of(sync->options->now), (sqlite3_int64)counts->files, (sqlite3_int64)counts->unchanged,
                 (sqlite3_int64)counts->read.failed, (sqlite3_int64)counts->added, (sqlite3_int64)counts->changed,
                 (sqlite3_int64)counts->gone, (sqlite3_int64)counts->changes);
}

static bool run(struct tn_sync *sync, struct tn_error *error)
{
    const struct tn_sync_options *options = sync->options;
    if (!settle_preference(sync, error) || !begin_run(sync, error) || !read_all(sync, error))
        return false;
    sync->counts->kept_gone = options->complete && sync->faulty;
    return (!options->complete || sync->faulty || tn_records_miss(sync, error)) && tn_place_records(sync, error) &&
           (!sync->reordered || affect_merged(sync, error)) && tn_trials_refresh(sync, error) && tn_alarms_raise(sync, error) &&
           end_run(sync, error) && tn_dataset_make_views(sync->dataset->database, error) && tn_store_commit(sync->dataset, error);
}

enum tn_severity tn_sync(const struct tn_sync_options *options, const struct tn_visitor *visitor, tn_alarm_fn *alarm,
                         struct tn_sync_counts *counts, struct tn_error *error)
{
    struct tn_sync sync = {.options = options, .visitor = visitor, .alarm = alarm, .counts = counts};
    *counts = (struct tn_sync_counts){.run = 0};
    sync.dataset = tn_store_open(options->database, options->wait, error);
    if (!sync.dataset)
        return TN_FATAL;
    tn_buf_init(&sync.path, SIZE_MAX / 2);
    tn_buf_init(&sync.json, SIZE_MAX / 2);
    tn_buf_init(&sync.more, SIZE_MAX / 2);
    tn_arena_init(&sync.arena, SIZE_MAX / 2);
    tn_arena_init(&sync.kept, SIZE_MAX / 2);
    tn_fill_init(&sync.fill);
    const char *paths[TN_STORE_PATHS];
    tn_store_leftovers(sync.dataset, paths);
    options->guard(paths);
    bool good = run(&sync, error);
    options->guard(NULL);
    tn_store_close(sync.dataset);
    tn_fill_release(&sync.fill);
    tn_arena_release(&sync.kept);
    tn_arena_release(&sync.arena);
    tn_buf_release(&sync.path);
    tn_buf_release(&sync.json);
    tn_buf_release(&sync.more);
    return good ? TN_OK : TN_FATAL;
}
