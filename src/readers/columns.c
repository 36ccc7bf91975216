/* SPDX-License-Identifier: MIT */
#include "readers/columns.h"

#include <stdlib.h>

#include "core/delimited.h"
#include "readers/generic_names.h"
#include "syntax/delimited.h"
#include "syntax/json.h"

enum { HEADER_MEMORY = 1 << 26 };

struct column {
    struct tn_str name; /* as the header has it; "column 3" where it says nothing, "Phase (2)" of a second "Phase" */
    bool nameless;
    bool again;         /* a column before it has the name: it is no map's */
};

struct tn_columns {
    struct csv_parser parser;
    struct tn_arena arena;
    struct tn_delimited form; /* of which this is made; the header is a copy */
    struct column *columns;
    size_t count;
    const struct tn_tree_map *map;           /* for which the nodes were looked up */
    const struct tn_tree_node **nodes;
};

static struct tn_columns *new_columns(void)
{
    struct tn_columns *columns = calloc(1, sizeof *columns);
    if (columns && !tn_cell_parser_init(&columns->parser)) {
        free(columns);
        return NULL;
    }
    if (columns)
        tn_arena_init(&columns->arena, HEADER_MEMORY);
    return columns;
}

void tn_columns_free(struct tn_columns *columns)
{
    if (!columns)
        return;
    tn_cell_parser_release(&columns->parser);
    tn_arena_release(&columns->arena);
    free(columns);
}

static bool is_same(const struct tn_delimited *a, const struct tn_delimited *b)
{
    return a->separator == b->separator && a->quoted == b->quoted && a->row_names == b->row_names && tn_str_eq(a->header, b->header);
}

/* So that the same names stand side by side, the first of them first. */
static int by_name(const void *a, const void *b)
{
    const struct column *left = *(struct column *const *)a, *right = *(struct column *const *)b;
    int order = tn_column_cmp(left->name, right->name);
    return order ? order : (left > right) - (left < right);
}

static bool tell_again(struct tn_arena *arena, struct column *columns, size_t count)
{
    struct column **sorted = tn_arena_alloc(arena, (count + 1) * sizeof *sorted);
    unsigned number = 1;
    if (!sorted)
        return false;
    for (size_t i = 0; i < count; i++)
        sorted[i] = &columns[i];
    qsort(sorted, count, sizeof *sorted, by_name);
    struct tn_str first = {NULL, 0};
    for (size_t i = 0; i < count; i++) {
        bool again = i > 0 && tn_column_cmp(first, sorted[i]->name) == 0;
        number = again ? number + 1 : 1;
        first = again ? first : sorted[i]->name;
        sorted[i]->again = again;
        if (again)
            sorted[i]->name = tn_str_format(arena, "%s (%u)", sorted[i]->name.s, number);
    }
    return !arena->failed;
}

/* `number` from 1. */
static struct tn_str number_name(struct tn_arena *arena, size_t number)
{
    return tn_str_format(arena, "column %zu", number);
}

/* With an empty one for the names of rows. */
static bool header_cells(struct csv_parser *parser, struct tn_arena *arena, const struct tn_delimited *form, struct tn_cells *cells)
{
    if (!tn_delimited_cells(parser, arena, form->header, form, 0, cells))
        return false;
    struct tn_str *all = form->row_names ? tn_arena_alloc(arena, (cells->count + 1) * sizeof *all) : cells->cells;
    if (all && form->row_names) {
        all[0] = TN_LIT("");
        memcpy(all + 1, cells->cells, cells->count++ * sizeof *all);
        cells->cells = all;
    }
    return all != NULL;
}

