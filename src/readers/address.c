/* SPDX-License-Identifier: MIT */
#include "readers/address.h"

/* Length of "https://host" in an address; 0: it is none. */
static size_t origin_of(struct tn_str address)
{
    size_t at = tn_str_find(address, TN_LIT("://"));
    if (at == TN_NO_OFFSET || (!tn_str_starts_fold(address, TN_LIT("http://")) && !tn_str_starts_fold(address, TN_LIT("https://"))))
        return 0;
    for (at += 3; at < address.len && memchr("/?#", address.s[at], 3) == NULL;)
        at++;
    return at;
}

struct tn_str tn_address_of_page(const struct tn_page *page, struct tn_str fetched)
{
    const struct tn_str known[] = {page->base, fetched, page->canonical};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (origin_of(known[i]))
            return known[i];
    return (struct tn_str){NULL, 0};
}

/* "https:", "mailto:": letters up to a colon. */
static bool has_scheme(struct tn_str link)
{
    size_t at = 0;
    while (at < link.len && (tn_is_alnum(link.s[at]) || memchr("+-.", link.s[at], 3)))
        at++;
    return at > 0 && at < link.len && link.s[at] == ':';
}

/* Length without query and fragment. */
static size_t path_end(struct tn_str address, const char *signs)
{
    size_t at = 0;
    while (at < address.len && strchr(signs, address.s[at]) == NULL)
        at++;
    return at;
}

/* Takes `.` and `..` out of a path, in place; returns its length. */
static size_t remove_dots(char *path, size_t len)
{
    size_t to = 0;
    for (size_t at = 0, end; at < len; at = end) {
        for (end = at + 1; end < len && path[end] != '/';)
            end++;
        bool one = end - at == 2 && path[at + 1] == '.';
        bool two = end - at == 3 && path[at + 1] == '.' && path[at + 2] == '.';
        bool last = end == len;
        if (two)
            while (to > 0 && path[--to] != '/')
                ;
        if (one || two) {
            if (last)
                path[to++] = '/';
            continue;
        }
        memmove(path + to, path + at, end - at);
        to += end - at;
    }
    return to;
}

struct tn_str tn_address_join(struct tn_arena *arena, struct tn_str base, struct tn_str link)
{
    size_t origin = origin_of(base), keep = origin;
    if (origin == 0 || has_scheme(link) || link.len == 0)
        return tn_str_copy(arena, link);
    if (tn_str_starts(link, TN_LIT("//")))
        return tn_str_format(arena, "%.*s:%.*s", (int)tn_str_find_char(base, ':'), base.s, (int)link.len, link.s);
    if (link.s[0] == '?' || link.s[0] == '#')
        keep = path_end(base, link.s[0] == '?' ? "?#" : "#");
    else if (link.s[0] != '/')
        for (keep = path_end(base, "?#"); keep > origin && base.s[keep - 1] != '/';)
            keep--;
    bool slash = keep == origin && link.s[0] != '/';
    struct tn_str joined = tn_str_format(arena, "%.*s%s%.*s", (int)keep, base.s, slash ? "/" : "", (int)link.len, link.s);
    if (!joined.s)
        return joined;
    char *path = (char *)(uintptr_t)joined.s + origin;
    struct tn_str whole = tn_str_from(joined, origin);
    size_t end = path_end(whole, "?#"), len = remove_dots(path, end);
    memmove(path + len, path + end, whole.len - end + 1);
    joined.len = origin + len + whole.len - end;
    return joined;
}

struct tn_str tn_address_host(struct tn_arena *arena, struct tn_str address)
{
    size_t from = tn_str_find(address, TN_LIT("://"));
    struct tn_str host = from == TN_NO_OFFSET ? (struct tn_str){NULL, 0} : tn_str_from(address, from + 3);
    size_t end = 0;
    while (end < host.len && !strchr("/?#", host.s[end]))
        end++;
    host.len = end;
    size_t user = tn_str_find_char(host, '@');
    host = user == TN_NO_OFFSET ? host : tn_str_from(host, user + 1);
    size_t port = tn_str_find_char(host, ':');
    host = tn_str_copy(arena, tn_str_slice(host.s, port == TN_NO_OFFSET ? host.len : port));
    for (size_t i = 0; i < host.len; i++)
        ((char *)(uintptr_t)host.s)[i] = tn_lower(host.s[i]);
    return host;
}
