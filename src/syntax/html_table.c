/* SPDX-License-Identifier: MIT */
/* Rows of tables: labels with values, columns with names, or a layout that only places things. */
#include "syntax/html_build.h"

enum {
    LONGEST_LABEL = 160, /* bytes */
    LONGEST_CELL = 2000, /* of all cells of a row of data together */
    CELLS_MAX = 64
};

static size_t size_of(const struct tn_cell *cell)
{
    return cell->end - cell->first;
}

static const struct tn_block *only(const struct tn_html *html, const struct tn_cell *cell)
{
    return size_of(cell) == 1 ? &html->blocks[cell->first] : NULL;
}

/* One short line that may be the name of what stands beside it. */
static bool may_name(const struct tn_html *html, const struct tn_cell *cell)
{
    const struct tn_block *block = only(html, cell);
    return block && (block->kind == TN_BLOCK_PARAGRAPH || block->kind == TN_BLOCK_ITEM || block->kind == TN_BLOCK_HEADING) &&
           block->whole.len <= LONGEST_LABEL;
}

/* A name with a note in brackets under it: "Enrollment", "(submitted: June 9, 2020)". */
static bool may_name_with_note(const struct tn_html *html, const struct tn_cell *cell)
{
    const struct tn_block *block = &html->blocks[cell->first];
    return size_of(cell) == 2 && block[0].kind == TN_BLOCK_PARAGRAPH && block[1].kind == TN_BLOCK_PARAGRAPH &&
           block[0].whole.len + block[1].whole.len <= LONGEST_LABEL && block[0].whole.len > 0 &&
           block[1].whole.len > 2 && block[1].whole.s[0] == '(' && tn_str_ends_fold(block[1].whole, TN_LIT(")"));
}

static bool ends_with_colon(const struct tn_html *html, const struct tn_cell *cell)
{
    const struct tn_block *block = only(html, cell);
    return block && tn_str_ends_fold(block->whole, TN_LIT(":"));
}

/* `A.1`, `E.2.2.1`, `12`: the number of a question in a form. */
static bool is_number(struct tn_str text)
{
    enum { LONGEST = 12 };
    size_t dots = 0, letters = 0, digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        dots += text.s[i] == '.';
        digits += tn_is_digit(text.s[i]);
        letters += tn_is_alpha(text.s[i]);
        if (!tn_is_alnum(text.s[i]) && text.s[i] != '.' && text.s[i] != '(' && text.s[i] != ')')
            return false;
    }
    return text.len && text.len <= LONGEST && tn_is_alnum(text.s[0]) && (dots > 0 || (digits > 0 && text.len <= 3)) &&
           letters <= 2 + dots;
}

/* One number, or several: `B.3.1 and B.3.2`, `E.6 to E.7`. */
static bool is_code(struct tn_str text)
{
    static const struct tn_str words[] = {{" and ", 5}, {" to ", 4}};
    for (size_t w = 0; w < 2; w++) {
        size_t at = tn_str_find(text, words[w]);
        if (at != TN_NO_OFFSET)
            return is_number(tn_str_slice(text.s, at)) && is_number(tn_str_from(text, at + words[w].len));
    }
    return is_number(text);
}

/* Cells of single lines of text, short enough for data. */
static bool is_data(const struct tn_html *html, const struct tn_cell *cells, size_t count)
{
    size_t size = 0;
    for (size_t c = 0; c < count; c++)
        for (size_t i = cells[c].first; i < cells[c].end; i++) {
            enum tn_block_kind kind = html->blocks[i].kind;
            size += html->blocks[i].whole.len;
            if (kind == TN_BLOCK_HEADING || kind == TN_BLOCK_ROW || (kind == TN_BLOCK_PAIR && html->blocks[i].text.len == 0))
                return false;
        }
    return size <= LONGEST_CELL;
}

/* Takes the cell's blocks out of the array and remembers its label. */
static struct tn_block label_of(struct tn_html *html, const struct tn_cell *code, const struct tn_cell *name)
{
    struct tn_block label = html->blocks[name->first];
    if (code)
        label.whole = tn_html_joined(html, code->first, name->end);
    label.kind = TN_BLOCK_PARAGRAPH;
    label.level = 0;
    return label;
}

static void remove_blocks(struct tn_html *html, size_t first, size_t end)
{
    memmove(html->blocks + first, html->blocks + end, (html->count - end) * sizeof *html->blocks);
    html->count -= end - first;
}

