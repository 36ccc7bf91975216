/* SPDX-License-Identifier: MIT */
/* Cutting text into blocks, whatever the size of the pieces that are read; blocks of one key are one record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "unit/support_split.h"

static const char *const paths[] = {"studies[]", "^Summary^Number:|Status:=Number:", "^Number:^Title:"};

static void transcribe(struct tn_str input, size_t step, size_t limit, struct tn_buf *out)
{
    struct tn_source source;
    struct tn_split split;
    tn_buf_reset(out);
    tn_source_memory(&source, input, step);
    tn_split_init(&split, &source, limit);
    assert_true(tn_split_lines(&split, paths, sizeof paths / sizeof paths[0]));
    split_run(&split, out, 2 * input.len + 8);
    tn_split_release(&split);
    assert_true(tn_buf_terminate(out));
}

static void check_limit(const char *input, size_t limit, const char *expected)
{
    static const size_t steps[] = {0, 1, 2, 3, 7, 31};
    struct tn_buf out;
    tn_buf_init(&out, 1 << 24);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        transcribe(tn_str_of(input), steps[i], limit, &out);
        assert_string_equal(out.data, expected);
    }
    tn_buf_release(&out);
}

static void check(const char *input, const char *expected)
{
    check_limit(input, SPLIT_LIMIT, expected);
}

static void test_blocks(void **state)
{
    (void)state;
    /* What stands before the first block belongs to it. */
    check("Preamble\n\nSummary\nNumber: 1\nA: x\n\nSummary\nNumber: 1\nA: y\n\nSummary\nNumber: 2\nA: z\n",
          "record 0 @0:1 Preamble\n\nSummary\nNumber: 1\nA: x\n\nSummary\nNumber: 1\nA: y\n\n\n"
          "record 1 @58:11 Summary\nNumber: 2\nA: z\n\n");
    /* A key that comes again later is another record. */
    check("Summary\nNumber: 1\nSummary\nNumber: 2\nSummary\nNumber: 1\n",
          "record 0 @0:1 Summary\nNumber: 1\n\nrecord 1 @18:3 Summary\nNumber: 2\n\nrecord 2 @36:5 Summary\nNumber: 1\n\n");
    check("Summary\r\n\r\n Number: 1\r\nA\r\nSummary\r\nNumber: 1 \r\nB",
          "record 0 @0:1 Summary\r\n\r\n Number: 1\r\nA\r\nSummary\r\nNumber: 1 \r\nB\n");
}

static void test_keys(void **state)
{
    (void)state;
    check("Summary\nStatus: x\nSummary\nStatus: x\nNumber: 1\n",
          "record 0 @0:1 Summary\nStatus: x\n\nrecord 1 @18:3 Summary\nStatus: x\nNumber: 1\n\n");
    check("Summary\nStatus: x\nNumber: 1\nSummary\nStatus: y\nNumber: 1\nSummary\nStatus: z\n",
          "record 0 @0:1 Summary\nStatus: x\nNumber: 1\nSummary\nStatus: y\nNumber: 1\n\n"
          "record 1 @56:7 Summary\nStatus: z\n\n");
    check("Summary\nNumber:\nSummary\nNumber:\n", "record 0 @0:1 Summary\nNumber:\n\nrecord 1 @16:3 Summary\nNumber:\n\n");
}

static void test_paths(void **state)
{
    (void)state;
    /* A path without a key: each block is a record. */
    check("Number: 1\nTitle: a\n\nNumber: 1\nTitle: b\n",
          "record 0 @0:1 Number: 1\nTitle: a\n\n\nrecord 1 @20:4 Number: 1\nTitle: b\n\n");
    /* Lines that begin no block. */
    check("Summary\nNumber: 1\nSummary\nof it all\nSummary:\nNumber: 7\n",
          "record 0 @0:1 Summary\nNumber: 1\nSummary\nof it all\nSummary:\nNumber: 7\n\n");
    check("only words\nhere\n", "record 0 @0:1 only words\nhere\n\n");
    check("Summary", "record 0 @0:1 Summary\n");
    check(" \n\n", "damage empty-input @3:3\n");
}

/* A record that is too large is lost with all its blocks, and nothing else. */
static void test_too_large(void **state)
{
    (void)state;
    check_limit("Summary\nNumber: 1\nSummary\nNumber: 1\nA: 1234567890123456789012345678901234567890\nSummary\nNumber: 1\n"
                "Summary\nNumber: 2\n",
                64, "lost 0 too-large @0:1\nrecord 1 @98:8 Summary\nNumber: 2\n\n");
    check_limit("Summary\nNumber: 1\nA: 12345678901234567890123456789012345678901234567890123456789012345678901234567890\n"
                "Summary\nNumber: 2\n",
                64, "lost 0 too-large @0:1\nrecord 1 @102:4 Summary\nNumber: 2\n\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
