/* SPDX-License-Identifier: MIT */
/* Cells that stand in several rows (rowspan) are in each of them. */
#include "syntax/html_build.h"

enum {
    CARRIED_MAX = 4,     /* columns; of more the rows stay as they are written */
    LONGEST_CARRIED = 120 /* bytes: what a row is told by, no text */
};

struct tn_carry {
    struct {
        size_t column;
        unsigned long rows; /* that are still to come */
        struct tn_block block;
        bool names; /* of the row of column names */
    } cells[CARRIED_MAX];
    size_t count;
};

static void insert(struct tn_html *html, const struct tn_frame *row, size_t column, const struct tn_block *block)
{
    size_t count = html->cell_count - row->first_cell;
    if (column > count ||
        !tn_html_grow(html->arena, &html->cells, &html->cell_room, html->cell_count, sizeof *html->cells) ||
        !tn_html_add(html, block))
        return;
    struct tn_cell *cells = html->cells + row->first_cell;
    size_t at = column < count ? cells[column].first : html->count - 1;
    memmove(html->blocks + at + 1, html->blocks + at, (html->count - at - 1) * sizeof *html->blocks);
    html->blocks[at] = *block;
    html->blocks[at].line = row->line;
    html->blocks[at].offset = row->offset;
    memmove(cells + column + 1, cells + column, (count - column) * sizeof *cells);
    cells[column] = (struct tn_cell){.first = at, .end = at + 1, .rows = 1, .heading = html->blocks[at].emphatic};
    for (size_t c = column + 1; c <= count; c++) {
        cells[c].first++;
        cells[c].end++;
    }
    html->cell_count++;
    html->box_count = row->first_box; /* they are boxes of cells, and these become one block */
}

/* One row less, and those without any are gone. */
static void count_down(struct tn_carry *carry)
{
    size_t kept = 0;
    for (size_t i = 0; i < carry->count; i++)
        if (--carry->cells[i].rows)
            carry->cells[kept++] = carry->cells[i];
    carry->count = kept;
}

static bool only_names(const struct tn_html *html, const struct tn_frame *row)
{
    for (size_t c = row->first_cell; c < html->cell_count; c++)
        if (!html->cells[c].heading)
            return false;
    return html->cell_count > row->first_cell;
}

void tn_html_carry_down(struct tn_html *html, const struct tn_frame *row, struct tn_frame *table)
{
    struct tn_carry *carry = table->carry;
    size_t count = html->cell_count - row->first_cell;
    if (!carry || carry->count == 0)
        return;
    bool names = carry->cells[0].names;
    bool fits = names ? only_names(html, row) : table->header && table->header->cell_count == count + carry->count;
    for (size_t column = 0; fits && column < count + CARRIED_MAX; column++)
        for (size_t i = 0; i < carry->count; i++)
            if (carry->cells[i].column == column)
                insert(html, row, column, &carry->cells[i].block);
    if (fits && names)
        table->header = NULL; /* this row has the names */
    count_down(carry);
}

void tn_html_carry(struct tn_html *html, const struct tn_cell *cells, size_t count, struct tn_frame *table, bool names)
{
    for (size_t c = 0; c < count; c++) {
        const struct tn_block *block = &html->blocks[cells[c].first];
        if (cells[c].rows < 2 || cells[c].end != cells[c].first + 1 || block->whole.len > LONGEST_CARRIED ||
            block->kind != TN_BLOCK_PARAGRAPH)
            continue;
        if (!table->carry)
            table->carry = tn_arena_zero(html->arena, sizeof *table->carry);
        if (!table->carry || table->carry->count == CARRIED_MAX)
            return;
        struct tn_carry *carry = table->carry;
        carry->cells[carry->count].column = c;
        carry->cells[carry->count].rows = cells[c].rows - 1;
        carry->cells[carry->count].names = names;
        carry->cells[carry->count].block = *block;
        carry->cells[carry->count++].block.emphatic = cells[c].heading;
    }
}
