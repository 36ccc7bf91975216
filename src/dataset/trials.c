/* SPDX-License-Identifier: MIT */
/* Trials, made anew from their records; and the log of what that changed. */
#include <stdlib.h>

#include "dataset/log.h"
#include "dataset/merge.h"
#include "dataset/packed.h"
#include "dataset/precedence.h"
#include "dataset/source.h"
#include "dataset/sync_inside.h"
#include "readers/normalized.h"
#include "writers/json_text.h"

enum { PARTS_MAX = 256 }; /* records of one trial that are merged: those that are believed first of more are not known before */

/* A trial at hand. */
struct refresh {
    struct tn_sync *sync;
    struct tn_error *error;
    sqlite3_int64 trial, first_run, gone_run;
    struct tn_str was; /* its JSON before the run; {NULL, 0}: there is none */
    struct tn_merge_part parts[PARTS_MAX];
    size_t count;
    struct tn_merged merged;
    const tn_trial *before;
    size_t logged;
};

static bool no_memory(struct tn_error *error)
{
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return false;
}

bool tn_trials_keep(struct tn_sync *sync, sqlite3_int64 trial, struct tn_error *error)
{
    sqlite3_stmt *row;
    struct tn_arena arena;
    struct tn_str json;
    int found = tn_query_one(sync->dataset, error, &row, "SELECT 1 FROM version WHERE trial = ? AND run = ?", "ii", trial, sync->run);
    tn_query_end(row);
    if (found != SQLITE_DONE)
        return found == SQLITE_ROW;
    tn_arena_init(&arena, SIZE_MAX / 2);
    bool good = tn_dataset_trial_json(sync->dataset, trial, &arena, &json, error);
    tn_buf_reset(&sync->more);
    if (good && json.s)
        good = (tn_pack_json(json, &sync->more) || no_memory(error)) &&
               tn_do(sync->dataset, error, "INSERT INTO version (trial, run, json) VALUES (?, ?, ?)", "iib", trial, sync->run,
                     tn_str_slice(sync->more.data, sync->more.len));
    tn_arena_release(&arena);
    return good;
}

/* Gives the JSON of the trial as it was before the run. */
static bool read_before(struct refresh *refresh)
{
    struct tn_sync *sync = refresh->sync;
    sqlite3_stmt *row;
    int found = tn_query_one(sync->dataset, refresh->error, &row, "SELECT json FROM version WHERE trial = ? AND run = ?", "ii",
                             refresh->trial, sync->run);
    refresh->was = (struct tn_str){NULL, 0};
    bool good = found == SQLITE_DONE;
    if (found == SQLITE_ROW) {
        tn_buf_reset(&sync->json);
        struct tn_str packed = tn_str_slice(sqlite3_column_blob(row, 0), (size_t)sqlite3_column_bytes(row, 0));
        good = tn_unpack_json(packed, &sync->json) || no_memory(refresh->error);
        if (good)
            refresh->was = tn_str_copy(&sync->arena, tn_str_slice(sync->json.data, sync->json.len));
    }
    tn_query_end(row);
    return good;
}

static bool add_part(struct refresh *refresh, sqlite3_stmt *row)
{
    struct tn_sync *sync = refresh->sync;
    struct tn_merge_part *part = &refresh->parts[refresh->count];
    const struct tn_source_record source = {tn_column_text(row, 1), tn_column_text(row, 2), tn_column_text(row, 3),
                                            tn_column_text(row, 4), sqlite3_column_int64(row, 5)};
    tn_buf_reset(&sync->more);
    tn_source_name(&sync->more, &source);
    *part = (struct tn_merge_part){
        .record = sqlite3_column_int64(row, 0),
        .stamp = tn_str_copy(&sync->arena, tn_column_text(row, 6)),
        .name = tn_str_copy(&sync->arena, tn_str_slice(sync->more.data, sync->more.len)),
        .rank = tn_precedence_rank(sync->prefer, source.reader, tn_column_text(row, 7)),
    };
    struct tn_str json = tn_str_copy(&sync->arena, tn_column_text(row, 8));
    if (json.s)
        part->says = tn_normalized_parse(&sync->arena, json, refresh->error);
    else
        no_memory(refresh->error);
    refresh->count++;
    return part->says != NULL;
}

