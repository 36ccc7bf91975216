/* SPDX-License-Identifier: MIT */
/* Expressions over the fields: what they say of a trial, and what is said of those that are wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/str.h"
#include "support_trial.h"
#include "trial/where.h"

static enum tn_truth truth(const struct tn_record *trial, const char *text)
{
    struct tn_error error;
    struct tn_where *where = tn_where_new(text, false, &error);
    if (!where)
        fail_msg("%s: %s", text, error.message);
    enum tn_truth said = tn_where_truth(where, trial, NULL);
    assert_int_equal(tn_where_holds(where, trial), said >= TN_OPEN);
    tn_where_free(where);
    where = tn_where_new(text, true, &error);
    assert_int_equal(tn_where_holds(where, trial), said == TN_TRUE);
    tn_where_free(where);
    return said;
}

struct row {
    const char *text;
    enum tn_truth truth;
};

static void check(const struct tn_record *trial, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (truth(trial, rows[i].text) != rows[i].truth)
            fail_msg("%s is %d", rows[i].text, (int)truth(trial, rows[i].text));
}

#define CHECK(trial, rows) check(trial, rows, sizeof rows / sizeof rows[0])

/* A date of the trial, a value, and what =, !=, <, <=, >, >= say: F, O or T. */
static void dates_are_periods(void **state)
{
    static const struct {
        const char *date, *value, *said;
    } rows[] = {
        /* a day */
        {"2024-05-17", "2024-05-17", "TFFTFT"},
        {"2024-05-17", "2024-05-18", "FTTTFF"},
        {"2024-05-17", "2024-05-16", "FTFFTT"},
        {"2024-05-17", "2024-05", "TFFTFT"},
        {"2024-05-17", "2024-06", "FTTTFF"},
        {"2024-05-17", "2024-04", "FTFFTT"},
        {"2024-05-17", "2024", "TFFTFT"},
        {"2024-05-17", "2025", "FTTTFF"},
        {"2024-05-17", "2023", "FTFFTT"},
        /* a month */
        {"2024-05", "2024-05-17", "OOOOOO"},
        {"2024-05", "2024-05-01", "OOFOOT"},
        {"2024-05", "2024-05-31", "OOOTFO"},
        {"2024-05", "2024-04-30", "FTFFTT"},
        {"2024-05", "2024-06-01", "FTTTFF"},
        {"2024-05", "2024-05", "TFFTFT"},
        {"2024-05", "2024", "TFFTFT"},
        {"2024-05", "2025", "FTTTFF"},
        /* a year */
        {"2024", "2024-05-17", "OOOOOO"},
        {"2024", "2024-01-01", "OOFOOT"},
        {"2024", "2024-12-31", "OOOTFO"},
        {"2024", "2024-05", "OOOOOO"},
        {"2024", "2024-01", "OOFOOT"},
        {"2024", "2024-12", "OOOTFO"},
        {"2024", "2024", "TFFTFT"},
        {"2024", "2023", "FTFFTT"},
        {"2024", "2025", "FTTTFF"},
        /* the last day of February */
        {"2024-02", "2024-02-29", "OOOTFO"},
        {"2023-02", "2023-02-28", "OOOTFO"},
        {"2023-02", "2023-03-01", "FTTTFF"},
    };
    static const char *const signs[] = {"=", "!=", "<", "<=", ">", ">="};
    (void)state;
    struct tn_record *trial = bare_trial("A");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tn_set_text(trial, TN_trial_start_date, tn_str_of(rows[i].date));
        for (size_t k = 0; k < sizeof signs / sizeof signs[0]; k++) {
            char text[64];
            snprintf(text, sizeof text, "start_date%s%s", signs[k], rows[i].value);
            char said = "FOT"[truth(trial, text)];
            if (said != rows[i].said[k])
                fail_msg("%s %s %s is %c", rows[i].date, signs[k], rows[i].value, said);
        }
    }
}

