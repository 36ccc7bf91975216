/* SPDX-License-Identifier: MIT */
/* Lines inside a block that structure it without being its headings. */
#include "normal/criteria_parts.h"

char tn_crit_last(struct tn_str text)
{
    while (text.len && strchr("\"'*_)] \t", text.s[text.len - 1] ? text.s[text.len - 1] : '.') && text.len > 1) {
        /* a bracket hides only the full stop inside it */
        if (strchr(")]", text.s[text.len - 1]) && !strchr(".:;!?", text.s[text.len - 2]))
            break;
        text.len--;
    }
    if (text.len >= 3 && memcmp(text.s + text.len - 3, "\xEF\xBC\x9A", 3) == 0)
        return ':';
    if (text.len >= 3 && (memcmp(text.s + text.len - 3, "\xE3\x80\x82", 3) == 0 ||
                          memcmp(text.s + text.len - 3, "\xEF\xBC\x9B", 3) == 0))
        return '.';
    return text.len ? text.s[text.len - 1] : '\0';
}

bool tn_crit_shouted(struct tn_str line)
{
    enum { LONGEST = 120 };
    struct tn_str word;
    size_t big = 0;
    if (line.len > LONGEST)
        return false;
    for (size_t i = 0; i < line.len; i++)
        if (tn_is_lower(line.s[i]) || (unsigned char)line.s[i] >= 0x80)
            return false;
    while (tn_crit_next_word(&line, &word))
        big += word.len >= 4 && tn_is_alpha(word.s[0]);
    return big >= 2;
}

bool tn_crit_subheading(struct tn_str line, bool followed)
{
    enum { LONGEST = 80, MOST_WORDS = 9 };
    if (line.len > LONGEST)
        return false;
    bool bold = followed && (tn_str_starts(line, TN_LIT("**")) || tn_str_starts(line, TN_LIT("__")));
    line = tn_crit_unadorned(line);
    bool colon = tn_crit_last(line) == ':';
    if (line.len == 0 || (!colon && !followed))
        return false;
    struct tn_str rest = line, word, last = {NULL, 0};
    unsigned any = 0;
    size_t count = 0;
    while (count <= MOST_WORDS && tn_crit_next_word(&rest, &word)) {
        any |= tn_crit_word(word);
        last = word;
        count++;
    }
    struct tn_str first = {NULL, 0};
    rest = line;
    tn_crit_next_word(&rest, &first);
    if (tn_str_eq_fold(first, TN_LIT("and")) || tn_str_eq_fold(first, TN_LIT("or")))
        return false; /* it goes on with the criterion before */
    if (count > MOST_WORDS || count == 0 || (any & TN_CRIT_WORD_VERB))
        return false;
    if (bold || tn_crit_shouted(line))
        return true;
    bool open_end = last.s + last.len == line.s + line.len || tn_crit_last(line) == ')';
    return (any & TN_CRIT_WORD_GROUP) && (colon || (open_end && !tn_crit_starts_small(line)));
}

bool tn_crit_lead_in(struct tn_str line, enum tn_criteria_side *side)
{
    enum { LONGEST = 240 };
    if (line.len > LONGEST || tn_crit_last(line) != ':')
        return false;
    struct tn_str word;
    unsigned before = 0;
    bool pointing = false;
    size_t found = 0;
    while (tn_crit_next_word(&line, &word)) {
        unsigned flags = tn_crit_word(word);
        pointing = pointing || tn_str_eq_fold(word, TN_LIT("following")) || tn_str_eq_fold(word, TN_LIT("below")) ||
                   tn_str_eq_fold(word, TN_LIT("these"));
        if ((flags & TN_CRIT_WORD_CRITERIA) && (before & (TN_CRIT_WORD_IN | TN_CRIT_WORD_EX))) {
            *side = before & TN_CRIT_WORD_EX ? TN_CRITERIA_EXCLUSION : TN_CRITERIA_INCLUSION;
            found++;
        }
        before = flags;
    }
    return found == 1 && pointing;
}

