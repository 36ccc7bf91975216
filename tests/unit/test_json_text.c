/* SPDX-License-Identifier: MIT */
/* JSON of one string or entry, and the way back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dataset/source.h"
#include "trial/record.h"
#include "writers/json_text.h"

enum { CAP = 1 << 16 };

static struct tn_buf made(void)
{
    struct tn_buf buf;
    tn_buf_init(&buf, CAP);
    return buf;
}

static void assert_text(struct tn_buf *buf, struct tn_str wanted)
{
    assert_false(buf->failed);
    assert_int_equal(buf->len, wanted.len);
    assert_memory_equal(buf->len ? buf->data : "", wanted.s, wanted.len);
    tn_buf_reset(buf);
}

/* Every character below 0x80, quotation marks and others. */
static void test_back(void **state)
{
    (void)state;
    char text[128 + 8];
    size_t len = 0;
    for (int c = 1; c < 128; c++)
        text[len++] = (char)c;
    memcpy(text + len, "\xC3\xA9\xF0\x9F\x98\x80", 6);
    len += 6;
    struct tn_buf json = made(), back = made();
    tn_json_string(&json, tn_str_slice(text, len));
    tn_json_unquote(&back, tn_str_slice(json.data, json.len));
    assert_text(&back, tn_str_slice(text, len));
    tn_buf_release(&json);
    tn_buf_release(&back);
}

/* Escapes that our own writer does not make, and what is no JSON at all: never behind its end. */
static void test_escapes(void **state)
{
    (void)state;
    static const struct {
        const char *json, *text;
    } cases[] = {
        {"\"\"", ""},
        {"\"\\u00e9\\u00E9\"", "\xC3\xA9\xC3\xA9"},
        {"\"\\ud83d\\ude00!\"", "\xF0\x9F\x98\x80!"},
        {"\"\\ud83d\"", "\xEF\xBF\xBD"},
        {"\"\\ud83d\\u0041\"", "\xEF\xBF\xBD" "A"},
        {"\"\\ude00\"", "\xEF\xBF\xBD"},
        {"\"\\/\\\"\\\\\\b\\f\\n\\r\\t\"", "/\"\\\b\f\n\r\t"},
        {"\"\\u12\"", "\xEF\xBF\xBD" "12"},
        {"\"a\\\"", "a\\"},
        {"\"", ""},
        {"", ""},
    };
    struct tn_buf back = made();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tn_json_unquote(&back, tn_str_of(cases[i].json));
        assert_text(&back, tn_str_of(cases[i].text));
    }
    tn_buf_release(&back);
}

static void test_entries(void **state)
{
    (void)state;
    struct tn_arena arena;
    struct tn_buf json = made();
    tn_arena_init(&arena, CAP);
    struct tn_record *trial = tn_record_new(&arena, &tn_type_trial);
    tn_add_text(trial, TN_trial_phases, TN_LIT("PHASE1"));
    tn_add_text(trial, TN_trial_phases, TN_LIT("PHASE2"));
    tn_set_text(tn_add_record(trial, TN_trial_arms), TN_arm_label, TN_LIT("A \"b\""));
    tn_add_record(trial, TN_trial_arms);
    struct tn_record *extra = tn_add_record(trial, TN_trial_extra);
    tn_set_text(extra, TN_extra_value_label, TN_LIT("Colour"));
    tn_add_text(extra, TN_extra_value_values, TN_LIT("red"));
    tn_json_entry(&json, trial, TN_trial_phases, 1);
    assert_text(&json, TN_LIT("\"PHASE2\""));
    tn_json_entry(&json, trial, TN_trial_arms, 0);
    assert_text(&json, TN_LIT("{\"label\":\"A \\\"b\\\"\"}"));
    tn_json_entry(&json, trial, TN_trial_arms, 1);
    assert_text(&json, TN_LIT("{}"));
    tn_json_entry(&json, trial, TN_trial_extra, 0);
    assert_text(&json, TN_LIT("{\"Colour\":\"red\"}"));
    tn_buf_release(&json);
    tn_arena_release(&arena);
}

static void test_names_of_sources(void **state)
{
    (void)state;
    const struct tn_str none = {NULL, 0};
    const struct {
        struct tn_source_record record;
        const char *name;
    } cases[] = {
        {{TN_LIT("ctgov-v2"), none, TN_LIT("a.json"), none, -1}, "ctgov-v2 a.json"},
        {{TN_LIT("ctgov-v2"), none, TN_LIT("a.json"), none, 0}, "ctgov-v2 a.json"},
        {{TN_LIT("ctgov-v2"), none, TN_LIT("a.json"), none, 17}, "ctgov-v2 a.json#17"},
        {{TN_LIT("page"), TN_LIT("www.example.org"), TN_LIT("crawl.zip"), TN_LIT("b.html"), -1},
         "page www.example.org crawl.zip:b.html"},
        {{none, none, none, none, -1}, ""},
    };
    struct tn_buf name = made();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tn_source_name(&name, &cases[i].record);
        assert_text(&name, tn_str_of(cases[i].name));
    }
    tn_buf_release(&name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_back),
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_entries),
        cmocka_unit_test(test_names_of_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
