/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "core/buf.h"
#include "core/utf8.h"
#include "syntax/json.h"
#include "syntax/python_literal.h"

/* The literal as JSON. */
struct row {
    const char *literal;
    const char *json;
};

static const struct row scalars[] = {
    {"1", "1"},
    {" -17 ", "-17"},
    {"+3", "3"},
    {"0", "0"},
    {"1_000_000", "1000000"},
    {"900719925474099", "900719925474099"},
    {"9007199254740993", "\"9007199254740993\""},
    {"-123456789012345678901234567890", "\"-123456789012345678901234567890\""},
    {"1.5", "1.5"},
    {"-.25", "-0.25"},
    {"2.", "2"},
    {"-2.e1", "-20"},
    {"1e3", "1000"},
    {"1E-2", "0.01"},
    {"1_0.2_5", "10.25"},
    {"1e999", "null"},
    {"True", "true"},
    {"False", "false"},
    {"None", "null"},
    {"nan", "null"},
    {"-inf", "null"},
    {"set()", "[]"},
};

static const struct row strings[] = {
    {"'a'", "\"a\""},
    {"\"it's\"", "\"it's\""},
    {"'a \"b\"'", "\"a \\\"b\\\"\""},
    {"''", "\"\""},
    {"\"\"", "\"\""},
    {"'''a\n'b' ''c'''", "\"a\\n'b' ''c\""},
    {"\"\"\"\"a\"\"\"", "\"\\\"a\""},
    {"''''''", "\"\""},
    {"'\\n\\t\\r\\\\\\'\\\"'", "\"\\n\\t\\r\\\\'\\\"\""},
    {"'\\a\\b\\f\\v'", "\"\\u0007\\b\\f\\u000b\""},
    {"'\\xe9\\u2265\\U0001f600'", "\"\xC3\xA9\xE2\x89\xA5\xF0\x9F\x98\x80\""},
    {"'\\101\\7x\\1234'", "\"A\\u0007xS4\""},
    {"'\\\\>'", "\"\\\\>\""},
    {"'\\>\\8\\ '", "\"\\\\>\\\\8\\\\ \""},
    {"'one\\\ntwo\\\r\nthree'", "\"onetwothree\""},
    {"'a' 'b'\n\"c\"", "\"abc\""},
    {"'a' \\\n 'b'", "\"ab\""},
    {"r'\\n\\''", "\"\\\\n\\\\'\""},
    {"R\"\"\"\\u0041\"\"\"", "\"\\\\u0041\""},
    {"u'a'", "\"a\""},
    {"U\"a\"", "\"a\""},
    {"b'caf\\xc3\\xa9\\u0041'", "\"caf\xC3\xA9\\\\u0041\""},
    {"Rb'\\xc3' bR\"x\"", "\"\\\\xc3x\""},
    {"'\xE2\x89\xA5 5'", "\"\xE2\x89\xA5 5\""},
    {"'\\ud83d\\ude00'", "\"\xF0\x9F\x98\x80\""},
};

static const struct row repaired[] = {
    {"'a\\x00b'", "\"a\xEF\xBF\xBD" "b\""},
    {"'\\0'", "\"\xEF\xBF\xBD\""},
    {"'\\ud83d'", "\"\xEF\xBF\xBD\""},
    {"'\\ude00x'", "\"\xEF\xBF\xBDx\""},
    {"'\\ud83d' '\\ude00'", "\"\xEF\xBF\xBD\xEF\xBF\xBD\""},
    {"b'\\xff'", "\"\xEF\xBF\xBD\""},
    {"'caf\xE9'", "\"caf\xEF\xBF\xBD\""},
};

static const struct row containers[] = {
    {"[]", "[]"},
    {"()", "[]"},
    {"{}", "{}"},
    {"[1, 'a', None, True]", "[1,\"a\",null,true]"},
    {"(1,)", "[1]"},
    {"(1)", "1"},
    {"((1, 2), [3,],)", "[[1,2],[3]]"},
    {"('a'\n 'b')", "\"ab\""},
    {"{1, 2}", "[1,2]"},
    {"{'a': 1, 'b': {'c': [None]}}", "{\"a\":1,\"b\":{\"c\":[null]}}"},
    {"{'a': None, 'b': 2, 'c': (None)}", "{\"b\":2}"},
    {"{'a': 1,}", "{\"a\":1}"},
    {"{'a' 'b': 'c' 'd'}", "{\"ab\":\"cd\"}"},
    {"{1: 'x', True: 'y', None: 'z', 1.5: 'w', 'k': 'v'}",
     "{\"1\":\"x\",\"True\":\"y\",\"None\":\"z\",\"1.5\":\"w\",\"k\":\"v\"}"},
    {"{ 'a' : [ ] , \n 'b' : \\\n ( ) }", "{\"a\":[],\"b\":[]}"},
    {"[(), (None,), {None}]", "[[],[null],[null]]"},
    {"{'a': (1)}", "{\"a\":1}"},
};

