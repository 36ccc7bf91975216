/* SPDX-License-Identifier: MIT */
#include "dataset/link_pages.h"

#include <stdlib.h>

#include "dataset/inside.h"
#include "dataset/link_index.h"
#include "dataset/link_score.h"
#include "readers/normalized.h"

/* What a page with its candidates, and one record of a candidate, may take. */
static const size_t memory_max = (size_t)1 << 30;

/* Of a trial of many records (a country each) so many are looked at. */
#define RECORDS_MAX "16"

struct linking {
    struct tn_dataset *dataset;
    sqlite3_int64 run;
    sqlite3_int64 before; /* documents over it are new */
    struct tn_arena page_arena, record_arena;
    struct tn_link_known known;
    struct tn_buf evidence;
    struct tn_error *error;
};

/* A page and all that it could be. */
struct pool {
    const tn_trial *trial;
    const struct tn_link_page *page;
    struct tn_link_candidate candidates[TN_LINK_CANDIDATES];
    size_t count;
};

/* -- one candidate -- */

static void see_record(struct linking *linking, const struct pool *pool, struct tn_link_candidate *candidate,
                       struct tn_str json)
{
    struct tn_error unread;
    tn_arena_reset(&linking->record_arena);
    const tn_trial *record = tn_normalized_parse(&linking->record_arena, json, &unread);
    if (!record)
        return;
    tn_link_see(&candidate->seen, pool->page, record);
    tn_link_facts_see(&candidate->facts, &linking->page_arena, pool->trial, record);
}

static bool see_records(struct linking *linking, const struct pool *pool, struct tn_link_candidate *candidate)
{
    sqlite3_stmt *rows = tn_query(linking->dataset, linking->error,
                                  "SELECT json FROM record WHERE trial = ? AND gone_run IS NULL"
                                  " AND EXISTS (SELECT 1 FROM alias WHERE alias.record = record.record)"
                                  " ORDER BY record LIMIT " RECORDS_MAX,
                                  "i", (sqlite3_int64)candidate->trial);
    int code = rows ? SQLITE_ROW : SQLITE_ERROR;
    while (code == SQLITE_ROW && (code = tn_dataset_step(linking->dataset, rows, linking->error)) == SQLITE_ROW)
        see_record(linking, pool, candidate, tn_column_text(rows, 0));
    tn_query_end(rows);
    return code == SQLITE_DONE;
}

static bool name_candidate(struct linking *linking, struct tn_link_candidate *candidate)
{
    sqlite3_stmt *row = NULL;
    int code = tn_query_one(linking->dataset, linking->error, &row, "SELECT coalesce(trial_id, key) FROM trial WHERE trial = ?",
                            "i", (sqlite3_int64)candidate->trial);
    if (code == SQLITE_ROW)
        candidate->name = tn_str_copy(&linking->page_arena, tn_column_text(row, 0));
    tn_query_end(row);
    return code != SQLITE_ERROR;
}

/* Memory that is short leaves the candidate out. */
static bool add_candidate(struct linking *linking, struct pool *pool, sqlite3_int64 trial)
{
    struct tn_link_candidate *candidate = &pool->candidates[pool->count];
    *candidate = (struct tn_link_candidate){.trial = trial};
    if (!tn_link_seen_init(&candidate->seen, pool->page))
        return true;
    if (!see_records(linking, pool, candidate) || !name_candidate(linking, candidate))
        return false;
    tn_link_seen_end(&candidate->seen, pool->page);
    tn_link_score(candidate, pool->page);
    pool->count++;
    return true;
}

/* -- one page -- */

/* A trial that a fact excludes stands behind all others. */
static int by_score(const void *a, const void *b)
{
    const struct tn_link_candidate *x = a, *y = b;
    if (x->excluded != y->excluded)
        return x->excluded ? 1 : -1;
    if (x->score < y->score || x->score > y->score)
        return x->score > y->score ? -1 : 1;
    if (x->text < y->text || x->text > y->text)
        return x->text > y->text ? -1 : 1;
    return x->trial < y->trial ? -1 : 1;
}

