/* SPDX-License-Identifier: MIT */
#include "normal/count.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/support_tsv.h"

static void check(const struct tn_str *cells, const char *where, void *data)
{
    int64_t count = 0;
    bool summed;
    char text[32];
    enum tn_code want = tn_tsv_code(cells[1]);
    enum tn_code got = tn_normal_count(cells[0], &count, &summed);
    (void)data;
    tn_tsv_same(where, "code", tn_str_of(tn_code_name(got)), tn_str_of(tn_code_name(want)));
    if (want)
        return;
    snprintf(text, sizeof(text), "%lld", (long long)count);
    tn_tsv_same(where, "count", tn_str_of(text), cells[1]);
    if (summed != tn_str_eq(cells[2], TN_LIT("yes")))
        fail_msg("%s: summed is %d", where, summed);
}

static void test_cases(void **state)
{
    (void)state;
    tn_tsv_each("normal/count.tsv", 3, check, NULL);
}

static void test_hostile(void **state)
{
    enum { LENGTH = 1 << 20 };
    static const char fills[] = {' ', '1', ':', ';', 'a', ',', '.', '\0', (char)0xEF, '\n'};
    char *text = malloc(LENGTH);
    int64_t count;
    bool summed;
    (void)state;
    for (size_t i = 0; i < sizeof(fills); i++) {
        memset(text, fills[i], LENGTH);
        memcpy(text, "group", 5);
        assert_int_equal(tn_normal_count(tn_str_slice(text, LENGTH), &count, &summed), TN_BAD_VALUE);
    }
    for (size_t i = 0; i + 4 <= LENGTH; i += 4)
        memcpy(text + i, "g:1;", 4);
    assert_int_equal(tn_normal_count(tn_str_slice(text, LENGTH), &count, &summed), TN_CODE_NONE);
    assert_int_equal(count, LENGTH / 4);
    free(text);
}

static void test_absent(void **state)
{
    int64_t count;
    bool summed;
    (void)state;
    assert_int_equal(tn_normal_count((struct tn_str){NULL, 0}, &count, &summed), TN_BAD_VALUE);
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
