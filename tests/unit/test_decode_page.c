/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "input/decode.h"

#define BYTES(literal) {literal, sizeof(literal) - 1}
#define GBK "<meta charset=gbk>"
#define LATIN1 "<meta charset=iso-8859-1>"
#define UTF8 "<meta charset=utf-8>"

struct row {
    struct tn_str bytes;
    const char *sent; /* label that came with them; NULL: none */
    const char *text;
    enum tn_charset charset;
    size_t replaced;
    const char *note; /* a part of it; "": there is none */
};

static void check(const struct row *row, struct tn_buf *out)
{
    struct tn_decoded decoded;
    assert_true(tn_decode_page(row->bytes, tn_str_of(row->sent), out, &decoded));
    if (!tn_str_eq(decoded.text, tn_str_of(row->text)))
        fail_msg("'%.*s' instead of '%s'", (int)decoded.text.len, decoded.text.s, row->text);
    if (decoded.charset != row->charset || decoded.replaced != row->replaced)
        fail_msg("'%s': %s, %zu replaced", row->text, tn_charset_name(decoded.charset), decoded.replaced);
    if (row->note[0] ? !strstr(decoded.note, row->note) : decoded.note[0] != '\0')
        fail_msg("'%s': %s", row->text, decoded.note);
    assert_true(tn_decode_clean(decoded.text));
    if (decoded.text.s < row->bytes.s || decoded.text.s > row->bytes.s + row->bytes.len)
        assert_true(decoded.text.s == out->data && out->data[decoded.text.len] == '\0');
}

static void check_all(const struct row *rows, size_t count)
{
    struct tn_buf out; /* one for all, as the splitter has it */
    tn_buf_init(&out, 0);
    for (size_t i = 0; i < count; i++)
        check(&rows[i], &out);
    tn_buf_release(&out);
}

#define CHECK_ALL(rows) check_all((rows), sizeof(rows) / sizeof(rows)[0])

static void test_utf8(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {BYTES(""), NULL, "", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("plain"), "gbk", "plain", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("≥ é"), NULL, "≥ é", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("≥ é"), "utf-8", "≥ é", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("≥ é"), "utf-16", "≥ é", TN_CHARSET_UTF_8, 0, "declared as utf-16, but the text is UTF-8"},
        {BYTES("\xEF\xBB\xBF≥"), "gbk", "≥", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("\xEF\xBB\xBF"), NULL, "", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("≥\0é"), NULL, "≥\xEF\xBF\xBDé", TN_CHARSET_UTF_8, 1, ""},
        {BYTES("≥ \xE9"), NULL, "≥ \xEF\xBF\xBD", TN_CHARSET_UTF_8, 1, ""},
        {BYTES("é \xE9"), NULL, "é \xEF\xBF\xBD", TN_CHARSET_UTF_8, 1, ""},
        {BYTES("cut \xE2\x89"), NULL, "cut \xEF\xBF\xBD\xEF\xBF\xBD", TN_CHARSET_UTF_8, 2, ""},
        {BYTES(UTF8 "é \xE9\xE9\xE9\xE9 "), NULL, UTF8 "é \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD ", TN_CHARSET_UTF_8, 4, ""},
        {BYTES(GBK "≤ 中\xFF"), NULL, GBK "≤ 中\xEF\xBF\xBD", TN_CHARSET_UTF_8, 1, "declared as gbk, but the text is UTF-8"},
        {BYTES(LATIN1 "© 2020"), NULL, LATIN1 "© 2020", TN_CHARSET_UTF_8, 0, "declared as iso-8859-1, but the text is UTF-8"},
        {BYTES(GBK "© 2020"), NULL, GBK "© 2020", TN_CHARSET_UTF_8, 0, "declared as gbk"},
    };
    CHECK_ALL(rows);
}

static void test_declared(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {BYTES(GBK "\xD6\xD0"), NULL, GBK "中", TN_CHARSET_GB18030, 0, ""},
        {BYTES(GBK "\xD7\xA1"), NULL, GBK "住", TN_CHARSET_GB18030, 0, ""}, /* one pair that is UTF-8, too */
        {BYTES(GBK "\xA4\xA4"), "big5", GBK "中", TN_CHARSET_BIG5, 0, ""}, /* who sent it knows better */
        {BYTES(GBK "\xD6\xD0\xB0\xA1"), "big5", GBK "笢陛", TN_CHARSET_BIG5, 0, ""},
        {BYTES("\xD6\xD0\xFF\xB9\xFA"), "gb2312", "中\xEF\xBF\xBD国", TN_CHARSET_GB18030, 1, ""},
        {BYTES("\xD6\xD0\0\xB9\xFA\0"), "gb2312", "中\xEF\xBF\xBD国\xEF\xBF\xBD", TN_CHARSET_GB18030, 2, ""},
        {BYTES("\xD6\xD0\x80"), "gb2312", "中€", TN_CHARSET_GB18030, 0, ""},
        {BYTES("\x1B$BBg\x1B(B"), "iso-2022-jp", "大", TN_CHARSET_ISO_2022_JP, 0, ""},
        {BYTES("\x1B$BBg"), NULL, "\x1B$BBg", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("-\x4E"), "utf-16be", "-N", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("\x4E\x2D\x5B\xFF"), "utf-16be", "中寿", TN_CHARSET_UTF_16BE, 0, ""},
        {BYTES("\xC9\xE9\xE9"), "x-unknown", "Ééé", TN_CHARSET_WINDOWS_1252, 0, "'x-unknown', which nobody knows"},
        {BYTES("\xC9\xE9\xE9"), "x\x1B[31m", "Ééé", TN_CHARSET_WINDOWS_1252, 0, "no character set declared"},
        {BYTES("caf\xE9 cr\xE8me"), "gbk", "café crème", TN_CHARSET_WINDOWS_1252, 0, "declared as gbk, which it is not"},
        {BYTES(UTF8 "caf\xE9"), NULL, UTF8 "café", TN_CHARSET_WINDOWS_1252, 0, "declared as utf-8, which it is not"},
    };
    CHECK_ALL(rows);
}

