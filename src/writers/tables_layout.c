/* SPDX-License-Identifier: MIT */
#include "writers/tables_layout.h"

#include "writers/selection.h"

static const struct tn_record_type *const trial = &tn_type_trial;

static const struct tn_field *outer_field(const struct tn_table *table)
{
    return table->field < 0 ? NULL : &trial->fields[table->field];
}

const struct tn_field *tn_table_field(const struct tn_table *table)
{
    const struct tn_field *field = outer_field(table);
    return table->member < 0 ? field : &field->record->fields[table->member];
}

const struct tn_record_type *tn_table_type(const struct tn_table *table)
{
    const struct tn_field *field = tn_table_field(table);
    return field ? field->record : trial;
}

int tn_table_texts(const struct tn_table *table)
{
    return table->field < 0 || table->member >= 0 ? -1 : tn_map_texts(outer_field(table));
}

void tn_table_name(struct tn_buf *out, const struct tn_table *table)
{
    const struct tn_field *field = outer_field(table);
    const char *base = !field ? "trials" : table->member < 0 ? field->name : field->record->name;
    tn_buf_str(out, tn_str_of(base));
    if (table->member < 0)
        return;
    tn_buf_char(out, '_');
    tn_buf_str(out, tn_str_of(tn_table_field(table)->name));
}

const char *tn_table_meaning(const struct tn_table *table)
{
    const struct tn_field *field = tn_table_field(table);
    return field ? field->meaning : trial->meaning;
}

/* Tables. */

struct listing {
    struct tn_table *tables;
    size_t count;
};

static void list(struct listing *listing, int field, int member)
{
    if (listing->tables)
        listing->tables[listing->count] = (struct tn_table){.field = field, .member = member};
    listing->count++;
}

static void list_field(struct listing *listing, const struct tn_write_options *options, int at)
{
    const struct tn_field *field = &trial->fields[at];
    bool wanted = tn_kind_nests(field->kind) && tn_selected(options->selection, at, -1) &&
                  (field->record != &tn_type_origin || options->provenance);
    if (wanted && field->kind != TN_RECORD_ONE)
        list(listing, at, -1);
    bool nests = wanted && (field->kind == TN_RECORD_ONE || field->kind == TN_RECORD_LIST);
    for (int m = 0; nests && m < field->record->count; m++)
        if (tn_kind_nests(field->record->fields[m].kind) && tn_selected(options->selection, at, m))
            list(listing, at, m);
}

size_t tn_tables_list(const struct tn_write_options *options, struct tn_table *tables)
{
    struct listing listing = {.tables = tables};
    for (int i = 0; i < trial->count; i++)
        list_field(&listing, options, i);
    list(&listing, -1, -1);
    return listing.count;
}

/* Columns. */

struct columns {
    const struct tn_table *table;
    const struct tn_selection *selection;
    tn_column_fn *tell;
    void *context;
};

void tn_column_name(struct tn_buf *out, const struct tn_column *column)
{
    tn_buf_str(out, tn_str_of(column->name));
    if (!column->member)
        return;
    tn_buf_char(out, '_');
    tn_buf_str(out, tn_str_of(column->member));
}

static void tell(const struct columns *columns, struct tn_column column)
{
    columns->tell(columns->context, &column);
}

static void tell_field(const struct columns *columns, const struct tn_field *field)
{
    tell(columns, (struct tn_column){TN_COLUMN_FIELD, field->name, NULL, field, field->meaning});
}

static void tell_trial(const struct columns *columns)
{
    for (int i = 0; i < trial->count; i++) {
        const struct tn_field *field = &trial->fields[i];
        if (!tn_selected(columns->selection, i, -1))
            continue;
        if (!tn_kind_nests(field->kind))
            tell_field(columns, field);
        for (int m = 0; field->kind == TN_RECORD_ONE && m < field->record->count; m++) {
            const struct tn_field *member = &field->record->fields[m];
            if (tn_selected(columns->selection, i, m) && !tn_kind_nests(member->kind))
                tell(columns, (struct tn_column){TN_COLUMN_FIELD, field->name, member->name, member, member->meaning});
        }
    }
}

static void tell_members(const struct columns *columns)
{
    const struct tn_table *table = columns->table;
    const struct tn_record_type *type = tn_table_type(table);
    bool deep = table->member >= 0;
    tn_members members = deep ? TN_ALL_MEMBERS : tn_selection_members(columns->selection, table->field);
    for (int m = 0; m < type->count; m++)
        if (tn_members_have(members, m) && (deep || !tn_kind_nests(type->fields[m].kind)))
            tell_field(columns, &type->fields[m]);
}

static void tell_positions(const struct columns *columns)
{
    if (columns->table->member >= 0)
        tell(columns, (struct tn_column){TN_COLUMN_PARENT, outer_field(columns->table)->record->name, "position", NULL,
                                         "position of the record that it stands in"});
    tell(columns, (struct tn_column){TN_COLUMN_POSITION, "position", NULL, NULL, "position in the list, from 0"});
    if (tn_table_texts(columns->table) >= 0)
        tell(columns, (struct tn_column){TN_COLUMN_VALUE_POSITION, "value_position", NULL, NULL,
                                         "position among the values of the label, from 0"});
}

void tn_table_columns(const struct tn_table *table, const struct tn_selection *selection, tn_column_fn *give, void *context)
{
    const struct columns columns = {table, selection, give, context};
    const struct tn_record_type *type = tn_table_type(table);
    int texts = tn_table_texts(table);
    tell(&columns, (struct tn_column){TN_COLUMN_RECORD, "record_no", NULL, NULL, "number of the trial, from 0"});
    if (table->field < 0) {
        tell_trial(&columns);
        return;
    }
    tell_positions(&columns);
    if (type)
        tell_members(&columns);
    if (!type || texts >= 0) {
        const struct tn_field *field = type ? &type->fields[texts] : tn_table_field(table);
        tell(&columns, (struct tn_column){TN_COLUMN_TEXT, "value", NULL, field, field->meaning});
    }
}
