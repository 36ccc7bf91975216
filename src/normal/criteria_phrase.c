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

/* Start of a heading that ends with the colon at `colon`; TN_NO_OFFSET. */
static size_t heading_before(struct tn_str line, size_t from, size_t colon)
{
    static const struct tn_str own[] = {{"inclusion criteria", 18}, {"exclusion criteria", 18}};
    while (colon && line.s[colon - 1] == ' ')
        colon--;
    if (colon < from + 18)
        return TN_NO_OFFSET;
    size_t start = colon - 18;
    struct tn_str words = tn_str_slice(line.s + start, 18);
    if (!(tn_str_eq_fold(words, own[0]) || tn_str_eq_fold(words, own[1])) || !tn_is_upper(words.s[0]))
        return TN_NO_OFFSET;
    bool large = tn_is_upper(words.s[10]);
    size_t lead;
    while (start > from + 1 && (line.s[start - 1] == ' ' || line.s[start - 1] == '-') &&
           large_lead(line, start - 1, &lead) && lead >= from)
        start = lead;
    size_t before = start;
    while (before > from && line.s[before - 1] == ' ')
        before--;
    bool ended = before == from || strchr(".;:)*-", line.s[before - 1] ? line.s[before - 1] : ' ') != NULL;
    bool fits = ended || (large && before < start) || (unsigned char)line.s[before - 1] >= 0x80;
    return fits ? start : TN_NO_OFFSET;
}

size_t tn_crit_heading_inside(struct tn_str line, size_t from)
{
    for (size_t at = from; at < line.len;) {
        const char *colon = memchr(line.s + at, ':', line.len - at);
        if (!colon)
            break;
        size_t start = heading_before(line, from, (size_t)(colon - line.s));
        if (start != TN_NO_OFFSET)
            return start;
        at = (size_t)(colon - line.s) + 1;
    }
    return TN_NO_OFFSET;
}