/* The records of the trial that are not gone, each as a trial. */
static bool read_parts(struct refresh *refresh)
{
    struct tn_sync *sync = refresh->sync;
    sqlite3_stmt *row = tn_query(sync->dataset, refresh->error,
                                 "SELECT record, reader, site, path, member, record_index, stamp, registry, json FROM record "
                                 "JOIN input USING (input) WHERE trial = ? AND gone_run IS NULL ORDER BY record LIMIT 256", "i",
                                 refresh->trial);
    int step = SQLITE_ERROR;
    bool good = true;
    while (row && good && (step = tn_dataset_step(sync->dataset, row, refresh->error)) == SQLITE_ROW)
        good = add_part(refresh, row);
    tn_query_end(row);
    return good && step == SQLITE_DONE;
}

static bool note_conflict(void *context, int field, size_t winner, size_t loser)
{
    struct refresh *refresh = context;
    struct tn_sync *sync = refresh->sync;
    const struct tn_merge_part *a = &refresh->parts[winner], *b = &refresh->parts[loser];
    tn_buf_reset(&sync->json);
    tn_buf_reset(&sync->more);
    tn_json_value(&sync->json, a->says, field, TN_ALL_MEMBERS);
    tn_json_value(&sync->more, b->says, field, TN_ALL_MEMBERS);
    if (sync->json.failed || sync->more.failed)
        return no_memory(refresh->error);
    return tn_do(sync->dataset, refresh->error,
                 "INSERT INTO conflict (trial, field, record, value, winner, winning) VALUES (?, ?, ?, ?, ?, ?)", "ititit",
                 refresh->trial, tn_str_of(tn_type_trial.fields[field].name), (sqlite3_int64)b->record,
                 tn_str_slice(sync->more.data, sync->more.len), (sqlite3_int64)a->record,
                 tn_str_slice(sync->json.data, sync->json.len));
}

static bool write_origins(struct refresh *refresh)
{
    bool good = true;
    for (int field = 0; field < TN_trial_COUNT && good; field++)
        if (refresh->merged.origin[field] >= 0)
            good = tn_do(refresh->sync->dataset, refresh->error, "INSERT INTO origin (trial, field, record) VALUES (?, ?, ?)", "iti",
                         refresh->trial, tn_str_of(tn_type_trial.fields[field].name),
                         (sqlite3_int64)refresh->parts[refresh->merged.origin[field]].record);
    return good;
}

/* `sole` 0: there are several records, and `json` is theirs together. */
static bool write_trial(struct refresh *refresh, sqlite3_int64 sole, struct tn_str json)
{
    const tn_trial *trial = refresh->merged.trial;
    return tn_do(refresh->sync->dataset, refresh->error,
                 "UPDATE trial SET key = ?2, trial_id = ?3, gone_run = NULL, joined = NULL, sole = nullif(?4, 0), json = ?5, "
                 "last_run = ?6 WHERE trial = ?1", "ittiti", refresh->trial, tn_text(trial, TN_trial_record_key),
                 tn_text(trial, TN_trial_trial_id), sole, json, refresh->sync->run);
}

static bool write_merged(struct refresh *refresh)
{
    struct tn_buf *json = &refresh->sync->json;
    tn_buf_reset(json);
    tn_json_trial(json, refresh->merged.trial, NULL);
    return json->failed ? no_memory(refresh->error) : write_trial(refresh, 0, tn_str_slice(json->data, json->len));
}

