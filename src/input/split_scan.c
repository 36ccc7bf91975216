/* SPDX-License-Identifier: MIT */
#include "input/split_scan.h"

#include "core/bytes.h"

enum state { VALUE, VALUE_OR_END, KEY, KEY_OR_END, COLON, AFTER, STRING, SCALAR };

enum class { OTHER, BLANK, QUOTE, OPEN_OBJECT, OPEN_ARRAY, CLOSE_OBJECT, CLOSE_ARRAY, COMMA, POINTS, ZERO };

static const unsigned char classes[256] = {
    [0] = ZERO,          [' '] = BLANK,      ['\t'] = BLANK,       ['\n'] = BLANK,       ['\r'] = BLANK, ['"'] = QUOTE,
    ['{'] = OPEN_OBJECT, ['['] = OPEN_ARRAY, ['}'] = CLOSE_OBJECT, [']'] = CLOSE_ARRAY,  [','] = COMMA,  [':'] = POINTS,
};

static inline enum class class_of(char c)
{
    return (enum class)classes[(unsigned char)c];
}

/* Eight times the same byte. */
static inline uint64_t each_byte(uint64_t value)
{
    return UINT64_C(0x0101010101010101) * value;
}

void tn_scan_start(struct tn_scan *scan, unsigned outer)
{
    scan->state = VALUE;
    scan->depth = 0;
    scan->outer = outer;
    scan->passed = 0;
}

void tn_scan_forget(struct tn_scan *scan)
{
    scan->repaired = 0;
    scan->replaced = 0;
    scan->large_count = 0;
    memset(scan->large, 0, sizeof scan->large);
}

/* The first quote, backslash or control character; the zeros behind the bytes end the search. */
static inline char *skip_plain(char *p)
{
    for (;; p += TN_BYTES) {
        tn_bytes bytes = tn_bytes_load(p);
        size_t first = tn_bytes_first((tn_bytes)(bytes == tn_bytes_each('"')) |
                                      (tn_bytes)(bytes == tn_bytes_each('\\')) |
                                      (tn_bytes)(bytes < tn_bytes_each(0x20)));
        if (first < TN_BYTES)
            return p + first;
    }
}

/* Indented text has a line end and then many blanks. */
static char *skip_blanks(char *p)
{
    for (;;) {
        uint64_t word;
        while (class_of(*p) == BLANK && *p != ' ')
            p++;
        for (memcpy(&word, p, 8); word == each_byte(' '); memcpy(&word, p, 8))
            p += 8;
        while (*p == ' ')
            p++;
        if (class_of(*p) != BLANK)
            return p;
    }
}

static int hex_value(char c)
{
    if (tn_is_digit(c))
        return c - '0';
    c = tn_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character of `\uXXXX`; -1 where there is none before `end`. */
static long escaped(const char *p, const char *end)
{
    long character = 0;
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        int value = hex_value(p[i]);
        if (value < 0)
            return -1;
        character = character * 16 + value;
    }
    return character;
}

/* cJSON ends a string at \u0000 and refuses half a surrogate pair: both become \ufffd. Returns the escape's length. */
static size_t check_unicode(struct tn_scan *scan, char *p, const char *end)
{
    enum { ONE = 6, PAIR = 12 };
    long first = escaped(p, end);
    bool surrogate = first >= 0xD800 && first <= 0xDFFF;
    if (first < 0)
        return 2; /* not an escape: the parser will say so */
    if (surrogate && first < 0xDC00) {
        long second = escaped(p + ONE, end);
        if (second >= 0xDC00 && second <= 0xDFFF)
            return PAIR;
    }
    if (surrogate || first == 0) {
        memcpy(p, "\\ufffd", ONE);
        scan->repaired |= TN_PIECE_ESCAPES;
        scan->replaced++;
    }
    return ONE;
}

/* True when p is too near to the end to be told what it is: the rest may be in the next block. */
static bool too_near(const char *p, const char *end, size_t need, bool last)
{
    return !last && (size_t)(end - p) < need;
}

/* Inside a string, at a backslash or control character. TN_SCAN_DONE when it was stepped over. */
static enum tn_scan_result step_over_odd(struct tn_scan *scan, char **at, char *end, bool last)
{
    enum { LONGEST_ESCAPE = 12 };
    char *p = *at;
    if (p >= end)
        return TN_SCAN_MORE;
    if (*p == '\\') {
        if (too_near(p, end, 2, last) || (p[1] == 'u' && too_near(p, end, LONGEST_ESCAPE, last)))
            return TN_SCAN_MORE;
        p += p[1] == 'u' ? check_unicode(scan, p, end) : 2;
        *at = p > end ? end : p;
        return TN_SCAN_DONE;
    }
    if (*p == '\n') {
        if (too_near(p, end, 2, last))
            return TN_SCAN_MORE;
        if (p[1] == '{')
            return TN_SCAN_BAD; /* the string was cut, and this is the next record */
        scan->repaired |= TN_PIECE_NEWLINES;
    } else if (*p == '\0') {
        scan->repaired |= TN_PIECE_BYTES;
    }
    *at = p + 1;
    return TN_SCAN_DONE;
}

