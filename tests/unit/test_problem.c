/* SPDX-License-Identifier: MIT */
/* How problems are put into words, and that nothing in them steers a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "batch/problem.h"
#include "core/str.h"

static void shows(const struct tn_problem *problem, const char *expected)
{
    char line[512];
    tn_problem_text(problem, line, sizeof line);
    assert_string_equal(line, expected);
}

static void a_warning_says_file_line_field_and_code(void **state)
{
    (void)state;
    struct tn_error error;
    tn_error_set(&error, TN_WARN, TN_BAD_VALUE, "start_date", "not a date: '%s'", "soon");
    error.line = 14;
    error.offset = 300;
    shows(&(struct tn_problem){"downloads/a.html", NULL, &error},
          "downloads/a.html:14: warning: start_date: not a date: 'soon' [bad-value]");
    shows(&(struct tn_problem){"a.zip", "in/b.txt", &error},
          "a.zip:in/b.txt:14: warning: start_date: not a date: 'soon' [bad-value]");
}

static void an_error_says_the_byte_too(void **state)
{
    (void)state;
    struct tn_error error;
    tn_error_set(&error, TN_FAILED, TN_SYNTAX, NULL, "a comma is missing");
    error.line = 1;
    error.offset = 81726;
    shows(&(struct tn_problem){"-", NULL, &error}, "-:1: error: a comma is missing (byte 81726) [syntax]");
    error.line = 0;
    error.offset = TN_NO_OFFSET;
    shows(&(struct tn_problem){"-", NULL, &error}, "-: error: a comma is missing [syntax]");
    shows(&(struct tn_problem){NULL, NULL, &error}, "error: a comma is missing [syntax]");
}

static void control_bytes_are_shown_not_sent(void **state)
{
    (void)state;
    struct tn_error error;
    tn_error_set(&error, TN_FAILED, TN_IO, NULL, "what\x1B[2J\nis this");
    shows(&(struct tn_problem){"a\x07\xC2\x9B.txt", NULL, &error},
          "a\\x07\\xC2\\x9B.txt: error: what\\x1B[2J\\nis this [io]");
    shows(&(struct tn_problem){"\xE2\x80\xAEtxt.exe\xFF", NULL, &error},
          "\\xE2\\x80\\xAEtxt.exe\\xFF: error: what\\x1B[2J\\nis this [io]");
}

static void text_that_is_text_stays(void **state)
{
    (void)state;
    char out[64];
    size_t used;
    struct tn_str text = TN_LIT("Größe ≥ 5 µm, 研究 \xEF\xBF\xBD");
    assert_int_equal(tn_escape(text, out, sizeof out, &used), text.len);
    assert_int_equal(used, text.len);
    assert_memory_equal(out, text.s, text.len);
}

static void a_cut_falls_between_characters(void **state)
{
    (void)state;
    char out[5];
    size_t used;
    assert_int_equal(tn_escape(TN_LIT("ab≥c"), out, sizeof out, &used), 2);
    assert_int_equal(used, 2);
    assert_string_equal(out, "ab");
    assert_int_equal(tn_escape(TN_LIT("\x01z"), out, sizeof out, &used), 4);
    assert_string_equal(out, "\\x01");
    /* A message longer than its room ends early, and ends. */
    struct tn_error error;
    char line[20];
    tn_error_set(&error, TN_FAILED, TN_IO, NULL, "a long message that does not fit");
    tn_problem_text(&(struct tn_problem){"a-long-path.json", NULL, &error}, line, sizeof line);
    assert_true(strlen(line) < sizeof line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_warning_says_file_line_field_and_code),
        cmocka_unit_test(an_error_says_the_byte_too),
        cmocka_unit_test(control_bytes_are_shown_not_sent),
        cmocka_unit_test(text_that_is_text_stays),
        cmocka_unit_test(a_cut_falls_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