/* Label and value, the last two cells of the array. */
static void pair_cells(struct tn_html *html, const struct tn_cell *code, const struct tn_cell *name)
{
    struct tn_block label = label_of(html, code, name);
    size_t first = code ? code->first : name->first;
    remove_blocks(html, first, name->end);
    tn_html_pair(html, &label, first);
}

/* th td th td: each th is the label of the td behind it. */
static bool alternates(const struct tn_html *html, const struct tn_cell *cells, size_t count)
{
    bool by_element = true, by_colon = true;
    for (size_t c = 0; c < count; c++) {
        bool names = c % 2 == 0;
        if (names && !may_name(html, &cells[c]))
            return false;
        by_element = by_element && cells[c].heading == names;
        by_colon = by_colon && (!names || ends_with_colon(html, &cells[c]));
    }
    return count >= 4 && count % 2 == 0 && (by_element || by_colon);
}

/* From the last pair to the first, so that the positions before stay true; what stood behind a pair is put aside. */
static void pair_all(struct tn_html *html, const struct tn_cell *cells, size_t count)
{
    struct tn_block *behind = NULL;
    size_t kept = 0;
    for (size_t c = count; c >= 2; c -= 2) {
        pair_cells(html, NULL, &cells[c - 2]);
        size_t first = cells[c - 2].first, here = html->count - first;
        struct tn_block *all = tn_arena_alloc(html->arena, (here + kept + 1) * sizeof *all);
        if (!all)
            return;
        memcpy(all, html->blocks + first, here * sizeof *all);
        if (kept)
            memcpy(all + here, behind, kept * sizeof *all);
        behind = all;
        kept += here;
        html->count = first;
    }
    for (size_t i = 0; i < kept; i++)
        tn_html_add(html, &behind[i]);
}

/* The lines of the cells, which become one block. */
static void keep_lines(struct tn_html *html, struct tn_block *row, const struct tn_cell *cells, size_t count)
{
    size_t total = 0;
    for (size_t c = 0; c < count; c++)
        total += size_of(&cells[c]);
    struct tn_cell_line *lines = tn_arena_alloc(html->arena, (total + 1) * sizeof *lines);
    row->lines = lines;
    for (size_t c = 0; lines && c < count; c++)
        for (size_t i = cells[c].first; i < cells[c].end; i++) {
            const struct tn_block *block = &html->blocks[i];
            lines[row->line_count++] = (struct tn_cell_line){
                .cell = c,
                .label = block->label,
                .text = block->text,
                .link = block->link,
                .parts = block->kind == TN_BLOCK_PAIR ? NULL : block->parts,
                .part_count = block->kind == TN_BLOCK_PAIR ? 0 : block->part_count,
                .emphatic = block->emphatic,
                .line = block->line,
                .offset = block->offset,
            };
        }
}

static void row_block(struct tn_html *html, struct tn_frame *row, const struct tn_cell *cells, size_t count,
                      const struct tn_block *header)
{
    struct tn_str *texts = tn_arena_zero(html->arena, count * sizeof *texts);
    struct tn_block block = {.kind = TN_BLOCK_ROW, .cells = texts, .cell_count = count, .header = header,
                             .blank_before = true, .line = row->line, .offset = row->offset};
    size_t len = 0;
    if (!texts)
        return;
    for (size_t c = 0; c < count; c++) {
        texts[c] = tn_html_lines(html, cells[c].first, cells[c].end);
        len += texts[c].len + 1;
        for (size_t i = cells[c].first; i < cells[c].end; i++) {
            if (block.link.len == 0)
                block.link = html->blocks[i].link;
        }
    }
    char *whole = tn_arena_alloc(html->arena, len + 1);
    size_t at = 0;
    for (size_t c = 0; whole && c < count; c++) {
        for (size_t i = 0; i < texts[c].len; i++)
            whole[at++] = texts[c].s[i] == '\n' ? ' ' : texts[c].s[i];
        whole[at++] = c + 1 < count ? '\t' : '\0';
    }
    block.whole = block.text = tn_str_slice(whole, whole && at ? at - 1 : 0);
    if (cells[0].first < html->count) {
        block.line = html->blocks[cells[0].first].line;
        block.offset = html->blocks[cells[0].first].offset;
    }
    keep_lines(html, &block, cells, count);
    html->box_count = row->first_box;
    html->count = row->first_block;
    html->box_count = row->first_box; /* those of the cells are gone */
    tn_html_add(html, &block);
}

