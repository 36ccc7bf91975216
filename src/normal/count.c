/* SPDX-License-Identifier: MIT */
#include "normal/count.h"

#include "normal/fold.h"

/* Nobody counts more people than this; a sum of a few hundred such numbers still fits. */
#define COUNT_MAX INT64_C(1000000000000)

/* Length of the blank at text.s[0], also a no-break or thin one; 0 where there is none. */
static size_t blank_size(struct tn_str text)
{
    if (text.len == 0)
        return 0;
    if (tn_is_space(text.s[0]))
        return 1;
    if (tn_str_starts(text, TN_LIT("\xC2\xA0")))
        return 2;
    return tn_str_starts(text, TN_LIT("\xE2\x80\x89")) || tn_str_starts(text, TN_LIT("\xE2\x80\xAF")) ? 3 : 0;
}

/* Takes the digits at the front off *text. */
static size_t take_digits(struct tn_str *text, int64_t *value)
{
    size_t digits = 0;
    for (; digits < text->len && tn_is_digit(text->s[digits]); digits++)
        if (*value < COUNT_MAX)
            *value = *value * 10 + (text->s[digits] - '0');
    *text = tn_str_from(*text, digits);
    return digits;
}

/* True when `text` begins with a mark between thousands and three digits that no fourth follows. */
static bool is_group(struct tn_str text, size_t *mark)
{
    *mark = text.len && text.s[0] == ',' ? 1 : blank_size(text);
    if (*mark == 0 || text.len < *mark + 3)
        return false;
    for (size_t i = 0; i < 3; i++)
        if (!tn_is_digit(text.s[*mark + i]))
            return false;
    return text.len == *mark + 3 || !tn_is_digit(text.s[*mark + 3]);
}

/* True of `.000` with no digit behind it. */
static bool is_german_group(struct tn_str text)
{
    return tn_str_starts(text, TN_LIT(".000")) && (text.len == 4 || !tn_is_digit(text.s[4]));
}

/* Takes `2,062`, `2 062`, `2062` or `2062.0` off *text. */
static bool take_number(struct tn_str *text, int64_t *value)
{
    *value = 0;
    size_t digits = take_digits(text, value), mark;
    if (digits == 0)
        return false;
    while (digits <= 3 && is_group(*text, &mark)) {
        *text = tn_str_from(*text, mark);
        for (size_t i = 0; i < 3 && *value < COUNT_MAX; i++)
            *value = *value * 10 + (text->s[i] - '0');
        *text = tn_str_from(*text, 3);
    }
    if (digits <= 3 && is_german_group(*text)) /* 1.000 is one, or a thousand */
        return false;
    if (text->len > 1 && text->s[0] == '.' && text->s[1] == '0') {
        *text = tn_str_from(*text, 1);
        while (text->len && text->s[0] == '0')
            *text = tn_str_from(*text, 1);
    }
    return *value <= COUNT_MAX && (text->len == 0 || (text->s[0] != '.' && !tn_is_digit(text->s[0])));
}

/* True when nothing but words for what is counted stands in `text`. */
static bool only_nouns(struct tn_str text)
{
    static const char *const nouns[] = {
        "adult",       "adults",       "arm",        "arms",        "cases",     "center",     "centers",   "centre",
        "centres",     "children",     "cohort",     "cohorts",     "enrolled",  "group",      "groups",    "healthy",
        "human",       "in",           "individual", "individuals", "infants",   "location",   "locations", "men",
        "participant", "participants", "patient",    "patients",    "people",    "persons",    "site",      "sites",
        "study",       "subject",      "subjects",   "total",       "volunteer", "volunteers", "women",
    };
    char key[TN_FOLD_MAX];
    for (size_t i = 0; i < text.len; i++) /* `30+` and `30-40` are no counts */
        if (!tn_is_alpha(text.s[i]) && blank_size(tn_str_from(text, i)) == 0 && (unsigned char)text.s[i] < 0x80)
            return false;
    tn_fold(text, key);
    for (char *rest = key, *word; (word = tn_fold_next_word(&rest)) != NULL;)
        if (tn_fold_find(nouns, sizeof(nouns) / sizeof(nouns[0]), sizeof(nouns[0]), word) == TN_NO_OFFSET)
            return false;
    return true;
}

