/* SPDX-License-Identifier: MIT */
#include "readers/redact_strangers.h"

#include "readers/redact.h"
#include "readers/redact_names.h"
#include "readers/redact_words.h"

enum { NAME_WORDS_MAX = 4 };

/* As they are written: DR and MS are diseases, MR is an image. Small ones take a point. */
static const char *const titles[] = {"Dr", "Prof", "Professor", "Mr", "Mrs", "Ms", "Herr", "Frau", NULL};
static const char *const pointed[] = {"dr", "prof", "mr", "mrs", "ms", "DR", "PROF", "MR", "MRS", NULL};
/* What may follow a title before the name: Prof. Dr. med. */
static const char *const more_titles[] = {"dr", "prof", "med", "habil", "univ", "emeritus", "rer", "nat", NULL};
static const char *const particles[] = {"van", "von", "de", "der", "den", "del", "della", "da",  "di",  "la", "le",
                                        "el",  "al",  "bin", "ben", "dos", "du", "ter", "ten", "zu", NULL};
static const char *const parts[][2] = {{"principal", "investigator"}, {"principal", "investigators"},
                                       {"lead", "investigator"},      {"chief", "investigator"},
                                       {"coordinating", "investigator"}, {"contact", "person"}};
/* Words with which a sentence starts, and not a name. */
static const char *const openers[] = {"the",  "a",    "an",  "by",  "contact", "please", "and",  "or", "with", "for",
                                      "from", "in",   "at",  "to",  "if",      "ask",    "call", "see", "our", "we",
                                      "this", "will", "who", "is",  "must",    "may",    "all",  "patients", "no", NULL};

static const struct {
    struct tn_str text;
    size_t least; /* words of a name before it: ", MD" behind one word is Maryland */
} degrees[] = {
    {{"MD", 2}, 2},    {{"M.D.", 4}, 1},  {{"PhD", 3}, 1},   {{"Ph.D.", 5}, 1}, {{"Ph.D", 4}, 1}, {{"Ph. D.", 6}, 1},
    {{"MPH", 3}, 1},   {{"M.P.H.", 6}, 1}, {{"MSc", 3}, 1},  {{"M.Sc.", 5}, 1}, {{"MBBS", 4}, 1}, {{"MBChB", 5}, 1},
    {{"DPhil", 5}, 1}, {{"PharmD", 6}, 1}, {{"DDS", 3}, 2},  {{"DMD", 3}, 2},   {{"DPT", 3}, 2},  {{"PsyD", 4}, 1},
    {{"DrPH", 4}, 1},  {{"D.O.", 4}, 1},   {{"FACS", 4}, 2}, {{"RN", 2}, 2},    {{"MSN", 3}, 2},  {{"EdD", 3}, 1},
    {{"DNP", 3}, 2},   {{"FRCP", 4}, 2},   {{"MBA", 3}, 2},
};

static bool is_exactly(struct tn_str text, struct tn_span word, const char *const *list)
{
    struct tn_str whole = tn_str_slice(text.s + word.start, word.end - word.start);
    for (; *list; list++)
        if (tn_str_eq(whole, tn_str_of(*list)))
            return true;
    return false;
}

static bool is_initial(struct tn_span word)
{
    return word.end - word.start == 1;
}

/* Whether a word may be part of a name: a capital, or a character beyond ASCII, and no office's word and no degree. */
static bool is_name_word(struct tn_str text, struct tn_span word)
{
    for (size_t i = 0; i < sizeof degrees / sizeof degrees[0]; i++)
        if (tn_str_eq(tn_str_slice(text.s + word.start, word.end - word.start), degrees[i].text))
            return false;
    char first = text.s[word.start];
    bool capital = (first >= 'A' && first <= 'Z') || (unsigned char)first >= 0x80;
    return capital && !tn_word_is_office(text, word) && !tn_word_is_of(text, word, openers);
}

