/* SPDX-License-Identifier: MIT */
/* Criteria that were run together on one line: `1. … 2. …`, `* a * b`, clauses with `;` between. */
#include "normal/criteria_parts.h"

enum { FAR = 4000, TRIES = 4 }; /* bytes to look for a second number; colons of a line to look behind */

/* The last character before `at` that is no blank; its place, or TN_NO_OFFSET. */
static size_t before(struct tn_str text, size_t at)
{
    while (at && tn_is_space(text.s[at - 1]))
        at--;
    return at ? at - 1 : TN_NO_OFFSET;
}

static struct tn_str word_before(struct tn_str text, size_t last)
{
    size_t from = last + 1;
    while (from && tn_is_alpha(text.s[from - 1]))
        from--;
    return tn_str_slice(text.s + from, last + 1 - from);
}

static bool is_one_of(struct tn_str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tn_str_eq_fold(word, tn_str_of(words[i])))
            return true;
    return false;
}

/* A word that the number behind it belongs to: `grade 2. Patients`, `0 to 2. Must`; but `for 1 week 2. Adults`. */
static bool takes_number(struct tn_str text, size_t last)
{
    static const char *const always[] = {"than",  "to",    "or",       "of",    "and",   "least",  "most",    "grade",
                                         "class", "stage", "type",     "phase", "score", "status", "version", "level",
                                         "over",  "above", "below",    "under", "is",    "be",     "cohort",  "group",
                                         "arm",   "part",  "category", "v",     "ps",    "ecog",   "ctcae",   "visit"};
    static const char *const times[] = {"day", "week", "cycle"};
    struct tn_str word = word_before(text, last);
    if (word.len == 0)
        return false;
    size_t first = before(text, (size_t)(word.s - text.s));
    if (is_one_of(word, times, sizeof times / sizeof *times))
        return first == TN_NO_OFFSET || !tn_is_digit(text.s[first]);
    bool joins = tn_str_eq_fold(word, TN_LIT("and")) || tn_str_eq_fold(word, TN_LIT("or"));
    if (joins && first != TN_NO_OFFSET && strchr(".;,/", text.s[first] ? text.s[first] : ' '))
        return false; /* `; and 6. Consent`, `, and/or 6. Consent` */
    return is_one_of(word, always, sizeof always / sizeof *always);
}

/* Does the number at `at` start an item, by what stands before and behind it? `loose`: also before a small letter. */
static bool starts_item(struct tn_str text, size_t at, const struct tn_crit_marker *marker, bool loose)
{
    struct tn_str body = tn_str_from(text, at + marker->len);
    size_t last = before(text, at);
    if (body.len == 0 || last == TN_NO_OFFSET)
        return false;
    enum tn_crit_number number = tn_crit_number_of(marker->style);
    enum tn_crit_sign sign = tn_crit_sign_of(marker->style);
    bool ended = strchr(".;,:)", text.s[last] ? text.s[last] : ' ') != NULL;
    if (sign == TN_CRIT_PARENS || number == TN_CRIT_CIRCLE)
        return true;
    if (strchr("<>=-/+(", text.s[last] ? text.s[last] : '(') || (unsigned char)text.s[last] >= 0x80)
        return false;
    if (sign == TN_CRIT_PAREN)
        return number != TN_CRIT_DIGIT || ended || !takes_number(text, last);
    if (number == TN_CRIT_DEWEY) /* 16.2 behind 16.1 is no chance */
        return ended || !tn_crit_starts_small(body);
    if (number == TN_CRIT_DIGIT)
        return ended || ((loose || !tn_crit_starts_small(body)) && !takes_number(text, last));
    if (number == TN_CRIT_ROMAN_LOWER && marker->value > 1)
        return ended || !tn_crit_starts_small(body);
    return ended; /* a letter with a full stop is rare enough as a marker to ask for an end before it */
}

static bool is_like(struct tn_crit_marker *found, struct tn_crit_marker like)
{
    if (found->style != like.style && found->roman)
        tn_crit_as_roman(found);
    return found->style == like.style && found->prefix == like.prefix;
}

