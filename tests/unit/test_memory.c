/* SPDX-License-Identifier: MIT */
/* Memory runs out at many places: a record is then refused with a clear word, or it is whole; never half. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <glob.h>

#include "readers/worker.h"
#include "unit/support_document.h"
#include "unit/support_sink.h"

/* Limits grow from FIRST by an eighth up to the first with which all is read. */
enum { FIRST = 16, STEPS_MAX = 200 };

/* All trials as NDJSON, one behind the other. */
static bool write_trial(void *context, const tn_trial *trial)
{
    static const struct tn_write_options all;
    const tn_trial *trials[] = {trial, NULL};
    struct tn_error error;
    struct sink *sink = context;
    assert_int_equal(sink_write(sink, "ndjson", &all, trials, &error), TN_OK);
    return true;
}

static struct document_outcome read_into(struct sink *sink, struct tn_worker *worker, const struct tn_reader *reader,
                                         struct tn_str bytes)
{
    sink_start(sink);
    return document_read(worker, reader, bytes, 0, write_trial, sink);
}

static struct tn_worker *new_worker(void)
{
    const struct tn_read_options options = {.provenance = true};
    struct tn_worker *worker = tn_worker_new(&options);
    assert_non_null(worker);
    return worker;
}

/* Every trial of `some` stands in `all`: a part of the output is one or more whole records of it. */
static void check_part(const char *path, const struct sink *some, const struct sink *all)
{
    for (int i = 0; i < some->count; i++) {
        struct tn_str text = tn_str_slice(some->parts[i].bytes.data, some->parts[i].bytes.len);
        bool found = false;
        for (int at = 0; at < all->count && !found; at++)
            found = tn_str_eq(text, tn_str_slice(all->parts[at].bytes.data, all->parts[at].bytes.len));
        if (!found)
            fail_msg("%s: a partial trial: %.*s", path, (int)text.len, text.s);
    }
}

/* True when everything was read. */
static bool read_limited(const char *path, struct tn_str bytes, const struct tn_reader *reader, size_t limit,
                         const struct sink *all)
{
    struct sink some;
    struct tn_worker *worker = new_worker();
    worker->arena.limit = limit;
    struct document_outcome outcome = read_into(&some, worker, reader, bytes);
    check_part(path, &some, all);
    if (outcome.failed && outcome.code != TN_NO_MEMORY)
        fail_msg("%s with %zu bytes: refused with %s", path, limit, tn_code_name(outcome.code));
    if (!outcome.failed)
        assert_int_equal(some.count, all->count);
    sink_free(&some);
    tn_worker_free(worker);
    return outcome.failed == 0;
}

static void limit_fixture(const char *path)
{
    struct sink all;
    struct tn_worker *worker = new_worker();
    struct tn_str bytes = document_load(path);
    struct tn_verdict verdict;
    struct tn_error error;
    struct tn_buf decoded;
    size_t limit = FIRST;
    int steps = 0;
    assert_int_equal(tn_detect(worker, document_text(bytes, &decoded), &verdict, &error), TN_OK);
    tn_buf_release(&decoded);
    struct document_outcome outcome = read_into(&all, worker, NULL, bytes);
    /* A fixture that shows a failure fails otherwise than by memory. */
    for (bool whole = outcome.failed > 0; !whole && steps < STEPS_MAX; steps++, limit += limit / 8 + 1)
        whole = read_limited(path, bytes, steps % 2 ? verdict.reader : NULL, limit, &all);
    assert_in_range(steps, outcome.failed ? 0 : 2, STEPS_MAX - 1);
    sink_free(&all);
    tn_worker_free(worker);
    free((void *)(uintptr_t)bytes.s);
}

static void every_fixture_with_little_memory(void **state)
{
    (void)state;
    glob_t found;
    assert_int_equal(glob(TN_FIXTURES "/*/*/input.*", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        limit_fixture(found.gl_pathv[i]);
    globfree(&found);
}

/* The compiled maps have an arena of their own. */
static void no_memory_for_the_map(void **state)
{
    (void)state;
    static char record[] = "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000001\"}}}";
    const struct tn_reader *reader = tn_reader_find("ctgov-v2");
    struct sink sink;
    assert_non_null(reader);
    for (size_t limit = FIRST; limit < 4096; limit += limit / 4) {
        struct tn_worker *worker = new_worker();
        worker->kept.limit = limit;
        struct document_outcome outcome = read_into(&sink, worker, reader, tn_str_of(record));
        assert_int_equal(outcome.trials, 0);
        assert_int_equal(outcome.code, TN_NO_MEMORY);
        sink_free(&sink);
        tn_worker_free(worker);
    }
}

/* After a record that was refused the worker reads the next one as if nothing had been. */
static void a_worker_recovers(void **state)
{
    (void)state;
    static char record[] = "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT00000001\"}}}";
    const struct tn_reader *reader = tn_reader_find("ctgov-v2");
    struct tn_worker *worker = new_worker();
    struct sink sink;
    size_t limit = worker->arena.limit;
    worker->arena.limit = 100;
    assert_int_equal(read_into(&sink, worker, reader, tn_str_of(record)).code, TN_NO_MEMORY);
    sink_free(&sink);
    worker->arena.limit = limit;
    assert_int_equal(read_into(&sink, worker, reader, tn_str_of(record)).trials, 1);
    struct tn_str text = tn_str_slice(sink.parts[0].bytes.data, sink.parts[0].bytes.len);
    assert_int_not_equal(tn_str_find(text, TN_LIT("NCT00000001")), TN_NO_OFFSET);
    sink_free(&sink);
    tn_worker_free(worker);
}

int main(void)
{
    tn_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fixture_with_little_memory),
        cmocka_unit_test(no_memory_for_the_map),
        cmocka_unit_test(a_worker_recovers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