static bool push(struct tn_scan *scan, bool object)
{
    if (scan->depth + scan->outer >= TN_MAX_DEPTH)
        return false;
    uint64_t bit = UINT64_C(1) << (scan->depth % 64);
    uint64_t *word = &scan->objects[scan->depth / 64];
    *word = object ? *word | bit : *word & ~bit;
    scan->depth++;
    scan->state = object ? KEY_OR_END : VALUE_OR_END;
    return true;
}

static bool in_object(const struct tn_scan *scan)
{
    unsigned top = scan->depth - 1;
    return scan->objects[top / 64] >> (top % 64) & 1;
}

/* Inside a number or word. */
static enum tn_scan_result run_scalar(struct tn_scan *scan, char **at, const char *end, bool last)
{
    char *p = *at;
    while (class_of(*p) == OTHER)
        p++;
    *at = p;
    if (p >= end && !last)
        return TN_SCAN_MORE;
    scan->state = AFTER;
    return TN_SCAN_DONE;
}

/* A byte between values; TN_SCAN_DONE when it was used. */
static enum tn_scan_result run_between(struct tn_scan *scan, enum class class)
{
    unsigned state = scan->state;
    bool value = state == VALUE || state == VALUE_OR_END;
    switch (class) {
    case QUOTE:
        if (!value && state != KEY && state != KEY_OR_END)
            return TN_SCAN_BAD;
        scan->closes = value ? AFTER : COLON;
        scan->state = STRING;
        return TN_SCAN_DONE;
    case OPEN_OBJECT:
    case OPEN_ARRAY:
        if (!value)
            return TN_SCAN_BAD;
        return push(scan, class == OPEN_OBJECT) ? TN_SCAN_DONE : TN_SCAN_DEEP;
    case CLOSE_OBJECT:
    case CLOSE_ARRAY:
        if (scan->depth == 0 || in_object(scan) != (class == CLOSE_OBJECT) ||
            (state != AFTER && state != KEY_OR_END && state != VALUE_OR_END))
            return TN_SCAN_BAD;
        scan->depth--;
        scan->state = AFTER;
        return TN_SCAN_DONE;
    case COMMA:
        if (state != AFTER)
            return TN_SCAN_BAD;
        scan->state = in_object(scan) ? KEY : VALUE;
        return TN_SCAN_DONE;
    case POINTS:
        if (state != COLON)
            return TN_SCAN_BAD;
        scan->state = VALUE;
        return TN_SCAN_DONE;
    case OTHER:
        if (!value)
            return TN_SCAN_BAD;
        scan->state = SCALAR;
        return TN_SCAN_DONE;
    case BLANK:
    case ZERO: break;
    }
    return TN_SCAN_DONE;
}

/* Strings, where most bytes are: in JSON without blanks the next one nearly always begins at once, behind `:` or `,`.
 * TN_SCAN_DONE behind the last one. */
static enum tn_scan_result run_strings(struct tn_scan *scan, char **at, char *end, bool last)
{
    bool key = scan->closes == COLON, nested = scan->depth > 0, object = nested && in_object(scan);
    enum tn_scan_result result = TN_SCAN_DONE;
    char *p = *at;
    while (result == TN_SCAN_DONE) {
        p = skip_plain(p);
        if (*p != '"') {
            result = step_over_odd(scan, &p, end, last);
            continue;
        }
        p++;
        if (!nested || p[0] != (key ? ':' : ',') || p[1] != '"')
            break;
        p += 2;
        key = object && !key;
    }
    *at = p;
    scan->closes = key ? COLON : AFTER;
    if (result == TN_SCAN_DONE)
        scan->state = scan->closes;
    return result;
}

/* What mostly stands behind a string or number, `:"` or `,"`, without the detour through the classes. */
static char *run_usual(struct tn_scan *scan, char *p)
{
    if (scan->state == COLON && *p == ':')
        scan->state = VALUE;
    else if (scan->state == AFTER && *p == ',' && scan->depth)
        scan->state = in_object(scan) ? KEY : VALUE;
    else
        return p;
    if (*++p != '"')
        return p;
    scan->closes = scan->state == KEY ? COLON : AFTER;
    scan->state = STRING;
    return p + 1;
}

