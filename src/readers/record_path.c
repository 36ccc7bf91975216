/* SPDX-License-Identifier: MIT */
/* Where a known source's records stand in a container that is not its own: {"result":{"items":[...]}},
 * {"hits":{"hits":[{"_source":{...}}]}}. No names of such containers are needed: a record is known by its own. */
#include "readers/json_head.h"
#include "readers/tree.h"

struct search {
    struct tn_json_head head;
    const struct tn_reader *reader;
    unsigned known[TN_JSON_HEAD_DEEPEST]; /* members of each open object that the map names */
    bool first;   /* the first that has a record's key is enough */
    size_t found; /* depth of the record that was found; 0: none yet */
    struct tn_json_found place;
    char *path;
    size_t room;
};

/* Itself, or as the first step of a path that stands as a name: "protocolSection.identificationModule.nctId". */
static bool is_key(const struct tn_reader *reader, struct tn_str name)
{
    for (const char *const *key = reader->record_keys; key && *key; key++) {
        size_t len = strlen(*key);
        if (tn_str_starts(name, tn_str_of(*key)) && (name.len == len || name.s[len] == '.'))
            return true;
    }
    return false;
}

/* A row's path begins with it. */
static bool is_mapped(const struct tn_reader *reader, struct tn_str name)
{
    const struct tn_tree_source *source = reader->table;
    if (!source || tn_str_find_char(name, '\0') != TN_NO_OFFSET) /* the paths end there */
        return false;
    for (size_t i = 0; i < source->count; i++) {
        const char *path = source->rows[i].path;
        if (strncmp(path, name.s, name.len) == 0 && (path[name.len] == '\0' || strchr(".[", path[name.len])))
            return true;
    }
    return false;
}

static void open_object(struct tn_json_head *head)
{
    struct search *search = (struct search *)head;
    search->known[head->depth - 1] = 0;
}

static bool see_member(struct tn_json_head *head, struct tn_str name, struct tn_str value)
{
    enum { ENOUGH = 3 };
    struct search *search = (struct search *)head;
    (void)value;
    bool key = is_key(search->reader, name);
    if (!key && !search->first && is_mapped(search->reader, name))
        key = ++search->known[head->depth - 1] == ENOUGH;
    if (!key || (search->found && head->depth >= search->found))
        return true;
    search->found = head->depth;
    tn_json_head_path(head, search->path, search->room);
    search->place = tn_json_head_here(head);
    return !search->first && head->depth > 1;
}

static bool is_own(const struct tn_reader *self, const char *path)
{
    for (const char *const *own = self->record_paths; own && *own; own++)
        if (strcmp(*own, path) == 0)
            return true;
    return false;
}

/* The outermost object that has one of the record's keys, or three members that the map names. */
static bool find_by_keys(const struct tn_reader *reader, struct tn_str bytes, char *path, size_t room)
{
    struct search search = {.head = {.open = open_object, .member = see_member}, .reader = reader, .first = true, .path = path,
                            .room = room};
    path[0] = '\0';
    tn_json_head_walk(&search.head, bytes);
    if (search.found == 0 || path[0] == '\0')
        return false;
    if (is_own(reader, path))
        return tn_json_siblings_path(&search.place, bytes, path, room);
    search.first = false;
    search.found = 0;
    tn_json_head_walk(&search.head, bytes);
    if (!search.found || path[0] == '\0' || is_own(reader, path))
        return false;
    tn_json_siblings_path(&search.place, bytes, path, room);
    return path[0] && !is_own(reader, path);
}

bool tn_record_path(const struct tn_reader *reader, enum tn_syntax syntax, struct tn_str head, char *path, size_t room)
{
    if (reader->tell_path)
        return reader->tell_path(head, path, room);
    return reader->record_keys && syntax == TN_SYNTAX_JSON && find_by_keys(reader, head, path, room);
}
