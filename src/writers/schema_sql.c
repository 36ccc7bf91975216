/* SPDX-License-Identifier: MIT */
/* CREATE TABLE statements of the tables, from the field table, in the dialects of schema_sql_dialects.c. */
#include "writers/schema_sql.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "writers/out.h"
#include "writers/tables_layout.h"

/* Columns of ours that some engine takes only in quotation marks. */
static const char *const quoted[] = {"offset"};

enum { KEY_COLUMNS = 4 };

struct sql {
    struct tn_buf *out;
    const struct tn_sql_dialect *dialect;
    const struct tn_write_options *options;
    const struct tn_table *table;
    const struct tn_column *column;
    enum tn_sql_type type;       /* of the column, or of what is generated from it */
    const struct day *day;       /* which is generated; NULL: none */
    struct tn_column key[KEY_COLUMNS];
    size_t key_count;
    size_t items;                /* of the list that is written, so far */
    const char *list;            /* what is written of each of its columns: a pattern */
    void (*define)(struct sql *sql); /* writes the column that is defined */
    const char *said;            /* meaning of the last column that was defined, which is yet to be said; NULL: none */
    const struct day *said_day;  /* ... and its day */
};

/* What is worked out from a date. */
struct day {
    const char *suffix;
    const char *meaning; /* behind that of the date */
    size_t expression;   /* offset of the dialect's */
};
static const struct day days[] = {
    {"_from", ": the first day that it can be", offsetof(struct tn_sql_dialect, first)},
    {"_to", ": the last day that it can be", offsetof(struct tn_sql_dialect, last)},
};

static void expand(struct sql *sql, const char *pattern);

static void put(struct sql *sql, const char *text)
{
    tn_buf_str(sql->out, tn_str_of(text));
}

static void put_column_name(struct sql *sql, const struct tn_column *column)
{
    bool quotes = false;
    for (size_t i = 0; i < sizeof quoted / sizeof quoted[0] && sql->dialect->quotes && !column->member; i++)
        quotes = quotes || strcmp(column->name, quoted[i]) == 0;
    put(sql, quotes ? "\"" : "");
    tn_column_name(sql->out, column);
    put(sql, quotes ? "\"" : "");
}

static void put_defined(struct sql *sql)
{
    if (!sql->day) {
        put_column_name(sql, sql->column);
        return;
    }
    tn_column_name(sql->out, sql->column);
    put(sql, sql->day->suffix);
}

static void put_expression(struct sql *sql)
{
    const char *expression;
    memcpy(&expression, (const char *)sql->dialect + sql->day->expression, sizeof expression);
    expand(sql, expression);
}

/* A quotation mark in it twice. */
static void put_meaning(struct sql *sql)
{
    put(sql, "'");
    for (const char *at = sql->column ? sql->column->meaning : tn_table_meaning(sql->table); *at; at++)
        put(sql, *at == '\'' ? "''" : (char[]){*at, '\0'});
    put(sql, sql->day ? sql->day->meaning : "");
    put(sql, "'");
}

/* The first `count` columns of the key. */
static void put_key(struct sql *sql, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put(sql, i ? ", " : "");
        put_column_name(sql, &sql->key[i]);
    }
}

/* Whether the rows stand in a record of a list, which has a row of its own; else they belong to the trial. */
static bool in_list(const struct tn_table *table)
{
    return table->member >= 0 && tn_type_trial.fields[table->field].kind == TN_RECORD_LIST;
}

static void put_parent(struct sql *sql)
{
    const struct tn_table parent = {.field = in_list(sql->table) ? sql->table->field : -1, .member = -1};
    tn_table_name(sql->out, &parent);
}

static void put_parent_key(struct sql *sql)
{
    static const struct tn_column position = {.role = TN_COLUMN_POSITION, .name = "position"};
    put_key(sql, 1);
    if (!in_list(sql->table))
        return;
    put(sql, ", ");
    put_column_name(sql, &position);
}

/* Types. */

static enum tn_sql_type type_of(const struct tn_column *column)
{
    if (tn_column_is_key(column))
        return TN_SQL_KEY;
    switch (column->field->kind) {
    case TN_INT: return TN_SQL_INTEGER;
    case TN_NUMBER: return TN_SQL_NUMBER;
    case TN_BOOL: return TN_SQL_BOOLEAN;
    case TN_TEXT:
    case TN_ENUM:
    case TN_DATE:
    case TN_TEXT_LIST:
    case TN_ENUM_LIST:
    case TN_RECORD_ONE:
    case TN_RECORD_LIST:
    case TN_MAP: break;
    }
    return TN_SQL_TEXT;
}

/* Lists of columns. */

static void put_listed(void *context, const struct tn_column *column)
{
    struct sql *sql = context;
    sql->column = column;
    sql->type = type_of(column);
    put(sql, sql->items++ ? ", " : "");
    expand(sql, sql->list ? sql->list : sql->dialect->types[sql->type].value);
}

/* `pattern` for each column; NULL: the values of its type. */
static void put_list(struct sql *sql, const char *pattern)
{
    sql->list = pattern;
    sql->items = 0;
    tn_table_columns(sql->table, sql->options->selection, put_listed, sql);
}

/* Patterns (schema_sql.h). Those that stand in others do not stand in themselves. */

