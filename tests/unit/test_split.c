/* SPDX-License-Identifier: MIT */
/* Cutting documents into records: what is whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "unit/support_split.h"

static void test_one_record(void **state)
{
    (void)state;
    split_check("{}", "record 0 @0:1 {}\n");
    split_check("{\"a\":1}", "record 0 @0:1 {\"a\":1}\n");
    split_check("\r\n  {\"a\": [1, {\"b\": null}]}\r\n", "record 0 @4:2 {\"a\": [1, {\"b\": null}]}\n");
    split_check("\xEF\xBB\xBF{\"a\":1}\n", "record 0 @3:1 {\"a\":1}\n");
    split_check("{\"a\":\"}\\\"{\\\\\"}", "record 0 @0:1 {\"a\":\"}\\\"{\\\\\"}\n");
    split_check("{\"studies\":null}", "record 0 @0:1 {\"studies\":null}\n");
    split_check("{\"studies\":{\"a\":1}}", "record 0 @0:1 {\"studies\":{\"a\":1}}\n");
    split_check("{\"data\":{\"items\":7}}", "record 0 @0:1 {\"data\":{\"items\":7}}\n");
    split_check("{\"data\":{\"items\":[7,[8],\"x\"]},\"b\":2}",
          "record 0 @0:1 {\"data\":{\"items\":[7,[8],\"x\"]},\"b\":2}\n");
}

static void test_several_documents(void **state)
{
    (void)state;
    split_check("{\"a\":1}\n{\"a\":2}\n", "record 0 @0:1 {\"a\":1}\nrecord 1 @8:2 {\"a\":2}\n");
    split_check("{\"a\":1}{\"a\":2}", "record 0 @0:1 {\"a\":1}\nrecord 1 @7:1 {\"a\":2}\n");
    split_check("{\"a\":1},\n{\"a\":2},\n", "record 0 @0:1 {\"a\":1}\nrecord 1 @9:2 {\"a\":2}\n");
    split_check("\x1E{}\n\x1E{}\n", "record 0 @1:1 {}\nrecord 1 @5:2 {}\n");
    split_check("{}\n\xEF\xBB\xBF{}", "record 0 @0:1 {}\nrecord 1 @6:2 {}\n");
}

static void test_arrays(void **state)
{
    (void)state;
    split_check("[]", "");
    split_check("[{\"a\":1},{\"a\":2}]", "record 0 @1:1 [0] {\"a\":1}\nrecord 1 @9:1 [1] {\"a\":2}\n");
    split_check("[\n{\"a\":1},\n{\"a\":2}\n]\n", "record 0 @2:2 [0] {\"a\":1}\nrecord 1 @11:3 [1] {\"a\":2}\n");
    split_check("[{}] [{}]", "record 0 @1:1 [0] {}\nrecord 1 @6:1 [0] {}\n");
    split_check("[[{}],[{}]]", "record 0 @2:1 [0][0] {}\nrecord 1 @7:1 [1][0] {}\n");
    split_check("[{},]", "record 0 @1:1 [0] {}\n");
}

static void test_containers(void **state)
{
    (void)state;
    split_check("{\"totalCount\":3,\"studies\":[{\"a\":1},{}],\"nextPageToken\":\"x\\\"y\"}",
          "record 0 @27:1 studies[0] {\"a\":1}\nrecord 1 @35:1 studies[1] {}\n"
          "container studies[] 2-0 complete totalCount=3 nextPageToken=x\\\"y\n");
    split_check("{\"studies\":[]}", "container studies[] 0-0 complete\n");
    split_check("{\"note\":{\"x\":[1]},\"studies\":[{}],\"more\":[2],\"end\":true}",
          "record 0 @29:1 studies[0] {}\ncontainer studies[] 1-0 complete note=* more=* end=true\n");
    split_check("{\"FullStudiesResponse\":{\"NStudiesFound\":1,\"FullStudies\":[{\"Rank\":1}]}}",
          "record 0 @57:1 FullStudiesResponse.FullStudies[0] {\"Rank\":1}\n"
          "container FullStudiesResponse.FullStudies[] 1-0 complete FullStudiesResponse.NStudiesFound=1\n");
    split_check("{\"data\":{\"items\":[{\"id\":1,\"study\":{\"a\":1}},{\"study\":{\"a\":2}}]}}",
          "record 0 @34:1 data.items[0].study {\"a\":1}\nrecord 1 @52:1 data.items[1].study {\"a\":2}\n"
          "container data.items[].study 2-0 complete data.items[0].id=1\n");
    split_check("{\"one\":{\"study\":{\"a\":1}}}",
          "record 0 @16:1 one.study {\"a\":1}\ncontainer one.study 1-0 complete\n");
}

static void test_several_containers(void **state)
{
    (void)state;
    split_check("{\"n\":1,\"studies\":[{}]}\n{\"studies\":[{}],\"n\":2}{\"a\":1}",
          "record 0 @18:1 studies[0] {}\ncontainer studies[] 1-0 complete n=1\n"
          "record 1 @35:2 studies[0] {}\ncontainer studies[] 1-0 complete n=2\nrecord 2 @45:2 {\"a\":1}\n");
    split_check("[{\"n\":1,\"studies\":[{}]},{\"studies\":[{}]},{\"a\":1}]",
          "record 0 @19:1 [0].studies[0] {}\ncontainer studies[] 1-0 complete n=1\n"
          "record 1 @36:1 [1].studies[0] {}\ncontainer studies[] 1-0 complete\nrecord 2 @41:1 [2] {\"a\":1}\n");
}

static void test_strings(void **state)
{
    (void)state;
    split_check("{\"a\":\"x\\u0000y\"}", "record 0 @0:1 repaired 2/1 {\"a\":\"x\\ufffdy\"}\n");
    split_check("{\"a\":\"\\ud83d\\ude00\"}", "record 0 @0:1 {\"a\":\"\\ud83d\\ude00\"}\n");
    split_check("{\"a\":\"\\ud83dx\\uDE00\"}", "record 0 @0:1 repaired 2/2 {\"a\":\"\\ufffdx\\ufffd\"}\n");
    split_check("{\"a\":\"\\ud83d\\ud83d\\ude00\"}", "record 0 @0:1 repaired 2/1 {\"a\":\"\\ufffd\\ud83d\\ude00\"}\n");
    split_check("{\"a\":\"\\\\u0000\"}", "record 0 @0:1 {\"a\":\"\\\\u0000\"}\n");
    split_check("{\"a\":\"tab\there\"}", "record 0 @0:1 {\"a\":\"tab\there\"}\n");
    split_check("{\"a\":\"one\n two\"}", "record 0 @0:1 repaired 4/0 {\"a\":\"one\n two\"}\n");
    split_check("{\"a\":\"\xE2\x89\xA5 5\"}", "record 0 @0:1 {\"a\":\"\xE2\x89\xA5 5\"}\n");
    split_check("{\"a\":\"caf\xE9\"}\n{}",
                "record 0 @0:1 {\"a\":\"caf\xC3\xA9\"}\nrecord 1 @13:2 {}\n"); /* windows-1252 */
    split_check("{\"a\":\"\xE2\x89\xA5 \xE9\"}", "record 0 @0:1 repaired 1/1 {\"a\":\"\xE2\x89\xA5 \xEF\xBF\xBD\"}\n");
    split_check("{\"a\":\"\xE9\\u0000\"}", "record 0 @0:1 repaired 2/1 {\"a\":\"\xC3\xA9\\ufffd\"}\n");
}

