/* SPDX-License-Identifier: MIT */
/* Data inside of pages: which are found, whose they are, how they and the text become one record, and what hostile ones cost. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "readers/join.h"
#include "syntax/json_find.h"
#include "trialnorm/reader.h"

#define LD "<script type=\"application/ld+json\">"
#define JSON "<script type='application/json'>"
#define END "</script>"
#define STUDY "{\"@type\":\"MedicalTrial\",\"identifier\":\"NCT90000640\","
/* Enough text for the reader `page`, with a number. */
#define TEXT                                                                                                           \
    "<h1>Morning walks in winter</h1><p><b>NCT ID:</b> NCT90000640</p><p><b>Status:</b> Recruiting</p>"                \
    "<p><b>Sponsor:</b> Early Birds</p><p><b>Enrollment:</b> 60</p><p><b>Phase:</b> 2</p>"

static struct tn_worker *worker;

static int start(void **state)
{
    (void)state;
    const struct tn_read_options options = {.provenance = true};
    tn_init();
    worker = tn_worker_new(&options);
    return worker ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    tn_worker_free(worker);
    return 0;
}

/* Checks the trial of a page. */
typedef void check_fn(const tn_trial *trial);

static bool check(void *context, const tn_trial *trial)
{
    check_fn *const *checks = context;
    (*checks)(trial);
    return true;
}

/* True when somebody reads the page. `head` and `body` may be NULL. */
static bool read_page(const char *head, const char *body, check_fn *checks)
{
    struct tn_verdict verdict;
    struct tn_error error;
    size_t room = (head ? strlen(head) : 0) + (body ? strlen(body) : 0) + 200, trials = 0;
    char *page = malloc(room);
    assert_non_null(page);
    int len = snprintf(page, room, "<!DOCTYPE html><html><head><title>Walks</title>%s</head><body>%s</body></html>",
                       head ? head : "", body ? body : "");
    const struct tn_raw raw = {.bytes = page, .len = (size_t)len, .file = "page.html", .line = 1};
    if (tn_detect(worker, tn_str_slice(page, (size_t)len), &verdict, &error) == TN_OK)
        assert_true(tn_read(worker, verdict.reader, &raw, check, &checks, &trials, &error) <= TN_WARN);
    free(page);
    return trials == 1;
}

static void has_text(const tn_trial *trial, int field, const char *text)
{
    struct tn_str value = tn_text(trial, field);
    if (!value.s || strcmp(value.s, text) != 0)
        print_error("%s is '%s', not '%s'\n", tn_type_trial.fields[field].name, value.s ? value.s : "", text);
    assert_true(value.s && strcmp(value.s, text) == 0);
}

static size_t warnings(const tn_trial *trial, const char *code, const char *field)
{
    size_t count = 0;
    for (size_t i = 0; i < tn_count(trial, TN_trial_warnings); i++) {
        const struct tn_record *warning = tn_record_at(trial, TN_trial_warnings, i);
        count += strcmp(tn_text(warning, TN_warning_code).s, code) == 0 &&
                 (!field || (tn_has(warning, TN_warning_field) && strcmp(tn_text(warning, TN_warning_field).s, field) == 0));
    }
    return count;
}

/* Finding. */

static struct tn_arena arena;

static void objects_are_found_by_a_member(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t count, at;
    } cases[] = {
        {"{\"k\":1}", 1, 0},
        {"{\"a\":{\"k\":{\"k\":2}}}", 1, 5},
        {"[{\"k\":1},{\"b\":[{\"k\" : 3}]}]", 2, 1},
        {"{\"a\":\"{\\\"k\\\":1}\"}", 0, 0}, /* inside of a string */
        {"{\"a\":\"k\"}", 0, 0},           /* a value */
        {"[\"k\",1]", 0, 0},
        {"{\"k\":1", 0, 0}, /* has no end */
        {"]]}{\"k\":1}", 1, 3},
        {"{\"a\\", 0, 0},
        {"", 0, 0},
    };
    tn_arena_init(&arena, 1 << 24);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t count;
        const struct tn_json_found *found = tn_json_find(&arena, tn_str_of(cases[i].text), TN_LIT("k"), 10, &count);
        assert_int_equal(count, cases[i].count);
        if (count)
            assert_int_equal(found[0].at, cases[i].at);
    }
    tn_arena_release(&arena);
}

