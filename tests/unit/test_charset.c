/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "core/utf8.h"
#include "input/charset.h"
#include "input/recode.h"

static void test_labels(void **state)
{
    (void)state;
    static const struct {
        const char *label;
        enum tn_charset charset;
    } rows[] = {
        {"utf-8", TN_CHARSET_UTF_8},
        {"UTF8", TN_CHARSET_UTF_8},
        {"iso-8859-1", TN_CHARSET_WINDOWS_1252},
        {"Latin1", TN_CHARSET_WINDOWS_1252},
        {"us-ascii", TN_CHARSET_WINDOWS_1252},
        {"iso-8859-9", TN_CHARSET_WINDOWS_1254},
        {"gb2312", TN_CHARSET_GB18030},
        {"x-gbk", TN_CHARSET_GB18030},
        {" \"Shift_JIS\" ", TN_CHARSET_SHIFT_JIS},
        {"'euc-kr'", TN_CHARSET_EUC_KR},
        {"ks_c_5601-1987", TN_CHARSET_EUC_KR},
        {"cseucpkdfmtjapanese", TN_CHARSET_EUC_JP},
        {"unicode-1-1-utf-8", TN_CHARSET_UTF_8},
        {"866", TN_CHARSET_IBM866},
        {"x-x-big5", TN_CHARSET_BIG5},
        {"utf-16", TN_CHARSET_UTF_16LE},
        {"", TN_CHARSET_NONE},
        {"\"\"", TN_CHARSET_NONE},
        {"utf-7", TN_CHARSET_NONE},
        {"iso-2022-kr", TN_CHARSET_NONE},
        {"utf-8utf-8utf-8utf-8utf-8utf-8utf-8", TN_CHARSET_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (tn_charset_find(tn_str_of(rows[i].label)) != rows[i].charset)
            fail_msg("%s is %s", rows[i].label, tn_charset_name(tn_charset_find(tn_str_of(rows[i].label))));
}

/* Every set has a name, under which it is found again, and the C library knows it. */
static void test_all_sets(void **state)
{
    (void)state;
    for (enum tn_charset charset = TN_CHARSET_UTF_8; charset < TN_CHARSET_COUNT; charset++) {
        struct tn_decoder decoder;
        if (charset != TN_CHARSET_UTF_32LE && charset != TN_CHARSET_UTF_32BE)
            assert_int_equal(tn_charset_find(tn_str_of(tn_charset_name(charset))), charset);
        bool opened = tn_decoder_open(&decoder, charset, TN_LIT("?"));
        assert_int_equal(opened, charset != TN_CHARSET_UTF_8);
        tn_decoder_close(&decoder);
    }
}

#define DECLARED(head, label) {{head, sizeof(head) - 1}, label}

static void test_declared(void **state)
{
    (void)state;
    static const struct {
        struct tn_str head;
        const char *label; /* "": none */
    } rows[] = {
        DECLARED("<meta charset=gbk>", "gbk"),
        DECLARED("<META CHARSET = 'gbk' >", "gbk"),
        DECLARED("<meta/charset=\"gbk\"/>", "gbk"),
        DECLARED("<meta name=x content='charset=a'><meta charset=gbk>", "gbk"),
        DECLARED("<meta http-equiv=content-type content='text/html; charset=gbk'>", "gbk"),
        DECLARED("<meta content='text/html;CharSet = \"gbk\";x' http-equiv='Content-Type'>", "gbk"),
        DECLARED("<meta content='charset charset=gbk;' http-equiv='Content-Type'>", "gbk"),
        DECLARED("<meta content='text/html; charset=gbk'>", ""),
        DECLARED("<meta http-equiv=refresh content='0; charset=gbk'>", ""),
        DECLARED("<meta http-equiv=content-type content='a; charset=x' charset=gbk>", "gbk"),
        DECLARED("<metal charset=gbk>", ""),
        DECLARED("<metacharset=gbk>", ""),
        DECLARED("<!-- <meta charset=gbk> -->", ""),
        DECLARED("<!--><meta charset=gbk>", "gbk"),
        DECLARED("<!-- > <meta charset=a> --> <meta charset=gbk>", "gbk"),
        DECLARED("<script><meta charset=gbk></script>", ""),
        DECLARED("<script>'</scripts><meta charset=a>'</script ><meta charset=gbk>", "gbk"),
        DECLARED("<SCRIPT src='</script>'><meta charset=a></Script><meta charset=gbk>", "gbk"),
        DECLARED("<title><meta charset=gbk></title>", ""),
        DECLARED("<style><meta charset=gbk>", ""),
        DECLARED("<a title='<meta charset=a>'><meta charset=gbk>", "gbk"),
        DECLARED("<body><meta charset=gbk>", ""),
        DECLARED("<BODY class=x><meta charset=gbk>", ""),
        DECLARED("</head><!doctype html><meta charset=gbk>", "gbk"),
        DECLARED("<?xml version='1.0' encoding='gbk'?><meta charset=a>", "gbk"),
        DECLARED("<?xml version=\"1.0\"?><meta charset=gbk>", "gbk"),
        DECLARED("<?xml-stylesheet encoding='a'?>", ""),
        DECLARED(" <?xml encoding='gbk'?>", ""),
        DECLARED("<?xml", ""),
        DECLARED("<?xml ", ""),
        DECLARED("<meta charset=", ""),
        DECLARED("<meta charset=gb", ""),
        DECLARED("<meta charset=gb ", ""),
        DECLARED("<meta charset='gb'", ""),
        DECLARED("<meta charset='gb>", ""),
        DECLARED("<meta charset='gb", ""),
        DECLARED("<meta charset", ""),
        DECLARED("<meta", ""),
        DECLARED("<", ""),
        DECLARED("a < b charset=gbk", ""),
        DECLARED("<meta charset><meta charset=''><meta charset=gbk>", "gbk"),
        DECLARED("<meta =charset=a ==b charset=gbk>", "gbk"),
        DECLARED("", ""),
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct tn_str label = tn_charset_declared(rows[i].head);
        if (!tn_str_eq(label, tn_str_of(rows[i].label)))
            fail_msg("%s: declares '%.*s'", rows[i].head.s, (int)label.len, label.s ? label.s : "");
        for (size_t end = 0; end < rows[i].head.len; end++) /* whatever is cut off */
            tn_charset_declared(tn_str_slice(rows[i].head.s, end));
    }
}

static void test_windows_1252(void **state)
{
    (void)state;
    char all[256];
    struct tn_decoder decoder;
    struct tn_buf out;
    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    tn_buf_init(&out, 1 << 12);
    assert_true(tn_decoder_open(&decoder, TN_CHARSET_WINDOWS_1252, TN_LIT(TN_REPLACEMENT)));
    assert_int_equal(tn_decoder_add(&decoder, tn_str_slice(all, 256), true, &out), 256);
    tn_decoder_close(&decoder);
    assert_int_equal(decoder.marks, 5);
    struct tn_str text = tn_str_slice(out.data, out.len);
    for (int i = 0; i < 256; i++) {
        size_t size;
        uint32_t character = tn_utf8_next(text, &size);
        text = tn_str_from(text, size);
        assert_int_equal(tn_windows_1252_byte(character), character == 0xFFFD ? -1 : i);
    }
    assert_int_equal(text.len, 0);
    assert_int_equal(tn_windows_1252_byte(0x81), 0x81);
    assert_int_equal(tn_windows_1252_byte(0x4E2D), -1);
    tn_buf_release(&out);
}

/* What a source gives through a recoding, read in small bites from blocks of `step` bytes. */
static void recode(enum tn_charset charset, struct tn_str bytes, size_t begun, size_t step, struct tn_buf *out)
{
    struct tn_source source;
    struct tn_recoding recoding;
    struct tn_error error;
    char bite[7];
    size_t got = 1;
    tn_source_memory(&source, tn_str_from(bytes, begun), step);
    assert_true(tn_recoding_open(&recoding, &source, tn_str_slice(bytes.s, begun), charset, &error));
    tn_buf_reset(out);
    while (got) {
        assert_true(tn_source_read(&recoding.source, bite, 1 + step % sizeof bite, &got, &error));
        tn_buf_add(out, bite, got);
    }
    assert_true(tn_source_read(&recoding.source, bite, 1, &got, &error)); /* the end stays the end */
    assert_int_equal(got, 0);
    assert_true(tn_buf_terminate(out));
    tn_recoding_close(&recoding);
}

static void test_recoding(void **state)
{
    (void)state;
    static const struct {
        enum tn_charset charset;
        struct tn_str bytes;
        const char *text;
    } rows[] = {
        {TN_CHARSET_UTF_16LE, {"a\0\x65\x22", 4}, "a≥"},
        {TN_CHARSET_UTF_16BE, {"\0a\xD8\x35\xDC\xB3\0b", 8}, "a𝒳b"},
        {TN_CHARSET_UTF_16BE, {"\xDC\xB3\0a\xD8\x35\0b\xD8\x35", 10}, "\xFF" "a\xFF" "b\xFF"},
        {TN_CHARSET_UTF_16LE, {"a\0b", 3}, "a\xFF"},
        {TN_CHARSET_UTF_16LE, {"\x35\xD8\xB3", 3}, "\xFF\xFF"},
        {TN_CHARSET_UTF_32BE, {"\0\0\0a\0\1\xD4\xB3\0\x11\0\0\0\0\xD8\0\0\0", 18}, "a𝒳\xFF\xFF\xFF"},
        {TN_CHARSET_UTF_32LE, {"a\0\0\0\xB3\xD4\1\0", 8}, "a𝒳"},
        {TN_CHARSET_GB18030, {"\xD6\xD0\xFF\x81\x30\x84\x36\x81\x30\x81", 10}, "中\xFF¥\xFF" "0\xFF"},
        {TN_CHARSET_SHIFT_JIS, {"\x93\x8C\x8B", 3}, "東\xFF"},
        {TN_CHARSET_ISO_2022_JP, {"\x1B$BBg\x1B(Ba\x1B$BBg", 14}, "大a大"},
        {TN_CHARSET_WINDOWS_1258, {"e\xEC", 2}, "é"},
        {TN_CHARSET_BIG5, {"\x88\x62x\xA2\xCC", 5}, "Ê\u0304x十"},
        {TN_CHARSET_WINDOWS_1252, {"\x93x\x94\x81", 4}, "“x”\xFF"},
        {TN_CHARSET_UTF_16LE, {"", 0}, ""},
    };
    struct tn_buf out;
    tn_buf_init(&out, 1 << 10);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (size_t begun = 0; begun <= rows[i].bytes.len; begun++)
            for (size_t step = 1; step < 8; step++) {
                recode(rows[i].charset, rows[i].bytes, begun, step, &out);
                if (strcmp(out.data, rows[i].text) != 0)
                    fail_msg("%s, %zu, %zu: '%s' instead of '%s'", tn_charset_name(rows[i].charset), begun, step, out.data,
                             rows[i].text);
            }
    tn_buf_release(&out);
}

/* A long input takes no more memory than a short one. */
static void test_recoding_is_bounded(void **state)
{
    (void)state;
    enum { LONG = 4 << 20 };
    char *bytes = calloc(1, LONG), into[4096];
    struct tn_source source;
    struct tn_recoding recoding;
    struct tn_error error;
    size_t got = 1, total = 0;
    assert_non_null(bytes);
    for (size_t i = 0; i < LONG; i += 2)
        bytes[i] = 'a';
    tn_source_memory(&source, tn_str_slice(bytes, LONG), 100001);
    assert_true(tn_recoding_open(&recoding, &source, tn_str_slice(NULL, 0), TN_CHARSET_UTF_16LE, &error));
    while (got) {
        assert_true(tn_source_read(&recoding.source, into, sizeof into, &got, &error));
        total += got;
        assert_true(recoding.before.room + recoding.text.room < 1 << 20);
    }
    assert_int_equal(total, LONG / 2);
    tn_recoding_close(&recoding);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),       cmocka_unit_test(test_all_sets), cmocka_unit_test(test_declared),
        cmocka_unit_test(test_windows_1252), cmocka_unit_test(test_recoding), cmocka_unit_test(test_recoding_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
