/* SPDX-License-Identifier: MIT */
#include "syntax/xml_tree.h"

#include <stdint.h>

enum { FIRST_ROOM = 512, TEXT_ROOM = 32 };

struct tn_xml_sibling {
    const cJSON *parent;
    const char *name;
    cJSON *item;
};

bool tn_xml_tree_begin(struct tn_xml_tree *tree, struct tn_arena *arena)
{
    *tree = (struct tn_xml_tree){.arena = arena, .sibling_room = FIRST_ROOM};
    tree->open = tn_arena_alloc(arena, TN_MAX_DEPTH * sizeof *tree->open);
    tree->siblings = tn_arena_zero(arena, FIRST_ROOM * sizeof *tree->siblings);
    return tree->open && tree->siblings;
}

/* Where the first element of that name in `parent` is noted, or would be. */
static struct tn_xml_sibling *slot_of(const struct tn_xml_tree *tree, const cJSON *parent, const char *name)
{
    uint64_t mixed = ((uint64_t)(uintptr_t)parent >> 4) * UINT64_C(0x9E3779B97F4A7C15) ^
                     (uint64_t)(uintptr_t)name * UINT64_C(0xC2B2AE3D27D4EB4F);
    size_t at = (size_t)(mixed >> 32) & (tree->sibling_room - 1);
    while (tree->siblings[at].item && (tree->siblings[at].parent != parent || tree->siblings[at].name != name))
        at = (at + 1) & (tree->sibling_room - 1);
    return &tree->siblings[at];
}

static bool grow_siblings(struct tn_xml_tree *tree)
{
    struct tn_xml_sibling *old = tree->siblings;
    size_t room = tree->sibling_room;
    struct tn_xml_sibling *grown = tn_arena_zero(tree->arena, 4 * room * sizeof *grown);
    if (!grown)
        return false;
    tree->siblings = grown;
    tree->sibling_room = 4 * room;
    for (size_t i = 0; i < room; i++)
        if (old[i].item)
            *slot_of(tree, old[i].parent, old[i].name) = old[i];
    return true;
}

/* The name as a key of the tree, `before` in front of it. One copy mostly serves all elements of the name. */
static char *key_of(struct tn_xml_tree *tree, const char *name)
{
    size_t slot = ((uintptr_t)name >> 3 ^ (uintptr_t)name >> 11) % TN_XML_NAMES;
    if (tree->names[slot].name == name)
        return tree->names[slot].key;
    size_t len = strlen(name);
    char *key = tn_arena_alloc(tree->arena, len + 1);
    if (!key)
        return NULL;
    memcpy(key, name, len + 1);
    tree->names[slot].name = name;
    tree->names[slot].key = key;
    return key;
}

static cJSON *new_item(struct tn_xml_tree *tree, int type, char *key, struct tn_xml_place place)
{
    cJSON *item = tn_arena_alloc(tree->arena, sizeof *item);
    if (item)
        *item = (cJSON){.type = type, .string = key, .valueint = place.line, .valuedouble = (double)place.offset};
    return item;
}

/* As the last child of an object or array. cJSON's first child knows the last. */
static void append(cJSON *parent, cJSON *last, cJSON *item)
{
    if (!last) {
        parent->child = item;
        item->prev = item;
        return;
    }
    last->next = item;
    item->prev = last;
    parent->child->prev = item;
}

/* A second element of a name: the first becomes an array, and moves into it. */
static bool make_array(struct tn_xml_tree *tree, cJSON *first)
{
    cJSON *moved = tn_arena_alloc(tree->arena, sizeof *moved);
    if (!moved)
        return false;
    *moved = *first;
    moved->string = NULL;
    moved->next = NULL;
    moved->prev = moved;
    first->type = cJSON_Array;
    first->valuestring = NULL;
    first->child = moved;
    return true;
}

static void add_child(struct tn_xml_tree *tree, struct tn_xml_open *parent, const char *name, cJSON *item)
{
    cJSON *first = parent->last_name == name ? parent->last_found : NULL;
    if (!first) {
        if (2 * tree->sibling_count >= tree->sibling_room && !grow_siblings(tree))
            return;
        struct tn_xml_sibling *slot = slot_of(tree, parent->item, name);
        if (!slot->item) {
            *slot = (struct tn_xml_sibling){parent->item, name, item};
            tree->sibling_count++;
            append(parent->item, parent->last, item);
            parent->last = item;
        }
        first = slot->item;
    }
    if (first != item && (first->type == cJSON_Array || make_array(tree, first))) {
        item->string = NULL;
        append(first, first->child->prev, item);
    }
    parent->last_name = name;
    parent->last_found = first;
}

