/* SPDX-License-Identifier: MIT */
/* Every fixture is held against every reader: its own wins, and leads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <glob.h>

#include "core/str.h"
#include "trialnorm/reader.h"
#include "unit/support_document.h"

/* ".../fixtures/<reader>/<case>/input.x" -> "<reader>" */
static void reader_of(const char *path, char *name, size_t room)
{
    const char *start = path + strlen(TN_FIXTURES) + 1;
    size_t len = strcspn(start, "/");
    assert_true(len < room);
    memcpy(name, start, len);
    name[len] = '\0';
}

static void every_fixture_is_claimed_by_its_own_reader(void **state)
{
    (void)state;
    struct tn_read_options options = {0};
    struct tn_worker *worker = tn_worker_new(&options);
    glob_t found;
    assert_int_equal(glob(TN_FIXTURES "/*/*/input.*", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char expected[64];
        struct tn_verdict verdict;
        struct tn_error error;
        struct tn_buf decoded;
        struct tn_str bytes = document_load(found.gl_pathv[i]), text = document_text(bytes, &decoded);
        reader_of(found.gl_pathv[i], expected, sizeof expected);
        if (tn_detect(worker, text, &verdict, &error) != TN_OK)
            fail_msg("%s: %s", found.gl_pathv[i], error.message);
        assert_string_equal(verdict.reader->name, expected);
        assert_true(verdict.evidence.bits >= verdict.runner_up_bits + 8);
        tn_buf_release(&decoded);
        free((void *)(uintptr_t)bytes.s);
    }
    assert_true(found.gl_pathc >= 5);
    globfree(&found);
    tn_worker_free(worker);
}

static enum tn_syntax syntax(const char *text)
{
    return tn_syntax_of(tn_str_of(text));
}

static void a_title_with_a_bracket_is_text(void **state)
{
    (void)state;
    assert_int_equal(syntax("[18F]FDG in lung cancer\nStatus"), TN_SYNTAX_TEXT);
    assert_int_equal(syntax("{Part A} of a study"), TN_SYNTAX_TEXT);
    assert_int_equal(syntax("{\"Alpha\"} and beta\n"), TN_SYNTAX_TEXT);
    assert_int_equal(syntax("{'hasResults': False}"), TN_SYNTAX_TEXT);
    assert_int_equal(syntax("\xEF\xBB\xBF { \"a\" : 1}"), TN_SYNTAX_JSON);
    assert_int_equal(syntax("[\n{\"a\":1}]"), TN_SYNTAX_JSON);
    assert_int_equal(syntax("[]"), TN_SYNTAX_JSON);
    assert_int_equal(syntax("{\"a"), TN_SYNTAX_JSON);
    assert_int_equal(syntax(""), TN_SYNTAX_TEXT);
}

/* The second has the codes that the rows of EudraCT's protocols have, and so has any text with numbered rules. */
static void nobody_claims_a_letter_or_rules(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Dear colleagues,\n\nwe met on Monday.\n\nLocations\nHere and there\n",
        "Summary\nA.1: Say what you mean\nA.2: Use a library\nA.4: Be short\nC.1: Related data stand together\n"
        "C.2: A class has an invariant\nE.1: Errors have a strategy\nE.2: Throw to signal\nE.3: Only for errors\n"
        "F.1: Name what a function does\nF.2: One thing each\nF.3: Keep it simple\nExamples\nF.4: In one place\n",
    };
    struct tn_read_options options = {0};
    struct tn_worker *worker = tn_worker_new(&options);
    struct tn_verdict verdict;
    struct tn_error error;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(tn_detect(worker, tn_str_of(texts[i]), &verdict, &error), TN_FAILED);
        assert_int_equal(error.code, TN_UNRECOGNISED);
        assert_null(verdict.reader);
    }
    tn_worker_free(worker);
}

/* Titles, states and dates alone are no trial; with a sample size and a phase they are. */
static void tables_of_other_things_are_refused(void **state)
{
    (void)state;
    static const char *const others[] = {
        "id,title,status,start date,end date,country,sex,age\n1,Baker,active,2020-01-01,2021-01-01,Norway,F,33\n",
        "[{\"id\": 1, \"title\": \"Lamp\", \"status\": \"sold\", \"sponsor\": \"x\", \"phase\": \"2\"}]",
        "<shop><item><id>1</id><title>Lamp</title><status>sold</status><country>Norway</country></item></shop>",
    };
    struct tn_read_options options = {0};
    struct tn_worker *worker = tn_worker_new(&options);
    struct tn_verdict verdict;
    struct tn_error error;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(tn_detect(worker, tn_str_of(others[i]), &verdict, &error), TN_FAILED);
        assert_int_equal(error.code, TN_UNRECOGNISED);
    }
    const char *trial = "[{\"title\": \"Lamp light\", \"status\": \"open\", \"sampleSize\": 3, \"phase\": \"2\"}]";
    assert_int_equal(tn_detect(worker, tn_str_of(trial), &verdict, &error), TN_OK);
    assert_string_equal(verdict.reader->name, "json");
    tn_worker_free(worker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fixture_is_claimed_by_its_own_reader),
        cmocka_unit_test(a_title_with_a_bracket_is_text),
        cmocka_unit_test(nobody_claims_a_letter_or_rules),
        cmocka_unit_test(tables_of_other_things_are_refused),
    };
    tn_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
