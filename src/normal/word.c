/* SPDX-License-Identifier: MIT */
#include "normal/word.h"

#include "normal/fold.h"

/* One row of spellings.inc, sorted by the vocabulary's name, then the spelling. A spelling that ends with `:` or ` (`
 * stands for every text of which it is the part before the first colon or bracket (`Stopped: no money`,
 * `Double (Participant, Investigator)`). */
struct spelling {
    const struct tn_vocabulary *vocabulary;
    const char *spelling;
    const char *word; /* NULL: says nothing */
    bool coarser;
};

static const struct spelling spellings[] = {
#define TN_SPELLING(vocabulary, spelling, word, coarser) {&tn_vocabulary_##vocabulary, spelling, word, coarser},
#include "normal/spellings.inc"
#undef TN_SPELLING
};

static const char *exact_word(const struct tn_vocabulary *vocabulary, struct tn_str raw)
{
    for (size_t i = 0; i < vocabulary->count; i++) {
        const char *word = vocabulary->words[i];
        if (raw.len && word[0] == raw.s[0] && strncmp(word, raw.s, raw.len) == 0 && word[raw.len] == '\0')
            return word;
    }
    return NULL;
}

/* True where `key` is `word` in lower case and with spaces for underscores. */
static bool same_word(const char *word, const char *key)
{
    for (; *word; word++, key++)
        if ((*word == '_' ? ' ' : tn_lower(*word)) != *key)
            return false;
    return *key == '\0';
}

static int row_order(const struct spelling *row, const struct tn_vocabulary *vocabulary, const char *key)
{
    int order = row->vocabulary == vocabulary ? 0 : strcmp(row->vocabulary->name, vocabulary->name);
    return order ? order : strcmp(row->spelling, key);
}

static bool find_row(const struct tn_vocabulary *vocabulary, const char *key, struct tn_word *word)
{
    size_t low = 0, high = sizeof(spellings) / sizeof(spellings[0]);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = row_order(&spellings[middle], vocabulary, key);
        if (order == 0) {
            word->word = spellings[middle].word;
            word->coarser = spellings[middle].coarser;
            return true;
        }
        if (order > 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

static bool find_key(const struct tn_vocabulary *vocabulary, const char *key, struct tn_word *word)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        if (same_word(vocabulary->words[i], key)) {
            word->word = vocabulary->words[i];
            return true;
        }
    return find_row(vocabulary, key, word);
}

/* Looks for a row that ends with `mark`, of which the text before the first `stop` is the beginning. */
static bool find_head(const struct tn_vocabulary *vocabulary, struct tn_str raw, char stop, const char *mark,
                      struct tn_word *word)
{
    char key[TN_FOLD_MAX + 4];
    size_t end = tn_str_find_char(tn_str_slice(raw.s, raw.len < TN_FOLD_MAX ? raw.len : TN_FOLD_MAX), stop);
    size_t len = end == TN_NO_OFFSET ? 0 : tn_fold(tn_str_slice(raw.s, end), key);
    if (len == 0)
        return false;
    memcpy(key + len, mark, strlen(mark) + 1);
    return find_row(vocabulary, key, word);
}

enum tn_code tn_normal_word(const struct tn_vocabulary *vocabulary, struct tn_str raw, struct tn_word *word)
{
    char key[TN_FOLD_MAX];
    *word = (struct tn_word){.word = exact_word(vocabulary, raw)};
    if (word->word) {
        word->exact = true;
        return TN_CODE_NONE;
    }
    bool found = (tn_fold(raw, key) > 0 && find_key(vocabulary, key, word)) ||
                 find_head(vocabulary, raw, '(', " (", word) || find_head(vocabulary, raw, ':', ":", word);
    if (!found)
        return TN_UNKNOWN_VALUE;
    return word->word ? TN_CODE_NONE : TN_BAD_VALUE;
}

enum tn_code tn_normal_truth(struct tn_str raw, bool *truth)
{
    static const struct {
        const char *spelling;
        bool truth;
    } rows[] = {
        {"0", false},
        {"1", true},
        {"accepted", true},
        {"accepts healthy volunteers", true},
        {"allowed", true},
        {"does not accept healthy volunteers", false},
        {"f", false},
        {"false", false},
        {"healthy volunteers accepted", true},
        {"healthy volunteers not accepted", false},
        {"n", false},
        {"no", false},
        {"no healthy volunteers", false},
        {"not accepted", false},
        {"not allowed", false},
        {"t", true},
        {"true", true},
        {"y", true},
        {"yes", true},
    };
    char key[TN_FOLD_MAX];
    size_t row =
        tn_fold(raw, key) ? tn_fold_find(rows, sizeof(rows) / sizeof(rows[0]), sizeof(rows[0]), key) : TN_NO_OFFSET;
    if (row == TN_NO_OFFSET)
        return TN_UNKNOWN_VALUE;
    *truth = rows[row].truth;
    return TN_CODE_NONE;
}
