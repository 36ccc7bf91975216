/* SPDX-License-Identifier: MIT */
/* Telephone numbers are told by their form alone where it is a telephone's own (+49 ..., (617) 555-0123, 030/...), and by
 * the word before them where it is not. */
#include "readers/redact_find.h"

enum { GROUPS_MAX = 8, DIGITS_MAX = 15, DOUBLE_ZERO_MAX = 17 };

/* Groups of digits that stand together. */
struct group {
    size_t start, end;
    char gap; /* what stands before it: the most telling of its separators; 0 before the first */
};

struct number {
    struct tn_str text;
    size_t start;  /* with the plus or bracket before the first digit */
    bool plus;
    bool bracket;  /* the first group is in brackets */
    struct group groups[GROUPS_MAX];
    size_t count;
};

static size_t group_length(const struct number *number, size_t i)
{
    return number->groups[i].end - number->groups[i].start;
}

static size_t digits_in(const struct number *number, size_t groups)
{
    size_t digits = 0;
    for (size_t i = 0; i < groups; i++)
        digits += group_length(number, i);
    return digits;
}

static char digit_of(const struct number *number, size_t i, size_t digit)
{
    return number->text.s[number->groups[i].start + digit];
}

/* The end of what may stand between two groups: one or two separators, or a dash of Unicode. */
static size_t skip_gap(struct tn_str text, size_t at, char *gap)
{
    static const char dashes[][4] = {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x93"};
    size_t from = at;
    *gap = 0;
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
        if (tn_str_starts(tn_str_from(text, at), tn_str_of(dashes[i]))) {
            *gap = '-';
            return at + 3;
        }
    for (; at < text.len && at < from + 3 && text.s[at] && strchr(" -./()", text.s[at]); at++)
        if (*gap == 0 || *gap == ' ')
            *gap = text.s[at];
    return at;
}

/* Reads the number at `at`: a digit, or `+` or `(` before one. */
static bool read_number(struct tn_str text, size_t at, struct number *number)
{
    *number = (struct number){.text = text, .start = at};
    if (text.s[at] == '(')
        at++;
    if (at < text.len && text.s[at] == '+') {
        number->plus = true;
        at++;
    }
    char gap = 0;
    while (number->count < GROUPS_MAX && at < text.len && tn_is_digit(text.s[at])) {
        struct group *group = &number->groups[number->count++];
        *group = (struct group){.start = at, .gap = gap};
        while (at < text.len && tn_is_digit(text.s[at]))
            at++;
        group->end = at;
        at = skip_gap(text, at, &gap);
    }
    number->bracket = number->count > 1 && text.s[number->start] == '(' && number->groups[1].gap == ')';
    return number->count > 0;
}

/* A letter, digit or sign before it makes the digits a part of something else: NCT01234567, 10.1056/..., ±5. */
static bool starts_free(struct tn_str text, size_t at)
{
    if (at == 0)
        return true;
    unsigned char before = (unsigned char)text.s[at - 1];
    if (before < 0x80)
        return !tn_is_alnum((char)before) && !(before && strchr("_-/.+#@&%$<>=~^*", (char)before));
    /* U+00A0 is a blank; other signs of U+0080 to U+00BF, the times sign, dashes and comparisons are no blanks. */
    unsigned char lead = 0;
    for (size_t i = at; i > 0 && i + 4 > at && lead < 0xC0; i--)
        lead = (unsigned char)text.s[i - 1];
    return (lead == 0xC2 && before == 0xA0) || (lead != 0xC2 && lead != 0xE2 && !(lead == 0xC3 && before == 0x97));
}

static bool ends_free(struct tn_str text, size_t at)
{
    if (at >= text.len)
        return true;
    char next = text.s[at];
    bool on = at + 1 < text.len && tn_is_digit(text.s[at + 1]);
    return !tn_is_alnum(next) && next != '_' && next != '%' && next != '@' && !(on && strchr(".,:-/", next));
}

static bool is_ascii_word_of(struct tn_str word, const char *const *words)
{
    for (; *words; words++)
        if (tn_str_eq_fold(word, tn_str_of(*words)))
            return true;
    return false;
}

/* "200-300-4000 mg" is a dose. */
static bool is_measured(struct tn_str text, size_t end)
{
    static const char *const units[] = {
        "mg",    "g",     "kg",     "mcg",   "ug",    "ng",      "pg",     "ml",      "l",       "dl",       "ul",
        "iu",    "u",     "unit",   "units", "cells", "cell",    "copies", "mm",      "cm",      "m",        "mmol",
        "nmol",  "umol",  "mol",    "meq",   "gy",    "cgy",     "hz",     "khz",     "kcal",    "cal",      "kj",
        "ppm",   "bpm",   "days",   "day",   "weeks", "week",    "months", "month",   "years",   "year",     "hours",
        "hour",  "h",     "min",    "s",     "ms",    "x",       "to",     "patients", "subjects", "participants", NULL};
    if (end < text.len && text.s[end] == ' ')
        end++;
    if (end < text.len && (unsigned char)text.s[end] >= 0x80)
        return tn_str_starts(tn_str_from(text, end), TN_LIT("\xC2\xB5")) ||
               tn_str_starts(tn_str_from(text, end), TN_LIT("\xCE\xBC")) ||
               tn_str_starts(tn_str_from(text, end), TN_LIT("\xC2\xB0"));
    size_t from = end;
    while (end < text.len && end < from + 16 && tn_is_alpha(text.s[end]))
        end++;
    if (end < text.len && text.s[end] == '%')
        return true;
    struct tn_str word = tn_str_slice(text.s + from, end - from);
    bool extension = tn_str_eq_fold(word, TN_LIT("x")) && end < text.len && tn_is_digit(text.s[end]);
    return word.len && !extension && is_ascii_word_of(word, units);
}

static unsigned group_value(const struct number *number, size_t i)
{
    unsigned value = 0;
    for (size_t d = 0; d < group_length(number, i) && d < 4; d++)
        value = value * 10 + (unsigned)(digit_of(number, i, d) - '0');
    return value;
}

static bool is_year(const struct number *number, size_t i)
{
    return group_length(number, i) == 4 && group_value(number, i) >= 1900 && group_value(number, i) <= 2099;
}

static bool is_month_or_day(const struct number *number, size_t i)
{
    return group_length(number, i) <= 2 && group_value(number, i) >= 1 && group_value(number, i) <= 31;
}

/* 01/02/2024, 2024-05-01, 05/2020: a year beside a month, both between the same kind of separator. */
static bool holds_date(const struct number *number, size_t groups)
{
    for (size_t i = 0; i + 1 < groups; i++) {
        char gap = number->groups[i + 1].gap;
        bool beside = (is_year(number, i) && is_month_or_day(number, i + 1)) ||
                      (is_year(number, i + 1) && is_month_or_day(number, i));
        if (beside && gap != ' ' && gap != '(' && gap != ')')
            return true;
    }
    return false;
}

/* Each form takes the first `n` groups of the number, as many as it can, or 0. */

static size_t most_groups(const struct number *number, size_t digits_max)
{
    size_t groups = number->count;
    while (groups && digits_in(number, groups) > digits_max)
        groups--;
    return groups;
}

/* +49 30 1234567; +1000-2000 is a range */
static size_t international(const struct number *number)
{
    enum { LEAST = 8, COUNTRY = 3 };
    size_t groups = number->plus && digit_of(number, 0, 0) != '0' ? most_groups(number, DIGITS_MAX) : 0;
    size_t least = group_length(number, 0) <= COUNTRY ? LEAST : LEAST + 1;
    return digits_in(number, groups) >= least ? groups : 0;
}

/* 0049 30 1234567 */
static size_t double_zero(const struct number *number)
{
    enum { LEAST = 11 };
    bool fits = group_length(number, 0) >= 3 && digit_of(number, 0, 0) == '0' && digit_of(number, 0, 1) == '0' &&
                digit_of(number, 0, 2) != '0';
    size_t groups = fits ? most_groups(number, DOUBLE_ZERO_MAX) : 0;
    return groups >= 2 && digits_in(number, groups) >= LEAST && !holds_date(number, groups) ? groups : 0;
}

/* 617-555-0123, (617) 555-0123, 1-617-555-0123, 617.555.0123 */
static size_t north_american(const struct number *number)
{
    size_t area = group_length(number, 0) == 1 && digit_of(number, 0, 0) == '1' ? 1 : 0;
    bool bracket = area ? number->count > 1 && number->groups[1].gap == '(' : number->bracket;
    if (number->count < area + 3 || group_length(number, area) != 3 || group_length(number, area + 1) != 3 ||
        group_length(number, area + 2) != 4)
        return 0;
    char first = number->groups[area + 1].gap, second = number->groups[area + 2].gap;
    bool assigned = digit_of(number, area, 0) >= '2' && digit_of(number, area + 1, 0) >= '2';
    bool plain = (first == '-' || (first == '.' && assigned)) && first == second;
    return bracket || plain || (first == ')' && second == '-') ? area + 3 : 0;
}

/* 030/1234567, (030) 1234 567, 020 7946 0123, 01 23 45 67 89 */
static size_t national(const struct number *number)
{
    enum { LEAST = 9, MOST = 12, GROUPS = 6, AREA = 5 };
    bool fits = group_length(number, 0) >= 2 && group_length(number, 0) <= AREA && digit_of(number, 0, 0) == '0' &&
                digit_of(number, 0, 1) != '0';
    size_t groups = fits ? most_groups(number, MOST) : 0;
    bool decimal = groups == 2 && number->groups[1].gap == '.';
    bool zip = groups == 2 && group_length(number, 0) == 5 && group_length(number, 1) == 4; /* Boston, MA 02115-1234 */
    bool enough = groups >= 2 && groups <= GROUPS && digits_in(number, groups) >= LEAST;
    return enough && !decimal && !zip && !holds_date(number, groups) ? groups : 0;
}

static bool is_between(char c)
{
    return c == ' ' || c == '.' || c == ':' || c == '#' || c == '(' || c == '\t';
}

/* The ASCII word that ends before `at`, and where it starts. */
static struct tn_str word_before(struct tn_str text, size_t *at)
{
    size_t end = *at;
    while (end > 0 && *at - end < 4 && is_between(text.s[end - 1]))
        end--;
    size_t start = end;
    while (start > 0 && end - start < 16 && tn_is_alpha(text.s[start - 1]))
        start--;
    *at = start;
    return tn_str_slice(text.s + start, end - start);
}

/* Tel.: 555-0123 */
static size_t announced(const struct number *number)
{
    static const char *const words[] = {"tel",    "telephone", "phone", "fax",      "telefax", "mobile", "cellphone",
                                        "telefon", "telefono", "tlf",   "whatsapp", "phones",  "mob",    "ph", NULL};
    static const char *const fillers[] = {"number", "numbers", "no", "nr", "num", NULL};
    enum { LEAST = 7 };
    size_t at = number->start;
    struct tn_str word = word_before(number->text, &at);
    if (word.len && is_ascii_word_of(word, fillers))
        word = word_before(number->text, &at);
    if (word.len == 0 || !is_ascii_word_of(word, words))
        return 0;
    size_t groups = most_groups(number, DIGITS_MAX);
    return digits_in(number, groups) >= LEAST && !holds_date(number, groups) ? groups : 0;
}

/* " ext. 123", " x123" behind a number; `end` where there is none. */
static size_t extension_end(struct tn_str text, size_t end)
{
    static const char *const words[] = {"extension", "ext", "x", NULL};
    size_t at = end;
    while (at < text.len && at < end + 2 && (text.s[at] == ' ' || text.s[at] == ',' || text.s[at] == ';'))
        at++;
    for (const char *const *word = words; *word; word++) {
        if (!tn_str_starts_fold(tn_str_from(text, at), tn_str_of(*word)))
            continue;
        size_t digit = at + strlen(*word), from;
        for (from = digit; digit < text.len && digit < from + 2 && strchr(". :", text.s[digit]) && text.s[digit];)
            digit++;
        for (from = digit; digit < text.len && digit < from + 6 && tn_is_digit(text.s[digit]);)
            digit++;
        return digit > from ? digit : end;
    }
    return end;
}

static size_t groups_of_phone(const struct number *number)
{
    size_t groups = announced(number);
    if (groups || !starts_free(number->text, number->start))
        return groups;
    if ((groups = international(number)) != 0 || (groups = double_zero(number)) != 0 ||
        (groups = north_american(number)) != 0)
        return groups;
    return national(number);
}

static bool phone_at(struct tn_str text, size_t at, struct tn_span *found, size_t *next)
{
    struct number number;
    if (!read_number(text, at, &number)) {
        *next = at + 1;
        return false;
    }
    *next = number.groups[0].end;
    size_t groups = groups_of_phone(&number);
    if (groups == 0)
        return false;
    size_t end = number.groups[groups - 1].end, with_extension = extension_end(text, end);
    if (with_extension == end && (!ends_free(text, end) || is_measured(text, end)))
        return false;
    bool closed = memchr(text.s + at, ')', with_extension - at) != NULL;
    *found = (struct tn_span){text.s[at] == '(' && !closed ? at + 1 : at, with_extension}; /* "(617-555-0123, ...)" */
    return true;
}

bool tn_phone_find(struct tn_str text, size_t from, struct tn_span *found)
{
    for (size_t at = from, next; at < text.len; at = next) {
        next = at + 1;
        if (!tn_is_digit(text.s[at]) && text.s[at] != '+' && text.s[at] != '(')
            continue;
        if (phone_at(text, at, found, &next))
            return true;
    }
    return false;
}
