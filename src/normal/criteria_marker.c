/* SPDX-License-Identifier: MIT */
/* Bullets and numbers at the start of a criterion, by their looks alone. */
#include "normal/criteria_parts.h"

/* ---- bullets ---- */

enum space { ANY, SPACED, WORD }; /* may text follow at once? no; a letter may */

static const struct {
    const char *sign;
    enum space space;
    bool dash; /* dashes of any length count as one bullet */
} bullets[] = { /* the first four in the order of TN_CRIT_BULLET_STAR ... */
    {"*", WORD, false}, {"-", WORD, true}, {"+", SPACED, false}, {"o", SPACED, false},
    {"\xE2\x80\x93", WORD, true}, {"\xE2\x80\x94", WORD, true}, /* – — */
    {"\xE2\x88\x92", SPACED, true}, {"\xE2\x80\x90", SPACED, true}, {"\xE2\x80\x91", SPACED, true}, /* − ‐ ‑ */
    {"\xE2\x80\xA2", ANY, false}, {"\xC2\xB7", ANY, false}, {"\xE2\x97\xA6", ANY, false}, /* • · ◦ */
    {"\xE2\x97\x8F", ANY, false}, {"\xE2\x97\x8B", ANY, false}, {"\xE2\x96\xAA", ANY, false}, /* ● ○ ▪ */
    {"\xE2\x96\xAB", ANY, false}, {"\xE2\x96\xA0", ANY, false}, {"\xE2\x96\xA1", ANY, false}, /* ▫ ■ □ */
    {"\xE2\x97\x86", ANY, false}, {"\xE2\x97\x87", ANY, false}, {"\xE2\x96\xBA", ANY, false}, /* ◆ ◇ ► */
    {"\xE2\x96\xB6", ANY, false}, {"\xE2\x96\xB8", ANY, false}, {"\xE2\x80\xA3", ANY, false}, /* ▶ ▸ ‣ */
    {"\xE2\x81\x83", ANY, false}, {"\xE2\x88\x99", ANY, false}, {"\xE2\x8B\x85", ANY, false}, /* ⁃ ∙ ⋅ */
    {"\xE2\x9E\xA2", ANY, false}, {"\xE2\x9E\xA4", ANY, false}, {"\xE2\x9D\x96", ANY, false}, /* ➢ ➤ ❖ */
    {"\xE2\x99\xA6", ANY, false}, {"\xE2\x9C\x93", ANY, false}, {"\xE2\x9C\x94", ANY, false}, /* ♦ ✓ ✔ */
    {"\xE2\x98\x90", ANY, false}, {"\xE2\x80\xBB", ANY, false}, {"\xE3\x83\xBB", ANY, false}, /* ☐ ※ ・ */
    {"\xEF\xBD\xA5", ANY, false}, /* ･ */
    {"\xE2\x86\x92", SPACED, false}, /* → */
    {"\xC2\xA7", SPACED, false}, {"\xC3\x98", SPACED, false}, /* § Ø: what Word's arrows turn into */
    {"\xEF\x82\xB7", ANY, false}, {"\xEF\x82\xA7", ANY, false}, /* Word's symbol fonts, U+F0B7 U+F0A7 */
    {"\xEF\x83\x98", ANY, false}, {"\xEF\x81\xAE", ANY, false}, /* U+F0D8 U+F06E */
    {"&bull;", ANY, false}, {"&#8226;", ANY, false}, {"&middot;", ANY, false}, {"&#183;", ANY, false},
};

static unsigned bullet_kind(size_t row)
{
    return bullets[row].dash ? TN_CRIT_BULLET_DASH : (unsigned)row + 1;
}

static bool may_be_bullet(char c)
{
    return c == '*' || c == '-' || c == '+' || c == 'o' || c == '&' || (unsigned char)c >= 0xC2;
}

/* Bytes of white space at `at`; *end is set where nothing else follows. */
static size_t space_at(struct tn_str text, size_t at, bool *end)
{
    size_t from = at;
    for (size_t n; (n = tn_crit_blank(tn_str_from(text, at))) != 0;)
        at += n;
    *end = at == text.len;
    return at - from;
}

