/* SPDX-License-Identifier: MIT */
/* One row a trial. Lists are joined with `|` inside a cell. */
#include <stdlib.h>

#include "writers/csv_row.h"
#include "writers/json_text.h"
#include "writers/out.h"
#include "writers/writers.h"

struct column {
    int field;
    int member; /* of the field's records; -1 for the whole field */
};

struct csv_format {
    struct tn_csv_row row;
    struct tn_buf cell;  /* a cell that is put together */
    struct tn_buf part;  /* JSON inside such a cell */
    const struct tn_selection *selection;
    struct column *columns;
    size_t count;
};

struct csv_state {
    struct tn_out out;
    struct csv_format format; /* of `record` */
};

/* What is one JSON cell: maps, whose labels are the source's, and warnings, which are about a row and no part of it. */
static bool is_json_cell(const struct tn_field *field)
{
    return field->kind == TN_MAP || field->record == &tn_type_warning;
}

static int column_count(const struct tn_field *field)
{
    return field->record && !is_json_cell(field) ? field->record->count : 1;
}

static bool make_columns(struct csv_format *csv, bool provenance)
{
    const struct tn_record_type *type = &tn_type_trial;
    size_t most = 0;
    for (int i = 0; i < type->count; i++)
        most += (size_t)column_count(&type->fields[i]);
    csv->columns = malloc(most * sizeof *csv->columns);
    for (int i = 0; csv->columns && i < type->count; i++) {
        const struct tn_field *field = &type->fields[i];
        if (!tn_selected(csv->selection, i, -1) || (field->record == &tn_type_origin && !provenance))
            continue;
        if (!field->record || is_json_cell(field)) {
            csv->columns[csv->count++] = (struct column){i, -1};
            continue;
        }
        for (int m = 0; m < field->record->count; m++)
            if (tn_selected(csv->selection, i, m))
                csv->columns[csv->count++] = (struct column){i, m};
    }
    return csv->columns != NULL;
}

static bool format_begin(const struct tn_writer *self, void *format, const struct tn_write_options *options)
{
    struct csv_format *csv = format;
    (void)self;
    csv->selection = options->selection;
    csv->row.excel = options->excel;
    tn_buf_init(&csv->cell, (size_t)1 << 30);
    tn_buf_init(&csv->part, (size_t)1 << 30);
    return make_columns(csv, options->provenance);
}

static void format_end(const struct tn_writer *self, void *format)
{
    struct csv_format *csv = format;
    (void)self;
    tn_buf_release(&csv->cell);
    tn_buf_release(&csv->part);
    free(csv->columns);
    csv->columns = NULL;
}

static enum tn_severity begin(const struct tn_writer *self, void *state, const struct tn_write_options *options,
                              const struct tn_sink *sink, struct tn_error *error)
{
    struct csv_state *writer = state;
    struct csv_format *csv = &writer->format;
    enum tn_severity severity = tn_out_open(&writer->out, sink, NULL, error);
    if (severity != TN_OK)
        return severity;
    if (!format_begin(self, csv, options)) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "memory is short");
        return TN_FATAL;
    }
    tn_csv_start(&csv->row, &writer->out.buf, options->excel);
    for (size_t i = 0; i < csv->count; i++) {
        const struct tn_field *field = &tn_type_trial.fields[csv->columns[i].field];
        int member = csv->columns[i].member;
        tn_csv_name(&csv->row, field->name, member < 0 ? NULL : field->record->fields[member].name);
    }
    tn_csv_end_row(&csv->row);
    return TN_OK;
}

/* A part of a joined cell: `\` before `|` and `\`. */
static void join(struct tn_buf *cell, struct tn_str part)
{
    size_t done = 0;
    for (size_t i = 0; i < part.len; i++) {
        if (part.s[i] != '|' && part.s[i] != '\\')
            continue;
        tn_buf_add(cell, part.s + done, i - done);
        tn_buf_char(cell, '\\');
        done = i;
    }
    if (part.len)
        tn_buf_add(cell, part.s + done, part.len - done);
}

