/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "readers/normalized.h"
#include "trial/compare.h"
#include "trialnorm/reader.h"
#include "unit/support_trial.h"
#include "writers/json_text.h"

struct told {
    const tn_trial *before, *now;
    struct tn_buf lines;
    int most;
};

static void add_side(struct tn_buf *lines, const struct tn_buf *side)
{
    tn_buf_char(lines, ' ');
    tn_buf_str(lines, side->len ? tn_str_slice(side->data, side->len) : TN_LIT("-"));
}

static bool tell(void *context, const struct tn_difference *difference)
{
    struct told *told = context;
    struct tn_buf old, now;
    tn_buf_init(&old, SIZE_MAX / 2);
    tn_buf_init(&now, SIZE_MAX / 2);
    tn_json_difference(&old, &now, told->before, told->now, difference);
    tn_buf_str(&told->lines, tn_str_of(tn_difference_name(difference->kind)));
    tn_buf_char(&told->lines, ' ');
    tn_buf_str(&told->lines, tn_str_of(tn_type_trial.fields[difference->field].name));
    add_side(&told->lines, &old);
    add_side(&told->lines, &now);
    tn_buf_char(&told->lines, '\n');
    tn_buf_release(&old);
    tn_buf_release(&now);
    return --told->most != 0;
}

static void check_most(const char *before, const char *now, unsigned flags, int most, const char *want)
{
    struct tn_error error;
    struct told told = {tn_normalized_parse(&trial_arena, tn_str_of(before), &error),
                        tn_normalized_parse(&trial_arena, tn_str_of(now), &error), {NULL, 0, 0, 0, false}, most};
    assert_non_null(told.before);
    assert_non_null(told.now);
    tn_buf_init(&told.lines, SIZE_MAX / 2);
    assert_true(tn_compare(told.before, told.now, flags, tell, &told));
    assert_true(tn_buf_terminate(&told.lines));
    assert_string_equal(told.lines.data, want);
    tn_buf_release(&told.lines);
}

static void check(const char *before, const char *now, const char *want)
{
    check_most(before, now, TN_COMPARE_ALL, -1, want);
}

static void check_said(const char *before, const char *now, const char *want)
{
    check_most(before, now, TN_COMPARE_SAID, -1, want);
}

static void scalars(void **state)
{
    (void)state;
    check("{\"status\":\"RECRUITING\",\"enrollment\":5}", "{\"status\":\"RECRUITING\",\"enrollment\":5}", "");
    check("{\"status\":\"RECRUITING\",\"enrollment\":5,\"has_dmc\":true}",
          "{\"title\":\"T\",\"status\":\"COMPLETED\",\"enrollment\":6}",
          "added title - \"T\"\nchanged status \"RECRUITING\" \"COMPLETED\"\nchanged enrollment 5 6\nremoved has_dmc true -\n");
    check("{\"minimum_age_years\":0.5}", "{\"minimum_age_years\":0.25}", "changed minimum_age_years 0.5 0.25\n");
    check("{\"responsible_party\":{\"type\":\"SPONSOR\"}}", "{\"responsible_party\":{\"type\":\"SPONSOR\",\"name\":\"N\"}}",
          "changed responsible_party {\"type\":\"SPONSOR\"} {\"type\":\"SPONSOR\",\"name\":\"N\"}\n");
    check_most("{\"title\":\"a\",\"sex\":\"ALL\"}", "{\"title\":\"b\",\"sex\":\"MALE\"}", TN_COMPARE_ALL, 1,
               "changed title \"a\" \"b\"\n");
}

