/* SPDX-License-Identifier: MIT */
#include "readers/ctgov_v2_flat.h"

#include "readers/member_names.h"

/* Where the API keeps its modules. */
static const struct module {
    const char *name, *section;
} modules[] = {
    {"identificationModule", "protocolSection"},
    {"statusModule", "protocolSection"},
    {"sponsorCollaboratorsModule", "protocolSection"},
    {"oversightModule", "protocolSection"},
    {"descriptionModule", "protocolSection"},
    {"conditionsModule", "protocolSection"},
    {"designModule", "protocolSection"},
    {"armsInterventionsModule", "protocolSection"},
    {"outcomesModule", "protocolSection"},
    {"eligibilityModule", "protocolSection"},
    {"contactsLocationsModule", "protocolSection"},
    {"referencesModule", "protocolSection"},
    {"ipdSharingStatementModule", "protocolSection"},
    {"participantFlowModule", "resultsSection"},
    {"baselineCharacteristicsModule", "resultsSection"},
    {"outcomeMeasuresModule", "resultsSection"},
    {"adverseEventsModule", "resultsSection"},
    {"moreInfoModule", "resultsSection"},
    {"annotationModule", "annotationSection"},
    {"largeDocumentModule", "documentSection"},
    {"miscInfoModule", "derivedSection"},
    {"conditionBrowseModule", "derivedSection"},
    {"interventionBrowseModule", "derivedSection"},
};
enum { MODULES = sizeof modules / sizeof modules[0] };

static bool is_between(char c)
{
    return c == '.' || c == '_' || c == '/';
}

/* The name is a step of the path `text`: where it begins; TN_NO_OFFSET. */
static size_t find_step(struct tn_str text, const char *name)
{
    struct tn_str step = tn_str_of(name);
    for (size_t from = 0, at; (at = tn_str_find(tn_str_from(text, from), step)) != TN_NO_OFFSET; from += at + 1) {
        size_t begin = from + at, end = begin + step.len;
        if ((begin == 0 || is_between(text.s[begin - 1])) && (end == text.len || is_between(text.s[end])))
            return begin;
    }
    return TN_NO_OFFSET;
}

/* The path from its module on, which is *module; empty where there is none. */
static struct tn_str from_module(struct tn_str name, const struct module **module)
{
    bool any = tn_str_find(name, TN_LIT("Module")) != TN_NO_OFFSET;
    for (size_t i = 0; any && i < MODULES; i++) {
        size_t at = find_step(name, modules[i].name);
        if (at == TN_NO_OFFSET)
            continue;
        *module = &modules[i];
        return tn_str_from(name, at);
    }
    return (struct tn_str){NULL, 0};
}

void tn_flat_detect(const struct tn_peek *peek, struct tn_evidence *evidence)
{
    enum { FEWEST = 2, MOST = 8 };
    struct tn_evidence found = {.bits = 0};
    const struct tn_member_names *names = peek->names;
    const struct module *module;
    size_t keys = 0;
    for (size_t i = 0; i < names->count && keys < MOST; i++) {
        struct tn_str path = from_module(names->names[i], &module);
        if (path.len <= tn_str_of(path.len ? module->name : "").len)
            continue;
        tn_evidence_add(&found, names->names[i]);
        keys += find_step(path, "nctId") == path.len - 5 ? FEWEST : 1;
    }
    if (keys >= FEWEST)
        *evidence = found;
}

/* Making the tree. */

struct building {
    struct tn_arena *arena;
    cJSON *root;
    size_t budget; /* nodes that may still be looked at: names are hostile, too */
};

static cJSON *new_node(struct tn_arena *arena, int type, const char *key)
{
    cJSON *node = tn_arena_zero(arena, sizeof *node);
    if (node) {
        node->type = type;
        node->string = (char *)(uintptr_t)key;
    }
    return node;
}

/* As cJSON does: the first child knows the last one. */
static void append(cJSON *parent, cJSON *child)
{
    if (!parent->child) {
        parent->child = child->prev = child;
        return;
    }
    child->prev = parent->child->prev;
    parent->child->prev->next = child;
    parent->child->prev = child;
}

