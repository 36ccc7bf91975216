/* SPDX-License-Identifier: MIT */
#include "unit/support_split.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "core/utf8.h"

const char *const split_paths[SPLIT_PATHS] = {"studies[]", "FullStudiesResponse.FullStudies[]", "data.items[].study", "one.study"};

void split_add(struct tn_buf *out, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    assert_in_range(len, 0, sizeof text - 1);
    tn_buf_add(out, text, (size_t)len);
}

static void write_container(struct tn_buf *out, const struct tn_container *container)
{
    split_add(out, "container %s %zu-%zu %s", container->path.s, container->records, container->failed,
        container->complete ? "complete" : "broken");
    for (size_t i = 0; i < container->count; i++)
        split_add(out, " %s=%s", container->members[i].name.s,
            container->members[i].text.s ? container->members[i].text.s : "*");
    split_add(out, "\n");
}

static void write_record(struct tn_buf *out, const struct tn_piece *piece)
{
    assert_int_equal(piece->bytes[piece->len], '\0');
    assert_int_equal(tn_utf8_valid(tn_str_slice(piece->bytes, piece->len)), piece->len);
    assert_int_equal(piece->path.s[piece->path.len], '\0');
    assert_int_equal(piece->replaced != 0, (piece->repaired & (TN_PIECE_BYTES | TN_PIECE_ESCAPES)) != 0);
    split_add(out, "record %zu @%zu:%u%s%s ", piece->index, piece->offset, piece->line, piece->path.len ? " " : "",
        piece->path.s);
    if (piece->repaired)
        split_add(out, "repaired %u/%zu ", piece->repaired, piece->replaced);
    tn_buf_add(out, piece->bytes, piece->len);
    tn_buf_char(out, '\n');
}

static void write_event(struct tn_buf *out, enum tn_split_result result, const struct tn_split *split,
                        const struct tn_piece *piece, const struct tn_error *error)
{
    if (result == TN_SPLIT_RECORD)
        write_record(out, piece);
    else if (result == TN_SPLIT_CONTAINER)
        write_container(out, tn_split_container(split));
    else if (result == TN_SPLIT_FAILED)
        split_add(out, "lost %zu %s @%zu:%u%s%s\n", piece->index, tn_code_name(error->code), error->offset, error->line,
            piece->path.len ? " " : "", piece->path.s);
    else
        split_add(out, "damage %s @%zu:%u\n", tn_code_name(error->code), error->offset, error->line);
}

void split_run(struct tn_split *split, struct tn_buf *out, size_t most)
{
    struct tn_piece piece;
    struct tn_error error;
    enum tn_split_result result;
    size_t events = 0;
    while ((result = tn_split_next(split, &piece, &error)) != TN_SPLIT_END) {
        write_event(out, result, split, &piece, &error);
        assert_in_range(++events, 0, most);
    }
    assert_int_equal(tn_split_next(split, &piece, &error), TN_SPLIT_END);
}

static void transcribe(struct tn_str input, const char *const *paths, size_t count, size_t step, size_t limit, struct tn_buf *out)
{
    struct tn_source source;
    struct tn_split split;
    tn_buf_reset(out);
    tn_source_memory(&source, input, step);
    tn_split_init(&split, &source, limit);
    assert_true(tn_split_json(&split, paths, count));
    split_run(&split, out, input.len + 8);
    tn_split_release(&split);
    assert_true(tn_buf_terminate(out));
}

void split_transcribe(struct tn_str input, size_t step, size_t limit, struct tn_buf *out)
{
    transcribe(input, split_paths, SPLIT_PATHS, step, limit, out);
}

static void check(struct tn_str input, const char *const *paths, size_t count, size_t limit, const char *expected)
{
    static const size_t steps[] = {0, 1, 2, 3, 7, 31};
    struct tn_buf out;
    tn_buf_init(&out, 1 << 24);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        transcribe(input, paths, count, steps[i], limit, &out);
        assert_string_equal(out.data, expected);
    }
    tn_buf_release(&out);
}

void split_check_limit(struct tn_str input, size_t limit, const char *expected)
{
    check(input, split_paths, SPLIT_PATHS, limit, expected);
}

void split_check_path(const char *path, const char *input, const char *expected)
{
    check(tn_str_of(input), &path, 1, SPLIT_LIMIT, expected);
}

void split_check(const char *input, const char *expected)
{
    split_check_limit(tn_str_of(input), SPLIT_LIMIT, expected);
}