static bool clear_merged(struct refresh *refresh)
{
    return tn_do(refresh->sync->dataset, refresh->error, "DELETE FROM origin WHERE trial = ?", "i", refresh->trial) &&
           tn_do(refresh->sync->dataset, refresh->error, "DELETE FROM conflict WHERE trial = ?", "i", refresh->trial);
}

/* Of one record: what it says; of several: what they say together. */
static bool make(struct refresh *refresh)
{
    struct tn_sync *sync = refresh->sync;
    if (!read_parts(refresh) || !clear_merged(refresh))
        return false;
    if (refresh->count > 1) {
        *refresh->error = (struct tn_error){.code = TN_CODE_NONE};
        if (!tn_merge(&sync->arena, refresh->parts, refresh->count, &refresh->merged, note_conflict, refresh))
            return refresh->error->code != TN_CODE_NONE ? false : no_memory(refresh->error);
        return write_origins(refresh) && write_merged(refresh);
    }
    memset(refresh->merged.origin, 0, sizeof refresh->merged.origin);
    refresh->merged.trial = refresh->parts[0].says;
    return write_trial(refresh, (sqlite3_int64)refresh->parts[0].record, (struct tn_str){NULL, 0});
}

static bool parse_before(struct refresh *refresh, const tn_trial **before)
{
    *before = tn_normalized_parse(&refresh->sync->arena, refresh->was, refresh->error);
    return *before != NULL;
}

/* The version before is only kept when the new one says something else. */
static bool drop_version(struct refresh *refresh)
{
    return tn_do(refresh->sync->dataset, refresh->error, "DELETE FROM version WHERE trial = ? AND run = ?", "ii", refresh->trial,
                 refresh->sync->run);
}

/* The name of a record, as it was found last. */
static bool name_of(struct refresh *refresh, sqlite3_int64 record, struct tn_merge_part *part)
{
    sqlite3_stmt *row;
    int found = tn_query_one(refresh->sync->dataset, refresh->error, &row,
                             "SELECT record, reader, site, path, member, record_index, stamp, registry, json FROM record "
                             "JOIN input USING (input) WHERE record = ?", "i", record);
    bool good = found == SQLITE_ROW && add_part(refresh, row);
    tn_query_end(row);
    if (good)
        *part = refresh->parts[--refresh->count];
    return good;
}

static struct tn_log_entry entry_of(const struct refresh *refresh, const char *op, const struct tn_merge_part *part)
{
    const tn_trial *trial = refresh->merged.trial;
    struct tn_str id = tn_text(trial, TN_trial_trial_id);
    return (struct tn_log_entry){
        .trial = refresh->trial,
        .trial_id = id.len ? id : tn_text(trial, TN_trial_record_key),
        .op = op,
        .source = part->name,
        .stamp = part->stamp,
    };
}

/* A word about the whole trial; `now` is JSON: the trial that it is joined to, or {NULL, 0}. */
static bool log_trial_with(struct refresh *refresh, const char *op, struct tn_str now, size_t *counter)
{
    struct tn_log_entry entry = entry_of(refresh, op, &refresh->parts[0]);
    entry.now = now.s ? now : tn_str_format(&refresh->sync->arena, "\"%s\"", op);
    ++*counter;
    return tn_log(refresh->sync, &entry, refresh->error);
}

static bool log_trial(struct refresh *refresh, const char *op, size_t *counter)
{
    return log_trial_with(refresh, op, (struct tn_str){NULL, 0}, counter);
}

static bool log_joined(struct refresh *refresh, sqlite3_int64 target)
{
    struct tn_sync *sync = refresh->sync;
    sqlite3_stmt *row;
    int found = tn_query_one(sync->dataset, refresh->error, &row,
                             "SELECT json_quote(coalesce(trial_id, key)) FROM trial WHERE trial = ?", "i", target);
    struct tn_str now = {NULL, 0};
    if (found == SQLITE_ROW)
        now = tn_str_copy(&sync->arena, tn_column_text(row, 0));
    tn_query_end(row);
    return found != SQLITE_ERROR && log_trial_with(refresh, "joined", now, &sync->counts->joined);
}

