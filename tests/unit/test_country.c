/* SPDX-License-Identifier: MIT */
#include "normal/country.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "normal/fold.h"
#include "unit/support_tsv.h"

static const struct name {
    const char *name, *code;
} names[] = {
#define TN_COUNTRY(name, code) {name, code},
#include "normal/countries.inc"
};
enum { NAMES = sizeof(names) / sizeof(names[0]) };

static const struct code {
    const char *alpha2, *alpha3;
} codes[] = {
#define TN_COUNTRY_CODE(alpha2, alpha3) {alpha2, alpha3},
#include "normal/country_codes.inc"
};
enum { CODES = sizeof(codes) / sizeof(codes[0]) };

static void check(const struct tn_str *cells, const char *where, void *data)
{
    struct tn_country country;
    bool known = tn_normal_country(cells[0], &country);
    const char *got = !known ? "!" : country.code[0] ? country.code : "none";
    (void)data;
    tn_tsv_same(where, "country", tn_str_of(got), cells[1]);
}

static void test_cases(void **state)
{
    (void)state;
    tn_tsv_each("normal/country.tsv", 2, check, NULL);
}

static bool has_code(const char *code)
{
    for (size_t i = 0; i < CODES; i++)
        if (strcmp(codes[i].alpha2, code) == 0)
            return true;
    return false;
}

static void test_tables(void **state)
{
    (void)state;
    assert_int_equal(CODES, 249);
    for (size_t i = 0; i < CODES; i++) {
        assert_true(strlen(codes[i].alpha2) == 2 && strlen(codes[i].alpha3) == 3);
        assert_true(i == 0 || strcmp(codes[i - 1].alpha2, codes[i].alpha2) < 0);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(codes[k].alpha3, codes[i].alpha3);
    }
    for (size_t i = 0; i < NAMES; i++) {
        char key[TN_FOLD_MAX];
        tn_fold(tn_str_of(names[i].name), key);
        assert_string_equal(key, names[i].name);
        if (i && strcmp(names[i - 1].name, names[i].name) >= 0)
            fail_msg("countries.inc: %s is out of order or there twice", names[i].name);
        assert_true(names[i].code[0] == '\0' || has_code(names[i].code));
    }
}

/* Each country is found by both codes and has a name; each name leads to its code. */
static void test_all_found(void **state)
{
    struct tn_country country;
    (void)state;
    for (size_t i = 0; i < CODES; i++) {
        size_t named = 0;
        assert_true(tn_normal_country(tn_str_of(codes[i].alpha2), &country));
        assert_string_equal(country.code, codes[i].alpha2);
        assert_true(tn_normal_country(tn_str_of(codes[i].alpha3), &country));
        assert_string_equal(country.code, codes[i].alpha2);
        for (size_t k = 0; k < NAMES; k++)
            named += strcmp(names[k].code, codes[i].alpha2) == 0;
        assert_true(named > 0);
    }
    for (size_t i = 0; i < NAMES; i++) {
        assert_true(tn_normal_country_name(tn_str_of(names[i].name), &country));
        assert_string_equal(country.code, names[i].code);
    }
}

/* CA may be California: a caller who cannot tell asks for names alone. */
static void test_names_alone(void **state)
{
    struct tn_country country;
    (void)state;
    assert_false(tn_normal_country_name(TN_LIT("CA"), &country));
    assert_false(tn_normal_country_name(TN_LIT("IND"), &country));
    assert_true(tn_normal_country_name(TN_LIT("Canada"), &country));
    assert_string_equal(country.code, "CA");
    assert_false(tn_normal_country((struct tn_str){NULL, 0}, &country));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_all_found),
        cmocka_unit_test(test_names_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