/* No trial is near: it is said, too, with the best score that there was. */
static bool write_apart(struct linking *linking, sqlite3_int64 record, double score, double runner_up, const char *why)
{
    return tn_do(linking->dataset, linking->error,
                 "INSERT OR REPLACE INTO link VALUES (?, 'undecided', NULL, ?, ?, 'no trial is near: ' || ?, ?)", "iddti", record, score,
                 runner_up, tn_str_of(why), linking->run);
}

static bool write_link(struct linking *linking, const struct pool *pool, sqlite3_int64 record)
{
    const struct tn_link_candidate *best = &pool->candidates[0];
    const struct tn_link_candidate *second = pool->count > 1 && !pool->candidates[1].excluded ? &pool->candidates[1] : NULL;
    const char *why = NULL;
    enum tn_link_decision decision = tn_link_decide(pool->page, best, second, &why);
    if (decision == TN_LINK_APART)
        return write_apart(linking, record, best->score, second ? second->score : 0, why);
    tn_buf_reset(&linking->evidence);
    tn_link_evidence(&linking->evidence, pool->page, pool->trial, best, second, why);
    return tn_do(linking->dataset, linking->error, "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?, ?)", "itiddti", record,
                 decision == TN_LINK_JOINED ? TN_LIT("joined") : TN_LIT("undecided"), (sqlite3_int64)best->trial, best->score,
                 second ? second->score : 0.0, tn_str_slice(linking->evidence.data, linking->evidence.len), linking->run);
}

static bool decide(struct linking *linking, sqlite3_int64 record, const tn_trial *trial)
{
    struct tn_link_candidates candidates;
    struct pool *pool = tn_arena_zero(&linking->page_arena, sizeof *pool);
    struct tn_link_page *page = tn_link_page_new(&linking->page_arena, trial);
    if (!pool || !page || tn_link_page_empty(page))
        return write_apart(linking, record, 0, 0, "it says too little");
    pool->trial = trial;
    pool->page = page;
    if (!tn_link_index_search(linking->dataset, &linking->known, &linking->page_arena, trial, &candidates, linking->error))
        return false;
    for (size_t i = 0; i < candidates.count; i++)
        if (!add_candidate(linking, pool, candidates.trials[i]))
            return false;
    qsort(pool->candidates, pool->count, sizeof *pool->candidates, by_score);
    return pool->count ? write_link(linking, pool, record) : write_apart(linking, record, 0, 0, "none has its words");
}

/* A page to be decided: `anew` whatever came, else only when something near to it came. */
struct page_number {
    sqlite3_int64 record;
    bool anew;
};

static bool read_page(struct linking *linking, sqlite3_int64 record, const tn_trial **trial)
{
    sqlite3_stmt *row = NULL;
    struct tn_error unread;
    tn_arena_reset(&linking->page_arena);
    int code = tn_query_one(linking->dataset, linking->error, &row, "SELECT json FROM record WHERE record = ?1", "i", record);
    *trial = NULL;
    if (code == SQLITE_ROW)
        *trial = tn_normalized_parse(&linking->page_arena, tn_str_copy(&linking->page_arena, tn_column_text(row, 0)), &unread);
    tn_query_end(row);
    return code != SQLITE_ERROR;
}

static bool decide_record(struct linking *linking, const struct page_number *number)
{
    const tn_trial *trial = NULL;
    bool near = true;
    if (!read_page(linking, number->record, &trial))
        return false;
    if (trial && !number->anew && !tn_link_index_news(linking->dataset, &linking->known, &linking->page_arena, trial,
                                                      linking->before, &near, linking->error))
        return false;
    if (!near)
        return true;
    return tn_do(linking->dataset, linking->error, "DELETE FROM link WHERE record = ?", "i", number->record) &&
           (!trial || decide(linking, number->record, trial));
}

/* -- all pages -- */

