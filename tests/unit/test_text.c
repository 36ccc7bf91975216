/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/utf8.h"
#include "normal/text.h"
#include "normal/text_stages.h"
#include "unit/support_tsv.h"

static struct tn_arena arena;

typedef struct tn_str cleaner(struct tn_arena *, struct tn_str, bool, unsigned *);

static cleaner *cleaner_of(struct tn_str cell)
{
    return tn_str_eq(cell, TN_LIT("markup")) ? tn_text_markup : tn_text_plain;
}

static void check_case(const struct tn_str *cells, const char *where, void *data)
{
    (void)data;
    unsigned flags = 0, want = 0;
    if (tn_str_find(cells[3], TN_LIT("repaired")) != TN_NO_OFFSET)
        want |= TN_TEXT_REPAIRED;
    if (tn_str_find(cells[3], TN_LIT("cut")) != TN_NO_OFFSET)
        want |= TN_TEXT_CUT;
    struct tn_str text = cleaner_of(cells[0])(&arena, cells[1], false, &flags);
    tn_tsv_same(where, "text", text, cells[2]);
    if (flags != want || text.s[text.len] != '\0')
        fail_msg("%s: flags %u, want %u", where, flags, want);
    unsigned again_flags = 0;
    struct tn_str again = tn_text_plain(&arena, text, true, &again_flags);
    tn_tsv_same(where, "cleaned again", again, text);
}

static void cases_come_out_clean(void **state)
{
    (void)state;
    tn_tsv_each("normal/text.tsv", 4, check_case, NULL);
}

static void clean_text_is_not_copied(void **state)
{
    (void)state;
    static const char raw[] = "  Adults \xE2\x89\xA5 18 years";
    struct tn_str text = tn_text_markup(&arena, TN_LIT(raw), true, NULL);
    assert_ptr_equal(text.s, raw + 2);
    assert_ptr_not_equal(tn_text_markup(&arena, TN_LIT(raw), false, NULL).s, raw + 2);
}

static void a_trimmed_end_gets_its_own_nul(void **state)
{
    (void)state;
    static const char raw[] = "Adults \n";
    struct tn_str text = tn_text_plain(&arena, TN_LIT(raw), true, NULL);
    assert_string_equal(text.s, "Adults");
}

static void absent_stays_absent(void **state)
{
    (void)state;
    assert_null(tn_text_plain(&arena, (struct tn_str){NULL, 0}, true, NULL).s);
    assert_non_null(tn_text_plain(&arena, TN_LIT("  "), false, NULL).s);
}

static void short_memory_gives_null(void **state)
{
    (void)state;
    struct tn_arena small;
    tn_arena_init(&small, 16);
    assert_null(tn_text_plain(&small, TN_LIT("longer than sixteen bytes"), false, NULL).s);
    assert_null(tn_text_markup(&small, TN_LIT("longer than sixteen bytes<br>"), true, NULL).s);
    tn_arena_release(&small);
}

/* Where a special byte stands inside the eight that are looked at together must not matter. */
static void every_position_is_seen(void **state)
{
    (void)state;
    static const char *const specials[] = {"\\>", "&gt;", "<br>", "\r", "\x01", "\x7F", " \n", "\n\n\n", "\xFF"};
    char raw[64];
    for (size_t at = 1; at < 30; at++) {
        for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
            size_t len = strlen(specials[i]);
            memset(raw, 'x', sizeof raw);
            memcpy(raw + at, specials[i], len);
            struct tn_str text = tn_text_markup(&arena, tn_str_slice(raw, 40), true, NULL);
            assert_ptr_not_equal(text.s, raw);
            assert_false(tn_str_eq(text, tn_str_slice(raw, 40)));
        }
    }
}

