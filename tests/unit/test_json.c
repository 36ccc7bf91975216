/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "syntax/json.h"

static int set_up(void **state)
{
    (void)state;
    tn_json_init_hooks();
    tn_json_init_hooks();
    return 0;
}

/* Every pointer of the tree is in the arena, and nothing has to be freed (the sanitizer would tell). */
static void test_tree_in_arena(void **state)
{
    (void)state;
    struct tn_arena arena;
    struct tn_error error;
    tn_arena_init(&arena, 1 << 20);
    const char text[] = " {\"a\": [1, \"two\", null]} \n";
    cJSON *tree = tn_json_parse(&arena, text, sizeof text - 1, &error);
    assert_non_null(tree);
    const cJSON *a = cJSON_GetObjectItemCaseSensitive(tree, "a");
    assert_true(tn_arena_owns(&arena, tree) && tn_arena_owns(&arena, a) && tn_arena_owns(&arena, a->string));
    assert_string_equal(cJSON_GetArrayItem(a, 1)->valuestring, "two");
    tn_arena_release(&arena);
}

static void test_no_nul_needed(void **state)
{
    (void)state;
    struct tn_arena arena;
    struct tn_error error;
    tn_arena_init(&arena, 1 << 20);
    static const char text[] = "[12,3]";
    for (size_t len = 0; len < sizeof text; len++) {
        char *copy = test_malloc(len + 1);
        memcpy(copy, text, len);
        assert_int_equal(tn_json_parse(&arena, copy, len, &error) != NULL, len == 6);
        test_free(copy);
    }
    tn_arena_release(&arena);
}

static const struct {
    const char *text;
    enum tn_code code;
    size_t offset;
} errors[] = {
    {"", TN_SYNTAX, 0},
    {"  ", TN_SYNTAX, 0},
    {"{\"a\":1} x", TN_SYNTAX, 7},
    {"{\"a\":tru}", TN_SYNTAX, 5},
    {"{\"a\":\"\\ud800\"}", TN_SYNTAX, 6},
};

static void test_errors(void **state)
{
    (void)state;
    struct tn_arena arena;
    tn_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        struct tn_error error;
        assert_null(tn_json_parse(&arena, errors[i].text, strlen(errors[i].text), &error));
        assert_int_equal(error.code, errors[i].code);
        assert_int_equal(error.offset, errors[i].offset);
        assert_int_equal(error.severity, TN_FAILED);
    }
    assert_null(tn_json_parse(&arena, "{", 1, NULL));
    tn_arena_release(&arena);
}

static void test_depth(void **state)
{
    (void)state;
    enum { TOO_DEEP = TN_MAX_DEPTH + 1 };
    struct tn_arena arena;
    struct tn_error error;
    char text[2 * TOO_DEEP];
    tn_arena_init(&arena, 1 << 20);
    memset(text, '[', TOO_DEEP);
    memset(text + TOO_DEEP, ']', TOO_DEEP);
    assert_null(tn_json_parse(&arena, text, sizeof text, &error));
    assert_int_equal(error.code, TN_TOO_DEEP);
    assert_non_null(tn_json_parse(&arena, text + 1, sizeof text - 2, &error));
    tn_arena_release(&arena);
}

static void test_full_arena(void **state)
{
    (void)state;
    const char text[] = "{\"a\":[1,2,3,\"a text that takes some room\"],\"b\":{\"c\":{}}}";
    for (size_t limit = 0; limit < 2000; limit += 16) {
        struct tn_arena arena;
        struct tn_error error;
        tn_arena_init(&arena, limit);
        if (!tn_json_parse(&arena, text, sizeof text - 1, &error))
            assert_int_equal(error.code, TN_NO_MEMORY);
        tn_arena_release(&arena);
    }
}

/* While an arena is set, what came from malloc is still given back to it; without one, cJSON works as ever. */
static void test_owners(void **state)
{
    (void)state;
    struct tn_arena arena, other;
    tn_arena_init(&arena, 1 << 20);
    tn_arena_init(&other, 1 << 20);
    cJSON *outside = cJSON_Parse("[1]");
    assert_null(tn_json_arena_enter(&arena));
    cJSON *inside = cJSON_Parse("{\"a\":\"b\"}");
    assert_true(tn_arena_owns(&arena, inside));
    cJSON_Delete(outside);
    cJSON_Delete(inside);
    assert_ptr_equal(tn_json_arena_enter(&other), &arena);
    assert_true(tn_arena_owns(&other, cJSON_CreateNull()));
    tn_json_arena_leave(&arena);
    struct tn_arena *ours = tn_json_arena_enter(NULL);
    assert_ptr_equal(ours, &arena);
    cJSON_Delete(cJSON_Parse("[2]"));
    tn_json_arena_leave(ours);
    assert_ptr_equal(tn_json_arena_enter(NULL), &arena);
    tn_arena_release(&arena);
    tn_arena_release(&other);
}