/* The value of one record's member: as it stands, or a nested list as JSON. Good until the next call. */
static struct tn_str member_text(struct csv_format *csv, const struct tn_record *record, int member, char *digits)
{
    if (!tn_states(record, member, TN_ALL_MEMBERS))
        return (struct tn_str){NULL, 0};
    if (!tn_kind_nests(tn_record_type_of(record)->fields[member].kind))
        return tn_value_text(record, member, digits);
    tn_buf_reset(&csv->part);
    tn_json_value(&csv->part, record, member, TN_ALL_MEMBERS);
    return tn_str_slice(csv->part.data, csv->part.len);
}

static void join_texts(struct csv_format *csv, const struct tn_record *trial, int field)
{
    size_t count = tn_count(trial, field);
    for (size_t i = 0; i < count; i++) {
        if (i)
            tn_buf_char(&csv->cell, '|');
        join(&csv->cell, tn_text_at(trial, field, i));
    }
}

/* A member that every entry lacks is an empty cell, without bars. */
static void join_member(struct csv_format *csv, const struct tn_record *trial, const struct column *column)
{
    char digits[TN_VALUE_MAX];
    bool some = false;
    size_t count = tn_count(trial, column->field);
    for (size_t i = 0; i < count; i++) {
        struct tn_str part = member_text(csv, tn_record_at(trial, column->field, i), column->member, digits);
        some = some || part.len;
        if (i)
            tn_buf_char(&csv->cell, '|');
        join(&csv->cell, part);
    }
    if (!some)
        tn_buf_reset(&csv->cell);
}

static void put_cell(struct csv_format *csv, const struct tn_record *trial, const struct column *column)
{
    const struct tn_field *field = &tn_record_type_of(trial)->fields[column->field];
    char digits[TN_VALUE_MAX];
    if (!tn_kind_nests(field->kind)) {
        tn_csv_scalar(&csv->row, trial, column->field);
        return;
    }
    if (field->kind == TN_RECORD_ONE && column->member >= 0) {
        const struct tn_record *record = tn_record_at(trial, column->field, 0);
        tn_csv_cell(&csv->row, record ? member_text(csv, record, column->member, digits) : (struct tn_str){NULL, 0});
        return;
    }
    tn_buf_reset(&csv->cell);
    if (column->member >= 0)
        join_member(csv, trial, column);
    else if (tn_kind_is_texts(field->kind))
        join_texts(csv, trial, column->field);
    else {
        tn_members members = tn_selection_members(csv->selection, column->field);
        if (tn_states(trial, column->field, members))
            tn_json_value(&csv->cell, trial, column->field, members);
    }
    tn_csv_cell(&csv->row, tn_str_slice(csv->cell.data, csv->cell.len));
}

static void format(const struct tn_writer *self, void *format, const tn_trial *trial, struct tn_buf *bytes)
{
    struct csv_format *csv = format;
    (void)self;
    csv->row.out = bytes;
    csv->row.start = bytes->len;
    for (size_t i = 0; i < csv->count; i++) {
        put_cell(csv, trial, &csv->columns[i]);
        if (csv->cell.failed || csv->part.failed)
            bytes->failed = true;
    }
    tn_csv_end_row(&csv->row);
}

static enum tn_severity record(const struct tn_writer *self, void *state, const tn_trial *trial,
                               struct tn_error *error)
{
    struct csv_state *csv = state;
    format(self, &csv->format, trial, &csv->out.buf);
    return tn_out_record_end(&csv->out, error);
}

static enum tn_severity put(const struct tn_writer *self, void *state, struct tn_str bytes, struct tn_error *error)
{
    (void)self;
    return tn_out_put(&((struct csv_state *)state)->out, bytes, error);
}

static enum tn_severity end(const struct tn_writer *self, void *state, bool failed, struct tn_error *error)
{
    struct csv_state *csv = state;
    format_end(self, &csv->format);
    return tn_out_close(&csv->out, failed, error);
}

static const char *const extensions[] = {".csv", NULL};

const struct tn_writer tn_writer_csv = {
    .name = "csv",
    .description = "one CSV file, one row a trial, lists joined with '|'",
    .extensions = extensions,
    .state_size = sizeof(struct csv_state),
    .begin = begin,
    .record = record,
    .end = end,
    .format_size = sizeof(struct csv_format),
    .format_begin = format_begin,
    .format = format,
    .format_end = format_end,
    .put = put,
    .runs = true,
};
