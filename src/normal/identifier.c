/* SPDX-License-Identifier: MIT */
#include "normal/identifier.h"

#include <utf8proc.h>

#include "core/utf8.h"

/* What may follow an identifier and belongs to it, or must not follow. */
enum tail {
    NO_TAIL,
    COUNTRY,      /* 2004-002714-11-DE, -3RD, -Outside-EU/EEA */
    RESUBMISSION, /* 2023-507385-11-00 */
    NO_DOSSIER    /* NL67805.068.18 is a dossier of an ethics committee, no trial NL67805 */
};

enum { TYPO = 1, UPPER = 2, LOWER = 4, NO_WORD = 8 };

struct form {
    const char *pattern, *lead, *registry, *type;
    enum tail tail;
    unsigned flags;
    const char *context; /* the source must name such a registry beside it */
};

static const struct form forms[] = {
#define TN_ID(pattern, lead, registry, type, tail, flags, context) \
    {pattern, lead, registry, type, tail, flags, context},
#include "normal/identifiers.inc"
#undef TN_ID
};

enum { FORM_COUNT = sizeof forms / sizeof *forms };

/* One step of a pattern. */
struct step {
    char what;
    unsigned least, most;
};

/* A match on its way. */
struct match {
    struct tn_str text;
    size_t end; /* one past what is matched so far */
    unsigned flags;
    char *value;
    size_t len;
    bool nonzero;     /* a digit other than 0 was seen */
    bool only_letters;
};

static unsigned read_count(const char **pattern)
{
    unsigned count = 0;
    while (tn_is_digit(**pattern))
        count = count * 10 + (unsigned)(*(*pattern)++ - '0');
    return count;
}

static const char *next_step(const char *pattern, struct step *step)
{
    *step = (struct step){*pattern++, 1, 1};
    if (*pattern == '?') {
        step->least = 0;
        return pattern + 1;
    }
    if (*pattern == '{') {
        pattern++;
        step->least = read_count(&pattern);
        pattern++;
        step->most = read_count(&pattern);
        pattern++;
    }
    return pattern;
}

/* Bytes of the dash at text.s[0]: the ASCII one, or one that word processors make of it; 0 where there is none. */
static size_t dash_size(struct tn_str text)
{
    if (text.len == 0)
        return 0;
    if ((unsigned char)text.s[0] < 0x80)
        return text.s[0] == '-';
    size_t size;
    uint32_t c = tn_utf8_next(text, &size);
    bool dash = (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D;
    return dash ? size : 0;
}

static size_t separator_size(struct tn_str text)
{
    char c = text.s[0];
    return tn_is_space(c) || c == ':' || c == '#' || c == '.' ? 1 : dash_size(text);
}

/* Bytes at rest.s[0] (not empty) that fit `what`; 0 where they do not. */
static size_t fits(char what, struct tn_str rest)
{
    char c = rest.s[0];
    switch (what) {
    case 'd':
    case 'y':
        return tn_is_digit(c);
    case 't':
        return c >= '2' && c <= '9';
    case 'l':
        return tn_is_alpha(c);
    case 'w':
        return tn_is_alnum(c);
    case '-':
    case '~':
        return dash_size(rest);
    case '/':
        return c == '/' ? 1 : dash_size(rest);
    case '_':
        return separator_size(rest);
    default:
        return tn_lower(c) == tn_lower(what);
    }
}

static void write_char(struct match *match, char c)
{
    if (match->len + 1 < TN_IDENTIFIER_MAX)
        match->value[match->len++] = c;
}

static void write_fitting(struct match *match, char what, char c)
{
    if (what == '_')
        return;
    bool copied = what == 'd' || what == 'y' || what == 't' || what == 'l' || what == 'w';
    if (what == 'd' || what == 'w') {
        match->nonzero |= c != '0';
        match->only_letters &= tn_is_alpha(c);
    }
    if (!copied)
        c = what == '~' ? '-' : what;
    else if (match->flags & UPPER)
        c = tn_upper(c);
    else if (match->flags & LOWER)
        c = tn_lower(c);
    write_char(match, c);
}

static bool match_step(struct match *match, struct step step)
{
    unsigned count = 0;
    for (; count < step.most && match->end < match->text.len; count++) {
        struct tn_str rest = tn_str_from(match->text, match->end);
        size_t size = fits(step.what, rest);
        if (size == 0)
            break;
        write_fitting(match, step.what, rest.s[0]);
        match->end += size;
    }
    if (step.what == '~' && count == 0) {
        write_char(match, '-');
        count = 1;
    }
    return count >= step.least;
}

/* Old identifiers of ReBEC are made of digits and consonants, so `RBR-receptor` is a word. */
static bool is_word(const struct match *match)
{
    static const char vowels[] = "aeiou";
    for (size_t i = 4; i < match->len; i++)
        if (memchr(vowels, match->value[i], sizeof vowels - 1))
            return match->only_letters;
    return false;
}

/* Letters and digits of scripts that part words. Others (category Lo: Han, Kana, Hangul, Arabic, ...) stand right
 * beside an identifier without being part of it. */
static bool is_wordy(uint32_t character)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NL && category != UTF8PROC_CATEGORY_LO;
}