static bool glue_allowed(enum space space, bool escaped, struct tn_str after)
{
    if (space == ANY)
        return true;
    /* `\*Participants`: a footnote's star, which the registry has escaped for that reason */
    return space == WORD && !escaped && after.len && tn_is_alpha(after.s[0]);
}

static bool finish(struct tn_str text, size_t len, struct tn_crit_marker *marker)
{
    bool end = false;
    size_t space = space_at(text, len, &end);
    marker->glued = space == 0 && !end;
    marker->len = len + space;
    return true;
}

/* `*word*` is emphasis, `-.Text` a dash with a slip. */
static bool dash_or_star(struct tn_str text, size_t at, bool escaped, struct tn_crit_marker *marker)
{
    char sign = text.s[at - 1];
    bool word = at < text.len && !tn_crit_blank(tn_str_from(text, at));
    if (sign == '*' && word && tn_str_find_char(tn_str_from(text, at), '*') != TN_NO_OFFSET)
        return false;
    if (sign == '-' && !escaped && at + 1 < text.len && text.s[at] == '.' && tn_is_alpha(text.s[at + 1]))
        at++;
    finish(text, at, marker);
    return !marker->glued || glue_allowed(WORD, escaped, tn_str_from(text, at));
}

bool tn_crit_bullet(struct tn_str text, struct tn_crit_marker *marker)
{
    bool escaped = text.len > 1 && text.s[0] == '\\';
    size_t at = escaped ? 1 : 0;
    *marker = (struct tn_crit_marker){0};
    if (at >= text.len || !may_be_bullet(text.s[at]))
        return false;
    struct tn_str sign = tn_str_from(text, at);
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        if (bullets[i].sign[0] != sign.s[0])
            continue;
        struct tn_str whole = tn_str_of(bullets[i].sign);
        if (!tn_str_starts(sign, whole))
            continue;
        at += whole.len;
        marker->bullet = bullet_kind(i);
        if (i < 2)
            return dash_or_star(text, at, escaped, marker);
        finish(text, at, marker);
        return !marker->glued || glue_allowed(bullets[i].space, escaped, tn_str_from(text, at));
    }
    return false;
}

/* ---- numbers ---- */

/* Reads one sign, with or without the backslash before it; its place behind it, 0 when it is not there. */
static size_t sign_at(struct tn_str text, size_t at, char sign)
{
    if (at + 1 < text.len && text.s[at] == '\\')
        at++;
    return at < text.len && text.s[at] == sign ? at + 1 : 0;
}

static size_t wide_sign_at(struct tn_str text, size_t at, const char *sign)
{
    if (at >= text.len || text.s[at] != sign[0])
        return 0;
    return tn_str_starts(tn_str_from(text, at), tn_str_of(sign)) ? at + strlen(sign) : 0;
}

static unsigned roman_digit(char c)
{
    switch (tn_lower(c)) {
    case 'i': return 1;
    case 'v': return 5;
    case 'x': return 10;
    default: return 0;
    }
}

