/* SPDX-License-Identifier: MIT */
/* A record that is not wanted is told early, out of a few of its bytes: that must select what reading it whole does.
 * For every field of the schema, over every record of the fixtures. */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <xxhash.h>

#include "core/str.h"
#include "support_document.h"
#include "syntax/json_project.h"
#include "trialnorm/trialnorm.h"

static const struct tn_reader *reader;
static const char *corpus; /* a pattern of further inputs; NULL: none */

static int start(void **state)
{
    (void)state;
    tn_init();
    reader = tn_reader_find("ctgov-v2");
    return 0;
}

/* Which trials were selected: how many, and a hash of their keys in their order. */
struct selected {
    size_t count;
    uint64_t hash;
};

static void select_trial(struct selected *selected, const tn_trial *trial)
{
    struct tn_str key = tn_text(trial, TN_trial_record_key);
    selected->count++;
    selected->hash = XXH3_64bits_withSeed(key.s, key.len, selected->hash);
}

static bool select_each(void *context, const tn_trial *trial)
{
    select_trial(context, trial);
    return true;
}

enum { FIXTURES_MAX = 400 };
static glob_t fixtures;
static struct tn_str texts[FIXTURES_MAX]; /* of the fixtures */

static void load_fixtures(const char *pattern)
{
    assert_int_equal(glob(pattern, 0, NULL, &fixtures), 0);
    assert_in_range(fixtures.gl_pathc, 1, FIXTURES_MAX);
    for (size_t i = 0; i < fixtures.gl_pathc; i++) {
        texts[i] = document_load(fixtures.gl_pathv[i]);
    }
}

static void forget_fixtures(void)
{
    for (size_t i = 0; i < fixtures.gl_pathc; i++)
        free((char *)(uintptr_t)texts[i].s);
    globfree(&fixtures);
}

static void read_all(const struct tn_reader *by, const struct tn_read_options *options, tn_emit_fn *emit, void *context)
{
    struct tn_worker *worker = tn_worker_new(options);
    assert_non_null(worker);
    for (size_t i = 0; i < fixtures.gl_pathc; i++)
        document_read(worker, by, texts[i], 0, emit, context);
    tn_worker_free(worker);
}

/* Questions about every field. */
enum { QUESTIONS_MAX = 4000 };
static struct {
    char text[128];
    struct tn_where *where;
    struct selected late; /* by the finished trials */
} questions[QUESTIONS_MAX];
static size_t question_count;

static void add_question(const char *before, const char *name, const char *behind, bool certain)
{
    struct tn_error error;
    assert_true(question_count < QUESTIONS_MAX);
    snprintf(questions[question_count].text, sizeof questions->text, "%s%s%s", before, name, behind);
    questions[question_count].where = tn_where_new(questions[question_count].text, certain, &error);
    if (!questions[question_count].where)
        fail_msg("%s: %s", questions[question_count].text, error.message);
    question_count++;
}

/* Such that some records answer with yes and others with no. */
static void ask(const char *name, const struct tn_field *field)
{
    static const char *const by_kind[][3] = {
        [TN_TEXT] = {"~e", "~M", "!=x"},           [TN_TEXT_LIST] = {"~e", ">=M", "!=x"},
        [TN_DATE] = {">=2020", "<2019-05", "~-0"}, [TN_INT] = {">=50", "=1", "<3"},
        [TN_NUMBER] = {">=18", "<1", "!=65"},      [TN_BOOL] = {"=true", "=no", "!=yes"},
        [TN_ENUM] = {"~E", "~A", "~S"},            [TN_ENUM_LIST] = {"~E", "~2", "~P"},
        [TN_RECORD_ONE] = {NULL},                  [TN_RECORD_LIST] = {NULL},
        [TN_MAP] = {NULL},
    };
    add_question("has(", name, ")", false);
    int count = corpus ? 1 : 3; /* there are many records there */
    for (int i = 0; i < count && by_kind[field->kind][i]; i++) {
        static const char *const before[] = {"", "not ", "countries and not has_results or "};
        add_question(before[i], name, by_kind[field->kind][i], false);
        if (field->kind == TN_DATE)
            add_question(before[i], name, by_kind[field->kind][i], true);
    }
}

static void ask_below(const char *prefix, const struct tn_record_type *type)
{
    for (int i = 0; i < type->count; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s", prefix, type->fields[i].name);
        ask(name, &type->fields[i]);
        if (!type->fields[i].record)
            continue;
        snprintf(name, sizeof name, "%s%s.", prefix, type->fields[i].name);
        ask_below(name, type->fields[i].record);
    }
}

static bool ask_all(void *context, const tn_trial *trial)
{
    (void)context;
    for (size_t i = 0; i < question_count; i++)
        if (tn_where_holds(questions[i].where, trial))
            select_trial(&questions[i].late, trial);
    return true;
}