static bool word_before(struct tn_str text, size_t at)
{
    if (at == 0)
        return false;
    size_t start = at - 1, size;
    if ((unsigned char)text.s[start] < 0x80)
        return tn_is_alnum(text.s[start]);
    while (start && at - start < 4 && ((unsigned char)text.s[start] & 0xC0) == 0x80)
        start--;
    uint32_t character = tn_utf8_next(tn_str_slice(text.s + start, at - start), &size);
    return size == at - start && is_wordy(character);
}

static bool word_after(struct tn_str text, size_t at)
{
    size_t size;
    if (at >= text.len)
        return false;
    if ((unsigned char)text.s[at] < 0x80)
        return tn_is_alnum(text.s[at]);
    return is_wordy(tn_utf8_next(tn_str_from(text, at), &size));
}

/* The end of the country suffix at `end`, which is where it starts; `end` itself where there is none. */
static size_t country_tail(struct tn_str text, size_t end, char country[4])
{
    struct tn_str rest = tn_str_from(text, end);
    size_t dash = dash_size(rest);
    rest = tn_str_from(rest, dash);
    static const char outside[] = "Outside-EU/EEA";
    if (dash && tn_str_starts_fold(rest, TN_LIT(outside)))
        return end + dash + sizeof outside - 1;
    size_t len = tn_str_starts_fold(rest, TN_LIT("3RD")) ? 3 : 2;
    bool letters = rest.len >= 2 && tn_is_alpha(rest.s[0]) && tn_is_alpha(rest.s[1]);
    if (dash == 0 || !(letters || len == 3) || word_after(rest, len))
        return end;
    for (size_t i = 0; i < len; i++)
        country[i] = tn_upper(rest.s[i]);
    country[len] = '\0';
    return end + dash + len;
}

static size_t resubmission_tail(struct tn_str text, size_t end)
{
    size_t dash = dash_size(tn_str_from(text, end));
    struct tn_str rest = tn_str_from(text, end + dash);
    bool there = dash && rest.len >= 2 && tn_is_digit(rest.s[0]) && tn_is_digit(rest.s[1]) && !word_after(rest, 2);
    return there ? end + dash + 2 : end;
}

/* Looks at what follows; false where that makes the match none. */
static bool match_tail(struct match *match, enum tail tail, struct tn_identifier *id)
{
    struct tn_str text = match->text;
    size_t end = match->end;
    if (word_after(text, end))
        return false;
    switch (tail) {
    case NO_TAIL:
        break;
    case COUNTRY:
        match->end = country_tail(text, end, id->country);
        break;
    case RESUBMISSION:
        match->end = resubmission_tail(text, end);
        break;
    case NO_DOSSIER:
        return !(end + 1 < text.len && text.s[end] == '.' && tn_is_digit(text.s[end + 1]));
    }
    return true;
}

static bool match_pattern(struct match *match, const char *pattern, const char *lead)
{
    struct step step;
    while (*pattern) {
        if (*pattern == '>') {
            match->len = strlen(lead);
            memcpy(match->value, lead, match->len);
            pattern++;
            continue;
        }
        pattern = next_step(pattern, &step);
        if (!match_step(match, step))
            return false;
    }
    return true;
}

static bool match_form(const struct form *form, struct tn_str text, size_t at, struct tn_identifier *id)
{
    struct match match = {.text = text, .end = at, .flags = form->flags, .value = id->value, .only_letters = true};
    match.len = strlen(form->lead);
    memcpy(id->value, form->lead, match.len);
    id->country[0] = '\0';
    if (!match_pattern(&match, form->pattern, form->lead) || !match.nonzero || !match_tail(&match, form->tail, id))
        return false;
    if ((form->flags & NO_WORD) && is_word(&match))
        return false;
    id->value[match.len] = '\0';
    id->registry = form->registry;
    id->type = form->type;
    id->typo = (form->flags & TYPO) != 0;
    id->at = at;
    id->len = match.end - at;
    return true;
}

static bool allowed(const struct form *form, const char *registry)
{
    return !form->context ||
           (registry && tn_str_find_fold(tn_str_of(registry), tn_str_of(form->context)) != TN_NO_OFFSET);
}