static void scripts_are_unwrapped(void **state)
{
    (void)state;
    static const struct {
        const char *script, *json;
        size_t start;
        bool moved;
    } cases[] = {
        {" {\"a\":1} ", "{\"a\":1}", 1, false},
        {"<!-- [1] -->", "[1]", 5, false},
        {"//<![CDATA[\n{\"a\":[]}\n//]]>", "{\"a\":[]}", 12, false},
        {"/*<![CDATA[*/{}/*]]>*/;", "{}", 13, false},
        {"{&quot;a&quot;:&#34;b &amp; c&#x22;}", "{\"a\":\"b & c\"}", 0, true},
        {"{&q;a&q;:&q;it&s;s &l;5&q;}", "{\"a\":\"it's <5\"}", 0, true},
        {"{\"a\":\"&quot;\"}", "{\"a\":\"&quot;\"}", 0, false},
        {"{\"a\":\"\\u0000\\ud83d\\ude00\\ud83d \\udc00\"}", "{\"a\":\"\\ufffd\\ud83d\\ude00\\ufffd \\ufffd\"}", 0, false},
        {"<![CDATA[", "", 9, false},
        {"nothing", "", 7, false},
        {"", "", 0, false},
    };
    tn_arena_init(&arena, 1 << 24);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t at, repaired;
        bool moved;
        struct tn_str json = tn_json_of_script(&arena, tn_str_of(cases[i].script), &at, &moved, &repaired);
        assert_string_equal(json.s, cases[i].json);
        assert_int_equal(at, cases[i].start);
        assert_int_equal(moved, cases[i].moved);
    }
    tn_arena_release(&arena);
}

static void letters_are_what_is_compared(void **state)
{
    (void)state;
    tn_arena_init(&arena, 1 << 20);
    struct tn_str letters = tn_letters(&arena, TN_LIT("St. Mary\xE2\x80\x99s, \xC3\x96stra \xE2\x89\xA5 18\xC2\xA0Years"));
    assert_string_equal(tn_str_copy(&arena, letters).s, "stmarys\xC3\xB6stra\xE2\x89\xA5" "18years");
    tn_arena_release(&arena);
}

/* Whose they are. */

static void status_of_data(const tn_trial *trial)
{
    has_text(trial, TN_trial_trial_id, "NCT90000640");
    has_text(trial, TN_trial_status, "COMPLETED");
    assert_int_equal(warnings(trial, "conflict", "status"), 1);
}

static void status_of_text(const tn_trial *trial)
{
    has_text(trial, TN_trial_trial_id, "NCT90000640");
    has_text(trial, TN_trial_status, "RECRUITING");
    assert_int_equal(warnings(trial, "conflict", "status"), 0);
}

#define COMPLETED STUDY "\"status\":\"Completed\"}"

static void own_data_are_taken_wherever_they_stand(void **state)
{
    (void)state;
    static const char *const heads[] = {
        LD COMPLETED END,
        LD "[" COMPLETED "]" END,
        LD "{\"@graph\":[{\"@type\":\"Organization\"}," COMPLETED "]}" END,
        LD "{\"@type\":\"WebPage\",\"mainEntity\":" COMPLETED "}" END,
        LD "{\"@type\":\"WebPage\",\"schema:about\":[" COMPLETED "]}" END,
        /* in a list, but by its number the page's own */
        LD "{\"@type\":\"ItemList\",\"itemListElement\":[{\"item\":" COMPLETED "}]}" END,
        LD "{\"@type\":[\"Thing\",\"http://schema.org/MedicalStudy\"],\"url\":\"https://x.example/NCT90000640\","
           "\"schema:status\":{\"@value\":\"https://schema.org/Completed\"}}" END,
        JSON "{\"a\":[{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT90000640\"},"
             "\"statusModule\":{\"overallStatus\":\"COMPLETED\"}}}], broken" END,
        /* JSON in a text of JSON */
        JSON "{\"status\":200,\"body\":\"{\\\"protocolSection\\\":{\\\"identificationModule\\\":{\\\"nctId\\\":\\\"NCT90000640\\\"},"
             "\\\"statusModule\\\":{\\\"overallStatus\\\":\\\"COMPLETED\\\"}}}\"}" END,
        /* no number, but the page's name */
        LD "{\"@type\":\"MedicalTrial\",\"name\":\"Morning Walks, in Winter\",\"status\":\"Completed\"}" END,
    };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        assert_true(read_page(heads[i], TEXT, status_of_data));
}

