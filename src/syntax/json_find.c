/* SPDX-License-Identifier: MIT */
#include "syntax/json_find.h"

#include "trialnorm/error.h"

/* Entities that stand for characters of JSON; Angular writes its own for what its server hands to the browser. */
static const struct {
    struct tn_str entity;
    char character;
} entities[] = {
    {{"&quot;", 6}, '"'}, {{"&#34;", 5}, '"'}, {{"&#x22;", 6}, '"'}, {{"&q;", 3}, '"'},   {{"&amp;", 5}, '&'},
    {{"&a;", 3}, '&'},    {{"&lt;", 4}, '<'},  {{"&l;", 3}, '<'},    {{"&gt;", 4}, '>'},  {{"&g;", 3}, '>'},
    {{"&apos;", 6}, '\''}, {{"&#39;", 5}, '\''}, {{"&#x27;", 6}, '\''}, {{"&s;", 3}, '\''},
};

static size_t entity_at(struct tn_str text, char *character)
{
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
        if (tn_str_starts(text, entities[i].entity)) {
            *character = entities[i].character;
            return entities[i].entity.len;
        }
    return 0;
}

/* JSON without a single quotation mark, but with an entity where its first one is due. */
static bool is_escaped(struct tn_str text)
{
    size_t at = 0;
    char character = 0;
    while (at < text.len && (text.s[at] == '{' || text.s[at] == '[' || tn_is_space(text.s[at])))
        at++;
    return at < text.len && text.s[at] == '&' && entity_at(tn_str_from(text, at), &character) && character == '"' &&
           !memchr(text.s, '"', text.len);
}

static size_t undo_entities(char *bytes, size_t len)
{
    size_t out = 0;
    for (size_t at = 0; at < len;) {
        char character = bytes[at];
        size_t size = character == '&' ? entity_at(tn_str_slice(bytes + at, len - at), &character) : 0;
        bytes[out++] = character;
        at += size ? size : 1;
    }
    bytes[out] = '\0';
    return out;
}

static int hex_value(char c)
{
    if (tn_is_digit(c))
        return c - '0';
    c = tn_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character of `\uXXXX` at `at`; -1 where there is none. */
static long escaped(struct tn_str text, size_t at)
{
    long character = 0;
    if (at + 6 > text.len || text.s[at] != '\\' || text.s[at + 1] != 'u')
        return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        int value = hex_value(text.s[i]);
        if (value < 0)
            return -1;
        character = character * 16 + value;
    }
    return character;
}

static bool is_high(long character) { return character >= 0xD800 && character <= 0xDBFF; }
static bool is_low(long character) { return character >= 0xDC00 && character <= 0xDFFF; }

/* cJSON ends a string at \u0000 and refuses half a surrogate pair. */
static size_t mend(char *bytes, size_t len)
{
    struct tn_str text = tn_str_slice(bytes, len);
    size_t repaired = 0;
    const char *back;
    for (size_t at = 0; at < len && (back = memchr(bytes + at, '\\', len - at)) != NULL;) {
        at = (size_t)(back - bytes);
        long first = escaped(text, at);
        bool pair = is_high(first) && is_low(escaped(text, at + 6));
        if (first == 0 || (!pair && (is_high(first) || is_low(first)))) {
            memcpy(bytes + at, "\\ufffd", 6);
            repaired++;
        }
        at += pair ? 12 : 2;
    }
    return repaired;
}

/* What is inside of `<![CDATA[` and `]]>`, where that is written around it. */
static struct tn_str without_cdata(struct tn_str script)
{
    enum { NEAR = 64 };
    static const struct tn_str open = {"<![CDATA[", 9}, close = {"]]>", 3};
    size_t at = tn_str_find(tn_str_slice(script.s, script.len < NEAR ? script.len : NEAR), open);
    if (at == TN_NO_OFFSET)
        return script;
    for (size_t end = script.len; end >= at + open.len + close.len; end--)
        if (memcmp(script.s + end - close.len, close.s, close.len) == 0) {
            script.len = end - close.len;
            break;
        }
    return tn_str_from(script, at + open.len);
}

