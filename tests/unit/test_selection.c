/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/str.h"
#include "trialnorm/writer.h"

static int start(void **state)
{
    *state = tn_selection_new();
    return *state ? 0 : -1;
}

static int stop(void **state)
{
    tn_selection_free(*state);
    return 0;
}

static void everything_at_first(void **state)
{
    for (int i = 0; i < tn_type_trial.count; i++) {
        assert_true(tn_selected(*state, i, -1));
        assert_true(tn_selected(NULL, i, -1));
    }
    assert_true(tn_selected(*state, TN_trial_locations, TN_location_city));
    assert_true(tn_selected(NULL, TN_trial_locations, TN_location_city));
}

static void keep_leaves_what_is_named(void **state)
{
    struct tn_error error;
    assert_true(tn_selection_apply(*state, "title,locations_city,locations.zip,arms,extra", true, &error));
    assert_true(tn_selected(*state, TN_trial_title, -1));
    assert_true(tn_selected(*state, TN_trial_extra, -1));
    assert_true(tn_selected(*state, TN_trial_arms, TN_arm_label));
    assert_true(tn_selected(*state, TN_trial_locations, -1));
    assert_true(tn_selected(*state, TN_trial_locations, TN_location_city));
    assert_true(tn_selected(*state, TN_trial_locations, TN_location_zip));
    assert_false(tn_selected(*state, TN_trial_locations, TN_location_country));
    assert_false(tn_selected(*state, TN_trial_acronym, -1));
}

static void drop_takes_what_is_named(void **state)
{
    struct tn_error error;
    assert_true(tn_selection_apply(*state, " title , ,locations.city", false, &error));
    assert_false(tn_selected(*state, TN_trial_title, -1));
    assert_false(tn_selected(*state, TN_trial_locations, TN_location_city));
    assert_true(tn_selected(*state, TN_trial_locations, TN_location_zip));
    assert_true(tn_selection_apply(*state, "links_label,links_url", false, &error));
    assert_false(tn_selected(*state, TN_trial_links, -1));
}

static void one_after_the_other(void **state)
{
    struct tn_error error;
    assert_true(tn_selection_apply(*state, "title,acronym", true, &error));
    assert_true(tn_selection_apply(*state, "acronym", false, &error));
    assert_true(tn_selected(*state, TN_trial_title, -1));
    assert_false(tn_selected(*state, TN_trial_acronym, -1));
}

static void names_that_are_none(void **state)
{
    static const struct {
        const char *names, *says;
    } cases[] = {
        {"title,titel", "no field is named 'titel'; the nearest is 'title'"},
        {"location_city", "no field is named 'location_city'; the nearest is 'locations_city'"},
        {"Title", "no field is named 'Title'; the nearest is 'title'"},
        {"locations_", "no field is named 'locations_'; the nearest is 'locations'"},
        {"extra_label", NULL},
        {"title_x", NULL},
        {"", "the list of fields is empty"},
        {" , ", "the list of fields is empty"},
        {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tn_error error = {.code = TN_CODE_NONE};
        assert_false(tn_selection_apply(*state, cases[i].names, true, &error));
        assert_int_equal(error.code, TN_USAGE);
        if (cases[i].says)
            assert_string_equal(error.message, cases[i].says);
    }
    assert_true(tn_selected(*state, TN_trial_acronym, -1)); /* a refused list changes nothing */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everything_at_first, start, stop),
        cmocka_unit_test_setup_teardown(keep_leaves_what_is_named, start, stop),
        cmocka_unit_test_setup_teardown(drop_takes_what_is_named, start, stop),
        cmocka_unit_test_setup_teardown(one_after_the_other, start, stop),
        cmocka_unit_test_setup_teardown(names_that_are_none, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
