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

int main(void)
{
    check("Preamble\n\nSummary\nNumber: 1\nA: x\n\nSummary\nNumber: 1\nA: y\n\nSummary\nNumber: 2\nA: z\n", "");
    return 0;
}
