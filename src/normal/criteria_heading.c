/* SPDX-License-Identifier: MIT */
/* Which lines are headings. A heading is short and is made of the words of a heading, with or without what it is
 * limited to (`Exclusion Criteria for Part B:`); a sentence about criteria (`Exclusion criteria of the main study
 * apply`) is none, and its verb gives it away. */
#include "core/bytes.h"
#include "normal/criteria_parts.h"

enum { LOOK = 160, LEAD_WORDS = 4, QUALIFIER_WORDS = 12 };

/* ---- what stands around ---- */

static size_t tag_at(struct tn_str s)
{
    if (s.len < 3 || s.s[0] != '<' || !(tn_is_alpha(s.s[1]) || s.s[1] == '/'))
        return 0;
    size_t end = tn_str_find_char(tn_str_slice(s.s, s.len < 64 ? s.len : 64), '>');
    return end == TN_NO_OFFSET ? 0 : end + 1;
}

/* Emphasis, Markdown's `##`, white space, tags. */
static size_t ornament_at(struct tn_str s)
{
    size_t blank = tn_crit_blank(s);
    if (blank || s.len == 0)
        return blank;
    size_t at = s.s[0] == '\\' && s.len > 1 ? 1 : 0;
    if (strchr("*_#~=", s.s[at] ? s.s[at] : '.'))
        return at + 1;
    return tag_at(s);
}

static struct tn_str skip_ornaments(struct tn_str s)
{
    for (size_t n; (n = ornament_at(s)) != 0;)
        s = tn_str_from(s, n);
    return s;
}

static struct tn_str trim_ornaments_behind(struct tn_str s)
{
    s = tn_crit_trim(s);
    while (s.len && strchr("*_#~=\\", s.s[s.len - 1] ? s.s[s.len - 1] : '.'))
        s = tn_crit_trim(tn_str_slice(s.s, s.len - 1));
    return s;
}

struct tn_str tn_crit_unadorned(struct tn_str text)
{
    return trim_ornaments_behind(skip_ornaments(text));
}

/* Bytes of a marker before a heading: `- `, `2.`, `B-`, the register's own `E.4 `. */
static size_t marker_at(struct tn_str s)
{
    struct tn_crit_marker marker;
    if (tn_crit_bullet(s, &marker) || tn_crit_ordinal(s, &marker))
        return marker.len;
    if (s.len < 3 || !tn_is_upper(s.s[0]))
        return 0;
    if (s.s[1] == '-')
        return 2;
    size_t at = 2;
    while (s.s[1] == '.' && at < s.len && tn_is_digit(s.s[at]))
        at++;
    return at > 2 && at < s.len && tn_is_space(s.s[at]) ? at : 0;
}

static struct tn_str skip_markers(struct tn_str s, bool *any)
{
    for (int i = 0; i < 6; i++) {
        size_t marker = marker_at(s), ornament = marker ? 0 : ornament_at(s);
        if (marker + ornament == 0)
            break;
        s = tn_str_from(s, marker + ornament);
        *any = *any || marker;
    }
    return skip_ornaments(s);
}

/* Letters that the words of headings hold and few other words do: the c of `clus` and `crit`, the k of `krit`, the i of
 * `elig`. Nearly every line is told from a heading by them alone. */
static bool clue_at(const char *s, size_t i, size_t end)
{
    struct tn_str here = tn_str_slice(s + i, end - i);
    switch (s[i] | 0x20) {
    case 'c': /* creteria, citeria: seen */
        return tn_str_starts_fold(here, TN_LIT("clus")) || tn_str_starts_fold(here, TN_LIT("crit")) ||
               tn_str_starts_fold(here, TN_LIT("cret")) || tn_str_starts_fold(here, TN_LIT("cite"));
    case 'k': return tn_str_starts_fold(here, TN_LIT("krit"));
    default: return i >= 2 && tn_str_starts_fold(tn_str_slice(s + i - 2, end - i + 2), TN_LIT("elig"));
    }
}

/* Where, from `at` on, a letter may be one of those: `cl`, `cr`, `ci`, `kr`, `ig` begin there; `end` or more where nothing
 * does. */
