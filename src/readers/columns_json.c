/* SPDX-License-Identifier: MIT */
/* Rows of a table that were made objects of JSON (`to_json(orient="records")`, csvtojson): the names of their members are those of
 * the columns. */
#include "core/delimited.h"
#include "readers/columns.h"
#include "readers/member_names.h"
#include "syntax/delimited.h"

bool tn_columns_json_names(const struct tn_peek *peek, struct tn_cells *header)
{
    size_t count = peek->names->count;
    *header = (struct tn_cells){.cells = peek->names->names, .count = count};
    return count > 0;
}

bool tn_columns_json_has(const struct tn_peek *peek, const char *name)
{
    char quoted[64];
    struct tn_str key = tn_str_of(name), rest = peek->bytes;
    if (key.len + 2 > sizeof quoted || !tn_member_names_have(peek->names, key))
        return false;
    quoted[0] = quoted[key.len + 1] = '"';
    memcpy(quoted + 1, name, key.len);
    size_t at = tn_str_find(rest, tn_str_slice(quoted, key.len + 2));
    rest = tn_str_from(rest, at == TN_NO_OFFSET ? rest.len : at + key.len + 2);
    while (rest.len && (tn_is_space(rest.s[0]) || rest.s[0] == ':'))
        rest = tn_str_from(rest, 1);
    return rest.len && rest.s[0] != '{' && rest.s[0] != '[';
}

/* The row's path for that name; NULL. */
static const char *path_of(const struct tn_tree_source *source, struct tn_str name)
{
    for (size_t i = 0; i < source->count; i++) {
        const char *path = source->rows[i].path;
        if (!strchr(path, '[') && !strchr(path, '.') && tn_column_cmp(name, tn_str_of(path)) == 0)
            return path;
    }
    return NULL;
}

static bool says_nothing(const cJSON *item)
{
    int type = item->type & 0xFF;
    return type == cJSON_NULL || (type == cJSON_String && tn_str_trim(tn_str_of(item->valuestring)).len == 0);
}

const cJSON *tn_columns_of_json(struct tn_reading *reading, const struct tn_tree_source *source, const cJSON *tree)
{
    cJSON *row = tn_arena_zero(reading->arena, sizeof *row);
    cJSON **last = row ? &row->child : NULL;
    if (!row)
        return tree;
    row->type = cJSON_Object;
    for (const cJSON *item = tree->child; item; item = item->next) {
        cJSON *cell = says_nothing(item) ? NULL : tn_arena_zero(reading->arena, sizeof *cell);
        if (!cell)
            continue;
        *cell = *item;
        cell->next = cell->prev = NULL;
        const char *path = item->string ? path_of(source, tn_str_of(item->string)) : NULL;
        if (path)
            cell->string = (char *)(uintptr_t)path;
        *last = cell;
        last = &cell->next;
    }
    return row;
}