static void data_of_others_are_not(void **state)
{
    (void)state;
    static const char *const heads[] = {
        LD "{\"@type\":\"MedicalTrial\",\"identifier\":\"NCT90000999\",\"status\":\"Completed\"}" END,
        LD "{\"@type\":\"WebPage\",\"mentions\":{\"@type\":\"MedicalTrial\",\"status\":\"Completed\"}}" END,
        LD "{\"@type\":\"Article\",\"about\":[{\"@type\":\"MedicalTrial\",\"status\":\"Completed\"},"
           "{\"@type\":\"MedicalTrial\"}]}" END,
        LD "{\"@type\":\"MedicalTrial\",\"name\":\"Hammocks\",\"status\":\"Completed\"}" END,
        LD "{\"@type\":\"Organization\",\"identifier\":\"NCT90000640\",\"status\":\"Completed\"}" END,
        JSON "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT90000999\"},"
             "\"statusModule\":{\"overallStatus\":\"COMPLETED\"}}}" END,
        /* a script of programs */
        "<script>{\"@type\":\"MedicalTrial\",\"identifier\":\"NCT90000640\",\"status\":\"Completed\"}" END,
        LD END,
    };
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        assert_true(read_page(heads[i], TEXT, status_of_text));
}

static void address_wins(const tn_trial *trial)
{
    has_text(trial, TN_trial_trial_id, "NCT90000641");
    has_text(trial, TN_trial_url, "https://clinicaltrials.gov/study/NCT90000641");
    assert_int_equal(warnings(trial, "conflict", "trial_id"), 1);
}

static void text_wins(const tn_trial *trial)
{
    has_text(trial, TN_trial_trial_id, "NCT90000640");
    has_text(trial, TN_trial_status, "COMPLETED");
}

static void numbers_of_address_and_text_are_held_together(void **state)
{
    (void)state;
#define ADDRESS "<link rel=canonical href='https://x.example/t/NCT90000641'>"
    assert_true(read_page(ADDRESS, TEXT, address_wins));
    assert_true(read_page(ADDRESS LD COMPLETED END, TEXT, text_wins)); /* data side with the text */
}

static void source_is_address(const tn_trial *trial)
{
    const struct tn_record *source = tn_record_at(trial, TN_trial_source, 0);
    has_text(trial, TN_trial_trial_id, "NCT90000640");
    assert_string_equal(tn_text(source, TN_source_url).s, "https://x.example/t/1");
    assert_string_equal(tn_text(source, TN_source_site).s, "x.example");
}

static void the_address_is_the_source(void **state)
{
    (void)state;
    assert_true(read_page("<link rel=canonical href='https://x.example/t/1'>", TEXT, source_is_address));
}

/* Claims. */

static void anything(const tn_trial *trial)
{
    assert_true(tn_has(trial, TN_trial_record_key));
}

static void completed(const tn_trial *trial)
{
    has_text(trial, TN_trial_status, "COMPLETED");
}

static void pages_of_data_alone_are_claimed(void **state)
{
    (void)state;
    assert_true(read_page(LD COMPLETED END, "<p>Loading</p>", anything));
    assert_true(read_page(LD COMPLETED END LD COMPLETED END, NULL, anything));
    assert_true(read_page(LD "{\"@type\":\"MedicalTrial\",\"name\":\"Hammocks\",\"status\":\"Completed\"}" END,
                          "<h1>Find studies near your town</h1>", completed));
    assert_true(read_page("<meta name=dc.identifier content=NCT90000640><meta name=dc.title content='A walk'>", NULL, anything));
    assert_false(read_page("<meta name=dc.identifier content='doi:10.1/NCT90000640x'><meta name=dc.title content=A>", NULL, anything));
    assert_false(read_page("<meta name=dc.title content='A walk with NCT90000640'>", NULL, anything));
    assert_false(read_page(LD COMPLETED END LD "{\"@type\":\"MedicalTrial\",\"identifier\":\"NCT90000641\"}" END, NULL, anything));
    assert_false(read_page(LD "{\"@type\":\"ItemList\",\"itemListElement\":[" COMPLETED "]}" END, NULL, anything));
    assert_false(read_page(LD "{\"@type\":\"WebSite\",\"name\":\"MedicalTrial\"}" END, NULL, anything));
    assert_false(read_page(LD STUDY END, NULL, anything));
}

/* Joining. */

static void joined(const tn_trial *trial)
{
    assert_int_equal(tn_count(trial, TN_trial_conditions), 3);
    assert_string_equal(tn_text_at(trial, TN_trial_conditions, 0).s, "Winter Blues");
    assert_string_equal(tn_text_at(trial, TN_trial_conditions, 2).s, "Cold feet");
    has_text(trial, TN_trial_start_date, "2026-02");
    has_text(trial, TN_trial_lead_sponsor, "Early  Birds.");
    assert_int_equal(warnings(trial, "conflict", NULL), 0);
    has_text(trial, TN_trial_brief_summary, "Does a walk at dawn help? It may, if the sun is up and the coffee is warm, we think.");
    assert_false(tn_has(trial, TN_trial_enrollment_type));
}