static void days_may_contain(void **state)
{
    static const struct row rows[] = {
        {"start_date~2024", TN_TRUE},   {"start_date~2024-05", TN_TRUE}, {"start_date~-17", TN_OPEN},
        {"start_date~-31", TN_OPEN},    {"start_date~-06-", TN_FALSE},   {"start_date~24-05-3", TN_OPEN},
        {"start_date~2025", TN_FALSE},  {"not start_date~-17", TN_OPEN}, {"not start_date~2025", TN_TRUE},
    };
    (void)state;
    struct tn_record *trial = bare_trial("A");
    tn_set_text(trial, TN_trial_start_date, TN_LIT("2024-05"));
    CHECK(trial, rows);
}

/* start_date=2024 is true, =2025 false, =2024-05 open. */
static void open_goes_through_the_logic(void **state)
{
    static const char *const words[] = {"start_date=2025", "start_date=2024-05", "start_date=2024"};
    (void)state;
    struct tn_record *trial = bare_trial("A");
    tn_set_text(trial, TN_trial_start_date, TN_LIT("2024"));
    char text[160];
    for (int a = TN_FALSE; a <= TN_TRUE; a++) {
        snprintf(text, sizeof text, "not %s", words[a]);
        assert_int_equal(truth(trial, text), TN_TRUE - a);
        snprintf(text, sizeof text, "not (not %s)", words[a]);
        assert_int_equal(truth(trial, text), a);
        for (int b = TN_FALSE; b <= TN_TRUE; b++) {
            snprintf(text, sizeof text, "%s and %s", words[a], words[b]);
            assert_int_equal(truth(trial, text), a < b ? a : b);
            snprintf(text, sizeof text, "%s or %s", words[a], words[b]);
            assert_int_equal(truth(trial, text), a > b ? a : b);
            snprintf(text, sizeof text, "not (%s and %s)", words[a], words[b]);
            assert_int_equal(truth(trial, text), TN_TRUE - (a < b ? a : b));
        }
    }
}

/* Every combination of three truths: not before and before or. */
static void precedence(void **state)
{
    static const char *const words[] = {"start_date=2025", "start_date=2024"};
    (void)state;
    struct tn_record *trial = bare_trial("A");
    tn_set_text(trial, TN_trial_start_date, TN_LIT("2024"));
    for (int bits = 0; bits < 8; bits++) {
        bool a = bits & 1, b = bits & 2, c = bits & 4;
        const char *x = words[a], *y = words[b], *z = words[c];
        char text[160];
        snprintf(text, sizeof text, "%s or %s and %s", x, y, z);
        assert_int_equal(truth(trial, text) == TN_TRUE, a || (b && c));
        snprintf(text, sizeof text, "%s and %s or %s", x, y, z);
        assert_int_equal(truth(trial, text) == TN_TRUE, (a && b) || c);
        snprintf(text, sizeof text, "not %s and %s OR Not(%s)", x, y, z);
        assert_int_equal(truth(trial, text) == TN_TRUE, (!a && b) || !c);
        snprintf(text, sizeof text, "(%s or %s)and(%s)", x, y, z);
        assert_int_equal(truth(trial, text) == TN_TRUE, (a || b) && c);
        snprintf(text, sizeof text, "not(%s or not not %s and %s)", x, y, z);
        assert_int_equal(truth(trial, text) == TN_TRUE, !(a || (b && c)));
    }
}

static void texts_without_regard_to_case(void **state)
{
    static const struct row rows[] = {
        {"title='Größe und Maß'", TN_TRUE},  {"title='GRÖSSE UND MASS'", TN_TRUE}, {"title~'öss'", TN_TRUE},
        {"title~maß", TN_TRUE},              {"title~MASS", TN_TRUE},              {"title~e", TN_TRUE},
        {"title~o", TN_FALSE},               {"title!='größe'", TN_TRUE},
        {"title<h", TN_TRUE},                {"title>='größe'", TN_TRUE},          {"title>'größe und masse'", TN_FALSE},
        {"title~'und mas'", TN_TRUE},        {"title~'rößeundmaß'", TN_FALSE},
    };
    (void)state;
    struct tn_record *trial = bare_trial("Größe und Maß");
    CHECK(trial, rows);
}

