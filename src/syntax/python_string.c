/* SPDX-License-Identifier: MIT */
#include "syntax/python_string.h"

#include "core/utf8.h"

enum { GROWTH = 3 }; /* one byte (a NUL) can become the three of U+FFFD, and nothing grows more */

struct scan {
    struct tn_str text;
    size_t at;
    char *out;
    size_t len;
    size_t repaired;
    uint32_t high; /* first half of a surrogate pair that waits for its second; 0: none */
    const char *problem;
};

struct quote {
    bool raw;
    bool bytes;
    char mark;
    size_t width; /* 1 or 3 */
};

static bool fail(struct scan *scan, const char *problem)
{
    scan->problem = problem;
    return false;
}

static void put_replacement(struct scan *scan)
{
    memcpy(scan->out + scan->len, TN_REPLACEMENT, 3);
    scan->len += 3;
    scan->repaired++;
}

/* The first half of a pair that nothing followed. */
static void flush_high(struct scan *scan)
{
    if (scan->high) {
        scan->high = 0;
        put_replacement(scan);
    }
}

static void put_character(struct scan *scan, uint32_t character)
{
    bool second = character >= 0xDC00 && character <= 0xDFFF;
    if (scan->high && second) {
        uint32_t whole = 0x10000 + ((scan->high - 0xD800) << 10) + (character - 0xDC00);
        scan->high = 0;
        scan->len += tn_utf8_encode(whole, scan->out + scan->len);
        return;
    }
    flush_high(scan);
    if (character >= 0xD800 && character <= 0xDBFF)
        scan->high = character;
    else if (second || character == 0 || character > 0x10FFFF)
        put_replacement(scan);
    else
        scan->len += tn_utf8_encode(character, scan->out + scan->len);
}

