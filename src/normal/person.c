/* SPDX-License-Identifier: MIT */
#include "normal/person.h"

#include <stdlib.h>

enum degree_kind { NOT_A_DEGREE, FILLER, PLAIN, SURE, UPPER };

struct degree {
    const char *letters;
    enum degree_kind kind;
};

static const struct degree degrees[] = {
#define TN_DEGREE(letters, kind) {letters, kind},
#include "normal/degrees.inc"
#undef TN_DEGREE
};

enum { LETTERS_MAX = 24 };

/* The letters of a word: `Ph.D.` is PhD, `PA-C` is PAC. */
struct letters {
    char s[LETTERS_MAX + 1];
    size_t len;
};

static bool is_joint(char c)
{
    return c == '.' || c == '-' || c == '\'' || c == ' ';
}

/* False where the word holds more than letters, points, dashes and blanks, or too many of them. */
static bool read_letters(struct tn_str word, struct letters *letters)
{
    letters->len = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (is_joint(word.s[i]))
            continue;
        if (!tn_is_alpha(word.s[i]) || letters->len == LETTERS_MAX)
            return false;
        letters->s[letters->len++] = word.s[i];
    }
    letters->s[letters->len] = '\0';
    return true;
}

static int by_letters(const void *key, const void *row)
{
    const struct tn_str *word = key;
    const char *want = ((const struct degree *)row)->letters;
    for (size_t i = 0;; i++) {
        int a = i < word->len ? tn_lower(word->s[i]) : 0;
        int b = tn_lower(want[i]);
        if (a != b || a == 0)
            return a - b;
    }
}

static const struct degree *degree_of(struct tn_str word)
{
    return bsearch(&word, degrees, sizeof degrees / sizeof *degrees, sizeof *degrees, by_letters);
}

static bool is_written_so(struct tn_str word, const struct degree *degree)
{
    return tn_str_eq(word, tn_str_of(degree->letters));
}

/* `MDPhD`, `ProfDrMedPhd`: degrees written together. The longest that fits is taken each time. */
static bool is_chain(struct tn_str word)
{
    unsigned links = 0;
    for (size_t len; word.len; word = tn_str_from(word, len), links++) {
        const struct degree *degree = NULL;
        for (len = word.len; len >= 2; len--) {
            degree = degree_of(tn_str_slice(word.s, len));
            if (degree && degree->kind != FILLER && degree->kind != UPPER)
                break;
        }
        if (len < 2)
            return false;
    }
    return links > 1;
}

/* What a word without blanks is, behind a comma. */
static enum degree_kind kind_of_letters(struct tn_str word)
{
    const struct degree *degree = degree_of(word);
    if (degree && (degree->kind != UPPER || is_written_so(word, degree)))
        return degree->kind;
    return is_chain(word) ? PLAIN : NOT_A_DEGREE;
}

static bool parts_words(char c)
{
    return tn_is_space(c) || memchr(",;/&+()", c, 7) != NULL;
}

static bool is_hyphen(char c)
{
    return c == '-';
}

/* Cuts the next word off *rest; false at the end. */
static bool next_word(struct tn_str *rest, bool (*parts)(char), struct tn_str *word)
{
    size_t start = 0;
    while (start < rest->len && parts(rest->s[start]))
        start++;
    size_t end = start;
    while (end < rest->len && !parts(rest->s[end]))
        end++;
    *word = tn_str_slice(rest->s + start, end - start);
    *rest = tn_str_from(*rest, end);
    return word->len > 0;
}

static enum degree_kind kind_of_word(struct tn_str word)
{
    struct letters letters;
    if (!read_letters(word, &letters))
        return NOT_A_DEGREE;
    if (letters.len == 0)
        return FILLER;
    return kind_of_letters(tn_str_slice(letters.s, letters.len));
}

/* `PA-C` is one degree, `MD-PhD` two. */
static enum degree_kind kind_of_hyphened(struct tn_str word)
{
    enum degree_kind kind = kind_of_word(word);
    if (kind != NOT_A_DEGREE || tn_str_find_char(word, '-') == TN_NO_OFFSET)
        return kind;
    for (struct tn_str part; next_word(&word, is_hyphen, &part);) {
        kind = kind_of_word(part);
        if (kind == NOT_A_DEGREE)
            return NOT_A_DEGREE;
    }
    return PLAIN;
}

