/* SPDX-License-Identifier: MIT */
#include "normal/word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "normal/fold.h"
#include "unit/support_tsv.h"

static const struct spelling {
    const char *vocabulary, *spelling, *word;
} spellings[] = {
#define TN_SPELLING(vocabulary, spelling, word, coarser) {#vocabulary, spelling, word},
#include "normal/spellings.inc"
};
enum { SPELLINGS = sizeof(spellings) / sizeof(spellings[0]) };

static const struct tn_vocabulary *vocabulary_of(struct tn_str name)
{
    for (const struct tn_vocabulary *const *v = tn_vocabularies(); *v; v++)
        if (tn_str_eq(tn_str_of((*v)->name), name))
            return *v;
    fail_msg("no vocabulary %.*s", (int)name.len, name.s);
    return NULL;
}

static void check_truth(const struct tn_str *cells, const char *where)
{
    bool truth = false;
    enum tn_code want = tn_tsv_code(cells[2]);
    enum tn_code got = tn_normal_truth(cells[1], &truth);
    tn_tsv_same(where, "code", tn_str_of(tn_code_name(got)), tn_str_of(tn_code_name(want)));
    if (!want)
        tn_tsv_same(where, "truth", truth ? TN_LIT("true") : TN_LIT("false"), cells[2]);
}

static void check(const struct tn_str *cells, const char *where, void *data)
{
    struct tn_word word;
    (void)data;
    if (tn_str_eq(cells[0], TN_LIT("truth"))) {
        check_truth(cells, where);
        return;
    }
    enum tn_code want = tn_tsv_code(cells[2]);
    enum tn_code got = tn_normal_word(vocabulary_of(cells[0]), cells[1], &word);
    tn_tsv_same(where, "code", tn_str_of(tn_code_name(got)), tn_str_of(tn_code_name(want)));
    tn_tsv_same(where, "word", tn_str_of(word.word), want ? TN_LIT("") : cells[2]);
    if (word.exact != tn_str_eq(cells[3], TN_LIT("exact")))
        fail_msg("%s: exact is %d", where, word.exact);
    if (word.coarser != tn_str_eq(cells[3], TN_LIT("coarser")))
        fail_msg("%s: coarser is %d", where, word.coarser);
}

static void test_cases(void **state)
{
    (void)state;
    tn_tsv_each("normal/word.tsv", 4, check, NULL);
}

static bool is_word_of(const struct tn_vocabulary *vocabulary, const char *word)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        if (strcmp(vocabulary->words[i], word) == 0)
            return true;
    return false;
}

/* Sorted, each once, folded as tn_fold folds, and with a word that the vocabulary has, or none. */
static void test_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < SPELLINGS; i++) {
        const struct spelling *row = &spellings[i];
        int order = i ? strcmp(row[-1].vocabulary, row->vocabulary) : -1;
        if (order > 0 || (order == 0 && strcmp(row[-1].spelling, row->spelling) >= 0))
            fail_msg("spellings.inc: %s, %s is out of order or there twice", row->vocabulary, row->spelling);
        char key[TN_FOLD_MAX];
        size_t len = tn_fold(tn_str_of(row->spelling), key);
        if (strncmp(key, row->spelling, len) != 0 ||
            (row->spelling[len] && strcmp(row->spelling + len, ":") && strcmp(row->spelling + len, " (")))
            fail_msg("spellings.inc: %s, %s is not folded", row->vocabulary, row->spelling);
        if (row->word && !is_word_of(vocabulary_of(tn_str_of(row->vocabulary)), row->word))
            fail_msg("spellings.inc: %s, %s: no word %s", row->vocabulary, row->spelling, row->word);
    }
}

static const struct {
    const char *phrase, *part, *word;
} phrases[] = {
#define LABEL(label, part, yes) {NULL, #part, yes},
#define PHRASE(phrase, part, word) {phrase, #part, word},
#include "readers/ictrp_design.inc"
#undef LABEL
#undef PHRASE
};

