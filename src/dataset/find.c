/* SPDX-License-Identifier: MIT */
#include "dataset/find.h"

#include <stdio.h>

#include "normal/identifier.h"

/* Ways to find a trial, the surest first; each is asked for both forms of a name before the next is. */
static const char *const ways[] = {
    "SELECT trial FROM trial WHERE key = ?1",
    "SELECT DISTINCT record.trial FROM alias JOIN record ON record.record = alias.record"
    " WHERE alias.id = ?1 AND alias.own AND record.trial IS NOT NULL",
    "SELECT DISTINCT record.trial FROM alias JOIN record ON record.record = alias.record"
    " WHERE alias.id = ?1 AND record.trial IS NOT NULL",
    "SELECT trial FROM trial WHERE trial_id = ?1",
    "SELECT DISTINCT trial FROM change WHERE trial_id = ?1",
};

enum { JOINED_MOST = 100 /* a chain that is longer goes round */ };

/* The trial that `trial` has become a part of, itself where it is none. */
static bool follow(const struct tn_dataset *dataset, sqlite3_int64 *trial, struct tn_error *error)
{
    sqlite3_stmt *query = tn_dataset_prepare(dataset, "SELECT joined FROM trial WHERE trial = ? AND joined IS NOT NULL", error);
    int result = query ? SQLITE_ROW : SQLITE_ERROR;
    for (int i = 0; result == SQLITE_ROW && i < JOINED_MOST; i++) {
        sqlite3_bind_int64(query, 1, *trial);
        result = tn_dataset_step(dataset, query, error);
        if (result == SQLITE_ROW)
            *trial = sqlite3_column_int64(query, 0);
        sqlite3_reset(query);
    }
    sqlite3_finalize(query);
    return result != SQLITE_ERROR;
}

static void add(struct tn_found *found, sqlite3_int64 trial)
{
    for (size_t i = 0; i < found->count && i < TN_FOUND_MOST; i++)
        if (found->trials[i] == trial)
            return;
    if (found->count < TN_FOUND_MOST)
        found->trials[found->count] = trial;
    found->count++;
}

static bool try(const struct tn_dataset *dataset, const char *sql, struct tn_str name, struct tn_found *found,
                struct tn_error *error)
{
    sqlite3_stmt *query = tn_dataset_prepare(dataset, sql, error);
    if (!query)
        return false;
    tn_bind_text(query, 1, name);
    int result;
    while ((result = tn_dataset_step(dataset, query, error)) == SQLITE_ROW && found->count <= TN_FOUND_MOST) {
        sqlite3_int64 named = sqlite3_column_int64(query, 0), trial = named;
        if (!follow(dataset, &trial, error)) {
            result = SQLITE_ERROR;
            break;
        }
        if (trial != named && !found->joined)
            found->joined = named;
        add(found, trial);
    }
    sqlite3_finalize(query);
    return result != SQLITE_ERROR;
}

/* One letter or digit is another, missing, too many, or swapped with the next. More is another number. */
static bool is_slip(struct tn_str a, struct tn_str b)
{
    if (a.len < b.len) {
        struct tn_str swap = a;
        a = b;
        b = swap;
    }
    size_t same = 0, end = 0;
    while (same < b.len && a.s[same] == b.s[same])
        same++;
    while (end < b.len - same && a.s[a.len - 1 - end] == b.s[b.len - 1 - end])
        end++;
    size_t a_left = a.len - same - end, b_left = b.len - same - end;
    bool swapped = a_left == 2 && b_left == 2 && a.s[same] == b.s[same + 1] && a.s[same + 1] == b.s[same];
    return swapped || (a_left == 1 && b_left <= 1);
}

static bool find_nearest(const struct tn_dataset *dataset, struct tn_str name, struct tn_found *found, struct tn_error *error)
{
    sqlite3_stmt *query = tn_dataset_prepare(dataset, "SELECT id FROM alias", error);
    int result = query ? SQLITE_ROW : SQLITE_ERROR;
    while (result == SQLITE_ROW && !found->nearest[0] && (result = tn_dataset_step(dataset, query, error)) == SQLITE_ROW) {
        struct tn_str id = tn_column_text(query, 0);
        if (id.len < TN_FOUND_NAME && is_slip(name, id))
            memcpy(found->nearest, id.s, id.len + 1);
    }
    sqlite3_finalize(query);
    return result != SQLITE_ERROR;
}

bool tn_dataset_find(const struct tn_dataset *dataset, const char *name, struct tn_found *found, struct tn_error *error)
{
    struct tn_str text = tn_str_trim(tn_str_of(name));
    struct tn_identifier id;
    bool recognised = tn_identifier_is(text, NULL, &id);
    *found = (struct tn_found){0};
    for (size_t way = 0; way < sizeof ways / sizeof ways[0] && !found->count; way++) {
        if (!try(dataset, ways[way], text, found, error))
            return false;
        if (!found->count && recognised && !try(dataset, ways[way], tn_str_of(id.value), found, error))
            return false;
    }
    return found->count || find_nearest(dataset, recognised ? tn_str_of(id.value) : text, found, error);
}

bool tn_dataset_name(const struct tn_dataset *dataset, sqlite3_int64 trial, char *name, struct tn_error *error)
{
    sqlite3_stmt *query = tn_dataset_prepare(dataset, "SELECT coalesce(trial_id, key) FROM trial WHERE trial = ?", error);
    if (!query)
        return false;
    sqlite3_bind_int64(query, 1, trial);
    int result = tn_dataset_step(dataset, query, error);
    struct tn_str text = result == SQLITE_ROW ? tn_column_text(query, 0) : (struct tn_str){NULL, 0};
    size_t len = tn_str_cut(text, TN_FOUND_NAME - 1);
    snprintf(name, TN_FOUND_NAME, "%.*s", (int)len, text.s ? text.s : "");
    sqlite3_finalize(query);
    return result != SQLITE_ERROR;
}