static void test_fallback(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {BYTES("\x93" "caf\xE9\x94 \x96 5 \x80"), NULL, "“café” – 5 €", TN_CHARSET_WINDOWS_1252, 0, "no character set declared"},
        {BYTES("\x93\0\x81"), NULL, "“\xEF\xBF\xBD\xEF\xBF\xBD", TN_CHARSET_WINDOWS_1252, 2, "windows-1252"},
        {BYTES("caf\xE9"), NULL, "café", TN_CHARSET_WINDOWS_1252, 0, "windows-1252"},
        /* « voilà », with a no-break space that makes a sequence of UTF-8 */
        {BYTES("\xAB voil\xE0\xA0\xBB d\xE9j\xE0 \xE9t\xE9"), NULL, "« voilà\u00A0» déjà été", TN_CHARSET_WINDOWS_1252, 0, "windows-1252"},
    };
    CHECK_ALL(rows);
}

static void test_wide(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {BYTES("\xFF\xFE" "a\0\x65\x22"), "gbk", "a≥", TN_CHARSET_UTF_16LE, 0, ""},
        {BYTES("\xFE\xFF\0a\xD8\0\0b\0"), NULL, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD", TN_CHARSET_UTF_16BE, 2, ""},
        {BYTES("T\0i\0t\0l\0e\0\x65\x22"), NULL, "Title≥", TN_CHARSET_UTF_16LE, 0, ""},
        {BYTES("\0\0\xFE\xFF\0\0\0a\0\0\0\0"), NULL, "a\xEF\xBF\xBD", TN_CHARSET_UTF_32BE, 1, ""},
        {BYTES("\xFF\xFE"), NULL, "", TN_CHARSET_UTF_16LE, 0, ""},
        {BYTES("\xFF\xFE" "a"), NULL, "\xEF\xBF\xBD", TN_CHARSET_UTF_16LE, 1, ""},
    };
    CHECK_ALL(rows);
}

static void test_mojibake(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {BYTES("â‰¥ 5"), NULL, "≥ 5", TN_CHARSET_UTF_8, 0, "put right"},
        {BYTES("cafÃ© â€œxâ€\xC2\x9D"), NULL, "café “x”", TN_CHARSET_UTF_8, 0, "put right"},
        {BYTES("ÃƒÂ©"), NULL, "é", TN_CHARSET_UTF_8, 0, "put right"}, /* twice */
        {BYTES("a \xC3\xA2\xC2\x89\xC2\xA5"), NULL, "a ≥", TN_CHARSET_UTF_8, 0, "put right"}, /* of ISO-8859-1 */
        {BYTES("\xC3\xA2\xE2\x80\xB0\xC2\xA5 ok"), "gbk", "≥ ok", TN_CHARSET_UTF_8, 0, "but the text is UTF-8; the text was"},
        {BYTES("â‰¥ and ≥"), NULL, "â‰¥ and ≥", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("Ã alone"), NULL, "Ã alone", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("Ã"), NULL, "Ã", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("â‰"), NULL, "â‰", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("CAFÉ® É™"), NULL, "CAFÉ® É™", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("Ã€ Ã©"), NULL, "À é", TN_CHARSET_UTF_8, 0, "put right"},
        {BYTES("ÃƒÂ© café"), NULL, "ÃƒÂ© café", TN_CHARSET_UTF_8, 0, ""},
        {BYTES("\xC3\xA2\xE2\x80\xB0\xC2\xA5 \xFF"), NULL, "â‰¥ \xEF\xBF\xBD", TN_CHARSET_UTF_8, 1, ""},
    };
    CHECK_ALL(rows);
}

/* What is clean is neither copied nor changed. */
static void test_in_place(void **state)
{
    (void)state;
    struct tn_str bytes = TN_LIT("\xEF\xBB\xBF" "clean ≥");
    struct tn_decoded decoded;
    struct tn_buf out;
    tn_buf_init(&out, 0);
    assert_true(tn_decode_page(bytes, tn_str_of(NULL), &out, &decoded));
    assert_ptr_equal(decoded.text.s, bytes.s + 3);
    assert_null(out.data);
}

/* The NUL behind the text may be what the buffer has no room for: the text then moves with it. */
static void test_every_length(void **state)
{
    (void)state;
    char bytes[5000];
    memset(bytes, 'a', sizeof bytes);
    bytes[0] = '\xE9';
    for (size_t len = 1; len <= sizeof bytes; len++) {
        struct tn_decoded decoded;
        struct tn_buf out;
        tn_buf_init(&out, 0);
        assert_true(tn_decode_page(tn_str_slice(bytes, len), tn_str_of(NULL), &out, &decoded));
        assert_ptr_equal(decoded.text.s, out.data);
        assert_int_equal(decoded.text.len, len + 1);
        assert_int_equal(strlen(out.data), len + 1);
        tn_buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8), cmocka_unit_test(test_declared), cmocka_unit_test(test_fallback),
        cmocka_unit_test(test_wide), cmocka_unit_test(test_mojibake), cmocka_unit_test(test_in_place),
        cmocka_unit_test(test_every_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
