/* SPDX-License-Identifier: MIT */
/* The rules of check.h: of every one a trial that meets it and one that just does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/str.h"
#include "readers/normalized.h"
#include "trial/check.h"
#include "trialnorm/reader.h"
#include "unit/support_trial.h"

static const char today[] = "2026-06-30";

struct test_case {
    const char *code, *meets, *does_not;
};

static const struct test_case cases[] = {
#define CASE(code, meets, does_not) {code, meets, does_not},
#include "unit/check_cases.inc"
};

enum { CASES = sizeof cases / sizeof cases[0], FINDINGS = 64 };

struct found {
    struct tn_finding at[FINDINGS];
    size_t count, wanted; /* ends at `wanted`, unless that is 0 */
};

static bool gather(void *context, const struct tn_finding *finding)
{
    struct found *found = context;
    assert_true(found->count < FINDINGS);
    found->at[found->count++] = *finding;
    return found->count != found->wanted;
}

/* The trial of `members`, JSON with ' for ". */
static const tn_trial *trial_of(const char *members)
{
    struct tn_error error = {0};
    struct tn_str json = tn_str_format(&trial_arena, "{%s}", members);
    char *text = (char *)(uintptr_t)json.s;
    for (size_t i = 0; i < json.len; i++)
        if (text[i] == '\'')
            text[i] = '"';
    const tn_trial *trial = tn_normalized_parse(&trial_arena, json, &error);
    if (!trial)
        fail_msg("%s: %s", members, error.message);
    if (tn_has(trial, TN_trial_extra))
        fail_msg("%s: a member is no field", members);
    return trial;
}

static const struct tn_finding *look(const char *members, const char *as_of, const char *code, struct found *found)
{
    *found = (struct found){.count = 0};
    assert_true(tn_check_trial(trial_of(members), as_of, gather, found));
    for (size_t i = 0; i < found->count; i++)
        if (strcmp(found->at[i].code, code) == 0)
            return &found->at[i];
    return NULL;
}

static const struct tn_check_rule *rule_of(const char *code)
{
    const struct tn_check_rule *rule;
    for (size_t i = 0; (rule = tn_check_rule_at(i)) != NULL; i++)
        if (strcmp(rule->code, code) == 0)
            return rule;
    fail_msg("there is no rule %s", code);
    return NULL;
}

static void each_rule_finds_what_it_means_and_no_more(void **state)
{
    struct found found;
    (void)state;
    for (size_t i = 0; i < CASES; i++) {
        const struct tn_check_rule *rule = rule_of(cases[i].code);
        const struct tn_finding *finding = look(cases[i].meets, today, cases[i].code, &found);
        if (!finding)
            fail_msg("%s: not found in %s", cases[i].code, cases[i].meets);
        assert_int_equal(finding->severity, rule->severity);
        assert_true(strlen(finding->message) > 10);
        if (look(cases[i].does_not, today, cases[i].code, &found))
            fail_msg("%s: found in %s", cases[i].code, cases[i].does_not);
        if (rule->dated && look(cases[i].meets, NULL, cases[i].code, &found))
            fail_msg("%s: found without a day", cases[i].code);
    }
}

static void each_rule_has_a_case(void **state)
{
    const struct tn_check_rule *rule;
    size_t rules = 0;
    (void)state;
    for (size_t i = 0; (rule = tn_check_rule_at(i)) != NULL; i++, rules++) {
        size_t k = 0;
        while (k < CASES && strcmp(cases[k].code, rule->code) != 0)
            k++;
        if (k == CASES)
            fail_msg("%s has no case", rule->code);
    }
    assert_true(rules > 80);
}

/* A rule's undated findings need no day; some rules of identifiers use one where there is one. */
static void a_day_that_is_none_counts_as_none(void **state)
{
    static const char *const days[] = {"2026", "2026-06", "2026-02-30", "soon", "", "2026-06-30T10:00"};
    struct found found;
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        assert_null(look("'last_update_posted_date':'2099'", days[i], "record-date-in-future", &found));
    assert_non_null(look("'last_update_posted_date':'2099'", today, "record-date-in-future", &found));
}

/* `name` is a field of the trial, or `field.member`. */
static bool is_field(const char *name, size_t len)
{
    char buffer[64];
    const struct tn_record_type *type = &tn_type_trial;
    snprintf(buffer, sizeof buffer, "%.*s", (int)len, name);
    char *member = strchr(buffer, '.');
    if (member) {
        *member++ = '\0';
        int field = tn_field_find(type, buffer);
        type = field < 0 ? NULL : type->fields[field].record;
    }
    return type && tn_field_find(type, member ? member : buffer) >= 0;
}

