/* SPDX-License-Identifier: MIT */
/* Which trial a record belongs to. */
#include <limits.h>
#include <stdlib.h>

#include "dataset/group.h"
#include "dataset/link_pages.h"
#include "dataset/precedence.h"
#include "dataset/sync_inside.h"

enum {
    MEMBERS_MAX = 256, /* records that are looked at together; of more only those with the same trial_id are */
    IDS_MAX = 64       /* of one record */
};

/* An identifier that more records than this state is nobody's (an umbrella number, a slip that was copied), but for those whose own it is. */
#define CROWD "(SELECT count(*) FROM (SELECT 1 FROM alias AS other WHERE other.id = alias.id LIMIT 65)) > 64"

/* Records that belong together in some way, and where they are now. */
struct circle {
    struct tn_sync *sync;
    struct tn_error *error;
    struct tn_group_member members[MEMBERS_MAX];
    sqlite3_int64 trials[MEMBERS_MAX]; /* 0: none yet */
    struct tn_str trial_ids[MEMBERS_MAX]; /* of these; {NULL, 0}: none */
    size_t count;
    size_t whole; /* members, from the first on, of which all that they are linked to is in the circle */
    struct tn_str crowded; /* an id of the first member that too many state; {NULL, 0}: none */
    bool good;
};

static bool no_memory(struct tn_error *error)
{
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return false;
}

static bool affect(struct tn_sync *sync, sqlite3_int64 trial, struct tn_error *error)
{
    return tn_do(sync->dataset, error, "INSERT OR IGNORE INTO affected (trial) VALUES (?)", "i", trial);
}

/* The identifiers of a member, from the table. */
static bool read_ids(struct circle *circle, struct tn_group_member *member)
{
    struct tn_sync *sync = circle->sync;
    struct tn_group_id ids[IDS_MAX];
    size_t count = 0;
    sqlite3_stmt *row = tn_query(sync->dataset, circle->error, "SELECT registry, id, own, former, NOT own AND " CROWD " FROM alias WHERE record = ? "
                                 "ORDER BY id", "i",
                                 (sqlite3_int64)member->record);
    int step = SQLITE_ERROR;
    while (row && (step = tn_dataset_step(sync->dataset, row, circle->error)) == SQLITE_ROW && count < IDS_MAX) {
        struct tn_str registry = tn_column_text(row, 0);
        if (sqlite3_column_int(row, 4)) {
            if (member == circle->members)
                circle->crowded = tn_str_copy(&sync->arena, tn_column_text(row, 1));
            continue;
        }
        ids[count++] = (struct tn_group_id){registry.s ? tn_str_copy(&sync->arena, registry) : registry,
                                            tn_str_copy(&sync->arena, tn_column_text(row, 1)), sqlite3_column_int(row, 2),
                                            sqlite3_column_int(row, 3)};
    }
    tn_query_end(row);
    struct tn_group_id *kept = tn_arena_alloc(&sync->arena, (count + 1) * sizeof *kept);
    if (step == SQLITE_ERROR || !kept)
        return step != SQLITE_ERROR ? no_memory(circle->error) : false;
    memcpy(kept, ids, count * sizeof *kept);
    member->ids = kept;
    member->id_count = count;
    return true;
}

/* The id of the trial in which a member is. */
static bool read_trial_id(struct circle *circle, sqlite3_int64 trial, struct tn_str *id)
{
    sqlite3_stmt *row;
    *id = (struct tn_str){NULL, 0};
    if (!trial)
        return true;
    int found = tn_query_one(circle->sync->dataset, circle->error, &row, "SELECT trial_id FROM trial WHERE trial = ?", "i", trial);
    if (found == SQLITE_ROW && tn_column_text(row, 0).s)
        *id = tn_str_copy(&circle->sync->arena, tn_column_text(row, 0));
    tn_query_end(row);
    return found != SQLITE_ERROR;
}

static bool add_member(struct circle *circle, sqlite3_int64 record, sqlite3_int64 trial)
{
    for (size_t i = 0; i < circle->count; i++)
        if (circle->members[i].record == record)
            return true;
    if (circle->count == MEMBERS_MAX)
        return true;
    circle->members[circle->count] = (struct tn_group_member){.record = record};
    circle->trials[circle->count] = trial;
    return read_trial_id(circle, trial, &circle->trial_ids[circle->count]) && read_ids(circle, &circle->members[circle->count++]);
}

