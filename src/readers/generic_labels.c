/* SPDX-License-Identifier: MIT */
#include "readers/generic_labels.h"

#include <stdlib.h>

#include "normal/fold.h"
#include "normal/word.h"

enum { LONGEST_LABEL = 100 };

enum word {
#define TN_LABEL_WORD(name, how, type, field, opens, weight, preset) WORD_##name,
#include "readers/generic_words.inc"
#undef TN_LABEL_WORD
    WORD_COUNT
};

static const struct tn_label_word words[] = {
#define TN_LABEL_WORD(name, how, type, field, opens, weight, preset)                                                   \
    [WORD_##name] = {#name, TN_HOW_##how, &tn_type_##type, TN_##type##_##field, TN_WITHIN_##opens, weight, preset},
#include "readers/generic_words.inc"
#undef TN_LABEL_WORD
};

struct spelling {
    const char *text;
    enum tn_label_within within;
    enum word word;
};

struct wanted {
    const char *text;
    enum tn_label_within within;
};

static const struct spelling spellings[] = {
#define TN_LABEL(within, text, word) {text, TN_WITHIN_##within, WORD_##word},
#include "readers/generic_labels.inc"
#undef TN_LABEL
};

enum { SPELLINGS = sizeof spellings / sizeof spellings[0] };

/* Stand before or behind a label and change nothing. */
static const char *const before[] = {"study",    "trial",    "clinical trial", "clinical study", "research study", "the", "this",
                                     "overall",  "research", "current",        "of the",         "key",            "is", NULL};
static const char *const behind[] = {"of the study",  "of the trial",   "of this study",  "of this trial", "for this study",
                                     "for this trial", "for the study", "for the trial",  "of study",      "of trial",
                                     "of the clinical trial", "in this study", "in this trial", "in the study", "in the trial", NULL};

/* Say whether a date has come. */
static const struct {
    const char *word, *type;
} types[] = {
    {"actual", "ACTUAL"},         {"estimated", "ESTIMATED"}, {"anticipated", "ESTIMATED"}, {"expected", "ESTIMATED"},
    {"planned", "ESTIMATED"},     {"projected", "ESTIMATED"}, {"target", "ESTIMATED"},      {"est", "ESTIMATED"},
    {"approximate", "ESTIMATED"},
};

const struct tn_label_word *tn_label_word(size_t number)
{
    return number < WORD_COUNT ? &words[number] : NULL;
}

static bool is_field(const struct tn_label_word *word, int field)
{
    return word->type == &tn_type_trial && word->field == field;
}

bool tn_label_takes_type(const struct tn_label_word *word)
{
    static const int fields[] = {
        TN_trial_enrollment,          TN_trial_start_date,
        TN_trial_completion_date,     TN_trial_primary_completion_date,
        TN_trial_recruitment_end_date, TN_trial_recruitment_start_date,
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (is_field(word, fields[i]))
            return true;
    return false;
}

bool tn_label_has_parts(enum tn_label_within within)
{
    return within == TN_WITHIN_ARMS || within == TN_WITHIN_CONTACT || within == TN_WITHIN_INTERVENTIONS ||
           within == TN_WITHIN_OUTCOMES || within == TN_WITHIN_SITES;
}

static int by_section(const void *key, const void *row)
{
    const struct wanted *wanted = key;
    const struct spelling *spelling = row;
    if (wanted->within != spelling->within)
        return wanted->within < spelling->within ? -1 : 1;
    return strcmp(wanted->text, spelling->text);
}

static const struct tn_label_word *look_up_in(const char *key, enum tn_label_within within)
{
    struct wanted wanted = {.text = key, .within = within};
    const struct spelling *found = bsearch(&wanted, spellings, SPELLINGS, sizeof spellings[0], by_section);
    return found ? &words[found->word] : NULL;
}

/* The row for a section of its own wins over the one for all. */
static const struct tn_label_word *look_up(const char *key, enum tn_label_within section)
{
    const struct tn_label_word *found = section == TN_WITHIN_ANY ? NULL : look_up_in(key, section);
    if (!found && !tn_label_has_parts(section))
        found = look_up_in(key, TN_WITHIN_TOP);
    return found ? found : look_up_in(key, TN_WITHIN_ANY);
}

/* Cuts `word` and the blank behind it off the front of *key. */
static bool cut_before(char **key, const char *word)
{
    size_t len = strlen(word);
    if (strncmp(*key, word, len) != 0 || (*key)[len] != ' ')
        return false;
    *key += len + 1;
    return true;
}

static bool cut_behind(char *key, const char *word)
{
    size_t len = strlen(word), all = strlen(key);
    if (all <= len + 1 || strcmp(key + all - len, word) != 0 || key[all - len - 1] != ' ')
        return false;
    key[all - len - 1] = '\0';
    return true;
}

static bool cut_type(char **key, const char **type)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (cut_before(key, types[i].word) || cut_behind(*key, types[i].word)) {
            *type = types[i].type;
            return true;
        }
    return false;
}

static bool cut_any(char **key)
{
    for (size_t i = 0; behind[i]; i++)
        if (cut_behind(*key, behind[i]))
            return true;
    for (size_t i = 0; before[i]; i++)
        if (cut_before(key, before[i]))
            return true;
    return false;
}

/* `Condition(s)` and `Locations (12)`: the s and the number of it. */
static bool cut_tail(char *key, struct tn_str text, struct tn_str *number)
{
    size_t len = strlen(key), digits = 0;
    if (cut_behind(key, "s"))
        return true;
    while (digits < len && tn_is_digit(key[len - digits - 1]))
        digits++;
    if (digits == 0 || digits + 1 >= len || key[len - digits - 1] != ' ' || text.len == 0 || text.s[text.len - 1] != ')')
        return false;
    key[len - digits - 1] = '\0';
    *number = tn_str_slice(text.s + text.len - 1 - digits, digits);
    return true;
}

static struct tn_label find_one(struct tn_str text, enum tn_label_within section)
{
    enum { ROUNDS = 5 };
    struct tn_label label = {.word = NULL};
    char folded[TN_FOLD_MAX], *key = folded;
    if (tn_fold(text, folded) == 0)
        return label;
    for (int round = 0; round < ROUNDS; round++) {
        label.word = look_up(key, section);
        if (label.word && (!label.date_type || tn_label_takes_type(label.word)))
            return label;
        label.word = NULL;
        if (!cut_tail(key, text, &label.number) && !cut_type(&key, &label.date_type) && !cut_any(&key))
            break;
    }
    return (struct tn_label){.word = tn_label_is_related(text) ? &words[WORD_related] : NULL};
}

/* "Promoteur / Sponsor": a label in two languages, or two words for one thing. */
static struct tn_label find_either(struct tn_str text, enum tn_label_within section)
{
    size_t slash = tn_str_find_char(text, '/');
    if (slash == TN_NO_OFFSET)
        return (struct tn_label){.word = NULL};
    struct tn_label first = find_one(tn_str_slice(text.s, slash), section);
    struct tn_label second = find_one(tn_str_from(text, slash + 1), section);
    if (first.word && second.word && first.word != second.word)
        return (struct tn_label){.word = NULL};
    return second.word ? second : first;
}

/* "Recruiting?" asks whether it is; without the question mark it is a value. */
static struct tn_label find_question(struct tn_str text, enum tn_label_within section)
{
    static const char start[] = "is it ";
    char whole[LONGEST_LABEL + sizeof start];
    memcpy(whole, start, sizeof start - 1);
    memcpy(whole + sizeof start - 1, text.s, text.len);
    return find_one(tn_str_slice(whole, sizeof start - 1 + text.len), section);
}

struct tn_label tn_generic_find(struct tn_str text, enum tn_label_within section)
{
    text = tn_str_trim(text);
    bool asks = text.len && text.len < LONGEST_LABEL && text.s[text.len - 1] == '?';
    while (text.len && strchr(":?*", text.s[text.len - 1]))
        text = tn_str_trim(tn_str_slice(text.s, text.len - 1));
    if (text.len == 0 || text.len > LONGEST_LABEL || section == TN_WITHIN_RELATED)
        return (struct tn_label){.word = NULL};
    struct tn_label label = find_one(text, section);
    if (!label.word)
        label = find_either(text, section);
    return label.word || !asks ? label : find_question(text, section);
}

/* Names without blanks. */

static size_t squeeze(char *key)
{
    size_t used = 0;
    for (size_t i = 0; key[i]; i++)
        if (key[i] != ' ')
            key[used++] = key[i];
    key[used] = '\0';
    return used;
}

/* True when `spaced`, its blanks left out, is `key`. */
static bool is_squeezed(const char *spaced, const char *key)
{
    for (; *spaced; spaced++) {
        if (*spaced == ' ')
            continue;
        if (*spaced != *key)
            return false;
        key++;
    }
    return *key == '\0';
}

/* The spellings of a section that begin with the key's first letter stand together. */
static const struct tn_label_word *look_up_squeezed(const char *key, enum tn_label_within within)
{
    size_t low = 0, high = SPELLINGS;
    char first[2] = {key[0], '\0'};
    struct wanted wanted = {.text = first, .within = within};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_section(&wanted, &spellings[middle]) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < SPELLINGS && spellings[low].within == within && spellings[low].text[0] == key[0]; low++)
        if (is_squeezed(spellings[low].text, key))
            return &words[spellings[low].word];
    return NULL;
}