/* Phrases of designs are folded and sorted; their words, and those of labels with yes and no, are of the part's vocabulary. */
static void test_design(void **state)
{
    static const char *const parts[][2] = {{"ALLOCATION", "allocation"}, {"MODEL", "intervention_model"}, {"MASKING", "masking"},
                                           {"OBSERVATIONAL", "observational_model"}, {"TIME", "time_perspective"}};
    (void)state;
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        const char *vocabulary = NULL, *phrase = phrases[i].phrase;
        char key[TN_FOLD_MAX];
        for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++)
            vocabulary = strcmp(parts[k][0], phrases[i].part) == 0 ? parts[k][1] : vocabulary;
        if (phrases[i].word && (!vocabulary || !is_word_of(vocabulary_of(tn_str_of(vocabulary)), phrases[i].word)))
            fail_msg("ictrp_design.inc: %s has no word %s", phrases[i].part, phrases[i].word);
        if (phrase && (tn_fold(tn_str_of(phrase), key) == 0 || strcmp(key, phrase) != 0))
            fail_msg("ictrp_design.inc: %s is not folded", phrase);
        if (phrase && i && phrases[i - 1].phrase && strcmp(phrases[i - 1].phrase, phrase) >= 0)
            fail_msg("ictrp_design.inc: %s is out of order or there twice", phrase);
    }
}

/* Every canonical word is found exactly, in lower case and with spaces; every spelling without a mark is found. */
static void test_all_found(void **state)
{
    struct tn_word word;
    (void)state;
    for (const struct tn_vocabulary *const *v = tn_vocabularies(); *v; v++)
        for (size_t i = 0; i < (*v)->count; i++) {
            char key[TN_FOLD_MAX];
            assert_int_equal(tn_normal_word(*v, tn_str_of((*v)->words[i]), &word), TN_CODE_NONE);
            assert_true(word.exact && word.word == (*v)->words[i]);
            tn_fold(tn_str_of((*v)->words[i]), key);
            assert_int_equal(tn_normal_word(*v, tn_str_of(key), &word), TN_CODE_NONE);
            assert_string_equal(word.word, (*v)->words[i]);
        }
    for (size_t i = 0; i < SPELLINGS; i++) {
        assert_int_equal(
            tn_normal_word(vocabulary_of(tn_str_of(spellings[i].vocabulary)), tn_str_of(spellings[i].spelling), &word),
            spellings[i].word ? TN_CODE_NONE : TN_BAD_VALUE);
        if (spellings[i].word)
            assert_string_equal(word.word, spellings[i].word);
        else
            assert_null(word.word);
    }
}

/* Nothing about a word asks for more than a glance at a long text; a cut letter at its end is not read over. */
static void test_hostile(void **state)
{
    enum { LENGTH = 1 << 20 };
    static const char fills[] = {' ', 'a', ':', '(', '\0', (char)0xE2, (char)0xFF, '&', '.'};
    char *text = malloc(LENGTH);
    struct tn_word word;
    (void)state;
    for (size_t i = 0; i < sizeof(fills); i++) {
        memset(text, fills[i], LENGTH);
        text[0] = 'q';
        assert_int_equal(tn_normal_word(&tn_vocabulary_status, tn_str_slice(text, LENGTH), &word), TN_UNKNOWN_VALUE);
        assert_null(word.word);
    }
    assert_int_equal(tn_normal_word(&tn_vocabulary_sex, (struct tn_str){NULL, 0}, &word), TN_UNKNOWN_VALUE);
    free(text);
}

static void test_fold(void **state)
{
    static const struct {
        const char *raw, *folded;
    } cases[] = {
        {"Non-Randomized", "non randomized"},
        {"  U.S.  Fed ", "us fed"},
        {"A & B", "a and b"},
        {"A&B", "a and b"},
        {"T\xC3\xBCrkiye", "turkiye"},
        {"\xC5\x81\xC3\xB3z\xC5\xBA", "lozz"},
        {"K\xC3\xB8ge", "koge"},
        {"\xC4\xB0stanbul", "istanbul"},
        {"people\xE2\x80\x99s", "peoples"},
        {"x\xE2\x80\x93y", "x y"},
        {"x\xC2\xA0y", "x y"},
        {"\xEF\xBC\xA1\xEF\xBC\xA2", "ab"},
        {"\xE2\x85\xA1", "ii"},
        {"___", ""},
    };
    char out[TN_FOLD_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(tn_fold(tn_str_of(cases[i].raw), out), strlen(cases[i].folded));
        assert_string_equal(out, cases[i].folded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),   cmocka_unit_test(test_table),
        cmocka_unit_test(test_design), cmocka_unit_test(test_all_found),
        cmocka_unit_test(test_hostile), cmocka_unit_test(test_fold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
