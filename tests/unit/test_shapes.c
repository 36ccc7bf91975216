/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "readers/page_shape.h"
#include "unit/support_tsv.h"

static const struct {
    const char *name;
    enum tn_shape shape;
} shapes[] = {
    {"word", TN_SHAPE_WORD},     {"exact", TN_SHAPE_EXACT},   {"phase", TN_SHAPE_PHASE},
    {"participants", TN_SHAPE_PARTICIPANTS}, {"groups", TN_SHAPE_GROUPS}, {"date", TN_SHAPE_DATE},
    {"age", TN_SHAPE_AGE},       {"truth", TN_SHAPE_TRUTH},   {"id", TN_SHAPE_ID},
    {"place", TN_SHAPE_PLACE},   {"site", TN_SHAPE_SITE},     {"clinic", TN_SHAPE_CLINIC},
    {"url", TN_SHAPE_URL},       {"text", TN_SHAPE_TEXT},
};

static void check_case(const struct tn_str *cells, const char *where, void *data)
{
    (void)data;
    char name[64] = "", got[128] = "";
    assert_true(cells[1].len < sizeof name);
    memcpy(name, cells[1].s, cells[1].len);
    int field = tn_field_find(&tn_type_trial, name);
    assert_true(field >= 0);
    size_t len = 0;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (!tn_shape_fits(shapes[i].shape, &tn_type_trial.fields[field], cells[0]))
            continue;
        size_t more = strlen(shapes[i].name);
        assert_true(len + more + 2 < sizeof got);
        if (len)
            got[len++] = ' ';
        memcpy(got + len, shapes[i].name, more);
        len += more;
    }
    tn_tsv_same(where, "shapes", tn_str_slice(got, len), cells[2]);
}

static void every_shape(void **state)
{
    (void)state;
    tn_tsv_each("normal/shape.tsv", 3, check_case, NULL);
}

static void same(struct tn_str got, const char *want)
{
    tn_tsv_same("test_shapes", "part", got, tn_str_of(want));
}

static void parts_of_shapes(void **state)
{
    (void)state;
    struct tn_str groups = TN_LIT("1,020 participants in 3 patient groups, including a placebo group");
    struct tn_place place;
    same(tn_shape_participants(groups), "1,020");
    same(tn_shape_groups(groups), "3");
    same(tn_shape_groups_rest(groups), "including a placebo group");
    same(tn_shape_groups_rest(TN_LIT("9 participants in 1 patient group")), "");
    same(tn_shape_url(TN_LIT("<https://example.org/a>")), "https://example.org/a");
    assert_true(tn_shape_clinic(TN_LIT("Harbor Foot Clinic | Portland, OR"), &place));
    same(place.facility, "Harbor Foot Clinic");
    same(place.city, "Portland");
    same(place.state, "OR");
}

static void check_ages(const char *text, const char *minimum, const char *min_unit, const char *maximum,
                       const char *max_unit)
{
    struct tn_ages ages;
    assert_true(tn_shape_ages(tn_str_of(text), &ages));
    same(ages.minimum, minimum);
    same(ages.maximum, maximum);
    if (minimum[0])
        same(ages.minimum_unit, min_unit);
    if (maximum[0])
        same(ages.maximum_unit, max_unit);
}

static void both_ages(void **state)
{
    (void)state;
    struct tn_ages ages;
    check_ages("18 to 65 years old", "18", "years", "65", "years");
    check_ages("6 months to 12 years", "6", "months", "12", "years");
    check_ages("18-75 years", "18", "years", "75", "years");
    check_ages("18+ years old", "18", "years", "", "");
    check_ages("18 Years and older", "18", "Years", "", "");
    check_ages("Under 18", "", "", "18", "years");
    assert_true(tn_shape_ages(TN_LIT("Under 18"), &ages) && ages.coarser);
    assert_true(tn_shape_ages(TN_LIT("18 to 65 years old"), &ages) && !ages.coarser);
    assert_false(tn_shape_ages(TN_LIT("Adults"), &ages));
    assert_false(tn_shape_ages(TN_LIT("18 to many"), &ages));
    assert_false(tn_shape_ages(TN_LIT(""), &ages));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_shape), cmocka_unit_test(parts_of_shapes),
                                       cmocka_unit_test(both_ages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