/* Adds the records that a statement gives: record and trial. */
static bool add_found(struct circle *circle, sqlite3_stmt *row)
{
    struct {
        sqlite3_int64 record, trial;
    } found[MEMBERS_MAX];
    size_t count = 0;
    int step = SQLITE_ERROR;
    while (row && (step = tn_dataset_step(circle->sync->dataset, row, circle->error)) == SQLITE_ROW && count < MEMBERS_MAX) {
        found[count].record = sqlite3_column_int64(row, 0);
        found[count++].trial = sqlite3_column_int64(row, 1);
    }
    tn_query_end(row);
    bool good = step != SQLITE_ERROR;
    for (size_t i = 0; i < count && good; i++)
        good = add_member(circle, found[i].record, found[i].trial);
    return good;
}

/* Who states one identifier. */
static bool add_who_states(struct circle *circle, struct tn_str id)
{
    return add_found(circle, tn_query(circle->sync->dataset, circle->error,
                                      "SELECT record.record, trial FROM alias JOIN record USING (record) WHERE id = ? "
                                      "AND gone_run IS NULL AND (own OR NOT " CROWD ") ORDER BY record.record", "t", id));
}

/* Who is in one trial now; they may have nothing in common any more. Pages without an identifier go where they are sent later. */
static bool add_mates(struct circle *circle, sqlite3_int64 trial)
{
    return add_found(circle, tn_query(circle->sync->dataset, circle->error,
                                      "SELECT record, trial FROM record WHERE trial = ? AND gone_run IS NULL AND EXISTS "
                                      "(SELECT 1 FROM alias WHERE alias.record = record.record) ORDER BY record", "i", trial));
}

/* All records that are linked to the first by identifiers, over others too; and those that are in the trials of these. */
static bool gather(struct circle *circle)
{
    bool good = true;
    circle->whole = 0;
    for (size_t i = 0; i < circle->count && good; i++) {
        circle->whole += circle->count < MEMBERS_MAX;
        for (size_t j = 0; j < circle->members[i].id_count && good; j++)
            good = add_who_states(circle, circle->members[i].ids[j].id);
        if (good && circle->trials[i] && circle->members[i].id_count)
            good = add_mates(circle, circle->trials[i]);
    }
    return good;
}

static bool write_link(struct tn_sync *sync, sqlite3_int64 record, const char *state, sqlite3_int64 trial, struct tn_str evidence,
                       struct tn_error *error)
{
    return tn_do(sync->dataset, error,
                 "INSERT OR REPLACE INTO link (record, state, trial, score, runner_up, evidence, run) VALUES (?, ?, nullif(?, 0), ?, 0.0, ?, ?)",
                 "itidti", record, tn_str_of(state), trial, strcmp(state, "joined") == 0 ? 1.0 : 0.0, evidence, sync->run);
}

/* A pair that shares an id and stays apart: said of the one that states it without being its owner, or came later. */
static void refuse(void *context, const struct tn_group_refusal *refusal)
{
    struct circle *circle = context;
    struct tn_sync *sync = circle->sync;
    size_t at = circle->members[refusal->a].record > circle->members[refusal->b].record ? refusal->a : refusal->b;
    size_t other = at == refusal->a ? refusal->b : refusal->a;
    struct tn_str why = refusal->registry.s
        ? tn_str_format(&sync->arena, "%.*s is shared, but %.*s and %.*s are two ids of %.*s", (int)refusal->shared.len,
                        refusal->shared.s, (int)refusal->id_a.len, refusal->id_a.s, (int)refusal->id_b.len, refusal->id_b.s,
                        (int)refusal->registry.len, refusal->registry.s)
        : tn_str_format(&sync->arena, "%.*s is shared, but by trials that cannot be one: nothing says which is meant",
                        (int)refusal->shared.len, refusal->shared.s);
    circle->good = circle->good && write_link(sync, circle->members[at].record, "refused", circle->trials[other], why, circle->error);
}

