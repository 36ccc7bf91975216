/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/buf.h"
#include "normal/criteria.h"
#include "normal/criteria_parts.h"
#include "unit/support_tsv.h"

static void append_item(struct tn_buf *out, const struct tn_criterion *item)
{
    if (out->len)
        tn_buf_str(out, TN_LIT(" | "));
    tn_buf_char(out, "OIE"[item->side]);
    tn_buf_char(out, (char)('0' + item->level));
    tn_buf_char(out, ' ');
    tn_buf_str(out, item->text);
}

static void one_case(const struct tn_str *cells, const char *where, void *data)
{
    struct tn_arena arena;
    struct tn_criteria criteria;
    struct tn_buf got;
    enum tn_criteria_side side = cells[2].len && cells[2].s[0] == 'I'   ? TN_CRITERIA_INCLUSION
                                 : cells[2].len && cells[2].s[0] == 'E' ? TN_CRITERIA_EXCLUSION
                                                                        : TN_CRITERIA_OTHER;
    size_t *wrong = data;
    tn_arena_init(&arena, 1 << 20);
    tn_buf_init(&got, 1 << 16);
    assert_true(tn_criteria_split(&arena, cells[0], side, cells[3].len == 0, &criteria));
    for (size_t i = 0; i < criteria.count; i++) {
        assert_int_equal(criteria.items[i].text.s[criteria.items[i].text.len], '\0');
        append_item(&got, &criteria.items[i]);
    }
    if (!tn_str_eq(tn_str_slice(got.data, got.len), cells[1])) {
        print_error("%s: got  '%.*s'\n", where, (int)got.len, got.len ? got.data : "");
        print_error("%*s  want '%.*s'\n", (int)strlen(where), "", (int)cells[1].len, cells[1].s);
        ++*wrong;
    }
    tn_buf_release(&got);
    tn_arena_release(&arena);
}

static void test_cases(void **state)
{
    (void)state;
    size_t wrong = 0;
    assert_true(tn_tsv_each("normal/criteria.tsv", 4, one_case, &wrong) >= 60);
    assert_int_equal(wrong, 0);
}

static void test_headings(void **state)
{
    static const struct {
        const char *line;
        int side; /* -1: no heading, or one that is more: a criterion stands behind it, or it belongs to neither side */
    } lines[] = {
        {"Inclusion Criteria", TN_CRITERIA_INCLUSION},
        {"Inclusion criteria:", TN_CRITERIA_INCLUSION},
        {"- Inclusion Criteria:", TN_CRITERIA_INCLUSION},
        {"- • Exclusion Citeria:", TN_CRITERIA_EXCLUSION},
        {"Inclusion (8)", TN_CRITERIA_INCLUSION},
        {"Exclusion (15)", TN_CRITERIA_EXCLUSION},
        {"E.4 Principal exclusion criteria:", TN_CRITERIA_EXCLUSION},
        {"Key Eligibility Criteria", TN_CRITERIA_OTHER},
        {"Eligibility criteria", TN_CRITERIA_OTHER},
        {"Exclusion Criteria for Part B:", TN_CRITERIA_EXCLUSION},
        {"Inclusion Criteria: adults", -1},
        {"Inclusion criteria were met", -1},
        {"See exclusion criterion 11", -1},
        {"Any exclusion criteria included in the label", -1},
        {"In addition to the exclusion criteria as defined above", -1},
        {"SCORAD below 20 is not an exclusion criteria.", -1},
        {"Dropout Criteria:", -1},
        {"Enrollment", -1},
        {"", -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct tn_crit_heading heading = {.side = TN_CRITERIA_OTHER};
        bool is = tn_crit_heading(tn_str_of(lines[i].line), &heading) && heading.rest.len == 0 && !heading.leave;
        if (is != (lines[i].side >= 0) || (is && (int)heading.side != lines[i].side))
            fail_msg("'%s': heading %d, side %d", lines[i].line, is, (int)heading.side);
    }
}

/* The words of headings are found by binary search. */
static void test_words_sorted(void **state)
{
#define TN_CRIT_ROW(word, flags) word,
    static const char *const words[] = {
#include "normal/criteria_words.inc"
    };
#undef TN_CRIT_ROW
    (void)state;
    for (size_t i = 1; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i - 1], words[i]) >= 0)
            fail_msg("'%s' does not come before '%s'", words[i - 1], words[i]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tn_crit_word(tn_str_of(words[i])) == 0)
            fail_msg("'%s' is not found", words[i]);
}

/* A long run of one thing: no crash, no recursion, and done at once. */
static void test_hostile(void **state)
{
    static const char *const units[] = {"* ",   "*",    "-\n",     "1. ",  "1.\n",    "a) ",   "(",     ": 1) ",
                                        "; ",   " 2. ", "\\",      "<br>", "<li>",    "<ul><li>x", "\r", "\n",
                                        "i. a\n", "A. x\n", "Inclusion Criteria: ", "x:\n", "1.1 ", "  * a\n    - b\n",
                                        "* a\n- b\n", "1. a 3. ", "\xE2\x80\xA2", "o ", "&", "1) a 3) b ", ":(1)", "a"};
    enum { SIZE = 1 << 18 };
    char *text = malloc(SIZE);
    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct tn_arena arena;
        struct tn_criteria criteria;
        size_t len = strlen(units[i]);
        for (size_t at = 0; at < SIZE; at++)
            text[at] = units[i][at % len];
        tn_arena_init(&arena, (size_t)1 << 30);
        assert_true(tn_criteria_split(&arena, tn_str_slice(text, SIZE), TN_CRITERIA_OTHER, true, &criteria));
        for (size_t k = 0; k < criteria.count; k++)
            assert_in_range(criteria.items[k].level, 0, TN_CRIT_DEEPEST);
        tn_arena_release(&arena);
    }
    free(text);
}

static void test_short_of_memory(void **state)
{
    struct tn_arena arena;
    struct tn_criteria criteria;
    (void)state;
    tn_arena_init(&arena, 16);
    assert_false(tn_criteria_split(&arena, TN_LIT("* Adult\n* Asthma"), TN_CRITERIA_OTHER, true, &criteria));
    tn_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),   cmocka_unit_test(test_headings),        cmocka_unit_test(test_words_sorted),
        cmocka_unit_test(test_hostile), cmocka_unit_test(test_short_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
