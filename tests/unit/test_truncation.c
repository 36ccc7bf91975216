/* SPDX-License-Identifier: MIT */
/* Every fixture is cut at every length (large ones at every length near both ends and at every eleventh between), and
 * what is left is read: nothing crashes, nothing leaks, nothing is read past the end, and a trial that comes out is a
 * whole one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>

#include "unit/support_document.h"

enum { SMALL = 512, NEAR_END = 128, STRIDE = 11, HUGE_PART = 16 * 1024, HUGE_STRIDE = 61 };

static bool check_trial(void *context, const tn_trial *trial)
{
    const char *path = context;
    if (!tn_has(trial, TN_trial_schema) || !tn_has(trial, TN_trial_record_key) || !tn_has(trial, TN_trial_source))
        fail_msg("%s: a trial without schema, record_key or source", path);
    assert_string_equal(tn_text(trial, TN_trial_schema).s, "trialnorm/1");
    return true;
}

static size_t next_cut(size_t cut, size_t len)
{
    bool every = len <= SMALL || cut < NEAR_END || cut + NEAR_END >= len;
    size_t step = every ? 1 : cut < HUGE_PART ? STRIDE : HUGE_STRIDE;
    return cut + step;
}

/* The copy ends where the text ends. */
static void read_cut(struct tn_worker *worker, const char *path, struct tn_str whole, size_t cut)
{
    struct tn_verdict verdict;
    struct tn_error error;
    char *copy = malloc(cut ? cut : 1);
    assert_non_null(copy);
    memcpy(copy, whole.s, cut);
    struct tn_str bytes = tn_str_slice(copy, cut);
    tn_detect(worker, bytes, &verdict, &error);
    struct document_outcome outcome = document_read(worker, NULL, bytes, 0, check_trial, (void *)(uintptr_t)path);
    bool empty_table = tn_syntax_of(bytes) == TN_SYNTAX_DELIMITED; /* a header alone */
    if (outcome.trials == 0 && outcome.failed == 0 && !empty_table)
        fail_msg("%s cut at %zu: neither a trial nor an error", path, cut);
    free(copy);
}

static void every_fixture_at_every_length(void **state)
{
    (void)state;
    const struct tn_read_options options = {.provenance = true};
    struct tn_worker *worker = tn_worker_new(&options);
    glob_t found;
    assert_non_null(worker);
    assert_int_equal(glob(TN_FIXTURES "/*/*/input.*", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *path = found.gl_pathv[i];
        struct tn_str whole = document_load(path);
        assert_non_null(whole.s);
        for (size_t cut = 0; cut <= whole.len; cut = next_cut(cut, whole.len))
            read_cut(worker, path, whole, cut);
        free((void *)(uintptr_t)whole.s);
    }
    globfree(&found);
    tn_worker_free(worker);
}

/* The reader whose folder a fixture stands in, also where another one would claim what is left: few cuts. */
static void every_fixture_by_its_reader(void **state)
{
    (void)state;
    enum { CUTS = 97 };
    const struct tn_read_options options = {.provenance = true};
    struct tn_worker *worker = tn_worker_new(&options);
    for (const struct tn_reader *const *reader = tn_readers(); *reader; reader++) {
        char pattern[256];
        glob_t found;
        snprintf(pattern, sizeof pattern, TN_FIXTURES "/%s/*/input*", (*reader)->name);
        if (glob(pattern, 0, NULL, &found) != 0)
            fail_msg("%s has no fixture", (*reader)->name);
        for (size_t i = 0; i < found.gl_pathc; i++) {
            struct tn_str whole = document_load(found.gl_pathv[i]);
            for (size_t cut = 0; whole.s && cut <= whole.len; cut += 1 + whole.len / CUTS) {
                char *copy = malloc(cut ? cut : 1);
                assert_non_null(copy);
                memcpy(copy, whole.s, cut);
                document_read(worker, *reader, tn_str_slice(copy, cut), 0, check_trial, found.gl_pathv[i]);
                free(copy);
            }
            free((void *)(uintptr_t)whole.s);
        }
        globfree(&found);
    }
    tn_worker_free(worker);
}

static bool count_trial(void *context, const tn_trial *trial)
{
    (void)trial;
    ++*(size_t *)context;
    return true;
}

/* The splitter must not care in what portions its bytes come. */
static void every_fixture_byte_by_byte(void **state)
{
    (void)state;
    const struct tn_read_options options = {.redact = true};
    struct tn_worker *worker = tn_worker_new(&options);
    glob_t found;
    assert_int_equal(glob(TN_FIXTURES "/*/*/input.*", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        size_t trials = 0;
        struct tn_str whole = document_load(found.gl_pathv[i]);
        struct document_outcome at_once = document_read(worker, NULL, whole, 0, count_trial, &trials);
        struct document_outcome bytewise = document_read(worker, NULL, whole, 1, count_trial, &trials);
        assert_int_equal(at_once.records, bytewise.records);
        assert_int_equal(at_once.trials, bytewise.trials);
        assert_int_equal(at_once.failed, bytewise.failed);
        assert_int_equal(trials, at_once.trials + bytewise.trials);
        free((void *)(uintptr_t)whole.s);
    }
    globfree(&found);
    tn_worker_free(worker);
}

int main(void)
{
    tn_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fixture_at_every_length),
        cmocka_unit_test(every_fixture_by_its_reader),
        cmocka_unit_test(every_fixture_byte_by_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
