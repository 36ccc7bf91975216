/* SPDX-License-Identifier: MIT */
/* Cutting documents into records. What the splitter gives is written as a transcript, one line each:
 *   record 0 @0:1 studies[0] {"a":1}      index, offset, line, path, bytes
 *   lost 1 syntax @9:2 [1]                index, code, offset and line of the error, path
 *   damage truncated @20:3
 *   container studies[] 2-1 broken totalCount=2 other=*
 * so that a whole input's outcome is one text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "input/split.h"

static const char *const paths[] = {"studies[]", "FullStudiesResponse.FullStudies[]", "data.items[].study", "one.study"};

enum { LIMIT = 1 << 20 };

static void add(struct tn_buf *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct tn_buf *out, const char *format, ...)
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
    add(out, "container %s %zu-%zu %s", container->path.s, container->records, container->failed,
        container->complete ? "complete" : "broken");
    for (size_t i = 0; i < container->count; i++)
        add(out, " %s=%s", container->members[i].name.s,
            container->members[i].text.s ? container->members[i].text.s : "*");
    add(out, "\n");
}

static void write_record(struct tn_buf *out, const struct tn_piece *piece)
{
    assert_int_equal(piece->bytes[piece->len], '\0');
    assert_int_equal(tn_utf8_valid(tn_str_slice(piece->bytes, piece->len)), piece->len);
    assert_int_equal(piece->path.s[piece->path.len], '\0');
    assert_int_equal(piece->replaced != 0, (piece->repaired & (TN_PIECE_BYTES | TN_PIECE_ESCAPES)) != 0);
    add(out, "record %zu @%zu:%u%s%s ", piece->index, piece->offset, piece->line, piece->path.len ? " " : "",
        piece->path.s);
    if (piece->repaired)
        add(out, "repaired %u/%zu ", piece->repaired, piece->replaced);
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
        add(out, "lost %zu %s @%zu:%u%s%s\n", piece->index, tn_code_name(error->code), error->offset, error->line,
            piece->path.len ? " " : "", piece->path.s);
    else
        add(out, "damage %s @%zu:%u\n", tn_code_name(error->code), error->offset, error->line);
}

static void run(struct tn_split *split, struct tn_buf *out, size_t most)
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

static void transcribe(struct tn_str input, size_t step, size_t limit, struct tn_buf *out)
{
    struct tn_source source;
    struct tn_split split;
    tn_buf_reset(out);
    tn_source_memory(&source, input, step);
    tn_split_init(&split, &source, limit);
    assert_true(tn_split_json(&split, paths, sizeof paths / sizeof paths[0]));
    run(&split, out, input.len + 8);
    tn_split_release(&split);
    assert_true(tn_buf_terminate(out));
}

/* The same whatever the size of the blocks that the source gives. */
static void check_limit(struct tn_str input, size_t limit, const char *expected)
{
    static const size_t steps[] = {0, 1, 2, 3, 7, 31};
    struct tn_buf out;
    tn_buf_init(&out, 1 << 24);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        transcribe(input, steps[i], limit, &out);
        assert_string_equal(out.data, expected);
    }
    tn_buf_release(&out);
}

static void check(const char *input, const char *expected)
{
    check_limit(tn_str_of(input), LIMIT, expected);
}

static void test_one_record(void **state)
{
    (void)state;
    check("{}", "record 0 @0:1 {}\n");
    check("{\"a\":1}", "record 0 @0:1 {\"a\":1}\n");
    check("\r\n  {\"a\": [1, {\"b\": null}]}\r\n", "record 0 @4:2 {\"a\": [1, {\"b\": null}]}\n");
    check("\xEF\xBB\xBF{\"a\":1}\n", "record 0 @3:1 {\"a\":1}\n");
    check("{\"a\":\"}\\\"{\\\\\"}", "record 0 @0:1 {\"a\":\"}\\\"{\\\\\"}\n");
    check("{\"studies\":null}", "record 0 @0:1 {\"studies\":null}\n");
    check("{\"studies\":{\"a\":1}}", "record 0 @0:1 {\"studies\":{\"a\":1}}\n");
    check("{\"data\":{\"items\":7}}", "record 0 @0:1 {\"data\":{\"items\":7}}\n");
    check("{\"data\":{\"items\":[7,[8],\"x\"]},\"b\":2}",
          "record 0 @0:1 {\"data\":{\"items\":[7,[8],\"x\"]},\"b\":2}\n");
}

