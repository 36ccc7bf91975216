/* SPDX-License-Identifier: MIT */
/* Records that stand beside the first one under names of their own: an object keyed by identifiers or running numbers
 * (`to_json(orient="index")`, dicts by NCT number, Firebase), or several lists. Which they are is told by their members alone:
 * another record has mostly the names that the first one has. */
#include <stdio.h>

#include "readers/json_head.h"

enum { DEEPEST = TN_JSON_HEAD_DEEPEST, MOST_NAMES = 256 };

struct level {
    bool like_first; /* it has the kinds of brackets around it that the first record has, */
    bool first;      /* ... and their names too */
    bool filled;     /* something stands in it that has a name, or an object */
    bool holds;      /* a record stands in it, or it is one */
    size_t names, shared; /* of a possible record: its members, and those of them that the first record has too */
};

struct siblings {
    struct tn_json_head head;
    const struct tn_json_found *found;
    bool learning; /* the first record's names */
    struct tn_str names[MOST_NAMES];
    size_t count;
    struct level levels[DEEPEST];
    size_t others[DEEPEST];  /* beside the place of that number: members that hold records, */
    size_t strange[DEEPEST]; /* ... of the same kind that hold none, */
    bool open[DEEPEST];      /* ... and whether there may be more behind the end */
};

static void open_level(struct tn_json_head *head)
{
    struct siblings *siblings = (struct siblings *)head;
    size_t at = head->depth - 1;
    struct level *level = &siblings->levels[at];
    *level = (struct level){.filled = false};
    if (at > 0)
        level[-1].filled = true;
    if (at >= siblings->found->depth)
        return;
    const struct tn_json_place *place = &head->places[at], *own = &siblings->found->places[at];
    level->like_first = (at == 0 || level[-1].like_first) && place->array == own->array;
    level->first = level->like_first && (at == 0 || (level[-1].first && tn_str_eq(place->key, own->key)));
}

static bool is_known(const struct siblings *siblings, struct tn_str name)
{
    for (size_t i = 0; i < siblings->count; i++)
        if (tn_str_eq(siblings->names[i], name))
            return true;
    return false;
}

static bool see_member(struct tn_json_head *head, struct tn_str name, struct tn_str value)
{
    struct siblings *siblings = (struct siblings *)head;
    struct level *level = &siblings->levels[head->depth - 1];
    (void)value;
    level->filled = true;
    if (head->depth != siblings->found->depth || !level->like_first)
        return true;
    if (!siblings->learning) {
        level->names++;
        level->shared += is_known(siblings, name);
    } else if (level->first && siblings->count < MOST_NAMES && !is_known(siblings, name)) {
        siblings->names[siblings->count++] = name;
    }
    return true;
}

/* Counts what closes as a neighbour of the place that leads to the first record. */
static void count_neighbour(struct siblings *siblings, const struct level *level, size_t at)
{
    const struct tn_json_place *own = &siblings->found->places[at];
    if (siblings->found->places[at - 1].array || tn_str_eq(siblings->head.places[at].key, own->key))
        return;
    siblings->others[at] += level->holds;
    siblings->strange[at] += !level->holds && level->filled && !siblings->head.ended;
}

static void close_level(struct tn_json_head *head)
{
    struct siblings *siblings = (struct siblings *)head;
    size_t at = head->depth - 1;
    struct level *level = &siblings->levels[at];
    if (siblings->learning || !level->like_first)
        return;
    if (head->depth == siblings->found->depth)
        level->holds = level->names > 0 && 2 * level->shared >= level->names;
    else
        siblings->open[at + 1] = siblings->open[at + 1] || head->ended;
    if (at == 0)
        return;
    count_neighbour(siblings, level, at);
    level[-1].holds = level[-1].holds || level->holds;
}

/* An identifier or a running number: "0", "NCT04246242", "-M7a", "page2". */
static bool has_digit(struct tn_str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (tn_is_digit(name.s[i]))
            return true;
    return false;
}

/* A name that a record path has no room or no letters for. */
static bool is_unfit(struct tn_str name)
{
    enum { LONGEST = 60 };
    return name.len == 0 || name.len > LONGEST || tn_str_find_char(name, '.') != TN_NO_OFFSET ||
           tn_str_find_char(name, '[') != TN_NO_OFFSET;
}

/* How the record path names the member at place `at`. */
static const char *name_of(const struct siblings *siblings, size_t at)
{
    struct tn_str key = siblings->found->places[at].key;
    bool others = siblings->others[at] > 0, strange = siblings->strange[at] > 0;
    if (is_unfit(key) || (!strange && (others || has_digit(key))))
        return "*";
    return others || siblings->open[at] ? "|*" : "";
}

static bool write_path(const struct siblings *siblings, char *path, size_t room)
{
    const struct tn_json_found *found = siblings->found;
    size_t used = 0;
    bool wider = false;
    for (size_t i = 1; i < found->depth && used < room; i++) {
        struct tn_str key = found->places[i].key;
        const char *name = found->places[i - 1].array ? "[]" : name_of(siblings, i);
        if (found->places[i - 1].array) {
            used += used ? (size_t)snprintf(path + used, room - used, "[]") : 0;
            continue;
        }
        bool any = name[0] == '*';
        used += (size_t)snprintf(path + used, room - used, "%s%.*s%s", used ? "." : "", any ? 0 : (int)key.len, key.s, name);
        wider = wider || any || siblings->others[i] > 0;
    }
    if (used >= room)
        path[0] = '\0';
    return wider && used > 0 && used < room;
}

bool tn_json_siblings_path(const struct tn_json_found *found, struct tn_str bytes, char *path, size_t room)
{
    struct siblings siblings = {.head = {.open = open_level, .close = close_level, .member = see_member}, .found = found,
                                .learning = true};
    path[0] = '\0';
    tn_json_head_walk(&siblings.head, bytes);
    siblings.learning = false;
    tn_json_head_walk(&siblings.head, bytes);
    return write_path(&siblings, path, room);
}
