/* SPDX-License-Identifier: MIT */
#include "dataset/origin.h"

#include "dataset/source.h"
#include "trial/record.h"

enum { NAME_MAX_BYTES = 1 << 24 };

static const char sql[] =
    "SELECT record.reader, record.site, input.path, record.member, record.record_index, origin.field"
    " FROM origin JOIN record ON record.record = origin.record LEFT JOIN input ON input.input = record.input"
    " WHERE origin.trial = ?";

/* The name of the record in the trial's arena. */
static struct tn_str name_of(sqlite3_stmt *row, struct tn_arena *arena)
{
    struct tn_buf name;
    const struct tn_source_record record = tn_source_columns(row, 0);
    tn_buf_init(&name, NAME_MAX_BYTES);
    tn_source_name(&name, &record);
    struct tn_str copy = tn_str_copy(arena, tn_str_slice(name.data, name.len));
    tn_buf_release(&name);
    return copy;
}

/* In the order of the fields. */
static void put_all(tn_trial *trial, const struct tn_str *names)
{
    for (int field = 0; field < TN_trial_COUNT; field++) {
        if (!names[field].s)
            continue;
        struct tn_record *origin = tn_add_record(trial, TN_trial_provenance);
        tn_set_text(origin, TN_origin_field, tn_str_of(tn_type_trial.fields[field].name));
        tn_set_text(origin, TN_origin_record, names[field]);
    }
}

bool tn_dataset_origins(const struct tn_dataset *dataset, sqlite3_int64 id, tn_trial *trial, struct tn_error *error)
{
    struct tn_str names[TN_trial_COUNT] = {{NULL, 0}};
    sqlite3_stmt *query = tn_dataset_prepare(dataset, sql, error);
    if (!query)
        return false;
    sqlite3_bind_int64(query, 1, id);
    int result;
    while ((result = tn_dataset_step(dataset, query, error)) == SQLITE_ROW) {
        int field = tn_field_named(&tn_type_trial, tn_column_text(query, 5));
        if (field >= 0 && tn_has(trial, field))
            names[field] = name_of(query, trial->arena);
    }
    sqlite3_finalize(query);
    put_all(trial, names);
    return result == SQLITE_DONE;
}