static bool log_difference(void *context, const struct tn_difference *difference)
{
    struct refresh *refresh = context;
    const struct tn_merged *merged = &refresh->merged;
    int origin = merged->origin[difference->field];
    struct tn_log_entry entry = entry_of(refresh, tn_difference_name(difference->kind), &refresh->parts[origin < 0 ? 0 : origin]);
    entry.field = tn_type_trial.fields[difference->field].name;
    entry.difference = difference;
    entry.before = refresh->before;
    entry.after = merged->trial;
    refresh->sync->counts->changes++;
    refresh->logged++;
    return tn_log(refresh->sync, &entry, refresh->error);
}

/* A trial that nobody has seen; or records that were a part of another one. */
static bool log_first(struct refresh *refresh)
{
    struct tn_sync_counts *counts = refresh->sync->counts;
    sqlite3_stmt *row;
    int found = tn_query_one(refresh->sync->dataset, refresh->error, &row,
                             "SELECT max(first_run) FROM record WHERE trial = ? AND gone_run IS NULL", "i", refresh->trial);
    bool parted = found == SQLITE_ROW && sqlite3_column_int64(row, 0) < refresh->sync->run;
    tn_query_end(row);
    return found == SQLITE_ROW && log_trial(refresh, parted ? "parted" : "added", parted ? &counts->parted : &counts->added);
}

static bool log_changes(struct refresh *refresh)
{
    struct tn_sync_counts *counts = refresh->sync->counts;
    refresh->logged = 0;
    if (refresh->gone_run && !log_trial(refresh, "returned", &counts->returned))
        return false;
    if (!refresh->was.s)
        return refresh->first_run != refresh->sync->run || log_first(refresh);
    *refresh->error = (struct tn_error){.code = TN_CODE_NONE};
    if (!parse_before(refresh, &refresh->before))
        return false;
    if (!tn_compare(refresh->before, refresh->merged.trial, TN_COMPARE_SAID, log_difference, refresh))
        return no_memory(refresh->error);
    counts->changed += refresh->logged > 0;
    return refresh->error->code == TN_CODE_NONE && (refresh->logged || refresh->gone_run || drop_version(refresh));
}

/* All its records are gone, or have moved to another trial. */
static bool end_trial(struct refresh *refresh)
{
    struct tn_sync *sync = refresh->sync;
    sqlite3_stmt *row;
    int found = tn_query_one(sync->dataset, refresh->error, &row,
                             "SELECT (SELECT min(record) FROM record WHERE trial = ?1), (SELECT target FROM moved WHERE trial = ?1)",
                             "i", refresh->trial);
    sqlite3_int64 record = found == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
    sqlite3_int64 target = found == SQLITE_ROW ? sqlite3_column_int64(row, 1) : 0;
    tn_query_end(row);
    if (found != SQLITE_ROW)
        return false;
    if (!refresh->was.s) /* it was made and left in this run: nobody has seen it */
        return tn_do(sync->dataset, refresh->error, "DELETE FROM trial WHERE trial = ? AND first_run = ?", "ii", refresh->trial, sync->run);
    if (!parse_before(refresh, (const tn_trial **)&refresh->merged.trial))
        return false;
    refresh->parts[0] = (struct tn_merge_part){.name = TN_LIT(""), .stamp = TN_LIT("")};
    if (record)
        return name_of(refresh, record, &refresh->parts[0]) && (refresh->gone_run || log_trial(refresh, "gone", &sync->counts->gone)) &&
               drop_version(refresh) &&
               tn_do(sync->dataset, refresh->error, "UPDATE trial SET gone_run = coalesce(gone_run, ?2), last_run = ?2 WHERE trial = ?1",
                     "ii", refresh->trial, sync->run);
    return log_joined(refresh, target) && clear_merged(refresh) &&
           tn_do(sync->dataset, refresh->error, "UPDATE trial SET joined = ?2, sole = NULL, json = NULL, last_run = ?3 WHERE trial = ?1",
                 "iii", refresh->trial, target, sync->run);
}

