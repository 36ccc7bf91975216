/* SPDX-License-Identifier: MIT */
/* Tidy CSV files: trials.csv with one row a trial, and one file for every list, with the columns that join them. */
#include <stdint.h>
#include <stdlib.h>

#include "core/number.h"
#include "writers/csv_row.h"
#include "writers/json_text.h"
#include "writers/out.h"
#include "writers/tables_layout.h"
#include "writers/writers.h"

struct tables_format {
    struct tn_table *tables; /* trials.csv is the last: a sink that renames files in the order in which they were opened
                             then shows a whole set */
    size_t count;
    const struct tn_selection *selection;
    struct tn_buf cell; /* JSON of a list that stands two records deep, or the name of a file */
    struct tn_csv_row row;
    size_t row_at; /* where the row at hand begins in the formatted bytes: its row_header */
};

struct tables_state {
    struct tables_format format; /* of `record` */
    struct tn_buf rows;          /* ... and what it made */
    struct tn_out *outs;         /* of the tables */
    size_t opened;
    int64_t record_no;
};

/* Before each formatted row, which lacks its first cell: the trial's number is known when it is put. */
struct row_header {
    uint32_t table;
    uint32_t len;
};

static void put_name(void *context, const struct tn_column *column)
{
    tn_csv_name(context, column->name, column->member);
}

static void put_file_name(struct tn_buf *name, const struct tn_table *table)
{
    tn_buf_reset(name);
    tn_table_name(name, table);
    tn_buf_str(name, TN_LIT(".csv"));
    tn_buf_terminate(name);
}

static bool format_begin(const struct tn_writer *self, void *state, const struct tn_write_options *options)
{
    struct tables_format *format = state;
    (void)self;
    format->selection = options->selection;
    format->row.excel = options->excel;
    tn_buf_init(&format->cell, (size_t)1 << 30);
    format->count = tn_tables_list(options, NULL);
    format->tables = calloc(format->count, sizeof *format->tables);
    if (!format->tables)
        return false;
    tn_tables_list(options, format->tables);
    return true;
}

static void format_end(const struct tn_writer *self, void *state)
{
    struct tables_format *format = state;
    (void)self;
    tn_buf_release(&format->cell);
    free(format->tables);
    format->tables = NULL;
    format->count = 0;
}

static enum tn_severity open_table(struct tables_state *state, const struct tn_table *table, const struct tn_sink *sink,
                                   struct tn_error *error)
{
    struct tables_format *format = &state->format;
    struct tn_out *out = &state->outs[state->opened];
    put_file_name(&format->cell, table);
    if (format->cell.failed) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "memory is short");
        return TN_FATAL;
    }
    enum tn_severity severity = tn_out_open(out, sink, format->cell.data, error);
    state->opened++;
    if (severity != TN_OK)
        return severity;
    tn_csv_start(&format->row, &out->buf, format->row.excel);
    tn_table_columns(table, format->selection, put_name, &format->row);
    tn_csv_end_row(&format->row);
    return TN_OK;
}

static enum tn_severity begin(const struct tn_writer *self, void *state, const struct tn_write_options *options,
                              const struct tn_sink *sink, struct tn_error *error)
{
    struct tables_state *tables = state;
    tn_buf_init(&tables->rows, (size_t)1 << 30);
    if (format_begin(self, &tables->format, options))
        tables->outs = calloc(tables->format.count, sizeof *tables->outs);
    if (!tables->outs) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "memory is short");
        return TN_FATAL;
    }
    enum tn_severity severity = TN_OK;
    for (size_t i = 0; i < tables->format.count && severity == TN_OK; i++)
        severity = open_table(tables, &tables->format.tables[i], sink, error);
    return severity;
}

/* Rows. */

/* Begins a row with the columns that join: the trial's number, whose place is kept, and the positions of the entry and
 * of what it stands in. */
static void begin_row(struct tables_format *format, const struct tn_table *table, const size_t *positions, size_t count)
{
    const struct row_header header = {.table = (uint32_t)(table - format->tables)};
    format->row_at = format->row.out->len;
    tn_buf_add(format->row.out, (const char *)&header, sizeof header);
    format->row.cells = 1;
    format->row.start = SIZE_MAX; /* never an empty row */
    for (size_t i = 0; i < count; i++)
        tn_csv_count(&format->row, positions[i]);
}

static void end_row(struct tables_format *format)
{
    struct tn_buf *rows = format->row.out;
    tn_csv_end_row(&format->row);
    if (rows->failed)
        return;
    uint32_t len = (uint32_t)(rows->len - format->row_at - sizeof(struct row_header));
    memcpy(rows->data + format->row_at + offsetof(struct row_header, len), &len, sizeof len);
}

/* A list in a record that itself stands in a record has no file of its own. */
static void put_json(struct tables_format *format, const struct tn_record *entry, int member)
{
    tn_buf_reset(&format->cell);
    if (tn_states(entry, member, TN_ALL_MEMBERS))
        tn_json_value(&format->cell, entry, member, TN_ALL_MEMBERS);
    tn_csv_cell(&format->row, tn_str_slice(format->cell.data, format->cell.len));
    if (format->cell.failed)
        format->row.out->failed = true;
}

static void put_members(struct tables_format *format, const struct tn_table *table, const struct tn_record *entry)
{
    const struct tn_record_type *type = tn_record_type_of(entry);
    bool deep = table->member >= 0;
    tn_members members = deep ? TN_ALL_MEMBERS : tn_selection_members(format->selection, table->field);
    for (int m = 0; m < type->count; m++) {
        if (!tn_members_have(members, m))
            continue;
        if (!tn_kind_nests(type->fields[m].kind))
            tn_csv_scalar(&format->row, entry, m);
        else if (deep)
            put_json(format, entry, m);
    }
}