/* Only blanks of one line between, behind an initial also a point: at most three bytes. */
static bool same_name(struct tn_str text, struct tn_span word, struct tn_span next)
{
    enum { GAP_MAX = 3 };
    size_t at = word.end + (is_initial(word) && word.end < text.len && text.s[word.end] == '.');
    if (next.start - word.end > GAP_MAX || next.start == word.end)
        return false;
    for (; at < next.start; at++)
        if (text.s[at] != ' ' && !tn_str_starts(tn_str_from(text, at), TN_LIT("\xC2\xA0")) &&
            !(at > 0 && tn_str_starts(tn_str_from(text, at - 1), TN_LIT("\xC2\xA0"))))
            return false;
    return true;
}

/* A name of which the record knew the end was replaced there before: "Zed [redacted]". */
static size_t behind_mark(struct tn_str text, size_t end)
{
    struct tn_str rest = tn_str_from(text, end);
    return tn_str_starts(rest, TN_LIT(" " TN_REDACTED)) ? end + sizeof TN_REDACTED : end;
}

/* How many of the words from `word` on are a name; *end behind the last. Particles count with what follows them. */
static size_t name_length(struct tn_str text, struct tn_span word, size_t *end)
{
    size_t words = 0;
    struct tn_span next;
    for (size_t steps = 0; steps < 2 * NAME_WORDS_MAX && words < NAME_WORDS_MAX; steps++) {
        if (is_name_word(text, word)) {
            words++;
            *end = word.end;
        } else if (!tn_word_is_of(text, word, particles)) {
            break;
        }
        if (!tn_word_next(text, word.end, &next) || !same_name(text, word, next))
            break;
        word = next;
    }
    if (words)
        *end = behind_mark(text, *end);
    return words;
}

static bool is_title(struct tn_str text, struct tn_span word)
{
    bool point = word.end < text.len && text.s[word.end] == '.';
    return is_exactly(text, word, titles) || (point && is_exactly(text, word, pointed));
}

/* "DR. Patients with" is a disease at the end of a sentence. */
static bool shouted_only(struct tn_str text, struct tn_span title, struct tn_span next)
{
    bool loud = title.end - title.start > 1 && !tn_is_lower(text.s[title.start + 1]);
    return loud && next.end - next.start > 1 && tn_is_lower(text.s[next.start + 1]);
}

static bool behind_title(struct tn_str text, struct tn_span title, struct tn_span *found)
{
    enum { TITLES_MAX = 5 };
    struct tn_span word = title, next;
    if (!is_title(text, title))
        return false;
    for (int i = 0; i < TITLES_MAX; i++) {
        if (!tn_word_next(text, word.end, &next) || !tn_words_adjoin(text, word.end, next.start) ||
            memchr(text.s + word.end, ',', next.start - word.end) || shouted_only(text, word, next))
            return false;
        if (!tn_word_is_of(text, next, more_titles))
            break;
        word = next;
    }
    *found = next;
    return name_length(text, next, &found->end) > 0;
}

/* What may stand between a part in the trial and the name: blanks, one `:`, `,`, `-` or `(`, and "is". */
static bool introduces(struct tn_str text, size_t at, size_t start, size_t *marks)
{
    enum { GAP_MAX = 5 };
    *marks = 0;
    if (start == at || start - at > GAP_MAX)
        return false;
    for (; at < start; at++) {
        if (text.s[at] != ' ' && text.s[at] != ':' && text.s[at] != ',' && text.s[at] != '-' && text.s[at] != '(')
            return false;
        *marks += text.s[at] != ' ' && text.s[at] != ':';
    }
    return *marks <= 1;
}

static bool behind_part(struct tn_str text, struct tn_span word, struct tn_span *found)
{
    static const char *const links[] = {"is", "was", NULL};
    struct tn_span next, name;
    bool part = false;
    size_t marks;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && !part; i++) {
        const char *const first[] = {parts[i][0], NULL}, *const second[] = {parts[i][1], NULL};
        part = tn_word_is_of(text, word, first) && tn_word_next(text, word.end, &next) &&
               next.start == word.end + 1 && tn_word_is_of(text, next, second);
    }
    if (!part || !tn_word_next(text, next.end, &name) || !introduces(text, next.end, name.start, &marks))
        return false;
    if (tn_word_is_of(text, name, links)) {
        next = name;
        if (!tn_word_next(text, next.end, &name) || name.start != next.end + 1)
            return false;
    }
    *found = name;
    size_t words = name_length(text, name, &found->end);
    return words > marks; /* behind a comma a single word may be anything */
}

