/* SPDX-License-Identifier: MIT */
/* Tables that were copied as text: a line of the names of columns, apart by tabs, and lines with the cells. */
#include "readers/page_spelling.h"

enum { COLUMNS_MAX = 16, SURE_COLUMNS = 3 };

/* Cells of a line that are not empty; more than COLUMNS_MAX: no table. */
static size_t cut_cells(const struct tn_block *block, struct tn_str *cells)
{
    struct tn_str rest = block->whole;
    size_t count = 0;
    while (rest.len && count <= COLUMNS_MAX) {
        size_t tab = tn_str_find_char(rest, '\t');
        struct tn_str cell = tn_str_trim(tn_str_slice(rest.s, tab == TN_NO_OFFSET ? rest.len : tab));
        rest = tn_str_from(rest, tab == TN_NO_OFFSET ? rest.len : tab + 1);
        if (cell.len && count < COLUMNS_MAX)
            cells[count] = cell;
        count += cell.len > 0;
    }
    return count;
}

/* A row has as many cells as there are columns; of a wide table the last may be empty. */
static bool is_row(const struct tn_spellings *spellings, const struct tn_block *block, size_t columns)
{
    struct tn_str cells[COLUMNS_MAX];
    size_t count = cut_cells(block, cells);
    bool enough = count == columns || (columns >= SURE_COLUMNS && count >= 2 && count < columns);
    return enough && !tn_page_is_spelling(spellings, tn_page_without_colon(cells[0]));
}

/* All cells of the line are labels, and under it stands a row that begins with none. How many; 0: no such line. */
static size_t columns_at(const struct tn_spellings *spellings, const struct tn_page *page, size_t at)
{
    struct tn_str cells[COLUMNS_MAX];
    size_t count = page->blocks[at].kind == TN_BLOCK_PAIR ? cut_cells(&page->blocks[at], cells) : 0;
    if (count < 2 || count > COLUMNS_MAX || at + 1 >= page->count)
        return 0;
    for (size_t c = 0; c < count; c++)
        if (!tn_page_is_spelling(spellings, tn_page_without_colon(cells[c])))
            return 0;
    return is_row(spellings, &page->blocks[at + 1], count) ? count : 0;
}

/* The same with empty cells in their places; 0: more than there are columns, so that places say nothing. */
static size_t cut_in_place(const struct tn_block *block, struct tn_str *cells, size_t columns)
{
    struct tn_str rest = block->whole;
    size_t count = 0;
    for (size_t tab = 0; tab != TN_NO_OFFSET; count++) {
        tab = tn_str_find_char(rest, '\t');
        if (count == columns)
            return 0;
        cells[count] = tn_str_trim(tn_str_slice(rest.s, tab == TN_NO_OFFSET ? rest.len : tab));
        rest = tn_str_from(rest, tab == TN_NO_OFFSET ? rest.len : tab + 1);
    }
    return count;
}

static bool make_row(struct tn_arena *arena, struct tn_block *block, const struct tn_block *header)
{
    struct tn_str *cells = tn_arena_alloc(arena, COLUMNS_MAX * sizeof *cells);
    if (!cells)
        return false;
    block->cells = cells;
    bool named = block->whole.s != header->whole.s && header->cell_count;
    block->cell_count = named ? cut_in_place(block, cells, header->cell_count) : 0;
    if (block->cell_count == 0)
        block->cell_count = cut_cells(block, cells);
    block->kind = TN_BLOCK_ROW;
    block->header = header;
    return true;
}

/* The header and its rows; returns the place behind them, 0 when memory is short. */
static size_t make_table(struct tn_arena *arena, const struct tn_spellings *spellings, const struct tn_page *page,
                         struct tn_block *blocks, size_t at, size_t columns)
{
    struct tn_block *header = tn_arena_zero(arena, sizeof *header);
    if (!header || !make_row(arena, &blocks[at], header))
        return 0;
    *header = blocks[at];
    for (at++; at < page->count && is_row(spellings, &page->blocks[at], columns); at++)
        if (!make_row(arena, &blocks[at], header))
            return 0;
    return at;
}

const struct tn_page *tn_page_columns(struct tn_arena *arena, const struct tn_spellings *spellings,
                                      const struct tn_page *page)
{
    if (!spellings->site->form)
        page = tn_page_chains(arena, spellings, page);
    if (!page || page->is_html || spellings->site->form)
        return page;
    struct tn_page *made = tn_arena_alloc(arena, sizeof *made);
    struct tn_block *blocks = tn_arena_alloc(arena, (page->count + 1) * sizeof *blocks);
    if (!made || !blocks)
        return NULL;
    memcpy(blocks, page->blocks, page->count * sizeof *blocks);
    *made = *page;
    made->blocks = blocks;
    for (size_t at = 0; at < page->count;) {
        size_t columns = columns_at(spellings, page, at);
        size_t end = columns ? make_table(arena, spellings, page, blocks, at, columns) : at + 1;
        if (end == 0)
            return NULL;
        at = end;
    }
    return made;
}

size_t tn_page_count_parts(const struct tn_page *blocks)
{
    size_t count = blocks->count + 1;
    for (size_t i = 0; i < blocks->count; i++)
        for (size_t c = 0; c < blocks->blocks[i].cell_count; c++)
            for (size_t k = 0; k <= blocks->blocks[i].cells[c].len; k++)
                count += k == blocks->blocks[i].cells[c].len || blocks->blocks[i].cells[c].s[k] == '\n';
    return count;
}