static char *as_json(struct tn_str text, struct tn_python_literal *literal, struct tn_error *error)
{
    struct tn_arena arena;
    tn_arena_init(&arena, 1 << 28);
    char *json = NULL;
    if (tn_python_literal_parse(&arena, text, literal, error))
        json = cJSON_PrintUnformatted(literal->tree);
    tn_arena_release(&arena);
    return json;
}

static void check_rows(const struct row *rows, size_t count, bool is_repaired)
{
    for (size_t i = 0; i < count; i++) {
        struct tn_python_literal literal;
        struct tn_error error;
        char *json = as_json(tn_str_of(rows[i].literal), &literal, &error);
        if (!json)
            fail_msg("%s: %s", rows[i].literal, error.message);
        assert_string_equal(json, rows[i].json);
        assert_int_equal(literal.repaired != 0, is_repaired);
        cJSON_free(json);
    }
}

#define CHECK_ROWS(rows, is_repaired) check_rows((rows), sizeof(rows) / sizeof(rows)[0], (is_repaired))

static void test_scalars(void **state)
{
    (void)state;
    CHECK_ROWS(scalars, false);
}

static void test_strings(void **state)
{
    (void)state;
    CHECK_ROWS(strings, false);
}

static void test_repaired(void **state)
{
    (void)state;
    CHECK_ROWS(repaired, true);
}

static void test_containers(void **state)
{
    (void)state;
    CHECK_ROWS(containers, false);
}

/* The last whole number that a double surely holds. */
static void test_largest_number(void **state)
{
    (void)state;
    struct tn_arena arena;
    struct tn_python_literal literal;
    tn_arena_init(&arena, 1 << 20);
    assert_true(tn_python_literal_parse(&arena, TN_LIT("-9007199254740992"), &literal, NULL));
    assert_true(cJSON_IsNumber(literal.tree));
    assert_true(literal.tree->valuedouble == -9007199254740992.0);
    tn_arena_release(&arena);
}

static void test_used(void **state)
{
    (void)state;
    struct tn_python_literal literal;
    struct tn_error error;
    char *json = as_json(TN_LIT(" {'a': 1}\nbehind"), &literal, &error);
    assert_non_null(json);
    assert_int_equal(literal.used, 9);
    cJSON_free(json);
}

static const struct {
    const char *literal;
    enum tn_code code;
    size_t offset;
} errors[] = {
    {"", TN_TRUNCATED, 0},
    {"  ", TN_TRUNCATED, 2},
    {"{'a': ", TN_TRUNCATED, 6},
    {"{'a': 'b", TN_TRUNCATED, 8},
    {"[1, 2", TN_TRUNCATED, 5},
    {"'a\nb'", TN_SYNTAX, 2},
    {"{'a' 1}", TN_SYNTAX, 5},
    {"{'a': 1, 2}", TN_SYNTAX, 10},
    {"{1, 'a': 2}", TN_SYNTAX, 7},
    {"{'a': 1 'b': 2}", TN_SYNTAX, 8},
    {"{'a': }", TN_SYNTAX, 6},
    {"{[1]: 2}", TN_SYNTAX, 4},
    {"[1 2]", TN_SYNTAX, 3},
    {"[,]", TN_SYNTAX, 1},
    {"[1,,2]", TN_SYNTAX, 3},
    {"[1}", TN_SYNTAX, 2},
    {"f'a'", TN_SYNTAX, 0},
    {"ur'a'", TN_SYNTAX, 0},
    {"'a' b'b'", TN_SYNTAX, 4},
    {"'\\N{DASH}'", TN_SYNTAX, 2},
    {"'\\xg'", TN_SYNTAX, 3},
    {"'\\U00110000'", TN_SYNTAX, 11},
    {"name", TN_SYNTAX, 0},
    {"datetime.date(2020, 1, 1)", TN_SYNTAX, 0},
    {"Trueish", TN_SYNTAX, 0},
    {"true", TN_SYNTAX, 0},
    {"0x1F", TN_SYNTAX, 1},
    {"1__0", TN_SYNTAX, 2},
    {"1.2.3", TN_SYNTAX, 3},
    {"[1.5_]", TN_SYNTAX, 5},
    {"1j", TN_SYNTAX, 1},
    {"-", TN_TRUNCATED, 1},
    {"[1 # one\n]", TN_SYNTAX, 3},
};

