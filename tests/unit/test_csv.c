/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/support_sink.h"
#include "unit/support_trial.h"
#include "unit/support_tsv.h"

static void check_columns(const tn_trial *trial, const char *columns, struct tn_write_options options, const char *want)
{
    struct tn_selection *selection = tn_selection_new();
    struct tn_error error;
    if (!tn_selection_apply(selection, columns, true, &error))
        fail_msg("%s", error.message);
    options.selection = selection;
    sink_check("csv", &options, trial, "", want);
    tn_selection_free(selection);
}

static const struct tn_write_options plain = {.excel = false};
static const struct tn_write_options excel = {.excel = true};

static void scalars_stand_as_they_are(void **state)
{
    (void)state;
    check_columns(sample_trial(), "title,start_date,enrollment,minimum_age_years,healthy_volunteers,sex", plain,
                  "title,start_date,enrollment,sex,minimum_age_years,healthy_volunteers\n"
                  "\"A \"\"quoted\"\", title\nof two lines\",2024-05,120,,0.5,false\n");
}

static void lists_are_joined(void **state)
{
    (void)state;
    check_columns(sample_trial(), "phases,conditions,keywords", plain,
                  "phases,conditions,keywords\nPHASE1|PHASE2,a\\|b|c\\\\d,\n");
}

static void records_are_kept_aligned(void **state)
{
    (void)state;
    check_columns(sample_trial(), "interventions_type,interventions_name,interventions_description", plain,
                  "interventions_type,interventions_name,interventions_description\n"
                  "|DEVICE,A\\|B \\\\ C|Pump,\n");
    check_columns(sample_trial(), "locations_city,locations_latitude", plain,
                  "locations_city,locations_latitude\nSpringfield|Shelbyville,-1.5|\n");
}

static void a_list_in_a_record_is_json(void **state)
{
    (void)state;
    check_columns(sample_trial(), "interventions_other_names,locations_contacts", plain,
                  "interventions_other_names,locations_contacts\n"
                  "\"[\"\"X \\\\\"\"1\\\\\"\"\"\",\"\"Y\\|2\"\"]|\",\"|[{\"\"name\"\":\"\"Eva Lund\"\",\"\"phone\"\":\"\"+1\"\"}]\"\n");
}

static void a_single_record_stands_as_it_is(void **state)
{
    (void)state;
    check_columns(sample_trial(), "source_file,source_record_index,source_url,responsible_party_name", plain,
                  "responsible_party_name,source_file,source_record_index,source_url\n,a|b.json,0,\n");
}

static void json_cells(void **state)
{
    static const struct tn_write_options with = {.provenance = true};
    (void)state;
    check_columns(sample_trial(), "warnings,extra,provenance", plain,
                  "warnings,extra\n"
                  "\"[{\"\"code\"\":\"\"lost-value\"\",\"\"field\"\":\"\"sex\"\",\"\"message\"\":\"\"nothing behind it\"\"}]\","
                  "\"{\"\"Once\"\":\"\"v\"\",\"\"Twice\"\":[\"\"1\"\",\"\"2\"\"]}\"\n");
    check_columns(sample_trial(), "provenance", with,
                  "provenance\n\"{\"\"title\"\":{\"\"raw\"\":\"\"A\"\",\"\"line\"\":3}}\"\n");
    check_columns(bare_trial("T"), "title,warnings,extra,provenance", with, "title,warnings,extra,provenance\nT,,,\n");
}