static void put_part(struct sql *sql, char part)
{
    switch (part) {
    case 'n': put_column_name(sql, sql->column); break;
    case 't': tn_table_name(sql->out, sql->table); break;
    case 'f':
        tn_table_name(sql->out, sql->table);
        put(sql, ".csv");
        break;
    case 'd': put_defined(sql); break;
    case 'y': put(sql, sql->dialect->types[sql->type].name); break;
    case 'e': put_expression(sql); break;
    case 'k': put_key(sql, sql->key_count); break;
    case 'o': put_key(sql, in_list(sql->table) ? 2 : 1); break;
    case 'p': put_parent(sql); break;
    case 'q': put_parent_key(sql); break;
    case 'm': put_meaning(sql); break;
    case 'c': put_list(sql, "%n"); break;
    case 'v': put_list(sql, NULL); break;
    case 's': put_list(sql, sql->dialect->staged); break;
    default: break;
    }
}

static void expand(struct sql *sql, const char *pattern)
{
    for (const char *at = pattern; *at; at++) {
        if (*at != '%')
            tn_buf_char(sql->out, *at);
        else
            put_part(sql, *++at);
    }
}

/* One table. */

static void end_line(struct sql *sql)
{
    if (sql->said && sql->dialect->comments == TN_SQL_COMMENT_LINES) {
        put(sql, " -- ");
        put(sql, sql->said);
        put(sql, sql->said_day ? sql->said_day->meaning : "");
    }
    sql->said = NULL;
}

/* The next line of a CREATE TABLE. */
static void begin_line(struct sql *sql)
{
    put(sql, sql->items++ ? "," : "");
    end_line(sql);
    put(sql, "\n    ");
}

static void put_definition(struct sql *sql)
{
    begin_line(sql);
    expand(sql, sql->day ? sql->dialect->generated : "%d %y");
    if (sql->dialect->comments == TN_SQL_COMMENT_CLAUSES)
        expand(sql, " COMMENT %m");
    sql->said = sql->column->meaning;
    sql->said_day = sql->day;
}

static void put_comment(struct sql *sql)
{
    expand(sql, "COMMENT ON COLUMN %t.%d IS %m;\n");
}

static void define_column(void *context, const struct tn_column *column)
{
    struct sql *sql = context;
    sql->column = column;
    sql->type = type_of(column);
    sql->define(sql);
    for (size_t i = 0; column->field && column->field->kind == TN_DATE && i < sizeof days / sizeof days[0]; i++) {
        sql->type = TN_SQL_DAY;
        sql->day = &days[i];
        sql->define(sql);
    }
    sql->day = NULL;
}

static void define_columns(struct sql *sql, void (*define)(struct sql *sql))
{
    sql->items = 0;
    sql->define = define;
    tn_table_columns(sql->table, sql->options->selection, define_column, sql);
    sql->column = NULL;
}

static void find_key(void *context, const struct tn_column *column)
{
    struct sql *sql = context;
    if (tn_column_is_key(column) && sql->key_count < KEY_COLUMNS)
        sql->key[sql->key_count++] = *column;
}

static void put_table(struct sql *sql)
{
    sql->key_count = 0;
    tn_table_columns(sql->table, sql->options->selection, find_key, sql);
    put(sql, "\n-- ");
    put(sql, tn_table_meaning(sql->table));
    expand(sql, "\nCREATE TABLE %t (");
    define_columns(sql, put_definition);
    const char *const keys[] = {sql->dialect->key, sql->table->field < 0 ? NULL : sql->dialect->foreign_key};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i]) {
            begin_line(sql);
            expand(sql, keys[i]);
        }
    end_line(sql);
    expand(sql, sql->dialect->close);
    if (sql->dialect->comments != TN_SQL_COMMENT_STATEMENTS)
        return;
    expand(sql, "COMMENT ON TABLE %t IS %m;\n");
    define_columns(sql, put_comment);
}

/* All of them, trials first: rows of the others point to its rows. */

static void put_tables(struct sql *sql, const struct tn_table *tables, size_t count)
{
    put(sql, "-- The tables that trialnorm -t tables writes (trialnorm/1), for ");
    put(sql, sql->dialect->name);
    put(sql, ".\n-- A date is 2024, 2024-05 or 2024-05-17, as exact as its source; behind it stand the first and the last day that it can be.\n");
    for (size_t i = 0; i < count; i++) {
        sql->table = &tables[(i + count - 1) % count];
        put_table(sql);
    }
    put(sql, "\n");
    put(sql, sql->dialect->how);
    for (size_t i = 0; i < count; i++) {
        sql->table = &tables[(i + count - 1) % count];
        expand(sql, sql->dialect->load);
    }
}

const struct tn_sql_dialect *tn_sql_dialect_find(const char *name)
{
    const struct tn_sql_dialect *dialect = tn_sql_dialect_table;
    while (dialect->name && strcmp(dialect->name, name) != 0)
        dialect++;
    return dialect->name ? dialect : NULL;
}

const char *tn_sql_dialect(size_t i)
{
    return tn_sql_dialect_table[i].name;
}

enum tn_severity tn_write_schema_sql(const char *dialect, const struct tn_write_options *options, const struct tn_sink *sink,
                                     struct tn_error *error)
{
    struct tn_out out;
    struct sql sql = {.out = &out.buf, .dialect = tn_sql_dialect_find(dialect), .options = options};
    if (!sql.dialect) {
        tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "no dialect of SQL is named '%s'", dialect);
        return TN_FATAL;
    }
    size_t count = tn_tables_list(options, NULL);
    struct tn_table *tables = calloc(count, sizeof *tables);
    if (!tables) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "memory is short");
        return TN_FATAL;
    }
    tn_tables_list(options, tables);
    enum tn_severity severity = tn_out_open(&out, sink, NULL, error);
    if (severity == TN_OK)
        put_tables(&sql, tables, count);
    free(tables);
    enum tn_severity closed = tn_out_close(&out, severity != TN_OK, error);
    return closed > severity ? closed : severity;
}