/* Where a watched stream tells of a document: its offset and kind, the first kind as 0, the next as 1 ... */
static void check_watched(struct tn_str text, size_t step, enum tn_syntax syntax, const char *expected)
{
    struct tn_source source;
    struct tn_split split;
    struct tn_piece piece;
    struct tn_error error;
    uint32_t kinds[8];
    size_t count = 0;
    char out[512] = "";
    tn_source_memory(&source, text, step);
    tn_split_init(&split, &source, SPLIT_LIMIT);
    assert_true(tn_split_by(&split, syntax, NULL, 0));
    tn_split_watch(&split);
    for (enum tn_split_result result; (result = tn_split_next(&split, &piece, &error)) != TN_SPLIT_END;) {
        size_t kind = 0, used = strlen(out);
        if (result == TN_SPLIT_RECORD)
            snprintf(out + used, sizeof out - used, "record %.*s\n", (int)piece.len, piece.bytes);
        if (result != TN_SPLIT_DOCUMENT)
            continue;
        struct tn_str head;
        while (kind < count && kinds[kind] != tn_split_kind(&split))
            kind++;
        kinds[kind] = tn_split_kind(&split);
        count += kind == count;
        assert_true(tn_split_peek(&split, 16, &head, &error));
        snprintf(out + used, sizeof out - used, "kind %zu at %.*s\n", kind, 2, head.s);
        if (split.xml.on == (head.s[0] != '<'))
            assert_true(tn_split_change(&split, head.s[0] == '<' ? TN_SYNTAX_XML : TN_SYNTAX_JSON, NULL, 0));
    }
    tn_split_release(&split);
    assert_string_equal(out, expected);
}

