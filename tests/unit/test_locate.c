/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "syntax/json_locate.h"

/* `begins`: what stands at the place; lines: line ends before it. */
static const struct {
    const char *bytes;
    const char *path;
    bool found;
    const char *begins;
    unsigned lines;
} rows[] = {
    {"{\"a\":1}", "", true, "{\"a\"", 0},
    {"\n {\"a\":1}", "", true, "{\"a\"", 1},
    {"{\"a\":1}", "a", true, "1}", 0},
    {"{\n  \"a\": {\n    \"b\": [\n      1,\n      {\"c\": 2}\n    ]\n  }\n}", "a.b[1].c", true, "2}", 4},
    {"{\"a\":\"}]\\\",\\\\\",\"b\":2}", "b", true, "2}", 0},
    {"{\"a\":\"\",\"b\":[[],[1,[2]]]}", "b[1][1][0]", true, "2]", 0},
    {"[{\"a\":1},{\"a\":2}]", "[1].a", true, "2}", 0},
    {"{'a': \"it's\", 'b': (1, 'x' 'y',\n 3)}", "b[2]", true, "3)", 1},
    {"{'a': '''x', 'b': 1''', 'b': 2}", "b", true, "2}", 0},
    {"{'a': r'\\'', u'b': b'z'}", "b", true, "b'z'", 0},
    {"{'a': \\\n1}", "a", true, "1}", 1},
    {"{1: 'x', True: 'y'}", "True", true, "'y'", 0},
    {"{\"a\":{\"b\":1}}", "a.c", false, "{\"b\"", 0},
    {"{\"a\":[1]}", "a[1]", false, "[1]", 0},
    {"{\"a\":[]}", "a[0]", false, "[]", 0},
    {"{\"a\":1}", "a.b", false, "1}", 0},
    {"{\"a\":1}", "a[x]", false, "1}", 0},
    {"{\"a\":1}", "[0", false, "{\"a\"", 0},
    {"{\"a\":", "a", true, "", 0},
    {"", "a", false, "", 0},
};

/* From the start. */
static bool locate(struct tn_str bytes, struct tn_str path, size_t *offset, unsigned *lines)
{
    struct tn_json_finger finger = {.depth = 0};
    return tn_json_locate_near(bytes, path, &finger, offset, lines);
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct tn_str bytes = tn_str_of(rows[i].bytes);
        size_t offset;
        unsigned lines;
        bool found = locate(bytes, tn_str_of(rows[i].path), &offset, &lines);
        if (found != rows[i].found || !tn_str_starts(tn_str_from(bytes, offset), tn_str_of(rows[i].begins)) ||
            lines != rows[i].lines)
            fail_msg("%s in %s: found %d at %zu, %u lines", rows[i].path, bytes.s, found, offset, lines);
        if (rows[i].begins[0] == '\0')
            assert_int_equal(offset, bytes.len);
    }
}

static void test_truncated(void **state)
{
    (void)state;
    static const char text[] = "{\"a\": [1, {\"b\": \"x\\\"\"}, '''y''', (2,)], 'c': r'\\d', \"d\": {\"e\": [[3]]}}";
    static const char *const paths[] = {"a[1].b", "a[3][0]", "d.e[0][0]", "x"};
    for (size_t len = 0; len < sizeof text; len++) {
        char *copy = test_malloc(len + 1); /* so that reading behind it is noticed */
        memcpy(copy, text, len);
        for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
            size_t offset;
            locate(tn_str_slice(copy, len), tn_str_of(paths[i]), &offset, NULL);
            assert_true(offset <= len);
        }
        test_free(copy);
    }
}

/* In whatever order values are asked for, the finger finds what a search from the start finds. */
static void test_finger(void **state)
{
    (void)state;
    struct tn_str bytes = tn_str_of("{\"a\": [\n1, {\"b\": \"x\",\n\"c\": [4, 5, 6]}, 'y'], \"d\": {\"e\": [[3], [7,\n8]]}}");
    static const char *const paths[] = {"a[0]", "a[1].b",    "a[1].c[0]", "a[1].c[2]", "a[2]",      "d.e[0][0]",
                                        "d",    "d.e[1][1]", "a[9]",      "a[1]",      "d.e[1][0]", "x.y"};
    enum { PATHS = sizeof paths / sizeof paths[0] };
    struct tn_json_finger finger = {.depth = 0};
    for (size_t i = 0; i < PATHS * PATHS * 2; i++) {
        struct tn_str path = tn_str_of(paths[i / 2 % PATHS * (i % 2) + i / PATHS % PATHS * (1 - i % 2)]);
        size_t offset, near;
        unsigned lines, near_lines;
        bool found = locate(bytes, path, &offset, &lines);
        assert_int_equal(tn_json_locate_near(bytes, path, &finger, &near, &near_lines), found);
        assert_int_equal(near, offset);
        assert_int_equal(near_lines, lines);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_truncated), cmocka_unit_test(test_finger)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