static void compare(bool redact)
{
    size_t some = 0;
    struct selected all = {.count = 0};
    const struct tn_read_options whole = {.redact = redact};
    read_all(reader, &whole, select_each, &all);
    for (size_t i = 0; i < question_count; i++)
        questions[i].late = (struct selected){.count = 0};
    read_all(reader, &whole, ask_all, NULL);
    for (size_t i = 0; i < question_count; i++) {
        struct selected early = {.count = 0};
        const struct tn_read_options options = {.redact = redact, .where = questions[i].where};
        read_all(reader, &options, select_each, &early);
        if (early.count != questions[i].late.count || early.hash != questions[i].late.hash)
            fail_msg("%s: early %zu trials, late %zu", questions[i].text, early.count, questions[i].late.count);
        some += early.count > 0 && early.count < all.count;
    }
    print_message("%zu questions, %zu of which select some of %zu trials\n", question_count, some, all.count);
    assert_true(some > question_count / 8);
}

static void early_selects_what_late_does(void **state)
{
    (void)state;
    load_fixtures(corpus ? corpus : TN_FIXTURES "/ctgov-v2/*/input.*json");
    ask_below("", &tn_type_trial);
    compare(false);
    if (!corpus)
        compare(true);
    for (size_t i = 0; i < question_count; i++)
        tn_where_free(questions[i].where);
    forget_fixtures();
}

static struct tn_worker *worker_for(const struct tn_read_options *options)
{
    struct tn_worker *worker = tn_worker_new(options);
    assert_non_null(worker);
    return worker;
}

static enum tn_severity read_text(struct tn_worker *worker, const char *text, size_t *trials, struct tn_error *error)
{
    char bytes[4096];
    struct selected keys = {.count = 0};
    size_t len = (size_t)snprintf(bytes, sizeof bytes, "%s", text);
    const struct tn_raw raw = {.bytes = bytes, .len = len, .line = 1};
    return tn_read(worker, reader, &raw, select_each, &keys, trials, error);
}

/* What the reader has something against is never left out quietly; what is odd is judged as it is read. */
static void odd_records(void **state)
{
    static const struct {
        const char *text;
        enum tn_severity severity;
        size_t trials, left_out;
    } rows[] = {
        {"{}", TN_FAILED, 0, 0},
        {"{\"a\":1}", TN_FAILED, 0, 0},
        {"{\"protocolSection\":{}}", TN_FAILED, 0, 0},
        {"{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000001\"}}}", TN_OK, 0, 1},
        {"{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000001\"},\"statusModule\":{\"overallStatus\":"
         "\"RECRUITING\"}}}", TN_OK, 1, 0},
        {"{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000001\"},\"statusModule\":[{\"overallStatus\":"
         "[\"RECRUITING\"]}]}}", TN_OK, 1, 0},
        {"{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000001\"},\"status\\u004dodule\":"
         "{\"overallStatus\":\"RECRUITING\"}}}", TN_OK, 1, 0},
        {"{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000001\",\"briefTitle\":\"\\\"},"
         "\\\"statusModule\\\":{\"},\"statusModule\":{\"overallStatus\":\"COMPLETED\"}}}", TN_OK, 0, 1},
        {"{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000001\"},\"statusModule\":{\"overallStatus\":"
         "\"RECRUITING\"", TN_FAILED, 0, 0},
    };
    (void)state;
    struct tn_error error;
    struct tn_where *where = tn_where_new("status=RECRUITING", false, &error);
    const struct tn_read_options options = {.where = where};
    struct tn_worker *worker = worker_for(&options);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t trials;
        assert_int_equal(read_text(worker, rows[i].text, &trials, &error), rows[i].severity);
        assert_int_equal(trials, rows[i].trials);
        assert_int_equal(tn_worker_left_out(worker), rows[i].left_out);
    }
    tn_worker_free(worker);
    tn_where_free(where);
}

/* Every trial is in one shard, whatever the number of them, and early or late makes no difference. */
static void shards_divide(void **state)
{
    (void)state;
    load_fixtures(TN_FIXTURES "/*/*/input.*");
    const struct tn_read_options all = {.shards = 0};
    struct selected every = {.count = 0}, together = {.count = 0};
    read_all(NULL, &all, select_each, &every);
    for (unsigned shard = 1; shard <= 3; shard++) {
        const struct tn_read_options options = {.shard = shard, .shards = 3};
        size_t before = together.count;
        read_all(NULL, &options, select_each, &together);
        assert_in_range(together.count - before, every.count / 6, every.count / 2 + 1);
    }
    assert_int_equal(together.count, every.count);
    forget_fixtures();
}