/* Can a number of this style start with the character? Cheap, because it is asked at every word. */
static bool may_start(unsigned style, struct tn_str text, size_t at)
{
    enum tn_crit_number number = tn_crit_number_of(style);
    enum tn_crit_sign sign = tn_crit_sign_of(style);
    char c = text.s[at];
    if (c == '\\' || (unsigned char)c >= 0xE2)
        return true;
    if (sign == TN_CRIT_PARENS || sign == TN_CRIT_HASH)
        return c == (sign == TN_CRIT_HASH ? '#' : '(');
    if (number == TN_CRIT_DIGIT || number == TN_CRIT_DEWEY)
        return tn_is_digit(c);
    if (!tn_is_alpha(c))
        return false;
    for (size_t i = at + 1; i < text.len && i <= at + 6; i++) /* letters count as a number when a sign follows soon */
        if (!tn_is_alpha(text.s[i]))
            return text.s[i] == '.' || text.s[i] == ')' || text.s[i] == '\\';
    return false;
}

size_t tn_crit_number_inside(struct tn_str text, size_t from, size_t end, struct tn_crit_marker like,
                             bool loose, struct tn_crit_marker *found)
{
    bool brackets = tn_crit_sign_of(like.style) == TN_CRIT_PAREN || tn_crit_sign_of(like.style) == TN_CRIT_PARENS;
    for (size_t at = from ? from : 1; at < end && at < text.len; at++) {
        char last = text.s[at - 1];
        if (!(tn_is_space(last) || last == ';' || last == ',') || !may_start(like.style, text, at))
            continue;
        if (!tn_crit_ordinal(tn_str_from(text, at), found) || !is_like(found, like))
            continue;
        bool skipped = brackets && found->value == like.value + 1 && !tn_is_alpha(text.s[before(text, at)]);
        if ((like.value == 0 || found->value == like.value || skipped) && starts_item(text, at, found, loose))
            return at;
    }
    return TN_NO_OFFSET;
}

/* ---- a list behind a colon, inside one criterion ---- */

struct list {
    size_t start;                 /* of its first marker */
    struct tn_crit_marker marker; /* the first */
};

/* A list from 1, a or i on whose first marker stands at `at` and whose second follows. */
static bool list_at(struct tn_str text, size_t at, struct list *list)
{
    struct tn_crit_marker second;
    list->start = at;
    if (!tn_crit_ordinal(tn_str_from(text, at), &list->marker))
        return false;
    if (list->marker.roman == 1)
        tn_crit_as_roman(&list->marker);
    if (list->marker.value != 1)
        return false;
    struct tn_crit_marker next = list->marker;
    next.value = 2;
    size_t from = at + list->marker.len;
    return tn_crit_number_inside(text, from, from + FAR, next, true, &second) != TN_NO_OFFSET && second.value == 2;
}

/* `… one of the following: a. … b. …`; a colon inside brackets opens nothing. */
static bool list_behind_colon(struct tn_str text, struct list *list)
{
    int depth = 0, tries = 0;
    if (!memchr(text.s, ':', text.len))
        return false;
    for (size_t i = 0; i + 4 < text.len && tries < TRIES; i++) {
        char c = text.s[i];
        if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && depth)
            depth--;
        if (c != ':' || depth || !(tn_is_space(text.s[i + 1]) || text.s[i + 1] == '(' || text.s[i + 1] == '\\'))
            continue;
        size_t at = i + 1;
        while (at < text.len && tn_is_space(text.s[at]))
            at++;
        tries++;
        if (list_at(text, at, list))
            return true;
    }
    return false;
}

static void add_members(struct tn_crit_items *items, enum tn_criteria_side side, int level, struct tn_str text,
                        const struct list *list)
{
    struct tn_crit_marker next = list->marker, found = list->marker;
    size_t from = list->start + found.len;
    for (;;) {
        next.value = found.value + 1;
        size_t at = tn_crit_number_inside(text, from, text.len, next, true, &found);
        tn_crit_add(items, side, level, tn_str_slice(text.s + from, (at == TN_NO_OFFSET ? text.len : at) - from));
        if (at == TN_NO_OFFSET)
            return;
        from = at + found.len;
    }
}

