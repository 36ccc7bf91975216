/* SPDX-License-Identifier: MIT */
/* The tree of an element, and what is put right on the way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "syntax/json.h"
#include "syntax/xml.h"
#include "trialnorm/reader.h"

static struct tn_arena arena;

static const cJSON *parse(const char *text, struct tn_xml_repairs *repairs, struct tn_error *error)
{
    tn_arena_reset(&arena);
    return tn_xml_parse(&arena, text, strlen(text), NULL, repairs, error);
}

static void check(const char *text, const char *expected)
{
    struct tn_error error;
    const cJSON *tree = parse(text, NULL, &error);
    assert_non_null(tree);
    char *json = cJSON_PrintUnformatted(tree);
    assert_string_equal(json, expected);
    free(json);
}

static void test_shapes(void **state)
{
    (void)state;
    check("<r><a>x</a><b/></r>", "{\"a\":\"x\",\"b\":\"\"}");
    check("<r><a>1</a><b>2</b><a>3</a></r>", "{\"a\":[\"1\",\"3\"],\"b\":\"2\"}");
    check("<r n='1'><d type=\"Actual\">May</d></r>", "{\"@n\":\"1\",\"d\":{\"@type\":\"Actual\",\"#\":\"May\"}}");
    check("<x:r xmlns:x='u'><x:a xml:space='preserve'> y </x:a></x:r>", "{\"a\":\" y \"}");
    check("<p:r><p:a>undeclared</p:a></p:r>", "{\"a\":\"undeclared\"}");
    check("<r>\n  <a>\n <b>1</b>\n <!-- c -->\n</a></r>", "{\"a\":{\"b\":\"1\"}}");
    check("<r><a>x<![CDATA[<&>]]>&lt;&#xD;\r\n</a></r>", "{\"a\":\"x<&><\\r\\n\"}");
    check("<r>only</r>", "{\"#\":\"only\"}");
    check("<r><a>one<b>two</b>three</a></r>", "{\"a\":{\"b\":\"two\",\"#\":\"onethree\"}}");
}

static void test_repairs(void **state)
{
    (void)state;
    struct tn_xml_repairs repairs;
    struct tn_error error;
    const cJSON *tree = parse("<r><a>R&D &nbsp;&foo; &#0; 1 < 2 ]]> \x01</a></r>", &repairs, &error);
    assert_non_null(tree);
    assert_string_equal(cJSON_GetObjectItem(tree, "a")->valuestring,
                        "R&D \xC2\xA0&foo; \xEF\xBF\xBD 1 < 2 ]]> \xEF\xBF\xBD");
    assert_int_equal(repairs.signs, 3);
    assert_int_equal(repairs.entities, 1);
    assert_int_equal(repairs.unknown, 1);
    assert_int_equal(repairs.controls, 2);
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "x", "<r>", "<r></x>", "<r a='1' a='2'/>", "<r/><r/>",
                                      "<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct tn_error error = {.code = TN_CODE_NONE};
        assert_null(parse(bad[i], NULL, &error));
        assert_int_equal(error.code, TN_SYNTAX);
    }
}

static void test_places(void **state)
{
    (void)state;
    const cJSON *tree = parse("<r>\n<a>\n<b>x</b></a></r>", NULL, NULL);
    const cJSON *b = cJSON_GetObjectItem(cJSON_GetObjectItem(tree, "a"), "b");
    assert_int_equal(b->valueint, 2);
    assert_int_equal((int)b->valuedouble, 11);
}

int main(void)
{
    tn_init();
    tn_arena_init(&arena, 1 << 26);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_shapes), cmocka_unit_test(test_repairs),
                                       cmocka_unit_test(test_refused), cmocka_unit_test(test_places)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    tn_arena_release(&arena);
    return failed;
}
