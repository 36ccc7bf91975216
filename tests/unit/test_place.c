/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "normal/place.h"
#include "unit/support_tsv.h"

static void check_case(const struct tn_str *cells, const char *where, void *data)
{
    (void)data;
    struct tn_place place;
    bool facility = tn_str_eq(cells[0], TN_LIT("facility"));
    bool split = facility ? tn_place_split_facility(cells[1], &place) : tn_place_split(cells[1], &place);
    tn_tsv_same(where, "facility", place.facility, cells[2]);
    tn_tsv_same(where, "city", place.city, cells[3]);
    tn_tsv_same(where, "state", place.state, cells[4]);
    tn_tsv_same(where, "zip", place.zip, cells[5]);
    tn_tsv_same(where, "country", place.country, cells[6]);
    assert_int_equal(split, place.country.len > 0);
}

static void cases_are_split(void **state)
{
    (void)state;
    tn_tsv_each("normal/place.tsv", 7, check_case, NULL);
}

static void nothing_comes_of_nothing(void **state)
{
    (void)state;
    struct tn_place place;
    assert_false(tn_place_split(TN_LIT(""), &place));
    assert_false(tn_place_split_facility(TN_LIT(",,,,,,,,,,,,"), &place));
    assert_int_equal(place.facility.len + place.city.len, 0);
}

static void places_from_the_country_down(void **state)
{
    (void)state;
    struct tn_place place;
    assert_true(tn_place_split_down(TN_LIT("United States, Alaska, Anchorage, 99508"), &place));
    assert_true(tn_str_eq(place.state, TN_LIT("Alaska")) && tn_str_eq(place.city, TN_LIT("Anchorage")));
    assert_true(tn_str_eq(place.zip, TN_LIT("99508")));
    assert_true(tn_place_split_down(TN_LIT("Korea, Republic of, Seoul"), &place));
    assert_true(tn_str_eq(place.country, TN_LIT("Korea, Republic of")) && tn_str_eq(place.city, TN_LIT("Seoul")));
    assert_int_equal(place.state.len, 0);
    assert_false(tn_place_split_down(TN_LIT("Spain"), &place));
    assert_false(tn_place_split_down(TN_LIT("Anchorage, Alaska, United States"), &place));
    assert_int_equal(place.country.len, 0);
}

static void many_commas_are_one_facility(void **state)
{
    (void)state;
    enum { SIZE = 200000 };
    static const char tail[] = ", Lyon, France";
    char *raw = malloc(SIZE + sizeof tail);
    assert_non_null(raw);
    for (size_t i = 0; i < SIZE; i++)
        raw[i] = i % 2 ? ',' : 'A';
    raw[SIZE - 1] = 'A';
    memcpy(raw + SIZE, tail, sizeof tail);
    struct tn_place place;
    assert_true(tn_place_split_facility(tn_str_slice(raw, SIZE + sizeof tail - 1), &place));
    assert_true(tn_str_eq(place.country, TN_LIT("France")));
    free(raw);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_split),
        cmocka_unit_test(nothing_comes_of_nothing),
        cmocka_unit_test(places_from_the_country_down),
        cmocka_unit_test(many_commas_are_one_facility),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
