/* SPDX-License-Identifier: MIT */
/* The tree of an element as the parser goes: see xml.h for what becomes of what. */
#ifndef TN_SYNTAX_XML_TREE_H
#define TN_SYNTAX_XML_TREE_H

#include <cjson/cJSON.h>

#include "core/arena.h"
#include "core/str.h"

enum { TN_XML_NAMES = 256 };

struct tn_xml_place {
    int line; /* from 0 */
    size_t offset;
};

/* An element that is open. */
struct tn_xml_open {
    cJSON *item;
    const char *name;       /* of the element, as the parser keeps it: one address for each name */
    cJSON *last;            /* its last child, attributes included */
    const char *last_name;  /* of the last element in it, */
    cJSON *last_found;      /* ... which is this, or in this array */
    char *text;             /* what it holds so far */
    size_t len, room;
    bool solid;             /* ... which is not all blank */
};

struct tn_xml_sibling; /* the first element of a name in an element */

struct tn_xml_tree {
    struct tn_arena *arena;
    cJSON *top;          /* the outermost element, once it was closed */
    struct tn_str root;  /* its name */
    bool too_deep;
    size_t depth;
    struct tn_xml_open *open; /* TN_MAX_DEPTH of them */
    struct tn_xml_sibling *siblings; /* found by element and name */
    size_t sibling_room, sibling_count;
    struct {
        const char *name; /* the parser's */
        char *key;        /* the tree's */
    } names[TN_XML_NAMES];
};

/* False when memory is short. What goes wrong later is seen in the arena. */
bool tn_xml_tree_begin(struct tn_xml_tree *tree, struct tn_arena *arena);

/* An element opens; `name` has one address as long as the tree is made. */
void tn_xml_tree_open(struct tn_xml_tree *tree, const char *name, struct tn_xml_place place);
void tn_xml_tree_attribute(struct tn_xml_tree *tree, const char *name, const char *prefix, struct tn_str value,
                           struct tn_xml_place place);
void tn_xml_tree_text(struct tn_xml_tree *tree, struct tn_str text);
void tn_xml_tree_close(struct tn_xml_tree *tree);

#endif
