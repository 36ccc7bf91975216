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

#include "core/str.h"
#include "readers/ctgov_v2.h"
#include "support_document.h"
#include "syntax/json_project.h"
#include "trialnorm/trialnorm.h"

/* ctgov-v2, but nothing of it is known before all is read. */
static struct tn_tree_source late_source;
static struct tn_reader late_reader;
static const struct tn_reader *early_reader;

static int start(void **state)
{
    (void)state;
    tn_init();
    late_source = tn_ctgov_v2_source;
    late_source.only_orders = false;
    early_reader = tn_reader_find("ctgov-v2");
    late_reader = *early_reader;
    late_reader.table = &late_source;
    return 0;
}

/* The keys of the trials that were selected, one after the other. */
struct keys {
    char text[16384];
    size_t len;
};

static bool note_key(void *context, const tn_trial *trial)
{
    struct keys *keys = context;
    struct tn_str key = tn_text(trial, TN_trial_record_key);
    int len = snprintf(keys->text + keys->len, sizeof keys->text - keys->len, "%s\n", key.s);
    keys->len += (size_t)len;
    assert_true(keys->len < sizeof keys->text);
    return true;
}

enum { FIXTURES_MAX = 400 };
static glob_t fixtures;
static struct tn_str texts[FIXTURES_MAX]; /* of the fixtures */
static struct tn_buf buffers[FIXTURES_MAX];

static void load_fixtures(const char *pattern)
{
    assert_int_equal(glob(pattern, 0, NULL, &fixtures), 0);
    assert_in_range(fixtures.gl_pathc, 1, FIXTURES_MAX);
    for (size_t i = 0; i < fixtures.gl_pathc; i++) {
        tn_buf_init(&buffers[i], 1 << 24);
        struct tn_str bytes = document_load(fixtures.gl_pathv[i]), text = document_text(bytes, &buffers[i]);
        if (text.s == bytes.s) {
            tn_buf_str(&buffers[i], bytes);
            text = tn_str_slice(buffers[i].data, buffers[i].len);
        }
        free((char *)(uintptr_t)bytes.s);
        texts[i] = text;
    }
}

static void forget_fixtures(void)
{
    for (size_t i = 0; i < fixtures.gl_pathc; i++)
        tn_buf_release(&buffers[i]);
    globfree(&fixtures);
}

static struct keys select_with(const struct tn_reader *reader, const struct tn_read_options *options)
{
    struct keys keys = {.len = 0};
    struct tn_worker *worker = tn_worker_new(options);
    for (size_t i = 0; i < fixtures.gl_pathc; i++) {
        document_read(worker, reader, texts[i], 0, note_key, &keys);
    }
    tn_worker_free(worker);
    return keys;
}

static size_t selected; /* by all expressions together */

static void both_ways(const char *text)
{
    struct tn_error error;
    for (int mode = 0; mode < 3; mode++) {
        struct tn_where *where = tn_where_new(text, mode == 1, &error);
        if (!where)
            fail_msg("%s: %s", text, error.message);
        const struct tn_read_options options = {.where = where, .redact = mode == 2};
        struct keys early = select_with(early_reader, &options);
        struct keys late = select_with(&late_reader, &options);
        if (strcmp(early.text, late.text) != 0)
            fail_msg("%s: early\n%s late\n%s", text, early.text, late.text);
        selected += early.len;
        tn_where_free(where);
    }
}

/* Questions about a field that some records answer with yes and others with no. */
static void ask(const char *name, const struct tn_field *field)
{
    static const char *const by_kind[][3] = {
        [TN_TEXT] = {"~e", "~M", "!=x"},       [TN_TEXT_LIST] = {"~e", ">=M", "!=x"},
        [TN_DATE] = {">=2020", "<2019-05", "~-0"}, [TN_INT] = {">=50", "=1", "<3"},
        [TN_NUMBER] = {">=18", "<1", "!=65"},  [TN_BOOL] = {"=true", "=no", "!=yes"},
        [TN_ENUM] = {"~E", "~A", "~S"},        [TN_ENUM_LIST] = {"~E", "~2", "~P"},
        [TN_RECORD_ONE] = {NULL},              [TN_RECORD_LIST] = {NULL}, [TN_MAP] = {NULL},
    };
    char text[256];
    snprintf(text, sizeof text, "has(%s)", name);
    both_ways(text);
    for (int i = 0; i < 3 && by_kind[field->kind][i]; i++) {
        static const char *const before[] = {"", "not ", "countries and not has_results or "};
        snprintf(text, sizeof text, "%s%s%s", before[i], name, by_kind[field->kind][i]);
        both_ways(text);
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

static void early_selects_what_late_does(void **state)
{
    (void)state;
    load_fixtures(TN_FIXTURES "/ctgov-v2/*/input.*json");
    ask_below("", &tn_type_trial);
    assert_true(selected > 10000);
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
    struct keys keys = {.len = 0};
    size_t len = (size_t)snprintf(bytes, sizeof bytes, "%s", text);
    const struct tn_raw raw = {.bytes = bytes, .len = len, .line = 1};
    return tn_read(worker, early_reader, &raw, note_key, &keys, trials, error);
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
    size_t len = select_with(NULL, &all).len;
    for (unsigned shards = 1; shards <= 3; shards++) {
        size_t together = 0;
        for (unsigned shard = 1; shard <= shards; shard++) {
            const struct tn_read_options options = {.shard = shard, .shards = shards};
            together += select_with(NULL, &options).len;
        }
        assert_int_equal(together, len);
    }
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
        struct tn_str left = tn_json_project(&arena, tree, tn_str_of(rows[i].record));
        assert_non_null(left.s);
        assert_string_equal(left.s, rows[i].left);
        size_t whole = tn_str_trim(tn_str_of(rows[i].record)).len;
        for (size_t len = 0; len < whole; len++) { /* cut anywhere, it has no end */
            char *copy = malloc(len ? len : 1);
            assert_non_null(copy);
            memcpy(copy, rows[i].record, len);
            assert_null(tn_json_project(&arena, tree, tn_str_slice(copy, len)).s);
            free(copy);
        }
    }
    tn_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(early_selects_what_late_does), cmocka_unit_test(odd_records),
        cmocka_unit_test(shards_divide),                cmocka_unit_test(shards_are_stable),
        cmocka_unit_test(projection),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
