/* SPDX-License-Identifier: MIT */
#include "normal/age.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/support_tsv.h"

/* A cell such as 0.0833 in ten thousandths. */
static long ten_thousandths(struct tn_str cell)
{
    char text[32] = "";
    memcpy(text, cell.s, cell.len < 31 ? cell.len : 31);
    return (long)(strtod(text, NULL) * 10000 + 0.5);
}

static void check(const struct tn_str *cells, const char *where, void *data)
{
    struct tn_age age;
    enum tn_age_bound bound = tn_str_eq(cells[1], TN_LIT("max")) ? TN_AGE_MAXIMUM : TN_AGE_MINIMUM;
    enum tn_code want = tn_tsv_code(cells[3]);
    enum tn_code got = tn_normal_age(cells[0], bound, tn_str_eq(cells[2], TN_LIT("yes")), &age);
    (void)data;
    tn_tsv_same(where, "code", tn_str_of(tn_code_name(got)), tn_str_of(tn_code_name(want)));
    tn_tsv_same(where, "age", tn_str_of(age.text), want ? TN_LIT("") : cells[3]);
    if ((long)(age.years * 10000 + 0.5) != ten_thousandths(cells[4]))
        fail_msg("%s: years is %f", where, age.years);
    if (age.coarser != tn_str_eq(cells[5], TN_LIT("yes")))
        fail_msg("%s: coarser is %d", where, age.coarser);
}

static void test_cases(void **state)
{
    (void)state;
    tn_tsv_each("normal/age.tsv", 6, check, NULL);
}

static void test_hostile(void **state)
{
    enum { LENGTH = 1 << 20 };
    static const char fills[] = {' ', '1', '-', 'a', '.', '\0', (char)0xE2, '<'};
    char *text = malloc(LENGTH);
    struct tn_age age;
    (void)state;
    for (size_t i = 0; i < sizeof(fills); i++) {
        memset(text, fills[i], LENGTH);
        memcpy(text, "18", 2);
        tn_normal_age(tn_str_slice(text, LENGTH), TN_AGE_MINIMUM, true, &age);
        text[0] = 'x';
        assert_int_equal(tn_normal_age(tn_str_slice(text, LENGTH), TN_AGE_MINIMUM, true, &age), TN_BAD_VALUE);
    }
    free(text);
}

static void test_absent(void **state)
{
    struct tn_age age;
    (void)state;
    assert_int_equal(tn_normal_age((struct tn_str){NULL, 0}, TN_AGE_MINIMUM, true, &age), TN_CODE_NONE);
    assert_string_equal(age.text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