static size_t next_pair(struct tn_str line, size_t at, size_t end)
{
    const tn_bytes small = tn_bytes_each(0x20), r = tn_bytes_each('r'), i = tn_bytes_each('i');
    for (; at < end && at + TN_BYTES < line.len; at += TN_BYTES) {
        tn_bytes one = tn_bytes_load(line.s + at) | small, two = tn_bytes_load(line.s + at + 1) | small;
        tn_bytes c = (tn_bytes)(one == tn_bytes_each('c')), k = (tn_bytes)(one == tn_bytes_each('k'));
        tn_bytes behind_c = (tn_bytes)(two == r) | (tn_bytes)(two == i) | (tn_bytes)(two == tn_bytes_each('l'));
        tn_bytes ig = (tn_bytes)(one == i) & (tn_bytes)(two == tn_bytes_each('g'));
        size_t first = tn_bytes_first((c & behind_c) | (k & (tn_bytes)(two == r)) | ig);
        if (first < TN_BYTES)
            return at + first;
    }
    while (at < end && !strchr("cki", line.s[at] | 0x20))
        at++;
    return at;
}

static bool has_clue(struct tn_str line)
{
    enum { START = 80 };
    size_t end = line.len < START ? line.len : line.len < 3 * LOOK ? START : START / 2;
    for (size_t i = next_pair(line, 0, end); i < end; i = next_pair(line, i + 1, end))
        if (clue_at(line.s, i, end))
            return true;
    return line.len && (unsigned char)line.s[0] >= 0xE3; /* Chinese, Japanese */
}

static bool all_caps(struct tn_str text)
{
    size_t capitals = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (tn_is_lower(text.s[i]))
            return false;
        capitals += tn_is_upper(text.s[i]);
    }
    return capitals > 1;
}

/* ---- before the heading's own words, and those ---- */

struct scan {
    struct tn_str line; /* without markers */
    struct tn_str rest; /* not yet read */
    unsigned sides;     /* IN, EX or both */
    bool full;          /* with the word criteria */
    bool non, generic, leave;
    bool capitals;      /* `Exclusion Criteria`, not `exclusion criteria` */
    unsigned lead_flags;
    size_t unknown;     /* words that say more than `key` */
    const char *lead, *lead_end;
};

/* Nothing but blanks, a slash, a hyphen, emphasis or `&` between two words that belong together. */
static bool joined(const char *from, const char *to)
{
    for (; from < to; from++)
        if (!strchr(" \t/&*_-\\", *from ? *from : '.') && (unsigned char)*from < 0x80)
            return false;
    return true;
}

/* Looks at the next word without taking it. */
static unsigned peek(const struct scan *scan, struct tn_str *word, struct tn_str *behind)
{
    *behind = scan->rest;
    const char *from = scan->rest.s;
    if (!tn_crit_next_word(behind, word) || !joined(from, word->s))
        return 0;
    return tn_crit_word(*word);
}

/* `inclusion` was read: takes `criteria`, `/exclusion criteria`, `and exclusion criteria`. */
static void after_side(struct scan *scan, unsigned flags)
{
    struct tn_str word, behind;
    scan->sides |= flags & (TN_CRIT_WORD_IN | TN_CRIT_WORD_EX);
    scan->full = (flags & TN_CRIT_WORD_WHOLE) != 0;
    for (int i = 0; i < 3 && !scan->full; i++) {
        unsigned next = peek(scan, &word, &behind);
        bool joins = tn_str_eq_fold(word, TN_LIT("and")) || tn_str_eq_fold(word, TN_LIT("or"));
        if (!next || !(next & (TN_CRIT_WORD_CRITERIA | TN_CRIT_WORD_IN | TN_CRIT_WORD_EX)) == !joins)
            return;
        scan->rest = behind;
        scan->sides |= next & (TN_CRIT_WORD_IN | TN_CRIT_WORD_EX);
        scan->full = (next & TN_CRIT_WORD_CRITERIA) != 0;
        scan->capitals = tn_is_upper(word.s[0]);
    }
}

/* `criteria` was read: takes `for inclusion`, `de inclusión`, `of non-inclusion`. */
static bool after_criteria(struct scan *scan)
{
    struct tn_str word, behind;
    for (int i = 0; i < 3; i++) {
        unsigned next = peek(scan, &word, &behind);
        scan->rest = behind;
        if (next & (TN_CRIT_WORD_IN | TN_CRIT_WORD_EX)) {
            scan->sides = next & (TN_CRIT_WORD_IN | TN_CRIT_WORD_EX);
            scan->full = true;
            return true;
        }
        if (next & TN_CRIT_WORD_NON)
            scan->non = true;
        else if (word.len == 0 || word.len > 3) /* for, of, de, di */
            return false;
    }
    return false;
}

