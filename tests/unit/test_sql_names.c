/* SPDX-License-Identifier: MIT */
/* The columns of CSV and tables and the names of the tables' files are legal SQL names that need no quotes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/support_sink.h"
#include "unit/support_tsv.h"

enum refusal { FREE, STANDARD, ENGINES };

static const struct {
    const char *word;
    enum refusal refusal;
} words[] = {
#define SQL_WORD(word, refusal) {word, refusal},
#include "unit/sql_words.inc"
#undef SQL_WORD
};

/* Reserved by the standard's letter and taken by every engine, or chosen with open eyes: `offset` stands only in
 * provenance.csv. Nothing is to be added without need. */
static const char *const accepted[] = {"date", "language", "offset", "position", "system", "value", NULL};

static enum refusal refusal_of(struct tn_str name)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (tn_str_eq(name, tn_str_of(words[i].word)))
            return words[i].refusal;
    return FREE;
}

static void check_name(struct tn_str name)
{
    assert_in_range(name.len, 1, 63); /* PostgreSQL cuts longer ones */
    assert_true(tn_is_lower(name.s[0]));
    for (size_t i = 0; i < name.len; i++)
        assert_true(tn_is_lower(name.s[i]) || tn_is_digit(name.s[i]) || name.s[i] == '_');
    for (const char *const *word = accepted; *word; word++)
        if (tn_str_eq(name, tn_str_of(*word)))
            return;
    if (refusal_of(name) != FREE)
        fail_msg("'%.*s' is a word of SQL", (int)name.len, name.s);
}

static void check_header(struct tn_str rest)
{
    struct tn_str line;
    assert_true(tn_str_next_line(&rest, &line));
    while (line.len) {
        size_t comma = tn_str_find_char(line, ','), len = comma == TN_NO_OFFSET ? line.len : comma;
        check_name(tn_str_slice(line.s, len));
        line = tn_str_from(line, len + 1);
    }
}

static void check_writer(const char *writer)
{
    static const struct tn_write_options all = {.provenance = true};
    const tn_trial *none[] = {NULL};
    struct tn_error error;
    struct sink sink;
    sink_start(&sink);
    assert_int_equal(sink_write(&sink, writer, &all, none, &error), TN_OK);
    for (int i = 0; i < sink.count; i++) {
        struct tn_str name = tn_str_of(sink.parts[i].name);
        check_header(sink_text(&sink, sink.parts[i].name));
        if (name.len)
            check_name(tn_str_slice(name.s, name.len - strlen(".csv")));
    }
    sink_free(&sink);
}

static void columns_of_csv(void **state)
{
    (void)state;
    check_writer("csv");
}

static void columns_and_files_of_tables(void **state)
{
    (void)state;
    check_writer("tables");
}

static void the_words_are_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i - 1].word, words[i].word) >= 0)
            fail_msg("'%s' stands behind '%s'", words[i].word, words[i - 1].word);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_of_csv),
        cmocka_unit_test(columns_and_files_of_tables),
        cmocka_unit_test(the_words_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
