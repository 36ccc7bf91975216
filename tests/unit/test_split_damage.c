/* SPDX-License-Identifier: MIT */
/* Cutting documents into records: what is damaged, too deep, too large or cut short. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "unit/support_split.h"

static void test_broken_lines(void **state)
{
    (void)state;
    /* Cut in a string, between members, inside an array. */
    split_check("{\"a\":\"x\n{\"a\":2}\n{\"a\":3}\n",
          "lost 0 syntax @7:1\nrecord 1 @8:2 {\"a\":2}\nrecord 2 @16:3 {\"a\":3}\n");
    split_check("{\"a\":1,\n{\"a\":2}\n{\"a\":3}\n",
          "lost 0 syntax @8:2\nrecord 1 @8:2 {\"a\":2}\nrecord 2 @16:3 {\"a\":3}\n");
    split_check("{\"a\":[1,\n{\"a\":2}\n{\"a\":3}\n",
          "lost 0 syntax @17:3\nrecord 1 @9:2 {\"a\":2}\nrecord 2 @17:3 {\"a\":3}\n");
    split_check("{\"a\":1}\n{\"a\":{\"b\":2\n", "record 0 @0:1 {\"a\":1}\nlost 1 truncated @8:2\n");
    /* The end swallowed what stands behind it. */
    split_check("{\"a\":[\n{\"a\":2}\n", "lost 0 truncated @0:1\nrecord 1 @7:2 {\"a\":2}\n");
    split_check("[\n{\"a\":[1,\n{\"a\":2},\n{\"a\":3}\n]\n",
          "lost 0 truncated @2:2 [0]\nrecord 1 @11:3 [1] {\"a\":2}\nrecord 2 @20:4 [2] {\"a\":3}\n");
}

static void test_broken_on_one_line(void **state)
{
    (void)state;
    split_check("[{\"a\" 1},{\"a\":2}]", "lost 0 syntax @6:1 [0]\nrecord 1 @9:1 [1] {\"a\":2}\n");
    split_check("{\"studies\":[{\"a\":[1},{\"a\":2}],\"n\":2}",
          "lost 0 syntax @19:1 studies[0]\nrecord 1 @21:1 studies[1] {\"a\":2}\n"
          "container studies[] 2-1 complete n=2\n");
    split_check("[{\"a\":1],{\"a\":2}", "lost 0 syntax @7:1 [0]\nrecord 1 @9:1 {\"a\":2}\n");
    split_check("{\"a\":1}}{\"a\":2}", "record 0 @0:1 {\"a\":1}\nlost 1 syntax @7:1\nrecord 2 @8:1 {\"a\":2}\n");
    split_check("{\"a\":1 \"b\":2} {\"a\":2}", "lost 0 syntax @7:1\nrecord 1 @14:1 {\"a\":2}\n");
}

static void test_broken_containers(void **state)
{
    (void)state;
    split_check("{\"studies\":[{\"a\":1},{\"a\":", "record 0 @12:1 studies[0] {\"a\":1}\nlost 1 truncated @20:1 studies[1]\n"
                                           "container studies[] 2-1 broken\n");
    split_check("{\"studies\":[{\"a\":1}", "record 0 @12:1 studies[0] {\"a\":1}\ndamage truncated @19:1\n"
                                    "container studies[] 1-0 broken\n");
    split_check("{\"studies\":[{\"a\":1}]", "record 0 @12:1 studies[0] {\"a\":1}\ndamage truncated @20:1\n"
                                     "container studies[] 1-0 broken\n");
    split_check("{\"studies\":[{\"a\":1} {\"a\":2}]}",
          "record 0 @12:1 studies[0] {\"a\":1}\ndamage inconsistent @20:1\nrecord 1 @20:1 studies[1] {\"a\":2}\n"
          "container studies[] 2-0 complete\n");
    split_check("{\"studies\":[{}] x}\n{}", "record 0 @12:1 studies[0] {}\ndamage syntax @16:1\n"
                                       "container studies[] 1-0 broken\nrecord 1 @19:2 {}\n");
    /* The second page is found although the first lost its end. */
    split_check("{\"studies\":[\n{\"a\":1},\n{\"a\":\n{\"studies\":[\n{\"a\":2}],\"n\":2}\n",
          "record 0 @13:2 studies[0] {\"a\":1}\nlost 1 truncated @22:3 studies[1]\n"
          "container studies[] 2-1 broken\nrecord 2 @41:5 studies[0] {\"a\":2}\ncontainer studies[] 1-0 complete n=2\n");
}

