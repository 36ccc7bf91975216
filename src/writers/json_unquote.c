/* SPDX-License-Identifier: MIT */
#include "core/utf8.h"
#include "writers/json_text.h"

/* The four digits at text.s[0]; -1 where there are none. */
static int32_t four_digits(struct tn_str text)
{
    int32_t value = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = i < text.len ? tn_lower(text.s[i]) : '\0';
        if (!tn_is_digit(c) && (c < 'a' || c > 'f'))
            return -1;
        value = value * 16 + (tn_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

/* The character of \uXXXX (`text` begins behind the u), and how many bytes it takes, with the second half of a pair. */
static uint32_t escaped(struct tn_str text, size_t *used)
{
    int32_t first = four_digits(text), second = -1;
    *used = first < 0 ? 0 : 4;
    if (first >= 0xD800 && first < 0xDC00 && tn_str_starts(tn_str_from(text, 4), TN_LIT("\\u")))
        second = four_digits(tn_str_from(text, 6));
    if (second >= 0xDC00 && second < 0xE000) {
        *used = 10;
        return 0x10000 + (((uint32_t)first & 0x3FF) << 10 | ((uint32_t)second & 0x3FF));
    }
    return first < 0 ? 0xFFFD : (uint32_t)first; /* halves become U+FFFD where they are encoded */
}

static size_t put_unescaped(struct tn_buf *out, struct tn_str rest)
{
    static const char plain[256] = {['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t'};
    char bytes[4], c = rest.s[0];
    size_t used = 0;
    if (c != 'u') {
        tn_buf_char(out, plain[(unsigned char)c] ? plain[(unsigned char)c] : c);
        return 1;
    }
    tn_buf_add(out, bytes, tn_utf8_encode(escaped(tn_str_from(rest, 1), &used), bytes));
    return used + 1;
}

void tn_json_unquote(struct tn_buf *out, struct tn_str json)
{
    if (json.len < 2)
        return;
    struct tn_str rest = tn_str_slice(json.s + 1, json.len - 2);
    for (size_t at; (at = tn_str_find_char(rest, '\\')) != TN_NO_OFFSET && at + 1 < rest.len;) {
        tn_buf_add(out, rest.s, at);
        rest = tn_str_from(rest, at + 1);
        rest = tn_str_from(rest, put_unescaped(out, rest));
    }
    tn_buf_str(out, rest);
}