void tn_xml_tree_open(struct tn_xml_tree *tree, const char *name, struct tn_xml_place place)
{
    tree->too_deep = tree->too_deep || tree->depth == TN_MAX_DEPTH;
    if (tree->too_deep || tree->arena->failed)
        return;
    char *key = key_of(tree, name);
    cJSON *item = new_item(tree, cJSON_Object, key, place);
    if (!item || !key)
        return;
    if (tree->depth == 0)
        tree->root = tn_str_of(key);
    else
        add_child(tree, &tree->open[tree->depth - 1], name, item);
    tree->open[tree->depth++] = (struct tn_xml_open){.item = item, .name = name};
}

/* The text that is held so far, with a NUL behind it. */
static char *text_of(struct tn_xml_tree *tree, const struct tn_xml_open *open)
{
    if (open->text)
        return open->text;
    char *empty = tn_arena_zero(tree->arena, 1);
    return empty;
}

static void add_leaf(struct tn_xml_tree *tree, struct tn_xml_open *open, char *key, char *text,
                     struct tn_xml_place place)
{
    cJSON *item = key && text ? new_item(tree, cJSON_String, key, place) : NULL;
    if (!item)
        return;
    item->valuestring = text;
    append(open->item, open->last, item);
    open->last = item;
}

void tn_xml_tree_attribute(struct tn_xml_tree *tree, const char *name, const char *prefix, struct tn_str value,
                           struct tn_xml_place place)
{
    bool of_xml = prefix && strcmp(prefix, "xml") == 0 && strcmp(name, "lang") != 0;
    if (tree->depth == 0 || tree->arena->failed || of_xml || (prefix && strcmp(prefix, "xsi") == 0))
        return;
    struct tn_str key = tn_str_format(tree->arena, "@%s", name), text = tn_str_copy(tree->arena, value);
    add_leaf(tree, &tree->open[tree->depth - 1], (char *)(uintptr_t)key.s, (char *)(uintptr_t)text.s, place);
}

static bool all_blank(struct tn_str text)
{
    size_t i = 0;
    while (i < text.len && tn_is_space(text.s[i]))
        i++;
    return i == text.len;
}

void tn_xml_tree_text(struct tn_xml_tree *tree, struct tn_str text)
{
    struct tn_xml_open *open = tree->depth ? &tree->open[tree->depth - 1] : NULL;
    if (!open || tree->arena->failed || text.len == 0)
        return;
    bool blank = !open->solid && all_blank(text);
    if (blank && open->last) /* between children */
        return;
    if (open->len + text.len + 1 > open->room) {
        size_t room = open->room ? 2 * open->room : TEXT_ROOM;
        room = room > open->len + text.len + 1 ? room : open->len + text.len + 1;
        char *grown = tn_arena_grow(tree->arena, open->text, open->room, room);
        if (!grown)
            return;
        open->text = grown;
        open->room = room;
    }
    memcpy(open->text + open->len, text.s, text.len);
    open->len += text.len;
    open->text[open->len] = '\0';
    open->solid = !blank;
}

void tn_xml_tree_close(struct tn_xml_tree *tree)
{
    static char text_key[] = "#";
    if (tree->depth == 0 || tree->arena->failed)
        return;
    struct tn_xml_open *open = &tree->open[--tree->depth];
    struct tn_xml_place place = {open->item->valueint, (size_t)open->item->valuedouble};
    if (tree->depth == 0)
        tree->top = open->item;
    if (!open->solid && open->text)
        open->text[0] = '\0';
    if (open->last || tree->depth == 0) {
        if (open->solid)
            add_leaf(tree, open, text_key, open->text, place);
        return;
    }
    open->item->type = cJSON_String;
    open->item->valuestring = text_of(tree, open);
    if (!open->item->valuestring)
        open->item->type = cJSON_NULL;
}
