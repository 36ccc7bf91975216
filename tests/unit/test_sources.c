/* SPDX-License-Identifier: MIT */
/* A source whose read failed fails in the same way when it is read again: who reads ahead leaves the telling to who reads on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/buf.h"
#include "input/body.h"
#include "input/members.h"
#include "input/recode.h"

enum { MOST = 1 << 20, AGAIN = 3 };

/* Reads up to the end, or the failure and beyond. True when it failed. */
static bool fails_again(struct tn_source *source)
{
    char block[700];
    struct tn_error first = {0}, later = {0};
    size_t got = 1;
    bool good = true;
    while (good && got)
        good = tn_source_read(source, block, sizeof block, &got, &first);
    for (int i = 0; !good && i < AGAIN; i++) {
        assert_false(tn_source_read(source, block, 1 + (size_t)i, &got, i == 1 ? NULL : &later));
        if (i == 1)
            continue;
        assert_int_equal(later.code, first.code);
        assert_string_equal(later.message, first.message);
    }
    return !good;
}

static struct tn_buf load(const char *name)
{
    struct tn_buf bytes;
    char path[512];
    size_t got = 1;
    snprintf(path, sizeof path, "%s/../tests/fuzz/corpus/members/%s", TN_FIXTURES, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    tn_buf_init(&bytes, MOST);
    while (got && tn_buf_reserve(&bytes, 4096)) {
        got = fread(bytes.data + bytes.len, 1, 4096, file);
        bytes.len += got;
    }
    fclose(file);
    return bytes;
}

static bool gives_nothing(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    (void)into;
    (void)room;
    (void)source;
    *got = 0;
    tn_error_set(error, TN_FAILED, TN_IO, NULL, "the line is dead");
    return false;
}

/* The number of sources that failed. `anywhere`: of a file, else of a pipe. */
static size_t failures_in(struct tn_str bytes, bool anywhere)
{
    struct tn_source source;
    struct tn_member member;
    struct tn_error error;
    enum tn_members_result result;
    size_t failed = 0;
    tn_source_memory(&source, bytes, 100);
    if (!anywhere)
        source.read_at = NULL;
    struct tn_members *members = tn_members_new(&source, MOST);
    assert_non_null(members);
    while ((result = tn_members_next(members, &member, &error)) != TN_MEMBERS_END)
        if (result == TN_MEMBER)
            failed += fails_again(&member.source);
    tn_members_free(members);
    return failed;
}

/* Cut at every length, and with one byte after the other changed. */
static void of_containers(void **state)
{
    (void)state;
    static const char *const names[] = {"bzip2",      "tar",     "tar-gz",    "warc",     "warc-gz", "warc-gz-each", "xz",
                                        "zip-stored", "zip-cut", "zip-bzip2", "zip-lzma", "zip",     "zip-streamed"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct tn_buf bytes = load(names[i]);
        size_t failed = 0, step = 1 + bytes.len / 300;
        for (size_t at = 0; at < bytes.len; at += step) {
            failed += failures_in(tn_str_slice(bytes.data, at), false);
            bytes.data[at] = (char)(bytes.data[at] ^ 0x55);
            failed += failures_in(tn_str_slice(bytes.data, bytes.len), false);
            failed += failures_in(tn_str_slice(bytes.data, bytes.len), true);
            bytes.data[at] = (char)(bytes.data[at] ^ 0x55);
        }
        if (!failed)
            fail_msg("%s: no read failed", names[i]);
        tn_buf_release(&bytes);
    }
}

/* Behind each of these a chunk seems to begin a little later. */
static void of_chunks(void **state)
{
    (void)state;
    static const char *const contents[] = {"5\r\nhello\r\n\r\n3\r\nabc\r\n0\r\n\r\n", "5\r\nhello\r\n\r\n\r\n3\r\nabc\r\n",
                                           "5\r\nhello\r\nwhat\r\n", "5\r\nhel"};
    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        struct tn_body body = {.room = MOST};
        struct tn_source in, out;
        struct tn_error error;
        tn_source_memory(&in, tn_str_of(contents[i]), 0);
        assert_true(tn_body_open(&body, &in, TN_LIT("chunked"), TN_LIT(""), &out, &error));
        assert_true(fails_again(&out));
        tn_body_release(&body);
    }
}

static void of_conversions(void **state)
{
    (void)state;
    struct tn_source dead = {.read = gives_nothing, .fd = -1};
    struct tn_recoding recoding;
    struct tn_error error;
    assert_true(tn_recoding_open(&recoding, &dead, tn_str_slice("a\0b\0c", 5), TN_CHARSET_UTF_16LE, &error));
    assert_true(fails_again(&recoding.source));
    tn_recoding_close(&recoding);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_containers),
        cmocka_unit_test(of_chunks),
        cmocka_unit_test(of_conversions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