/* Where the beginning of what is looked for comes several times. */
static void contains_goes_back_as_far_as_it_must(void **state)
{
    (void)state;
    assert_int_equal(truth(bare_trial("aabaabaaab"), "title~aabaaab"), TN_TRUE);
    assert_int_equal(truth(bare_trial("aabaabaab"), "title~aabaaab"), TN_FALSE);
    assert_int_equal(truth(bare_trial("abababac"), "title~ababac"), TN_TRUE);
    assert_int_equal(truth(bare_trial("x"), "title~xx"), TN_FALSE);
    assert_int_equal(truth(bare_trial("say \"no\"\\"), "title~'\\\"no\\\"\\\\'"), TN_TRUE);
    assert_int_equal(truth(bare_trial("it's"), "title=\"it's\""), TN_TRUE);
    assert_int_equal(truth(bare_trial("a\n\nb"), "title='a\\n\\nb'"), TN_TRUE);
}

static struct tn_record *full_trial(void)
{
    struct tn_record *trial = bare_trial("A"), *location;
    tn_set_text(trial, TN_trial_status, TN_LIT("RECRUITING"));
    tn_set_int(trial, TN_trial_enrollment, 40);
    tn_set_number(trial, TN_trial_minimum_age_years, 0.5);
    tn_set_bool(trial, TN_trial_has_results, false);
    tn_set_bool(trial, TN_trial_has_dmc, true);
    tn_add_text(trial, TN_trial_phases, TN_LIT("PHASE2"));
    tn_add_text(trial, TN_trial_phases, TN_LIT("PHASE3"));
    location = tn_add_record(trial, TN_trial_locations);
    tn_set_text(location, TN_location_city, TN_LIT("Leeds"));
    location = tn_add_record(trial, TN_trial_locations);
    tn_set_text(location, TN_location_country, TN_LIT("France"));
    tn_set_text(tn_add_record(location, TN_location_contacts), TN_contact_email, TN_LIT("a@example.org"));
    tn_set_text(tn_add_record(trial, TN_trial_documents), TN_document_date, TN_LIT("2020"));
    tn_set_text(tn_add_record(trial, TN_trial_documents), TN_document_date, TN_LIT("2021-03-04"));
    return trial;
}

static void every_kind(void **state)
{
    static const struct row rows[] = {
        {"status=recruiting", TN_TRUE},       {"status!=RECRUITING", TN_FALSE},   {"status~cruit", TN_TRUE},
        {"status~'not a word'", TN_FALSE},    {"phases=PHASE3", TN_TRUE},         {"phases!=PHASE3", TN_TRUE},
        {"not phases=PHASE3", TN_FALSE},      {"phases=PHASE1", TN_FALSE},        {"phases~phase", TN_TRUE},
        {"enrollment=40", TN_TRUE},           {"enrollment=40.0", TN_TRUE},       {"enrollment<40", TN_FALSE},
        {"enrollment<=40", TN_TRUE},          {"enrollment>39.5", TN_TRUE},       {"enrollment>=-1", TN_TRUE},
        {"enrollment!=41", TN_TRUE},          {"minimum_age_years<1", TN_TRUE},   {"minimum_age_years=0.5", TN_TRUE},
        {"has_results=false", TN_TRUE},       {"has_results=No", TN_TRUE},        {"has_results!=yes", TN_TRUE},
        {"has_results", TN_FALSE},            {"has(has_results)", TN_TRUE},      {"has_dmc", TN_TRUE},
        {"not has_results", TN_TRUE},         {"locations_city=leeds", TN_TRUE},  {"locations.city=leeds", TN_TRUE},
        {"locations_country!=France", TN_FALSE}, {"locations.contacts.email~EXAMPLE", TN_TRUE},
        {"locations_contacts_email~x.com", TN_FALSE}, {"locations", TN_TRUE},     {"has(locations_zip)", TN_FALSE},
        {"locations_contacts", TN_TRUE},      {"documents_date>2020-05", TN_TRUE}, {"documents_date=2020-05", TN_OPEN},
        {"documents_date<2020-05", TN_OPEN},  {"documents_date<2019", TN_FALSE},  {"documents", TN_TRUE},
        /* absent: false whatever is asked */
        {"sex=MALE", TN_FALSE},               {"sex!=MALE", TN_FALSE},            {"not sex=MALE", TN_TRUE},
        {"start_date<2024", TN_FALSE},        {"not start_date<2024", TN_TRUE},   {"start_date", TN_FALSE},
        {"has(start_date)", TN_FALSE},        {"gender_based", TN_FALSE},         {"gender_based!=true", TN_FALSE},
        {"arms.label~a", TN_FALSE},           {"group_count<5", TN_FALSE},        {" title ", TN_TRUE},
    };
    (void)state;
    CHECK(full_trial(), rows);
}

