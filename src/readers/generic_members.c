/* SPDX-License-Identifier: MIT */
#include "readers/generic_members.h"

#include "core/number.h"
#include "normal/text.h"
#include "syntax/json.h"

enum { DEEPEST = 40 }; /* of members in members; what stands deeper is told as text */

/* Memory. */

static void *grow(struct tn_arena *arena, void *old, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return old;
    size_t more = *room ? *room * 2 : 32;
    char *grown = tn_arena_alloc(arena, more * size);
    if (grown && count)
        memcpy(grown, old, count * size);
    *room = grown ? more : *room;
    return grown;
}

bool tn_data_is_criteria(const struct tn_label_word *word)
{
    return word && (word->how == TN_HOW_ELIGIBILITY || word->how == TN_HOW_INCLUSION || word->how == TN_HOW_EXCLUSION);
}

/* `Crohn&rsquo;s disease; Asthma` is a list of two: markup is undone before anything looks at the text. */
static struct tn_str unmarked(struct tn_data_reading *data, struct tn_str text)
{
    struct tn_reading *reading = &data->generic.page.reading;
    bool marked = text.len > 0 &&
                  (memchr(text.s, '&', text.len) || memchr(text.s, '<', text.len) || memchr(text.s, '\\', text.len));
    return marked ? tn_text_markup(reading->arena, text, false, &reading->text_flags) : text;
}

static bool add_item(struct tn_data_reading *data, struct tn_str path, struct tn_label label, struct tn_str text)
{
    text = tn_str_trim(text);
    if (text.len == 0)
        return true;
    struct tn_data_item *items = grow(data->generic.page.reading.arena, data->items, data->count, &data->room, sizeof *items);
    if (!items)
        return false;
    data->items = items;
    items[data->count++] = (struct tn_data_item){
        .path = path, .label = label, .text = tn_data_is_criteria(label.word) ? text : unmarked(data, text), .raw = text};
    return true;
}

static bool add_entry(struct tn_data_reading *data, struct tn_str path, const struct tn_label_word *word, const cJSON *object)
{
    struct tn_data_entry *entries =
        grow(data->generic.page.reading.arena, data->entries, data->entry_count, &data->entry_room, sizeof *entries);
    if (!entries)
        return false;
    data->entries = entries;
    entries[data->entry_count++] = (struct tn_data_entry){.path = path, .word = word, .object = object};
    return true;
}

/* Texts. */

static bool is_leaf(const cJSON *item)
{
    return !cJSON_IsObject(item) && !cJSON_IsArray(item);
}

static struct tn_str text_of(struct tn_arena *arena, const cJSON *item)
{
    char number[TN_NUMBER_MAX];
    if (cJSON_IsString(item))
        return tn_json_text(item);
    if (cJSON_IsNumber(item))
        return item->valuestring ? tn_str_of(item->valuestring)
                                 : tn_str_copy(arena, tn_str_slice(number, tn_number_format(item->valuedouble, number)));
    if (cJSON_IsBool(item))
        return cJSON_IsTrue(item) ? TN_LIT("true") : TN_LIT("false");
    return (struct tn_str){NULL, 0};
}

static bool all_leaves(const cJSON *array)
{
    for (const cJSON *child = array->child; child; child = child->next)
        if (!is_leaf(child))
            return false;
    return true;
}

/* The entries of an array as lines, or as one line where the value is one. */
static struct tn_str joined(struct tn_arena *arena, const cJSON *array, const char *between)
{
    size_t len = 0, gap = strlen(between);
    for (const cJSON *child = array->child; child; child = child->next)
        len += text_of(arena, child).len + gap;
    char *out = tn_arena_alloc(arena, len + 1);
    size_t used = 0;
    for (const cJSON *child = array->child; out && child; child = child->next) {
        struct tn_str text = tn_str_trim(text_of(arena, child));
        if (text.len == 0)
            continue;
        if (used) {
            memcpy(out + used, between, gap);
            used += gap;
        }
        memcpy(out + used, text.s, text.len);
        used += text.len;
    }
    if (out)
        out[used] = '\0';
    return tn_str_slice(out, out ? used : 0);
}

/* Walk. Recursion ends with DEEPEST. */

static struct tn_str path_of(struct tn_arena *arena, struct tn_str path, const char *key)
{
    struct tn_str name = tn_str_of(key);
    if (path.len && name.len == 1 && name.s[0] == '#')
        return path;
    return path.len ? tn_path_member(arena, path, name) : name;
}

static bool walk(struct tn_data_reading *data, struct tn_str path, const cJSON *object, enum tn_label_within within,
                 unsigned depth);
static bool add_array(struct tn_data_reading *data, struct tn_str path, struct tn_label label, const cJSON *array,
                      unsigned depth);

