/* SPDX-License-Identifier: MIT */
/* Records as they come: new, as they were, or saying something else. */
#include "dataset/sync_inside.h"

/* The record of the same key that is there. */
struct known {
    sqlite3_int64 record, trial, input;
    int64_t hash;
    bool older;    /* than what comes; or as old, and what comes is news and not narrower */
    bool unowned;  /* its own input does not hold it any more */
    bool gone;
    bool identical; /* it says the same, and says that it was found at the same place */
};

static struct tn_str part(const struct tn_arrival *arrival, enum tn_arrival_part which)
{
    return arrival->part[which];
}

static struct tn_str present_of(const struct tn_arrival *arrival)
{
    return tn_str_slice((const char *)arrival->present, sizeof arrival->present);
}

static bool touch(struct tn_sync *sync, sqlite3_int64 record, struct tn_error *error)
{
    return tn_do(sync->dataset, error, "INSERT OR IGNORE INTO touched (record) VALUES (?)", "i", record);
}

/* The input of the record that comes: its row is made with the first. */
static bool enter(struct tn_sync *sync, struct tn_str path, struct tn_error *error)
{
    if (sync->input && tn_str_eq(path, tn_str_slice(sync->path.data, sync->path.len)))
        return true;
    if (!tn_records_flush(sync, error))
        return false;
    tn_buf_reset(&sync->path);
    tn_buf_str(&sync->path, path);
    sync->input = tn_inputs_row(sync, path, error);
    return sync->input != 0;
}

static bool see(struct tn_sync *sync, sqlite3_int64 record, uint64_t hash, struct tn_error *error)
{
    return tn_do(sync->dataset, error,
                 "INSERT INTO sighting (input, record, run, hash) VALUES (?, ?, ?, ?) "
                 "ON CONFLICT DO UPDATE SET run = excluded.run, hash = excluded.hash", "iiii", sync->input, record, sync->run,
                 (sqlite3_int64)hash) &&
           tn_do(sync->dataset, error, "DELETE FROM unseen WHERE record = ?", "i", record);
}

static bool add_aliases(struct tn_sync *sync, sqlite3_int64 record, const struct tn_arrival *arrival, struct tn_error *error)
{
    struct tn_str rest = part(arrival, TN_ARRIVAL_ALIASES), registry, id, former;
    bool good = true;
    while (good && tn_arrival_next(&rest, &registry) && tn_arrival_next(&rest, &id) && tn_arrival_next(&rest, &former))
        good = tn_do(sync->dataset, error, "INSERT OR IGNORE INTO alias (id, record, registry, own, former) VALUES (?, ?, ?, ?, ?)",
                     "titii", id, record, registry, (sqlite3_int64)tn_str_eq(id, part(arrival, TN_ARRIVAL_TRIAL_ID)),
                     (sqlite3_int64)(former.len > 0));
    return good;
}

static bool add_words(struct tn_sync *sync, const struct tn_arrival *arrival, struct tn_error *error)
{
    struct tn_str rest = part(arrival, TN_ARRIVAL_WORDS), field, word;
    bool good = true;
    while (good && tn_arrival_next(&rest, &field) && tn_arrival_next(&rest, &word))
        good = tn_do(sync->dataset, error, "INSERT OR IGNORE INTO word (field, word, source, run) VALUES (?, ?, ?, ?)", "ttti", field,
                     word, part(arrival, TN_ARRIVAL_READER), sync->run);
    return good;
}

static bool add(struct tn_sync *sync, const struct tn_arrival *a, sqlite3_int64 *record, struct tn_error *error)
{
    if (!tn_do(sync->dataset, error,
               "INSERT INTO record (key, reader, site, input, member, record_index, trial_id, registry, record_key, url, stamp, "
               "hash, first_run, last_run, json, present) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, ?14, ?15)",
               "tttititttttiitb", part(a, TN_ARRIVAL_KEY), part(a, TN_ARRIVAL_READER), part(a, TN_ARRIVAL_SITE), sync->input,
               part(a, TN_ARRIVAL_MEMBER), (sqlite3_int64)a->record_index, part(a, TN_ARRIVAL_TRIAL_ID),
               part(a, TN_ARRIVAL_REGISTRY), part(a, TN_ARRIVAL_RECORD_KEY), part(a, TN_ARRIVAL_URL), part(a, TN_ARRIVAL_STAMP),
               (sqlite3_int64)a->hash, sync->run, part(a, TN_ARRIVAL_JSON), present_of(a)))
        return false;
    *record = sqlite3_last_insert_rowid(sync->dataset->database);
    return add_aliases(sync, *record, a, error) && touch(sync, *record, error);
}

