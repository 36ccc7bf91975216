/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/support_sink.h"
#include "unit/support_trial.h"
#include "unit/support_tsv.h"

static void every_kind_of_field(void **state)
{
    (void)state;
    sink_check("ndjson", NULL, sample_trial(), "",
               "{\"schema\":\"trialnorm/1\",\"record_key\":\"NCT00000001\","
               "\"title\":\"A \\\"quoted\\\", title\\nof two lines\",\"start_date\":\"2024-05\","
               "\"phases\":[\"PHASE1\",\"PHASE2\"],\"enrollment\":120,\"conditions\":[\"a|b\",\"c\\\\d\"],"
               "\"interventions\":[{\"name\":\"A|B \\\\ C\",\"other_names\":[\"X \\\"1\\\"\",\"Y|2\"]},"
               "{\"type\":\"DEVICE\",\"name\":\"Pump\"}],\"minimum_age_years\":0.5,\"healthy_volunteers\":false,"
               "\"locations\":[{\"city\":\"Springfield\",\"latitude\":-1.5},{\"city\":\"Shelbyville\","
               "\"contacts\":[{\"name\":\"Eva Lund\",\"phone\":\"+1\"}]}],"
               "\"source\":{\"reader\":\"ctgov-v2\",\"file\":\"a|b.json\",\"record_index\":0},"
               "\"warnings\":[{\"code\":\"lost-value\",\"field\":\"sex\",\"message\":\"nothing behind it\"}],"
               "\"extra\":{\"Once\":\"v\",\"Twice\":[\"1\",\"2\"]},"
               "\"provenance\":{\"title\":{\"raw\":\"A\",\"line\":3}}}\n");
}

static void only_what_json_asks_for_is_escaped(void **state)
{
    (void)state;
    sink_check("ndjson", NULL, bare_trial("\b\t\n\f\r\x01\x1f\x7f/\"\\ \xC3\xA9 \xE2\x80\xA8 \xF0\x9F\x92\x89"), "",
               "{\"title\":\"\\b\\t\\n\\f\\r\\u0001\\u001f\x7f/\\\"\\\\ \xC3\xA9 \xE2\x80\xA8 \xF0\x9F\x92\x89\"}\n");
}

static void what_states_nothing_is_left_out(void **state)
{
    (void)state;
    struct tn_record *trial = bare_trial("T");
    tn_add_record(trial, TN_trial_arms);
    tn_add_record(trial, TN_trial_source);
    tn_set_text(tn_add_record(trial, TN_trial_extra), TN_extra_value_label, TN_LIT("label alone"));
    sink_check("ndjson", NULL, trial, "", "{\"title\":\"T\"}\n");
    tn_set_text(tn_add_record(trial, TN_trial_arms), TN_arm_label, TN_LIT("one"));
    sink_check("ndjson", NULL, trial, "", "{\"title\":\"T\",\"arms\":[{},{\"label\":\"one\"}]}\n");
    tn_clear(trial, TN_trial_arms);
    tn_clear(trial, TN_trial_title);
    sink_check("ndjson", NULL, trial, "", "{}\n");
}

static void a_selection_holds_for_members(void **state)
{
    (void)state;
    struct tn_selection *selection = tn_selection_new();
    struct tn_error error;
    assert_true(tn_selection_apply(selection, "title, locations_city,locations.status,warnings.code,extra", true, &error));
    assert_true(tn_selection_apply(selection, "extra", false, &error));
    struct tn_write_options options = {.selection = selection};
    sink_check("ndjson", &options, sample_trial(), "",
               "{\"title\":\"A \\\"quoted\\\", title\\nof two lines\",\"locations\":[{\"city\":\"Springfield\"},"
               "{\"city\":\"Shelbyville\"}],\"warnings\":[{\"code\":\"lost-value\"}]}\n");
    tn_selection_free(selection);
}

static void check_array(const tn_trial *const *trials, const char *want)
{
    static const struct tn_write_options all;
    struct tn_error error;
    struct sink sink;
    sink_start(&sink);
    assert_int_equal(sink_write(&sink, "json", &all, trials, &error), TN_OK);
    tn_tsv_same("json", "array", sink_text(&sink, ""), tn_str_of(want));
    sink_free(&sink);
}

static void json_is_one_array(void **state)
{
    const tn_trial *two[] = {bare_trial("a"), bare_trial("b"), NULL};
    (void)state;
    check_array(two, "[\n{\"title\":\"a\"},\n{\"title\":\"b\"}\n]\n");
    check_array(two + 1, "[\n{\"title\":\"b\"}\n]\n");
    check_array(two + 2, "[\n]\n");
}

/* What is written leaves at the end of a record, in large pieces, and a failing sink ends the run. */
static void bytes_leave_in_large_pieces(void **state)
{
    static const struct tn_write_options all;
    enum { COUNT = 1000 };
    const tn_trial *trials[COUNT + 1] = {NULL};
    struct tn_error error = {.code = TN_CODE_NONE};
    struct sink sink;
    (void)state;
    for (int i = 0; i < COUNT; i++)
        trials[i] = sample_trial();
    sink_start(&sink);
    assert_int_equal(sink_write(&sink, "ndjson", &all, trials, &error), TN_OK);
    size_t total = sink_text(&sink, "").len;
    assert_true(sink.writes >= 2 && sink.writes <= total / 65536 + 1);
    sink_free(&sink);
    sink.fail_write_at = 2;
    assert_int_equal(sink_write(&sink, "ndjson", &all, trials, &error), TN_FATAL);
    assert_int_equal(error.code, TN_IO);
    assert_int_equal(sink.writes, 2);
    sink_free(&sink);
    sink.fail_open_at = 0;
    assert_int_equal(sink_write(&sink, "json", &all, trials, &error), TN_FATAL);
    sink_free(&sink);
}

static void writers_are_found_by_name(void **state)
{
    (void)state;
    assert_string_equal(tn_writers()[0]->name, "ndjson");
    for (const struct tn_writer *const *writer = tn_writers(); *writer; writer++)
        assert_ptr_equal(tn_writer_find((*writer)->name), *writer);
    assert_null(tn_writer_find("xml"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_field),
        cmocka_unit_test(only_what_json_asks_for_is_escaped),
        cmocka_unit_test(what_states_nothing_is_left_out),
        cmocka_unit_test(a_selection_holds_for_members),
        cmocka_unit_test(json_is_one_array),
        cmocka_unit_test(bytes_leave_in_large_pieces),
        cmocka_unit_test(writers_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, trial_arena_start, trial_arena_stop);
}