static bool is_listed(const struct tn_label_word *word)
{
    return word && tn_label_has_parts(word->opens);
}

/* `"conditions": [{"name": "Asthma"}]`: the one member that names the entry. */
static const cJSON *name_of(const cJSON *object)
{
    static const char *const names[] = {"#", "name", "title", "text", "value", "label", "description"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        for (const cJSON *child = object->child; child; child = child->next)
            if (child->string && is_leaf(child) && tn_str_eq_fold(tn_str_of(child->string), tn_str_of(names[i])))
                return child;
    return NULL;
}

/* An object under a label that takes one value, or one for each entry. */
static bool add_named(struct tn_data_reading *data, struct tn_str path, struct tn_label label, const cJSON *object, unsigned depth)
{
    struct tn_arena *arena = data->generic.page.reading.arena;
    const cJSON *name = name_of(object);
    struct tn_label none = {.word = NULL};
    if (!name)
        return walk(data, path, object, label.word->opens, depth);
    if (!add_item(data, path, label, text_of(arena, name)))
        return false;
    for (const cJSON *child = object->child; child; child = child->next) {
        struct tn_str inner = path_of(arena, path, child->string ? child->string : "");
        enum tn_label_within within = label.word->opens;
        struct tn_label known = within == TN_WITHIN_ANY ? none : tn_data_label(tn_str_of(child->string), within);
        bool good = child == name ||
                    (is_leaf(child) ? add_item(data, inner, known, text_of(arena, child))
                                    : walk(data, inner, child, within, depth + 1));
        if (!good)
            return false;
    }
    return true;
}

static bool holds_label(const cJSON *object, enum tn_label_within within)
{
    for (const cJSON *child = object->child; child; child = child->next)
        if (child->string && tn_data_label(tn_str_of(child->string), within).word)
            return true;
    return false;
}

/* `<sites><site>...</site></sites>`: an object around the one thing that the label is about is passed through. */
static bool add_object(struct tn_data_reading *data, struct tn_str path, struct tn_label label, const cJSON *object,
                       unsigned depth)
{
    const cJSON *only = object->child && !object->child->next ? object->child : NULL;
    bool wraps = label.word && only && depth < DEEPEST && strcmp(only->string, "#") != 0 &&
                 (!is_leaf(only) || !holds_label(object, label.word->opens));
    if (wraps && cJSON_IsArray(only))
        return add_array(data, path, label, only, depth + 1);
    if (wraps && cJSON_IsObject(only) && is_listed(label.word))
        return add_object(data, path, label, only, depth + 1);
    if (wraps && is_leaf(only) && label.word->how != TN_HOW_SECTION && label.word->how != TN_HOW_DESIGN)
        return add_item(data, path, label, text_of(data->generic.page.reading.arena, only));
    if (is_listed(label.word) && holds_label(object, label.word->opens))
        return add_entry(data, path, label.word, object);
    bool section = !label.word || label.word->how == TN_HOW_SECTION || label.word->how == TN_HOW_ELIGIBILITY ||
                   label.word->how == TN_HOW_DESIGN;
    if (section)
        return walk(data, path, object, label.word ? label.word->opens : TN_WITHIN_ANY, depth + 1);
    return add_named(data, path, label, object, depth + 1);
}

static bool add_array(struct tn_data_reading *data, struct tn_str path, struct tn_label label, const cJSON *array,
                      unsigned depth)
{
    struct tn_arena *arena = data->generic.page.reading.arena;
    enum tn_label_how how = label.word ? label.word->how : TN_HOW_KEEP;
    bool one = how == TN_HOW_VALUE || how == TN_HOW_DESIGN || how == TN_HOW_AGES;
    bool apart = how == TN_HOW_ID || how == TN_HOW_NUMBER || how == TN_HOW_OUTCOMES || how == TN_HOW_INTERVENTIONS;
    if (!apart && all_leaves(array))
        return add_item(data, path, label, joined(arena, array, one ? ", " : "\n"));
    int index = 0;
    for (const cJSON *child = array->child; child; child = child->next) {
        struct tn_str inner = tn_path_element(arena, path, index++);
        bool good = is_leaf(child)          ? add_item(data, inner, label, text_of(arena, child))
                    : cJSON_IsArray(child) ? depth >= DEEPEST || add_array(data, inner, label, child, depth + 1)
                                           : add_object(data, inner, label, child, depth);
        if (!good)
            return false;
    }
    return true;
}

static bool walk(struct tn_data_reading *data, struct tn_str path, const cJSON *object, enum tn_label_within within,
                 unsigned depth)
{
    struct tn_arena *arena = data->generic.page.reading.arena;
    if (depth >= DEEPEST) {
        char *printed = cJSON_PrintUnformatted(object);
        return printed && add_item(data, path, (struct tn_label){.word = NULL}, tn_str_of(printed));
    }
    for (const cJSON *child = object->child; child; child = child->next) {
        struct tn_str name = tn_str_of(child->string ? child->string : ""), inner = path_of(arena, path, name.s);
        struct tn_label label = tn_data_label(name, within);
        bool good = is_leaf(child)          ? add_item(data, inner, label, text_of(arena, child))
                    : cJSON_IsArray(child) ? add_array(data, inner, label, child, depth)
                                           : add_object(data, inner, label, child, depth);
        if (!good)
            return false;
    }
    return true;
}

bool tn_data_members(struct tn_data_reading *data, const cJSON *tree)
{
    return walk(data, TN_LIT(""), tree, TN_WITHIN_ANY, 0) && !data->generic.page.reading.arena->failed;
}

/* Entries. */

static int list_of(const struct tn_label_word *word, const struct tn_record_type **type)
{
    static const struct {
        enum tn_label_within within;
        int list;
        const struct tn_record_type *type;
    } lists[] = {
        {TN_WITHIN_ARMS, TN_trial_arms, &tn_type_arm},
        {TN_WITHIN_CONTACT, TN_trial_contacts, &tn_type_contact},
        {TN_WITHIN_INTERVENTIONS, TN_trial_interventions, &tn_type_intervention},
        {TN_WITHIN_OUTCOMES, TN_trial_outcomes, &tn_type_outcome},
        {TN_WITHIN_SITES, TN_trial_locations, &tn_type_location},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (lists[i].within == word->opens) {
            *type = lists[i].type;
            return lists[i].list;
        }
    return -1;
}

static void keep_all(struct tn_data_reading *data, struct tn_str path, const cJSON *item, unsigned depth)
{
    struct tn_reading *reading = &data->generic.page.reading;
    if (is_leaf(item) || depth >= DEEPEST) {
        char *printed = is_leaf(item) ? NULL : cJSON_PrintUnformatted(item);
        struct tn_stated value = tn_stated_of(printed ? tn_str_of(printed) : text_of(reading->arena, item));
        if (value.text.len)
            tn_put_extra(reading, path, &value);
        return;
    }
    int index = 0;
    for (const cJSON *child = item->child; child; child = child->next)
        keep_all(data, child->string ? path_of(reading->arena, path, child->string)
                                     : tn_path_element(reading->arena, path, index++), child, depth + 1);
}

static void put_member(struct tn_data_reading *data, const struct tn_data_entry *entry, struct tn_record *record, const cJSON *child)
{
    struct tn_reading *reading = &data->generic.page.reading;
    struct tn_str path = path_of(reading->arena, entry->path, child->string ? child->string : "");
    const struct tn_label_word *word = tn_data_label(tn_str_of(child->string ? child->string : ""), entry->word->opens).word;
    bool list = cJSON_IsArray(child) && all_leaves(child);
    reading->label = path;
    if (!word || word->type != record->type || (!is_leaf(child) && !list)) {
        keep_all(data, path, child, 0);
        return;
    }
    for (const cJSON *leaf = list ? child->child : child; leaf; leaf = list ? leaf->next : NULL) {
        struct tn_str text = unmarked(data, tn_str_trim(text_of(reading->arena, leaf)));
        if (text.len)
            tn_page_put(&data->generic.page, record, word->field, text);
    }
}

/* An outcome that is only described is measured so. */
static void name_outcome(struct tn_record *record)
{
    if (record->type != &tn_type_outcome || tn_has(record, TN_outcome_measure) || !tn_has(record, TN_outcome_description))
        return;
    tn_set_text(record, TN_outcome_measure, tn_text(record, TN_outcome_description));
    tn_clear(record, TN_outcome_description);
}

void tn_data_members_put(struct tn_data_reading *data)
{
    struct tn_record *trial = data->generic.page.reading.trial;
    data->generic.page.reading.unmarked = true;
    for (size_t i = 0; i < data->entry_count; i++) {
        const struct tn_record_type *type;
        int list = list_of(data->entries[i].word, &type);
        struct tn_record *record = list < 0 ? NULL : tn_add_record(trial, list);
        for (const cJSON *child = data->entries[i].object->child; record && child; child = child->next)
            put_member(data, &data->entries[i], record, child);
        if (record)
            name_outcome(record);
        if (record && tn_record_empty(record))
            tn_remove_at(trial, list, tn_count(trial, list) - 1);
        else if (record)
            tn_page_preset(&data->generic.page, record, data->entries[i].word->preset);
    }
    data->generic.page.reading.unmarked = false;
}