/* `n=80`, `N = 80`: what stands behind the sign. */
static struct tn_str behind_n(struct tn_str text)
{
    if (text.len == 0 || tn_lower(text.s[0]) != 'n')
        return text;
    struct tn_str rest = tn_str_trim(tn_str_from(text, 1));
    return rest.len && rest.s[0] == '=' ? tn_str_trim(tn_str_from(rest, 1)) : text;
}

/* One number with its words. */
static bool read_count(struct tn_str text, int64_t *value)
{
    text = behind_n(tn_str_trim(text));
    return take_number(&text, value) && (text.len == 0 || only_nouns(text));
}

/* Length of the mark between two groups at text.s[0], also the full-width one of Chinese registers; 0 for none. */
static size_t separator_size(struct tn_str text)
{
    if (text.s[0] == ';' || text.s[0] == '\n')
        return 1;
    return tn_str_starts(text, TN_LIT("\xEF\xBC\x9B")) ? 3 : 0;
}

/* Cuts the text before the next group off *rest. */
static struct tn_str next_part(struct tn_str *rest)
{
    struct tn_str part = *rest;
    for (size_t i = 0; i < rest->len; i++) {
        size_t mark = separator_size(tn_str_from(*rest, i));
        if (mark) {
            part.len = i;
            *rest = tn_str_from(*rest, i + mark);
            return tn_str_trim(part);
        }
    }
    *rest = tn_str_from(*rest, rest->len);
    return tn_str_trim(part);
}

static bool has_letter(struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (tn_is_alpha(text.s[i]) || (unsigned char)text.s[i] >= 0x80)
            return true;
    return false;
}

/* What stands behind the last colon; false where there is none, or no label before it (`1:30` is a ratio). */
static bool behind_label(struct tn_str part, struct tn_str *count)
{
    for (size_t i = part.len; i > 0; i--) {
        bool wide = tn_str_starts(tn_str_from(part, i - 1), TN_LIT("\xEF\xBC\x9A"));
        if (part.s[i - 1] == ':' || wide) {
            *count = tn_str_from(part, i - 1 + (wide ? 3 : 1));
            return has_letter(tn_str_slice(part.s, i - 1));
        }
    }
    return false;
}

/* `Total Sample Size="452" Sample Size from India="400"`, as CTRI writes it: the first is of the whole trial. */
static bool read_total(struct tn_str text, int64_t *value, bool *more)
{
    struct tn_str label = TN_LIT("total sample size");
    if (!tn_str_starts_fold(text, label))
        return false;
    text = tn_str_trim(tn_str_from(text, label.len));
    if (text.len == 0 || text.s[0] != '=')
        return false;
    text = tn_str_trim(tn_str_from(text, 1));
    bool quoted = text.len && text.s[0] == '"';
    text = tn_str_from(text, quoted);
    if (!take_number(&text, value) || (quoted && (text.len == 0 || text.s[0] != '"')))
        return false;
    text = tn_str_from(text, quoted);
    *more = tn_str_trim(text).len > 0;
    return text.len == 0 || tn_is_space(text.s[0]) || text.s[0] == ',' || text.s[0] == ';';
}

enum tn_code tn_normal_count(struct tn_str raw, int64_t *count, bool *summed)
{
    struct tn_str rest = tn_str_trim(raw), part, text;
    int64_t sum = 0, value;
    *summed = false;
    if (rest.len == 0 || rest.s[0] == ';')
        return TN_BAD_VALUE;
    if (read_count(rest, count) || read_total(rest, count, summed))
        return TN_CODE_NONE;
    *summed = false;
    *summed = rest.s[rest.len - 1] == ';'; /* `Case series:100;` is a list of one */
    for (size_t parts = 0; rest.len; parts++) {
        part = next_part(&rest);
        if (part.len == 0 && rest.len == 0)
            break;
        if (!behind_label(part, &text) || !read_count(text, &value) || sum > COUNT_MAX)
            return TN_BAD_VALUE;
        sum += value;
        *summed = *summed || parts > 0;
    }
    *count = sum;
    return TN_CODE_NONE;
}