static sqlite3_int64 new_trial(struct tn_sync *sync, sqlite3_int64 record, struct tn_error *error)
{
    bool made = tn_do(sync->dataset, error,
                      "INSERT INTO trial (key, trial_id, first_run, last_run) SELECT record_key, trial_id, ?2, ?2 FROM record "
                      "WHERE record = ?1", "ii", record, sync->run);
    return made ? sqlite3_last_insert_rowid(sync->dataset->database) : 0;
}

/* Moves a record to a trial; the one that it leaves may have become a part of that one. */
static bool move(struct tn_sync *sync, sqlite3_int64 record, sqlite3_int64 from, sqlite3_int64 to, struct tn_error *error)
{
    if (!affect(sync, to, error))
        return false;
    if (from == to)
        return true;
    return (!from || (tn_trials_keep(sync, from, error) && affect(sync, from, error) &&
                      tn_do(sync->dataset, error, "INSERT OR REPLACE INTO moved (trial, target) VALUES (?, ?)", "ii", from, to))) && tn_trials_keep(sync, to, error) &&
           tn_do(sync->dataset, error, "UPDATE record SET trial = ? WHERE record = ?", "ii", to, record);
}

/* True when a member of another set has the id of the trial in which member `at` is: then it is that one's. */
static bool is_of_another(const struct circle *circle, size_t at)
{
    bool own = false, other = false;
    for (size_t i = 0; i < circle->count && circle->trial_ids[at].len; i++)
        for (size_t j = 0; j < circle->members[i].id_count; j++) {
            const struct tn_group_id *id = &circle->members[i].ids[j];
            bool same = id->own && tn_str_eq(id->id, circle->trial_ids[at]);
            own |= same && circle->members[i].set == circle->members[at].set;
            other |= same && circle->members[i].set != circle->members[at].set;
        }
    return other && !own;
}

/* The trial of a set: the oldest in which one of its members is already, unless it is another set's. */
static sqlite3_int64 trial_of_set(struct circle *circle, size_t set, const sqlite3_int64 *taken, size_t taken_count)
{
    sqlite3_int64 best = 0;
    for (size_t i = 0; i < circle->count; i++) {
        sqlite3_int64 trial = circle->trials[i];
        bool free = trial && circle->members[i].set == set && !is_of_another(circle, i);
        for (size_t j = 0; j < taken_count && free; j++)
            free = taken[j] != trial;
        if (free && (!best || trial < best))
            best = trial;
    }
    return best;
}

static const struct tn_group_id *id_of(const struct tn_group_member *member, struct tn_str id)
{
    for (size_t i = 0; i < member->id_count; i++)
        if (tn_str_eq(member->ids[i].id, id))
            return &member->ids[i];
    return NULL;
}

/* The id that a member shares with another of its set: one that is both's own before others. */
static struct tn_str shared_id(const struct circle *circle, const struct tn_group_member *member, bool *own)
{
    struct tn_str shared = {NULL, 0};
    for (size_t i = 0; i < circle->count; i++) {
        const struct tn_group_member *other = &circle->members[i];
        for (size_t j = 0; other != member && other->set == member->set && j < member->id_count; j++) {
            const struct tn_group_id *id = id_of(other, member->ids[j].id);
            *own = id && id->own && member->ids[j].own;
            if (*own || (id && !shared.s))
                shared = id->id;
            if (*own)
                return shared;
        }
    }
    return shared;
}

/* How much a member is the one that the others came to: its own id is that of the registry that comes first, it was in the trial
 * before, it is the oldest. Less is more. */
static unsigned rank_in(const struct circle *circle, size_t at, sqlite3_int64 trial)
{
    const struct tn_group_member *member = &circle->members[at];
    unsigned rank = UINT_MAX / 2 - 1;
    for (size_t i = 0; i < member->id_count; i++)
        if (member->ids[i].own)
            rank = tn_registry_rank(member->ids[i].registry);
    return 2 * rank + (circle->trials[at] != trial);
}

/* The member of a set that the others came to. */
static size_t first_of(const struct circle *circle, size_t set, sqlite3_int64 trial)
{
    size_t first = set;
    for (size_t i = 0; i < circle->count; i++) {
        unsigned rank = rank_in(circle, i, trial), first_rank = rank_in(circle, first, trial);
        bool older = circle->members[i].record < circle->members[first].record;
        if (circle->members[i].set == set && (rank == first_rank ? older : rank < first_rank))
            first = i;
    }
    return first;
}

