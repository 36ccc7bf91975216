/* SPDX-License-Identifier: MIT */
/* Text that was wrapped and indented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "normal/unwrap.h"

/* Lines of the registry are up to 100 columns wide: this one is near that. */
#define WIDE "A line of so many words that the registry had to end it here, because a hundred columns are used"

static void check(struct tn_str raw, const char *expected)
{
    struct tn_arena arena;
    tn_arena_init(&arena, 1 << 26);
    /* In memory of exactly its size. */
    char *copy = malloc(raw.len ? raw.len : 1);
    assert_non_null(copy);
    memcpy(copy, raw.s, raw.len);
    struct tn_str got = tn_text_unwrap(&arena, tn_str_slice(copy, raw.len));
    assert_string_equal(got.s, expected);
    assert_int_equal(got.len, strlen(expected));
    free(copy);
    tn_arena_release(&arena);
}

static void test_paragraphs(void **state)
{
    (void)state;
    check(TN_LIT(""), "");
    check(TN_LIT(" \n\t\n  "), "");
    check(TN_LIT("one"), "one");
    check(TN_LIT("\n      " WIDE "\n      and on.\n\n      A second paragraph.\n    "),
          WIDE " and on.\n\nA second paragraph.");
    check(TN_LIT("      " WIDE "\r\n      and on.\r\n\r\n\r\n      More.\r\n"), WIDE " and on.\n\nMore.");
}

/* The registry counted `&lt;` as four columns: the line is full, though it does not look so. */
static void test_escaped_columns(void **state)
{
    (void)state;
    check(TN_LIT("      " WIDE "\n      count < 5 and > 3 and < 4 and > 2 and < 1 and > 0 and < 9 and > 8\n      millilitres\n"),
          WIDE " count < 5 and > 3 and < 4 and > 2 and < 1 and > 0 and < 9 and > 8 millilitres");
}

/* A line with room for the next word was ended on purpose. */
static void test_short_lines(void **state)
{
    (void)state;
    check(TN_LIT("      " WIDE "\n\n      Phone: 1\n      Room: 2\n"), WIDE "\n\nPhone: 1\nRoom: 2");
    check(TN_LIT("Heading:\nwhat is under it\n"), "Heading:\nwhat is under it");
}

static void test_items(void **state)
{
    (void)state;
    check(TN_LIT("        Inclusion Criteria:\n\n          -  Able to walk\n\n          -  No fever, and none\n             before\n\n"
                 "        Exclusion Criteria:\n\n          1. Pregnant\n\n               a. or nursing\n\n               b. or planning\n\n"
                 "          2. Smokes\n"),
          "Inclusion Criteria:\n\n* Able to walk\n* No fever, and none before\n\nExclusion Criteria:\n\n1. Pregnant\n\n"
          "   a. or nursing\n   b. or planning\n2. Smokes");
    check(TN_LIT("  \xE2\x80\xA2 a\n\n  * b\n\n  - c\n"), "* a\n* b\n* c");
    check(TN_LIT("  -\n\n  -x\n\n  1234. y\n\n  (ab) z\n"), "-\n\n-x\n\n1234. y\n\n(ab) z"); /* none of these is a marker */
}

/* Numbers stand one below the other at their ends or at their beginnings. */
static void test_numbers(void **state)
{
    (void)state;
    check(TN_LIT("   9. nine\n\n  10. ten\n\n  11. eleven\n"), "9. nine\n10. ten\n11. eleven");
    check(TN_LIT("  9. nine\n\n  10. ten\n\n  (11) eleven\n"), "9. nine\n10. ten\n(11) eleven");
}

static void test_item_in_a_sentence(void **state)
{
    (void)state;
    check(TN_LIT("      " WIDE "\n      - 12 of them\n"), WIDE " - 12 of them");
    check(TN_LIT("      " WIDE "\n      ends\n      - here\n      - there\n"), WIDE " ends\n\n* here\n* there");
}

/* Nested deeper than anybody means it: no level is counted beyond what there is room for. */
static void test_deep(void **state)
{
    (void)state;
    enum { LEVELS = 40 };
    char text[LEVELS * (LEVELS * 3 + 8)] = "";
    size_t len = 0, items = 0;
    for (int i = 0; i < LEVELS; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%*s- %d\n\n", 3 * i, "", i);
    struct tn_arena arena;
    tn_arena_init(&arena, 1 << 26);
    struct tn_str got = tn_text_unwrap(&arena, tn_str_slice(text, len));
    for (size_t i = 0; i < got.len; i++)
        items += got.s[i] == '*';
    assert_int_equal(items, LEVELS);
    tn_arena_release(&arena);
}

/* Nothing but blanks changes, whatever the text: bytes of a small alphabet of what matters, in all orders of six. */
static void test_nothing_is_lost(void **state)
{
    (void)state;
    static const char *const parts[] = {"\n", "   ", "- ", "1. ", "word", ":"};
    enum { PARTS = sizeof parts / sizeof parts[0], LONG = 6 };
    for (unsigned number = 0; number < 46656; number++) {
        char text[64] = "";
        struct tn_arena arena;
        unsigned rest = number;
        for (int i = 0; i < LONG; i++, rest /= PARTS)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s", parts[rest % PARTS]);
        tn_arena_init(&arena, 1 << 20);
        struct tn_str got = tn_text_unwrap(&arena, tn_str_of(text));
        const char *from = text;
        for (size_t i = 0; i < got.len; i++) {
            if (tn_is_space(got.s[i]))
                continue;
            while (tn_is_space(*from))
                from++;
            if (got.s[i] != (*from == '-' && got.s[i] == '*' ? '*' : *from))
                fail_msg("'%s' became '%s'", text, got.s);
            from++;
        }
        assert_true(tn_str_trim(tn_str_of(from)).len == 0);
        tn_arena_release(&arena);
    }
}

static void test_no_memory(void **state)
{
    (void)state;
    struct tn_arena arena;
    tn_arena_init(&arena, 64);
    assert_null(tn_text_unwrap(&arena, TN_LIT(WIDE)).s);
    tn_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraphs),
        cmocka_unit_test(test_escaped_columns),
        cmocka_unit_test(test_short_lines),
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_item_in_a_sentence),
        cmocka_unit_test(test_deep),
        cmocka_unit_test(test_nothing_is_lost),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
