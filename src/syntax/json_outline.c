/* SPDX-License-Identifier: MIT */
#include "syntax/json_outline.h"

#include <limits.h>

#include "core/bytes.h"
#include "core/number.h"
#include "core/utf8.h"
#include "syntax/json.h"

/* What an entry is: in its lowest bits; above them its length. */
enum kind { A_TEXT, A_CALM_TEXT, A_NUMBER, A_NULL };
enum { KIND_BITS = 2 };

enum { LONGEST = 2 << 20 };

/* What stands in the outline for a key and for a string. */
static const char a_key[4] = "\"\"", a_string[] = "null";

/* What is read, and where what is made of it goes. */
struct cursor {
    const char *at, *end;
    char *text, *strings;
    uint32_t *entries;
};

static void add_entry(struct cursor *cursor, size_t len, enum kind kind)
{
    *cursor->entries++ = (uint32_t)len << KIND_BITS | (uint32_t)kind;
}

/* Which bytes may need cleaning (normal/text.h): what is no printable ASCII, and what markup begins with. */
static inline tn_bytes stirs(tn_bytes bytes)
{
    return (tn_bytes)(bytes < tn_bytes_each(0x20)) | (tn_bytes)(bytes > tn_bytes_each(0x7E)) |
           (tn_bytes)(bytes == tn_bytes_each('&')) | (tn_bytes)(bytes == tn_bytes_each('<'));
}

/* Copies up to the next quote, backslash or NUL; returns how many bytes that was. *calm becomes false unless they are. */
static inline size_t copy_plain(const char *from, const char *end, char *to, bool *calm)
{
    const char *p = from;
    for (; end - p >= TN_BYTES; p += TN_BYTES, to += TN_BYTES) {
        tn_bytes bytes = tn_bytes_load(p);
        memcpy(to, &bytes, TN_BYTES);
        size_t first = tn_bytes_first((tn_bytes)(bytes == tn_bytes_each('"')) |
                                      (tn_bytes)(bytes == tn_bytes_each('\\')) | (tn_bytes)(bytes == tn_bytes_each(0)));
        *calm = *calm && tn_bytes_first(stirs(bytes)) >= first;
        if (first < TN_BYTES)
            return (size_t)(p - from) + first;
    }
    *calm = false;
    while (p < end && *p != '"' && *p != '\\' && *p != '\0')
        *to++ = *p++;
    return (size_t)(p - from);
}