/* The words that a degree at `end` wants before it; 0 where there is none. */
static size_t degree_wants(struct tn_str text, size_t end)
{
    if (end < text.len && text.s[end] == ',')
        end++;
    size_t at = end;
    while (at < text.len && at < end + 2 && text.s[at] == ' ')
        at++;
    for (size_t i = 0; at > end && i < sizeof degrees / sizeof degrees[0]; i++) {
        struct tn_str rest = tn_str_from(text, at);
        if (!tn_str_starts(rest, degrees[i].text))
            continue;
        rest = tn_str_from(rest, degrees[i].text.len);
        bool ends = rest.len == 0 || !(tn_is_alnum(rest.s[0]) || rest.s[0] == '-' || (unsigned char)rest.s[0] >= 0x80);
        bool zip = rest.len > 1 && rest.s[0] == ' ' && tn_is_digit(rest.s[1]); /* Silver Spring, MD 20993 */
        if (ends && !zip)
            return degrees[i].least;
    }
    return 0;
}

/* The last words with capitals, as they go by. */
struct run {
    struct tn_span words[NAME_WORDS_MAX]; /* the last one last */
    size_t count;
    struct tn_span last; /* the word before, a particle among them */
};

static void run_take(struct run *run, struct tn_str text, struct tn_span word)
{
    bool goes_on = run->count && same_name(text, run->last, word);
    run->last = word;
    if (goes_on && tn_word_is_of(text, word, particles))
        return;
    if (!goes_on || !is_name_word(text, word))
        run->count = 0;
    if (!is_name_word(text, word))
        return;
    if (run->count == NAME_WORDS_MAX) {
        memmove(run->words, run->words + 1, (NAME_WORDS_MAX - 1) * sizeof run->words[0]);
        run->count--;
    }
    run->words[run->count++] = word;
}

static bool before_degree(const struct run *run, struct tn_str text, struct tn_span *found)
{
    if (run->count == 0 || run->words[run->count - 1].end != run->last.end)
        return false;
    size_t wants = degree_wants(text, run->last.end);
    *found = (struct tn_span){run->words[0].start, run->last.end};
    return wants && run->count >= wants;
}

bool tn_stranger_find(struct tn_str text, size_t from, struct tn_span *found)
{
    struct tn_span word;
    struct run run = {.count = 0};
    for (; tn_word_next(text, from, &word); from = word.end) {
        if (behind_title(text, word, found) || behind_part(text, word, found))
            return true;
        run_take(&run, text, word);
        if (before_degree(&run, text, found))
            return true;
    }
    return false;
}

/* "E-mail address:" is followed by what was found before. */
static bool is_postal(struct tn_str text, size_t address)
{
    static const struct tn_str others[] = {{"mail ", 5}, {"web ", 4}, {"ip ", 3}, {"internet ", 9}, {"url ", 4}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (tn_str_ends_fold(tn_str_slice(text.s, address), others[i]) &&
            !tn_str_ends_fold(tn_str_slice(text.s, address), TN_LIT(" mail ")))
            return false;
    return true;
}

bool tn_address_find(struct tn_str text, size_t from, struct tn_span *found)
{
    static const char *const labels[] = {"address", "addresses", "adresse", "anschrift", NULL};
    struct tn_span word;
    for (; tn_word_next(text, from, &word); from = word.end) {
        if (word.end >= text.len || text.s[word.end] != ':' || !tn_word_is_of(text, word, labels) ||
            !is_postal(text, word.start))
            continue;
        size_t start = word.end + 1, end = start;
        while (start < text.len && (text.s[start] == ' ' || text.s[start] == '\t'))
            start++;
        for (end = start; end < text.len && text.s[end] != '\n' && text.s[end] != '\r';)
            end++;
        while (end > start && text.s[end - 1] == ' ')
            end--;
        *found = (struct tn_span){start, end};
        if (end > start && !tn_str_eq(tn_str_slice(text.s + start, end - start), TN_LIT(TN_REDACTED)))
            return true;
    }
    return false;
}