static void wrong_ones_say_where(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"", "column 1: the expression ends where a comparison is expected"},
        {"statsu=X", "column 1: no field is named 'statsu'; did you mean 'status'?"},
        {"title~'ä' and locations.contry=x", "column 15: no field is named 'locations.contry'; did you mean 'locations_country'?"},
        {"status=RECRUTING", "column 8: 'RECRUTING' is no word of status; did you mean 'RECRUITING'?"},
        {"phases = phase-3", "column 10: 'phase-3' is no word of phase; did you mean 'PHASE3'?"},
        {"status<A", "column 8: status is a word of a list: it is compared with =, != or ~"},
        {"start_date>=2024-13", "column 13: '2024-13' is no date: 2024, 2024-05 or 2024-05-17"},
        {"start_date=2023-02-29", "column 12: '2023-02-29' is no date: 2024, 2024-05 or 2024-05-17"},
        {"enrollment>ten", "column 12: 'ten' is no number"},
        {"enrollment~1", "column 12: enrollment is a number: it is compared with =, !=, <, <=, > or >="},
        {"has_results=1", "column 13: '1' is neither true nor false"},
        {"has_results>no", "column 13: has_results is true or false: it is compared with = or !="},
        {"locations=France", "column 11: locations has members: compare one of them, such as locations_facility"},
        {"minimum_age>=18", "column 14: minimum_age is a text, such as '6 Months'; compare minimum_age_years"},
        {"title=", "column 7: a value is missing"},
        {"title= and status=UNKNOWN", "column 8: a value is missing; 'and' as a value is put in quotes"},
        {"title==x", "column 7: a value is missing"},
        {"title=''", "column 7: no value is empty; 'not has(FIELD)' is true where a field is absent"},
        {"title='x", "column 7: this quote is not closed"},
        {"title='\\x'", "column 8: a backslash stands only before \\ ' \" n or t"},
        {"(title", "column 1: this parenthesis is not closed"},
        {"(title=a b)", "column 10: 'and', 'or' or ')' is expected here"},
        {"title)", "column 6: 'and' or 'or' is expected here"},
        {"title=a b", "column 9: 'and' or 'or' is expected here; a value with blanks is put in quotes"},
        {"title and", "column 10: the expression ends where a comparison is expected"},
        {"and title", "column 1: the name of a field is expected here"},
        {"has(title", "column 10: ')' is expected behind the name of the field"},
        {"title=\xff", "column 7: this is no UTF-8"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct tn_error error;
        assert_null(tn_where_new(rows[i].text, false, &error));
        assert_int_equal(error.code, TN_USAGE);
        assert_string_equal(error.message, rows[i].message);
    }
}

/* `count` times `begin`, `middle`, `count` times `end`; to be freed. */
static char *around(size_t count, const char *begin, const char *middle, const char *end)
{
    size_t room = count * (strlen(begin) + strlen(end)) + strlen(middle) + 1, len = 0;
    char *text = malloc(room);
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(text + len, room - len, "%s", begin);
    len += (size_t)snprintf(text + len, room - len, "%s", middle);
    for (size_t i = 0; i < count; i++)
        len += (size_t)snprintf(text + len, room - len, "%s", end);
    return text;
}

