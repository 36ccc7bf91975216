/* SPDX-License-Identifier: MIT */
#include "readers/tree.h"

#include "core/delimited.h"
#include "core/number.h"
#include "syntax/json.h"

enum { MOST_ROWS = 3 };

/* A key of the map. Children are in the rows' order, which follows the source's: the walk looks for the next key behind
 * the one that it found last. */
struct tn_tree_node {
    const char *key;
    const struct tn_row *rows[MOST_ROWS]; /* VALUE and FLAG */
    int row_count;
    const struct tn_row *opens;
    bool extra, ignored;
    bool rest;                            /* what has no row goes to `extra` and is known for all that */
    const char *copy_of;                  /* COPY and SAME: of what */
    const struct tn_tree_node *same;      /* SAME: whose rows read it */
    struct tn_tree_node *children, *next; /* first child, next sibling */
    struct tn_tree_node *element;         /* of an array: what each element is */
};

struct tn_tree_map {
    struct tn_tree_node root;
};

static struct tn_tree_node *child_of(struct tn_arena *arena, struct tn_tree_node *parent, struct tn_str key)
{
    struct tn_tree_node **at = &parent->children;
    for (; *at; at = &(*at)->next)
        if (tn_str_eq(tn_str_of((*at)->key), key))
            return *at;
    const char *copy = tn_str_copy(arena, key).s;
    struct tn_tree_node *child = copy ? tn_arena_zero(arena, sizeof *child) : NULL;
    if (child)
        child->key = copy;
    return *at = child;
}

static struct tn_tree_node *node_at(struct tn_arena *arena, struct tn_tree_node *node, struct tn_str path)
{
    while (node && path.len) {
        size_t dot = tn_str_find_char(path, '.');
        struct tn_str step = tn_str_slice(path.s, dot == TN_NO_OFFSET ? path.len : dot);
        bool array = step.len > 2 && step.s[step.len - 1] == ']';
        path = tn_str_from(path, step.len + 1);
        if (array)
            step.len -= 2;
        node = child_of(arena, node, step);
        if (node && array && !node->element)
            node->element = tn_arena_zero(arena, sizeof *node);
        if (node && array)
            node = node->element;
    }
    return node;
}

/* An EXTRA row with rows below it is about what those leave. */
static void settle_extra(struct tn_tree_node *node, bool rest)
{
    node->rest = rest || node->extra;
    node->extra = node->extra && !node->children && !node->element;
    for (struct tn_tree_node *child = node->children; child; child = child->next)
        settle_extra(child, node->rest);
    if (node->element)
        settle_extra(node->element, node->rest);
}

const struct tn_tree_map *tn_tree_compile(struct tn_arena *arena, const struct tn_row *rows, size_t count)
{
    struct tn_tree_map *map = tn_arena_zero(arena, sizeof *map);
    for (size_t i = 0; map && i < count; i++) {
        struct tn_tree_node *node = node_at(arena, &map->root, tn_str_of(rows[i].path));
        if (!node)
            return NULL;
        if (rows[i].kind == TN_ROW_OPENS)
            node->opens = &rows[i];
        else if (rows[i].kind == TN_ROW_EXTRA)
            node->extra = true;
        else if (rows[i].kind == TN_ROW_IGNORED)
            node->ignored = true;
        else if (rows[i].kind == TN_ROW_COPY || rows[i].kind == TN_ROW_SAME)
            node->copy_of = rows[i].word;
        else if (node->row_count < MOST_ROWS)
            node->rows[node->row_count++] = &rows[i];
        if (rows[i].kind == TN_ROW_SAME)
            node->same = node_at(arena, &map->root, tn_str_of(rows[i].word));
    }
    if (map)
        settle_extra(&map->root, false);
    return map;
}

