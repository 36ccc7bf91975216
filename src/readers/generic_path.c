/* SPDX-License-Identifier: MIT */
/* Where the records of an unknown export stand, by the beginning of the document. */
#include <stdio.h>

#include "core/xml_lexer.h"
#include "readers/generic_names.h"

enum { DEEPEST = 12 };

/* An object, array or element that is open. */
struct level {
    struct tn_str key; /* of a member, or the element's name; empty: an element of an array, or the whole */
    bool array;
    struct tn_data_names names; /* of its own, */
    struct tn_data_names inner; /* and of what stands in it that is no record of its own */
};

struct search {
    struct level levels[DEEPEST];
    size_t depth;  /* open ones; those beyond DEEPEST are only counted */
    size_t found;  /* depth of the record that was found; 0: none yet */
    bool xml;
    struct tn_data_names names;
    char *path;
    size_t room;
};

static void write_json_path(struct search *search)
{
    size_t used = 0;
    bool any = false;
    search->path[0] = '\0';
    for (size_t i = 1; i < search->depth && used < search->room; i++) {
        const struct level *level = &search->levels[i], *up = &search->levels[i - 1];
        bool element = up->array && any;
        if (!up->array) {
            used += (size_t)snprintf(search->path + used, search->room - used, "%s%.*s", any ? "." : "", (int)level->key.len,
                                     level->key.s);
            any = true;
        } else if (element) {
            used += (size_t)snprintf(search->path + used, search->room - used, "[]");
        }
    }
    if (used >= search->room)
        search->path[0] = '\0';
}

static void write_xml_path(struct search *search)
{
    struct tn_str name = search->levels[search->depth - 1].key;
    search->path[0] = '\0';
    if (search->depth == 1)
        return;
    struct tn_str up = search->levels[search->depth - 2].key;
    int used = snprintf(search->path, search->room, "<%.*s><%.*s>", (int)up.len, up.s, (int)name.len, name.s);
    if (used < 0 || (size_t)used >= search->room)
        search->path[0] = '\0';
}

static void open_level(struct search *search, struct tn_str key, bool array)
{
    if (search->depth < DEEPEST)
        search->levels[search->depth] = (struct level){.key = key, .array = array};
    struct level *level = search->depth < DEEPEST ? &search->levels[search->depth] : NULL;
    if (level && !array)
        level->names.among_trials = tn_data_is_trial(key) ||
                                    (search->depth > 0 && (search->xml || key.len == 0) &&
                                     tn_data_is_trials(search->levels[search->depth - 1].key));
    search->depth++;
}

/* An outer record wins over one that stands in it. */
static void close_level(struct search *search)
{
    if (search->depth == 0 || search->depth > DEEPEST) {
        search->depth -= search->depth > 0;
        return;
    }
    struct level *level = &search->levels[search->depth - 1];
    struct tn_data_names all = level->names;
    bool own = tn_data_names_claim(&all);
    tn_data_names_join(&all, &level->inner);
    bool claims = !level->array && (own || (search->found == 0 && tn_data_names_claim(&all)));
    if (claims && (search->found == 0 || search->depth < search->found)) {
        search->found = search->depth;
        search->names = all;
        if (search->xml)
            write_xml_path(search);
        else
            write_json_path(search);
    } else if (search->depth > 1 && !claims) {
        tn_data_names_join(&search->levels[search->depth - 2].inner, &all);
    }
    search->depth--;
}

static void add_name(struct search *search, struct tn_str name, struct tn_str value)
{
    if (search->depth > 0 && search->depth <= DEEPEST)
        tn_data_names_add(&search->levels[search->depth - 1].names, name, value);
}

static bool end_search(struct search *search, struct tn_data_names *names)
{
    while (search->depth)
        close_level(search);
    if (search->found)
        *names = search->names;
    return search->found > 0;
}

/* The string that begins at *at, which then stands behind it. */
static struct tn_str take_string(struct tn_str text, size_t *at)
{
    size_t start = ++*at;
    while (*at < text.len && text.s[*at] != '"')
        *at += text.s[*at] == '\\' ? 2 : 1;
    size_t end = *at < text.len ? *at : text.len;
    *at = end + 1;
    return tn_str_slice(text.s + start, end - start);
}

/* The value behind the colon at `at`, or the first entry of the list that it is. */
static struct tn_str value_at(struct tn_str head, size_t at)
{
    while (at < head.len && (tn_is_space(head.s[at]) || strchr(":[", head.s[at])))
        at++;
    if (at < head.len && head.s[at] == '"')
        return take_string(head, &at);
    size_t start = at;
    while (at < head.len && !strchr(",]}{\n", head.s[at]))
        at++;
    return tn_str_slice(head.s + start, at - start);
}

bool tn_data_json_path(struct tn_str head, char *path, size_t room, struct tn_data_names *names)
{
    struct search search = {.path = path, .room = room};
    struct tn_str key = {NULL, 0};
    size_t at = 0;
    path[0] = '\0';
    while (at < head.len) {
        char c = head.s[at];
        if (c == '"') {
            struct tn_str text = take_string(head, &at);
            while (at < head.len && tn_is_space(head.s[at]))
                at++;
            if (at < head.len && head.s[at] == ':') {
                key = text;
                add_name(&search, key, value_at(head, at));
            }
            continue;
        }
        if (c == '{' || c == '[') {
            open_level(&search, key, c == '[');
            key = (struct tn_str){NULL, 0};
        } else if (c == '}' || c == ']') {
            close_level(&search);
        }
        at++;
    }
    return end_search(&search, names);
}

static void add_attributes(struct search *search, struct tn_str tag)
{
    struct tn_str name, value;
    while (tn_xml_attribute(&tag, &name, &value))
        add_name(search, name, value);
}

/* The text behind a start tag. */
static struct tn_str text_at(struct tn_str head, size_t at)
{
    struct tn_str rest = tn_str_from(head, at);
    size_t end = tn_str_find_char(rest, '<');
    return tn_str_slice(rest.s, end == TN_NO_OFFSET ? 0 : end);
}

bool tn_data_xml_path(struct tn_str head, char *path, size_t room, struct tn_data_names *names)
{
    struct search search = {.path = path, .room = room, .xml = true};
    struct tn_xml_lexer lexer = {0};
    size_t at = 0, start = 0;
    enum tn_xml_token token;
    path[0] = '\0';
    while ((token = tn_xml_next(&lexer, head.s, &at, head.len, true, &start)) != TN_XML_MORE) {
        struct tn_str tag = tn_str_slice(head.s + start, at - start);
        if (token == TN_XML_START || token == TN_XML_EMPTY) {
            add_name(&search, tn_xml_name(tag), token == TN_XML_START ? text_at(head, at) : (struct tn_str){NULL, 0});
            open_level(&search, tn_xml_name(tag), false);
            add_attributes(&search, tag);
        }
        if (token == TN_XML_END || token == TN_XML_EMPTY)
            close_level(&search);
    }
    return end_search(&search, names);
}