static bool read_header(struct tn_columns *columns, const struct tn_delimited *form)
{
    struct tn_arena *arena = &columns->arena;
    struct tn_cells cells;
    tn_arena_reset(arena);
    columns->count = 0;
    columns->map = NULL;
    columns->form = *form;
    columns->form.header = tn_str_copy(arena, form->header);
    if (!header_cells(&columns->parser, arena, &columns->form, &cells))
        return false;
    columns->columns = tn_arena_zero(arena, (cells.count + 1) * sizeof *columns->columns);
    for (size_t i = 0; columns->columns && i < cells.count; i++) {
        struct tn_str name = tn_str_copy(arena, tn_str_trim(cells.cells[i]));
        columns->columns[i].name = name.len ? name : number_name(arena, i + 1);
        columns->columns[i].nameless = name.len == 0;
    }
    columns->count = cells.count;
    return columns->columns && tell_again(arena, columns->columns, cells.count);
}

static struct tn_columns *columns_of(struct tn_worker *worker, const struct tn_delimited *form)
{
    if (!worker->columns)
        worker->columns = new_columns();
    if (!worker->columns || (worker->columns->count && is_same(&worker->columns->form, form)))
        return worker->columns;
    if (read_header(worker->columns, form))
        return worker->columns;
    worker->columns->count = 0;
    return NULL;
}

static void mind_length(struct tn_reading *reading, const struct tn_cells *cells, size_t columns)
{
    size_t stated = cells->count;
    while (stated > columns && tn_str_trim(cells->cells[stated - 1]).len == 0)
        stated--;
    if (cells->cut) {
        tn_warn(reading, TN_TRUNCATED_TEXT, NULL, 0, "the row ends inside a quoted cell, number %zu of %zu: what is behind is lost",
                cells->count, columns);
        return;
    }
    if (cells->open)
        tn_warn(reading, TN_INCONSISTENT, NULL, 0, "a quotation mark is not closed; it is read as text, and the row ends "
                "with its line");
    if (stated < columns || stated > columns)
        tn_warn(reading, TN_INCONSISTENT, NULL, 0, "the row has %zu cell%s, and the header %zu", stated,
                stated == 1 ? "" : "s", columns);
}

/* Software puts it before the columns without a name. */
static bool is_row_number(const struct tn_columns *columns, struct tn_str cell)
{
    size_t i = 0;
    while (i < cell.len && tn_is_digit(cell.s[i]))
        i++;
    return columns->columns[0].nameless && i == cell.len;
}

const cJSON *tn_columns_tree(struct tn_reading *reading, struct tn_worker *worker, struct tn_error *error)
{
    const struct tn_raw *raw = reading->raw;
    struct tn_columns *columns = columns_of(worker, &raw->delimited);
    struct tn_cells cells = {.count = 0};
    bool good = columns && tn_delimited_cells(&columns->parser, reading->arena, tn_str_slice(raw->bytes, raw->len),
                                              &raw->delimited, columns->count, &cells);
    cJSON *items = good ? tn_arena_zero(reading->arena, (cells.count + 1) * sizeof *items) : NULL;
    if (!items) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return NULL;
    }
    cJSON **last = &items->child;
    items->type = cJSON_Object;
    mind_length(reading, &cells, columns->count);
    for (size_t i = 0; i < cells.count; i++) {
        cJSON *item = &items[i + 1];
        if (tn_str_trim(cells.cells[i]).len == 0)
            continue;
        struct tn_str name = i < columns->count ? columns->columns[i].name : number_name(reading->arena, i + 1);
        item->type = cJSON_String | TN_JSON_COLUMN;
        item->string = (char *)(uintptr_t)name.s;
        item->valuestring = (char *)(uintptr_t)cells.cells[i].s;
        item->valueint = i >= columns->count ? -1 : i == 0 && is_row_number(columns, cells.cells[0]) ? TN_COLUMN_OF_NUMBERS : (int)i;
        *last = item;
        last = &item->next;
    }
    return items;
}

