/* SPDX-License-Identifier: MIT */
/* What the tables of the tables writer are called and which columns they have: for the writer, for SQL that makes such tables
 * (schema_sql.c), and for the views of a dataset. */
#ifndef TN_WRITERS_TABLES_LAYOUT_H
#define TN_WRITERS_TABLES_LAYOUT_H

#include "core/buf.h"
#include "trialnorm/writer.h"

struct tn_table {
    int field;  /* list of the trial; -1: the trials themselves */
    int member; /* list in the field's records; -1: the field's own entries */
};

/* The tables that the field table and the options ask for, lists before what stands in their records, trials last. With
 * `tables` NULL they are only counted. */
size_t tn_tables_list(const struct tn_write_options *options, struct tn_table *tables);

/* The field that the table's rows are entries of; NULL of the trials. */
const struct tn_field *tn_table_field(const struct tn_table *table);

/* The record type that the table's rows show; NULL where they show texts. */
const struct tn_record_type *tn_table_type(const struct tn_table *table);

/* For the table of a map of labels and texts, which has a row for each text: the texts' index in the entries; else -1. */
int tn_table_texts(const struct tn_table *table);

/* Appends its name: "trials", "conditions", "location_contacts". */
void tn_table_name(struct tn_buf *out, const struct tn_table *table);

/* One line: what a row of it is. */
const char *tn_table_meaning(const struct tn_table *table);

enum tn_column_role {
    TN_COLUMN_RECORD,         /* record_no: the trial's number, from 0 */
    TN_COLUMN_PARENT,         /* location_position: where the record with the list stands in its own list */
    TN_COLUMN_POSITION,       /* position: of the entry in its list, from 0 */
    TN_COLUMN_VALUE_POSITION, /* value_position: of one of the texts of a label */
    TN_COLUMN_TEXT,           /* value: the entry of a list of texts */
    TN_COLUMN_FIELD           /* a field of the table's records */
};

struct tn_column {
    enum tn_column_role role;
    const char *name, *member;    /* the column is `name`, or `name_member` where member is not NULL */
    const struct tn_field *field; /* what it shows; NULL of numbers and positions. A list in it is JSON */
    const char *meaning;
};

/* True for the columns that number rows: they have a value in every row. */
static inline bool tn_column_is_key(const struct tn_column *column)
{
    return column->role <= TN_COLUMN_VALUE_POSITION;
}

/* Appends its name. */
void tn_column_name(struct tn_buf *out, const struct tn_column *column);

/* Gives the columns of a table in their order. */
typedef void tn_column_fn(void *context, const struct tn_column *column);
void tn_table_columns(const struct tn_table *table, const struct tn_selection *selection, tn_column_fn *tell, void *context);

#endif