static void rules_speak_of_fields(void **state)
{
    const struct tn_check_rule *rule;
    (void)state;
    for (size_t i = 0; (rule = tn_check_rule_at(i)) != NULL; i++) {
        for (const char *name = rule->fields; *name; name += strspn(name, ",")) {
            size_t len = strcspn(name, ",");
            if (!is_field(name, len))
                fail_msg("%s: there is no field %.*s", rule->code, (int)len, name);
            name += len;
        }
        for (const char *c = rule->code; *c; c++)
            assert_true(*c == '-' || tn_is_lower(*c));
        assert_null(strchr(rule->meaning, '\n'));
    }
}

static void the_message_says_the_values(void **state)
{
    struct found found;
    (void)state;
    const struct tn_finding *finding =
        look("'completion_date':'2019-01','start_date':'2020-03'", NULL, "completion-before-start", &found);
    assert_string_equal(finding->message, "completion_date 2019-01 is before start_date 2020-03");
    assert_string_equal(finding->fields, "completion_date,start_date");
    assert_int_equal(found.count, 1);
    finding = look("'status_verified_date':'2030'", today, "record-date-in-future", &found);
    assert_string_equal(finding->fields, "status_verified_date");
}

/* Long texts of any script are cut between characters, line breaks are blanks. */
static void the_message_is_one_line_of_text(void **state)
{
    static const char letters[] = "\xE2\x82\xAC";
    char members[2048], many[sizeof letters * 300] = "";
    struct found found;
    (void)state;
    for (size_t i = 0; i < 300; i++)
        memcpy(many + 3 * i, letters, sizeof letters);
    snprintf(members, sizeof members, "'status':'COMPLETED','why_stopped':'a\\nb\\u007f%s'", many);
    const struct tn_finding *finding = look(members, NULL, "reason-without-stop", &found);
    assert_non_null(strstr(finding->message, "a b \xE2\x82\xAC"));
    size_t len = strlen(finding->message);
    assert_memory_equal(finding->message + len - 3, letters, 3);
}

static void whoever_has_enough_is_told_no_more(void **state)
{
    static const char two[] = "'completion_date':'2019','start_date':'2020','enrollment':-1";
    struct found found = {.count = 0};
    (void)state;
    assert_true(tn_check_trial(trial_of(two), NULL, gather, &found));
    assert_int_equal(found.count, 2);
    found = (struct found){.wanted = 1};
    assert_true(tn_check_trial(trial_of(two), NULL, gather, &found));
    assert_int_equal(found.count, 1);
}

/* What says nothing, or words that no vocabulary knows, is no finding. */
static void what_is_not_stated_is_no_finding(void **state)
{
    static const char *const trials[] = {
        "", "'title':'T'", "'status':'RECRUITING'", "'trial_id':'NCT00000001','status':'TERMINATED','source':{'listing':true}",
        "'status':'PAUSED','study_type':'OTHER','sex':'BOTH','masking':'SEXTUPLE'",
        "'study_type':'INTERVENTIONAL','has_results':true",
        "'std_ages':['ADULT']", "'minimum_age':'18 Years'"};
    struct found found;
    (void)state;
    for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++) {
        look(trials[i], today, "", &found);
        if (found.count)
            fail_msg("%s: %s", trials[i], found.at[0].message);
    }
}

/* As many sites as no trial has, all the same, are one finding, and found at once. */
static void many_entries_take_no_time(void **state)
{
    enum { SITES = 200000 };
    struct found found = {.count = 0};
    struct tn_record *trial = bare_trial("T");
    (void)state;
    for (int i = 0; i < SITES; i++) {
        struct tn_record *site = tn_add_record(trial, TN_trial_locations);
        tn_set_text(site, TN_location_facility, TN_LIT("General Hospital"));
    }
    assert_true(tn_check_trial(trial, today, gather, &found));
    assert_int_equal(found.count, 1);
    assert_string_equal(found.at[0].message, "locations[1] stands there before: General Hospital, and 199998 more");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_finds_what_it_means_and_no_more),
        cmocka_unit_test(each_rule_has_a_case),
        cmocka_unit_test(a_day_that_is_none_counts_as_none),
        cmocka_unit_test(rules_speak_of_fields),
        cmocka_unit_test(the_message_says_the_values),
        cmocka_unit_test(the_message_is_one_line_of_text),
        cmocka_unit_test(whoever_has_enough_is_told_no_more),
        cmocka_unit_test(what_is_not_stated_is_no_finding),
        cmocka_unit_test(many_entries_take_no_time),
    };
    tn_init();
    return cmocka_run_group_tests(tests, trial_arena_start, trial_arena_stop);
}