/* The four digits of `\uXXXX`; 0 where they are none, and for \u0000. */
static uint32_t escaped_unit(const char *p, const char *end)
{
    uint32_t unit = 0;
    if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
        return 0;
    for (size_t i = 2; i < 6; i++) {
        char c = tn_lower(p[i]);
        if (!tn_is_digit(c) && (c < 'a' || c > 'f'))
            return 0;
        unit = unit * 16 + (uint32_t)(tn_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return unit;
}

/* The character of `\uXXXX`, or of two of them; returns how many bytes they are, 0 where it is none. */
static size_t take_unicode(const char *p, const char *end, char **to)
{
    enum { ONE = 6, PAIR = 12 };
    uint32_t first = escaped_unit(p, end);
    if (first == 0 || (first >= 0xDC00 && first <= 0xDFFF))
        return 0;
    if (first < 0xD800 || first > 0xDFFF) {
        *to += tn_utf8_encode(first, *to);
        return ONE;
    }
    uint32_t second = escaped_unit(p + ONE, end);
    if (second < 0xDC00 || second > 0xDFFF)
        return 0;
    *to += tn_utf8_encode(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), *to);
    return PAIR;
}

/* The escape at p; returns how many bytes it is, 0 where it is none. */
static size_t take_escape(const char *p, const char *end, char **to)
{
    static const char meant[128] = {['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
                                    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t'};
    unsigned char c = end - p > 1 ? (unsigned char)p[1] : 0;
    if (c == 'u')
        return take_unicode(p, end, to);
    if (c >= sizeof meant || !meant[c])
        return 0;
    *(*to)++ = meant[c];
    return 2;
}

static bool is_key(const char *behind, const char *end)
{
    while (behind < end && tn_is_space(*behind))
        behind++;
    return behind < end && *behind == ':';
}

/* From the string's first quote to behind its last one. */
static bool lift_string(struct cursor *cursor)
{
    const char *p = cursor->at + 1;
    char *to = cursor->strings;
    bool calm = true;
    for (;;) {
        size_t plain = copy_plain(p, cursor->end, to, &calm), escape;
        p += plain;
        to += plain;
        if (p == cursor->end || *p == '\0')
            return false;
        if (*p == '"')
            break;
        if ((escape = take_escape(p, cursor->end, &to)) == 0)
            return false;
        p += escape;
        calm = false;
    }
    add_entry(cursor, (size_t)(to - cursor->strings), calm ? A_CALM_TEXT : A_TEXT);
    *to++ = '\0';
    cursor->strings = to;
    cursor->at = ++p;
    bool key = is_key(p, cursor->end);
    memcpy(cursor->text, key ? a_key : a_string, 4);
    cursor->text += key ? 2 : 4;
    return true;
}

/* The source's own `null`, which stays. */
static bool lift_null(struct cursor *cursor)
{
    if (cursor->end - cursor->at < 4 || memcmp(cursor->at, a_string, 4) != 0)
        return false;
    memcpy(cursor->text, a_string, 4);
    cursor->text += 4;
    cursor->at += 4;
    add_entry(cursor, 0, A_NULL);
    return true;
}

/* Length of a number that is written in the usual way and can be read exactly: no exponent, no zero too many, at most
 * fifteen digits, six of them behind the point, or a whole one of nineteen. 0 where it is another, or its end is not
 * plain to see. */
static size_t plain_number(const char *start, const char *end)
{
    enum { SHORTEST = 2, LONGEST_NUMBER = 16, LONGEST_WHOLE = 20, MOST_DECIMALS = 6 };
    const char *whole = start + (*start == '-'), *p = whole;
    while (p < end && tn_is_digit(*p))
        p++;
    size_t digits = (size_t)(p - whole);
    bool negative_zero = whole > start && digits == 1 && *whole == '0';
    size_t longest = LONGEST_WHOLE - (size_t)(whole == start);
    if (digits == 0 || (digits > 1 && *whole == '0'))
        return 0;
    if (p < end && *p == '.') {
        const char *point = p++;
        while (p < end && tn_is_digit(*p))
            p++;
        if (p - point < 2 || p - point > 1 + MOST_DECIMALS || p[-1] == '0')
            return 0;
        negative_zero = false;
        longest = LONGEST_NUMBER;
    }
    size_t len = (size_t)(p - start);
    bool ends = p < end && (*p == ',' || *p == '}' || *p == ']' || tn_is_space(*p));
    return ends && !negative_zero && len >= SHORTEST && len <= longest ? len : 0;
}

static bool in_number(char c)
{
    return tn_is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* A number that is not plain stays for cJSON. */
static void lift_number(struct cursor *cursor)
{
    size_t len = plain_number(cursor->at, cursor->end);
    if (len == 0) {
        while (cursor->at < cursor->end && in_number(*cursor->at))
            *cursor->text++ = *cursor->at++;
        return;
    }
    add_entry(cursor, len, A_NUMBER);
    memcpy(cursor->strings, cursor->at, len);
    cursor->strings[len] = '\0';
    cursor->strings += len + 1;
    cursor->at += len;
    memcpy(cursor->text, a_string, 4);
    cursor->text += 4;
}

/* The next token, or a byte of one that stays. */
static bool lift(struct cursor *cursor)
{
    char c = *cursor->at;
    if (c == '"')
        return lift_string(cursor);
    if (c == 'n')
        return lift_null(cursor);
    if (c == '-' || tn_is_digit(c))
        lift_number(cursor);
    else
        *cursor->text++ = *cursor->at++;
    return true;
}

bool tn_json_outline_make(struct tn_arena *arena, struct tn_str json, struct tn_json_outline *outline)
{
    size_t room = 2 * json.len + 4; /* `""` becomes `null` */
    if (json.len > LONGEST)
        return false;
    char *strings = tn_arena_alloc(arena, json.len + 1), *text = tn_arena_alloc(arena, room);
    uint32_t *entries = tn_arena_alloc(arena, (json.len / 2 + 1) * sizeof *entries);
    struct cursor cursor = {json.s, json.s + json.len, text, strings, entries};
    if (!strings || !text || !entries)
        return false;
    while (cursor.at < cursor.end)
        if (!lift(&cursor))
            return false;
    *outline = (struct tn_json_outline){tn_str_slice(text, (size_t)(cursor.text - text)), strings, entries};
    return true;
}

static char *next_text(struct tn_json_outline *outline, size_t len)
{
    char *text = outline->strings;
    outline->strings += len + 1;
    return text;
}

static void fill_number(cJSON *item, char *text, size_t len)
{
    struct tn_str digits = tn_str_slice(text, len);
    bool negative = *text == '-';
    unsigned long whole;
    double number = 0;
    if (!tn_number_parse(digits, &number) && tn_str_uint(tn_str_from(digits, negative), ULONG_MAX, &whole))
        number = negative ? -(double)whole : (double)whole;
    item->type = cJSON_Number;
    item->valuestring = text;
    item->valuedouble = number;
    item->valueint = number >= INT_MAX ? INT_MAX : number <= (double)INT_MIN ? INT_MIN : (int)number;
}

void tn_json_outline_fill(cJSON *item, struct tn_json_outline *outline)
{
    if (item->string)
        item->string = next_text(outline, *outline->entries++ >> KIND_BITS);
    if (item->type != cJSON_NULL)
        return;
    uint32_t entry = *outline->entries++;
    size_t len = entry >> KIND_BITS;
    enum kind kind = (enum kind)(entry & ((1U << KIND_BITS) - 1));
    if (kind == A_NULL)
        return;
    char *text = next_text(outline, len);
    if (kind == A_NUMBER) {
        fill_number(item, text, len);
        return;
    }
    item->type = cJSON_String | TN_JSON_MEASURED | (kind == A_CALM_TEXT ? TN_JSON_CALM : 0);
    item->valuestring = text;
    item->valueint = (int)len;
}
