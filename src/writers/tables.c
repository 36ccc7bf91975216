/* SPDX-License-Identifier: MIT */
/* Tidy CSV files: trials.csv with one row a trial, and one file for every list, with the columns that join them. */
#include <stdlib.h>

#include "writers/csv_row.h"
#include "writers/json_text.h"
#include "writers/out.h"
#include "writers/writers.h"

/* One file. */
struct table {
    int field;  /* list of the trial; -1: the trials themselves */
    int member; /* list in the field's records; -1: the field's own entries */
    struct tn_out out;
    struct tn_csv_row row;
};

struct tables_state {
    struct table *tables; /* trials.csv is the last: a sink that renames files in the order in which they were opened
                             then shows a whole set */
    size_t count;
    const struct tn_selection *selection;
    struct tn_buf cell; /* JSON of a list that stands two records deep */
    int64_t record_no;
};

static const struct tn_field *field_of(const struct table *table)
{
    return &tn_type_trial.fields[table->field];
}

/* The record type that the table's rows show; NULL where they show texts. */
static const struct tn_record_type *type_of(const struct table *table)
{
    if (table->field < 0)
        return &tn_type_trial;
    const struct tn_field *field = field_of(table);
    return table->member < 0 ? field->record : field->record->fields[table->member].record;
}

/* Columns. */

static void name_members(struct tables_state *state, struct table *table)
{
    const struct tn_record_type *type = type_of(table);
    tn_members members =
        table->member < 0 ? tn_selection_members(state->selection, table->field) : TN_ALL_MEMBERS;
    for (int m = 0; m < type->count; m++)
        if (tn_members_have(members, m) && (table->member >= 0 || !tn_kind_nests(type->fields[m].kind)))
            tn_csv_name(&table->row, type->fields[m].name, NULL);
}

static void name_trial_columns(struct tables_state *state, struct table *table)
{
    const struct tn_record_type *type = &tn_type_trial;
    for (int i = 0; i < type->count; i++) {
        const struct tn_field *field = &type->fields[i];
        if (!tn_selected(state->selection, i, -1))
            continue;
        if (!tn_kind_nests(field->kind))
            tn_csv_name(&table->row, field->name, NULL);
        for (int m = 0; field->kind == TN_RECORD_ONE && m < field->record->count; m++)
            if (tn_selected(state->selection, i, m) && !tn_kind_nests(field->record->fields[m].kind))
                tn_csv_name(&table->row, field->name, field->record->fields[m].name);
    }
}

static void put_header(struct tables_state *state, struct table *table)
{
    struct tn_csv_row *row = &table->row;
    tn_csv_name(row, "record_no", NULL);
    if (table->field < 0) {
        name_trial_columns(state, table);
    } else {
        if (table->member >= 0)
            tn_csv_name(row, field_of(table)->record->name, "position");
        tn_csv_name(row, "position", NULL);
        if (table->member < 0 && tn_map_texts(field_of(table)) >= 0)
            tn_csv_name(row, "value_position", NULL);
        if (type_of(table))
            name_members(state, table);
        if (!type_of(table) || (table->member < 0 && tn_map_texts(field_of(table)) >= 0))
            tn_csv_name(row, "value", NULL);
    }
    tn_csv_end_row(row);
}

/* Files. */

static void put_file_name(struct tn_buf *name, const struct table *table)
{
    const struct tn_field *field = table->field < 0 ? NULL : field_of(table);
    const char *base = !field ? "trials" : table->member < 0 ? field->name : field->record->name;
    tn_buf_reset(name);
    tn_buf_str(name, tn_str_of(base));
    if (field && table->member >= 0) {
        tn_buf_char(name, '_');
        tn_buf_str(name, tn_str_of(field->record->fields[table->member].name));
    }
    tn_buf_str(name, TN_LIT(".csv"));
    tn_buf_terminate(name);
}