static void test_several_documents(void **state)
{
    (void)state;
    check("{\"a\":1}\n{\"a\":2}\n", "record 0 @0:1 {\"a\":1}\nrecord 1 @8:2 {\"a\":2}\n");
    check("{\"a\":1}{\"a\":2}", "record 0 @0:1 {\"a\":1}\nrecord 1 @7:1 {\"a\":2}\n");
    check("{\"a\":1},\n{\"a\":2},\n", "record 0 @0:1 {\"a\":1}\nrecord 1 @9:2 {\"a\":2}\n");
    check("\x1E{}\n\x1E{}\n", "record 0 @1:1 {}\nrecord 1 @5:2 {}\n");
    check("{}\n\xEF\xBB\xBF{}", "record 0 @0:1 {}\nrecord 1 @6:2 {}\n");
}

static void test_arrays(void **state)
{
    (void)state;
    check("[]", "");
    check("[{\"a\":1},{\"a\":2}]", "record 0 @1:1 [0] {\"a\":1}\nrecord 1 @9:1 [1] {\"a\":2}\n");
    check("[\n{\"a\":1},\n{\"a\":2}\n]\n", "record 0 @2:2 [0] {\"a\":1}\nrecord 1 @11:3 [1] {\"a\":2}\n");
    check("[{}] [{}]", "record 0 @1:1 [0] {}\nrecord 1 @6:1 [0] {}\n");
    check("[[{}],[{}]]", "record 0 @2:1 [0][0] {}\nrecord 1 @7:1 [1][0] {}\n");
    check("[{},]", "record 0 @1:1 [0] {}\n");
}

static void test_containers(void **state)
{
    (void)state;
    check("{\"totalCount\":3,\"studies\":[{\"a\":1},{}],\"nextPageToken\":\"x\\\"y\"}",
          "record 0 @27:1 studies[0] {\"a\":1}\nrecord 1 @35:1 studies[1] {}\n"
          "container studies[] 2-0 complete totalCount=3 nextPageToken=x\\\"y\n");
    check("{\"studies\":[]}", "container studies[] 0-0 complete\n");
    check("{\"note\":{\"x\":[1]},\"studies\":[{}],\"more\":[2],\"end\":true}",
          "record 0 @29:1 studies[0] {}\ncontainer studies[] 1-0 complete note=* more=* end=true\n");
    check("{\"FullStudiesResponse\":{\"NStudiesFound\":1,\"FullStudies\":[{\"Rank\":1}]}}",
          "record 0 @57:1 FullStudiesResponse.FullStudies[0] {\"Rank\":1}\n"
          "container FullStudiesResponse.FullStudies[] 1-0 complete FullStudiesResponse.NStudiesFound=1\n");
    check("{\"data\":{\"items\":[{\"id\":1,\"study\":{\"a\":1}},{\"study\":{\"a\":2}}]}}",
          "record 0 @34:1 data.items[0].study {\"a\":1}\nrecord 1 @52:1 data.items[1].study {\"a\":2}\n"
          "container data.items[].study 2-0 complete data.items[0].id=1\n");
    check("{\"one\":{\"study\":{\"a\":1}}}",
          "record 0 @16:1 one.study {\"a\":1}\ncontainer one.study 1-0 complete\n");
}

static void test_several_containers(void **state)
{
    (void)state;
    check("{\"n\":1,\"studies\":[{}]}\n{\"studies\":[{}],\"n\":2}{\"a\":1}",
          "record 0 @18:1 studies[0] {}\ncontainer studies[] 1-0 complete n=1\n"
          "record 1 @35:2 studies[0] {}\ncontainer studies[] 1-0 complete n=2\nrecord 2 @45:2 {\"a\":1}\n");
    check("[{\"n\":1,\"studies\":[{}]},{\"studies\":[{}]},{\"a\":1}]",
          "record 0 @19:1 [0].studies[0] {}\ncontainer studies[] 1-0 complete n=1\n"
          "record 1 @36:1 [1].studies[0] {}\ncontainer studies[] 1-0 complete\nrecord 2 @41:1 [2] {\"a\":1}\n");
}