/* The first two characters of a pattern stand for themselves, unless it is one of digits only. */
static bool match_any(struct tn_str text, size_t at, const char *registry, struct tn_identifier *id)
{
    if (at + 1 >= text.len)
        return false;
    char first = tn_lower(text.s[at]), second = tn_lower(text.s[at + 1]);
    for (size_t i = 0; i < FORM_COUNT; i++) {
        const char *want = forms[i].pattern;
        bool may = want[0] == 'd' || (tn_lower(want[0]) == first && tn_lower(want[1]) == second);
        if (may && allowed(&forms[i], registry) && match_form(&forms[i], text, at, id))
            return true;
    }
    return false;
}

/* Length of what the WHO's portal puts before an identifier: `JPRN-` before one of a Japanese registry, and a second
 * `ChiCTR-`. */
static size_t portal_prefix(struct tn_str text, size_t at)
{
    static const struct tn_str chictr = {"ChiCTR", 6};
    struct tn_str rest = tn_str_from(text, at);
    size_t len = tn_str_starts_fold(rest, TN_LIT("JPRN")) ? 4 : tn_str_starts_fold(rest, chictr) ? 6 : 0;
    size_t dash = len ? dash_size(tn_str_from(rest, len)) : 0;
    bool fits_rest = len == 4 || tn_str_starts_fold(tn_str_from(rest, len + dash), chictr);
    return dash && fits_rest ? len + dash : 0;
}

/* The identifier that starts right at `at`. */
static bool match_at(struct tn_str text, size_t at, const char *registry, struct tn_identifier *id)
{
    if (word_before(text, at))
        return false;
    size_t prefix = portal_prefix(text, at);
    if (!match_any(text, at + prefix, registry, id))
        return false;
    id->at = at;
    id->len += prefix;
    return true;
}

/* True for what an identifier, or what the portal puts before one, can start with (identifiers.inc): most words of a
 * text are told apart here. By the first letter, pairs of the second and third; `?` stands for any. */
static bool may_start(struct tn_str text, size_t at)
{
    static const char *const tails[26] = {
        ['a' - 'a'] = "ctnz",     ['c' - 'a'] = "titrhi00", ['d' - 'a'] = "rk", ['e' - 'a'] = "uc",   ['h' - 'a'] = "ku",
        ['i' - 'a'] = "srscrctm", ['j' - 'a'] = "rcapmapr", ['k' - 'a'] = "ct", ['l' - 'a'] = "bc",   ['n' - 'a'] = "cttrl?",
        ['p' - 'a'] = "acer",     ['r' - 'a'] = "brpc",     ['s' - 'a'] = "lc", ['t' - 'a'] = "ct",   ['u' - 'a'] = "mi11",
    };
    if (at + 2 >= text.len)
        return false;
    char first = tn_lower(text.s[at]), second = tn_lower(text.s[at + 1]), third = tn_lower(text.s[at + 2]);
    if (!tn_is_lower(first))
        return tn_is_digit(first) && tn_is_digit(second);
    for (const char *tail = tails[first - 'a']; tail && *tail; tail += 2)
        if (tail[0] == second && (tail[1] == third || tail[1] == '?'))
            return true;
    return false;
}

bool tn_identifier_find(struct tn_str text, size_t from, const char *registry, struct tn_identifier *id)
{
    for (size_t at = from; at < text.len; at++)
        if ((at == 0 || !tn_is_alnum(text.s[at - 1])) && may_start(text, at) && match_at(text, at, registry, id))
            return true;
    return false;
}

/* Length of the white space, quote or bracket at text.s[0]; 0 for anything else. */
static size_t wrapping_size(struct tn_str text)
{
    static const char ascii[] = "'\"()[]{}<>.,;";
    size_t size;
    if ((unsigned char)text.s[0] < 0x80)
        return tn_is_space(text.s[0]) || memchr(ascii, text.s[0], sizeof ascii - 1);
    uint32_t c = tn_utf8_next(text, &size);
    bool wraps = c == 0xA0 || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB || c == 0x3000 || c == 0xFEFF;
    return wraps ? size : 0;
}

static bool only_wrapping(struct tn_str text)
{
    for (size_t at = 0, size; at < text.len; at += size)
        if ((size = wrapping_size(tn_str_from(text, at))) == 0)
            return false;
    return true;
}

bool tn_identifier_is(struct tn_str text, const char *registry, struct tn_identifier *id)
{
    size_t at = 0, size = 1;
    while (at < text.len && (size = wrapping_size(tn_str_from(text, at))) > 0)
        at += size;
    return may_start(text, at) && match_at(text, at, registry, id) && only_wrapping(tn_str_from(text, at + id->len));
}