/* Says of all but the first how they came to it. */
static bool explain(struct circle *circle, size_t set, sqlite3_int64 trial)
{
    bool good = true, own = false;
    size_t first = first_of(circle, set, trial);
    for (size_t i = 0; i < circle->count && good; i++) {
        const struct tn_group_member *member = &circle->members[i];
        if (i == first || member->set != set)
            continue;
        struct tn_str shared = shared_id(circle, member, &own);
        struct tn_str why = tn_str_format(&circle->sync->arena, own ? "the same id: %.*s" : "a shared id: %.*s", (int)shared.len,
                                          shared.s);
        good = write_link(circle->sync, member->record, "joined", trial, why, circle->error);
    }
    return good;
}

static bool place_set(struct circle *circle, size_t set, sqlite3_int64 *taken, size_t *taken_count)
{
    struct tn_sync *sync = circle->sync;
    sqlite3_int64 trial = trial_of_set(circle, set, taken, *taken_count);
    if (!trial)
        trial = new_trial(sync, circle->members[set].record, circle->error);
    taken[(*taken_count)++] = trial;
    bool good = trial != 0;
    for (size_t i = 0; i < circle->count && good; i++)
        if (circle->members[i].set == set)
            good = move(sync, circle->members[i].record, circle->trials[i], trial, circle->error);
    return good && explain(circle, set, trial);
}

static bool forget_links(struct circle *circle)
{
    bool good = true;
    for (size_t i = 0; i < circle->whole && i < circle->count && good; i++)
        good = tn_do(circle->sync->dataset, circle->error, "DELETE FROM link WHERE record = ?", "i",
                     (sqlite3_int64)circle->members[i].record);
    return good;
}

static bool place_circle(struct circle *circle)
{
    sqlite3_int64 taken[MEMBERS_MAX];
    size_t taken_count = 0;
    circle->good = forget_links(circle);
    if (circle->good && !tn_group(&circle->sync->arena, circle->members, circle->count, refuse, circle))
        return no_memory(circle->error);
    for (size_t i = 0; i < circle->count && circle->good; i++)
        if (circle->members[i].set == i)
            circle->good = place_set(circle, i, taken, &taken_count);
    for (size_t i = 0; i < circle->whole && i < circle->count && circle->good; i++)
        circle->good = tn_do(circle->sync->dataset, circle->error, "INSERT OR IGNORE INTO placed (record) VALUES (?)", "i",
                             (sqlite3_int64)circle->members[i].record);
    return circle->good;
}

/* A record alone, as most are. */
static bool place_alone(struct tn_sync *sync, sqlite3_int64 record, sqlite3_int64 trial, struct tn_error *error)
{
    bool old = trial != 0;
    if (!trial)
        trial = new_trial(sync, record, error);
    return trial && affect(sync, trial, error) && (!old || tn_do(sync->dataset, error, "DELETE FROM link WHERE record = ?", "i", record)) &&
           tn_do(sync->dataset, error, "UPDATE record SET trial = ?2 WHERE record = ?1 AND trial IS NOT ?2", "ii", record, trial);
}

/* A record that is gone stays where it was, and links nothing any more: those that it linked are placed without it. */
static bool place_others(struct circle *circle, sqlite3_int64 trial)
{
    circle->count--;
    circle->whole -= circle->whole > 0;
    memmove(circle->members, circle->members + 1, circle->count * sizeof *circle->members);
    memmove(circle->trials, circle->trials + 1, circle->count * sizeof *circle->trials);
    memmove(circle->trial_ids, circle->trial_ids + 1, circle->count * sizeof *circle->trial_ids);
    return (!trial || affect(circle->sync, trial, circle->error)) && (circle->count == 0 || place_circle(circle));
}