static void test_strings(void **state)
{
    (void)state;
    check("{\"a\":\"x\\u0000y\"}", "record 0 @0:1 repaired 2/1 {\"a\":\"x\\ufffdy\"}\n");
    check("{\"a\":\"\\ud83d\\ude00\"}", "record 0 @0:1 {\"a\":\"\\ud83d\\ude00\"}\n");
    check("{\"a\":\"\\ud83dx\\uDE00\"}", "record 0 @0:1 repaired 2/2 {\"a\":\"\\ufffdx\\ufffd\"}\n");
    check("{\"a\":\"\\ud83d\\ud83d\\ude00\"}", "record 0 @0:1 repaired 2/1 {\"a\":\"\\ufffd\\ud83d\\ude00\"}\n");
    check("{\"a\":\"\\\\u0000\"}", "record 0 @0:1 {\"a\":\"\\\\u0000\"}\n");
    check("{\"a\":\"tab\there\"}", "record 0 @0:1 {\"a\":\"tab\there\"}\n");
    check("{\"a\":\"one\n two\"}", "record 0 @0:1 repaired 4/0 {\"a\":\"one\n two\"}\n");
    check("{\"a\":\"\xE2\x89\xA5 5\"}", "record 0 @0:1 {\"a\":\"\xE2\x89\xA5 5\"}\n");
    check("{\"a\":\"caf\xE9\"}\n{}",
          "record 0 @0:1 repaired 1/1 {\"a\":\"caf\xEF\xBF\xBD\"}\nrecord 1 @13:2 {}\n");
}

static void test_nuls(void **state)
{
    (void)state;
    check_limit(TN_LIT("{\"a\":\"x\0y\",\0\"b\":\"not a control character\"}"), LIMIT,
                "record 0 @0:1 repaired 1/2 {\"a\":\"x\xEF\xBF\xBDy\", \"b\":\"not a control character\"}\n");
}

static void test_broken_lines(void **state)
{
    (void)state;
    /* Cut in a string, between members, inside an array. */
    check("{\"a\":\"x\n{\"a\":2}\n{\"a\":3}\n",
          "lost 0 syntax @7:1\nrecord 1 @8:2 {\"a\":2}\nrecord 2 @16:3 {\"a\":3}\n");
    check("{\"a\":1,\n{\"a\":2}\n{\"a\":3}\n",
          "lost 0 syntax @8:2\nrecord 1 @8:2 {\"a\":2}\nrecord 2 @16:3 {\"a\":3}\n");
    check("{\"a\":[1,\n{\"a\":2}\n{\"a\":3}\n",
          "lost 0 syntax @17:3\nrecord 1 @9:2 {\"a\":2}\nrecord 2 @17:3 {\"a\":3}\n");
    check("{\"a\":1}\n{\"a\":{\"b\":2\n", "record 0 @0:1 {\"a\":1}\nlost 1 truncated @8:2\n");
    /* The end swallowed what stands behind it. */
    check("{\"a\":[\n{\"a\":2}\n", "lost 0 truncated @0:1\nrecord 1 @7:2 {\"a\":2}\n");
    check("[\n{\"a\":[1,\n{\"a\":2},\n{\"a\":3}\n]\n",
          "lost 0 truncated @2:2 [0]\nrecord 1 @11:3 [1] {\"a\":2}\nrecord 2 @20:4 [2] {\"a\":3}\n");
}

static void test_broken_on_one_line(void **state)
{
    (void)state;
    check("[{\"a\" 1},{\"a\":2}]", "lost 0 syntax @6:1 [0]\nrecord 1 @9:1 [1] {\"a\":2}\n");
    check("{\"studies\":[{\"a\":[1},{\"a\":2}],\"n\":2}",
          "lost 0 syntax @19:1 studies[0]\nrecord 1 @21:1 studies[1] {\"a\":2}\n"
          "container studies[] 2-1 complete n=2\n");
    check("[{\"a\":1],{\"a\":2}", "lost 0 syntax @7:1 [0]\nrecord 1 @9:1 {\"a\":2}\n");
    check("{\"a\":1}}{\"a\":2}", "record 0 @0:1 {\"a\":1}\nlost 1 syntax @7:1\nrecord 2 @8:1 {\"a\":2}\n");
    check("{\"a\":1 \"b\":2} {\"a\":2}", "lost 0 syntax @7:1\nrecord 1 @14:1 {\"a\":2}\n");
}