void tn_columns_walk(struct tn_reading *reading, struct tn_worker *worker, const struct tn_tree_map *map,
                     const cJSON *tree)
{
    struct tn_columns *columns = worker->columns;
    if (columns->map != map) {
        columns->nodes = tn_arena_zero(&columns->arena, (columns->count + 1) * sizeof *columns->nodes);
        columns->map = columns->nodes ? map : NULL;
        for (size_t i = 0; columns->nodes && i < columns->count; i++)
            if (!columns->columns[i].again)
                columns->nodes[i] = tn_tree_column(map, columns->columns[i].name);
    }
    if (columns->nodes)
        tn_tree_walk_columns(reading, tree, columns->nodes);
    else
        reading->arena->failed = true;
}

static bool names(const struct tn_cells *header, struct tn_str key)
{
    for (size_t i = 0; i < header->count; i++)
        if (tn_column_cmp(header->cells[i], key) == 0)
            return true;
    return false;
}

size_t tn_columns_peek(const struct tn_peek *peek, struct tn_cells *rows, size_t room)
{
    struct tn_delimited form;
    struct csv_parser parser;
    size_t behind = 0, count = 0;
    tn_delimited_tell(peek->bytes, &form, &behind);
    if (!tn_cell_parser_init(&parser))
        return 0;
    struct tn_str row = form.header, rest = tn_str_from(peek->bytes, behind);
    do {
        struct tn_arena *arena = &peek->worker->arena;
        if (!(count ? tn_delimited_cells(&parser, arena, row, &form, 0, &rows[count]) : header_cells(&parser, arena, &form, rows)))
            break;
        count++;
    } while (count < room && tn_row_next(&rest, &form, &row));
    tn_cell_parser_release(&parser);
    return count;
}

bool tn_columns_names(const struct tn_peek *peek, struct tn_cells *header)
{
    if (peek->syntax == TN_SYNTAX_JSON)
        return tn_columns_json_names(peek, header);
    return tn_columns_peek(peek, header, 1) == 1;
}

static bool is_column_of(const struct tn_tree_source *source, struct tn_str name)
{
    for (size_t i = 0; i < source->count; i++)
        if (tn_column_cmp(name, tn_str_of(source->rows[i].path)) == 0)
            return true;
    return false;
}

/* An identifier under a name that the source does not have: a table of another register, or somebody's own. */
static bool has_other_number(const struct tn_tree_source *source, const struct tn_cells *header)
{
    for (size_t i = 0; i < header->count; i++) {
        const struct tn_label_word *word = tn_data_label(header->cells[i], TN_WITHIN_ANY).word;
        if (word && word->how == TN_HOW_ID && !is_column_of(source, header->cells[i]))
            return true;
    }
    return false;
}

/* Title, Status and Acronym are many registries' columns: half of the names must be the source's own, and three of four
 * where its first one is not there. */
static bool is_claim(const struct tn_tree_source *source, const struct tn_cells *header, int keys, bool first_is_own)
{
    enum { FEWEST = 2 };
    size_t known = 0, named = 0;
    bool first = names(header, tn_str_of(source->signature[0]));
    for (size_t i = 0; i < header->count; i++) {
        bool empty = tn_str_trim(header->cells[i]).len == 0;
        known += !empty && is_column_of(source, header->cells[i]);
        named += !empty;
    }
    if (first && first_is_own && known == named)
        return true;
    if (!first && has_other_number(source, header))
        return false;
    return keys >= FEWEST && (first ? known * 2 >= named : known * 4 >= named * 3);
}

void tn_columns_detect(const struct tn_tree_source *source, const struct tn_peek *peek, bool first_is_own,
                       struct tn_evidence *evidence)
{
    struct tn_cells header;
    struct tn_evidence found = {.bits = 0};
    int keys = 0;
    bool good = tn_columns_names(peek, &header);
    for (const char *const *key = source->signature; good && *key; key++)
        if (names(&header, tn_str_of(*key))) {
            tn_evidence_add(&found, tn_str_of(*key));
            keys++;
        }
    if (good && is_claim(source, &header, keys, first_is_own))
        *evidence = found;
}