static void test_garbage(void **state)
{
    (void)state;
    split_check("hello\nworld\n{\"a\":1}\n", "lost 0 syntax @0:1\nrecord 1 @12:3 {\"a\":1}\n");
    split_check("{\"a\":1}\nnull\n  [{}]\n", "record 0 @0:1 {\"a\":1}\nlost 1 syntax @8:2\nrecord 2 @16:3 [0] {}\n");
    split_check("42", "lost 0 syntax @0:1\n");
    split_check("[1,2,3,{\"a\":1},\"x\",null]",
          "lost 0 syntax @1:1 [0]\nrecord 1 @7:1 [3] {\"a\":1}\nlost 2 syntax @15:1 [4]\n");
    split_check("{\"studies\":[null,{}]}",
          "lost 0 syntax @12:1 studies[0]\nrecord 1 @17:1 studies[1] {}\ncontainer studies[] 2-1 complete\n");
    split_check("[{} x {}]", "record 0 @1:1 [0] {}\nlost 1 syntax @4:1 [0]\nrecord 2 @6:1 [1] {}\n");
}

static char *nested(size_t depth)
{
    char *text = test_malloc(6 * depth + 32);
    size_t len = 0;
    for (size_t i = 0; i < depth; i++, len += 5)
        memcpy(text + len, "{\"a\":", 5);
    text[len++] = '1';
    memset(text + len, '}', depth);
    memcpy(text + len + depth, "\n{}", 4);
    return text;
}

static void test_depth(void **state)
{
    (void)state;
    char *text = nested(TN_MAX_DEPTH);
    struct tn_buf out;
    tn_buf_init(&out, 1 << 20);
    split_transcribe(tn_str_of(text), 0, SPLIT_LIMIT, &out);
    assert_non_null(strstr(out.data, "record 0 @0:1"));
    test_free(text);
    text = nested(TN_MAX_DEPTH + 1);
    split_check(text, "lost 0 too-deep @2560:1\nrecord 1 @3080:2 {}\n");
    test_free(text);
    tn_buf_release(&out);
    char brackets[2001];
    memset(brackets, '[', 2000);
    brackets[2000] = '\0';
    split_check(brackets, "lost 0 too-deep @4:1 [0][0][0][0]\n");
}

static void test_too_large(void **state)
{
    (void)state;
    enum { SMALL = 100 };
    char text[400];
    snprintf(text, sizeof text, "[{\"a\":\"%0120d\"},{\"a\":2}]", 7);
    split_check_limit(tn_str_of(text), SMALL, "lost 0 too-large @1:1 [0]\nrecord 1 @130:1 [1] {\"a\":2}\n");
    snprintf(text, sizeof text, "{\"a\":[1,\n{\"a\":2},\n{\"b\":\"%080d\"},\n{\"a\":3},\n", 7);
    split_check_limit(tn_str_of(text), SMALL,
                "lost 0 too-large @0:1\nrecord 1 @9:2 {\"a\":2}\n"
                "record 2 @18:3 {\"b\":"
                "\"00000000000000000000000000000000000000000000000000000000000000000000000000000007\"}\n"
                "record 3 @108:4 {\"a\":3}\n");
    snprintf(text, sizeof text, "{\"big\":[\"%0120d\"],\"studies\":[{\"a\":2}],\"token\":\"%0200d\",\"n\":2}\n{}", 7, 8);
    split_check_limit(tn_str_of(text), SMALL,
                "lost 0 too-large @0:1\nrecord 1 @143:1 studies[0] {\"a\":2}\n"
                "container studies[] 1-0 complete big=* token=* n=2\nrecord 2 @370:2 {}\n");
}

static void test_record_of_the_limit(void **state)
{
    (void)state;
    char text[200];
    snprintf(text, sizeof text, "{\"a\":\"%0120d\"}", 7);
    size_t len = strlen(text);
    struct tn_buf out;
    tn_buf_init(&out, 1 << 20);
    for (size_t step = 0; step < 3; step++) {
        split_transcribe(tn_str_of(text), step, len, &out);
        assert_memory_equal(out.data, "record", 6);
        split_transcribe(tn_str_of(text), step, len - 1, &out);
        assert_string_equal(out.data, "lost 0 too-large @0:1\n");
    }
    tn_buf_release(&out);
}