struct tn_label tn_generic_find_squeezed(struct tn_str text, enum tn_label_within section)
{
    enum { SHORTEST = 4 };
    struct tn_label label = {.word = NULL};
    char folded[TN_FOLD_MAX], *key = folded;
    if (text.len > LONGEST_LABEL || tn_fold(text, folded) == 0 || squeeze(folded) < SHORTEST)
        return label;
    const enum tn_label_within sections[] = {section, tn_label_has_parts(section) ? TN_WITHIN_ANY : TN_WITHIN_TOP, TN_WITHIN_ANY};
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; !label.word && i < sizeof sections / sizeof sections[0]; i++)
            label.word = look_up_squeezed(key, sections[i]);
        for (size_t i = 0; !label.word && key == folded && i < sizeof types / sizeof types[0]; i++)
            if (strncmp(key, types[i].word, strlen(types[i].word)) == 0) {
                key += strlen(types[i].word);
                label.date_type = types[i].type;
            }
    }
    bool good = label.word && (!label.date_type || tn_label_takes_type(label.word));
    return good ? label : (struct tn_label){.word = NULL};
}

/* Headings of other trials. */

static const char *find_word(const char *key, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = strstr(key, word); at; at = strstr(at + 1, word))
        if ((at == key || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0'))
            return at;
    return NULL;
}

/* Words that may stand before "other trials": "You may also be interested in other trials", "See more studies". */
static bool begins_related(const char *key, const char *other)
{
    static const char *const fillers[] = {"a",    "all",  "also",   "are",   "be",    "browse",   "check",  "clinical", "discover", "explore",
                                        "find", "for",  "have",   "here",  "in",    "interested", "like", "list",   "look",     "looking",
                                        "may",  "might", "of",    "on",    "our",   "out",      "people", "search",   "see",      "show",
                                        "some", "studies", "that", "the",  "these", "this",     "to",     "trial",    "trials",   "view",
                                        "we",   "with", "you",    "your",  NULL};
    const char *at = key;
    while (at < other) {
        size_t len = strcspn(at, " "), i = 0;
        while (fillers[i] && (strlen(fillers[i]) != len || strncmp(fillers[i], at, len) != 0))
            i++;
        if (!fillers[i])
            return false;
        at += len + 1;
    }
    return true;
}

bool tn_label_is_related(struct tn_str text)
{
    static const char *const others[] = {"other", "more",   "related", "similar", "recommended", "nearby",  "further",
                                         "also",  "latest", "recent",  "featured", "suggested",  "matching", NULL};
    static const char *const trials[] = {"trials", "studies", "clinicaltrials", NULL};
    static const char *const phrases[] = {"you may also be interested in", "you might also be interested in", "you may also like",
                                          "you might also like", "see also", "others also viewed", "people also viewed", "similar", NULL};
    char key[TN_FOLD_MAX];
    if (text.len > LONGEST_LABEL || tn_str_find(text, TN_LIT(": ")) != TN_NO_OFFSET || tn_fold(text, key) == 0 || strlen(key) > 60)
        return false;
    for (size_t i = 0; phrases[i]; i++)
        if (strcmp(key, phrases[i]) == 0)
            return true;
    for (size_t o = 0; others[o]; o++) {
        const char *other = find_word(key, others[o]);
        for (size_t t = 0; trials[t] && other && begins_related(key, other); t++)
            if (find_word(key, trials[t]))
                return true;
    }
    return false;
}