static bool refresh_trial(struct refresh *refresh, sqlite3_int64 records)
{
    tn_arena_reset(&refresh->sync->arena);
    refresh->count = 0;
    if (!read_before(refresh))
        return false;
    return records ? make(refresh) && log_changes(refresh) : end_trial(refresh);
}

/* A trial of one record that nobody has seen before: there is nothing to merge and nothing to compare. */
static const char *const fresh[] = {
    "CREATE TEMP TABLE fresh AS SELECT trial, min(record) AS record FROM affected JOIN record USING (trial) WHERE trial IN"
    " (SELECT trial FROM trial WHERE sole IS NULL AND json IS NULL AND gone_run IS NULL AND first_run ="
    " (SELECT value FROM temp.now WHERE name = 'run')) AND gone_run IS NULL GROUP BY trial"
    " HAVING count(*) = 1 AND min(record.first_run) = (SELECT value FROM temp.now WHERE name = 'run')",
    "UPDATE trial SET sole = fresh.record FROM fresh WHERE fresh.trial = trial.trial",
    "INSERT INTO change (run, trial, trial_id, op, new, source, dated) SELECT (SELECT value FROM temp.now WHERE name = 'run'),"
    " trial.trial, coalesce(trial.trial_id, trial.key), 'added', '\"added\"', source_name(reader, site, path, member, record_index),"
    " iif(stamp LIKE '1:%', rtrim(substr(stamp, 3)), NULL) FROM fresh JOIN trial ON trial.trial = fresh.trial"
    " JOIN record ON record.record = fresh.record JOIN input USING (input) ORDER BY trial.trial",
    "DELETE FROM affected WHERE trial IN (SELECT trial FROM fresh)",
    NULL,
};

static bool add_fresh(struct tn_sync *sync, struct tn_error *error)
{
    sqlite3_stmt *row;
    if (!tn_log_names(sync->dataset, error) || !tn_do_all(sync->dataset, fresh, error))
        return false;
    int found = tn_query_one(sync->dataset, error, &row, "SELECT count(*) FROM fresh", "");
    if (found == SQLITE_ROW)
        sync->counts->added += (size_t)sqlite3_column_int64(row, 0);
    tn_query_end(row);
    return found == SQLITE_ROW && tn_do(sync->dataset, error, "DROP TABLE temp.fresh", "");
}

bool tn_trials_refresh(struct tn_sync *sync, struct tn_error *error)
{
    struct refresh *refresh = calloc(1, sizeof *refresh);
    if (!refresh)
        return no_memory(error);
    refresh->sync = sync;
    refresh->error = error;
    bool good = add_fresh(sync, error);
    sqlite3_stmt *row = good ? tn_query(sync->dataset, error,
                                        "SELECT trial, first_run, gone_run, (SELECT count(*) FROM record WHERE record.trial = trial.trial "
                                        "AND record.gone_run IS NULL) FROM affected JOIN trial USING (trial) ORDER BY trial", "")
                             : NULL;
    int step = SQLITE_ERROR;
    while (row && good && (step = tn_dataset_step(sync->dataset, row, error)) == SQLITE_ROW) {
        refresh->trial = sqlite3_column_int64(row, 0);
        refresh->first_run = sqlite3_column_int64(row, 1);
        refresh->gone_run = sqlite3_column_int64(row, 2);
        good = refresh_trial(refresh, sqlite3_column_int64(row, 3));
    }
    tn_query_end(row);
    free(refresh);
    return good && step == SQLITE_DONE;
}