static void sizes_have_limits(void **state)
{
    (void)state;
    struct tn_error error;
    const struct tn_record *trial = full_trial();
    char *text = around(TN_WHERE_DEPTH, "title and(sex=MALE or(", "title", "))");
    assert_null(tn_where_new(text, false, &error));
    free(text);
    text = around(TN_WHERE_DEPTH / 2, "title and(sex=MALE or(", "title", "))");
    assert_int_equal(truth(trial, text), TN_TRUE);
    free(text);
    text = around(TN_WHERE_DEPTH + 1, "(", "title", ")");
    assert_null(tn_where_new(text, false, &error));
    assert_string_equal(error.message, "column 101: parentheses are nested more than 100 deep");
    free(text);
    text = around(50000, "not ", "title", " or sex"); /* chains are not nesting */
    assert_int_equal(truth(trial, text), TN_TRUE);
    free(text);
    text = around(30000, "title='aaaaaaaa'or ", "title", "");
    assert_int_equal(truth(trial, text), TN_TRUE);
    free(text);
    text = around(TN_WHERE_MAX, " ", "title", "");
    assert_null(tn_where_new(text, false, &error));
    assert_string_equal(error.message, "column 1048577: the expression is longer than 1048576 bytes");
    free(text);
}

/* Whatever is cut off or put in its place: it is read, or refused with a message. */
static void anything_is_read_or_refused(void **state)
{
    static const char text[] = "not (status!=RECRUITING or title~\"a\\\"b\") and has(locations.city) and start_date>=2024-05";
    static const char bytes[] = "()'\"\\=<>~! \t.a_\xc3";
    (void)state;
    const struct tn_record *trial = full_trial();
    for (size_t i = 0; i < sizeof text; i++)
        for (size_t k = 0; k < sizeof bytes; k++) {
            char changed[sizeof text];
            struct tn_error error = {.message = ""};
            memcpy(changed, text, sizeof text);
            changed[i] = bytes[k];
            changed[sizeof text - 1] = '\0';
            struct tn_where *where = tn_where_new(changed, false, &error);
            if (where)
                tn_where_holds(where, trial);
            else
                assert_memory_equal(error.message, "column ", 7);
            tn_where_free(where);
        }
}

/* Tests that nobody can ask yet leave open what they may decide, and nothing else. */
static void unknown_tests_are_open(void **state)
{
    (void)state;
    struct tn_error error;
    const bool known[] = {true, false};
    const struct tn_record *trial = full_trial();
    static const struct row rows[] = {
        {"sex and title", TN_FALSE}, {"title and title", TN_OPEN}, {"title or sex", TN_TRUE}, {"sex or title", TN_OPEN},
        {"not (sex and title)", TN_TRUE}, {"not (title and title)", TN_OPEN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct tn_where *where = tn_where_new(rows[i].text, false, &error);
        assert_int_equal(tn_where_truth(where, trial, known), rows[i].truth);
        tn_where_free(where);
    }
}

/* Each field and each member can be named, both ways. */
static void every_name_is_known(void **state)
{
    (void)state;
    struct tn_error error;
    for (int i = 0; i < tn_type_trial.count; i++) {
        const struct tn_field *field = &tn_type_trial.fields[i];
        struct tn_where *where = tn_where_new(field->name, false, &error);
        assert_non_null(where);
        assert_ptr_equal(where->tests[0].field, field);
        tn_where_free(where);
        for (int m = 0; field->record && m < field->record->count; m++)
            for (const char *sign = "_."; *sign; sign++) {
                char name[128];
                snprintf(name, sizeof name, "has(%s%c%s)", field->name, *sign, field->record->fields[m].name);
                where = tn_where_new(name, false, &error);
                assert_non_null(where);
                assert_ptr_equal(where->tests[0].field, &field->record->fields[m]);
                tn_where_free(where);
            }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_periods),
        cmocka_unit_test(days_may_contain),
        cmocka_unit_test(open_goes_through_the_logic),
        cmocka_unit_test(precedence),
        cmocka_unit_test(texts_without_regard_to_case),
        cmocka_unit_test(contains_goes_back_as_far_as_it_must),
        cmocka_unit_test(every_kind),
        cmocka_unit_test(wrong_ones_say_where),
        cmocka_unit_test(sizes_have_limits),
        cmocka_unit_test(anything_is_read_or_refused),
        cmocka_unit_test(unknown_tests_are_open),
        cmocka_unit_test(every_name_is_known),
    };
    return cmocka_run_group_tests(tests, trial_arena_start, trial_arena_stop);
}
