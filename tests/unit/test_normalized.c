/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "readers/normalized.h"
#include "trialnorm/reader.h"
#include "unit/support_sink.h"
#include "unit/support_trial.h"
#include "writers/json_text.h"

static struct tn_str json_of(const tn_trial *trial)
{
    struct tn_buf out;
    tn_buf_init(&out, SIZE_MAX / 2);
    tn_json_trial(&out, trial, NULL);
    struct tn_str text = tn_str_copy(&trial_arena, tn_str_slice(out.data, out.len));
    tn_buf_release(&out);
    return text;
}

/* Reads `json` and writes it again. */
static void check(const char *json, const char *want)
{
    struct tn_error error;
    const tn_trial *trial = tn_normalized_parse(&trial_arena, tn_str_of(json), &error);
    assert_non_null(trial);
    assert_string_equal(json_of(trial).s, want);
}

static void every_kind_of_field_comes_back(void **state)
{
    (void)state;
    struct tn_str json = json_of(sample_trial());
    check(json.s, json.s);
}

static void numbers_keep_their_digits(void **state)
{
    static const char *const all[] = {
        "{\"enrollment\":0}", "{\"enrollment\":7}", "{\"enrollment\":-1}", "{\"enrollment\":9007199254740993}",
        "{\"enrollment\":999999999999999999}", "{\"enrollment\":9223372036854775807}",
        "{\"enrollment\":-9223372036854775808}", "{\"minimum_age_years\":0.0192}", "{\"maximum_age_years\":1e-7}",
        "{\"locations\":[{\"latitude\":0.30000000000000004,\"longitude\":151.20929}]}",
        "{\"locations\":[{\"latitude\":1.7976931348623157e+308}]}", "{\"locations\":[{\"latitude\":0.1}]}"};
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        check(all[i], all[i]);
}

static void maps_and_what_is_empty_come_back(void **state)
{
    static const char *const all[] = {
        "{}", "{\"arms\":[{},{\"label\":\"one\"}]}", "{\"extra\":{\"a.b[0]\":\"1\",\"\":[\"x\",\"y\"]}}",
        "{\"provenance\":{\"title\":{\"raw\":\"A\",\"line\":3},\"sex\":{\"path\":\"a.b\",\"offset\":0}}}"};
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        check(all[i], all[i]);
}

static void what_no_field_holds_is_kept(void **state)
{
    (void)state;
    check("{\"title\":\"T\",\"new_field\":{\"a\":[1,{\"b\":true}]},\"extra\":{\"old\":\"x\"}}",
          "{\"title\":\"T\",\"extra\":{\"new_field.a\":\"1\",\"new_field.a[1].b\":\"true\",\"old\":\"x\"}}");
    check("{\"enrollment\":\"many\",\"start_date\":\"soon\",\"has_dmc\":\"yes\",\"phases\":\"PHASE1\",\"source\":[]}",
          "{\"extra\":{\"enrollment\":\"many\",\"start_date\":\"soon\",\"has_dmc\":\"yes\",\"phases\":\"PHASE1\"}}");
    check("{\"enrollment\":1.5,\"locations\":[\"here\",{\"facility\":\"F\",\"city\":3}]}",
          "{\"locations\":[{\"facility\":\"F\"}],\"extra\":{\"enrollment\":\"1.5\",\"locations[0]\":\"here\",\"locations[1].city\":\"3\"}}");
    check("{\"title\":\"one\",\"title\":\"two\",\"extra\":{\"title\":\"three\",\"n\":4}}",
          "{\"title\":\"one\",\"extra\":{\"title\":[\"two\",\"three\"],\"n\":\"4\"}}");
    check("{\"title\":null,\"acronym\":\"\",\"conditions\":[],\"start_date\":\"2024-5-1\"}",
          "{\"extra\":{\"start_date\":\"2024-5-1\"}}");
}

static void days_that_are_none_are_no_dates(void **state)
{
    (void)state;
    check("{\"start_date\":\"2024-13\",\"completion_date\":\"2023-02-30\",\"registered_date\":\"1900-01-01\"}",
          "{\"extra\":{\"start_date\":\"2024-13\",\"completion_date\":\"2023-02-30\",\"registered_date\":\"1900-01-01\"}}");
    check("{\"start_date\":\"2024-02-29\",\"completion_date\":\"2024-12\",\"registered_date\":\"1999\"}",
          "{\"start_date\":\"2024-02-29\",\"completion_date\":\"2024-12\",\"registered_date\":\"1999\"}");
}

static void what_is_no_record_is_refused(void **state)
{
    static const struct {
        const char *json;
        enum tn_code code;
    } all[] = {{"", TN_SYNTAX}, {"[]", TN_SYNTAX}, {"null", TN_SYNTAX}, {"\"{}\"", TN_SYNTAX}, {"{\"title\":\"T\"", TN_TRUNCATED},
               {"{} {}", TN_SYNTAX}, {"\x7f\x45\x4c\x46", TN_SYNTAX}};
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        struct tn_error error;
        assert_null(tn_normalized_parse(&trial_arena, tn_str_of(all[i].json), &error));
        assert_int_equal(error.code, all[i].code);
    }
}

static void a_deep_one_is_refused(void **state)
{
    enum { DEEP = TN_MAX_DEPTH + 8 };
    char json[2 * DEEP + 16];
    size_t len = 0;
    struct tn_error error;
    (void)state;
    memcpy(json, "{\"a\":", 5);
    for (len = 5; len < 5 + DEEP; len++)
        json[len] = '[';
    for (; len < 5 + 2 * DEEP; len++)
        json[len] = ']';
    json[len++] = '}';
    assert_null(tn_normalized_parse(&trial_arena, tn_str_slice(json, len), &error));
    assert_int_equal(error.code, TN_TOO_DEEP);
}

static void a_full_arena_gives_no_half_record(void **state)
{
    struct tn_str json = json_of(sample_trial());
    struct tn_error error;
    struct tn_arena small;
    bool read = false;
    (void)state;
    for (size_t limit = 1 << 10; limit < (1 << 20) && !read; limit += 512) {
        tn_arena_init(&small, limit);
        const tn_trial *trial = tn_normalized_parse(&small, json, &error);
        read = trial != NULL;
        if (read)
            assert_string_equal(json_of(trial).s, json.s);
        else
            assert_int_equal(error.code, TN_NO_MEMORY);
        tn_arena_release(&small);
    }
    assert_true(read);
}

static int start(void **state)
{
    tn_init();
    return trial_arena_start(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_field_comes_back),
        cmocka_unit_test(numbers_keep_their_digits),
        cmocka_unit_test(maps_and_what_is_empty_come_back),
        cmocka_unit_test(what_no_field_holds_is_kept),
        cmocka_unit_test(days_that_are_none_are_no_dates),
        cmocka_unit_test(what_is_no_record_is_refused),
        cmocka_unit_test(a_deep_one_is_refused),
        cmocka_unit_test(a_full_arena_gives_no_half_record),
    };
    return cmocka_run_group_tests(tests, start, trial_arena_stop);
}
