/* SPDX-License-Identifier: MIT */
#include "core/str.h"

#include <stdarg.h>
#include <stdio.h>

static bool same_fold(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i] && tn_lower(a[i]) != tn_lower(b[i]))
            return false;
    return true;
}

bool tn_str_eq_fold(struct tn_str a, struct tn_str b)
{
    return a.len == b.len && same_fold(a.s, b.s, a.len);
}

bool tn_str_starts(struct tn_str text, struct tn_str prefix)
{
    return text.len >= prefix.len && (prefix.len == 0 || memcmp(text.s, prefix.s, prefix.len) == 0);
}

bool tn_str_starts_fold(struct tn_str text, struct tn_str prefix)
{
    return text.len >= prefix.len && same_fold(text.s, prefix.s, prefix.len);
}

bool tn_str_ends_fold(struct tn_str text, struct tn_str suffix)
{
    return text.len >= suffix.len && same_fold(text.s + text.len - suffix.len, suffix.s, suffix.len);
}

int tn_str_cmp(struct tn_str a, struct tn_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.s, b.s, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Mostly there is none, which memchr() tells many times as fast as memmem(): by the byte in the middle, since signs have
 * blanks around them. */
size_t tn_str_find(struct tn_str text, struct tn_str needle)
{
    if (needle.len == 0)
        return 0;
    bool may = text.len >= needle.len && memchr(text.s, needle.s[needle.len / 2], text.len) != NULL;
    const char *at = may ? memmem(text.s, text.len, needle.s, needle.len) : NULL;
    return at ? (size_t)(at - text.s) : TN_NO_OFFSET;
}

size_t tn_str_find_fold(struct tn_str text, struct tn_str needle)
{
    for (size_t i = 0; i + needle.len <= text.len; i++)
        if (same_fold(text.s + i, needle.s, needle.len))
            return i;
    return TN_NO_OFFSET;
}

size_t tn_str_find_char(struct tn_str text, char c)
{
    const char *at = text.len ? memchr(text.s, c, text.len) : NULL;
    return at ? (size_t)(at - text.s) : TN_NO_OFFSET;
}

struct tn_str tn_str_trim(struct tn_str text)
{
    while (text.len && tn_is_space(text.s[0])) {
        text.s++;
        text.len--;
    }
    while (text.len && tn_is_space(text.s[text.len - 1]))
        text.len--;
    return text;
}

bool tn_str_next_line(struct tn_str *rest, struct tn_str *line)
{
    if (rest->len == 0)
        return false;
    size_t end = tn_str_find_char(*rest, '\n');
    size_t used = end == TN_NO_OFFSET ? rest->len : end + 1;
    *line = tn_str_slice(rest->s, end == TN_NO_OFFSET ? rest->len : end);
    if (line->len && line->s[line->len - 1] == '\r')
        line->len--;
    *rest = tn_str_from(*rest, used);
    return true;
}

unsigned tn_str_line_ends(struct tn_str text)
{
    unsigned lines = 0;
    for (size_t at; (at = tn_str_find_char(text, '\n')) != TN_NO_OFFSET; lines++)
        text = tn_str_from(text, at + 1);
    return lines;
}

size_t tn_str_cut(struct tn_str text, size_t most)
{
    if (text.len <= most)
        return text.len;
    while (most > 0 && ((unsigned char)text.s[most] & 0xC0) == 0x80)
        most--;
    return most;
}

struct tn_str tn_str_copy(struct tn_arena *arena, struct tn_str text)
{
    char *copy = tn_arena_alloc(arena, text.len + 1);
    if (!copy)
        return (struct tn_str){NULL, 0};
    if (text.len)
        memcpy(copy, text.s, text.len);
    copy[text.len] = '\0';
    return tn_str_slice(copy, text.len);
}

struct tn_str tn_str_format(struct tn_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = need < 0 ? NULL : tn_arena_alloc(arena, (size_t)need + 1);
    if (!text)
        return (struct tn_str){NULL, 0};
    va_start(args, format);
    vsnprintf(text, (size_t)need + 1, format, args);
    va_end(args);
    return tn_str_slice(text, (size_t)need);
}

bool tn_str_uint(struct tn_str text, unsigned long max, unsigned long *value)
{
    unsigned long sum = 0;
    if (text.len == 0)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!tn_is_digit(text.s[i]))
            return false;
        unsigned long digit = (unsigned long)(text.s[i] - '0');
        if (sum > (max - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return sum <= max;
}