static void test_broken_containers(void **state)
{
    (void)state;
    check("{\"studies\":[{\"a\":1},{\"a\":", "record 0 @12:1 studies[0] {\"a\":1}\nlost 1 truncated @20:1 studies[1]\n"
                                           "container studies[] 2-1 broken\n");
    check("{\"studies\":[{\"a\":1}", "record 0 @12:1 studies[0] {\"a\":1}\ndamage truncated @19:1\n"
                                    "container studies[] 1-0 broken\n");
    check("{\"studies\":[{\"a\":1}]", "record 0 @12:1 studies[0] {\"a\":1}\ndamage truncated @20:1\n"
                                     "container studies[] 1-0 broken\n");
    check("{\"studies\":[{\"a\":1} {\"a\":2}]}",
          "record 0 @12:1 studies[0] {\"a\":1}\ndamage syntax @20:1\nrecord 1 @20:1 studies[1] {\"a\":2}\n"
          "container studies[] 2-0 complete\n");
    check("{\"studies\":[{}] x}\n{}", "record 0 @12:1 studies[0] {}\ndamage syntax @16:1\n"
                                       "container studies[] 1-0 broken\nrecord 1 @19:2 {}\n");
    /* The second page is found although the first lost its end. */
    check("{\"studies\":[\n{\"a\":1},\n{\"a\":\n{\"studies\":[\n{\"a\":2}],\"n\":2}\n",
          "record 0 @13:2 studies[0] {\"a\":1}\nlost 1 truncated @22:3 studies[1]\n"
          "container studies[] 2-1 broken\nrecord 2 @41:5 studies[0] {\"a\":2}\ncontainer studies[] 1-0 complete n=2\n");
}

static void test_garbage(void **state)
{
    (void)state;
    check("hello\nworld\n{\"a\":1}\n", "lost 0 syntax @0:1\nrecord 1 @12:3 {\"a\":1}\n");
    check("{\"a\":1}\nnull\n  [{}]\n", "record 0 @0:1 {\"a\":1}\nlost 1 syntax @8:2\nrecord 2 @16:3 [0] {}\n");
    check("42", "lost 0 syntax @0:1\n");
    check("[1,2,3,{\"a\":1},\"x\",null]",
          "lost 0 syntax @1:1 [0]\nrecord 1 @7:1 [3] {\"a\":1}\nlost 2 syntax @15:1 [4]\n");
    check("{\"studies\":[null,{}]}",
          "lost 0 syntax @12:1 studies[0]\nrecord 1 @17:1 studies[1] {}\ncontainer studies[] 2-1 complete\n");
    check("[{} x {}]", "record 0 @1:1 [0] {}\nlost 1 syntax @4:1 [0]\nrecord 2 @6:1 [1] {}\n");
}

static void test_empty(void **state)
{
    (void)state;
    check("", "damage empty-input @18446744073709551615:0\n");
    check(" \r\n\t\n", "damage empty-input @18446744073709551615:0\n");
    check("\xEF\xBB\xBF", "damage empty-input @18446744073709551615:0\n");
}

static char *nested(size_t depth)
{
    char *text = test_malloc(6 * depth + 32);
    size_t len = 0;
    for (size_t i = 0; i < depth; i++, len += 5)
        memcpy(text + len, "{\"a\":", 5);
    text[len++] = '1';
    memset(text + len, '}', depth);
    memcpy(text + len + depth, "\n{}", 4);
    return text;
}

static void test_depth(void **state)
{
    (void)state;
    char *text = nested(TN_MAX_DEPTH);
    struct tn_buf out;
    tn_buf_init(&out, 1 << 20);
    transcribe(tn_str_of(text), 0, LIMIT, &out);
    assert_non_null(strstr(out.data, "record 0 @0:1"));
    test_free(text);
    text = nested(TN_MAX_DEPTH + 1);
    check(text, "lost 0 too-deep @2560:1\nrecord 1 @3080:2 {}\n");
    test_free(text);
    tn_buf_release(&out);
    char brackets[2001];
    memset(brackets, '[', 2000);
    brackets[2000] = '\0';
    check(brackets, "lost 0 too-deep @4:1 [0][0][0][0]\n");
}

