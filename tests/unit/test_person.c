/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "normal/person.h"
#include "unit/support_tsv.h"

static void check_case(const struct tn_str *cells, const char *where, void *data)
{
    (void)data;
    struct tn_person person;
    tn_person_split(cells[0], &person);
    tn_tsv_same(where, "name", person.name, cells[1]);
    tn_tsv_same(where, "degrees", person.degrees, cells[2]);
}

static void cases_are_split(void **state)
{
    (void)state;
    tn_tsv_each("normal/person.tsv", 3, check_case, NULL);
}

static void an_empty_name_is_empty(void **state)
{
    (void)state;
    struct tn_person person;
    tn_person_split(TN_LIT(" , "), &person);
    assert_int_equal(person.name.len, 0);
    tn_person_split((struct tn_str){NULL, 0}, &person);
    assert_int_equal(person.name.len + person.degrees.len, 0);
}

/* Each of these would take minutes if the work were quadratic. */
static void long_hostile_names_end(void **state)
{
    (void)state;
    static const char *const pieces[] = {"MD, ", ",", "MD ", "a,", "Prof", "-M"};
    enum { SIZE = 400000 };
    char *raw = malloc(SIZE);
    assert_non_null(raw);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t len = strlen(pieces[i]);
        for (size_t at = 0; at < SIZE; at++)
            raw[at] = pieces[i][at % len];
        struct tn_person person;
        tn_person_split(tn_str_slice(raw, SIZE), &person);
        assert_true(person.name.len + person.degrees.len <= SIZE);
    }
    free(raw);
}

static void table_is_sorted(void **state)
{
    (void)state;
    static const char *const letters[] = {
#define TN_DEGREE(letters, kind) letters,
#include "normal/degrees.inc"
    };
    for (size_t i = 1; i < sizeof letters / sizeof *letters; i++)
        if (strcasecmp(letters[i - 1], letters[i]) >= 0)
            fail_msg("out of order: %s, %s", letters[i - 1], letters[i]);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_split),
        cmocka_unit_test(an_empty_name_is_empty),
        cmocka_unit_test(long_hostile_names_end),
        cmocka_unit_test(table_is_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
