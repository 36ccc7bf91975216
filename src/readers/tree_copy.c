/* SPDX-License-Identifier: MIT */
/* Rows that look at more of the tree than their own value: what stands beside it, and what repeats other parts of the
 * record. */
#include "readers/tree.h"

#include "core/delimited.h"
#include "syntax/json.h"

/* What a copy is held against: more than these are not looked at, so that time grows with the record alone. What is not
 * found so is kept. */
enum { MOST_ORIGINALS = 16, MOST_KEYS = 64 };

struct tn_stand_in {
    const char *member; /* the top-level member that is not there */
    const cJSON *item;  /* what is read in its place */
    struct tn_stand_in *next;
};

struct originals {
    const cJSON *items[MOST_ORIGINALS];
    int count;
};

static bool is_kind(const cJSON *item, int kind)
{
    return item && (item->type & 0xFF) == kind;
}

const cJSON *tn_tree_at(const struct tn_reading *reading, int up)
{
    const struct tn_within *place = reading->place;
    for (; place && up > 0; up--)
        place = place->up;
    return place ? place->item : NULL;
}

const char *tn_tree_key(const struct tn_reading *reading)
{
    const struct tn_within *place = reading->place;
    while (place && !place->item->string)
        place = place->up;
    if (place && place->item->type & TN_JSON_COLUMN && reading->column)
        return reading->column;
    return place ? place->item->string : "";
}

static bool is_key(const cJSON *child, const char *key)
{
    if (child->type & TN_JSON_COLUMN)
        return tn_column_cmp(tn_str_of(child->string), tn_str_of(key)) == 0;
    return strcmp(child->string, key) == 0;
}

const cJSON *tn_tree_member(const cJSON *object, const char *key)
{
    const cJSON *child = is_kind(object, cJSON_Object) ? object->child : NULL;
    for (int i = 0; child && i < MOST_KEYS; child = child->next, i++)
        if (is_key(child, key))
            return is_kind(child, cJSON_NULL) ? NULL : child;
    return NULL;
}

struct tn_str tn_tree_text(const cJSON *object, const char *key)
{
    const cJSON *member = tn_tree_member(object, key);
    return is_kind(member, cJSON_String) ? tn_str_trim(tn_str_of(member->valuestring)) : (struct tn_str){NULL, 0};
}

static const cJSON *root_of(const struct tn_reading *reading)
{
    const struct tn_within *place = reading->place;
    while (place && place->up)
        place = place->up;
    return place ? place->item : NULL;
}

static const struct tn_stand_in *stand_in_of(const struct tn_reading *reading, struct tn_str member)
{
    const struct tn_stand_in *at = reading->stand_ins;
    while (at && !tn_str_eq(tn_str_of(at->member), member))
        at = at->next;
    return at;
}

/* A top-level member, or what is read in its place. */
static const cJSON *top_member(const struct tn_reading *reading, const char *key)
{
    const cJSON *item = tn_tree_member(root_of(reading), key);
    const struct tn_stand_in *other = item ? NULL : stand_in_of(reading, tn_str_of(key));
    return other ? other->item : item;
}

bool tn_tree_stands(struct tn_reading *reading, const cJSON *item, const char *member)
{
    const cJSON *there = top_member(reading, member);
    if (there && there != item)
        return true;
    struct tn_stand_in *other = there ? NULL : tn_arena_alloc(reading->arena, sizeof *other);
    if (other) {
        *other = (struct tn_stand_in){member, item, reading->stand_ins};
        reading->stand_ins = other;
    }
    return false;
}

/* The next step of a path, into `key` (128 bytes); false at its end. *array: `[]` stands behind it. */
static bool next_step(struct tn_str *path, char key[128], bool *array)
{
    size_t dot = tn_str_find_char(*path, '.');
    struct tn_str step = tn_str_slice(path->s, dot == TN_NO_OFFSET ? path->len : dot);
    *path = tn_str_from(*path, step.len + 1);
    *array = step.len > 2 && step.s[step.len - 1] == ']';
    step.len -= *array ? 2 : 0;
    if (step.len == 0 || step.len > 127)
        return false;
    memcpy(key, step.s, step.len);
    key[step.len] = '\0';
    return true;
}