/* `Ph. D.`: one degree with a blank in it. */
static bool is_spaced_degree(struct tn_str piece)
{
    struct letters letters;
    if (piece.len > 2 * LETTERS_MAX || !read_letters(piece, &letters))
        return false;
    const struct degree *degree = degree_of(tn_str_slice(letters.s, letters.len));
    return degree && degree->kind == SURE;
}

/* PLAIN where all words of `piece` are degrees, titles and fillers, and not only fillers; FILLER where there are only
 * fillers, or nothing. */
static enum degree_kind kind_of_piece(struct tn_str piece)
{
    const struct tn_str whole = piece;
    enum degree_kind found = FILLER;
    for (struct tn_str word; next_word(&piece, parts_words, &word);) {
        enum degree_kind kind = kind_of_hyphened(word);
        if (kind == NOT_A_DEGREE)
            return is_spaced_degree(whole) ? PLAIN : NOT_A_DEGREE;
        if (kind != FILLER)
            found = PLAIN;
    }
    return found;
}

/* Position of the last comma (also the Chinese one) before `end`, and its size. */
static size_t comma_before(struct tn_str raw, size_t end, size_t *size)
{
    for (size_t at = end; at-- > 0;) {
        *size = raw.s[at] == ',' ? 1 : 3;
        if (raw.s[at] == ',' || (end - at >= 3 && memcmp(raw.s + at, "\xEF\xBC\x8C", 3) == 0))
            return at;
    }
    return TN_NO_OFFSET;
}

/* Where the degrees behind a comma start, found from the end on; raw.len where there are none. *name_end gets the place
 * of their comma. */
static size_t degrees_start(struct tn_str raw, size_t *name_end)
{
    size_t start = raw.len, end = raw.len, size, comma;
    *name_end = raw.len;
    while ((comma = comma_before(raw, end, &size)) != TN_NO_OFFSET) {
        enum degree_kind kind = kind_of_piece(tn_str_slice(raw.s + comma + size, end - comma - size));
        if (kind == NOT_A_DEGREE)
            break;
        if (kind != FILLER) {
            start = comma + size;
            *name_end = comma;
        }
        end = comma;
    }
    return start;
}

static bool all_upper(struct tn_str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!tn_is_upper(word.s[i]))
            return false;
    return true;
}

static bool parts_degrees(char c)
{
    return c == '/' || c == '&';
}

/* A degree that cannot be a name: `MD`, `Ph.D.`, `MD/PhD`. */
static bool is_sure(struct tn_str word)
{
    struct letters letters;
    bool sure = false;
    for (struct tn_str part; next_word(&word, parts_degrees, &part);) {
        if (!read_letters(part, &letters))
            return false;
        struct tn_str plain = tn_str_slice(letters.s, letters.len);
        const struct degree *degree = degree_of(plain);
        sure = degree && degree->kind == SURE && (is_written_so(plain, degree) || all_upper(plain));
        if (!sure)
            return false;
    }
    return sure;
}

/* Where the sure degrees at the end of `name` start; name.len where there are none. One word is left to the name. */
static size_t sure_start(struct tn_str name)
{
    size_t start = name.len, end = name.len;
    for (;;) {
        size_t word = end;
        while (word && !tn_is_space(name.s[word - 1]))
            word--;
        if (word == 0 || !is_sure(tn_str_slice(name.s + word, end - word)))
            return start;
        start = end = word;
        while (end && tn_is_space(name.s[end - 1]))
            end--;
        if (end == 0)
            return name.len;
    }
}

static struct tn_str trim_commas(struct tn_str text)
{
    text = tn_str_trim(text);
    while (text.len && (text.s[text.len - 1] == ',' || text.s[text.len - 1] == ';'))
        text = tn_str_trim(tn_str_slice(text.s, text.len - 1));
    return text;
}

void tn_person_split(struct tn_str raw, struct tn_person *person)
{
    raw = trim_commas(raw);
    size_t name_end;
    size_t start = degrees_start(raw, &name_end);
    struct tn_str name = trim_commas(tn_str_slice(raw.s, name_end));
    if (name.len == 0) { /* ", MD": degrees of nobody */
        *person = (struct tn_person){raw, {NULL, 0}};
        return;
    }
    size_t sure = sure_start(name);
    if (sure < name.len) {
        start = sure;
        name = trim_commas(tn_str_slice(name.s, sure));
    }
    person->name = name;
    person->degrees = start < raw.len ? tn_str_trim(tn_str_from(raw, start)) : tn_str_slice(NULL, 0);
}