/* The roman number (up to xxxix) that the letters are, else 0. */
static unsigned roman_value(struct tn_str letters)
{
    static const char *const tens[] = {"", "x", "xx", "xxx"};
    static const char *const ones[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    unsigned value = 0;
    for (size_t i = 0; i < letters.len; i++) {
        unsigned digit = roman_digit(letters.s[i]);
        unsigned next = i + 1 < letters.len ? roman_digit(letters.s[i + 1]) : 0;
        if (!digit)
            return 0;
        value = digit < next ? value - digit : value + digit;
    }
    if (value == 0 || value > 39)
        return 0;
    struct tn_str ten = tn_str_of(tens[value / 10]), one = tn_str_of(ones[value % 10]);
    return tn_str_starts_fold(letters, ten) && tn_str_eq_fold(tn_str_from(letters, ten.len), one) ? value : 0;
}

/* A small number of digits; *at goes behind it. */
static bool digits(struct tn_str text, size_t *at, unsigned *value)
{
    size_t from = *at;
    *value = 0;
    while (*at < text.len && *at - from < 4 && tn_is_digit(text.s[*at]))
        *value = *value * 10 + (unsigned)(text.s[(*at)++] - '0');
    return *at > from && *at - from < 4;
}

/* `.3` behind a number, and a letter or digit neither glued nor before: 10.3, 1.2.4 */
static bool dewey(struct tn_str text, size_t *at, struct tn_crit_marker *marker)
{
    bool more = false;
    for (size_t next; (next = sign_at(text, *at, '.')) != 0; more = true) {
        unsigned part = 0;
        if (!digits(text, &next, &part))
            break;
        marker->prefix = marker->prefix * 1009 + marker->value + 1;
        marker->value = part;
        *at = next;
    }
    return more;
}

/* What is counted: digits, a letter, a roman number. */
static bool counted(struct tn_str text, size_t *at, enum tn_crit_number *number, struct tn_crit_marker *marker)
{
    *number = TN_CRIT_DIGIT;
    if (digits(text, at, &marker->value)) {
        if (dewey(text, at, marker))
            *number = TN_CRIT_DEWEY;
        return true;
    }
    size_t from = *at;
    while (*at < text.len && *at - from < 6 && tn_is_alpha(text.s[*at]) &&
           tn_is_upper(text.s[*at]) == tn_is_upper(text.s[from]))
        ++*at;
    if (*at == from || (*at < text.len && tn_is_alpha(text.s[*at])))
        return false;
    bool upper = tn_is_upper(text.s[from]);
    marker->roman = roman_value(tn_str_slice(text.s + from, *at - from));
    marker->value = *at - from == 1 ? (unsigned)(tn_lower(text.s[from]) - 'a') + 1 : marker->roman;
    *number = *at - from == 1 ? (upper ? TN_CRIT_UPPER : TN_CRIT_LOWER)
                              : (upper ? TN_CRIT_ROMAN_UPPER : TN_CRIT_ROMAN_LOWER);
    return marker->value != 0;
}

/* The sign behind the number; *at goes behind it. */
static bool signed_by(struct tn_str text, size_t *at, enum tn_crit_number number, enum tn_crit_sign *sign)
{
    size_t next;
    if ((next = sign_at(text, *at, ')')) != 0 || (next = wide_sign_at(text, *at, "\xEF\xBC\x89")) != 0) {
        *sign = TN_CRIT_PAREN;
    } else if ((next = sign_at(text, *at, '.')) != 0) {
        size_t both = sign_at(text, next, ')');
        *sign = both ? TN_CRIT_PAREN : TN_CRIT_DOT;
        next = both ? both : next;
    } else if ((next = wide_sign_at(text, *at, "\xE3\x80\x81")) != 0 ||
               (next = wide_sign_at(text, *at, "\xEF\xBC\x8E")) != 0) { /* 、 ． */
        *sign = TN_CRIT_IDEOGRAPHIC;
    } else if (number == TN_CRIT_DIGIT && (next = sign_at(text, *at, '-')) != 0) {
        *sign = TN_CRIT_DASH;
    } else if (number == TN_CRIT_DIGIT && *at + 1 < text.len && text.s[*at] == ' ' &&
               (next = sign_at(text, *at + 1, '.')) != 0) {
        *sign = TN_CRIT_SPACED_DOT;
    } else if (number == TN_CRIT_DEWEY) {
        next = *at;
        *sign = TN_CRIT_BARE;
    } else {
        return false;
    }
    *at = next;
    return true;
}

/* Text that follows without a blank: `1.Aged` is a number, `1.5`, `i.v.`, `2-week`, `A.B.` are none. */
static bool glue_fits(struct tn_str text, size_t at, enum tn_crit_number number, enum tn_crit_sign sign)
{
    struct tn_str after = tn_str_from(text, at);
    if (after.len == 0)
        return true;
    bool letter = tn_is_alpha(after.s[0]) || (unsigned char)after.s[0] >= 0x80;
    bool dotted = after.len > 1 && (after.s[1] == '.' || (after.s[1] == '\\' && after.len > 2 && after.s[2] == '.'));
    switch (sign) {
    case TN_CRIT_PARENS:
    case TN_CRIT_IDEOGRAPHIC: return true;
    case TN_CRIT_PAREN: return number == TN_CRIT_DIGIT ? !tn_is_digit(after.s[0]) : letter;
    case TN_CRIT_DOT: return number == TN_CRIT_DIGIT ? letter && !dotted : tn_is_upper(after.s[0]) && !dotted;
    case TN_CRIT_DASH: return tn_is_upper(after.s[0]);
    case TN_CRIT_SPACED_DOT:
    case TN_CRIT_HASH: return letter;
    case TN_CRIT_BARE: return false;
    }
    return false;
}

/* `(1)`, `(a)`, `（1）`; *at goes behind the opening. */
static bool opened(struct tn_str text, size_t *at)
{
    size_t next = sign_at(text, 0, '(');
    if (!next)
        next = wide_sign_at(text, 0, "\xEF\xBC\x88");
    *at = next;
    return next != 0;
}

/* ①..⑳ */
static bool circled(struct tn_str text, struct tn_crit_marker *marker)
{
    if (text.len < 3 || memcmp(text.s, "\xE2\x91", 2) != 0)
        return false;
    unsigned value = (unsigned char)text.s[2] - 0x9Fu;
    if (value < 1 || value > 20)
        return false;
    marker->value = value;
    marker->style = tn_crit_style(TN_CRIT_CIRCLE, TN_CRIT_BARE);
    return finish(text, 3, marker);
}

/* `#1`, `#1.` */
static bool hashed(struct tn_str text, struct tn_crit_marker *marker)
{
    size_t at = sign_at(text, 0, '#');
    if (!at || !digits(text, &at, &marker->value))
        return false;
    size_t behind = sign_at(text, at, '.');
    behind = behind ? behind : sign_at(text, at, ':');
    at = behind ? behind : at;
    marker->style = tn_crit_style(TN_CRIT_DIGIT, TN_CRIT_HASH);
    finish(text, at, marker);
    return !marker->glued || glue_fits(text, at, TN_CRIT_DIGIT, TN_CRIT_HASH);
}

bool tn_crit_ordinal(struct tn_str text, struct tn_crit_marker *marker)
{
    *marker = (struct tn_crit_marker){0};
    if (text.len < 2)
        return false;
    if ((unsigned char)text.s[0] >= 0xE2 && circled(text, marker))
        return true;
    if (text.s[0] == '#' || text.s[0] == '\\')
        if (hashed(text, marker))
            return true;
    *marker = (struct tn_crit_marker){0};
    size_t at = 0;
    bool parens = opened(text, &at);
    enum tn_crit_number number;
    enum tn_crit_sign sign;
    if (!counted(text, &at, &number, marker) || !signed_by(text, &at, number, &sign))
        return false;
    if (parens && sign != TN_CRIT_PAREN)
        return false;
    sign = parens ? TN_CRIT_PARENS : sign;
    marker->style = tn_crit_style(number, sign);
    finish(text, at, marker);
    return !marker->glued || glue_fits(text, at, number, sign);
}

void tn_crit_as_roman(struct tn_crit_marker *marker)
{
    enum tn_crit_number number = tn_crit_number_of(marker->style);
    if (number == TN_CRIT_LOWER || number == TN_CRIT_UPPER)
        marker->style = tn_crit_style(number == TN_CRIT_LOWER ? TN_CRIT_ROMAN_LOWER : TN_CRIT_ROMAN_UPPER,
                                      tn_crit_sign_of(marker->style));
    marker->value = marker->roman;
}

bool tn_crit_starts_small(struct tn_str text)
{
    if (text.len && (text.s[0] == '(' || text.s[0] == '"'))
        text = tn_str_from(text, 1);
    return text.len && tn_is_lower(text.s[0]) && !(text.len > 1 && (tn_is_upper(text.s[1]) || text.s[1] == '-')) &&
           !(text.len > 2 && tn_is_upper(text.s[2]));
}