const cJSON *tn_tree_find(const struct tn_reading *reading, const char *path)
{
    struct tn_str rest = path ? tn_str_of(path) : (struct tn_str){NULL, 0};
    const cJSON *item = NULL;
    char key[128];
    bool array, first = true;
    while (next_step(&rest, key, &array)) {
        item = first ? top_member(reading, key) : tn_tree_member(item, key);
        if (is_kind(item, cJSON_Array))
            item = item->child;
        first = false;
        if (!item)
            break;
    }
    return item;
}

static void add_original(struct originals *originals, const cJSON *item)
{
    if (item && originals->count < MOST_ORIGINALS)
        originals->items[originals->count++] = item;
}

static void add_elements(struct originals *originals, const cJSON *array)
{
    const cJSON *child = is_kind(array, cJSON_Array) ? array->child : NULL;
    for (; child && originals->count < MOST_ORIGINALS; child = child->next)
        add_original(originals, child);
}

static struct originals members_of(const struct originals *from, const char *key)
{
    struct originals members = {.count = 0};
    for (int i = 0; i < from->count; i++)
        add_original(&members, tn_tree_member(from->items[i], key));
    return members;
}

static struct originals elements_of(const struct originals *from)
{
    struct originals elements = {.count = 0};
    for (int i = 0; i < from->count; i++)
        add_elements(&elements, from->items[i]);
    return elements;
}

static struct originals originals_at(const struct tn_reading *reading, const char *path)
{
    struct originals found = {.count = 0};
    struct tn_str rest = tn_str_of(path);
    char key[128];
    bool array, first = true;
    while (next_step(&rest, key, &array)) {
        if (first)
            add_original(&found, top_member(reading, key));
        else
            found = members_of(&found, key);
        if (array)
            found = elements_of(&found);
        first = false;
    }
    return found;
}

static bool same_leaf(const cJSON *a, const cJSON *b)
{
    if ((a->type & 0xFF) != (b->type & 0xFF))
        return false;
    if (is_kind(a, cJSON_String))
        return strcmp(a->valuestring, b->valuestring) == 0;
    return !is_kind(a, cJSON_Number) || !(a->valuedouble < b->valuedouble || a->valuedouble > b->valuedouble);
}

static void put_other(struct tn_reading *reading, const cJSON *item, const struct originals *originals);

static void put_other_children(struct tn_reading *reading, const cJSON *item, const struct originals *originals)
{
    const struct tn_trail *here = reading->trail;
    bool array = is_kind(item, cJSON_Array);
    struct originals elements = array ? elements_of(originals) : (struct originals){.count = 0};
    int index = 0;
    for (const cJSON *child = item->child; child; child = child->next) {
        struct tn_trail step = {here, array ? NULL : child->string, index++};
        struct originals members = array ? elements : members_of(originals, child->string);
        bool bare = array && !is_kind(child, cJSON_Object) && !is_kind(child, cJSON_Array);
        reading->trail = bare ? here : &step;
        put_other(reading, child, &members);
    }
    reading->trail = here;
}

static void put_other(struct tn_reading *reading, const cJSON *item, const struct originals *originals)
{
    bool leaf = !is_kind(item, cJSON_Object) && !is_kind(item, cJSON_Array);
    if (originals->count == 0) {
        tn_tree_put_extra(reading, item);
        return;
    }
    if (!leaf) {
        put_other_children(reading, item, originals);
        return;
    }
    for (int i = 0; i < originals->count; i++)
        if (same_leaf(item, originals->items[i]))
            return;
    tn_tree_put_extra(reading, item);
}

void tn_tree_put_other(struct tn_reading *reading, const cJSON *item, const char *of)
{
    struct originals originals = originals_at(reading, of);
    put_other(reading, item, &originals);
}
