/* SPDX-License-Identifier: MIT */
/* Where the records of an unknown export stand, by the beginning of the document. */
#include <stdio.h>

#include "core/xml_lexer.h"
#include "readers/generic_names.h"
#include "readers/json_head.h"

enum { DEEPEST = TN_JSON_HEAD_DEEPEST };

/* The names of an object or element that is open. */
struct level {
    struct tn_data_names names; /* of its own, */
    struct tn_data_names inner; /* and of what stands in it that is no record of its own */
    bool identified;            /* an identifier or a title is among its own names, or those of an object directly in it */
    bool holds_found;           /* the record that was found stands in it, in no list, */
    bool repeated;              /* ... and beside it others of its name: elements are a list without saying so */
    struct tn_str last;         /* the name of the last object in it */
};

struct search {
    struct tn_json_head head; /* of XML its places alone: the names of elements */
    struct level levels[DEEPEST];
    size_t found; /* depth of the record that was found; 0: none yet */
    struct tn_json_found place;
    struct tn_str key; /* its name */
    bool xml;
    struct tn_data_names names;
    char *path;
    size_t room;
};

static void write_xml_path(struct search *search)
{
    size_t depth = search->head.depth;
    struct tn_str name = search->head.places[depth - 1].key;
    search->path[0] = '\0';
    if (depth == 1)
        return;
    struct tn_str up = search->head.places[depth - 2].key;
    int used = snprintf(search->path, search->room, "<%.*s><%.*s>", (int)up.len, up.s, (int)name.len, name.s);
    if (used < 0 || (size_t)used >= search->room)
        search->path[0] = '\0';
}

static void open_level(struct tn_json_head *head)
{
    struct search *search = (struct search *)head;
    const struct tn_json_place *place = &head->places[head->depth - 1];
    struct level *level = &search->levels[head->depth - 1];
    *level = (struct level){.names = {.valued = true}};
    if (!place->array)
        level->names.among_trials = tn_data_is_trial(place->key) || (head->depth > 1 && (search->xml || place->key.len == 0) &&
                                                                     tn_data_is_trials(place[-1].key));
}

static void find_here(struct search *search, const struct tn_data_names *names)
{
    search->found = search->head.depth;
    search->names = *names;
    search->key = search->head.places[search->head.depth - 1].key;
    if (search->xml)
        write_xml_path(search);
    else
        search->place = tn_json_head_here(&search->head);
}

/* {"identification": {...}, "design": {...}}: what was found is a part of the record, the rest of which stands beside it. */
static bool takes_over(const struct search *search, const struct level *level, const struct tn_data_names *all)
{
    return level->holds_found && !level->repeated && search->head.depth < search->found && tn_data_names_add_to(all);
}

/* What a container says to the one around it. */
static void tell_outer(struct search *search, const struct level *level, bool found, bool array, struct tn_str key)
{
    struct level *outer = &search->levels[search->head.depth - 2];
    bool same = tn_str_eq(outer->last, key) || (outer->holds_found && tn_str_eq(search->key, key));
    bool holds = (found || (level->holds_found && !level->repeated)) && !array;
    outer->repeated = outer->repeated || (search->xml && same && (holds || outer->holds_found));
    outer->holds_found = outer->holds_found || holds;
    outer->last = key;
}

/* An outer record wins over one that stands in it. */
static void close_level(struct tn_json_head *head)
{
    struct search *search = (struct search *)head;
    struct level *level = &search->levels[head->depth - 1];
    const struct tn_json_place *place = &head->places[head->depth - 1];
    struct tn_data_names all = level->names;
    bool own = tn_data_names_claim(&all), array = place->array, identified = tn_data_names_identified(&all);
    tn_data_names_join(&all, &level->inner);
    bool claims = !array && (own || (search->found == 0 && (identified || level->identified) && tn_data_names_claim(&all)));
    bool over = !array && takes_over(search, level, &all);
    if (over)
        tn_data_names_join(&all, &search->names);
    bool found = over || (claims && (search->found == 0 || head->depth < search->found));
    if (found)
        find_here(search, &all);
    if (head->depth == 1)
        return;
    if (identified && !array)
        search->levels[head->depth - 2].identified = true;
    if (!found && !claims)
        tn_data_names_join(&search->levels[head->depth - 2].inner, &all);
    bool again = claims && head->depth == search->found; /* the first may have had nothing beside it */
    tell_outer(search, level, found || again, array, place->key);
}

static bool add_name(struct tn_json_head *head, struct tn_str name, struct tn_str value)
{
    struct search *search = (struct search *)head;
    if (head->depth > 0 && head->depth <= DEEPEST)
        tn_data_names_add(&search->levels[head->depth - 1].names, name, value);
    return true;
}

static bool end_search(const struct search *search, struct tn_data_names *names)
{
    if (search->found)
        *names = search->names;
    return search->found > 0;
}

bool tn_data_json_path(struct tn_str bytes, char *path, size_t room, struct tn_data_names *names)
{
    struct search search = {.head = {.open = open_level, .close = close_level, .member = add_name}, .path = path, .room = room};
    path[0] = '\0';
    tn_json_head_walk(&search.head, bytes);
    if (search.found)
        tn_json_siblings_path(&search.place, bytes, path, room);
    return end_search(&search, names);
}

/* XML. */

static void open_element(struct search *search, struct tn_str name)
{
    if (search->head.depth < DEEPEST)
        search->head.places[search->head.depth] = (struct tn_json_place){.key = name};
    search->head.depth++;
    if (search->head.depth <= DEEPEST)
        open_level(&search->head);
}

static void close_element(struct search *search)
{
    if (search->head.depth > 0 && search->head.depth <= DEEPEST)
        close_level(&search->head);
    search->head.depth -= search->head.depth > 0;
}

static void add_attributes(struct search *search, struct tn_str tag)
{
    struct tn_str name, value;
    while (tn_xml_attribute(&tag, &name, &value))
        add_name(&search->head, name, value);
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
            add_name(&search.head, tn_xml_name(tag), token == TN_XML_START ? text_at(head, at) : (struct tn_str){NULL, 0});
            open_element(&search, tn_xml_name(tag));
            add_attributes(&search, tag);
        }
        if (token == TN_XML_END || token == TN_XML_EMPTY)
            close_element(&search);
    }
    while (search.head.depth)
        close_element(&search);
    return end_search(&search, names);
}