static void what_says_the_same_is_there_once(void **state)
{
    (void)state;
    assert_true(read_page(LD STUDY "\"healthCondition\":[\"Winter Blues\",\"Snow\"],\"startDate\":\"2026-02\","
                                   "\"sponsor\":{\"name\":\"Early  Birds.\"},"
                                   "\"description\":\"Does a walk at dawn help? It may, if the sun is up...\"}" END,
                          TEXT "<p><b>Start date:</b> 14 February 2026</p><h2>Conditions</h2><ul><li>winter blues</li>"
                               "<li>Cold feet</li></ul><h2>Brief summary</h2><p>Does a walk at dawn help? It may, if the sun "
                               "is up and the coffee is warm, we think.</p>",
                          joined));
}

/* Hostile ones. */

static char *repeated(const char *before, const char *part, size_t times, const char *after)
{
    size_t len = strlen(part);
    char *text = malloc(strlen(before) + len * times + strlen(after) + 1);
    assert_non_null(text);
    char *out = text + strlen(before);
    memcpy(text, before, strlen(before));
    for (size_t i = 0; i < times; i++, out += len)
        memcpy(out, part, len);
    memcpy(out, after, strlen(after) + 1);
    return text;
}

static void text_is_read(const tn_trial *trial)
{
    has_text(trial, TN_trial_status, "RECRUITING");
}

static void hostile_data_cost_little(void **state)
{
    (void)state;
    static const struct {
        const char *before, *part;
        size_t times;
        const char *after;
    } cases[] = {
        {LD STUDY "\"x\":[", "1,", 3000000, "1]}" END},
        {JSON "{\"x\":[", "1,", 3000000, "1],\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT90000640\"}}}" END},
        {LD STUDY "\"x\":", "[", 100000, "]" END},
        {JSON "\"protocolSection\" \"nctId\"", "[", 100000, END},
        {LD "[", "{\"@type\":\"MedicalTrial\",\"identifier\":\"NCT90000640\",\"studyLocation\":\"Bath, United Kingdom\"},", 20000, "1]" END},
        {LD "{\"@graph\":[{\"@id\":\"#a\",\"x\":[{\"@id\":\"#a\"},{\"@id\":\"#t\"}]},{\"@id\":\"#t\",\"@type\":\"MedicalTrial\","
            "\"identifier\":\"NCT90000640\",\"sponsor\":[", "{\"@id\":\"#a\"},{\"@id\":\"#t\"},", 5000, "1]}]}" END},
        {"", LD "{\"@type\":\"MedicalTrial\"" END, 5000, ""},
        {LD, "{&quot;MedicalTrial&quot;:", 5000, END},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *head = repeated(cases[i].before, cases[i].part, cases[i].times, cases[i].after);
        assert_true(read_page(head, TEXT, text_is_read));
        free(head);
    }
}

static void wrong_types_are_kept_or_told(void **state)
{
    (void)state;
    static const char *const values[] = {"null", "true", "7", "-1.5e300", "\"\"", "\"\\u0000\"", "[]", "{}", "[[1]]", "[null,{}]",
                                         "{\"name\":[{\"name\":{}}]}", "{\"@id\":\"#t\"}", "{\"@value\":[1]}", "[{\"@type\":5}]"};
    static const char *const members[] = {"identifier", "name", "alternateName", "phase", "trialDesign", "healthCondition",
                                          "studySubject", "studyLocation", "sponsor", "outcome", "code", "startDate", "url",
                                          "inLanguage", "keywords", "contactPoint", "dateModified", "@id", "description"};
    for (size_t v = 0; v < sizeof values / sizeof values[0]; v++)
        for (size_t m = 0; m < sizeof members / sizeof members[0]; m++) {
            char head[400];
            snprintf(head, sizeof head, LD "{\"@type\":\"MedicalTrial\",\"identifier\":\"NCT90000640\",\"%s\":%s}" END, members[m],
                     values[v]);
            assert_true(read_page(head, TEXT, text_is_read));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_are_found_by_a_member),
        cmocka_unit_test(scripts_are_unwrapped),
        cmocka_unit_test(letters_are_what_is_compared),
        cmocka_unit_test(own_data_are_taken_wherever_they_stand),
        cmocka_unit_test(data_of_others_are_not),
        cmocka_unit_test(numbers_of_address_and_text_are_held_together),
        cmocka_unit_test(the_address_is_the_source),
        cmocka_unit_test(pages_of_data_alone_are_claimed),
        cmocka_unit_test(what_says_the_same_is_there_once),
        cmocka_unit_test(hostile_data_cost_little),
        cmocka_unit_test(wrong_types_are_kept_or_told),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
