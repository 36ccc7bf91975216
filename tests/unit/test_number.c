/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/number.h"

static const char *text_of(double value)
{
    static char text[TN_NUMBER_MAX + 1];
    size_t len = tn_number_format(value, text);
    assert_true(len <= TN_NUMBER_MAX);
    text[len] = '\0';
    return text;
}

static void numbers_have_their_shortest_form(void **state)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},           {-0.0, "0"},          {1, "1"},         {-1, "-1"},          {0.1, "0.1"},
        {-0.5, "-0.5"},     {100, "100"},         {18.25, "18.25"}, {0.0833, "0.0833"},  {42.36043, "42.36043"},
        {-71.05977, "-71.05977"}, {1e-6, "0.000001"}, {1e-7, "1e-7"}, {1.5e-7, "1.5e-7"}, {1.3e-12, "1.3e-12"},
        {1e15, "1000000000000000"}, {9007199254740991.0, "9007199254740991"}, {1e16, "1e16"}, {1.25e20, "1.25e20"},
        {-3e22, "-3e22"},   {123456789.123, "123456789.123"}, {0.3, "0.3"}, {2.675, "2.675"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(text_of(cases[i].value), cases[i].text);
}

static void every_number_reads_back(void **state)
{
    uint64_t bits = 88172645463325252ULL; /* xorshift, so that every run sees the same numbers */
    static const double limits[] = {DBL_MAX, DBL_MIN, 5e-324, DBL_EPSILON, 9007199254740992.0, 1.7976931348623157e308,
                                    0.1 + 0.2, 1.0 / 3, 2e-308};
    (void)state;
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        assert_true(strtod(text_of(limits[i]), NULL) == limits[i]);
    for (int i = 0; i < 200000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double value;
        memcpy(&value, &bits, sizeof value);
        if (i % 2)
            value = (double)(int64_t)(bits % 2000000000) / 10000 - 90000;
        if (!isfinite(value))
            continue;
        assert_true(strtod(text_of(value), NULL) == value);
    }
}

static void what_json_has_no_word_for_is_nothing(void **state)
{
    char text[TN_NUMBER_MAX];
    (void)state;
    assert_int_equal(tn_number_format((double)NAN, text), 0);
    assert_int_equal(tn_number_format((double)INFINITY, text), 0);
    assert_int_equal(tn_number_format(-(double)INFINITY, text), 0);
}

static void whole_numbers(void **state)
{
    static const struct {
        int64_t value;
        const char *text;
    } cases[] = {{0, "0"}, {7, "7"}, {-10, "-10"}, {INT64_MAX, "9223372036854775807"}, {INT64_MIN, "-9223372036854775808"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[TN_NUMBER_MAX];
        size_t len = tn_integer_format(cases[i].value, text);
        assert_int_equal(len, strlen(cases[i].text));
        assert_memory_equal(text, cases[i].text, len);
    }
}

/* Where the machine has such a locale; C.UTF-8 and others change nothing. */
static void a_locale_with_a_comma_changes_nothing(void **state)
{
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ps_AF.UTF-8", NULL};
    (void)state;
    for (const char *const *locale = locales; *locale; locale++) {
        if (!setlocale(LC_ALL, *locale))
            continue;
        assert_string_equal(text_of(0.5), "0.5");
        assert_null(strpbrk(text_of(1.0 / 3), ","));
    }
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_their_shortest_form),
        cmocka_unit_test(every_number_reads_back),
        cmocka_unit_test(what_json_has_no_word_for_is_nothing),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(a_locale_with_a_comma_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