static void lists_of_texts(void **state)
{
    (void)state;
    check("{\"conditions\":[\"a\",\"b\",\"c\"]}", "{\"conditions\":[\"a\",\"c\"]}", "removed conditions \"b\" -\n");
    check("{\"conditions\":[\"a\",\"c\"]}", "{\"conditions\":[\"x\",\"a\",\"b\",\"c\",\"d\"]}",
          "added conditions - \"x\"\nadded conditions - \"b\"\nadded conditions - \"d\"\n");
    check("{\"conditions\":[\"a\",\"b\",\"c\"]}", "{\"conditions\":[\"a\",\"B\",\"c\"]}", "changed conditions \"b\" \"B\"\n");
    check("{\"conditions\":[\"a\",\"b\",\"c\"]}", "{\"conditions\":[\"c\",\"a\",\"b\"]}", "reordered conditions - -\n");
    check("{\"conditions\":[\"a\",\"b\",\"c\"]}", "{\"conditions\":[\"c\",\"b\"]}",
          "removed conditions \"a\" -\nreordered conditions - -\n");
    check("{\"conditions\":[\"a\",\"a\",\"b\"]}", "{\"conditions\":[\"a\",\"b\"]}", "removed conditions \"a\" -\n");
    check("{\"conditions\":[\"a\"]}", "{}", "removed conditions \"a\" -\n");
    check("{}", "{\"conditions\":[\"a\",\"b\"]}", "added conditions - \"a\"\nadded conditions - \"b\"\n");
    check("{\"conditions\":[\"a\",\"b\"]}", "{\"conditions\":[\"c\",\"d\",\"e\"]}",
          "added conditions - \"c\"\nadded conditions - \"d\"\nadded conditions - \"e\"\nremoved conditions \"a\" -\n"
          "removed conditions \"b\" -\n");
}

static void entries_are_known_by_their_names(void **state)
{
    (void)state;
    check("{\"locations\":[{\"facility\":\"A\",\"city\":\"X\"},{\"facility\":\"B\",\"city\":\"X\",\"status\":\"RECRUITING\"}]}",
          "{\"locations\":[{\"facility\":\"N\",\"city\":\"Y\"},{\"facility\":\"A\",\"city\":\"X\"},"
          "{\"facility\":\"B\",\"city\":\"X\",\"status\":\"COMPLETED\"}]}",
          "added locations - {\"facility\":\"N\",\"city\":\"Y\"}\n"
          "changed locations {\"facility\":\"B\",\"city\":\"X\",\"status\":\"RECRUITING\"} "
          "{\"facility\":\"B\",\"city\":\"X\",\"status\":\"COMPLETED\"}\n");
    check("{\"outcomes\":[{\"measure\":\"OS\",\"time_frame\":\"1 year\"},{\"measure\":\"PFS\"}]}",
          "{\"outcomes\":[{\"measure\":\"PFS\"},{\"measure\":\"OS\",\"time_frame\":\"2 years\"}]}",
          "changed outcomes {\"measure\":\"OS\",\"time_frame\":\"1 year\"} {\"measure\":\"OS\",\"time_frame\":\"2 years\"}\n"
          "reordered outcomes - -\n");
    check("{\"publications\":[{\"pmid\":\"1\"},{\"pmid\":\"2\",\"citation\":\"c\"}]}",
          "{\"publications\":[{\"pmid\":\"2\",\"citation\":\"d\"}]}",
          "removed publications {\"pmid\":\"1\"} -\n"
          "changed publications {\"pmid\":\"2\",\"citation\":\"c\"} {\"pmid\":\"2\",\"citation\":\"d\"}\n");
}

static void what_stands_in_the_place_of_another_is_changed(void **state)
{
    (void)state;
    check("{\"collaborators\":[{\"name\":\"A\"},{\"name\":\"B\"}]}", "{\"collaborators\":[{\"name\":\"A\"},{\"name\":\"C\"}]}",
          "changed collaborators {\"name\":\"B\"} {\"name\":\"C\"}\n");
    check("{\"locations\":[{\"city\":\"X\",\"latitude\":1}]}", "{\"locations\":[{\"city\":\"X\",\"latitude\":1.5}]}",
          "changed locations {\"city\":\"X\",\"latitude\":1} {\"city\":\"X\",\"latitude\":1.5}\n");
}

static void maps_go_by_label(void **state)
{
    (void)state;
    check("{\"extra\":{\"a\":\"1\",\"b\":[\"2\",\"3\"]}}", "{\"extra\":{\"b\":\"2\",\"c\":\"4\"}}",
          "removed extra {\"a\":\"1\"} -\nchanged extra {\"b\":[\"2\",\"3\"]} {\"b\":\"2\"}\nadded extra - {\"c\":\"4\"}\n");
}

