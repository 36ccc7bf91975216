/* SPDX-License-Identifier: MIT */
#include "readers/redact_names.h"

#include <stdlib.h>

#include "readers/redact_words.h"

enum { PERSON_WORDS_MAX = 6, PHRASE_WORDS_MAX = 24 };

static const char *const titles[] = {"dr",   "prof", "professor", "mr", "mrs",  "ms",  "miss",  "doctor",
                                     "herr", "frau", "mme",       "pd", "univ", "med", "habil", NULL};
/* Between a title and a surname: Prof. Dr. med. van der Berg. */
static const char *const between[] = {"van", "von", "de", "der", "den", "del", "della", "da",  "di",  "la", "le",
                                      "el",  "al",  "bin", "ben", "dos", "du", "ter", "ten",   "zu",  "habil", NULL};
/* Without those that are also surnames (Ma, Do). */
static const char *const degrees[] = {"md",   "phd", "mph", "msc",    "bsc",   "facs", "facp", "mbbs", "mba", "frcp",
                                      "dds",  "dmd", "rn",  "pharmd", "mbbch", "dpt",  "psyd", "jr",  "ii",
                                      "iii",  NULL};
/* A name with one of these is that of an office. */
static const char *const offices[] = {
    "administrator", "ag",         "associate",    "bv",           "call",        "center",
    "centers",       "centre",     "chair",        "chief",        "clinic",       "clinical",    "clinicaltrials",
    "company",    "contact",      "coordinator",  "corp",         "corporation", "department",
    "dept",          "development", "desk",        "director",     "disclosure",   "enrollment",  "foundation",
    "gmbh",          "group",      "health",       "help",         "hospital",     "inc",         "information",
    "institute",     "investigator", "investigators", "lab",       "laboratories", "laboratory",  "lead",
    "leader",        "line",       "llc",          "ltd",          "manager",      "medical",     "medicine",
    "monitor",       "office",     "officer",      "of",           "patient",      "pharma",      "pharmaceutical",
    "pharmaceuticals", "physician", "principal",   "program",      "project",      "public",      "recruitment",
    "registry",      "regulatory", "research",     "responsible",  "sa",           "sas",         "school",
    "science",       "sciences",   "scientific",   "service",      "services",     "site",        "sponsor",
    "staff",         "study",      "support",      "team",         "therapeutics", "toll",        "trial",
    "trials",        "unit",       "university",   "use",          NULL};

static void add(struct tn_names *names, struct tn_phrases *phrases, const struct tn_phrase *phrase)
{
    if (phrases->count == phrases->room) {
        size_t room = phrases->room ? phrases->room * 2 : 16;
        struct tn_str *at = tn_arena_grow(names->arena, phrases->at, phrases->room * sizeof *at, room * sizeof *at);
        if (!at) {
            names->failed = true;
            return;
        }
        phrases->at = at;
        phrases->room = room;
    }
    struct tn_str copy = tn_str_copy(names->arena, tn_str_slice(phrase->text, phrase->len));
    if (copy.s)
        phrases->at[phrases->count++] = copy;
    else
        names->failed = true;
}

/* Adds the words of a name, with the last before the others ("Smith, John" of "John Smith") or as they stand. */
static void add_words(struct tn_names *names, struct tn_str text, const struct tn_span *words, size_t count,
                      bool last_first)
{
    struct tn_phrase phrase = {.len = 0};
    bool fits = count > 1; /* a single word is no name by itself */
    if (fits && last_first)
        fits = tn_phrase_add(&phrase, text, words[--count]);
    for (size_t i = 0; i < count; i++)
        fits = fits && tn_phrase_add(&phrase, text, words[i]);
    if (fits)
        add(names, &names->whole, &phrase);
}

static bool is_initial(struct tn_span word)
{
    return word.end - word.start == 1;
}

/* Initials may be left out: "John Q. Smith" is "John Smith". */
static size_t without_initials(const struct tn_span *words, size_t count, struct tn_span *kept)
{
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        if (!is_initial(words[i]))
            kept[left++] = words[i];
    return left;
}

static void add_surname(struct tn_names *names, struct tn_str text, struct tn_span word)
{
    struct tn_phrase phrase = {.len = 0};
    if (word.end - word.start >= 2 && !tn_is_digit(text.s[word.start]) && tn_phrase_add(&phrase, text, word))
        add(names, &names->surnames, &phrase);
}

/* The words of a name, given names first. */
struct person {
    struct tn_span words[PERSON_WORDS_MAX];
    size_t count;
    bool office; /* it is none */
};

/* Characters, not bytes. */
static size_t letters_in(struct tn_str text, struct tn_span word)
{
    size_t letters = 0;
    for (size_t i = word.start; i < word.end; i++)
        letters += ((unsigned char)text.s[i] & 0xC0) != 0x80;
    return letters;
}

