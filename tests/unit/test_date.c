/* SPDX-License-Identifier: MIT */
#include "normal/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/support_tsv.h"

static enum tn_date_order order_of(struct tn_str cell)
{
    if (tn_str_eq(cell, TN_LIT("day")))
        return TN_DATE_DAY_FIRST;
    return tn_str_eq(cell, TN_LIT("month")) ? TN_DATE_MONTH_FIRST : TN_DATE_ORDER_UNKNOWN;
}

static void check(const struct tn_str *cells, const char *where, void *data)
{
    struct tn_date date;
    enum tn_code want = tn_tsv_code(cells[2]);
    enum tn_code got = tn_normal_date(cells[0], order_of(cells[1]), &date);
    (void)data;
    tn_tsv_same(where, "code", tn_str_of(tn_code_name(got)), tn_str_of(tn_code_name(want)));
    tn_tsv_same(where, "date", tn_str_of(date.text), want ? TN_LIT("") : cells[2]);
    if (want == TN_BAD_VALUE)
        return;
    if (date.time_cut != (tn_str_find(cells[3], TN_LIT("time")) != TN_NO_OFFSET))
        fail_msg("%s: time_cut is %d", where, date.time_cut);
    if (date.sentinel != (tn_str_find(cells[3], TN_LIT("sentinel")) != TN_NO_OFFSET))
        fail_msg("%s: sentinel is %d", where, date.sentinel);
}

static void test_cases(void **state)
{
    (void)state;
    tn_tsv_each("normal/date.tsv", 4, check, NULL);
}

/* Every day of the years around two century turns, in three forms, comes back as itself. */
static void test_calendar(void **state)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    (void)state;
    for (int year = 1999; year <= 2004; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day++) {
                char iso[40], compact[40], turned[40];
                struct tn_date date;
                bool real = day <= days[month - 1] + (month == 2 && year % 4 == 0);
                snprintf(iso, sizeof(iso), "%04d-%02d-%02d", year, month, day);
                snprintf(compact, sizeof(compact), "%04d%02d%02d", year, month, day);
                snprintf(turned, sizeof(turned), "%d/%d/%04d", day, month, year);
                const char *forms[] = {iso, compact, turned};
                for (int i = 0; i < 3; i++) {
                    enum tn_code code = tn_normal_date(tn_str_of(forms[i]), TN_DATE_DAY_FIRST, &date);
                    assert_int_equal(code, real ? TN_CODE_NONE : TN_BAD_VALUE);
                    assert_string_equal(date.text, real ? iso : "");
                }
            }
}

/* Long nonsense is refused, and in time. */
static void test_hostile(void **state)
{
    enum { LENGTH = 1 << 20 };
    static const char fills[] = {' ', '1', '-', 'a', ',', '.', ':', '\0', (char)0xC2, '/'};
    char *text = malloc(LENGTH);
    struct tn_date date;
    (void)state;
    for (size_t i = 0; i < sizeof(fills); i++) {
        memset(text, fills[i], LENGTH);
        memcpy(text, "2024-05-17 ", 11);
        tn_normal_date(tn_str_slice(text, LENGTH), TN_DATE_ORDER_UNKNOWN, &date);
        memcpy(text, "May ", 4);
        assert_int_equal(tn_normal_date(tn_str_slice(text, LENGTH), TN_DATE_ORDER_UNKNOWN, &date), TN_BAD_VALUE);
    }
    free(text);
}

static void test_absent(void **state)
{
    struct tn_date date;
    (void)state;
    assert_int_equal(tn_normal_date((struct tn_str){NULL, 0}, TN_DATE_ORDER_UNKNOWN, &date), TN_CODE_NONE);
    assert_string_equal(date.text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_calendar),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