const struct tn_tree_map *tn_worker_map(struct tn_worker *worker, const struct tn_reader *reader,
                                        const struct tn_tree_source *source)
{
    size_t most = sizeof worker->maps / sizeof worker->maps[0], i = 0;
    while (i < most - 1 && worker->maps[i].reader && worker->maps[i].reader != reader)
        i++;
    if (worker->maps[i].reader != reader) {
        worker->maps[i].map = tn_tree_compile(&worker->kept, source->rows, source->count);
        worker->maps[i].reader = reader;
        worker->maps[i].early = NULL;
    }
    return worker->maps[i].map;
}

/* The walk. */

/* cJSON's own questions are calls into its library; this is asked several times for every value. */
static int type_of(const cJSON *item)
{
    return item->type & 0xFF;
}

/* The records that are open, innermost first. */
struct open_record {
    const struct open_record *outer;
    struct tn_record *record;
};

static struct tn_record *record_of(const struct open_record *open, const struct tn_record_type *type)
{
    for (; open; open = open->outer)
        if (open->record && open->record->type == type)
            return open->record;
    return NULL;
}

/* Filled in place: a value that is returned would be copied at once, before its parts have left the processor. */
static void state(struct tn_arena *arena, const cJSON *item, struct tn_stated *value)
{
    *value = (struct tn_stated){.stable = true};
    if (type_of(item) == cJSON_String) {
        value->text = tn_json_text(item);
        value->calm = item->type & TN_JSON_CALM ? value->text.s : NULL;
    } else if (type_of(item) == cJSON_Number) {
        char text[TN_NUMBER_MAX];
        value->is_number = true;
        value->number = item->valuedouble;
        value->text = item->valuestring ? tn_str_of(item->valuestring)
                                        : tn_str_copy(arena, tn_str_slice(text, tn_number_format(item->valuedouble, text)));
    } else if ((type_of(item) & (cJSON_True | cJSON_False))) {
        value->text = type_of(item) == cJSON_True ? TN_LIT("true") : TN_LIT("false");
    }
}

static void put_leaf(struct tn_reading *reading, const struct tn_tree_node *node, const struct open_record *open,
                     const cJSON *item)
{
    struct tn_stated value;
    state(reading->arena, item, &value);
    for (int i = 0; i < node->row_count; i++) {
        const struct tn_row *row = node->rows[i];
        struct tn_record *record = record_of(open, row->type);
        if (row->kind == TN_ROW_FLAG) {
            if (type_of(item) == cJSON_True || tn_str_eq_fold(value.text, TN_LIT("true")) ||
                tn_str_eq_fold(value.text, TN_LIT("yes")))
                tn_add_text(record, row->field, tn_str_of(row->word));
        } else {
            (row->put ? row->put : tn_put)(reading, record, row->field, &value);
        }
    }
}

static bool is_leaf(const cJSON *item)
{
    return type_of(item) != cJSON_Object && type_of(item) != cJSON_Array;
}

/* The text of an element that has attributes or children too. */
static bool is_text(const cJSON *item)
{
    return item->string && item->string[0] == '#' && item->string[1] == '\0';
}

/* The path of an item's child. A bare value in an array repeats the array's own, the text of an element has its element's. */
static struct tn_str child_path(struct tn_arena *arena, struct tn_str path, const cJSON *item, const cJSON *child,
                                int index)
{
    if (type_of(item) != cJSON_Array)
        return is_text(child) ? path : tn_path_member(arena, path, tn_str_of(child->string));
    return is_leaf(child) ? path : tn_path_element(arena, path, index);
}

static void put_extra_at(struct tn_reading *reading, struct tn_str path, const cJSON *item)
{
    if (is_leaf(item) && type_of(item) != cJSON_NULL) {
        struct tn_stated value;
        state(reading->arena, item, &value);
        tn_put_extra_stable(reading, path, &value);
    }
    int index = 0;
    for (const cJSON *child = path.s ? item->child : NULL; child; child = child->next)
        put_extra_at(reading, child_path(reading->arena, path, item, child, index++), child);
}

void tn_tree_put_extra(struct tn_reading *reading, const cJSON *item)
{
    put_extra_at(reading, tn_trail_path(reading->arena, reading->trail), item);
}