/* Everything at once, cut at every length: it ends, whatever the blocks. */
static void test_truncated_anywhere(void **state)
{
    (void)state;
    static const char text[] = "{\"n\":2,\"studies\":[\n{\"a\":\"\\ud83d\\ude00 \xE2\x89\xA5\",\"b\":[1,2.5e3,{}]},\n"
                               "{\"a\":{\"b\":[true,null]}}\n],\"t\":\"x\"}\n[{\"a\":1},\n{}]\n{\"FullStudiesResponse\":"
                               "{\"FullStudies\":[{\"R\":1}]}}\n";
    struct tn_buf whole, bytewise;
    tn_buf_init(&whole, 1 << 20);
    tn_buf_init(&bytewise, 1 << 20);
    for (size_t len = 0; len < sizeof text; len++) {
        split_transcribe(tn_str_slice(text, len), 0, SPLIT_LIMIT, &whole);
        split_transcribe(tn_str_slice(text, len), 1, SPLIT_LIMIT, &bytewise);
        assert_string_equal(whole.data, bytewise.data);
        split_transcribe(tn_str_slice(text + len, sizeof text - 1 - len), 0, SPLIT_LIMIT, &whole);
        split_transcribe(tn_str_slice(text + len, sizeof text - 1 - len), 1, SPLIT_LIMIT, &bytewise);
        assert_string_equal(whole.data, bytewise.data);
    }
    tn_buf_release(&whole);
    tn_buf_release(&bytewise);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Pieces of JSON in any order: the same whatever the blocks, with a small and a large limit. */
static void test_any_order(void **state)
{
    (void)state;
    static const char *const bits[] = {"{",  "}",    "[",  "]", ",",   ":",  "\"", "\n", "\n{", "\"a\"", "\"studies\":[",
                                       "{}", "null", "\\", "1", "\xE9", "\"x\\u0000", " ", "{\"a\":", "},", "\\ud800"};
    struct tn_buf text, whole, blocks;
    tn_buf_init(&text, 1 << 16);
    tn_buf_init(&whole, 1 << 20);
    tn_buf_init(&blocks, 1 << 20);
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        tn_buf_reset(&text);
        for (size_t i = next_random(&seed) % 60; i > 0; i--)
            tn_buf_str(&text, tn_str_of(bits[next_random(&seed) % (sizeof bits / sizeof bits[0])]));
        size_t limit = round % 2 ? 70 : SPLIT_LIMIT;
        split_transcribe(tn_str_slice(text.data, text.len), 0, limit, &whole);
        split_transcribe(tn_str_slice(text.data, text.len), 1 + next_random(&seed) % 9, limit, &blocks);
        if (strcmp(whole.data, blocks.data) != 0)
            print_error("input: %.*s\n", (int)text.len, text.data);
        assert_string_equal(whole.data, blocks.data);
    }
    tn_buf_release(&text);
    tn_buf_release(&whole);
    tn_buf_release(&blocks);
}

/* Lines that each open a bracket: every failed scan may begin at each of them, but not without end. */
static void test_no_quadratic_search(void **state)
{
    (void)state;
    struct tn_buf text, out;
    tn_buf_init(&text, 1 << 24);
    tn_buf_init(&out, 1 << 24);
    for (int i = 0; i < 300; i++) {
        split_add(&text, "{\"a\":[");
        for (int j = 0; j < 500; j++)
            split_add(&text, "[\"x\",1],\n");
    }
    split_transcribe(tn_str_slice(text.data, text.len), 0, 1 << 24, &out);
    assert_non_null(strstr(out.data, "lost"));
    tn_buf_release(&text);
    tn_buf_release(&out);
}

static bool read_nothing(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    if (source->memory.len) {
        size_t len = source->memory.len < room ? source->memory.len : room;
        memcpy(into, source->memory.s, len);
        source->memory = tn_str_from(source->memory, len);
        *got = len;
        return true;
    }
    tn_error_set(error, TN_FAILED, TN_IO, NULL, "cannot read: it is broken");
    return false;
}

static void test_read_error(void **state)
{
    (void)state;
    struct tn_source source;
    struct tn_split split;
    struct tn_buf out;
    char *many = test_calloc(1, 20001);
    memset(many, ' ', 20000);
    memcpy(many, "{\"studies\":[{}", 14);
    tn_buf_init(&out, 1 << 20);
    tn_source_memory(&source, tn_str_of(many), 0);
    source.read = read_nothing;
    tn_split_init(&split, &source, SPLIT_LIMIT);
    assert_true(tn_split_json(&split, split_paths, 1));
    split_run(&split, &out, 10);
    assert_true(tn_buf_terminate(&out));
    assert_string_equal(out.data, "record 0 @12:1 studies[0] {}\ndamage io @18446744073709551615:0\n"
                                  "container studies[] 1-0 broken\n");
    tn_split_release(&split);
    tn_buf_release(&out);
    test_free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_broken_lines),
        cmocka_unit_test(test_broken_on_one_line),
        cmocka_unit_test(test_broken_containers),
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_record_of_the_limit),
        cmocka_unit_test(test_truncated_anywhere),
        cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_no_quadratic_search),
        cmocka_unit_test(test_read_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