static void add_alone(struct tn_names *names, struct tn_str text, struct tn_span word)
{
    enum { LEAST = 4 };
    struct tn_phrase phrase = {.len = 0};
    if (letters_in(text, word) >= LEAST && tn_phrase_add(&phrase, text, word))
        add(names, &names->alone, &phrase);
}

/* `sure`: the last word is a surname, and not the end of what the person does. */
static void add_person_words(struct tn_names *names, struct tn_str text, const struct person *person, bool sure)
{
    struct tn_span full[PERSON_WORDS_MAX];
    size_t count = person->count, kept = without_initials(person->words, count, full);
    if (count == 0)
        return;
    add_surname(names, text, kept ? full[kept - 1] : person->words[count - 1]);
    if (count < 2)
        return;
    if (sure && kept)
        add_alone(names, text, full[kept - 1]);
    add_words(names, text, person->words, count, false);
    add_words(names, text, person->words, count, true);
    if (kept < 2 || kept == count)
        return;
    add_words(names, text, full, kept, false);
    add_words(names, text, full, kept, true);
}

/* Reads the words of [from, to): titles, degrees, numbers and nicknames in brackets are no part of the name. */
static struct person read_person(struct tn_str text, size_t from, size_t to)
{
    struct person person = {.count = 0};
    struct tn_span word;
    struct tn_str part = tn_str_slice(text.s, to);
    for (; tn_word_next(part, from, &word); from = word.end) {
        if (tn_word_is_of(text, word, offices))
            person.office = true;
        bool aside = word.start > 0 && text.s[word.start - 1] == '(';
        if (aside || tn_is_digit(text.s[word.start]) || tn_word_is_of(text, word, titles) ||
            tn_word_is_of(text, word, degrees))
            continue;
        if (person.count == PERSON_WORDS_MAX) {
            person.office = true;
            break;
        }
        person.words[person.count++] = word;
    }
    return person;
}

static struct person joined(const struct person *a, const struct person *b)
{
    struct person person = *a;
    for (size_t i = 0; i < b->count && person.count < PERSON_WORDS_MAX; i++)
        person.words[person.count++] = b->words[i];
    return person;
}

/* What stands before the first comma, and what it may go on with: "Smith, John", "van der Berg, Jan", "Rui Lopes, Site 7",
 * "Rui Lopes, Ana Souza". */
static void add_person(struct tn_names *names, struct tn_str text)
{
    size_t comma = tn_str_find_char(text, ','), end = comma == TN_NO_OFFSET ? text.len : comma;
    struct person head = read_person(text, 0, end), tail = {.count = 0};
    if (comma != TN_NO_OFFSET) {
        size_t next = tn_str_find_char(tn_str_from(text, comma + 1), ',');
        tail = read_person(text, comma + 1, next == TN_NO_OFFSET ? text.len : comma + 1 + next);
    }
    if (head.office)
        return;
    bool goes_on = !tail.office && tail.count > 0;
    if (goes_on && (head.count == 1 || tail.count == 1)) {
        struct person turned = joined(&tail, &head), straight = joined(&head, &tail);
        add_person_words(names, text, &turned, true);
        add_words(names, text, straight.words, straight.count, false);
    } else if (goes_on) {
        add_person_words(names, text, &tail, false);
    }
    if (!goes_on || head.count > 1)
        add_person_words(names, text, &head, true);
}

void tn_names_add(struct tn_names *names, struct tn_str people)
{
    while (people.len) {
        size_t end = 0, skip = 1;
        for (; end < people.len && !(people.s[end] && strchr(";/&\n", people.s[end])); end++)
            if (tn_str_starts_fold(tn_str_from(people, end), TN_LIT(" and "))) {
                skip = 5;
                break;
            }
        add_person(names, tn_str_slice(people.s, end));
        people = tn_str_from(people, end + skip);
    }
}

void tn_names_add_phrase(struct tn_names *names, struct tn_str text)
{
    struct tn_phrase phrase = {.len = 0};
    struct tn_span word = {0, 0};
    for (size_t count = 0; tn_word_next(text, word.end, &word); count++)
        if (count == PHRASE_WORDS_MAX || !tn_phrase_add(&phrase, text, word))
            return;
    if (phrase.len)
        add(names, &names->whole, &phrase);
}

static int compare(const void *a, const void *b)
{
    return tn_str_cmp(*(const struct tn_str *)a, *(const struct tn_str *)b);
}

void tn_names_sort(struct tn_names *names)
{
    struct tn_phrases *all[] = {&names->whole, &names->surnames, &names->alone};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (all[i]->count)
            qsort(all[i]->at, all[i]->count, sizeof *all[i]->at, compare);
}