/* The number of a trial's shard is part of the interface: arrays of jobs count on it between versions. */
static void shards_are_stable(void **state)
{
    static const struct {
        const char *id;
        unsigned shard_of_4;
    } rows[] = {{"NCT00000001", 2}, {"NCT00000002", 3}, {"NCT05676931", 1}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (unsigned shard = 1; shard <= 4; shard++) {
            char text[128];
            size_t trials;
            struct tn_error error;
            const struct tn_read_options options = {.shard = shard, .shards = 4};
            struct tn_worker *worker = worker_for(&options);
            snprintf(text, sizeof text, "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"%s\"}}}", rows[i].id);
            assert_int_equal(read_text(worker, text, &trials, &error), TN_OK);
            assert_int_equal(trials, shard == rows[i].shard_of_4);
            tn_worker_free(worker);
        }
}

/* A record, and what is left of it. */
static void projection(void **state)
{
    static const char *const paths[] = {"a.b", "list[].x", "list[].y[]", "whole"};
    static const struct {
        const char *record, *left;
    } rows[] = {
        {"{}", "{}"},
        {" {\"a\" : {\"b\":1 , \"c\":2}} ", "{\"a\":{\"b\":1}}"},
        {"{\"z\":[1,{\"a\":\"}\"}],\"a\":{\"c\":\"\\\"\",\"b\":\"x}\\\\\"}}", "{\"a\":{\"b\":\"x}\\\\\"}}"},
        {"{\"a\":{\"b\":1,\"b\":[2]},\"a\":3}", "{\"a\":{\"b\":1,\"b\":[2]},\"a\":3}"},
        {"{\"list\":[{\"x\":1,\"z\":2},{\"z\":3},4,[{\"z\":5}],{\"y\":[{\"q\":6}]}]}",
         "{\"list\":[{\"x\":1},{},4,[{\"z\":5}],{\"y\":[{\"q\":6}]}]}"},
        {"{\"list\":{\"x\":1,\"z\":2}}", "{\"list\":{\"x\":1}}"},
        {"{\"whole\":{\"p\":{\"q\":[]}},\"seen\":{\"p\":1},\"other\":2}", "{\"whole\":{\"p\":{\"q\":[]}},\"seen\":null}"},
        {"{\"seen\":7,\"\\u0061\":{\"b\":{}}}", "{\"seen\":7,\"\\u0061\":{\"b\":{}}}"},
    };
    (void)state;
    struct tn_arena arena;
    tn_arena_init(&arena, 1 << 20);
    struct tn_json_paths *tree = tn_json_paths_new(&arena);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        assert_true(tn_json_paths_add(tree, &arena, paths[i], false));
    assert_true(tn_json_paths_add(tree, &arena, "seen", true));
    assert_true(tn_json_paths_add(tree, &arena, "a", true));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct tn_str left = tn_json_project(&arena, tree, tn_str_of(rows[i].record), NULL);
        assert_non_null(left.s);
        assert_string_equal(left.s, rows[i].left);
        size_t whole = tn_str_trim(tn_str_of(rows[i].record)).len;
        for (size_t len = 0; len < whole; len++) { /* cut anywhere, it has no end */
            char *copy = malloc(len ? len : 1);
            assert_non_null(copy);
            memcpy(copy, rows[i].record, len);
            assert_null(tn_json_project(&arena, tree, tn_str_slice(copy, len), NULL).s);
            free(copy);
        }
    }
    tn_arena_release(&arena);
}

/* What was noted as long is jumped over: nothing in it is looked at. */
static void long_members_are_jumped_over(void **state)
{
    (void)state;
    static const char cheat[] = "{\"x\":{\"y\":\"} not looked at {},\"a\":1}"; /* would have no end */
    struct tn_raw_member large[TN_RAW_MEMBERS] = {{.at = 5}};
    struct tn_arena arena;
    tn_arena_init(&arena, 1 << 20);
    struct tn_json_paths *tree = tn_json_paths_new(&arena);
    assert_true(tn_json_paths_add(tree, &arena, "a", false));
    assert_null(tn_json_project(&arena, tree, tn_str_of(cheat), NULL).s);
    large[0].len = strlen(cheat + large[0].at) - strlen(",\"a\":1}");
    assert_string_equal(tn_json_project(&arena, tree, tn_str_of(cheat), large).s, "{\"a\":1}");
    large[0].len = sizeof cheat;
    assert_null(tn_json_project(&arena, tree, tn_str_of(cheat), large).s);
    tn_arena_release(&arena);
}

int main(int argc, char **argv)
{
    corpus = argc > 1 ? argv[1] : NULL;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(early_selects_what_late_does), cmocka_unit_test(odd_records),
        cmocka_unit_test(shards_divide),                cmocka_unit_test(shards_are_stable),
        cmocka_unit_test(projection),                   cmocka_unit_test(long_members_are_jumped_over),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