/* What it says now, or only where it was found. */
static bool write_over(struct tn_sync *sync, const struct known *known, const struct tn_arrival *a, bool content,
                       struct tn_error *error)
{
    return tn_do(sync->dataset, error,
                 "UPDATE record SET reader = ?2, site = ?3, input = ?4, member = ?5, record_index = ?6, trial_id = ?7, registry = ?8, "
                 "record_key = ?9, url = ?10, stamp = ?11, hash = ?12, last_run = iif(?13, ?14, last_run), gone_run = NULL, json = ?15, "
                 "present = ?16 WHERE record = ?1",
                 "ittititttttiiitb", known->record, part(a, TN_ARRIVAL_READER), part(a, TN_ARRIVAL_SITE), sync->input,
                 part(a, TN_ARRIVAL_MEMBER), (sqlite3_int64)a->record_index, part(a, TN_ARRIVAL_TRIAL_ID),
                 part(a, TN_ARRIVAL_REGISTRY), part(a, TN_ARRIVAL_RECORD_KEY), part(a, TN_ARRIVAL_URL), part(a, TN_ARRIVAL_STAMP),
                 (sqlite3_int64)a->hash, (sqlite3_int64)content, sync->run, part(a, TN_ARRIVAL_JSON), present_of(a));
}

static bool replace(struct tn_sync *sync, const struct known *known, const struct tn_arrival *arrival, struct tn_error *error)
{
    bool content = known->hash != (int64_t)arrival->hash || known->gone;
    if (!content)
        return known->identical || write_over(sync, known, arrival, false, error);
    return (!known->trial || tn_trials_keep(sync, known->trial, error)) && write_over(sync, known, arrival, true, error) &&
           /* Whoever states an id that it may not state any more is looked at again, too; a crowd (place.c) is not. */
           tn_do(sync->dataset, error,
                 "INSERT OR IGNORE INTO touched SELECT other.record FROM alias AS own JOIN alias AS other ON other.id = own.id "
                 "WHERE own.record = ? AND (SELECT count(*) FROM (SELECT 1 FROM alias AS crowd WHERE crowd.id = own.id LIMIT 65)) <= 64",
                 "i", known->record) &&
           tn_do(sync->dataset, error, "DELETE FROM alias WHERE record = ?", "i", known->record) &&
           add_aliases(sync, known->record, arrival, error) && touch(sync, known->record, error);
}

/* A record of the same key comes from an input of its own, or for the second time from the same: the newer by its own date counts; of
 * equally new ones the one that came last, unless it states fewer fields, as a download with fewer columns does, or is no news: its input was
 * read again for other records, and said so before. An input that is read again says what it says now. */
static bool counts(struct tn_sync *sync, const struct known *known, const struct tn_arrival *arrival, bool *yes,
                   struct tn_error *error)
{
    sqlite3_stmt *row;
    int found = tn_query_one(sync->dataset, error, &row, "SELECT run FROM sighting WHERE input = ? AND record = ?", "ii",
                             known->input, known->record);
    bool again = found == SQLITE_ROW && sqlite3_column_int64(row, 0) == sync->run;
    tn_query_end(row);
    bool same = known->hash == (int64_t)arrival->hash;
    if (known->gone || known->unowned)
        *yes = true;
    else if (known->input == sync->input && !again)
        *yes = true;
    else
        *yes = known->older && !same;
    return found != SQLITE_ERROR;
}

/* It states fewer fields, and no other ones. */
static bool is_narrower(const struct tn_arrival *arrival, const uint64_t *known)
{
    bool fewer = false;
    for (int i = 0; i < TN_PRESENT_WORDS; i++) {
        if (arrival->present[i] & ~known[i])
            return false;
        fewer |= arrival->present[i] != known[i];
    }
    return fewer;
}

/* The row of the record that is there, against what comes. */
static struct known read_known(sqlite3_stmt *row, const struct tn_arrival *arrival)
{
    uint64_t present[TN_PRESENT_WORDS] = {0};
    if ((size_t)sqlite3_column_bytes(row, 8) == sizeof present)
        memcpy(present, sqlite3_column_blob(row, 8), sizeof present);
    int order = sqlite3_column_int(row, 4); /* of the stamps: 1 where what comes is newer, 0 as new */
    bool news = sqlite3_column_type(row, 9) == SQLITE_NULL || sqlite3_column_int64(row, 9) != (int64_t)arrival->hash;
    return (struct known){sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1), sqlite3_column_int64(row, 2),
                          sqlite3_column_int64(row, 3), order > 0 || (order == 0 && news && !is_narrower(arrival, present)),
                          sqlite3_column_int(row, 6), sqlite3_column_int(row, 5), sqlite3_column_int(row, 7)};
}