static bool place_record(struct tn_sync *sync, struct circle *circle, sqlite3_int64 record, sqlite3_int64 trial, bool gone,
                         struct tn_error *error)
{
    circle->count = 0;
    circle->crowded = (struct tn_str){NULL, 0};
    circle->error = error;
    tn_arena_reset(&sync->arena);
    if (!add_member(circle, record, trial) || !gather(circle))
        return false;
    if (gone)
        return place_others(circle, trial);
    bool placed = circle->count > 1 && circle->members[0].id_count ? place_circle(circle) : place_alone(sync, record, trial, error);
    if (!placed || !circle->crowded.s)
        return placed;
    struct tn_str why = tn_str_format(&sync->arena, "%.*s is stated by more than 64 records: it joins none of them", (int)circle->crowded.len,
                                      circle->crowded.s);
    return write_link(sync, record, "refused", 0, why, error);
}

/* It was placed with another one. */
static bool is_placed(struct tn_sync *sync, sqlite3_int64 record, bool *yes, struct tn_error *error)
{
    sqlite3_stmt *row;
    int found = tn_query_one(sync->dataset, error, &row, "SELECT 1 FROM placed WHERE record = ?", "i", record);
    tn_query_end(row);
    *yes = found == SQLITE_ROW;
    return found != SQLITE_ERROR;
}

/* `to` 0: it is nobody's; then it may not stay with records that have an id. */
static bool place_page(struct tn_sync *sync, sqlite3_int64 record, sqlite3_int64 from, sqlite3_int64 to, struct tn_error *error)
{
    sqlite3_stmt *row;
    if (to)
        return from == to || move(sync, record, from, to, error);
    int shared = tn_query_one(sync->dataset, error, &row, "SELECT 1 FROM record WHERE trial = ? AND record IN (SELECT record FROM alias)",
                              "i", from);
    tn_query_end(row);
    if (shared != SQLITE_ROW)
        return shared == SQLITE_DONE;
    to = new_trial(sync, record, error);
    return to && move(sync, record, from, to, error);
}

/* A page that states no id is a trial of its own until its words say whose it is; then it moves there, and out again when they do
 * not any more. */
static bool move_pages(struct tn_sync *sync, struct tn_error *error)
{
    struct {
        sqlite3_int64 record, from, to;
    } page;
    sqlite3_stmt *row = tn_query(sync->dataset, error,
                                 "SELECT record.record, record.trial, link.trial FROM record LEFT JOIN link "
                                 "ON link.record = record.record AND link.state = 'joined' WHERE NOT EXISTS "
                                 "(SELECT 1 FROM alias WHERE alias.record = record.record) AND record.trial IS NOT NULL "
                                 "AND (record.record IN (SELECT record FROM link) OR record.record IN (SELECT record FROM touched)) "
                                 "ORDER BY record.record", "");
    int step = SQLITE_ERROR;
    bool good = row != NULL;
    while (good && (step = tn_dataset_step(sync->dataset, row, error)) == SQLITE_ROW) {
        page.record = sqlite3_column_int64(row, 0);
        page.from = sqlite3_column_int64(row, 1);
        page.to = sqlite3_column_int64(row, 2);
        good = place_page(sync, page.record, page.from, page.to, error);
    }
    tn_query_end(row);
    return good && step == SQLITE_DONE;
}

static bool place_pages(struct tn_sync *sync, struct tn_error *error)
{
    return tn_link_pages(sync->dataset->database, sync->run, error) && move_pages(sync, error);
}

bool tn_place_records(struct tn_sync *sync, struct tn_error *error)
{
    struct circle *circle = calloc(1, sizeof *circle);
    if (!circle)
        return no_memory(error);
    circle->sync = sync;
    sqlite3_stmt *row = tn_query(sync->dataset, error,
                                 "SELECT record, trial, gone_run IS NOT NULL FROM touched JOIN record USING (record) ORDER BY record", "");
    int step = SQLITE_ERROR;
    bool placed = false, good = row != NULL;
    while (good && (step = tn_dataset_step(sync->dataset, row, error)) == SQLITE_ROW) {
        sqlite3_int64 record = sqlite3_column_int64(row, 0);
        good = is_placed(sync, record, &placed, error) &&
               (placed || place_record(sync, circle, record, sqlite3_column_int64(row, 1), sqlite3_column_int(row, 2), error));
    }
    tn_query_end(row);
    free(circle);
    return good && step == SQLITE_DONE && place_pages(sync, error);
}
