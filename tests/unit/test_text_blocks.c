/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "syntax/blocks.h"

/* The blocks of a text that ends where its memory ends. */
struct fixture {
    struct tn_arena arena;
    char *copy;
    const struct tn_page *page;
};

static struct fixture blocks_of(struct tn_str text)
{
    struct fixture fixture = {.copy = malloc(text.len ? text.len : 1)};
    assert_non_null(fixture.copy);
    memcpy(fixture.copy, text.s, text.len);
    tn_arena_init(&fixture.arena, 1 << 20);
    fixture.page = tn_text_blocks(&fixture.arena, tn_str_slice(fixture.copy, text.len));
    assert_non_null(fixture.page);
    return fixture;
}

static void release(struct fixture *fixture)
{
    tn_arena_release(&fixture->arena);
    free(fixture->copy);
}

static void same(struct tn_str got, const char *want)
{
    if (!tn_str_eq(got, tn_str_of(want)))
        fail_msg("got \"%.*s\", not \"%s\"", (int)got.len, got.s, want);
}

static void lines_end_in_three_ways(void **state)
{
    (void)state;
    struct fixture f = blocks_of(TN_LIT("one\r\n\r\ntwo  \rthree\n\xC2\xA0""four\xC2\xA0\t\n\n\n"));
    static const struct {
        const char *whole;
        unsigned line;
        size_t offset;
        bool blank_before;
    } want[] = {{"one", 1, 0, true}, {"two", 3, 7, true}, {"three", 4, 13, false}, {"four", 5, 21, false}};
    assert_int_equal(f.page->count, 4);
    for (size_t i = 0; i < 4; i++) {
        same(f.page->blocks[i].whole, want[i].whole);
        assert_int_equal(f.page->blocks[i].line, want[i].line);
        assert_int_equal(f.page->blocks[i].offset, want[i].offset);
        assert_int_equal(f.page->blocks[i].blank_before, want[i].blank_before);
        assert_int_equal(f.page->blocks[i].kind, TN_BLOCK_PARAGRAPH);
    }
    release(&f);
}

static void items_lose_their_marker(void **state)
{
    (void)state;
    static const struct {
        const char *line, *marker, *text;
        unsigned level;
    } cases[] = {
        {"* apple", "*", "apple", 0},
        {"- pear", "-", "pear", 0},
        {"\xE2\x80\xA2 plum", "\xE2\x80\xA2", "plum", 0},
        {"\xE2\x80\xA2plum", "\xE2\x80\xA2", "plum", 0},
        {"- \xE2\x80\xA2 quince", "- \xE2\x80\xA2", "quince", 0},
        {"1. fig", "1.", "fig", 0},
        {"12) date", "12)", "date", 0},
        {"(3) olive", "(3)", "olive", 0},
        {"a) lime", "a)", "lime", 0},
        {"(b) lemon", "(b)", "lemon", 0},
        {"    * nested", "*", "nested", 2},
        {"\t- by a tab", "-", "by a tab", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture f = blocks_of(tn_str_of(cases[i].line));
        assert_int_equal(f.page->count, 1);
        assert_int_equal(f.page->blocks[0].kind, TN_BLOCK_ITEM);
        same(f.page->blocks[0].marker, cases[i].marker);
        same(f.page->blocks[0].text, cases[i].text);
        same(f.page->blocks[0].whole, tn_str_trim(tn_str_of(cases[i].line)).s);
        assert_int_equal(f.page->blocks[0].level, cases[i].level);
        release(&f);
    }
}

static void text_is_no_item(void **state)
{
    (void)state;
    static const char *const lines[] = {"*p < 0.05", "-5 degrees", "2024. was dry", "12 months", "(see below)", "-",
                                        "*", "1.", "1.5 mg", "A. Smith", "a. small", "\xE2\x80\xA2", "(1)"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct fixture f = blocks_of(tn_str_of(lines[i]));
        assert_int_equal(f.page->count, 1);
        assert_int_equal(f.page->blocks[0].kind, TN_BLOCK_PARAGRAPH);
        same(f.page->blocks[0].text, lines[i]);
        release(&f);
    }
}

static void a_tab_makes_a_pair(void **state)
{
    (void)state;
    struct fixture f = blocks_of(TN_LIT("Sponsor\tAcme\tLtd\nSponsor\t\n\tindented"));
    assert_int_equal(f.page->count, 3);
    assert_int_equal(f.page->blocks[0].kind, TN_BLOCK_PAIR);
    same(f.page->blocks[0].label, "Sponsor");
    same(f.page->blocks[0].text, "Acme\tLtd");
    assert_int_equal(f.page->blocks[1].kind, TN_BLOCK_PARAGRAPH);
    assert_int_equal(f.page->blocks[2].kind, TN_BLOCK_PARAGRAPH);
    release(&f);
}

static void bars_make_a_row(void **state)
{
    (void)state;
    struct fixture f = blocks_of(TN_LIT("| a | b |\na | | c\n|\nClinic | Town, ST"));
    assert_int_equal(f.page->count, 4);
    assert_int_equal(f.page->blocks[0].kind, TN_BLOCK_ROW);
    assert_int_equal(f.page->blocks[0].cell_count, 2);
    same(f.page->blocks[0].cells[0], "a");
    same(f.page->blocks[0].cells[1], "b");
    assert_int_equal(f.page->blocks[1].cell_count, 3);
    same(f.page->blocks[1].cells[1], "");
    same(f.page->blocks[1].cells[2], "c");
    assert_int_equal(f.page->blocks[2].kind, TN_BLOCK_ROW);
    assert_int_equal(f.page->blocks[3].kind, TN_BLOCK_PARAGRAPH);
    release(&f);
}

static void nothing_gives_no_block(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n", "\r\n\r\n", "  \t \n\xEF\xBB\xBF\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct fixture f = blocks_of(tn_str_of(texts[i]));
        assert_int_equal(f.page->count, 0);
        release(&f);
    }
}

static void short_memory_is_no_page(void **state)
{
    (void)state;
    struct tn_arena arena;
    tn_arena_init(&arena, 16);
    assert_null(tn_text_blocks(&arena, TN_LIT("one\ntwo")));
    tn_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_in_three_ways), cmocka_unit_test(items_lose_their_marker),
        cmocka_unit_test(text_is_no_item),         cmocka_unit_test(a_tab_makes_a_pair),
        cmocka_unit_test(bars_make_a_row),         cmocka_unit_test(nothing_gives_no_block),
        cmocka_unit_test(short_memory_is_no_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
