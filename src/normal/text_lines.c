/* SPDX-License-Identifier: MIT */
#include "core/bytes.h"
#include "core/str.h"
#include "normal/text_stages.h"

/* Bytes at `at` that are one line end: \n, \r\n, \r, U+0085, U+2028, U+2029. */
static size_t line_end_size(struct tn_str text, size_t at)
{
    const char *p = text.s + at;
    size_t left = text.len - at;
    switch ((unsigned char)p[0]) {
    case '\n':
        return 1;
    case '\r':
        return left > 1 && p[1] == '\n' ? 2 : 1;
    case 0xC2:
        return left > 1 && (unsigned char)p[1] == 0x85 ? 2 : 0;
    case 0xE2:
        return left > 2 && (unsigned char)p[1] == 0x80 && (p[2] & ~1) == (char)0xA8 ? 3 : 0;
    default:
        return 0;
    }
}

/* Length of s[0..len) without blanks and no-break spaces at its end. */
static size_t without_blanks(const char *s, size_t len)
{
    for (;;) {
        if (len && (s[len - 1] == ' ' || s[len - 1] == '\t'))
            len--;
        else if (len > 1 && s[len - 1] == '\xA0' && s[len - 2] == '\xC2')
            len -= 2;
        else
            return len;
    }
}

/* Where the next byte stands that may begin a line end: below 0x0E, 0xC2 or 0xE2. */
static size_t skip_plain(struct tn_str text, size_t at)
{
    for (; at + TN_BYTES <= text.len; at += TN_BYTES) {
        tn_bytes bytes = tn_bytes_load(text.s + at);
        size_t first = tn_bytes_first((tn_bytes)(bytes < tn_bytes_each(0x0E)) |
                                      (tn_bytes)(bytes == tn_bytes_each(0xC2)) |
                                      (tn_bytes)(bytes == tn_bytes_each(0xE2)));
        if (first < TN_BYTES)
            return at + first;
    }
    while (at < text.len && line_end_size(text, at) == 0)
        at++;
    return at;
}

size_t tn_text_even_lines(char *s, size_t len)
{
    size_t written = 0, size;
    struct tn_str text = tn_str_slice(s, len);
    for (size_t read = 0; read < len; read += size) {
        size = line_end_size(text, read);
        if (size == 0) {
            size = skip_plain(text, read + 1) - read;
            memmove(s + written, s + read, size);
            written += size;
            continue;
        }
        written = without_blanks(s, written);
        bool empty_line_before = written > 1 && s[written - 1] == '\n' && s[written - 2] == '\n';
        if (!empty_line_before)
            s[written++] = '\n';
    }
    return written;
}