/* The bracket at `place` in the record opens or closes one of its own members. */
static void note_member(struct tn_scan *scan, size_t place, bool opens)
{
    if (opens)
        scan->opened = place;
    else if (place - scan->opened >= TN_SPLIT_LARGE && scan->large_count < TN_RAW_MEMBERS)
        scan->large[scan->large_count++] = (struct tn_raw_member){scan->opened, place + 1 - scan->opened};
}

enum tn_scan_result tn_scan_run(struct tn_scan *scan, char *bytes, size_t *at, size_t end_at, bool last)
{
    char *start = bytes + *at;
    char *p = start;
    char *end = bytes + end_at;
    enum tn_scan_result result = TN_SCAN_DONE;
    while (result == TN_SCAN_DONE && !(scan->state == AFTER && scan->depth == 0)) {
        if (scan->state == STRING || scan->state == SCALAR) {
            result = scan->state == STRING ? run_strings(scan, &p, end, last) : run_scalar(scan, &p, end, last);
            if (result == TN_SCAN_DONE)
                p = run_usual(scan, p);
            continue;
        }
        enum class class = class_of(*p);
        if (class == BLANK) {
            p = skip_blanks(p);
        } else if (class != ZERO) {
            unsigned depth = scan->depth;
            result = run_between(scan, class);
            if (scan->depth != depth && depth + scan->depth + 2 * scan->outer == 3) /* between one and two brackets */
                note_member(scan, scan->passed + (size_t)(p - start), scan->depth > depth);
            p += result == TN_SCAN_DONE && class != OTHER;
        } else if (p < end) {
            *p = ' ';
            scan->repaired |= TN_PIECE_BYTES;
            scan->replaced++;
        } else {
            result = TN_SCAN_MORE;
        }
    }
    scan->passed += (size_t)(p - start);
    *at = (size_t)(p - bytes);
    return result;
}

const char *tn_scan_expected(const struct tn_scan *scan)
{
    static const char *const expected[] = {
        [VALUE] = "a value is missing",
        [VALUE_OR_END] = "a value or `]` is missing",
        [KEY] = "a key in quotes is missing",
        [KEY_OR_END] = "a key in quotes or `}` is missing",
        [COLON] = "a colon behind a key is missing",
        [AFTER] = "a comma or closing bracket is missing",
        [STRING] = "a string was cut at the end of the line",
        [SCALAR] = "a value is missing",
    };
    return expected[scan->state];
}

void tn_scan_recover(struct tn_scan *scan, unsigned depth)
{
    scan->state = AFTER;
    scan->depth = depth;
    tn_scan_forget(scan);
}

static const char *broken_string(struct tn_scan *scan, const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p == '\\' && p + 1 < end && p[1] != '\n')
            p++;
        else if (*p == '\\' && p + 1 == end)
            return p;
        else if (*p == '"' || *p == '\n') {
            scan->state = AFTER;
            return *p == '"' ? p + 1 : p;
        }
    }
    return p;
}

/* The broken value is over at p: behind it (+1) or before it. */
static bool over_at(struct tn_scan *scan, enum class class, size_t *behind)
{
    bool closes = class == CLOSE_OBJECT || class == CLOSE_ARRAY;
    *behind = 0;
    if (scan->depth == 0)
        return closes || class == COMMA || class == OPEN_OBJECT;
    scan->depth -= closes;
    scan->depth += class == OPEN_OBJECT || class == OPEN_ARRAY;
    *behind = 1;
    return scan->depth == 0;
}

enum tn_scan_result tn_scan_broken(struct tn_scan *scan, const char *bytes, size_t *at, size_t end_at, bool last)
{
    const char *p = bytes + *at;
    const char *end = bytes + end_at;
    enum tn_scan_result result = TN_SCAN_MORE;
    while (p < end) {
        if (scan->state == STRING) {
            const char *before = p;
            p = broken_string(scan, p, end);
            if (scan->state == STRING && (p == before || p >= end))
                break;
            continue;
        }
        size_t behind;
        if (*p == '"') {
            scan->state = STRING;
        } else if (*p == '\n' && p + 1 == end && !last) {
            break;
        } else if (*p == '\n' && p + 1 < end && p[1] == '{') {
            p++;
            result = TN_SCAN_BAD;
            break;
        } else if (over_at(scan, class_of(*p), &behind)) {
            p += behind;
            result = TN_SCAN_DONE;
            break;
        }
        p++;
    }
    *at = (size_t)(p - bytes);
    return result;
}