/* The first phrase that is not before `text`. */
static struct tn_str lower_bound(const struct tn_phrases *phrases, struct tn_str text)
{
    size_t low = 0, high = phrases->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tn_str_cmp(phrases->at[middle], text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < phrases->count ? phrases->at[low] : (struct tn_str){NULL, 0};
}

static bool has_phrase(const struct tn_phrases *phrases, const struct tn_phrase *phrase)
{
    struct tn_str text = tn_str_slice(phrase->text, phrase->len), there = lower_bound(phrases, text);
    return there.s && tn_str_eq(there, text);
}

/* Whether a longer phrase starts with these words. */
static bool has_longer(const struct tn_phrases *phrases, const struct tn_phrase *phrase)
{
    struct tn_phrase longer = *phrase;
    if (longer.len == sizeof longer.text)
        return false;
    longer.text[longer.len++] = ' ';
    struct tn_str text = tn_str_slice(longer.text, longer.len);
    return tn_str_starts(lower_bound(phrases, text), text);
}

static bool capital(struct tn_str text, struct tn_span word)
{
    return !tn_is_lower(text.s[word.start]);
}

/* The longest phrase that starts with the word at `first`. "Will May" is a name, "will may" is none: short ones count
 * only with capitals. */
static bool phrase_at(const struct tn_names *names, struct tn_str text, struct tn_span first, struct tn_span *found)
{
    enum { SHORT = 12 };
    struct tn_phrase phrase = {.len = 0};
    struct tn_span word = first, next;
    bool some = false;
    for (size_t count = 0; count < PHRASE_WORDS_MAX && tn_phrase_add(&phrase, text, word); count++) {
        bool proper = phrase.len >= SHORT || (capital(text, first) && capital(text, word));
        if (proper && has_phrase(&names->whole, &phrase)) {
            *found = (struct tn_span){first.start, word.end};
            some = true;
        }
        if (!has_longer(&names->whole, &phrase) || !tn_word_next(text, word.end, &next) ||
            !tn_words_adjoin(text, word.end, next.start))
            break;
        word = next;
    }
    return some;
}

/* Behind a title, also `:` may stand. */
static bool follows_title(struct tn_str text, size_t end, size_t start)
{
    bool colon = end < text.len && text.s[end] == ':' && start > end + 1;
    return tn_words_adjoin(text, colon ? end + 1 : end, start) || (colon && start == end + 1);
}

/* A surname, or any name, behind the title at `title`. */
static bool titled_at(const struct tn_names *names, struct tn_str text, struct tn_span title, struct tn_span *found)
{
    enum { STEPS_MAX = 6, LEAST_BEHIND_CONTACT = 4 };
    static const char *const contacts[] = {"contact", "contacts", NULL};
    bool contact = tn_word_is_of(text, title, contacts);
    struct tn_span word = title, next;
    size_t start = TN_NO_OFFSET; /* of the first initial or particle */
    if (!contact && !tn_word_is_of(text, title, titles))
        return false;
    for (int step = 0; step < STEPS_MAX; step++) {
        if (!tn_word_next(text, word.end, &next) || !follows_title(text, word.end, next.start))
            return false;
        word = next;
        if (start == TN_NO_OFFSET && phrase_at(names, text, word, found))
            return true;
        struct tn_phrase phrase = {.len = 0};
        size_t least = contact && step == 0 ? LEAST_BEHIND_CONTACT : 2;
        if (word.end - word.start >= least && capital(text, word) && tn_phrase_add(&phrase, text, word) &&
            has_phrase(&names->surnames, &phrase)) {
            *found = (struct tn_span){start == TN_NO_OFFSET ? word.start : start, word.end};
            return true;
        }
        if (tn_word_is_of(text, word, titles))
            continue;
        if (!is_initial(word) && !tn_word_is_of(text, word, between))
            return false;
        if (start == TN_NO_OFFSET)
            start = word.start;
    }
    return false;
}

static bool alone_at(const struct tn_names *names, struct tn_str text, struct tn_span word, struct tn_span *found)
{
    struct tn_phrase phrase = {.len = 0};
    *found = word;
    return names->alone.count && capital(text, word) && tn_phrase_add(&phrase, text, word) &&
           has_phrase(&names->alone, &phrase);
}

bool tn_names_find(const struct tn_names *names, struct tn_str text, size_t from, bool alone, struct tn_span *found)
{
    struct tn_span word;
    if (names->whole.count + names->surnames.count == 0)
        return false;
    for (; tn_word_next(text, from, &word); from = word.end)
        if (titled_at(names, text, word, found) || phrase_at(names, text, word, found) ||
            (alone && alone_at(names, text, word, found)))
            return true;
    return false;
}

bool tn_word_is_office(struct tn_str text, struct tn_span word)
{
    return tn_word_is_of(text, word, offices);
}