/* `Patients Inclusion Criteria` stands beside those of others; `Patient Inclusion Criteria` says nothing. */
static bool names_people(struct tn_str word)
{
    static const char *const people[] = {"patient", "patients", "participant", "participants", "subject", "subjects"};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        if (tn_str_eq_fold(word, tn_str_of(people[i])))
            return true;
    return false;
}

static bool lead_word(struct scan *scan, struct tn_str word, unsigned flags)
{
    scan->lead_flags |= flags;
    if (names_people(word) && (scan->lead || tn_lower(word.s[word.len - 1]) == 's')) {
        scan->lead = scan->lead ? scan->lead : word.s;
        scan->lead_end = word.s + word.len;
    }
    if (flags & TN_CRIT_WORD_NON)
        scan->non = true;
    if (flags & (TN_CRIT_WORD_LEAD | TN_CRIT_WORD_NON))
        return true;
    if ((flags & TN_CRIT_WORD_VERB) || ++scan->unknown > LEAD_WORDS)
        return false;
    scan->lead = scan->lead ? scan->lead : word.s;
    scan->lead_end = word.s + word.len;
    return true;
}

static bool sentence_between(const char *from, const char *to)
{
    for (; from < to; from++)
        if (strchr(".;?!,", *from ? *from : ' '))
            return true;
    return false;
}

/* Reads up to the end of the heading's own words. */
static bool own_words(struct scan *scan)
{
    struct tn_str word;
    for (int i = 0; i < 12; i++) {
        const char *from = scan->rest.s;
        if (!tn_crit_next_word(&scan->rest, &word) || (i && sentence_between(from, word.s)))
            return false;
        unsigned flags = tn_crit_word(word);
        bool adjacent = joined(from, word.s);
        if (flags & (TN_CRIT_WORD_IN | TN_CRIT_WORD_EX)) {
            scan->capitals = tn_is_upper(word.s[0]);
            after_side(scan, flags);
            return true;
        }
        if ((flags & TN_CRIT_WORD_CRITERIA) && adjacent && (scan->generic || scan->leave)) {
            scan->full = true;
            return true;
        }
        if (flags & TN_CRIT_WORD_CRITERIA)
            return after_criteria(scan);
        if (scan->non && !(flags & TN_CRIT_WORD_NON))
            return false;
        scan->generic = (flags & TN_CRIT_WORD_GENERIC) != 0;
        scan->leave = (flags & TN_CRIT_WORD_LEAVE) != 0;
        if (!scan->leave && !lead_word(scan, word, flags))
            return false;
    }
    return false;
}

/* ---- behind them ---- */

struct tail {
    struct tn_str qualifier; /* with its colon; empty where it says nothing */
    struct tn_str rest;
    bool colon; /* one ends it, on the line */
    bool bound; /* by a preposition, dash, bracket or the name of a group */
    bool group; /* names one */
};

static size_t colon_at(struct tn_str s)
{
    return s.len && s.s[0] == ':' ? 1 : tn_str_starts(s, TN_LIT("\xEF\xBC\x9A")) ? 3 : 0;
}

/* The text behind a colon and the end of emphasis. A star after a blank is a bullet: `Criteria: * a * b`. */
static struct tn_str behind_colon(struct tn_str s)
{
    s = tn_str_from(s, colon_at(s));
    for (size_t n; (n = tn_crit_blank(s) ? 0 : ornament_at(s)) != 0;)
        s = tn_str_from(s, n);
    return tn_crit_trim(s);
}

/* Place of the colon that ends a qualifier, outside brackets; TN_NO_OFFSET. `1:1` has none. */
static size_t find_colon(struct tn_str s)
{
    int depth = 0;
    for (size_t i = 0; i < s.len && i < LOOK; i++) {
        depth += (s.s[i] == '(' || s.s[i] == '[') - (s.s[i] == ')' || s.s[i] == ']');
        if (depth <= 0 && colon_at(tn_str_from(s, i)) && !(i + 1 < s.len && tn_is_digit(s.s[i + 1])))
            return i;
    }
    return TN_NO_OFFSET;
}