/* The names of columns: a row of th only, or one in thead. */
static bool is_header(const struct tn_frame *table, const struct tn_cell *cells, size_t count)
{
    bool all = true;
    for (size_t c = 0; c < count; c++)
        all = all && cells[c].heading;
    return table && count >= 2 && !table->header && (all || table->in_head);
}

static void name_columns(struct tn_html *html, struct tn_frame *row, struct tn_frame *table, const struct tn_cell *cells,
                         size_t count)
{
    row_block(html, row, cells, count, NULL);
    struct tn_block *copy = html->count > row->first_block ? tn_arena_alloc(html->arena, sizeof *copy) : NULL;
    if (!copy)
        return;
    *copy = html->blocks[html->count - 1];
    copy->header = html->blocks[html->count - 1].header = copy;
    table->header = copy;
}

/* A cell alone in its row that is a th names what stands in the rows below. */
static void make_heading(struct tn_html *html, const struct tn_cell *cell)
{
    enum { RANK = 6 };
    struct tn_block *block = &html->blocks[cell->first];
    if (!cell->heading || size_of(cell) != 1 || block->kind != TN_BLOCK_PARAGRAPH || block->whole.len > LONGEST_LABEL)
        return;
    block->kind = TN_BLOCK_HEADING;
    block->level = RANK;
}

/* Cells without content: of columns they say something, else they only place others. Returns how many are left. */
static size_t drop_empty(struct tn_cell *cells, size_t count)
{
    size_t kept = 0;
    for (size_t c = 0; c < count; c++)
        if (size_of(&cells[c]))
            cells[kept++] = cells[c];
    return kept;
}

/* `D.2 | Status of the product`: a number and the heading it belongs to. */
static void join_heading(struct tn_html *html, const struct tn_cell *cells)
{
    struct tn_block heading = label_of(html, &cells[0], &cells[1]);
    heading.text = heading.whole;
    html->blocks[cells[0].first] = heading;
    html->count = cells[0].first + 1;
}

/* Rows without columns: pairs of label and value, or what else their cells look like. */
static void end_plain_row(struct tn_html *html, struct tn_frame *row, struct tn_cell *cells, size_t count)
{
    bool code = count >= 2 && may_name(html, &cells[0]) && may_name(html, &cells[1]) &&
                is_code(html->blocks[cells[0].first].whole) && tn_is_alpha(html->blocks[cells[0].first].whole.s[0]);
    if (code && count == 3) {
        pair_cells(html, &cells[0], &cells[1]);
    } else if (code && count == 2) {
        join_heading(html, cells);
    } else if (count == 2 && may_name(html, &cells[0])) {
        pair_cells(html, NULL, &cells[0]);
    } else if (count == 2 && may_name_with_note(html, &cells[0])) {
        pair_cells(html, &cells[0], &cells[0]); /* all of the cell is the label */
    } else if (alternates(html, cells, count)) {
        pair_all(html, cells, count);
    } else {
        count = drop_empty(cells, count);
        if (count >= 2 && is_data(html, cells, count))
            row_block(html, row, cells, count, NULL);
        return;
    }
    html->box_count = row->first_box;
}

void tn_html_end_row(struct tn_html *html, struct tn_frame *row)
{
    struct tn_frame *table = html->table >= 0 ? &html->frames[html->table] : NULL;
    if (table)
        tn_html_carry_down(html, row, table);
    struct tn_cell *cells = html->cells ? html->cells + row->first_cell : NULL;
    size_t count = html->cell_count - row->first_cell;
    const struct tn_block *header = table ? table->header : NULL;
    html->cell_count = row->first_cell;
    if (count == 0 || html->count == row->first_block)
        return;
    bool data = count > 1 && count <= CELLS_MAX && is_data(html, cells, count);
    if (count == 1) {
        make_heading(html, &cells[0]);
    } else if (data && is_header(table, cells, count)) {
        tn_html_carry(html, cells, count, table, true);
        name_columns(html, row, table, cells, count);
    } else if (data && header && header->cell_count == count) {
        tn_html_carry(html, cells, count, table, false);
        row_block(html, row, cells, count, header);
    } else if (count <= CELLS_MAX) {
        end_plain_row(html, row, cells, count);
    }
}
