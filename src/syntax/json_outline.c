/* SPDX-License-Identifier: MIT */
#include "syntax/json_outline.h"

#include "core/bytes.h"
#include "core/utf8.h"

/* What stands before each entry of the strings. A null is nothing but that; behind a text stands a NUL. An entry is never
 * longer than what it stands for. */
enum { A_TEXT = 1, A_NULL = 2 };

enum { LONGEST = 4 << 20 };

/* What stands in the outline for a key and for a string. */
static const char a_key[4] = "\"\"", a_string[] = "null";

/* What is read, and where what is made of it goes. */
struct cursor {
    const char *at, *end;
    char *text, *strings;
};

/* Copies up to the next quote, backslash or NUL; returns how many bytes that was. */
static inline size_t copy_plain(const char *from, const char *end, char *to)
{
    const char *p = from;
    for (; end - p >= TN_BYTES; p += TN_BYTES, to += TN_BYTES) {
        tn_bytes bytes = tn_bytes_load(p);
        memcpy(to, &bytes, TN_BYTES);
        size_t first = tn_bytes_first((tn_bytes)(bytes == tn_bytes_each('"')) |
                                      (tn_bytes)(bytes == tn_bytes_each('\\')) | (tn_bytes)(bytes == tn_bytes_each(0)));
        if (first < TN_BYTES)
            return (size_t)(p - from) + first;
    }
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
    *to++ = A_TEXT;
    for (;;) {
        size_t plain = copy_plain(p, cursor->end, to), escape;
        p += plain;
        to += plain;
        if (p == cursor->end || *p == '\0')
            return false;
        if (*p == '"')
            break;
        if ((escape = take_escape(p, cursor->end, &to)) == 0)
            return false;
        p += escape;
    }
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
    *cursor->strings++ = A_NULL;
    return true;
}

bool tn_json_outline_make(struct tn_arena *arena, struct tn_str json, struct tn_json_outline *outline)
{
    size_t room = 2 * json.len + 4; /* `""` becomes `null` */
    if (json.len > LONGEST)
        return false;
    char *strings = tn_arena_alloc(arena, json.len + 1), *text = strings ? tn_arena_alloc(arena, room) : NULL;
    struct cursor cursor = {json.s, json.s + json.len, text, strings};
    if (!text)
        return false;
    while (cursor.at < cursor.end) {
        char c = *cursor.at;
        if (c != '"' && c != 'n')
            *cursor.text++ = *cursor.at++;
        else if (c == '"' ? !lift_string(&cursor) : !lift_null(&cursor))
            return false;
    }
    outline->text = tn_str_slice(text, (size_t)(cursor.text - text));
    outline->strings = strings;
    return true;
}

static char *next_text(char **strings)
{
    char *text = *strings + 1;
    *strings = text + strlen(text) + 1;
    return text;
}

void tn_json_outline_fill(cJSON *item, char **strings)
{
    if (item->string)
        item->string = next_text(strings);
    if (item->type != cJSON_NULL)
        return;
    if (**strings == A_NULL) {
        ++*strings;
        return;
    }
    item->type = cJSON_String;
    item->valuestring = next_text(strings);
}