/* What `node`, or a row above it, has no row for. */
static void unknown(struct tn_reading *reading, const struct tn_tree_node *node, const cJSON *item)
{
    if (type_of(item) == cJSON_NULL || (type_of(item) == cJSON_String && item->valuestring[0] == '\0'))
        return;
    if (node && node->rest) {
        tn_tree_put_extra(reading, item);
        return;
    }
    struct tn_str path = tn_trail_path(reading->arena, reading->trail);
    tn_warn(reading, TN_UNMAPPED, NULL, 0, "%.200s is not known; kept in extra", path.s ? path.s : "");
    tn_tree_put_extra(reading, item);
}

static void walk(struct tn_reading *reading, const struct tn_tree_node *node, const struct open_record *open,
                 const cJSON *item);

/* Keys are short and mostly the one that is expected: a call to compare them costs more than comparing. */
static inline bool is_key(const struct tn_tree_node *node, const char *key)
{
    const char *own = node->key;
    while (*own == *key && *own)
        own++, key++;
    return *own == *key;
}

static const struct tn_tree_node *find_child(const struct tn_tree_node *parent, const struct tn_tree_node *after, const char *key)
{
    const struct tn_tree_node *start = after && after->next ? after->next : parent->children;
    const struct tn_tree_node *at = start;
    while (at) {
        if (is_key(at, key))
            return at;
        at = at->next ? at->next : parent->children;
        if (at == start)
            break;
    }
    return NULL;
}

/* The text of an element is put by the element's own rows. */
static void walk_text(struct tn_reading *reading, const struct tn_tree_node *node, const struct open_record *open,
                      const cJSON *text)
{
    if (node->row_count)
        put_leaf(reading, node, open, text);
    else
        unknown(reading, node, text);
}

static void walk_object(struct tn_reading *reading, const struct tn_tree_node *node, const struct open_record *open,
                        const cJSON *item)
{
    const struct tn_trail *here = reading->trail;
    const struct tn_within *around = reading->place;
    const struct tn_tree_node *last = NULL;
    for (const cJSON *child = item->child; child; child = child->next) {
        struct tn_trail step = {here, child->string, 0};
        struct tn_within place = {around, child};
        reading->item = child;
        reading->place = &place;
        if (here && is_text(child)) {
            reading->trail = here;
            walk_text(reading, node, open, child);
            continue;
        }
        const struct tn_tree_node *known = find_child(node, last, child->string);
        reading->trail = &step;
        if (known) {
            walk(reading, known, open, child);
            last = known;
        } else {
            unknown(reading, node, child);
        }
    }
    reading->trail = here;
    reading->item = item;
    reading->place = around;
}

static void walk_array(struct tn_reading *reading, const struct tn_tree_node *node, const struct open_record *open,
                       const cJSON *item)
{
    const struct tn_trail *here = reading->trail;
    const struct tn_within *around = reading->place;
    const struct tn_tree_node *element = node->element ? node->element : node;
    int index = 0;
    for (const cJSON *child = item->child; child; child = child->next) {
        struct tn_trail step = {here, NULL, index++};
        struct tn_within place = {around, child};
        reading->trail = &step;
        reading->item = child;
        reading->place = &place;
        if (type_of(child) == cJSON_Array)
            unknown(reading, node, child);
        else
            walk(reading, element, open, child);
    }
    reading->trail = here;
    reading->item = item;
    reading->place = around;
}

/* "kind=PRIMARY" */
static void set_word(struct tn_record *record, const char *word)
{
    struct tn_str value;
    int field = tn_preset_field(record->type, word, &value);
    if (field < 0 || tn_has(record, field))
        return;
    if (record->type->fields[field].kind == TN_BOOL)
        tn_set_bool(record, field, tn_str_eq(value, TN_LIT("true")));
    else
        tn_set_text(record, field, value);
}