static void test_errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        struct tn_python_literal literal;
        struct tn_error error;
        char *json = as_json(tn_str_of(errors[i].literal), &literal, &error);
        if (json)
            fail_msg("%s: is accepted as %s", errors[i].literal, json);
        if (error.code != errors[i].code || error.offset != errors[i].offset)
            fail_msg("%s: %s at %zu", errors[i].literal, error.message, error.offset);
        assert_int_equal(literal.used, error.offset);
    }
}

static void test_depth(void **state)
{
    (void)state;
    char text[2 * TN_MAX_DEPTH + 3];
    struct tn_python_literal literal;
    struct tn_error error;
    memset(text, '[', TN_MAX_DEPTH);
    memset(text + TN_MAX_DEPTH, ']', TN_MAX_DEPTH);
    char *json = as_json(tn_str_slice(text, 2 * (size_t)TN_MAX_DEPTH), &literal, &error);
    assert_non_null(json);
    cJSON_free(json);
    memset(text, '(', sizeof text);
    assert_null(as_json(tn_str_slice(text, sizeof text), &literal, &error));
    assert_int_equal(error.code, TN_TOO_DEEP);
    assert_int_equal(error.offset, TN_MAX_DEPTH);
}

static void test_memory(void **state)
{
    (void)state;
    static const char text[] = "['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', {'b': 2}, 1.5, set()]";
    struct tn_python_literal literal;
    struct tn_error error;
    for (size_t limit = 0; limit < 60000; limit += 64) {
        struct tn_arena arena;
        tn_arena_init(&arena, limit);
        if (!tn_python_literal_parse(&arena, TN_LIT(text), &literal, &error))
            assert_int_equal(error.code, TN_NO_MEMORY);
        tn_arena_release(&arena);
    }
}

/* A document cut anywhere is an error, never a crash or a value. */
static void test_truncated(void **state)
{
    (void)state;
    static const char text[] = "{'a': [1, 2.5e3, -7], \"b\": ('x\\ud83d\\ude00', b'\\xc3\\xa9', r'\\d', '''q'''), 'c': {True, None}}";
    for (size_t len = 0; len < sizeof text - 1; len++) {
        char *copy = test_malloc(len + 1); /* so that reading behind it is noticed */
        memcpy(copy, text, len);
        struct tn_python_literal literal;
        struct tn_error error;
        assert_null(as_json(tn_str_slice(copy, len), &literal, &error));
        assert_true(literal.used <= len);
        test_free(copy);
    }
}

/* Long hostile texts in about the time that their length asks for. */
static void test_long(void **state)
{
    (void)state;
    enum { TIMES = 200000 };
    static const char *const bits[] = {"'a' ", "'\\0'", "[],", "1,", "''' '' ", "\\\n"};
    for (size_t i = 0; i < sizeof bits / sizeof bits[0]; i++) {
        struct tn_buf text;
        struct tn_python_literal literal;
        struct tn_error error;
        tn_buf_init(&text, 1 << 24);
        tn_buf_char(&text, '[');
        for (int n = 0; n < TIMES; n++)
            tn_buf_str(&text, tn_str_of(bits[i]));
        tn_buf_char(&text, ']');
        cJSON_free(as_json(tn_str_slice(text.data, text.len), &literal, &error));
        tn_buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scalars), cmocka_unit_test(test_strings),  cmocka_unit_test(test_repaired),
        cmocka_unit_test(test_containers), cmocka_unit_test(test_largest_number), cmocka_unit_test(test_used), cmocka_unit_test(test_errors),
        cmocka_unit_test(test_depth),   cmocka_unit_test(test_memory),   cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