/* Pages that are there and state no identifier. */
#define PAGES "FROM record WHERE trial_id IS NULL AND gone_run IS NULL" \
              " AND NOT EXISTS (SELECT 1 FROM alias WHERE alias.record = record.record)"

static bool any_pages(struct linking *linking, bool *any)
{
    sqlite3_stmt *row = NULL;
    int code = tn_query_one(linking->dataset, linking->error, &row, "SELECT 1 " PAGES " LIMIT 1", "");
    tn_query_end(row);
    *any = code == SQLITE_ROW;
    return code != SQLITE_ERROR;
}

/* Joined, and to a trial that still has a record with an identifier: those of one that was found to be another moved there,
 * and the page follows. */
#define JOINED "EXISTS (SELECT 1 FROM link WHERE link.record = record.record AND state = 'joined' AND EXISTS" \
               " (SELECT 1 FROM record AS other JOIN alias USING (record) WHERE other.trial = link.trial" \
               " AND other.gone_run IS NULL))"

/* Their numbers, as bytes: they are known before the first is decided, so that nothing is read that is being written. */
static bool pages_to_decide(struct linking *linking, bool fresh, struct tn_buf *numbers)
{
    sqlite3_stmt *rows = tn_query(linking->dataset, linking->error,
                                  "SELECT record, last_run = ?1 OR first_run = ?1 OR EXISTS (SELECT 1 FROM link"
                                  " WHERE link.record = record.record AND state = 'joined') " PAGES
                                  " AND (last_run = ?1 OR first_run = ?1 OR (NOT " JOINED " AND (?2 OR EXISTS (SELECT 1 FROM link"
                                  " WHERE link.record = record.record AND state = 'joined'))))",
                                  "ii", linking->run, (sqlite3_int64)fresh);
    int code = rows ? SQLITE_ROW : SQLITE_ERROR;
    while (code == SQLITE_ROW && (code = tn_dataset_step(linking->dataset, rows, linking->error)) == SQLITE_ROW) {
        struct page_number number;
        memset(&number, 0, sizeof number);
        number.record = sqlite3_column_int64(rows, 0);
        number.anew = sqlite3_column_int(rows, 1) != 0;
        tn_buf_add(numbers, (const char *)&number, sizeof number);
    }
    tn_query_end(rows);
    if (numbers->failed)
        tn_error_set(linking->error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return code == SQLITE_DONE && !numbers->failed;
}

static bool decide_all(struct linking *linking, const struct tn_buf *numbers)
{
    for (size_t at = 0; at < numbers->len; at += sizeof(struct page_number)) {
        struct page_number number;
        memcpy(&number, numbers->data + at, sizeof number);
        if (!decide_record(linking, &number))
            return false;
    }
    return true;
}

static bool link_pages(struct linking *linking)
{
    bool any = false, fresh = false;
    if (!any_pages(linking, &any))
        return false;
    if (!any)
        return true;
    struct tn_buf numbers;
    tn_buf_init(&numbers, SIZE_MAX / 2);
    bool good = tn_link_index_update(linking->dataset, linking->run, &fresh, &linking->before, linking->error) &&
                pages_to_decide(linking, fresh, &numbers) && decide_all(linking, &numbers);
    tn_buf_release(&numbers);
    return good;
}

bool tn_link_pages(sqlite3 *database, sqlite3_int64 run, struct tn_error *error)
{
    struct tn_dataset dataset = {.database = database, .lock = -1};
    struct linking linking = {.dataset = &dataset, .run = run, .error = error};
    tn_arena_init(&linking.page_arena, memory_max);
    tn_arena_init(&linking.record_arena, memory_max);
    tn_buf_init(&linking.evidence, memory_max);
    tn_link_known_init(&linking.known);
    bool good = link_pages(&linking);
    tn_link_known_release(&linking.known);
    tn_buf_release(&linking.evidence);
    tn_arena_release(&linking.record_arena);
    tn_arena_release(&linking.page_arena);
    for (size_t i = 0; i < dataset.kept_count; i++)
        sqlite3_finalize(dataset.kept[i].statement);
    return good;
}