static void only_what_needs_quotes_has_them(void **state)
{
    static const struct {
        const char *title, *cell;
    } cases[] = {
        {"a", "a"},         {"a b", "a b"},     {"a;b'c", "a;b'c"},       {"a,b", "\"a,b\""},
        {"a\"b", "\"a\"\"b\""}, {"a\nb", "\"a\nb\""}, {"a\rb", "\"a\rb\""}, {" a", "\" a\""},
        {"a ", "\"a \""},   {"=1", "=1"},       {"\xC3\xA9", "\xC3\xA9"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char want[64];
        snprintf(want, sizeof want, "title\n%s\n", cases[i].cell);
        check_columns(bare_trial(cases[i].title), "title", plain, want);
    }
}

/* An empty line would be no row. */
static void an_empty_cell_alone_is_quoted(void **state)
{
    (void)state;
    check_columns(bare_trial("T"), "acronym", plain, "acronym\n\"\"\n");
    check_columns(bare_trial("T"), "acronym,official_title", plain, "official_title,acronym\n,\n");
}

static void excel_runs_no_formula(void **state)
{
    static const struct {
        const char *title, *cell;
    } cases[] = {
        {"a", "a"},       {"=1+1", "'=1+1"}, {"+1", "'+1"},         {"-1", "'-1"},
        {"@x", "'@x"},    {"\tx", "\"'\tx\""}, {"=\"a\",b", "\"'=\"\"a\"\",b\""}, {"a=b", "a=b"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char want[64];
        snprintf(want, sizeof want, "\xEF\xBB\xBFtitle\r\n%s\r\n", cases[i].cell);
        check_columns(bare_trial(cases[i].title), "title", excel, want);
    }
}

static size_t columns_of(struct tn_str header)
{
    size_t count = 1;
    for (size_t i = 0; i < header.len; i++)
        count += header.s[i] == ',';
    return count;
}

/* Names are found by a search for ",name," so that one may end like another. */
static void every_column_has_its_own_name(void **state)
{
    static const struct tn_write_options all = {.provenance = true};
    const tn_trial *none[] = {NULL};
    struct tn_error error;
    struct sink sink;
    (void)state;
    sink_start(&sink);
    assert_int_equal(sink_write(&sink, "csv", &all, none, &error), TN_OK);
    struct tn_str header = sink_text(&sink, ""), rest = tn_str_slice(header.s, header.len - 1);
    assert_true(columns_of(header) > 200);
    struct tn_str line = tn_str_format(&trial_arena, ",%.*s,", (int)rest.len, rest.s);
    while (rest.len) {
        size_t comma = tn_str_find_char(rest, ',');
        size_t len = comma == TN_NO_OFFSET ? rest.len : comma;
        struct tn_str name = tn_str_format(&trial_arena, ",%.*s,", (int)len, rest.s);
        size_t first = tn_str_find(line, name);
        assert_true(first != TN_NO_OFFSET);
        if (tn_str_find(tn_str_from(line, first + 1), name) != TN_NO_OFFSET)
            fail_msg("two columns are named %s", name.s);
        rest = tn_str_from(rest, len + 1);
    }
    sink_free(&sink);
}

static void failures_end_the_run(void **state)
{
    static const struct tn_write_options all;
    const tn_trial *trials[] = {sample_trial(), NULL};
    struct tn_error error;
    struct sink sink;
    (void)state;
    sink_start(&sink);
    sink.fail_write_at = 1;
    assert_int_equal(sink_write(&sink, "csv", &all, trials, &error), TN_FATAL);
    sink_free(&sink);
    sink.fail_open_at = 0;
    assert_int_equal(sink_write(&sink, "csv", &all, trials, &error), TN_FATAL);
    sink_free(&sink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_stand_as_they_are),
        cmocka_unit_test(lists_are_joined),
        cmocka_unit_test(records_are_kept_aligned),
        cmocka_unit_test(a_list_in_a_record_is_json),
        cmocka_unit_test(a_single_record_stands_as_it_is),
        cmocka_unit_test(json_cells),
        cmocka_unit_test(only_what_needs_quotes_has_them),
        cmocka_unit_test(an_empty_cell_alone_is_quoted),
        cmocka_unit_test(excel_runs_no_formula),
        cmocka_unit_test(every_column_has_its_own_name),
        cmocka_unit_test(failures_end_the_run),
    };
    return cmocka_run_group_tests(tests, trial_arena_start, trial_arena_stop);
}