struct tn_str tn_json_of_script(struct tn_arena *arena, struct tn_str script, size_t *start, bool *moved,
                                size_t *repaired)
{
    struct tn_str data = without_cdata(script);
    size_t from = (size_t)(data.s - script.s), to = from + data.len;
    while (from < to && script.s[from] != '{' && script.s[from] != '[')
        from++;
    while (to > from && script.s[to - 1] != '}' && script.s[to - 1] != ']')
        to--;
    struct tn_str inner = tn_str_slice(script.s + from, to - from);
    char *bytes = tn_arena_alloc(arena, inner.len + 1);
    if (!bytes)
        return (struct tn_str){NULL, 0};
    memcpy(bytes, inner.s, inner.len);
    bytes[inner.len] = '\0';
    *start = from;
    *moved = is_escaped(inner);
    size_t len = *moved ? undo_entities(bytes, inner.len) : inner.len;
    size_t changed = mend(bytes, len);
    if (repaired)
        *repaired = changed;
    return tn_str_slice(bytes, len);
}

/* Searching. */

struct search {
    struct tn_arena *arena;
    struct tn_str text, key;
    size_t starts[TN_MAX_DEPTH]; /* of the open brackets */
    bool has_key[TN_MAX_DEPTH];
    size_t depth;
    struct tn_json_found *found;
    size_t count, room, most;
};

/* Behind the string that begins at the quotation mark `at`. */
static size_t behind_string(struct tn_str text, size_t at)
{
    at++;
    while (at < text.len && text.s[at] != '"')
        at += text.s[at] == '\\' ? 2 : 1;
    return at < text.len ? at + 1 : text.len;
}

static bool is_member(struct tn_str text, size_t behind)
{
    while (behind < text.len && tn_is_space(text.s[behind]))
        behind++;
    return behind < text.len && text.s[behind] == ':';
}

/* What was found inside of this object is part of it. */
static bool add_found(struct search *search, size_t at, size_t end)
{
    while (search->count && search->found[search->count - 1].at > at)
        search->count--;
    if (search->count == search->room) {
        size_t room = search->room ? search->room * 2 : 4;
        struct tn_json_found *grown = tn_arena_grow(search->arena, search->found, search->room * sizeof *grown,
                                                    room * sizeof *grown);
        if (!grown)
            return false;
        search->found = grown;
        search->room = room;
    }
    search->found[search->count++] = (struct tn_json_found){.at = at, .len = end - at};
    return true;
}

/* Takes what stands at `at`; returns behind it, or the end of the text to stop. */
static size_t step(struct search *search, size_t at)
{
    struct tn_str text = search->text;
    char c = text.s[at];
    if (c == '"') {
        size_t behind = behind_string(text, at);
        bool is_key = search->depth && behind - at == search->key.len + 2 &&
                      memcmp(text.s + at + 1, search->key.s, search->key.len) == 0 && is_member(text, behind);
        if (is_key && text.s[search->starts[search->depth - 1]] == '{')
            search->has_key[search->depth - 1] = true;
        return behind;
    }
    if (c == '{' || c == '[') {
        if (search->depth == TN_MAX_DEPTH)
            return text.len;
        search->starts[search->depth] = at;
        search->has_key[search->depth++] = false;
    } else if ((c == '}' || c == ']') && search->depth) {
        search->depth--;
        if (search->has_key[search->depth] &&
            (!add_found(search, search->starts[search->depth], at + 1) || search->count > search->most))
            return text.len;
    }
    return at + 1;
}

const struct tn_json_found *tn_json_find(struct tn_arena *arena, struct tn_str text, struct tn_str key, size_t most,
                                         size_t *count)
{
    struct search *search = tn_arena_zero(arena, sizeof *search);
    *count = 0;
    if (!search)
        return NULL;
    search->arena = arena;
    search->text = text;
    search->key = key;
    search->most = most;
    for (size_t at = 0; at < text.len;)
        at = step(search, at);
    *count = search->count < most ? search->count : most;
    return *count ? search->found : NULL;
}
