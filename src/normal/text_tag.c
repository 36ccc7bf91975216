/* SPDX-License-Identifier: MIT */
#include "normal/text_tag.h"

#include <stdlib.h>

struct tag_name {
    const char *name;
    enum tn_tag_kind kind;
};

static const struct tag_name tag_names[] = {
#define TN_TAG(name, kind) {name, TN_TAG_##kind},
#include "normal/tags.inc"
#undef TN_TAG
};

/* Attributes that mean something without a value. Any other word in a tag makes it text: `a <b and c> d`. */
static const char *const lone_attributes[] = {
#define TN_LONE_ATTRIBUTE(name) name,
#include "normal/text_attributes.inc"
#undef TN_LONE_ATTRIBUTE
};

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

enum { NAME_MAX = 12 };

static int by_name(const void *key, const void *row)
{
    return strcmp(key, ((const struct tag_name *)row)->name);
}

/* Reads the name at text.s[0]; its length, 0 where it is no name of a tag. */
static size_t read_name(struct tn_str text, enum tn_tag_kind *kind)
{
    char name[NAME_MAX + 1];
    size_t len = 0;
    while (len < text.len && (tn_is_alnum(text.s[len]) || text.s[len] == ':')) {
        if (len == NAME_MAX)
            return 0;
        name[len] = tn_lower(text.s[len]);
        len++;
    }
    name[len] = '\0';
    const struct tag_name *row = bsearch(name, tag_names, COUNT_OF(tag_names), sizeof *tag_names, by_name);
    if (!row)
        return 0;
    *kind = row->kind;
    return len;
}

static bool in_bare_value(char c)
{
    return tn_is_alnum(c) || (c && strchr("#%._-:/?=&+@~,;", c));
}

static bool in_attribute_name(char c)
{
    return tn_is_alnum(c) || c == ':' || c == '_' || c == '-';
}

static size_t run_length(struct tn_str text, size_t at, bool (*belongs)(char))
{
    size_t end = at;
    while (end < text.len && belongs(text.s[end]))
        end++;
    return end - at;
}

/* Length of `="value"`, `='value'` or `=value` at `at`; 0 where there is none. */
static size_t read_value(struct tn_str text, size_t at, struct tn_str *value)
{
    if (at + 1 >= text.len || text.s[at] != '=')
        return 0;
    char quote = text.s[at + 1];
    if (quote != '"' && quote != '\'') {
        *value = tn_str_slice(text.s + at + 1, run_length(text, at + 1, in_bare_value));
        return value->len ? value->len + 1 : 0;
    }
    size_t end = tn_str_find_char(tn_str_from(text, at + 2), quote);
    *value = tn_str_slice(text.s + at + 2, end == TN_NO_OFFSET ? 0 : end);
    return end == TN_NO_OFFSET ? 0 : end + 3;
}

static bool stands_alone(struct tn_str name)
{
    for (size_t i = 0; i < COUNT_OF(lone_attributes); i++)
        if (tn_str_eq_fold(name, tn_str_of(lone_attributes[i])))
            return true;
    return false;
}

/* True for the attribute that says what the reader of such a tag must not miss. */
static bool is_wanted(enum tn_tag_kind kind, struct tn_str name)
{
    return (kind == TN_TAG_LINK && tn_str_eq_fold(name, TN_LIT("href"))) ||
           (kind == TN_TAG_IMAGE && tn_str_eq_fold(name, TN_LIT("alt")));
}

/* Length of the attribute at `at`; 0 where there is none. */
static size_t read_attribute(struct tn_str text, size_t at, struct tn_tag *tag)
{
    struct tn_str name = tn_str_slice(text.s + at, run_length(text, at, in_attribute_name)), value;
    if (name.len == 0)
        return 0;
    size_t size = read_value(text, at + name.len, &value);
    if (size == 0 && !stands_alone(name))
        return 0;
    if (size && !tag->value.s && is_wanted(tag->kind, name))
        tag->value = value;
    return name.len + size;
}

/* The end of the tag whose name ends at `at`: one past `>`, or 0. */
static size_t read_attributes(struct tn_str text, size_t at, struct tn_tag *tag)
{
    for (;;) {
        size_t space = run_length(text, at, tn_is_space);
        at += space;
        if (at < text.len && text.s[at] == '>')
            return at + 1;
        if (at + 1 < text.len && text.s[at] == '/' && text.s[at + 1] == '>')
            return at + 2;
        size_t attribute = space ? read_attribute(text, at, tag) : 0;
        if (attribute == 0)
            return 0;
        at += attribute;
    }
}

/* The end of the closing tag whose name ends at `at`, or 0. */
static size_t read_closing(struct tn_str text, size_t at)
{
    at += run_length(text, at, tn_is_space);
    return at < text.len && text.s[at] == '>' ? at + 1 : 0;
}

/* A tag longer than this is none: keeps the time linear whatever the text holds. */
enum { TAG_MAX = 2048 };

bool tn_tag_read(struct tn_str text, struct tn_tag *tag)
{
    if (text.len > TAG_MAX)
        text.len = TAG_MAX;
    tag->closing = text.len > 1 && text.s[1] == '/';
    tag->value = (struct tn_str){NULL, 0};
    size_t at = tag->closing ? 2 : 1;
    size_t name = read_name(tn_str_from(text, at), &tag->kind);
    if (name == 0)
        return false;
    tag->size = tag->closing ? read_closing(text, at + name) : read_attributes(text, at + name, tag);
    return tag->size != 0;
}
