/* SPDX-License-Identifier: MIT */
#include "input/transfer.h"

static int hex_value(char c)
{
    c = tn_upper(c);
    if (tn_is_digit(c))
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Length of the soft line break behind a `=`: blanks, and the line's end; 0 where there is none. */
static size_t soft_break(struct tn_str text)
{
    size_t at = 0;
    while (at < text.len && (text.s[at] == ' ' || text.s[at] == '\t'))
        at++;
    if (at < text.len && text.s[at] == '\r')
        at++;
    return at < text.len && text.s[at] == '\n' ? at + 1 : 0;
}

/* What stands behind a `=`; returns how much of it was used. */
static size_t decode_quoted(struct tn_str text, struct tn_buf *out)
{
    size_t skipped = soft_break(text);
    if (skipped)
        return skipped;
    int high = text.len > 1 ? hex_value(text.s[0]) : -1, low = text.len > 1 ? hex_value(text.s[1]) : -1;
    tn_buf_char(out, high < 0 || low < 0 ? '=' : (char)(high << 4 | low));
    return high < 0 || low < 0 ? 0 : 2;
}

void tn_transfer_quoted(struct tn_str text, struct tn_buf *out)
{
    for (size_t equals; (equals = tn_str_find_char(text, '=')) != TN_NO_OFFSET;) {
        tn_buf_add(out, text.s, equals);
        text = tn_str_from(text, equals + 1);
        text = tn_str_from(text, decode_quoted(text, out));
    }
    tn_buf_str(out, text);
}

static int base64_value(char c)
{
    if (tn_is_upper(c))
        return c - 'A';
    if (tn_is_lower(c))
        return c - 'a' + 26;
    if (tn_is_digit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/* A `=` ends a group; another text may follow. */
void tn_transfer_base64(struct tn_str text, struct tn_buf *out)
{
    unsigned bits = 0, count = 0;
    for (size_t i = 0; i < text.len; i++) {
        int value = base64_value(text.s[i]);
        if (text.s[i] == '=')
            count = 0;
        if (value < 0)
            continue;
        bits = (bits << 6 | (unsigned)value) & 0xFFFF;
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        tn_buf_char(out, (char)(bits >> count & 0xFF));
    }
}