static void test_kinds_of_documents(void **state)
{
    (void)state;
    static const char json[] = "kind 0 at {\"\nrecord {\"a\":1}\nrecord {\"a\":2}\nkind 1 at { \nrecord { \"b\" :{\"a\":1}}\n"
                               "kind 0 at {\"\nrecord {\"a\":3}\nkind 2 at {}\nrecord {}\n";
    static const char xml[] = "kind 0 at <a\nrecord <a/>\nrecord <a/>\nkind 1 at <a\nrecord <a><b/></a>\nkind 2 at <p\n"
                              "record <p:c/>\n";
    static const char both[] = "kind 0 at <a\nrecord <a>x</a>\nkind 1 at {\"\nkind 2 at {\"\nrecord {\"b\":1}\n"
                               "record {\"b\":2}\nkind 3 at <c\nkind 4 at <c\nrecord <c/>\n";
    for (size_t step = 0; step < 4; step++) {
        check_watched(TN_LIT("{\"a\":1}\n{\"a\":2}{ \"b\" :{\"a\":1}}\n\n{\"a\":3}{}"), step, TN_SYNTAX_JSON, json);
        check_watched(TN_LIT("[{\"a\":1},{\"a\":2},{ \"b\" :{\"a\":1}},{\"a\":3},{}]"), step, TN_SYNTAX_JSON, json);
        check_watched(TN_LIT("<a/><a/><?xml version='1.0'?><a><b/></a>\n<p:c/>"), step, TN_SYNTAX_XML, xml);
        check_watched(TN_LIT("<a>x</a>\n{\"b\":1}\n{\"b\":2}\n<c/>"), step, TN_SYNTAX_XML, both);
    }
}

static void test_nuls(void **state)
{
    (void)state;
    split_check_limit(TN_LIT("{\"a\":\"x\0y\",\0\"b\":\"not a control character\"}"), SPLIT_LIMIT,
                "record 0 @0:1 repaired 1/2 {\"a\":\"x\xEF\xBF\xBDy\", \"b\":\"not a control character\"}\n");
}

static void test_empty(void **state)
{
    (void)state;
    split_check("", "damage empty-input @18446744073709551615:0\n");
    split_check(" \r\n\t\n", "damage empty-input @18446744073709551615:0\n");
    split_check("\xEF\xBB\xBF", "damage empty-input @18446744073709551615:0\n");
}

/* Long records, and a last one, through many blocks; the memory stays small. */
static void test_long_input(void **state)
{
    (void)state;
    struct tn_buf text, out;
    tn_buf_init(&text, 1 << 24);
    tn_buf_init(&out, 1 << 24);
    for (int i = 0; i < 300; i++) {
        split_add(&text, "{\"n\":%d,\"text\":\"", i);
        for (int j = 0; j < (i % 7) * 100; j++)
            split_add(&text, "words of no \\\"meaning\\\" \xC3\xA9 ");
        split_add(&text, "\"}\n");
    }
    struct tn_source source;
    struct tn_split split;
    struct tn_piece piece;
    struct tn_error error;
    tn_source_memory(&source, tn_str_slice(text.data, text.len), 5000);
    tn_split_init(&split, &source, SPLIT_LIMIT);
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

static void test_peek(void **state)
{
    (void)state;
    struct tn_source source;
    struct tn_split split;
    struct tn_str head;
    struct tn_piece piece;
    struct tn_error error;
    tn_source_memory(&source, TN_LIT("\xEF\xBB\xBF{\"a\":1}\n{\"a\":2}\n"), 1);
    tn_split_init(&split, &source, SPLIT_LIMIT);
    assert_true(tn_split_peek(&split, 4, &head, &error));
    assert_memory_equal(head.s, "{\"a\"", head.len);
    assert_int_equal(head.len, 4);
    assert_true(tn_split_peek(&split, TN_SPLIT_PEEK, &head, &error));
    assert_int_equal(head.len, 16);
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
    tn_split_init(&split, &source, SPLIT_LIMIT);
    assert_false(tn_split_peek(&split, TN_SPLIT_PEEK, &head, &error));
    assert_int_equal(error.code, TN_BINARY);
    assert_int_equal(tn_split_next(&split, &piece, &error), TN_SPLIT_END);
    tn_split_release(&split);
    tn_source_memory(&source, TN_LIT(" \n"), 0);
    tn_split_init(&split, &source, SPLIT_LIMIT);
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
        split_run(&split, &out, 2);
        assert_true(tn_buf_terminate(&out));
        assert_string_equal(out.data, expected);
        tn_split_release(&split);
        tn_buf_release(&out);
    }
}

