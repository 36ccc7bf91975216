/* SPDX-License-Identifier: MIT */
/* CREATE TABLE statements. That engines take them is held by tests/sql. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/support_sink.h"

static const struct tn_write_options all = {.provenance = true};

static enum tn_severity write_sql(struct sink *sink, const char *dialect, struct tn_error *error)
{
    struct tn_sink to = sink_of(sink);
    return tn_write_schema_sql(dialect, &all, &to, error);
}

/* Every table of the tables writer, and behind it every column of its header. */
static void check_table(struct tn_str sql, const struct sink_part *part)
{
    char text[128];
    snprintf(text, sizeof text, "\nCREATE TABLE %.*s (\n", (int)strlen(part->name) - 4, part->name);
    size_t at = tn_str_find(sql, tn_str_of(text));
    if (at == TN_NO_OFFSET)
        fail_msg("no table %s", part->name);
    struct tn_str rest = tn_str_from(sql, at), header = tn_str_slice(part->bytes.data, part->bytes.len), line;
    assert_true(tn_str_next_line(&header, &line));
    while (line.len) {
        size_t comma = tn_str_find_char(line, ','), len = comma == TN_NO_OFFSET ? line.len : comma;
        bool quoted = tn_str_eq(tn_str_slice(line.s, len), TN_LIT("offset"));
        snprintf(text, sizeof text, "\n    %s%.*s%s ", quoted ? "\"" : "", (int)len, line.s, quoted ? "\"" : "");
        at = tn_str_find(rest, tn_str_of(text));
        if (at == TN_NO_OFFSET)
            fail_msg("no column%s in %s", text, part->name);
        rest = tn_str_from(rest, at + 1);
        line = tn_str_from(line, comma == TN_NO_OFFSET ? len : len + 1);
    }
}

static void every_column_of_the_tables(void **state)
{
    const tn_trial *none[] = {NULL};
    struct tn_error error;
    struct sink tables, sink;
    (void)state;
    sink_start(&tables);
    sink_start(&sink);
    assert_int_equal(sink_write(&tables, "tables", &all, none, &error), TN_OK);
    assert_int_equal(write_sql(&sink, "postgres", &error), TN_OK);
    for (int i = 0; i < tables.count; i++)
        check_table(sink_text(&sink, ""), &tables.parts[i]);
    sink_free(&tables);
    sink_free(&sink);
}

static void every_pattern_is_known(void **state)
{
    struct tn_error error;
    (void)state;
    size_t count = 0;
    for (; tn_sql_dialect(count); count++) {
        struct sink sink;
        sink_start(&sink);
        assert_int_equal(write_sql(&sink, tn_sql_dialect(count), &error), TN_OK);
        assert_int_equal(tn_str_find_char(sink_text(&sink, ""), '%'), TN_NO_OFFSET);
        sink_free(&sink);
    }
    assert_int_equal(count, 4);
}

static void an_unknown_dialect_is_refused(void **state)
{
    struct tn_error error;
    struct sink sink;
    (void)state;
    sink_start(&sink);
    assert_int_equal(write_sql(&sink, "sql", &error), TN_FATAL);
    assert_int_equal(error.code, TN_USAGE);
    assert_int_equal(sink.count, 0);
    sink_free(&sink);
}

static void a_sink_that_fails_is_told(void **state)
{
    struct tn_error error;
    (void)state;
    for (int open = 0; open < 2; open++) {
        struct sink sink;
        sink_start(&sink);
        if (open)
            sink.fail_open_at = 0;
        else
            sink.fail_write_at = 1;
        assert_int_equal(write_sql(&sink, "duckdb", &error), TN_FATAL);
        sink_free(&sink);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_of_the_tables),
        cmocka_unit_test(every_pattern_is_known),
        cmocka_unit_test(an_unknown_dialect_is_refused),
        cmocka_unit_test(a_sink_that_fails_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
