/* SPDX-License-Identifier: MIT */
#include "readers/redact_words.h"

/* Bytes of the blank or the punctuation beyond ASCII at `at`; 0 where there is none. U+2019 is an apostrophe here. */
static size_t wide_mark(struct tn_str text, size_t at)
{
    static const char *const two[] = {"\xC2\xA0", "\xC2\xAB", "\xC2\xBB", "\xC2\xB7", NULL};
    struct tn_str rest = tn_str_from(text, at);
    for (const char *const *mark = two; *mark; mark++)
        if (tn_str_starts(rest, tn_str_of(*mark)))
            return 2;
    if (rest.len < 3)
        return 0;
    unsigned char b[3] = {(unsigned char)rest.s[0], (unsigned char)rest.s[1], (unsigned char)rest.s[2]};
    bool general = b[0] == 0xE2 && (b[1] == 0x80 || b[1] == 0x81) && !(b[1] == 0x80 && b[2] == 0x99);
    bool cjk = b[0] == 0xE3 && b[1] == 0x80;
    bool full_width = b[0] == 0xEF && b[1] == 0xBC && (b[2] < 0x90 || b[2] == 0x9A || b[2] == 0x9B);
    return general || cjk || full_width ? 3 : 0;
}

/* Bytes of a word's character at `at`, 0 where there is none. */
static size_t letter(struct tn_str text, size_t at)
{
    if (at >= text.len)
        return 0;
    unsigned char c = (unsigned char)text.s[at];
    if (c < 0x80)
        return tn_is_alnum((char)c);
    return wide_mark(text, at) ? 0 : 1;
}

/* Where the word that starts at `at` ends. */
static size_t word_end(struct tn_str text, size_t at)
{
    for (size_t size; (size = letter(text, at)) != 0;) {
        at += size;
        if (at < text.len && (text.s[at] == '-' || text.s[at] == '\'') && letter(text, at + 1))
            at++;
    }
    return at;
}

static size_t without_possessive(struct tn_str text, struct tn_span word)
{
    struct tn_str whole = tn_str_slice(text.s + word.start, word.end - word.start);
    if (whole.len > 2 && tn_str_ends_fold(whole, TN_LIT("'s")))
        return word.end - 2;
    return whole.len > 4 && tn_str_ends_fold(whole, TN_LIT("\xE2\x80\x99s")) ? word.end - 4 : word.end;
}

bool tn_word_next(struct tn_str text, size_t from, struct tn_span *word)
{
    while (from < text.len && letter(text, from) == 0) {
        size_t wide = (unsigned char)text.s[from] < 0x80 ? 0 : wide_mark(text, from);
        from += wide ? wide : 1;
    }
    if (from >= text.len)
        return false;
    *word = (struct tn_span){from, word_end(text, from)};
    word->end = without_possessive(text, *word);
    return true;
}

bool tn_words_adjoin(struct tn_str text, size_t end, size_t start)
{
    if (start <= end || start - end > 3)
        return false;
    for (size_t i = end; i < start; i++) {
        bool wide_blank = i + 1 < start && memcmp(text.s + i, "\xC2\xA0", 2) == 0;
        if (!tn_is_space(text.s[i]) && text.s[i] != '.' && text.s[i] != ',' && !wide_blank)
            return false;
        i += wide_blank;
    }
    return true;
}

bool tn_phrase_add(struct tn_phrase *phrase, struct tn_str text, struct tn_span word)
{
    size_t len = word.end - word.start, blank = phrase->len ? 1 : 0;
    if (len + blank > sizeof phrase->text - phrase->len)
        return false;
    if (blank)
        phrase->text[phrase->len++] = ' ';
    for (size_t i = 0; i < len; i++)
        phrase->text[phrase->len++] = tn_lower(text.s[word.start + i]);
    return true;
}

bool tn_word_is_of(struct tn_str text, struct tn_span word, const char *const *list)
{
    struct tn_str whole = tn_str_slice(text.s + word.start, word.end - word.start);
    for (; *list; list++)
        if (tn_str_eq_fold(whole, tn_str_of(*list)))
            return true;
    return false;
}