/* Texts of random pieces: always valid, ended, free of control characters, and stable. */
static void random_texts_come_out_clean(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "a", " ", "\n", "\r", "\\", "<", ">", "&", "<br>", "<li>", "</p>", "lt", ";", "#", "x41", "\"", "<p a=\"",
        "=", "\t", "\xC2", "\xA0", "\xE2", "\x80", "\xA8", "\x01", "<td>", "leq", "\xCC\x81",
        "<sup>", "</sup>", "<SUB>", "</sub>", "12345", "-(n)", "<a href=\"", "\">", "</a>", "<img alt=x>", "<b>",
    };
    uint32_t random = 1;
    for (int round = 0; round < 20000; round++) {
        char raw[160];
        size_t len = 0;
        for (int i = 0; i < 20; i++) {
            random = random * 1664525U + 1013904223U;
            const char *piece = pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(raw + len, piece, strlen(piece));
            len += strlen(piece);
        }
        char *exact = malloc(len);
        assert_non_null(exact);
        memcpy(exact, raw, len);
        struct tn_str text = tn_text_markup(&arena, tn_str_slice(exact, len), false, NULL);
        free(exact);
        assert_int_equal(tn_utf8_valid(text), text.len);
        assert_int_equal(text.s[text.len], '\0');
        assert_true(tn_str_eq(tn_text_plain(&arena, text, true, NULL), text));
        tn_arena_reset(&arena);
    }
}

/* Texts of tags that leave something never take more than the room that is promised (ASan sees the end of it). */
static void tags_keep_to_their_room(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "<sup>", "</sup>", "<sub>", "</sub>", "12345678901", "4", "a", " ", "\n", "<a href=x>", "</a>", "<li>", "<p>",
        "<br>", "<td>", "<img alt=y>", "<a href=\"\\_&amp;\">", "\\-", "&minus;", "\xCE\xB1",
    };
    uint32_t random = 7;
    for (int round = 0; round < 20000; round++) {
        char raw[160], *out;
        size_t len = 0;
        for (int i = 0; i < 1 + round % 12; i++) {
            random = random * 1664525U + 1013904223U;
            const char *piece = pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)];
            memcpy(raw + len, piece, strlen(piece));
            len += strlen(piece);
        }
        out = malloc(TN_TAGS_ROOM(len));
        assert_non_null(out);
        assert_true(tn_text_undo_tags(tn_str_slice(raw, len), out) <= TN_TAGS_ROOM(len));
        free(out);
        bool grows = tn_str_find(tn_str_slice(raw, len), TN_LIT("<su")) != TN_NO_OFFSET;
        out = malloc(len);
        assert_non_null(out);
        if (!grows)
            assert_true(tn_text_undo_tags(tn_str_slice(raw, len), out) <= len);
        free(out);
    }
}

struct row {
    const char *name;
};

static void check_order(const struct row *rows, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (strcmp(rows[i - 1].name, rows[i].name) >= 0)
            fail_msg("out of order: %s, %s", rows[i - 1].name, rows[i].name);
}

static void tables_are_sorted(void **state)
{
    (void)state;
    static const struct row entities[] = {
#define TN_ENTITY(name, character) {name},
#include "normal/entities.inc"
    };
    static const struct row latex[] = {
#define TN_LATEX(name, character) {name},
#include "normal/latex.inc"
    };
    static const struct row tags[] = {
#define TN_TAG(name, kind) {name},
#include "normal/tags.inc"
    };
    static const struct row attributes[] = {
#define TN_LONE_ATTRIBUTE(name) {name},
#include "normal/text_attributes.inc"
    };
    check_order(attributes, sizeof attributes / sizeof *attributes);
    check_order(entities, sizeof entities / sizeof *entities);
    check_order(latex, sizeof latex / sizeof *latex);
    check_order(tags, sizeof tags / sizeof *tags);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_come_out_clean),     cmocka_unit_test(clean_text_is_not_copied),
        cmocka_unit_test(a_trimmed_end_gets_its_own_nul), cmocka_unit_test(absent_stays_absent),
        cmocka_unit_test(short_memory_gives_null),  cmocka_unit_test(every_position_is_seen),
        cmocka_unit_test(random_texts_come_out_clean), cmocka_unit_test(tags_keep_to_their_room),
        cmocka_unit_test(tables_are_sorted),
    };
    tn_arena_init(&arena, (size_t)64 << 20);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    tn_arena_release(&arena);
    return failed;
}
