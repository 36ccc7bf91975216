/* SPDX-License-Identifier: MIT */
#include "cli/dataset.h"

#include "dataset/source.h"

enum { NAME_MAX_BYTES = 1 << 24 };

static int check_operands(const struct cli_settings *settings, int operands)
{
    const char *command = settings->command->name;
    if (settings->operand_count > operands && operands)
        cli_say("'%s' takes one operand: '%s'", command, settings->operands[operands]);
    else if (settings->operand_count > operands)
        cli_say("'%s' takes no operand: '%s'", command, settings->operands[0]);
    else if (settings->operand_count < operands)
        cli_say("'%s' wants the identifier of a trial", command);
    else if (!settings->database)
        cli_say("'%s' wants a dataset: --db FILE", command);
    else
        return CLI_DONE;
    return CLI_USAGE;
}

int cli_dataset_failed(const struct tn_dataset *dataset, const struct tn_error *error)
{
    cli_say("%s: %s", tn_dataset_path(dataset), error->message);
    return CLI_IO;
}

struct tn_dataset *cli_dataset_open(const struct cli_settings *settings, int operands, int *code)
{
    struct tn_error error;
    *code = check_operands(settings, operands);
    if (*code != CLI_DONE)
        return NULL;
    struct tn_dataset *dataset = tn_dataset_open(settings->database, &error);
    if (dataset)
        return dataset;
    cli_say("%s: %s", settings->database, error.message);
    *code = CLI_IO;
    return NULL;
}

struct cli_cell cli_column_cell(sqlite3_stmt *statement, int column, enum cli_column_kind kind)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return cli_integer(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT: return cli_number(sqlite3_column_double(statement, column));
    case SQLITE_NULL: return cli_absent();
    default: break;
    }
    struct tn_str text = tn_column_text(statement, column);
    return kind == CLI_COLUMN_JSON ? cli_json(text) : cli_text(text);
}

struct tn_str cli_column_source(sqlite3_stmt *statement, int column, struct tn_buf *name)
{
    const struct tn_source_record record = tn_source_columns(statement, column);
    tn_buf_reset(name);
    tn_source_name(name, &record);
    return name->len && !name->failed ? tn_str_slice(name->data, name->len) : (struct tn_str){NULL, 0};
}

/* One row. `names` has a buffer for each source of a row. */
static bool list_row(struct cli_rows *rows, const struct cli_query *query, sqlite3_stmt *statement, struct tn_buf *names)
{
    enum { OF_SOURCE = 5 };
    struct cli_cell cells[CLI_COLUMNS_MAX];
    int column = 0;
    for (size_t i = 0; i < query->count; i++) {
        if (query->columns[i].kind == CLI_COLUMN_SOURCE) {
            cells[i] = cli_text(cli_column_source(statement, column, &names[i]));
            column += OF_SOURCE;
        } else {
            cells[i] = cli_column_cell(statement, column++, query->columns[i].kind);
        }
    }
    return cli_row(rows, cells);
}

static int list_rows(struct cli_rows *rows, const struct cli_query *query, const struct tn_dataset *dataset)
{
    struct tn_error error;
    struct tn_buf names[CLI_COLUMNS_MAX];
    sqlite3_stmt *statement = tn_dataset_prepare(dataset, query->sql, &error);
    int result = statement ? SQLITE_ROW : SQLITE_ERROR;
    for (size_t i = 0; i < query->count; i++)
        tn_buf_init(&names[i], NAME_MAX_BYTES);
    while (result == SQLITE_ROW && (result = tn_dataset_step(dataset, statement, &error)) == SQLITE_ROW)
        if (!list_row(rows, query, statement, names))
            result = SQLITE_DONE;
    sqlite3_finalize(statement);
    for (size_t i = 0; i < query->count; i++)
        tn_buf_release(&names[i]);
    return result == SQLITE_ERROR ? cli_dataset_failed(dataset, &error) : CLI_DONE;
}

int cli_dataset_list(const struct cli_settings *settings, const struct cli_query *query)
{
    int code;
    const char *names[CLI_COLUMNS_MAX];
    struct cli_rows rows;
    struct tn_dataset *dataset = cli_dataset_open(settings, 0, &code);
    if (!dataset)
        return code;
    for (size_t i = 0; i < query->count; i++)
        names[i] = query->columns[i].name;
    cli_rows_begin(&rows, settings, names, query->count, query->line, query->context);
    code = list_rows(&rows, query, dataset);
    tn_dataset_close(dataset);
    return cli_rows_end(&rows, code);
}
