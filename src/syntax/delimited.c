/* SPDX-License-Identifier: MIT */
#include "syntax/delimited.h"

#include "core/delimited.h"

/* A mark that no text has: NUL bytes were replaced when it was cut. */
enum { NO_QUOTE = '\0' };

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

static void add_cell(void *text, size_t len, void *context)
{
    struct filling *filling = context;
    struct tn_cells *cells = filling->cells;
    if (cells->count == filling->room) {
        size_t room = 2 * filling->room + 1;
        struct tn_str *more = tn_arena_grow(filling->arena, cells->cells, filling->room * sizeof *more, room * sizeof *more);
        if (!more)
            return;
        cells->cells = more;
        filling->room = room;
    }
    cells->cells[cells->count++] = len ? tn_str_copy(filling->arena, tn_str_slice(text, len)) : TN_LIT("");
}

static bool parse(struct csv_parser *parser, struct tn_str text, char quote, struct filling *filling)
{
    csv_set_quote(parser, (unsigned char)quote);
    return csv_parse(parser, text.s, text.len, add_cell, NULL, filling) == text.len;
}

bool tn_delimited_cells(struct csv_parser *parser, struct tn_arena *arena, struct tn_str row,
                        const struct tn_delimited *form, size_t columns, struct tn_cells *cells)
{
    size_t open, count = tn_row_cells(row, form, &open);
    bool is_open = form->quoted && open != TN_NO_OFFSET;
    bool cut = is_open && ((columns && count != columns) || memchr(row.s + open, form->line_end, row.len - open));
    size_t quoted = !form->quoted ? 0 : !is_open || cut ? row.len : open;
    struct filling filling = {arena, cells, count};
    *cells = (struct tn_cells){.cells = tn_arena_alloc(arena, count * sizeof *cells->cells), .open = is_open && !cut, .cut = cut};
    if (!cells->cells)
        return false;
    csv_set_delim(parser, (unsigned char)form->separator);
    bool good = parse(parser, tn_str_slice(row.s, quoted), '"', &filling) &&
                parse(parser, tn_str_from(row, quoted), NO_QUOTE, &filling);
    /* The row ends here, with whatever cell stands before its end. */
    bool ended = csv_fini(parser, add_cell, NULL, &filling) == 0;
    return good && ended && !arena->failed;
}
