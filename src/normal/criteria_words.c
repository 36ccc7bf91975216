/* SPDX-License-Identifier: MIT */
/* The words that headings are made of. */
#include "normal/criteria_parts.h"
#include "normal/fold.h"

struct row {
    const char *word;
    unsigned flags;
};

enum {
    LEAD = TN_CRIT_WORD_LEAD,
    EMPTY = TN_CRIT_WORD_EMPTY,
    PREP = TN_CRIT_WORD_PREP,
    VERB = TN_CRIT_WORD_VERB,
    GROUP = TN_CRIT_WORD_GROUP,
    IN = TN_CRIT_WORD_IN,
    EX = TN_CRIT_WORD_EX,
    CRITERIA = TN_CRIT_WORD_CRITERIA,
    NON = TN_CRIT_WORD_NON,
    WHOLE = TN_CRIT_WORD_WHOLE,
    GENERIC = TN_CRIT_WORD_GENERIC,
    LEAVE = TN_CRIT_WORD_LEAVE
};

#define TN_CRIT_ROW(word, flags) {word, flags},
static const struct row table[] = {
#include "normal/criteria_words.inc"
};
#undef TN_CRIT_ROW

enum { LONGEST = 24 }; /* no word of the table is longer */

/* Letters that have to change, be added, left out or swapped with their neighbour to make `b` of `a`; `over` where
 * more than that. Only for words of up to LONGEST bytes. */
static size_t slips(struct tn_str a, struct tn_str b, size_t over)
{
    size_t before[LONGEST + 1] = {0}, last[LONGEST + 1], now[LONGEST + 1];
    for (size_t j = 0; j <= b.len; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t least = last[j - 1] + (a.s[i - 1] != b.s[j - 1]);
            least = last[j] + 1 < least ? last[j] + 1 : least;
            least = now[j - 1] + 1 < least ? now[j - 1] + 1 : least;
            if (i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] && a.s[i - 2] == b.s[j - 1] && before[j - 2] + 1 < least)
                least = before[j - 2] + 1;
            now[j] = least;
        }
        memcpy(before, last, sizeof before);
        memcpy(last, now, sizeof last);
    }
    return last[b.len] < over ? last[b.len] : over;
}

/* A word of the three that headings live on, with a slip of the pen: `Citeria`, `Exlusion`. */
static unsigned misspelt(struct tn_str word)
{
    static const struct {
        const char *word;
        size_t slips;
        unsigned flags;
    } known[] = {{"criteria", 2, CRITERIA}, {"inclusion", 1, IN}, {"exclusion", 1, EX}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (word.s[0] == known[i].word[0] && word.len >= 6 && word.len <= 11 &&
            slips(word, tn_str_of(known[i].word), 3) <= known[i].slips)
            return known[i].flags;
    return 0;
}

unsigned tn_crit_word(struct tn_str word)
{
    char small[LONGEST + 1];
    if (word.len == 0 || word.len > LONGEST)
        return 0;
    for (size_t i = 0; i < word.len; i++)
        small[i] = tn_lower(word.s[i]);
    small[word.len] = '\0';
    size_t row = tn_fold_find(table, sizeof table / sizeof *table, sizeof *table, small);
    return row == TN_NO_OFFSET ? misspelt(tn_str_slice(small, word.len)) : table[row].flags;
}

/* Bytes of the word character at s[0], 0 when there is none. Dashes, bullets and quotes outside ASCII end a word. */
static size_t word_character(struct tn_str s)
{
    unsigned char c = (unsigned char)s.s[0];
    if (c < 0x80)
        return tn_is_alnum(s.s[0]) ? 1 : 0;
    if (c == 0xC2 || c == 0xE2 || (c == 0xE3 && s.len > 1 && (unsigned char)s.s[1] == 0x80))
        return 0;
    if (c == 0xEF && s.len > 1 && (unsigned char)s.s[1] == 0xBC)
        return 0;
    return 1;
}

static size_t inner_apostrophe(struct tn_str s)
{
    size_t len = s.s[0] == '\'' ? 1 : tn_str_starts(s, TN_LIT("\xE2\x80\x99")) ? 3 : 0;
    return len && s.len > len && word_character(tn_str_from(s, len)) ? len : 0;
}

bool tn_crit_next_word(struct tn_str *rest, struct tn_str *word)
{
    size_t at = 0;
    while (at < rest->len && !word_character(tn_str_from(*rest, at)))
        at++;
    /* bytes behind the first of a sign such as a dash are not the start of a word */
    while (at < rest->len && ((unsigned char)rest->s[at] & 0xC0) == 0x80)
        at++;
    size_t end = at;
    while (end < rest->len) {
        size_t n = word_character(tn_str_from(*rest, end));
        n = n || end == at ? n : inner_apostrophe(tn_str_from(*rest, end));
        if (!n)
            break;
        end += n;
    }
    *word = tn_str_slice(rest->s + at, end - at);
    *rest = tn_str_from(*rest, end);
    return word->len != 0;
}