/* One row for each entry of the list `field` of `record`. `up` is the position of `record` in the list that it stands
 * in; not used where the list is the trial's own. */
static void put_rows(struct tables_format *format, const struct tn_table *table, const struct tn_record *record,
                     int field, size_t up)
{
    bool texts = tn_kind_is_texts(tn_record_type_of(record)->fields[field].kind);
    tn_members members = table->member < 0 ? tn_selection_members(format->selection, table->field) : TN_ALL_MEMBERS;
    size_t count = tn_states(record, field, members) ? tn_count(record, field) : 0;
    for (size_t i = 0; i < count; i++) {
        size_t positions[] = {up, i};
        bool nested = table->member >= 0;
        begin_row(format, table, nested ? positions : positions + 1, nested ? 2 : 1);
        if (texts)
            tn_csv_cell(&format->row, tn_text_at(record, field, i));
        else
            put_members(format, table, tn_record_at(record, field, i));
        end_row(format);
    }
}

/* A map of label and texts: one row for each text. */
static void put_map_rows(struct tables_format *format, const struct tn_table *table, const struct tn_record *trial, int texts)
{
    size_t count = tn_count(trial, table->field);
    for (size_t i = 0; i < count; i++) {
        const struct tn_record *entry = tn_record_at(trial, table->field, i);
        size_t values = tn_count(entry, texts);
        for (size_t j = 0; j < values; j++) {
            size_t positions[] = {i, j};
            begin_row(format, table, positions, 2);
            tn_csv_scalar(&format->row, entry, 0);
            tn_csv_cell(&format->row, tn_text_at(entry, texts, j));
            end_row(format);
        }
    }
}

static void put_trial_row(struct tables_format *format, const struct tn_table *table, const struct tn_record *trial)
{
    const struct tn_record_type *type = tn_record_type_of(trial);
    begin_row(format, table, NULL, 0);
    for (int i = 0; i < type->count; i++) {
        const struct tn_field *field = &type->fields[i];
        if (!tn_selected(format->selection, i, -1))
            continue;
        if (!tn_kind_nests(field->kind))
            tn_csv_scalar(&format->row, trial, i);
        for (int m = 0; field->kind == TN_RECORD_ONE && m < field->record->count; m++)
            if (tn_selected(format->selection, i, m) && !tn_kind_nests(field->record->fields[m].kind))
                tn_csv_scalar(&format->row, tn_record_at(trial, i, 0), m);
    }
    end_row(format);
}

static void put_table(struct tables_format *format, const struct tn_table *table, const struct tn_record *trial)
{
    if (table->field < 0) {
        put_trial_row(format, table, trial);
        return;
    }
    int map_texts = tn_table_texts(table);
    if (table->member >= 0) {
        size_t count = tn_count(trial, table->field);
        for (size_t i = 0; i < count; i++)
            put_rows(format, table, tn_record_at(trial, table->field, i), table->member, i);
    } else if (map_texts >= 0) {
        put_map_rows(format, table, trial, map_texts);
    } else {
        put_rows(format, table, trial, table->field, 0);
    }
}

static void format_trial(const struct tn_writer *self, void *state, const tn_trial *trial, struct tn_buf *bytes)
{
    struct tables_format *format = state;
    (void)self;
    format->row.out = bytes;
    for (size_t i = 0; i < format->count; i++)
        put_table(format, &format->tables[i], trial);
}

static enum tn_severity put_row(struct tables_state *state, const struct row_header *header, struct tn_str rest,
                                struct tn_error *error)
{
    struct tn_out *out = &state->outs[header->table];
    char digits[TN_NUMBER_MAX];
    tn_buf_add(&out->buf, digits, tn_integer_format(state->record_no, digits));
    return tn_out_put(out, tn_str_slice(rest.s, header->len), error);
}

static enum tn_severity put(const struct tn_writer *self, void *state, struct tn_str bytes, struct tn_error *error)
{
    struct tables_state *tables = state;
    enum tn_severity severity = TN_OK;
    (void)self;
    while (bytes.len && severity == TN_OK) {
        struct row_header header;
        memcpy(&header, bytes.s, sizeof header);
        bytes = tn_str_from(bytes, sizeof header);
        severity = put_row(tables, &header, bytes, error);
        bytes = tn_str_from(bytes, header.len);
    }
    tables->record_no++;
    return severity;
}

static enum tn_severity record(const struct tn_writer *self, void *state, const tn_trial *trial,
                               struct tn_error *error)
{
    struct tables_state *tables = state;
    tn_buf_reset(&tables->rows);
    format_trial(self, &tables->format, trial, &tables->rows);
    if (!tables->rows.failed)
        return put(self, state, tn_str_slice(tables->rows.data, tables->rows.len), error);
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "a record is too large to be written");
    return TN_FATAL;
}

static enum tn_severity end(const struct tn_writer *self, void *state, bool failed, struct tn_error *error)
{
    struct tables_state *tables = state;
    enum tn_severity severity = TN_OK;
    for (size_t i = 0; i < tables->opened; i++) {
        enum tn_severity now = tn_out_close(&tables->outs[i], failed || severity != TN_OK, error);
        severity = now > severity ? now : severity;
    }
    format_end(self, &tables->format);
    tn_buf_release(&tables->rows);
    free(tables->outs);
    tables->outs = NULL;
    tables->opened = 0;
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
    .format_size = sizeof(struct tables_format),
    .format_begin = format_begin,
    .format = format_trial,
    .format_end = format_end,
    .put = put,
};
