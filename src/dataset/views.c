/* SPDX-License-Identifier: MIT */
#include "dataset/views.h"

#include <stdlib.h>
#include <string.h>

#include "core/arena.h"
#include "core/buf.h"
#include "writers/schema_sql.h"
#include "writers/selection.h"
#include "writers/tables_layout.h"

/* What the views that we made have behind their name. */
#define OURS "/* made by trialnorm */"

enum { TEXT_MAX = 1 << 20 };

static const struct tn_write_options options = {.provenance = false};

struct view {
    const char *name;
    const char *sql;
    bool there;
};

struct views {
    sqlite3 *database;
    struct tn_arena arena;
    struct view *views;
    size_t count;
    struct tn_buf text;
    const struct tn_sql_dialect *dialect;
};

/* One table as it is written. */
struct writing {
    struct tn_buf *out;
    const struct tn_sql_dialect *dialect;
    const struct tn_table *table;
    const char *from; /* the JSON that its fields stand in */
    size_t columns;
};

static void put(struct tn_buf *out, const char *text)
{
    tn_buf_str(out, tn_str_of(text));
}

/* Columns. */

static const char *cast_of(const struct tn_field *field)
{
    return field->kind == TN_INT || field->kind == TN_BOOL ? "INTEGER" : field->kind == TN_NUMBER ? "REAL" : "TEXT";
}

static void put_field(struct writing *writing, const struct tn_column *column)
{
    put(writing->out, "CAST(json_extract(");
    put(writing->out, writing->from);
    put(writing->out, ", '$.");
    put(writing->out, column->name);
    put(writing->out, column->member ? "." : "");
    put(writing->out, column->member ? column->member : "");
    put(writing->out, "') AS ");
    put(writing->out, cast_of(column->field));
    put(writing->out, ")");
}

/* A pattern of the dialect with %n for the date. */
static void put_day(struct writing *writing, const struct tn_column *column, const char *pattern)
{
    for (const char *at = pattern; *at; at++) {
        if (*at != '%')
            tn_buf_char(writing->out, *at);
        else if (*++at == 'n')
            put_field(writing, column);
    }
}

static void put_alias(struct writing *writing, const struct tn_column *column, const char *suffix)
{
    put(writing->out, " AS \"");
    tn_column_name(writing->out, column);
    put(writing->out, suffix);
    put(writing->out, "\"");
}

static bool is_map(const struct tn_table *table)
{
    return tn_table_texts(table) >= 0;
}

static void put_value(struct writing *writing, const struct tn_column *column)
{
    static const char *const keys[] = {
        [TN_COLUMN_RECORD] = "trial_json.record_no",
        [TN_COLUMN_PARENT] = "up.key",
        [TN_COLUMN_POSITION] = "entry.key",
        [TN_COLUMN_VALUE_POSITION] = "item.key",
    };
    bool map = is_map(writing->table);
    if (column->role == TN_COLUMN_POSITION && map)
        /* A member of an object has a name and no number. */
        put(writing->out, "dense_rank() OVER (PARTITION BY trial_json.record_no ORDER BY entry.id) - 1");
    else if (tn_column_is_key(column))
        put(writing->out, keys[column->role]);
    else if (column->role == TN_COLUMN_TEXT)
        put(writing->out, map ? "item.value" : "entry.value");
    else if (map)
        put(writing->out, "entry.key");
    else
        put_field(writing, column);
}

static void put_column(void *context, const struct tn_column *column)
{
    struct writing *writing = context;
    put(writing->out, writing->columns++ ? ",\n " : "\n ");
    put_value(writing, column);
    put_alias(writing, column, "");
    if (!column->field || column->field->kind != TN_DATE)
        return;
    put(writing->out, ",\n ");
    put_day(writing, column, writing->dialect->first);
    put_alias(writing, column, "_from");
    put(writing->out, ",\n ");
    put_day(writing, column, writing->dialect->last);
    put_alias(writing, column, "_to");
}

/* Where the rows come from. */

static void put_each(struct writing *writing, const char *in, const char *field, const char *member, const char *as)
{
    put(writing->out, ", json_each(");
    put(writing->out, in);
    put(writing->out, ", '$.");
    put(writing->out, field);
    put(writing->out, member ? "." : "");
    put(writing->out, member ? member : "");
    put(writing->out, "') AS ");
    put(writing->out, as);
}

static void put_sources(struct writing *writing)
{
    const struct tn_table *table = writing->table;
    put(writing->out, "\nFROM trial_json");
    if (table->field < 0)
        return;
    const struct tn_field *field = &tn_type_trial.fields[table->field];
    if (table->member < 0) {
        put_each(writing, "trial_json.json", field->name, NULL, "entry");
    } else if (field->kind == TN_RECORD_LIST) {
        put_each(writing, "trial_json.json", field->name, NULL, "up");
        put_each(writing, "up.value", tn_table_field(table)->name, NULL, "entry");
    } else {
        put_each(writing, "trial_json.json", field->name, tn_table_field(table)->name, "entry");
    }
    if (is_map(table)) /* one text, or a list of them */
        put(writing->out, ", json_each(CASE entry.type WHEN 'array' THEN entry.value ELSE json_array(entry.value) END) AS item");
}