static void test_whole(void **state)
{
    (void)state;
    check_whole(TN_LIT("Title\n{x\n"), SPLIT_LIMIT, "record 0 @0:1 Title\n{x\n\n");
    check_whole(TN_LIT("\xEF\xBB\xBFTitle"), SPLIT_LIMIT, "record 0 @3:1 Title\n");
    check_whole(TN_LIT("caf\xE9"), SPLIT_LIMIT, "record 0 @0:1 caf\xC3\xA9\n"); /* windows-1252 */
    check_whole(TN_LIT("\xE2\x89\xA5 \xE9"), SPLIT_LIMIT, "record 0 @0:1 repaired 1/1 \xE2\x89\xA5 \xEF\xBF\xBD\n");
    check_whole(TN_LIT("a\0b\0"), SPLIT_LIMIT, "record 0 @0:1 ab\n");
    check_whole(TN_LIT("\xFE\xFF\xDC\0\0a"), SPLIT_LIMIT, "record 0 @0:1 repaired 1/1 \xEF\xBF\xBD" "a\n");
    check_whole(TN_LIT(" \n"), SPLIT_LIMIT, "damage empty-input @18446744073709551615:0\n");
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
        tn_split_init(&split, &source, SPLIT_LIMIT);
        assert_false(tn_split_json(&split, &bad[i], 1));
        tn_split_release(&split);
    }
}

/* Records under names of their own: `*` is any name, `a|*` another one of the same kind behind `a`. */
static void test_any_name(void **state)
{
    (void)state;
    split_check_path("*", "{\"n\":2,\"x1\":{\"a\":1},\"x2\":{\"b\":2}}",
                     "record 0 @12:1 x1 {\"a\":1}\nrecord 1 @25:1 x2 {\"b\":2}\ncontainer * 2-0 complete n=2\n");
    split_check_path("p.*[]", "{\"p\":{\"x\":[{}],\"y\":[{},{}],\"z\":{}}}",
                     "record 0 @11:1 p.x[0] {}\nrecord 1 @20:1 p.y[0] {}\nrecord 2 @23:1 p.y[1] {}\n"
                     "container p.*[] 3-0 complete\n");
    split_check_path("a|*", "{\"m\":{\"a\":1},\"a\":{\"a\":1},\"b\":{ \"a\":2},\"c\":{\"b\":1},\"d\":[{\"a\":1}]}",
                     "record 0 @17:1 a {\"a\":1}\nrecord 1 @29:1 b { \"a\":2}\ncontainer a|* 2-0 complete m=* m.a=1 c=* d=*\n");
    split_check_path("a|*[]", "{\"a\":[{\"a\":1}],\"b\":[ {\"a\":2}],\"c\":[],\"d\":[7],\"e\":{\"a\":1}}",
                     "record 0 @6:1 a[0] {\"a\":1}\nrecord 1 @21:1 b[0] {\"a\":2}\n"
                     "container a|*[] 2-0 complete c=* d=* e.a=1\n");
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
        cmocka_unit_test(test_kinds_of_documents),
        cmocka_unit_test(test_nuls),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_long_input),
        cmocka_unit_test(test_peek),
        cmocka_unit_test(test_peek_refuses),
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_any_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