static int find(struct tn_sync *sync, const struct tn_arrival *arrival, struct known *known, struct tn_error *error)
{
    sqlite3_stmt *row;
    int found = tn_query_one(sync->dataset, error, &row,
                             "SELECT record, trial, input, hash, (stamp < ?2) - (stamp > ?2), gone_run IS NOT NULL, "
                             "stamp = '' OR NOT EXISTS (SELECT 1 FROM seen WHERE seen.input = record.input) AND stamp <= ?2, "
                             "iif(hash = ?3, json = ?4, 0), present, "
                             "(SELECT hash FROM sighting WHERE sighting.input = ?5 AND sighting.record = record.record) "
                             "FROM record WHERE key = ?1", "ttiti", part(arrival, TN_ARRIVAL_KEY),
                             part(arrival, TN_ARRIVAL_STAMP), (sqlite3_int64)arrival->hash, part(arrival, TN_ARRIVAL_JSON), sync->input);
    if (found == SQLITE_ROW)
        *known = read_known(row, arrival);
    tn_query_end(row);
    return found;
}

static bool put(struct tn_sync *sync, const struct tn_arrival *arrival, sqlite3_int64 *record, struct tn_error *error)
{
    struct known known;
    bool yes = false;
    int found = find(sync, arrival, &known, error);
    if (found == SQLITE_DONE)
        return add(sync, arrival, record, error);
    *record = known.record;
    return found == SQLITE_ROW && counts(sync, &known, arrival, &yes, error) && (!yes || replace(sync, &known, arrival, error));
}

bool tn_records_put(struct tn_sync *sync, const struct tn_arrival *arrival, struct tn_error *error)
{
    sqlite3_int64 record;
    if (!enter(sync, part(arrival, TN_ARRIVAL_FILE), error) || !put(sync, arrival, &record, error) ||
        !see(sync, record, arrival->hash, error) || !add_words(sync, arrival, error))
        return false;
    if (tn_fill_add(&sync->fill, arrival))
        return true;
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return false;
}

static bool write_given(struct tn_sync *sync, const struct tn_fill_source *source, struct tn_error *error)
{
    tn_buf_reset(&sync->more);
    tn_fill_pack(source, &sync->more);
    return tn_do(sync->dataset, error, "INSERT OR REPLACE INTO given (input, source, records, filled) VALUES (?, ?, ?, ?)", "itib",
                 sync->input, source->name, (sqlite3_int64)source->records, tn_str_slice(sync->more.data, sync->more.len));
}

bool tn_records_flush(struct tn_sync *sync, struct tn_error *error)
{
    sqlite3_int64 records = 0;
    bool good = true;
    for (size_t i = 0; i < sync->fill.count && good; i++) {
        records += sync->fill.sources[i].records;
        good = write_given(sync, &sync->fill.sources[i], error);
    }
    tn_fill_reset(&sync->fill);
    return good && (!sync->input || tn_do(sync->dataset, error, "UPDATE input SET records = records + ? WHERE input = ?", "ii", records,
                                          sync->input));
}

bool tn_records_miss(struct tn_sync *sync, struct tn_error *error)
{
    static const char *const miss[] = {
        "INSERT OR IGNORE INTO touched SELECT record FROM unseen WHERE record IN (SELECT record FROM record WHERE gone_run IS NULL)",
        "UPDATE record SET gone_run = (SELECT value FROM temp.now WHERE name = 'run') WHERE gone_run IS NULL AND record IN"
        " (SELECT record FROM unseen)",
        NULL,
    };
    sqlite3_stmt *query = tn_query(sync->dataset, error,
                                   "SELECT DISTINCT trial FROM record WHERE record IN (SELECT record FROM unseen) AND gone_run IS NULL "
                                   "AND trial IS NOT NULL", "");
    int step = SQLITE_ERROR;
    while (query && (step = tn_dataset_step(sync->dataset, query, error)) == SQLITE_ROW)
        if (!tn_trials_keep(sync, sqlite3_column_int64(query, 0), error))
            break;
    tn_query_end(query);
    return step == SQLITE_DONE && tn_do_all(sync->dataset, miss, error);
}