static void what_follows_is_not_told(void **state)
{
    (void)state;
    check_said("{\"record_key\":\"a\",\"source\":{\"file\":\"x\"},\"warnings\":[{\"code\":\"conflict\"}],\"minimum_age\":\"1 Year\","
               "\"minimum_age_years\":1}",
               "{\"record_key\":\"b\",\"source\":{\"file\":\"y\"},\"minimum_age\":\"2 Years\",\"minimum_age_years\":2}",
               "changed minimum_age \"1 Year\" \"2 Years\"\n");
    check_said("{\"minimum_age_years\":1}", "{\"minimum_age_years\":2}", "changed minimum_age_years 1 2\n");
    check_said("{\"eligibility_text\":\"* a\",\"inclusion_criteria\":[{\"text\":\"a\",\"level\":0}]}",
               "{\"eligibility_text\":\"* b\",\"inclusion_criteria\":[{\"text\":\"b\",\"level\":0}]}",
               "changed eligibility_text \"* a\" \"* b\"\n");
    check_said("{\"locations\":[{\"country\":\"Spain\"}],\"countries\":[{\"name\":\"Spain\"},{\"name\":\"Peru\",\"enrollment\":3}]}",
               "{\"locations\":[{\"country\":\"Chile\"}],\"countries\":[{\"name\":\"Chile\"},{\"name\":\"Peru\",\"enrollment\":4}]}",
               "changed locations {\"country\":\"Spain\"} {\"country\":\"Chile\"}\n"
               "changed countries {\"name\":\"Peru\",\"enrollment\":3} {\"name\":\"Peru\",\"enrollment\":4}\n");
    /* an entry of a list in `extra` goes, and all behind it move up */
    check_said("{\"extra\":{\"l[0].id\":\"a\",\"l[1].id\":\"b\",\"l[2].id\":\"c\",\"m\":\"a\"}}",
               "{\"extra\":{\"l[0].id\":\"a\",\"l[1].id\":\"c\",\"m\":\"a\"}}", "removed extra {\"l[1].id\":\"b\"} -\n");
    check_said("{\"extra\":{\"l[0].id\":\"a\",\"l[1].id\":\"a\"}}", "{\"extra\":{\"l[0].id\":\"b\",\"l[1].id\":\"a\"}}",
               "changed extra {\"l[0].id\":\"a\"} {\"l[0].id\":\"b\"}\n");
    check_said("{\"countries\":[{\"name\":\"Spain\"}]}", "{\"countries\":[{\"name\":\"Chile\"}]}",
               "changed countries {\"name\":\"Spain\"} {\"name\":\"Chile\"}\n");
}

static int count_told;

static bool count(void *context, const struct tn_difference *difference)
{
    (void)context;
    (void)difference;
    count_told++;
    return true;
}

/* Turned round, and every fourth one another: not one comparison of each with each. */
static void long_lists_take_no_time(void **state)
{
    enum { LONG = 100000 };
    struct tn_record *before = bare_trial("T"), *now = bare_trial("T");
    (void)state;
    for (int i = 0; i < LONG; i++) {
        tn_add_text(before, TN_trial_keywords, tn_str_format(&trial_arena, "word %d", i));
        tn_add_text(now, TN_trial_keywords, tn_str_format(&trial_arena, i % 4 ? "word %d" : "new %d", LONG - i));
        struct tn_record *site = tn_add_record(before, TN_trial_locations);
        tn_set_text(site, TN_location_facility, TN_LIT("Research Site"));
        site = tn_add_record(now, TN_trial_locations);
        tn_set_text(site, TN_location_facility, TN_LIT("Research Site"));
        tn_set_text(site, TN_location_zip, tn_str_format(&trial_arena, "%d", i));
    }
    count_told = 0;
    assert_true(tn_compare(before, now, TN_COMPARE_ALL, count, NULL));
    assert_int_equal(count_told, 2 * (LONG / 4) + 1 + LONG);
}

static int start(void **state)
{
    tn_init();
    return trial_arena_start(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars),
        cmocka_unit_test(lists_of_texts),
        cmocka_unit_test(entries_are_known_by_their_names),
        cmocka_unit_test(what_stands_in_the_place_of_another_is_changed),
        cmocka_unit_test(maps_go_by_label),
        cmocka_unit_test(what_follows_is_not_told),
        cmocka_unit_test(long_lists_take_no_time),
    };
    return cmocka_run_group_tests(tests, start, trial_arena_stop);
}