/* Bytes of a bullet that stands free at `at` and starts an item, else 0. `sign`: the bullet of the line. */
static size_t bullet_inside(struct tn_str text, size_t at, unsigned sign)
{
    struct tn_crit_marker marker;
    struct tn_str here = tn_str_from(text, at);
    size_t last = before(text, at);
    if (last == TN_NO_OFFSET || here.s[0] == '\\' || here.s[0] == 'o' || here.s[0] == '+' || here.len < 3)
        return 0;
    if ((here.s[0] == '*' || here.s[0] == '-') && !tn_is_space(here.s[1]))
        return 0;
    if (!tn_crit_bullet(here, &marker))
        return 0;
    struct tn_str body = tn_str_from(here, marker.len);
    if (body.len == 0 || (tn_is_digit(body.s[0]) && (here.s[0] != '*' || tn_is_digit(text.s[last]))))
        return 0;
    if (marker.bullet == TN_CRIT_BULLET_DASH) /* a dash is a bullet only between sentences */
        return (text.s[last] == '.' || text.s[last] == ';') && tn_is_upper(body.s[0]) ? marker.len : 0;
    return marker.bullet == sign ? marker.len : 0;
}

static bool may_be_sign(char c)
{
    return c == '*' || c == '-' || (unsigned char)c >= 0xC2;
}

/* Is there a byte that a bullet other than a dash starts with? Most texts hold none. */
static bool has_sign(struct tn_str text)
{
    return memchr(text.s, '*', text.len) || memchr(text.s, 0xE2, text.len) || memchr(text.s, 0xC2, text.len) ||
           memchr(text.s, 0xEF, text.len);
}

/* The bullet that stands free in the line at least twice, 0 for none. */
static unsigned repeated_bullet(struct tn_str text)
{
    unsigned seen = 0;
    if (!has_sign(text))
        return 0;
    for (size_t at = 1; at < text.len; at++) {
        struct tn_crit_marker marker;
        if (!tn_is_space(text.s[at - 1]) || !may_be_sign(text.s[at]) || text.s[at] == '-' ||
            !tn_crit_bullet(tn_str_from(text, at), &marker) || !bullet_inside(text, at, marker.bullet))
            continue;
        if (seen == marker.bullet)
            return seen;
        seen = marker.bullet;
    }
    return 0;
}

static int below(int level)
{
    return level < TN_CRIT_DEEPEST ? level + 1 : level;
}

/* `… criteria: * a * b` */
static void add_bullets_below(struct tn_crit_items *items, enum tn_criteria_side side, int level, struct tn_str text,
                              unsigned sign)
{
    size_t from = 0;
    for (size_t at = 1; at < text.len; at++) {
        size_t len;
        if (!tn_is_space(text.s[at - 1]) || !may_be_sign(text.s[at]) || (len = bullet_inside(text, at, sign)) == 0)
            continue;
        tn_crit_add(items, side, from ? below(level) : level, tn_str_slice(text.s + from, at - from));
        from = at + len;
        at = from - 1;
    }
    tn_crit_add(items, side, from ? below(level) : level, tn_str_from(text, from));
}

/* One criterion, or its lead and the list behind it. */
static void add_piece(struct tn_crit_items *items, enum tn_criteria_side side, int level, struct tn_str text)
{
    struct list list;
    unsigned sign;
    text = tn_crit_trim(text);
    if (text.len < 12) {
        tn_crit_add(items, side, level, text);
    } else if (list_behind_colon(text, &list)) {
        tn_crit_add(items, side, level, tn_str_slice(text.s, list.start));
        add_members(items, side, below(level), text, &list);
    } else if ((sign = repeated_bullet(text)) != 0) {
        add_bullets_below(items, side, level, text, sign);
    } else {
        tn_crit_add(items, side, level, text);
    }
}

/* ---- siblings on one line ---- */

/* A line of numbers, and the list of the same kind that one of its items can hold: `1. One of: 1. a 2. b 2. Next`. */
struct run {
    unsigned last, inner; /* how far each has come; inner 0: none is open */
    unsigned limit;       /* the number that the next line starts with, 0 for none */
    int tries;            /* lists behind a colon that were looked for */
};

