/* SPDX-License-Identifier: MIT */
#include "syntax/json_project.h"

/* A key on a path. A node without children and element is where a path ends: the value stays whole. */
struct tn_json_paths {
    struct tn_str key;
    bool mention;
    struct tn_json_paths *children, *next; /* first child, next sibling */
    struct tn_json_paths *element;         /* of an array: each of its elements */
};

struct tn_json_paths *tn_json_paths_new(struct tn_arena *arena)
{
    return tn_arena_zero(arena, sizeof(struct tn_json_paths));
}

static struct tn_json_paths *child_of(struct tn_arena *arena, struct tn_json_paths *parent, struct tn_str key)
{
    struct tn_json_paths **at = &parent->children;
    while (*at && !tn_str_eq((*at)->key, key))
        at = &(*at)->next;
    if (!*at && (*at = tn_arena_zero(arena, sizeof **at)) != NULL)
        **at = (struct tn_json_paths){.key = key, .mention = true};
    return *at;
}

bool tn_json_paths_add(struct tn_json_paths *paths, struct tn_arena *arena, const char *path, bool mention)
{
    struct tn_str rest = tn_str_of(path);
    while (paths && rest.len) {
        size_t dot = tn_str_find_char(rest, '.');
        struct tn_str step = tn_str_slice(rest.s, dot == TN_NO_OFFSET ? rest.len : dot);
        bool array = step.len > 2 && step.s[step.len - 1] == ']';
        rest = tn_str_from(rest, step.len + 1);
        step.len -= array ? 2 : 0;
        paths = child_of(arena, paths, step);
        if (paths)
            paths->mention = paths->mention && mention && rest.len == 0;
        if (paths && array && !paths->element)
            paths->element = tn_json_paths_new(arena);
        if (paths && array)
            paths = paths->element;
    }
    return paths != NULL;
}

/* What is read, and what of it is kept. Nothing is kept that is not read first: `out` has room for as much. */
struct cursor {
    const char *at, *end;
    char *out;
    size_t len;
    const char *start;
    const struct tn_raw_member *large; /* long members of the record; NULL: nobody noted them */
};

static void keep(struct cursor *cursor, const char *from, size_t len)
{
    memcpy(cursor->out + cursor->len, from, len);
    cursor->len += len;
}

static void keep_char(struct cursor *cursor, char c)
{
    cursor->out[cursor->len++] = c;
}

static inline bool skip_blanks(struct cursor *cursor)
{
    while (cursor->at < cursor->end && tn_is_space(*cursor->at))
        cursor->at++;
    return cursor->at < cursor->end;
}

/* Behind the string that begins at the cursor; false when it has no end. */
static bool skip_string(struct cursor *cursor)
{
    const char *start = ++cursor->at, *quote;
    while ((quote = memchr(cursor->at, '"', (size_t)(cursor->end - cursor->at))) != NULL) {
        const char *back = quote;
        while (back > start && back[-1] == '\\')
            back--;
        cursor->at = quote + 1;
        if ((quote - back) % 2 == 0)
            return true;
    }
    return false;
}

/* Behind the object or array that begins at the cursor. */
static bool skip_nested(struct cursor *cursor)
{
    size_t depth = 0;
    while (cursor->at < cursor->end) {
        char c = *cursor->at;
        if (c == '"') {
            if (!skip_string(cursor))
                return false;
            continue;
        }
        cursor->at++;
        if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && --depth == 0)
            return true;
    }
    return false;
}

/* Behind the value that begins at the cursor, where that is a member whose length was noted. */
static bool skip_large(struct cursor *cursor)
{
    size_t at = (size_t)(cursor->at - cursor->start);
    for (size_t i = 0; cursor->large && i < TN_RAW_MEMBERS && cursor->large[i].len; i++) {
        if (cursor->large[i].at != at || cursor->large[i].len > (size_t)(cursor->end - cursor->at))
            continue;
        cursor->at += cursor->large[i].len;
        return true;
    }
    return false;
}

/* Behind the value that begins at the cursor. */
static bool skip_value(struct cursor *cursor)
{
    char c = *cursor->at;
    if (c == '"')
        return skip_string(cursor);
    if (c == '{' || c == '[')
        return skip_large(cursor) || skip_nested(cursor);
    const char *start = cursor->at;
    while (cursor->at < cursor->end && !strchr(",]} \t\r\n", *cursor->at))
        cursor->at++;
    return cursor->at > start;
}