/* The view's text, NUL behind it. */
static void write_view(struct views *views, const struct tn_table *table)
{
    struct writing writing = {&views->text, views->dialect, table, table->field < 0 ? "trial_json.json" : "entry.value", 0};
    tn_buf_reset(&views->text);
    put(&views->text, "CREATE VIEW ");
    tn_table_name(&views->text, table);
    put(&views->text, " " OURS " AS SELECT");
    tn_table_columns(table, NULL, put_column, &writing);
    put_sources(&writing);
    tn_buf_terminate(&views->text);
}

/* The list of views. */

static const char trial_json[] =
    "CREATE VIEW trial_json " OURS " AS SELECT trial.trial AS record_no, coalesce(trial.json, record.json) AS json\n"
    "FROM trial LEFT JOIN record ON record.record = trial.sole WHERE trial.joined IS NULL AND trial.gone_run IS NULL";

static bool add_view(struct views *views, const char *name, const char *sql)
{
    struct view *view = &views->views[views->count];
    *view = (struct view){.name = tn_str_copy(&views->arena, tn_str_of(name)).s, .sql = tn_str_copy(&views->arena, tn_str_of(sql)).s};
    views->count++;
    return view->name && view->sql;
}

static bool add_table(struct views *views, const struct tn_table *table)
{
    struct tn_buf name;
    tn_buf_init(&name, TEXT_MAX);
    tn_table_name(&name, table);
    write_view(views, table);
    bool good = tn_buf_terminate(&name) && !views->text.failed && add_view(views, name.data, views->text.data);
    tn_buf_release(&name);
    return good;
}

static bool list_views(struct views *views)
{
    size_t count = tn_tables_list(&options, NULL);
    struct tn_table *tables = calloc(count, sizeof *tables);
    views->views = calloc(count + 1, sizeof *views->views);
    bool good = tables && views->views && add_view(views, "trial_json", trial_json);
    if (good)
        tn_tables_list(&options, tables);
    for (size_t i = 0; i < count && good; i++)
        good = add_table(views, &tables[i]);
    free(tables);
    return good;
}

/* What the file has. */

static bool fail(struct views *views, struct tn_error *error)
{
    int code = sqlite3_errcode(views->database);
    tn_error_set(error, TN_FATAL, code == SQLITE_NOMEM ? TN_NO_MEMORY : TN_IO, NULL, "%s", sqlite3_errmsg(views->database));
    return false;
}

static bool out_of_memory(struct tn_error *error)
{
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return false;
}

static bool run(struct views *views, const char *sql, struct tn_error *error)
{
    return sqlite3_exec(views->database, sql, NULL, NULL, NULL) == SQLITE_OK || fail(views, error);
}

static struct view *find_view(struct views *views, const char *name)
{
    for (size_t i = 0; i < views->count; i++)
        if (sqlite3_stricmp(views->views[i].name, name) == 0)
            return &views->views[i];
    return NULL;
}

static bool is_ours(const char *sql)
{
    return sql && strstr(sql, " " OURS " AS SELECT") != NULL;
}

/* Drops a view that we made and that is not as it should be. The name, which stands in the file, is quoted. */
static bool drop(struct views *views, const char *name, struct tn_error *error)
{
    char *sql = sqlite3_mprintf("DROP VIEW \"%w\"", name);
    bool good = sql ? run(views, sql, error) : out_of_memory(error);
    sqlite3_free(sql);
    return good;
}

/* The first view that is to be dropped, in the arena, or NULL; notes which of ours need not be made. False with *error. */
static bool look(struct views *views, const char **stray, struct tn_error *error)
{
    static const char query[] = "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('table', 'view', 'index')";
    sqlite3_stmt *statement = NULL;
    *stray = NULL;
    int code = sqlite3_prepare_v2(views->database, query, -1, &statement, NULL);
    while (code == SQLITE_OK && !*stray && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *type = (const char *)sqlite3_column_text(statement, 0);
        const char *name = (const char *)sqlite3_column_text(statement, 1);
        const char *sql = (const char *)sqlite3_column_text(statement, 2);
        struct view *view = name ? find_view(views, name) : NULL;
        bool made = type && strcmp(type, "view") == 0 && is_ours(sql);
        if (view && (!made || strcmp(view->sql, sql) == 0))
            view->there = true;
        else if (made)
            *stray = tn_str_copy(&views->arena, tn_str_of(name)).s;
        code = SQLITE_OK;
    }
    bool good = code == SQLITE_OK || code == SQLITE_DONE || fail(views, error);
    sqlite3_finalize(statement);
    return good && (!views->arena.failed || out_of_memory(error));
}

static bool make(struct views *views, struct tn_error *error)
{
    const char *stray;
    do {
        if (!look(views, &stray, error) || (stray && !drop(views, stray, error)))
            return false;
    } while (stray);
    for (size_t i = 0; i < views->count; i++)
        if (!views->views[i].there && !run(views, views->views[i].sql, error))
            return false;
    return true;
}

bool tn_dataset_make_views(sqlite3 *database, struct tn_error *error)
{
    struct views views = {.database = database, .dialect = tn_sql_dialect_find("sqlite")};
    tn_arena_init(&views.arena, (size_t)TEXT_MAX * 4);
    tn_buf_init(&views.text, TEXT_MAX);
    bool good = list_views(&views) ? make(&views, error) : out_of_memory(error);
    tn_buf_release(&views.text);
    tn_arena_release(&views.arena);
    free(views.views);
    return good;
}