static bool is_step(const cJSON *node, bool entry, struct tn_str step, unsigned long number)
{
    if (entry) /* of a text it is something else */
        return (node->type & (cJSON_Object | cJSON_Array)) && (unsigned long)node->valueint == number;
    return node->string && tn_str_eq(tn_str_of(node->string), step);
}

/* The child of that name, or number in an array; NULL. The last one is the most likely. */
static cJSON *find_child(struct building *building, const cJSON *parent, struct tn_str step, unsigned long number)
{
    bool entry = (parent->type & 0xFF) == cJSON_Array;
    cJSON *last = parent->child ? parent->child->prev : NULL;
    if (!last || is_step(last, entry, step, number))
        return last;
    cJSON *child = parent->child;
    while (child && building->budget && !is_step(child, entry, step, number)) {
        child = child->next;
        building->budget--;
    }
    return building->budget ? child : NULL;
}

/* What `step` leads to in `parent`, made where it is not there; NULL where something else stands there. */
static cJSON *enter(struct building *building, cJSON *parent, struct tn_str step, int type)
{
    unsigned long number = 0;
    bool entry = (parent->type & 0xFF) == cJSON_Array;
    if (entry && !tn_str_uint(step, 1000000, &number))
        return NULL;
    cJSON *child = find_child(building, parent, step, number);
    if (child)
        return (child->type & 0xFF) == type ? child : NULL;
    if (building->budget == 0)
        return NULL;
    child = new_node(building->arena, type, entry ? NULL : tn_str_copy(building->arena, step).s);
    if (child) {
        child->valueint = (int)number;
        append(parent, child);
    }
    return child;
}

static struct tn_str next_step(struct tn_str *path)
{
    while (path->len && is_between(path->s[0]))
        *path = tn_str_from(*path, 1);
    size_t end = 0;
    while (end < path->len && !is_between(path->s[end]))
        end++;
    struct tn_str step = tn_str_slice(path->s, end);
    *path = tn_str_from(*path, end);
    while (path->len && is_between(path->s[0]))
        *path = tn_str_from(*path, 1);
    return step;
}

static int type_before(struct tn_str rest)
{
    unsigned long number;
    struct tn_str step = next_step(&rest);
    return tn_str_uint(step, 1000000, &number) ? cJSON_Array : cJSON_Object;
}

static cJSON *copy_of(struct tn_arena *arena, const cJSON *item, const char *key)
{
    cJSON *copy = new_node(arena, item->type, key);
    if (copy) {
        *copy = *item;
        copy->string = (char *)(uintptr_t)key;
        copy->next = copy->prev = NULL;
    }
    return copy;
}

/* Puts the item where its path says; false where that is no place for it. */
static bool place(struct building *building, const struct module *module, struct tn_str path, const cJSON *item)
{
    enum { DEEPEST = 12 };
    cJSON *parent = enter(building, building->root, tn_str_of(module->section), cJSON_Object);
    for (int i = 0; parent && i < DEEPEST; i++) {
        struct tn_str step = next_step(&path);
        bool entry = (parent->type & 0xFF) == cJSON_Array;
        if (path.len) {
            parent = enter(building, parent, step, type_before(path));
            continue;
        }
        unsigned long number = 0;
        if (entry && !tn_str_uint(step, 1000000, &number))
            return false;
        cJSON *copy = copy_of(building->arena, item, entry ? NULL : tn_str_copy(building->arena, step).s);
        if (!copy)
            return false;
        append(parent, copy);
        return true;
    }
    return false;
}

const cJSON *tn_flat_prepare(struct tn_reading *reading, const cJSON *tree)
{
    enum { BUDGET = 1000000 };
    struct building building = {reading->arena, new_node(reading->arena, cJSON_Object, NULL), BUDGET};
    if (!building.root)
        return tree;
    const struct module *module;
    for (const cJSON *item = tree->child; item; item = item->next) {
        struct tn_str path = item->string ? from_module(tn_str_of(item->string), &module) : (struct tn_str){NULL, 0};
        if (path.len && ((item->type & 0xFF) == cJSON_NULL || place(&building, module, path, item)))
            continue;
        cJSON *copy = copy_of(reading->arena, item, item->string);
        if (copy)
            append(building.root, copy);
    }
    return building.root;
}