static bool keep_value(struct cursor *cursor)
{
    const char *start = cursor->at;
    bool whole = skip_value(cursor);
    keep(cursor, start, (size_t)(cursor->at - start));
    return whole;
}

static const struct tn_json_paths *find_key(const struct tn_json_paths *parent, const struct tn_json_paths *last,
                                            struct tn_str key)
{
    const struct tn_json_paths *start = last && last->next ? last->next : parent->children, *at = start;
    while (at) {
        if (tn_str_eq(at->key, key))
            return at;
        at = at->next ? at->next : parent->children;
        if (at == start)
            break;
    }
    return NULL;
}

/* That there is a value, and not more of it than that. */
static bool mention_value(struct cursor *cursor)
{
    static const char nothing[] = "null";
    enum { LEN = sizeof nothing - 1 };
    const char *start = cursor->at;
    bool whole = skip_value(cursor);
    size_t len = (size_t)(cursor->at - start);
    keep(cursor, len < LEN ? start : nothing, len < LEN ? len : LEN);
    return whole;
}

static bool project(struct cursor *cursor, const struct tn_json_paths *node);

/* The value behind a key: on a path, off it, or (a key with an escape) perhaps on it. */
static bool project_member(struct cursor *cursor, const struct tn_json_paths *node, struct tn_str key, bool some)
{
    bool escaped = memchr(key.s, '\\', key.len) != NULL;
    if (!skip_blanks(cursor) || *cursor->at++ != ':' || !skip_blanks(cursor))
        return false;
    if (!node && !escaped)
        return skip_value(cursor);
    if (some)
        keep_char(cursor, ',');
    keep(cursor, key.s - 1, key.len + 2);
    keep_char(cursor, ':');
    return !node ? keep_value(cursor) : node->mention ? mention_value(cursor) : project(cursor, node);
}

static bool project_object(struct cursor *cursor, const struct tn_json_paths *node)
{
    const struct tn_json_paths *last = NULL;
    size_t start = ++cursor->len;
    cursor->out[start - 1] = *cursor->at++;
    while (skip_blanks(cursor) && *cursor->at != '}') {
        if (*cursor->at == ',' && (cursor->at++, !skip_blanks(cursor)))
            return false;
        const char *quote = cursor->at;
        if (*quote != '"' || !skip_string(cursor))
            return false;
        struct tn_str key = tn_str_slice(quote + 1, (size_t)(cursor->at - quote) - 2);
        const struct tn_json_paths *child = find_key(node, last, key);
        if (!project_member(cursor, child, key, cursor->len > start))
            return false;
        last = child ? child : last;
    }
    if (cursor->at == cursor->end)
        return false;
    keep_char(cursor, *cursor->at++);
    return true;
}

/* An array in an array is no list of anything: it stays whole. So this goes no deeper than the paths do. */
static bool project_array(struct cursor *cursor, const struct tn_json_paths *element)
{
    keep_char(cursor, *cursor->at++);
    while (skip_blanks(cursor) && *cursor->at != ']') {
        if (*cursor->at == ',') {
            keep_char(cursor, *cursor->at++);
            if (!skip_blanks(cursor))
                return false;
        }
        if (*cursor->at == '[' ? !keep_value(cursor) : !project(cursor, element))
            return false;
    }
    if (cursor->at == cursor->end)
        return false;
    keep_char(cursor, *cursor->at++);
    return true;
}

static bool project(struct cursor *cursor, const struct tn_json_paths *node)
{
    bool ends = !node->children && !node->element;
    if (*cursor->at == '{' && node->children)
        return project_object(cursor, node);
    if (*cursor->at == '{' && node->element) /* one where a list of them is usual */
        return project(cursor, node->element);
    if (*cursor->at == '[' && !ends)
        return project_array(cursor, node->element ? node->element : node);
    return keep_value(cursor);
}

struct tn_str tn_json_project(struct tn_arena *arena, const struct tn_json_paths *paths, struct tn_str record,
                              const struct tn_raw_member *large)
{
    struct cursor cursor = {record.s, record.s + record.len, tn_arena_alloc(arena, record.len + 1), 0, record.s, large};
    if (!cursor.out || !skip_blanks(&cursor) || *cursor.at != '{' || !project_object(&cursor, paths))
        return (struct tn_str){NULL, 0};
    cursor.out[cursor.len] = '\0';
    return tn_str_slice(cursor.out, cursor.len);
}