static void test_too_large(void **state)
{
    (void)state;
    enum { SMALL = 100 };
    char text[400];
    snprintf(text, sizeof text, "[{\"a\":\"%0120d\"},{\"a\":2}]", 7);
    check_limit(tn_str_of(text), SMALL, "lost 0 too-large @1:1 [0]\nrecord 1 @130:1 [1] {\"a\":2}\n");
    snprintf(text, sizeof text, "{\"a\":[1,\n{\"a\":2},\n{\"b\":\"%080d\"},\n{\"a\":3},\n", 7);
    check_limit(tn_str_of(text), SMALL,
                "lost 0 too-large @0:1\nrecord 1 @9:2 {\"a\":2}\n"
                "record 2 @18:3 {\"b\":"
                "\"00000000000000000000000000000000000000000000000000000000000000000000000000000007\"}\n"
                "record 3 @108:4 {\"a\":3}\n");
    snprintf(text, sizeof text, "{\"big\":[\"%0120d\"],\"studies\":[{\"a\":2}],\"token\":\"%0200d\",\"n\":2}\n{}", 7, 8);
    check_limit(tn_str_of(text), SMALL,
                "lost 0 too-large @0:1\nrecord 1 @143:1 studies[0] {\"a\":2}\n"
                "container studies[] 1-0 complete big=* token=* n=2\nrecord 2 @370:2 {}\n");
}

static void test_record_of_the_limit(void **state)
{
    (void)state;
    char text[200];
    snprintf(text, sizeof text, "{\"a\":\"%0120d\"}", 7);
    size_t len = strlen(text);
    struct tn_buf out;
    tn_buf_init(&out, 1 << 20);
    for (size_t step = 0; step < 3; step++) {
        transcribe(tn_str_of(text), step, len, &out);
        assert_memory_equal(out.data, "record", 6);
        transcribe(tn_str_of(text), step, len - 1, &out);
        assert_string_equal(out.data, "lost 0 too-large @0:1\n");
    }
    tn_buf_release(&out);
}

/* Everything at once, cut at every length: it ends, whatever the blocks. */
static void test_truncated_anywhere(void **state)
{
    (void)state;
    static const char text[] = "{\"n\":2,\"studies\":[\n{\"a\":\"\\ud83d\\ude00 \xE2\x89\xA5\",\"b\":[1,2.5e3,{}]},\n"
                               "{\"a\":{\"b\":[true,null]}}\n],\"t\":\"x\"}\n[{\"a\":1},\n{}]\n{\"FullStudiesResponse\":"
                               "{\"FullStudies\":[{\"R\":1}]}}\n";
    struct tn_buf whole, bytewise;
    tn_buf_init(&whole, 1 << 20);
    tn_buf_init(&bytewise, 1 << 20);
    for (size_t len = 0; len < sizeof text; len++) {
        transcribe(tn_str_slice(text, len), 0, LIMIT, &whole);
        transcribe(tn_str_slice(text, len), 1, LIMIT, &bytewise);
        assert_string_equal(whole.data, bytewise.data);
        transcribe(tn_str_slice(text + len, sizeof text - 1 - len), 0, LIMIT, &whole);
        transcribe(tn_str_slice(text + len, sizeof text - 1 - len), 1, LIMIT, &bytewise);
        assert_string_equal(whole.data, bytewise.data);
    }
    tn_buf_release(&whole);
    tn_buf_release(&bytewise);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Pieces of JSON in any order: the same whatever the blocks, with a small and a large limit. */
static void test_any_order(void **state)
{
    (void)state;
    static const char *const bits[] = {"{",  "}",    "[",  "]", ",",   ":",  "\"", "\n", "\n{", "\"a\"", "\"studies\":[",
                                       "{}", "null", "\\", "1", "\xE9", "\"x\\u0000", " ", "{\"a\":", "},", "\\ud800"};
    struct tn_buf text, whole, blocks;
    tn_buf_init(&text, 1 << 16);
    tn_buf_init(&whole, 1 << 20);
    tn_buf_init(&blocks, 1 << 20);
    uint32_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        tn_buf_reset(&text);
        for (size_t i = next_random(&seed) % 60; i > 0; i--)
            tn_buf_str(&text, tn_str_of(bits[next_random(&seed) % (sizeof bits / sizeof bits[0])]));
        size_t limit = round % 2 ? 70 : LIMIT;
        transcribe(tn_str_slice(text.data, text.len), 0, limit, &whole);
        transcribe(tn_str_slice(text.data, text.len), 1 + next_random(&seed) % 9, limit, &blocks);
        if (strcmp(whole.data, blocks.data) != 0)
            print_error("input: %.*s\n", (int)text.len, text.data);
        assert_string_equal(whole.data, blocks.data);
    }
    tn_buf_release(&text);
    tn_buf_release(&whole);
    tn_buf_release(&blocks);
}