/* Takes the number at `at` into the run: 1 for the outer list, 2 for the inner, 0 when it is neither's next. */
static int take_number(struct run *run, struct tn_str text, size_t at, const struct tn_crit_marker *found)
{
    size_t last = before(text, at);
    char end = last == TN_NO_OFFSET ? ' ' : text.s[last];
    struct list list;
    if (run->inner && found->value == run->inner + 1) {
        run->inner++;
        return 2;
    }
    if (found->value == 1 && end == ':' && !run->inner && run->tries++ < 4 * TRIES && list_at(text, at, &list)) {
        run->inner = 1;
        return 2;
    }
    bool next = found->value == run->last + 1;
    bool skipped = found->value == run->last + 2 && (end == '.' || end == ';' || end == ',') &&
                   !(end == ',' && tn_crit_sign_of(found->style) == TN_CRIT_DOT);
    if (!(next || skipped) || (run->limit && found->value >= run->limit))
        return 0;
    run->last = found->value;
    run->inner = 0;
    return 1;
}

/* `3. … 4. …`: the numbers that go on, as long as the next line does not go on with them itself. */
static void add_numbered(struct tn_crit_items *items, const struct tn_crit_draft *draft,
                         const struct tn_crit_draft *next)
{
    struct tn_crit_marker like = {.style = draft->style, .prefix = draft->prefix}, found;
    bool limited = next && next->style == draft->style && next->value > draft->value && next->side == draft->side;
    struct run run = {draft->value, 0, limited ? next->value : 0, 0};
    bool loose = draft->loose || (limited && next->value > draft->value + 1); /* the numbers between must be here */
    struct tn_str text = draft->text;
    size_t from = 0, at = 0;
    int level = draft->level;
    while ((at = tn_crit_number_inside(text, at, text.len, like, loose, &found)) != TN_NO_OFFSET) {
        int taken = take_number(&run, text, at, &found);
        if (taken) {
            add_piece(items, draft->side, level, tn_str_slice(text.s + from, at - from));
            level = taken == 1 ? draft->level : below(draft->level);
            from = at + found.len;
        }
        at += found.len;
    }
    add_piece(items, draft->side, level, tn_str_from(text, from));
}

static void add_bulleted(struct tn_crit_items *items, const struct tn_crit_draft *draft, unsigned sign)
{
    struct tn_str text = draft->text;
    size_t from = 0;
    bool plain = !has_sign(text) && !memchr(text.s, '-', text.len);
    for (size_t at = 1; at < text.len && !plain; at++) {
        size_t len;
        if (!tn_is_space(text.s[at - 1]) || !may_be_sign(text.s[at]) || (len = bullet_inside(text, at, sign)) == 0)
            continue;
        add_piece(items, draft->side, draft->level, tn_str_slice(text.s + from, at - from));
        from = at + len;
        at = from - 1;
    }
    add_piece(items, draft->side, draft->level, tn_str_from(text, from));
}

/* ---- a section that is one line without a marker ---- */

/* A list from 1 on somewhere in the line: `Adults with: 1) … 2) …` */
static bool list_anywhere(struct tn_str text, struct list *list)
{
    for (size_t at = 1, tries = 0; at < text.len && tries < TRIES; at++) {
        struct tn_crit_marker marker;
        if (!tn_is_space(text.s[at - 1]) || !(text.s[at] == '1' || text.s[at] == '(') ||
            !tn_crit_ordinal(tn_str_from(text, at), &marker) || marker.value != 1 ||
            !starts_item(text, at, &marker, true))
            continue;
        tries++;
        if (list_at(text, at, list))
            return true;
    }
    return false;
}

/* True when the `;` at `at` ends an entity: `&gt;` */
static bool ends_entity(struct tn_str text, size_t at)
{
    size_t from = at;
    while (from && at - from < 10 && (tn_is_alnum(text.s[from - 1]) || text.s[from - 1] == '#'))
        from--;
    return from && from < at && text.s[from - 1] == '&';
}

