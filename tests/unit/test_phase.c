/* SPDX-License-Identifier: MIT */
#include "normal/phase.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "unit/support_tsv.h"

static void check(const struct tn_str *cells, const char *where, void *data)
{
    struct tn_phases phases;
    char joined[128] = "";
    size_t len = 0;
    enum tn_code want = tn_tsv_code(cells[1]);
    enum tn_code got = tn_normal_phases(cells[0], &phases);
    (void)data;
    for (size_t i = 0; i < phases.count; i++)
        len += (size_t)snprintf(joined + len, sizeof(joined) - len, "%s%s", i ? "+" : "", phases.words[i]);
    tn_tsv_same(where, "code", tn_str_of(tn_code_name(got)), tn_str_of(tn_code_name(want)));
    tn_tsv_same(where, "phases", tn_str_of(joined), want ? TN_LIT("") : cells[1]);
    if (phases.coarser != tn_str_eq(cells[2], TN_LIT("yes")))
        fail_msg("%s: coarser is %d", where, phases.coarser);
}

static void test_cases(void **state)
{
    (void)state;
    tn_tsv_each("normal/phase.tsv", 3, check, NULL);
}

static void test_absent(void **state)
{
    struct tn_phases phases;
    (void)state;
    assert_int_equal(tn_normal_phases((struct tn_str){NULL, 0}, &phases), TN_CODE_NONE);
    assert_int_equal(phases.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
