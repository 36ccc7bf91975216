/* SPDX-License-Identifier: MIT */
#include "dataset/log.h"

#include "dataset/source.h"
#include "writers/json_text.h"

/* "1:2026-04-30": of a record that states its own last update. */
static struct tn_str date_of(struct tn_str stamp)
{
    return tn_str_starts(stamp, TN_LIT("1:")) ? tn_str_trim(tn_str_from(stamp, 2)) : (struct tn_str){NULL, 0};
}

static struct tn_str text_of(const struct tn_buf *buf)
{
    return buf->len ? tn_str_slice(buf->data, buf->len) : (struct tn_str){NULL, 0};
}

bool tn_log(struct tn_sync *sync, const struct tn_log_entry *entry, struct tn_error *error)
{
    tn_buf_reset(&sync->json);
    tn_buf_reset(&sync->more);
    if (entry->difference)
        tn_json_difference(&sync->more, &sync->json, entry->before, entry->after, entry->difference);
    else
        tn_buf_str(&sync->json, entry->now);
    if (sync->json.failed || sync->more.failed) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
        return false;
    }
    return tn_do(sync->dataset, error,
                 "INSERT INTO change (run, trial, trial_id, op, field, old, new, source, dated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 "iittttttt", sync->run, entry->trial, entry->trial_id, tn_str_of(entry->op), tn_str_of(entry->field),
                 text_of(&sync->more), text_of(&sync->json), entry->source, date_of(entry->stamp));
}

static struct tn_str value_text(sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    return (struct tn_str){text, text ? (size_t)sqlite3_value_bytes(value) : 0};
}

static void source_name(sqlite3_context *context, int count, sqlite3_value **values)
{
    const struct tn_source_record record = {value_text(values[0]), value_text(values[1]), value_text(values[2]),
                                            value_text(values[3]), sqlite3_value_int64(values[4])};
    struct tn_buf name;
    (void)count;
    tn_buf_init(&name, SIZE_MAX / 2);
    tn_source_name(&name, &record);
    if (name.failed)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_text64(context, name.data, name.len, SQLITE_TRANSIENT, SQLITE_UTF8);
    tn_buf_release(&name);
}

bool tn_log_names(struct tn_dataset *dataset, struct tn_error *error)
{
    int made = sqlite3_create_function(dataset->database, "source_name", 5, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, source_name,
                                       NULL, NULL);
    return made == SQLITE_OK || tn_dataset_fail(dataset, error);
}