/* Strings are taken out before cJSON parses: it makes the same of each text as cJSON alone, also of each text's beginning. */
static const char *const texts[] = {
    "{\"a\":\"\",\"\":\"b\",\"c\" : \"d\\n\\t\\\"\\\\\\/\\b\\f\\r\",\"e\":[\"\",null,\"null\",true,false,{},[],\"n\"]}",
    "[\"\\u00e9\\u20AC\\ud83d\\ude00\",\"é€😀\",\"a text that is longer than sixteen bytes, with a \\u2264 in it\"]",
    "{\"a\":null,\"null\":\"x\"}", "null", "\"x\"", "\"\"", " \"x\"\n", "\xEF\xBB\xBF{\"a\":\"b\"}",
    "[1,-2.5,0,-0,1e5,0.1,12345678901234567890,1.50,10,2.675,-122.41942,3.0,007,1.,.5,99999999999,-99999999999,1E400,15\n]",
    "{null:1}", "{\"a\"}", "{\"a\",\"b\"}", "[\"a\":1]", "[\"a\"\"b\"]", "\"a\"x", "[nul]", "[nulll]", "[\"\\x\"]", "[\"\\",
    "[\"\\u12\"]", "[\"\\ud800\"]", "[\"\\ude00\"]", "[\"\\ud800\\u0041\"]", "{1:2}", "{12.5:2}", "[12\"a\"]", "[\"a\"12]", "[12 13]",
    "[12null]", "[-12-13]", "{\"a\":\"line\nend\ttab\"}", "[\"a\" , \"b\"\r\n, 12 ]", "[12,]", "{\"a\":12,}",
};

static void test_strings_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (size_t len = strlen(texts[i]); len > 0; len--) {
            struct tn_arena arena;
            tn_arena_init(&arena, 1 << 20);
            char *cut = test_malloc(len + 1);
            memcpy(cut, texts[i], len);
            cut[len] = '\0';
            cJSON *own = tn_json_parse(&arena, cut, len, NULL), *alone = cJSON_ParseWithOpts(cut, NULL, true);
            assert_int_equal(own != NULL, alone != NULL);
            if (own) {
                struct tn_arena *before = tn_json_arena_enter(&arena);
                char *one = cJSON_PrintUnformatted(own), *other = cJSON_PrintUnformatted(alone);
                assert_string_equal(one, other);
                tn_json_arena_leave(before);
            }
            cJSON_Delete(alone);
            test_free(cut);
            tn_arena_release(&arena);
        }
    }
}

/* What is known of a string stands beside it; what may need cleaning is not calm, wherever it stands. */
static void test_marks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool calm;
    } strings[] = {
        {"a calm text of more than sixteen bytes", true}, {"", true}, {"it's 100%~", true}, {"caf\xC3\xA9", false},
        {"more than sixteen bytes and a <b>", false}, {"a & b", false}, {"a\\nb", false}, {"a\\\"b", false}, {"\x7F", false},
        {"sixteen bytes 16<", false}, {"a tab\there", false},
    };
    struct tn_arena arena;
    tn_arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        char text[128];
        int len = snprintf(text, sizeof text, "{\"key\":\"%s\",\"behind\":\"<<<<<<<<<<<<<<<<\"}", strings[i].text);
        const cJSON *item = tn_json_parse(&arena, text, (size_t)len, NULL)->child;
        assert_int_equal((item->type & TN_JSON_CALM) != 0, strings[i].calm);
        assert_int_equal(tn_json_text(item).len, strlen(item->valuestring));
        assert_string_equal(item->string, "key");
        assert_false(item->next->type & TN_JSON_CALM);
    }
    tn_arena_release(&arena);
}

/* What cJSON has to judge: a NUL ends a string. */
static void test_strings_with_nul(void **state)
{
    (void)state;
    struct tn_arena arena;
    tn_arena_init(&arena, 1 << 20);
    const char text[] = "[\"a\0b\",\"c\\u0000d\",\"e\"]";
    const cJSON *tree = tn_json_parse(&arena, text, sizeof text - 1, NULL);
    assert_non_null(tree);
    assert_string_equal(cJSON_GetArrayItem(tree, 0)->valuestring, "a");
    assert_string_equal(cJSON_GetArrayItem(tree, 1)->valuestring, "c");
    assert_string_equal(cJSON_GetArrayItem(tree, 2)->valuestring, "e");
    tn_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree_in_arena), cmocka_unit_test(test_no_nul_needed), cmocka_unit_test(test_errors),
        cmocka_unit_test(test_depth),         cmocka_unit_test(test_full_arena),    cmocka_unit_test(test_owners),
        cmocka_unit_test(test_strings_apart),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_strings_with_nul),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