static void add_clauses(struct tn_crit_items *items, const struct tn_crit_draft *draft)
{
    struct tn_str text = draft->text;
    size_t from = 0;
    int depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.s[i];
        if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && depth)
            depth--;
        if (c != ';' || depth || i + 1 == text.len || !tn_is_space(text.s[i + 1]) || ends_entity(text, i))
            continue;
        tn_crit_add(items, draft->side, draft->level, tn_str_slice(text.s + from, i + 1 - from));
        from = i + 1;
    }
    tn_crit_add(items, draft->side, draft->level, tn_str_from(text, from));
}

/* `All of the following criteria: * a * b`: a colon stands before the first of the bullets. */
static bool is_led(struct tn_str text, unsigned sign)
{
    for (size_t at = 1; at < text.len; at++)
        if (tn_is_space(text.s[at - 1]) && may_be_sign(text.s[at]) && bullet_inside(text, at, sign)) {
            size_t end = before(text, at);
            return end != TN_NO_OFFSET && text.s[end] == ':';
        }
    return false;
}

static void add_alone(struct tn_crit_items *items, const struct tn_crit_draft *draft)
{
    struct list list;
    unsigned bullet = repeated_bullet(draft->text);
    if (bullet && is_led(draft->text, bullet)) {
        add_bullets_below(items, draft->side, draft->level, draft->text, bullet);
    } else if (bullet) {
        add_bulleted(items, draft, bullet);
    } else if (list_behind_colon(draft->text, &list) || list_anywhere(draft->text, &list)) {
        tn_crit_add(items, draft->side, draft->level, tn_str_slice(draft->text.s, list.start));
        add_members(items, draft->side, below(draft->level), draft->text, &list);
    } else {
        add_clauses(items, draft);
    }
}

/* Place of a number that goes on with the list around the draft's; it has to follow the end of a sentence. */
static size_t find_outer(const struct tn_crit_draft *draft, const struct tn_crit_draft *next,
                         struct tn_crit_marker *found)
{
    enum { GAP = 3 }; /* numbers in between that were run together elsewhere */
    struct tn_crit_marker like = {.style = draft->around.style, .prefix = draft->around.prefix};
    bool taken = next && next->style == like.style && next->side == draft->side;
    for (unsigned step = 1; step <= GAP; step++) {
        like.value = draft->around.value + step;
        if (taken && next->value <= like.value)
            break;
        size_t at = tn_crit_number_inside(draft->text, 0, draft->text.len, like, false, found);
        size_t end = at == TN_NO_OFFSET ? at : before(draft->text, at);
        if (end != TN_NO_OFFSET && found->value == like.value &&
            (draft->text.s[end] == '.' || draft->text.s[end] == ';'))
            return at;
    }
    return TN_NO_OFFSET;
}

/* The last item of a nested list that has swallowed the next of the list around it: `4. Viremia. 3. Allergy`. Cuts the
 * draft's text there; *outer gets the rest as a draft of its own. */
static bool cut_outer(struct tn_crit_draft *draft, const struct tn_crit_draft *next, struct tn_crit_draft *outer)
{
    struct tn_crit_marker found;
    bool last = !next || next->side != draft->side || next->level < draft->level;
    size_t at = draft->around.style && last ? find_outer(draft, next, &found) : TN_NO_OFFSET;
    if (at == TN_NO_OFFSET)
        return false;
    *outer = *draft;
    outer->text = tn_str_from(draft->text, at + found.len);
    outer->style = found.style;
    outer->prefix = found.prefix;
    outer->value = found.value;
    outer->level = draft->around.level;
    draft->text = tn_str_slice(draft->text.s, at);
    return true;
}

void tn_crit_part(struct tn_crit_items *items, const struct tn_crit_draft *draft, const struct tn_crit_draft *next)
{
    if (draft->alone) {
        add_alone(items, draft);
        return;
    }
    struct tn_crit_draft outer, inner = *draft;
    bool swallowed = cut_outer(&inner, next, &outer);
    if (inner.marked && inner.style)
        add_numbered(items, &inner, next);
    else if (inner.marked)
        add_bulleted(items, &inner, inner.bullet);
    else
        add_piece(items, inner.side, inner.level, inner.text);
    if (swallowed)
        add_numbered(items, &outer, next);
}