static void walk_record(struct tn_reading *reading, const struct tn_tree_node *node, const struct open_record *open,
                        const cJSON *item)
{
    struct tn_record *parent = record_of(open, node->opens->type);
    struct open_record opened = {open, tn_add_record(parent, node->opens->field)};
    if (!opened.record)
        return;
    if (type_of(item) == cJSON_Object)
        walk_object(reading, node, &opened, item);
    else
        put_leaf(reading, node, &opened, item);
    if (tn_record_empty(opened.record))
        tn_remove_at(parent, node->opens->field, tn_count(parent, node->opens->field) - 1);
    else if (node->opens->word)
        set_word(opened.record, node->opens->word);
}

static void walk(struct tn_reading *reading, const struct tn_tree_node *node, const struct open_record *open,
                 const cJSON *item)
{
    static const cJSON there = {.type = cJSON_True};
    if (type_of(item) == cJSON_NULL)
        return;
    if (node->ignored) {
        if (node->row_count) /* that it is there says something */
            put_leaf(reading, node, open, &there);
        return;
    }
    if (node->same && !tn_tree_stands(reading, item, node->copy_of))
        walk(reading, node->same, open, item);
    else if (node->copy_of)
        tn_tree_put_other(reading, item, node->copy_of);
    else if (node->extra)
        tn_tree_put_extra(reading, item);
    else if (type_of(item) == cJSON_Array)
        walk_array(reading, node, open, item);
    else if (node->opens && (type_of(item) == cJSON_Object || node->row_count))
        walk_record(reading, node, open, item);
    else if (type_of(item) == cJSON_Object && (node->children || node->row_count))
        walk_object(reading, node, open, item);
    else if (is_leaf(item) && node->row_count)
        put_leaf(reading, node, open, item);
    else if (node->element) /* one value where a list of them is usual */
        walk(reading, node->element, open, item);
    else
        unknown(reading, node, item);
}

void tn_tree_walk(struct tn_reading *reading, const struct tn_tree_map *map, const cJSON *tree)
{
    struct open_record trial = {NULL, reading->trial};
    reading->whole = (struct tn_within){NULL, tree};
    reading->place = &reading->whole; /* stays, for `after` */
    walk_object(reading, &map->root, &trial, tree);
}

const struct tn_tree_node *tn_tree_column(const struct tn_tree_map *map, struct tn_str name)
{
    for (const struct tn_tree_node *at = map->root.children; at; at = at->next)
        if (tn_column_cmp(tn_str_of(at->key), name) == 0)
            return at;
    return NULL;
}

void tn_tree_walk_columns(struct tn_reading *reading, const cJSON *tree, const struct tn_tree_node *const *columns)
{
    struct open_record trial = {NULL, reading->trial};
    struct tn_within record = {NULL, tree};
    for (const cJSON *child = tree->child; child; child = child->next) {
        struct tn_within place = {&record, child};
        const struct tn_tree_node *known = child->valueint >= 0 ? columns[child->valueint] : NULL;
        struct tn_trail step = {NULL, child->string, 0};
        reading->trail = &step;
        reading->item = child;
        reading->place = &place;
        reading->column = known ? known->key : NULL;
        if (known)
            walk(reading, known, &trial, child);
        else if (child->valueint == TN_COLUMN_OF_NUMBERS)
            tn_tree_put_extra(reading, child);
        else
            unknown(reading, NULL, child);
    }
    reading->column = NULL;
    reading->trail = NULL;
    reading->item = NULL;
    reading->place = NULL;
}

void tn_move_last(struct tn_record *record, int field, bool (*later)(const struct tn_record *entry))
{
    size_t count = tn_count(record, field), kept = 0;
    struct tn_record **entries = count ? record->values[field].list->at.records : NULL;
    struct tn_record **moved = tn_arena_alloc(record->arena, count * sizeof *moved);
    size_t moved_count = 0;
    if (!entries || !moved)
        return;
    for (size_t i = 0; i < count; i++) {
        if (later(entries[i]))
            moved[moved_count++] = entries[i];
        else
            entries[kept++] = entries[i];
    }
    memcpy(entries + kept, moved, moved_count * sizeof *moved);
}