/* True when the word that ends at `end` is one of a heading's first words, written large: `Key`, `Main`. */
static bool large_lead(struct tn_str line, size_t end, size_t *start)
{
    size_t at = end;
    while (at && tn_is_alpha(line.s[at - 1]))
        at--;
    struct tn_str word = tn_str_slice(line.s + at, end - at);
    *start = at;
    return word.len && tn_is_upper(word.s[0]) && (tn_crit_word(word) & (TN_CRIT_WORD_LEAD | TN_CRIT_WORD_NON));
}

/* Start of a heading whose own words stand at `at`, with `Key` and the like before them. */
static size_t with_leads(struct tn_str line, size_t at)
{
    size_t lead;
    while (at > 1 && (line.s[at - 1] == ' ' || line.s[at - 1] == '-') && large_lead(line, at - 1, &lead))
        at = lead;
    return at;
}

/* Bytes of `Inclusion criteria` or `Exclusion criteria`, with what ends a heading behind them: a colon, or a bullet or
 * number at once. 0 when they do not stand at `at`. */
static size_t own_words_at(struct tn_str line, size_t at)
{
    static const struct tn_str own[] = {{"inclusion criteria", 18}, {"exclusion criteria", 18}};
    struct tn_str words = tn_str_from(line, at), behind = tn_str_from(words, 18);
    struct tn_crit_marker marker;
    if (!tn_is_upper(words.s[0]) || !(tn_str_starts_fold(words, own[0]) || tn_str_starts_fold(words, own[1])))
        return 0;
    while (behind.len && behind.s[0] == ' ')
        behind = tn_str_from(behind, 1);
    bool colon = behind.len && behind.s[0] == ':';
    bool list = (tn_crit_bullet(behind, &marker) && marker.bullet != TN_CRIT_BULLET_DASH) ||
                (tn_crit_ordinal(behind, &marker) && marker.value == 1);
    return colon || (list && tn_is_upper(words.s[10]) && !marker.glued) ? 18 : 0;
}

size_t tn_crit_heading_inside(struct tn_str line, size_t from)
{
    for (size_t at = from; at + 18 <= line.len; at++) {
        if ((line.s[at] != 'I' && line.s[at] != 'E') || (at && tn_is_alnum(line.s[at - 1])) || !own_words_at(line, at))
            continue;
        size_t start = with_leads(line, at);
        if (start >= from &&
            (start == 0 || strchr(" .;:)*-", line.s[start - 1]) || (unsigned char)line.s[start - 1] >= 0x80))
            return start;
    }
    return TN_NO_OFFSET;
}

/* `Inclusion:` or `Exclusion:` at `at`, at the start of a sentence. */
static bool bare_at(struct tn_str line, size_t at)
{
    struct tn_str words = tn_str_from(line, at);
    if (!(tn_str_starts_fold(words, TN_LIT("inclusion:")) || tn_str_starts_fold(words, TN_LIT("exclusion:"))))
        return false;
    while (at && strchr(" \t*_", line.s[at - 1] ? line.s[at - 1] : '.'))
        at--;
    return at == 0 || strchr(".;!?", line.s[at - 1] ? line.s[at - 1] : ' ');
}

size_t tn_crit_bare_inside(struct tn_str line, size_t from)
{
    for (size_t at = from; at + 10 <= line.len; at++)
        if ((line.s[at] == 'I' || line.s[at] == 'E') && bare_at(line, at))
            return at;
    return TN_NO_OFFSET;
}

bool tn_crit_bare_pair(struct tn_str line)
{
    size_t first = tn_crit_bare_inside(line, 0);
    size_t second = first == TN_NO_OFFSET ? first : tn_crit_bare_inside(line, first + 1);
    return second != TN_NO_OFFSET && line.s[first] != line.s[second];
}