static enum tn_severity open_table(struct tables_state *state, struct table *table, const struct tn_sink *sink,
                                   bool excel, struct tn_error *error)
{
    put_file_name(&state->cell, table);
    if (state->cell.failed) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "memory is short");
        return TN_FATAL;
    }
    enum tn_severity severity = tn_out_open(&table->out, sink, state->cell.data, error);
    state->count++;
    if (severity != TN_OK)
        return severity;
    tn_csv_start(&table->row, &table->out.buf, excel);
    put_header(state, table);
    return TN_OK;
}

/* The tables that the field table and the selection ask for; with NULL they are only counted. */
static size_t list_tables(const struct tn_write_options *options, struct table *tables)
{
    const struct tn_record_type *type = &tn_type_trial;
    size_t count = 0;
    for (int i = 0; i < type->count; i++) {
        const struct tn_field *field = &type->fields[i];
        bool wanted = tn_kind_nests(field->kind) && tn_selected(options->selection, i, -1) &&
                      (field->record != &tn_type_origin || options->provenance);
        if (wanted && field->kind != TN_RECORD_ONE) {
            if (tables)
                tables[count] = (struct table){.field = i, .member = -1};
            count++;
        }
        bool nests = wanted && (field->kind == TN_RECORD_ONE || field->kind == TN_RECORD_LIST);
        for (int m = 0; nests && m < field->record->count; m++) {
            if (!tn_kind_nests(field->record->fields[m].kind) || !tn_selected(options->selection, i, m))
                continue;
            if (tables)
                tables[count] = (struct table){.field = i, .member = m};
            count++;
        }
    }
    if (tables)
        tables[count] = (struct table){.field = -1, .member = -1};
    return count + 1;
}

static enum tn_severity begin(const struct tn_writer *self, void *state, const struct tn_write_options *options,
                              const struct tn_sink *sink, struct tn_error *error)
{
    struct tables_state *tables = state;
    (void)self;
    tables->selection = options->selection;
    tn_buf_init(&tables->cell, (size_t)1 << 30);
    size_t count = list_tables(options, NULL);
    tables->tables = calloc(count, sizeof *tables->tables);
    if (!tables->tables) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "memory is short");
        return TN_FATAL;
    }
    list_tables(options, tables->tables);
    enum tn_severity severity = TN_OK;
    for (size_t i = 0; i < count && severity == TN_OK; i++)
        severity = open_table(tables, &tables->tables[i], sink, options->excel, error);
    return severity;
}

/* Rows. */

/* The columns that join: the trial's number and the positions of the entry and of what it stands in. */
static void put_keys(const struct tables_state *state, struct tn_csv_row *row, const size_t *positions, size_t count)
{
    tn_csv_count(row, (size_t)state->record_no);
    for (size_t i = 0; i < count; i++)
        tn_csv_count(row, positions[i]);
}

/* A list in a record that itself stands in a record has no file of its own. */
static void put_json(struct tables_state *state, struct table *table, const struct tn_record *entry, int member)
{
    tn_buf_reset(&state->cell);
    if (tn_states(entry, member, TN_ALL_MEMBERS))
        tn_json_value(&state->cell, entry, member, TN_ALL_MEMBERS);
    tn_csv_cell(&table->row, tn_str_slice(state->cell.data, state->cell.len));
    if (state->cell.failed)
        table->out.buf.failed = true;
}

static void put_members(struct tables_state *state, struct table *table, const struct tn_record *entry)
{
    const struct tn_record_type *type = tn_record_type_of(entry);
    bool deep = table->member >= 0;
    tn_members members = deep ? TN_ALL_MEMBERS : tn_selection_members(state->selection, table->field);
    for (int m = 0; m < type->count; m++) {
        if (!tn_members_have(members, m))
            continue;
        if (!tn_kind_nests(type->fields[m].kind))
            tn_csv_scalar(&table->row, entry, m);
        else if (deep)
            put_json(state, table, entry, m);
    }
}

/* One row for each entry of the list `field` of `record`. `up` is the position of `record` in the list that it stands
 * in; not used where the list is the trial's own. */