/* Words of a qualifier between its empty ends. */
struct words {
    size_t count;
    unsigned first, any; /* flags of the first word, of all */
    bool verb;           /* one that is not at the end, where `are` or `include` says nothing */
    const char *core, *core_end;
};

static struct words read_words(struct tn_str text)
{
    struct words words = {0};
    struct tn_str word;
    bool verb = false;
    while (words.count <= QUALIFIER_WORDS && tn_crit_next_word(&text, &word)) {
        unsigned flags = tn_crit_word(word);
        if (words.count++ == 0)
            words.first = flags;
        words.any |= flags;
        bool empty = (flags & TN_CRIT_WORD_EMPTY) || (!words.core && (flags & TN_CRIT_WORD_PREP));
        if (!empty) {
            words.core = words.core ? words.core : word.s;
            words.core_end = word.s + word.len;
            words.verb = words.verb || verb;
        }
        verb = verb || ((flags & TN_CRIT_WORD_VERB) && words.core);
        words.verb = words.verb || ((flags & TN_CRIT_WORD_VERB) && !(flags & TN_CRIT_WORD_EMPTY));
    }
    return words;
}

/* Where the qualifier starts to say something: behind `for`, `of`, `in` and empty words, which are left out with the
 * heading; `at screening` keeps its preposition. */
static const char *core_start(struct tn_str text, const struct words *words)
{
    struct tn_str rest = text, word;
    const char *from = text.s;
    while (tn_crit_next_word(&rest, &word) && word.s < words->core) {
        bool drop = tn_str_eq_fold(word, TN_LIT("for")) || tn_str_eq_fold(word, TN_LIT("of")) ||
                    tn_str_eq_fold(word, TN_LIT("in")) || (tn_crit_word(word) & TN_CRIT_WORD_EMPTY);
        if (!drop)
            return word.s;
        from = word.s + word.len;
    }
    struct tn_str before = tn_str_slice(from, (size_t)(words->core - from));
    struct tn_crit_marker dash;
    while (before.len && (strchr(" ,/", before.s[0]) || tn_crit_bullet(before, &dash)))
        before = tn_str_from(before, strchr(" ,/", before.s[0]) ? 1 : dash.len);
    return before.s;
}

/* `(8)`, `(study group)`: true when the brackets are all there is. */
static bool bracketed(struct tn_str q, struct tail *tail)
{
    struct tn_str inner = tn_str_slice(q.s + 1, q.len < 2 ? 0 : q.len - 2);
    if (q.len < 3 || (q.s[0] != '(' && q.s[0] != '[') || (q.s[q.len - 1] != ')' && q.s[q.len - 1] != ']') ||
        tn_str_find_char(inner, '(') != TN_NO_OFFSET)
        return false;
    unsigned long number;
    inner = tn_crit_trim(inner);
    tail->group = tail->bound = true;
    if (!tn_str_uint(inner, 9999, &number))
        tail->qualifier = inner;
    return true;
}

/* What limits the heading, up to its colon or the end of the line. */
static bool read_qualifier(struct tn_str s, struct tail *tail)
{
    size_t colon = find_colon(s);
    tail->colon = colon != TN_NO_OFFSET;
    struct tn_str q = trim_ornaments_behind(tail->colon ? tn_str_slice(s.s, colon) : s);
    if (tail->colon)
        tail->rest = behind_colon(tn_str_from(s, colon));
    if (q.len > LOOK)
        return false;
    if (bracketed(q, tail))
        return true;
    bool stop = q.len && q.s[q.len - 1] == '.';
    struct words words = read_words(q);
    struct tn_crit_marker dash;
    tail->bound = (words.first & (TN_CRIT_WORD_PREP | TN_CRIT_WORD_GROUP)) || tn_crit_bullet(q, &dash) ||
                  (q.len && strchr("(,[/", q.s[0] ? q.s[0] : '.'));
    tail->group = tail->group || (words.any & TN_CRIT_WORD_GROUP);
    if (words.count > QUALIFIER_WORDS || words.verb)
        return false;
    if (!words.core) /* `are as follows`, `for this study` */
        return tail->colon || !(words.any & TN_CRIT_WORD_VERB) || stop;
    const char *from = q.s[0] == '(' || q.s[0] == '[' ? q.s : core_start(q, &words);
    const char *end = tail->colon ? s.s + colon + colon_at(tn_str_from(s, colon)) : q.s + q.len;
    tail->qualifier = tn_str_slice(from, (size_t)(end - from));
    return tail->bound ? tail->colon || !stop : tail->colon && tail->rest.len == 0;
}

