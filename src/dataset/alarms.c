/* SPDX-License-Identifier: MIT */
/* Silent failures: a source that gives less than the run before, words that nobody knows, a listing that was cut. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "dataset/sync_inside.h"

enum {
    FEW = 5,      /* records: of fewer, shares say nothing */
    SHARE = 1000  /* a field that fewer than one of so many records states may come and go */
};

/* Sources of this run and of the one before with the same inputs. */
struct watch {
    struct tn_sync *sync;
    struct tn_error *error;
    sqlite3_int64 before; /* run; 0: there is none */
    bool same_inputs;     /* it had the same inputs: each of its sources is expected */
    struct tn_fill now, then;
};

static void raise_alarm(struct watch *watch, bool fall, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void raise_alarm(struct watch *watch, bool fall, const char *format, ...)
{
    char message[512];
    va_list values;
    va_start(values, format);
    vsnprintf(message, sizeof message, format, values);
    va_end(values);
    watch->sync->counts->alarms += fall;
    watch->sync->alarm(watch->sync->visitor->context, fall, message);
}

/* What all inputs of this run gave, those that were not read again too. */
static bool sum_now(struct watch *watch)
{
    sqlite3_stmt *row = tn_query(watch->sync->dataset, watch->error,
                                 "SELECT source, given.records, filled FROM given JOIN attendance USING (input) WHERE run = ?", "i",
                                 watch->sync->run);
    int step = SQLITE_ERROR;
    while (row && (step = tn_dataset_step(watch->sync->dataset, row, watch->error)) == SQLITE_ROW) {
        struct tn_fill_source *source = tn_fill_source(&watch->now, tn_column_text(row, 0));
        if (!source)
            break;
        source->records += (uint32_t)sqlite3_column_int64(row, 1);
        tn_fill_unpack(tn_str_slice(sqlite3_column_blob(row, 2), (size_t)sqlite3_column_bytes(row, 2)), source);
    }
    tn_query_end(row);
    return step == SQLITE_DONE;
}

static bool write_count(struct watch *watch, const struct tn_fill_source *source, const char *field, uint32_t count)
{
    return count == 0 || tn_do(watch->sync->dataset, watch->error,
                               "INSERT INTO fill (run, source, field, filled) VALUES (?, ?, ?, ?)", "itti", watch->sync->run,
                               source->name, tn_str_of(field), (sqlite3_int64)count);
}

static bool write_now(struct watch *watch)
{
    bool good = true;
    for (size_t i = 0; i < watch->now.count && good; i++) {
        const struct tn_fill_source *source = &watch->now.sources[i];
        good = write_count(watch, source, "", source->records);
        for (int field = 0; field < TN_trial_COUNT && good; field++)
            good = write_count(watch, source, tn_type_trial.fields[field].name, source->filled[field]);
    }
    return good;
}

/* The run before with the same inputs; where there is none, as with files that have the day in their names, the run before. */
static bool find_before(struct watch *watch)
{
    sqlite3_stmt *row;
    int found = tn_query_one(watch->sync->dataset, watch->error, &row,
                             "SELECT run, inputs = (SELECT inputs FROM run WHERE run = ?1) AS same FROM run WHERE run < ?1 "
                             "AND run IN (SELECT run FROM fill) ORDER BY same DESC, run DESC LIMIT 1", "i", watch->sync->run);
    watch->before = found == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
    watch->same_inputs = found == SQLITE_ROW && sqlite3_column_int(row, 1);
    tn_query_end(row);
    return found != SQLITE_ERROR;
}

static bool read_before(struct watch *watch)
{
    sqlite3_stmt *row = tn_query(watch->sync->dataset, watch->error, "SELECT source, field, filled FROM fill WHERE run = ?", "i",
                                 watch->before);
    int step = SQLITE_ERROR;
    while (row && (step = tn_dataset_step(watch->sync->dataset, row, watch->error)) == SQLITE_ROW) {
        struct tn_fill_source *source = tn_fill_source(&watch->then, tn_column_text(row, 0));
        struct tn_str name = tn_column_text(row, 1);
        int field = name.len ? tn_field_find(&tn_type_trial, name.s) : -1;
        if (!source)
            break;
        if (!name.len)
            source->records = (uint32_t)sqlite3_column_int64(row, 2);
        else if (field >= 0)
            source->filled[field] = (uint32_t)sqlite3_column_int64(row, 2);
    }
    tn_query_end(row);
    return step == SQLITE_DONE;
}

static double per_cent(double share)
{
    return 100 * share;
}

static void compare_fields(struct watch *watch, const struct tn_fill_source *then, const struct tn_fill_source *now)
{
    for (int field = 0; field < TN_trial_COUNT && now->records >= FEW && then->records >= FEW; field++) {
        double was = (double)then->filled[field] / then->records, is = (double)now->filled[field] / now->records;
        bool rare = (double)then->filled[field] * SHARE < then->records || then->filled[field] < FEW;
        if (rare || is >= was * (1 - watch->sync->options->alarm))
            continue;
        raise_alarm(watch, true, "%.*s: %s is stated by %.1f %% of the records, %.1f %% in run %lld", (int)now->name.len, now->name.s,
                    tn_type_trial.fields[field].name, per_cent(is), per_cent(was), (long long)watch->before);
    }
}

static void compare_sources(struct watch *watch)
{
    for (size_t i = 0; i < watch->then.count; i++) {
        const struct tn_fill_source *then = &watch->then.sources[i], *now = NULL;
        for (size_t j = 0; j < watch->now.count && !now; j++)
            if (tn_str_eq(watch->now.sources[j].name, then->name))
                now = &watch->now.sources[j];
        uint32_t records = now ? now->records : 0;
        if (!now && !watch->same_inputs && !watch->sync->options->complete)
            continue; /* another job's source */
        if (records < then->records * (1 - watch->sync->options->alarm))
            raise_alarm(watch, true, "%.*s: %u record%s, %u in run %lld", (int)then->name.len, then->name.s, records,
                        records == 1 ? "" : "s", then->records, (long long)watch->before);
        if (now)
            compare_fields(watch, then, now);
    }
}

static bool tell_words(struct watch *watch)
{
    sqlite3_stmt *row = watch->sync->run == 1 ? NULL
                                              : tn_query(watch->sync->dataset, watch->error,
                                                         "SELECT field, word, source FROM word WHERE run = ? ORDER BY field, word", "i",
                                                         watch->sync->run);
    int step = watch->sync->run == 1 ? SQLITE_DONE : SQLITE_ERROR;
    while (row && (step = tn_dataset_step(watch->sync->dataset, row, watch->error)) == SQLITE_ROW)
        raise_alarm(watch, false, "%s: %s says '%.100s', a word never seen before", (const char *)sqlite3_column_text(row, 2),
                    (const char *)sqlite3_column_text(row, 0), (const char *)sqlite3_column_text(row, 1));
    tn_query_end(row);
    return step == SQLITE_DONE;
}

/* Ten, twenty, fifty, a hundred, ...: what pages and downloads show at most. */
static bool is_round(sqlite3_int64 count)
{
    while (count >= 100 && count % 10 == 0)
        count /= 10;
    return count == 10 || count == 20 || count == 25 || count == 30 || count == 50 || count == 40;
}

/* Listings show so many at a time; that one stops there may be the end of the page and not of the list. */
static bool tell_round(struct watch *watch)
{
    sqlite3_stmt *row = tn_query(watch->sync->dataset, watch->error,
                                 "SELECT path, given.records FROM given JOIN input USING (input) WHERE input IN (SELECT input FROM attendance WHERE run = ?1) "
                                 "AND source LIKE 'listing%' AND input IN (SELECT input FROM input JOIN todo USING (path)) "
                                 "ORDER BY path", "i", watch->sync->run);
    int step = SQLITE_ERROR;
    while (row && (step = tn_dataset_step(watch->sync->dataset, row, watch->error)) == SQLITE_ROW)
        if (is_round(sqlite3_column_int64(row, 1)))
            raise_alarm(watch, false, "%s: the listing stops at %lld records, a round number", (const char *)sqlite3_column_text(row, 0),
                        (long long)sqlite3_column_int64(row, 1));
    tn_query_end(row);
    return step == SQLITE_DONE;
}

static bool watch_run(struct watch *watch)
{
    bool good = sum_now(watch) && write_now(watch) && find_before(watch) && (!watch->before || read_before(watch));
    if (good && watch->before)
        compare_sources(watch);
    return good && tell_words(watch) && tell_round(watch);
}

bool tn_alarms_raise(struct tn_sync *sync, struct tn_error *error)
{
    struct watch *watch = calloc(1, sizeof *watch);
    if (!watch) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
        return false;
    }
    watch->sync = sync;
    watch->error = error;
    tn_fill_init(&watch->now);
    tn_fill_init(&watch->then);
    *error = (struct tn_error){.code = TN_CODE_NONE};
    bool good = watch_run(watch);
    if (!good && error->code == TN_CODE_NONE)
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    tn_fill_release(&watch->now);
    tn_fill_release(&watch->then);
    free(watch);
    return good;
}
