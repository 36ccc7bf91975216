/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "input/decode.h"

#define ROW(head, word) {{head, sizeof(head) - 1}, word}

/* What is refused, and a word of the message. */
static const struct {
    struct tn_str head;
    const char *word;
} refused[] = {
    ROW("\x1F\x8B\x08\0", "gzip"),
    ROW("\xFD" "7zXZ\0\0", "xz"),
    ROW("\x28\xB5\x2F\xFD", "zstd"),
    ROW("BZh91AY&SY", "bzip2"),
    ROW("PK\x03\x04\x14", "zip"),
    ROW("PK\x05\x06\0\0", "zip"),
    ROW("7z\xBC\xAF\x27\x1C", "7z"),
    ROW("%PDF-1.7\n", "PDF"),
    ROW("\x89PNG\r\n\x1A\n", "PNG"),
    ROW("SQLite format 3\0", "SQLite"),
    ROW("\x7F" "ELF\x02\x01", "program"),
    ROW("Title\0\1\0\2text of a page", "not text"),
    ROW("a\x01\x02\x03\x04", "not text"),
    ROW("{\0\0\0\0\0\0\x01", "not text"),
};

#define GOOD(head, charset, skip) {{head, sizeof(head) - 1}, TN_CHARSET_##charset, skip}

static const struct {
    struct tn_str head;
    enum tn_charset charset;
    size_t skip;
} accepted[] = {
    GOOD("", NONE, 0),
    GOOD("{}", NONE, 0),
    GOOD("\xEF\xBB\xBF{}", UTF_8, 3),
    GOOD("\xEF\xBB\xBF", UTF_8, 3),
    GOOD("{\"a\":\"nul \0 in a longer text\"}", NONE, 0),
    GOOD("PK is a word here", NONE, 0),
    GOOD("BZh is a word", NONE, 0),
    GOOD("caf\xE9 in Latin-1", NONE, 0),
    GOOD("Title\r\n\ttext\f\n", NONE, 0),
    GOOD("Title\0of a page", NONE, 0), /* one lost character is repaired */
    GOOD("\xFF\xFE<\0x\0", UTF_16LE, 2),
    GOOD("\xFE\xFF\0<\0x", UTF_16BE, 2),
    GOOD("\xFF\xFE", UTF_16LE, 2),
    GOOD("\xFF\xFE\0\0<\0\0\0", UTF_32LE, 4),
    GOOD("\0\0\xFE\xFF\0\0\0<", UTF_32BE, 4),
    GOOD("{\0\"\0a\0\"\0:\0" "1\0}\0", UTF_16LE, 0),
    GOOD("\0T\0i\0t\0l\0e", UTF_16BE, 0),
    GOOD("T\0i\0t\0l\0e\0 \0e", UTF_16LE, 0),         /* cut within a character */
    GOOD("d\0o\0s\0e\0 \0e\"1\0 \0m\0", UTF_16LE, 0), /* with one sign that is not ASCII */
    GOOD("a\0bc", NONE, 0),
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct tn_error error;
        struct tn_beginning beginning;
        assert_false(tn_decode_check(refused[i].head, &beginning, &error));
        assert_int_equal(error.code, TN_BINARY);
        if (!strstr(error.message, refused[i].word))
            fail_msg("%s instead of %s", error.message, refused[i].word);
    }
}

static void test_tar(void **state)
{
    (void)state;
    char head[512] = "a.json";
    struct tn_error error;
    struct tn_beginning beginning;
    memcpy(head + 257, "ustar", 5);
    assert_false(tn_decode_check(tn_str_slice(head, sizeof head), &beginning, &error));
    assert_non_null(strstr(error.message, "tar archive"));
}

static void test_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
        struct tn_beginning beginning = {TN_CHARSET_COUNT, 9};
        assert_true(tn_decode_check(accepted[i].head, &beginning, NULL));
        assert_int_equal(beginning.charset, accepted[i].charset);
        assert_int_equal(beginning.skip, accepted[i].skip);
    }
}

/* Only the first bytes count. */
static void test_head_only(void **state)
{
    (void)state;
    char text[TN_DECODE_HEAD + 4];
    struct tn_beginning beginning;
    memset(text, 'a', sizeof text);
    memset(text + TN_DECODE_HEAD, '\0', 4);
    assert_true(tn_decode_check(tn_str_slice(text, sizeof text), &beginning, NULL));
    memset(text + TN_DECODE_HEAD / 2, '\0', TN_DECODE_HEAD / 4);
    assert_false(tn_decode_check(tn_str_slice(text, sizeof text), &beginning, NULL));
}

static void check_repair(struct tn_str text, const char *expected, size_t count)
{
    struct tn_buf out;
    tn_buf_init(&out, 3 * text.len + 1);
    assert_int_equal(tn_decode_repair(text, &out), count);
    assert_true(tn_buf_terminate(&out));
    assert_string_equal(out.data, expected);
    assert_int_equal(out.len, strlen(expected));
    assert_int_equal(tn_decode_clean(text), count == 0);
    assert_true(tn_decode_clean(tn_str_slice(out.data, out.len)));
    tn_buf_release(&out);
}

static void test_repair(void **state)
{
    (void)state;
    check_repair(TN_LIT("plain \xE2\x89\xA5"), "plain \xE2\x89\xA5", 0);
    check_repair(TN_LIT(""), "", 0);
    check_repair(TN_LIT("\0a\0\0"), "\xEF\xBF\xBD" "a\xEF\xBF\xBD\xEF\xBF\xBD", 3);
    check_repair(TN_LIT("caf\xE9 \xC3\xA9 \xE2\x89"), "caf\xEF\xBF\xBD \xC3\xA9 \xEF\xBF\xBD\xEF\xBF\xBD", 3);
    check_repair(TN_LIT("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3);
    check_repair(TN_LIT("\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),   cmocka_unit_test(test_tar),    cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_head_only), cmocka_unit_test(test_repair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