/* Long records, and a last one, through many blocks; the memory stays small. */
static void test_long_input(void **state)
{
    (void)state;
    struct tn_buf text, out;
    tn_buf_init(&text, 1 << 24);
    tn_buf_init(&out, 1 << 24);
    for (int i = 0; i < 300; i++) {
        add(&text, "{\"n\":%d,\"text\":\"", i);
        for (int j = 0; j < (i % 7) * 100; j++)
            add(&text, "words of no \\\"meaning\\\" \xC3\xA9 ");
        add(&text, "\"}\n");
    }
    struct tn_source source;
    struct tn_split split;
    struct tn_piece piece;
    struct tn_error error;
    tn_source_memory(&source, tn_str_slice(text.data, text.len), 5000);
    tn_split_init(&split, &source, LIMIT);
    for (unsigned i = 0; i < 300; i++) {
        assert_int_equal(tn_split_next(&split, &piece, &error), TN_SPLIT_RECORD);
        assert_int_equal(piece.line, i + 1);
        assert_memory_equal(piece.bytes, text.data + piece.offset, piece.len);
        assert_int_equal(text.data[piece.offset + piece.len], '\n');
    }
    assert_int_equal(tn_split_next(&split, &piece, &error), TN_SPLIT_END);
    assert_true(split.room <= 1 << 18);
    tn_split_release(&split);
    tn_buf_release(&text);
    tn_buf_release(&out);
}

/* Lines that each open a bracket: every failed scan may begin at each of them, but not without end. */
static void test_no_quadratic_search(void **state)
{
    (void)state;
    struct tn_buf text, out;
    tn_buf_init(&text, 1 << 24);
    tn_buf_init(&out, 1 << 24);
    for (int i = 0; i < 300; i++) {
        add(&text, "{\"a\":[");
        for (int j = 0; j < 500; j++)
            add(&text, "[\"x\",1],\n");
    }
    transcribe(tn_str_slice(text.data, text.len), 0, 1 << 24, &out);
    assert_non_null(strstr(out.data, "lost"));
    tn_buf_release(&text);
    tn_buf_release(&out);
}

static void test_peek(void **state)
{
    (void)state;
    struct tn_source source;
    struct tn_split split;
    struct tn_str head;
    struct tn_piece piece;
    struct tn_error error;
    tn_source_memory(&source, TN_LIT("\xEF\xBB\xBF{\"a\":1}\n{\"a\":2}\n"), 1);
    tn_split_init(&split, &source, LIMIT);
    assert_true(tn_split_peek(&split, 4, &head, &error));
    assert_memory_equal(head.s, "{\"a\"", head.len);
    assert_int_equal(head.len, 4);
    assert_true(tn_split_peek(&split, TN_SPLIT_PEEK, &head, &error));
    assert_int_equal(head.len, 16);
    assert_true(tn_split_ended(&split));
    assert_int_equal(tn_split_next(&split, &piece, &error), TN_SPLIT_RECORD);
    assert_int_equal(piece.offset, 3);
    tn_split_release(&split);
}