static bool is_list_start(struct tn_str s)
{
    struct tn_crit_marker marker;
    if (tn_crit_bullet(s, &marker))
        return marker.bullet != TN_CRIT_BULLET_DASH && !marker.glued && s.len > marker.len;
    return tn_crit_ordinal(s, &marker) && marker.value == 1 && s.s[0] == '1' && s.len > marker.len;
}

static bool read_tail(const struct scan *scan, struct tail *tail)
{
    *tail = (struct tail){.colon = false};
    struct tn_str s = tn_crit_trim(scan->rest);
    struct tn_crit_marker marker;
    if (scan->full && (is_list_start(s) || (s.len && (unsigned char)s.s[0] >= 0xC2 && tn_crit_bullet(s, &marker) &&
                                            marker.bullet != TN_CRIT_BULLET_DASH))) {
        tail->rest = s; /* `Criteria * a * b`, `Criteria 1. a`, `criteria • a` */
        return true;
    }
    s = skip_ornaments(s);
    if (s.len == 0)
        return true;
    if (colon_at(s)) {
        tail->colon = true;
        tail->rest = behind_colon(s);
        return true;
    }
    if (s.s[0] == '.' && scan->full && (s.len == 1 || tn_crit_blank(tn_str_from(s, 1)))) {
        tail->rest = tn_crit_trim(tn_str_from(s, 1));
        return tail->rest.len == 0 || !tn_crit_starts_small(tail->rest);
    }
    return read_qualifier(s, tail);
}

/* `Inclusion`, without `criteria`: alone, with a colon, with the name of a group. */
static bool bare_fits(const struct scan *scan, const struct tail *tail, bool bulleted)
{
    bool ends = tail->rest.len == 0;
    if (scan->generic || (scan->unknown && !((scan->lead_flags & TN_CRIT_WORD_GROUP) && tail->colon)))
        return scan->generic && tail->colon && ends && !tail->qualifier.len && !scan->unknown;
    if (tail->qualifier.len)
        return ends && ((tail->bound && tail->group && tail->colon) || (all_caps(scan->line) && tail->bound));
    return ends || (tail->colon && !bulleted);
}

/* Other words before it: `Solid tumor Inclusion Criteria:`, not `* cardiac exclusion criteria: angina, …` */
static bool full_fits(const struct scan *scan, const struct tail *tail, bool bulleted)
{
    if (scan->leave)
        return tail->rest.len == 0 && !scan->unknown;
    if (scan->unknown && tail->rest.len)
        return scan->capitals && !bulleted;
    return !scan->unknown || tail->colon || scan->capitals;
}

bool tn_crit_heading(struct tn_str line, struct tn_crit_heading *heading)
{
    if (!has_clue(line))
        return false;
    *heading = (struct tn_crit_heading){.side = TN_CRITERIA_OTHER};
    struct scan scan = {.sides = 0};
    struct tail tail;
    scan.line = scan.rest = skip_markers(line, &heading->bulleted);
    if (!own_words(&scan) && !(scan.generic && !scan.sides && colon_at(skip_ornaments(scan.rest))))
        return false;
    if (!read_tail(&scan, &tail) || !(scan.full ? full_fits(&scan, &tail, heading->bulleted)
                                                  : bare_fits(&scan, &tail, heading->bulleted)))
        return false;
    bool in = (scan.sides & TN_CRIT_WORD_IN) != 0, ex = (scan.sides & TN_CRIT_WORD_EX) != 0;
    heading->generic = !scan.leave && in == ex;
    heading->leave = scan.leave && !scan.sides;
    if (in != ex)
        heading->side = ex || scan.non ? TN_CRITERIA_EXCLUSION : TN_CRITERIA_INCLUSION;
    if (scan.lead && (scan.unknown || !heading->generic))
        heading->lead = tn_crit_trim(tn_str_slice(scan.lead, (size_t)(scan.lead_end - scan.lead)));
    heading->qualifier = tail.qualifier;
    heading->rest = tail.rest;
    return true;
}
