/* SPDX-License-Identifier: MIT */
#include "syntax/python_string.h"

#include "core/utf8.h"

struct scan {
    struct tn_str text;
    size_t at;
    char *out;
    size_t len;
    size_t room;
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

static bool more(const struct scan *scan)
{
    return scan->at < scan->text.len;
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

/* What an escape of two hexadecimal or three octal digits means: in a bytes literal a byte, else a character. */
static void put_number(struct scan *scan, const struct quote *quote, uint32_t number)
{
    if (quote->bytes && (number & 0xFF))
        scan->out[scan->len++] = (char)(unsigned char)number;
    else
        put_character(scan, number);
}

static int hex_value(char c)
{
    if (tn_is_digit(c))
        return c - '0';
    c = tn_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool hex_escape(struct scan *scan, const struct quote *quote, size_t digits)
{
    uint32_t number = 0;
    for (size_t i = 0; i < digits; i++) {
        int value = more(scan) ? hex_value(scan->text.s[scan->at]) : -1;
        if (value < 0)
            return fail(scan, "an escape without its hexadecimal digits");
        number = number * 16 + (uint32_t)value;
        scan->at++;
    }
    if (number > 0x10FFFF)
        return fail(scan, "an escape beyond the last character");
    put_number(scan, quote, number);
    return true;
}

static void octal_escape(struct scan *scan, const struct quote *quote)
{
    uint32_t number = 0;
    for (int i = 0; i < 3 && more(scan) && scan->text.s[scan->at] >= '0' && scan->text.s[scan->at] <= '7'; i++)
        number = number * 8 + (uint32_t)(scan->text.s[scan->at++] - '0');
    put_number(scan, quote, number);
}

/* One escape; `at` stands behind its backslash. */
static bool escape(struct scan *scan, const struct quote *quote)
{
    static const char names[] = "abfnrtv\\'\"";
    static const char values[] = "\a\b\f\n\r\t\v\\'\"";
    if (!more(scan))
        return fail(scan, "the string does not end");
    char c = scan->text.s[scan->at];
    const char *known = c ? strchr(names, c) : NULL;
    if (c >= '0' && c <= '7') {
        octal_escape(scan, quote);
        return true;
    }
    if (!quote->bytes && c == 'N')
        return fail(scan, "names of characters (\\N{...}) are not read");
    if (c == 'x' || (!quote->bytes && (c == 'u' || c == 'U'))) {
        scan->at++;
        return hex_escape(scan, quote, c == 'x' ? 2 : c == 'u' ? 4 : 8);
    }
    if (known) {
        put_character(scan, (unsigned char)values[known - names]);
        scan->at++;
    } else if (c == '\n' || c == '\r') {
        bool pair = c == '\r' && scan->at + 1 < scan->text.len && scan->text.s[scan->at + 1] == '\n';
        scan->at += pair ? 2 : 1;
    } else {
        put_character(scan, '\\'); /* Python keeps the backslash of an escape that it does not know */
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
    for (; more(scan); scan->at++) {
        char c = scan->text.s[scan->at];
        if (c == '\\' || c == mark || c == '\n' || c == '\0')
            break;
    }
    if (scan->at > start) {
        flush_high(scan);
        memcpy(scan->out + scan->len, scan->text.s + start, scan->at - start);
        scan->len += scan->at - start;
    }
}

static bool body(struct scan *scan, const struct quote *quote)
{
    for (;;) {
        copy_plain(scan, quote->mark);
        if (!more(scan))
            return fail(scan, "the string does not end");
        if (at_end(scan, quote))
            break;
        char c = scan->text.s[scan->at];
        if (c == '\n' && quote->width == 1)
            return fail(scan, "a line ends inside a string");
        scan->at++;
        if (c != '\\') {
            put_character(scan, (unsigned char)c);
        } else if (quote->raw) {
            put_character(scan, '\\');
            if (more(scan) && (unsigned char)scan->text.s[scan->at] < 0x80)
                put_character(scan, (unsigned char)scan->text.s[scan->at++]);
        } else if (!escape(scan, quote)) {
            return false;
        }
    }
    scan->at += quote->width;
    flush_high(scan);
    return true;
}

/* The letters before a quote, in lower case. */
static bool read_prefix(struct scan *scan, struct tn_str letters, struct quote *quote)
{
    unsigned r = 0, b = 0, u = 0;
    for (size_t i = 0; i < letters.len; i++) {
        char c = tn_lower(letters.s[i]);
        if (c == 'f')
            return fail(scan, "f-strings are no literals");
        r += c == 'r';
        b += c == 'b';
        u += c == 'u';
    }
    if (r > 1 || b > 1 || u > 1 || r + b + u != letters.len || (u && letters.len > 1))
        return fail(scan, "an unknown prefix of a string");
    quote->raw = r;
    quote->bytes = b;
    return true;
}

static size_t prefix_length(struct tn_str text, size_t at)
{
    size_t len = 0;
    while (len < 3 && at + len < text.len && tn_is_alpha(text.s[at + len]))
        len++;
    return len;
}

bool tn_python_string_starts(struct tn_str text, size_t at)
{
    at += prefix_length(text, at);
    return at < text.len && (text.s[at] == '\'' || text.s[at] == '"');
}

static bool open_quote(struct scan *scan, struct quote *quote)
{
    size_t letters = prefix_length(scan->text, scan->at);
    *quote = (struct quote){.width = 1};
    if (!tn_python_string_starts(scan->text, scan->at))
        return fail(scan, "no string");
    if (!read_prefix(scan, tn_str_slice(scan->text.s + scan->at, letters), quote))
        return false;
    struct tn_str rest = tn_str_from(scan->text, scan->at + letters);
    quote->mark = rest.s[0];
    if (rest.len >= 3 && rest.s[1] == quote->mark && rest.s[2] == quote->mark)
        quote->width = 3;
    scan->at += letters + quote->width;
    return true;
}

size_t tn_python_skip_blanks(struct tn_str text, size_t at)
{
    for (; at < text.len; at++) {
        char behind = at + 1 < text.len ? text.s[at + 1] : '\0';
        bool joined = text.s[at] == '\\' && (behind == '\n' || behind == '\r');
        if (!tn_is_space(text.s[at]) && !joined)
            break;
    }
    return at;
}

/* Bytes that the body can become: an escape of two bytes (\0) can become the three of U+FFFD, a NUL too. */
static size_t most_bytes(const struct scan *scan, const struct quote *quote)
{
    struct scan ahead = *scan;
    size_t extra = 0;
    while (more(&ahead) && !at_end(&ahead, quote)) {
        char c = ahead.text.s[ahead.at];
        extra += c == '\0' || c == '\\' ? 2 : 0;
        if (c == '\n' && quote->width == 1)
            break;
        ahead.at += c == '\\' ? 2 : 1;
        extra += c == '\\' && ahead.at <= ahead.text.len && ahead.text.s[ahead.at - 1] == '\0' ? 2 : 0;
    }
    return ahead.at - scan->at + extra;
}

static bool make_room(struct tn_arena *arena, struct scan *scan, const struct quote *quote)
{
    enum { SLACK = 8 };
    size_t need = scan->len + most_bytes(scan, quote) + SLACK;
    if (need <= scan->room)
        return true;
    if (need < 2 * scan->room)
        need = 2 * scan->room; /* many adjacent strings are not copied for each of them */
    char *out = tn_arena_grow(arena, scan->out, scan->len, need);
    if (!out)
        return fail(scan, "memory is short");
    scan->out = out;
    scan->room = need;
    return true;
}

/* UTF-8 that was invalid, or that bytes and escapes made so, is repaired. */
static bool finish(struct tn_arena *arena, struct scan *scan, struct tn_str *value)
{
    *value = tn_str_slice(scan->out, scan->len);
    scan->out[scan->len] = '\0';
    if (tn_utf8_valid(*value) == value->len)
        return true;
    struct tn_buf buf;
    tn_buf_init(&buf, value->len * 3 + 1);
    scan->repaired += tn_utf8_repair(*value, &buf);
    *value = buf.failed ? (struct tn_str){NULL, 0} : tn_str_copy(arena, tn_str_slice(buf.data, buf.len));
    tn_buf_release(&buf);
    return value->s != NULL || fail(scan, "memory is short");
}

bool tn_python_string_parse(struct tn_arena *arena, struct tn_str text, size_t at, struct tn_python_string *string)
{
    struct scan scan = {.text = text, .at = at};
    struct quote quote, first;
    bool good = open_quote(&scan, &first);
    quote = first;
    while (good) {
        good = make_room(arena, &scan, &quote) && body(&scan, &quote);
        size_t next = tn_python_skip_blanks(text, scan.at);
        if (!good || !tn_python_string_starts(text, next))
            break;
        scan.at = next;
        good = open_quote(&scan, &quote);
        if (good && quote.bytes != first.bytes) {
            scan.at = next;
            good = fail(&scan, "text and bytes side by side");
        }
    }
    good = good && finish(arena, &scan, &string->value);
    string->at = scan.at;
    string->repaired = scan.repaired;
    string->problem = scan.problem;
    return good;
}
