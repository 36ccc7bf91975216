/* SPDX-License-Identifier: MIT */
#include "readers/redact_find.h"

static bool is_local(char c)
{
    return tn_is_alnum(c) || (c != '\0' && strchr("._%+-'", c)) || (unsigned char)c >= 0x80;
}

static bool is_domain(char c)
{
    return tn_is_alnum(c) || c == '.' || c == '-' || (unsigned char)c >= 0x80;
}

/* The length of the `@` at text.s[at], which some sources write as (at) or [at], with or without blanks around it;
 * 0 where there is none. *before are the blanks before it that belong to it. */
static size_t at_sign(struct tn_str text, size_t at, size_t *before)
{
    *before = 0;
    if (text.s[at] == '@')
        return 1;
    if (text.s[at] != '(' && text.s[at] != '[')
        return 0;
    struct tn_str rest = tn_str_from(text, at);
    if (!tn_str_starts_fold(rest, TN_LIT("(at)")) && !tn_str_starts_fold(rest, TN_LIT("[at]")))
        return 0;
    *before = at > 0 && text.s[at - 1] == ' ';
    return rest.len > 4 && rest.s[4] == ' ' ? 5 : 4;
}

/* The end of the host name at `from`: at least one point, behind the last at least two letters; 0 where it is none. */
static size_t domain_end(struct tn_str text, size_t from)
{
    size_t end = from, dot = TN_NO_OFFSET;
    while (end < text.len && is_domain(text.s[end]))
        end++;
    while (end > from && !tn_is_alnum(text.s[end - 1]))
        end--;
    for (size_t i = end; i > from && dot == TN_NO_OFFSET; i--)
        if (text.s[i - 1] == '.')
            dot = i - 1;
    bool fits = dot != TN_NO_OFFSET && dot > from && end - dot > 2 && tn_is_alpha(text.s[dot + 1]);
    return fits ? end : 0;
}

bool tn_email_find(struct tn_str text, size_t from, struct tn_span *found)
{
    for (size_t at = from, before; at < text.len; at++) {
        size_t sign = at_sign(text, at, &before);
        if (sign == 0)
            continue;
        size_t start = at - before;
        while (start > from && is_local(text.s[start - 1]))
            start--;
        while (start < at && !tn_is_alnum(text.s[start]) && (unsigned char)text.s[start] < 0x80)
            start++;
        size_t end = domain_end(text, at + sign);
        if (start < at - before && end) {
            *found = (struct tn_span){start, end};
            return true;
        }
    }
    return false;
}