static void test_peek_refuses(void **state)
{
    (void)state;
    struct tn_source source;
    struct tn_split split;
    struct tn_str head;
    struct tn_piece piece;
    struct tn_error error;
    tn_source_memory(&source, TN_LIT("\x1F\x8B\x08\0\0\0"), 0);
    tn_split_init(&split, &source, LIMIT);
    assert_false(tn_split_peek(&split, TN_SPLIT_PEEK, &head, &error));
    assert_int_equal(error.code, TN_BINARY);
    assert_int_equal(tn_split_next(&split, &piece, &error), TN_SPLIT_END);
    tn_split_release(&split);
    tn_source_memory(&source, TN_LIT(" \n"), 0);
    tn_split_init(&split, &source, LIMIT);
    assert_false(tn_split_peek(&split, TN_SPLIT_PEEK, &head, &error));
    assert_int_equal(error.code, TN_EMPTY_INPUT);
    tn_split_release(&split);
}

static void check_whole(struct tn_str input, size_t limit, const char *expected)
{
    struct tn_source source;
    struct tn_split split;
    struct tn_buf out;
    for (size_t step = 0; step < 3; step++) {
        tn_buf_init(&out, 1 << 20);
        tn_source_memory(&source, input, step);
        tn_split_init(&split, &source, limit);
        tn_split_whole(&split);
        run(&split, &out, 2);
        assert_true(tn_buf_terminate(&out));
        assert_string_equal(out.data, expected);
        tn_split_release(&split);
        tn_buf_release(&out);
    }
}

static void test_whole(void **state)
{
    (void)state;
    check_whole(TN_LIT("Title\n{x\n"), LIMIT, "record 0 @0:1 Title\n{x\n\n");
    check_whole(TN_LIT("\xEF\xBB\xBFTitle"), LIMIT, "record 0 @3:1 Title\n");
    check_whole(TN_LIT("caf\xE9"), LIMIT, "record 0 @0:1 repaired 1/1 caf\xEF\xBF\xBD\n");
    check_whole(TN_LIT(" \n"), LIMIT, "damage empty-input @18446744073709551615:0\n");
    check_whole(TN_LIT("Title"), 4, "lost 0 too-large @0:1\n");
    check_whole(TN_LIT("Title"), 5, "record 0 @0:1 Title\n");
}

static void test_paths(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "[]", "a..b", "a[", "a[0]", ".a", "a.", "a[].", "a[][]", "a.b.c.d.e.f.g.h.i"};
    struct tn_source source;
    struct tn_split split;
    tn_source_memory(&source, TN_LIT(""), 0);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        tn_split_init(&split, &source, LIMIT);
        assert_false(tn_split_json(&split, &bad[i], 1));
        tn_split_release(&split);
    }
}

static bool read_nothing(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    if (source->memory.len) {
        size_t len = source->memory.len < room ? source->memory.len : room;
        memcpy(into, source->memory.s, len);
        source->memory = tn_str_from(source->memory, len);
        *got = len;
        return true;
    }
    tn_error_set(error, TN_FAILED, TN_IO, NULL, "cannot read: it is broken");
    return false;
}

static void test_read_error(void **state)
{
    (void)state;
    struct tn_source source;
    struct tn_split split;
    struct tn_buf out;
    char *many = test_calloc(1, 20001);
    memset(many, ' ', 20000);
    memcpy(many, "{\"studies\":[{}", 14);
    tn_buf_init(&out, 1 << 20);
    tn_source_memory(&source, tn_str_of(many), 0);
    source.read = read_nothing;
    tn_split_init(&split, &source, LIMIT);
    assert_true(tn_split_json(&split, paths, 1));
    run(&split, &out, 10);
    assert_true(tn_buf_terminate(&out));
    assert_string_equal(out.data, "record 0 @12:1 studies[0] {}\ndamage io @18446744073709551615:0\n"
                                  "container studies[] 1-0 broken\n");
    tn_split_release(&split);
    tn_buf_release(&out);
    test_free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_record),
        cmocka_unit_test(test_several_documents),
        cmocka_unit_test(test_arrays),
        cmocka_unit_test(test_containers),
        cmocka_unit_test(test_several_containers),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_nuls),
        cmocka_unit_test(test_broken_lines),
        cmocka_unit_test(test_broken_on_one_line),
        cmocka_unit_test(test_broken_containers),
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_record_of_the_limit),
        cmocka_unit_test(test_truncated_anywhere),
        cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_long_input),
        cmocka_unit_test(test_no_quadratic_search),
        cmocka_unit_test(test_peek),
        cmocka_unit_test(test_peek_refuses),
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_read_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