static int hex_value(char c)
{
    if (tn_is_digit(c))
        return c - '0';
    c = tn_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool hex_escape(struct scan *scan, size_t digits)
{
    uint32_t character = 0;
    for (size_t i = 0; i < digits; i++) {
        int value = scan->at < scan->text.len ? hex_value(scan->text.s[scan->at]) : -1;
        if (value < 0)
            return fail(scan, "an escape without its hexadecimal digits");
        character = character * 16 + (uint32_t)value;
        scan->at++;
    }
    put_character(scan, character);
    return true;
}

static void octal_escape(struct scan *scan)
{
    uint32_t character = 0;
    for (int i = 0; i < 3 && scan->at < scan->text.len; i++) {
        char c = scan->text.s[scan->at];
        if (c < '0' || c > '7')
            break;
        character = character * 8 + (uint32_t)(c - '0');
        scan->at++;
    }
    put_character(scan, character);
}

/* One escape; `at` stands behind its backslash. */
static bool escape(struct scan *scan)
{
    static const char names[] = "abfnrtv\\'\"";
    static const char values[] = "\a\b\f\n\r\t\v\\'\"";
    if (scan->at >= scan->text.len)
        return fail(scan, "the string does not end");
    char c = scan->text.s[scan->at];
    const char *known = c ? strchr(names, c) : NULL;
    if (c >= '0' && c <= '7') {
        octal_escape(scan);
        return true;
    }
    scan->at++;
    if (known)
        put_character(scan, (unsigned char)values[known - names]);
    else if (c == 'x' || c == 'u' || c == 'U')
        return hex_escape(scan, c == 'x' ? 2 : c == 'u' ? 4 : 8);
    else if (c == 'N')
        return fail(scan, "names of characters (\\N{...}) are not read");
    else if (c == '\r' && scan->at < scan->text.len && scan->text.s[scan->at] == '\n')
        scan->at++;
    else if (c != '\n' && c != '\r') {
        /* Python keeps the backslash of an escape that it does not know. */
        put_character(scan, '\\');
        scan->at--;
    }
    return true;
}

static bool at_end(const struct scan *scan, const struct quote *quote)
{
    for (size_t i = 0; i < quote->width; i++)
        if (scan->at + i >= scan->text.len || scan->text.s[scan->at + i] != quote->mark)
            return false;
    return true;
}

/* A run of bytes that stand for themselves. */
static void copy_plain(struct scan *scan, char mark)
{
    size_t start = scan->at;
    while (scan->at < scan->text.len) {
        char c = scan->text.s[scan->at];
        if (c == '\\' || c == mark || c == '\n' || c == '\0')
            break;
        scan->at++;
    }
    if (scan->at > start) {
        flush_high(scan);
        memcpy(scan->out + scan->len, scan->text.s + start, scan->at - start);
        scan->len += scan->at - start;
    }
}

static bool body(struct scan *scan, const struct quote *quote)
{
    while (!at_end(scan, quote)) {
        copy_plain(scan, quote->mark);
        if (scan->at >= scan->text.len)
            return fail(scan, "the string does not end");
        char c = scan->text.s[scan->at];
        if (at_end(scan, quote))
            break;
        if (c == '\n' && quote->width == 1)
            return fail(scan, "a line ends inside a string");
        scan->at++;
        if (c != '\\') {
            put_character(scan, (unsigned char)c);
        } else if (quote->raw) {
            put_character(scan, '\\');
            if (scan->at < scan->text.len && (unsigned char)scan->text.s[scan->at] < 0x80)
                put_character(scan, (unsigned char)scan->text.s[scan->at++]);
        } else if (!escape(scan)) {
            return false;
        }
    }
    scan->at += quote->width;
    flush_high(scan);
    return true;
}

/* r'', b"", Rb''' ... False where no string starts. */
static bool open_quote(struct scan *scan, struct quote *quote)
{
    size_t at = scan->at;
    *quote = (struct quote){.width = 1};
    for (; at < scan->text.len && at < scan->at + 2 && tn_is_alpha(scan->text.s[at]); at++) {
        char c = tn_lower(scan->text.s[at]);
        if (c == 'f')
            return fail(scan, "f-strings are no literals");
        if (c != 'r' && c != 'b' && c != 'u')
            return fail(scan, "unknown prefix of a string");
        quote->raw = quote->raw || c == 'r';
        quote->bytes = quote->bytes || c == 'b';
    }
    if (at >= scan->text.len || (scan->text.s[at] != '\'' && scan->text.s[at] != '"'))
        return fail(scan, "not a string");
    quote->mark = scan->text.s[at];
    struct tn_str rest = tn_str_from(scan->text, at);
    if (rest.len >= 3 && rest.s[1] == quote->mark && rest.s[2] == quote->mark)
        quote->width = 3;
    scan->at = at + quote->width;
    return true;
}

static bool starts_string(struct tn_str rest)
{
    size_t at = 0;
    while (at < rest.len && at < 2 && tn_is_alpha(rest.s[at]))
        at++;
    return at < rest.len && (rest.s[at] == '\'' || rest.s[at] == '"');
}

/* Where the next adjacent string starts; false where none does. */
static bool next_string(struct scan *scan)
{
    size_t at = scan->at;
    while (at < scan->text.len && tn_is_space(scan->text.s[at]))
        at++;
    if (!starts_string(tn_str_from(scan->text, at)))
        return false;
    scan->at = at;
    return true;
}

/* Bytes from here to the closing quote, or to the end of the text. */
static size_t body_length(const struct scan *scan, const struct quote *quote)
{
    struct scan ahead = *scan;
    while (ahead.at < ahead.text.len && !at_end(&ahead, quote))
        ahead.at += ahead.text.s[ahead.at] == '\\' ? 2 : 1;
    return ahead.at - scan->at;
}

static bool make_room(struct tn_arena *arena, struct scan *scan, const struct quote *quote)
{
    enum { SLACK = 8 };
    size_t need = scan->len + body_length(scan, quote) * GROWTH + SLACK;
    char *out = tn_arena_grow(arena, scan->out, scan->len, need);
    if (!out)
        return fail(scan, "out of memory");
    scan->out = out;
    return true;
}

/* UTF-8 that bytes and escapes made wrong is repaired. */
static bool finish(struct tn_arena *arena, struct scan *scan, struct tn_str *value)
{
    struct tn_str text = tn_str_slice(scan->out, scan->len);
    scan->out[scan->len] = '\0';
    *value = text;
    if (tn_utf8_valid(text) == text.len)
        return true;
    struct tn_buf buf;
    tn_buf_init(&buf, text.len * 3 + 1);
    scan->repaired += tn_utf8_repair(text, &buf);
    *value = buf.failed ? (struct tn_str){NULL, 0} : tn_str_copy(arena, tn_str_slice(buf.data, buf.len));
    tn_buf_release(&buf);
    return value->s != NULL || fail(scan, "out of memory");
}

bool tn_python_string_parse(struct tn_arena *arena, struct tn_str text, size_t at, struct tn_python_string *string)
{
    struct scan scan = {.text = text, .at = at};
    struct quote quote;
    bool good;
    do
        good = open_quote(&scan, &quote) && make_room(arena, &scan, &quote) && body(&scan, &quote);
    while (good && next_string(&scan));
    good = good && finish(arena, &scan, &string->value);
    string->at = scan.at;
    string->repaired = scan.repaired;
    string->problem = scan.problem;
    return good;
}
