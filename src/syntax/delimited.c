/* SPDX-License-Identifier: MIT */
#include "syntax/delimited.h"

#include <stdint.h>

#include "core/delimited.h"

struct filling {
    struct tn_arena *arena;
    struct tn_cells *cells;
    size_t room;
};

static int no_line_end(unsigned char c)
{
    (void)c;
    return 0;
}

bool tn_cell_parser_init(struct csv_parser *parser)
{
    if (csv_init(parser, 0) != 0)
        return false;
    csv_set_term_func(parser, no_line_end);
    csv_set_blk_size(parser, 4096);
    return true;
}

void tn_cell_parser_release(struct csv_parser *parser)
{
    csv_free(parser);
}

static bool make_room(struct filling *filling)
{
    struct tn_cells *cells = filling->cells;
    if (cells->count < filling->room)
        return true;
    size_t room = 2 * filling->room + 8;
    struct tn_str *more = tn_arena_grow(filling->arena, cells->cells, filling->room * sizeof *more, room * sizeof *more);
    if (!more)
        return false;
    cells->cells = more;
    filling->room = room;
    return true;
}

static void add_cell(void *text, size_t len, void *context)
{
    struct filling *filling = context;
    if (make_room(filling))
        filling->cells->cells[filling->cells->count++] = len ? tn_str_copy(filling->arena, tn_str_slice(text, len)) : TN_LIT("");
}

/* What has marks inside is libcsv's to read. */
static bool parse(struct csv_parser *parser, struct tn_str text, struct filling *filling)
{
    bool good = csv_parse(parser, text.s, text.len, add_cell, NULL, filling) == text.len;
    return csv_fini(parser, add_cell, NULL, filling) == 0 && good;
}

/* What has none is as it stands: `copy` is the row, and its separators may be overwritten. */
static bool add_plain(struct filling *filling, char *copy, size_t from, size_t end)
{
    if (!make_room(filling))
        return false;
    copy[end] = '\0';
    filling->cells->cells[filling->cells->count++] = tn_str_slice(copy + from, end - from);
    return true;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static bool take_cell(struct csv_parser *parser, struct filling *filling, char *copy, struct tn_row_walk *walk,
                      const struct tn_delimited *form)
{
    if (walk->quoted && !walk->simple)
        return parse(parser, tn_str_slice(copy + walk->from, walk->end - walk->from), filling);
    size_t from = walk->from + walk->quoted, end = walk->quoted ? walk->close : walk->end;
    if (tn_cell_empty(tn_str_slice(copy + from, end - from), walk->quoted, form))
        return add_plain(filling, copy, end, end);
    if (walk->quoted)
        return add_plain(filling, copy, from, end);
    while (walk->end > walk->from && is_blank(copy[walk->end - 1]))
        walk->end--;
    return add_plain(filling, copy, walk->from, walk->end);
}

/* The cell of the mark that is never closed goes on to the row's end. */
static bool take_rest(struct csv_parser *parser, struct filling *filling, struct tn_str rest, size_t cell)
{
    filling->cells->count = cell;
    filling->cells->cut = true;
    return parse(parser, rest, filling);
}

bool tn_delimited_cells(struct csv_parser *parser, struct tn_arena *arena, struct tn_str row,
                        const struct tn_delimited *form, size_t columns, struct tn_cells *cells)
{
    struct tn_row_walk walk = {.open = TN_NO_OFFSET};
    struct filling filling = {arena, cells, 0};
    size_t open_cell = SIZE_MAX;
    struct tn_str copy = tn_str_copy(arena, row);
    bool good = copy.s != NULL;
    *cells = (struct tn_cells){.count = 0};
    csv_set_delim(parser, (unsigned char)form->separator);
    while (good && tn_row_walk(&walk, row, form)) {
        if (walk.open != TN_NO_OFFSET && open_cell == SIZE_MAX)
            open_cell = cells->count;
        good = take_cell(parser, &filling, (char *)(uintptr_t)copy.s, &walk, form);
    }
    cells->open = walk.open != TN_NO_OFFSET;
    if (good && cells->open && ((columns && cells->count != columns) || memchr(row.s + walk.open, form->line_end, row.len - walk.open)))
        good = take_rest(parser, &filling, tn_str_from(row, walk.open), open_cell);
    cells->open = cells->open && !cells->cut;
    return good && !arena->failed;
}