static void put_rows(struct tables_state *state, struct table *table, const struct tn_record *record, int field,
                     size_t up)
{
    bool texts = tn_kind_is_texts(tn_record_type_of(record)->fields[field].kind);
    tn_members members = table->member < 0 ? tn_selection_members(state->selection, table->field) : TN_ALL_MEMBERS;
    size_t count = tn_states(record, field, members) ? tn_count(record, field) : 0;
    for (size_t i = 0; i < count; i++) {
        size_t positions[] = {up, i};
        bool nested = table->member >= 0;
        put_keys(state, &table->row, nested ? positions : positions + 1, nested ? 2 : 1);
        if (texts)
            tn_csv_cell(&table->row, tn_text_at(record, field, i));
        else
            put_members(state, table, tn_record_at(record, field, i));
        tn_csv_end_row(&table->row);
    }
}

/* A map of label and texts: one row for each text. */
static void put_map_rows(struct tables_state *state, struct table *table, const struct tn_record *trial, int texts)
{
    size_t count = tn_count(trial, table->field);
    for (size_t i = 0; i < count; i++) {
        const struct tn_record *entry = tn_record_at(trial, table->field, i);
        size_t values = tn_count(entry, texts);
        for (size_t j = 0; j < values; j++) {
            size_t positions[] = {i, j};
            put_keys(state, &table->row, positions, 2);
            tn_csv_scalar(&table->row, entry, 0);
            tn_csv_cell(&table->row, tn_text_at(entry, texts, j));
            tn_csv_end_row(&table->row);
        }
    }
}

static void put_trial_row(struct tables_state *state, struct table *table, const struct tn_record *trial)
{
    const struct tn_record_type *type = tn_record_type_of(trial);
    put_keys(state, &table->row, NULL, 0);
    for (int i = 0; i < type->count; i++) {
        const struct tn_field *field = &type->fields[i];
        if (!tn_selected(state->selection, i, -1))
            continue;
        if (!tn_kind_nests(field->kind))
            tn_csv_scalar(&table->row, trial, i);
        for (int m = 0; field->kind == TN_RECORD_ONE && m < field->record->count; m++)
            if (tn_selected(state->selection, i, m) && !tn_kind_nests(field->record->fields[m].kind))
                tn_csv_scalar(&table->row, tn_record_at(trial, i, 0), m);
    }
    tn_csv_end_row(&table->row);
}

static void put_table(struct tables_state *state, struct table *table, const struct tn_record *trial)
{
    if (table->field < 0) {
        put_trial_row(state, table, trial);
        return;
    }
    int map_texts = tn_map_texts(field_of(table));
    if (table->member >= 0) {
        size_t count = tn_count(trial, table->field);
        for (size_t i = 0; i < count; i++)
            put_rows(state, table, tn_record_at(trial, table->field, i), table->member, i);
    } else if (map_texts >= 0) {
        put_map_rows(state, table, trial, map_texts);
    } else {
        put_rows(state, table, trial, table->field, 0);
    }
}

static enum tn_severity record(const struct tn_writer *self, void *state, const tn_trial *trial,
                               struct tn_error *error)
{
    struct tables_state *tables = state;
    enum tn_severity severity = TN_OK;
    (void)self;
    for (size_t i = 0; i < tables->count && severity == TN_OK; i++) {
        put_table(tables, &tables->tables[i], trial);
        severity = tn_out_record_end(&tables->tables[i].out, error);
    }
    tables->record_no++;
    return severity;
}

static enum tn_severity end(const struct tn_writer *self, void *state, bool failed, struct tn_error *error)
{
    struct tables_state *tables = state;
    enum tn_severity severity = TN_OK;
    (void)self;
    for (size_t i = 0; i < tables->count; i++) {
        enum tn_severity now = tn_out_close(&tables->tables[i].out, failed || severity != TN_OK, error);
        severity = now > severity ? now : severity;
    }
    tn_buf_release(&tables->cell);
    free(tables->tables);
    tables->tables = NULL;
    tables->count = 0;
    return severity;
}

static const char *const extensions[] = {NULL};

const struct tn_writer tn_writer_tables = {
    .name = "tables",
    .description = "a folder of CSV files: trials.csv, and one file for each list",
    .extensions = extensions,
    .parts = true,
    .state_size = sizeof(struct tables_state),
    .begin = begin,
    .record = record,
    .end = end,
};
