/* SPDX-License-Identifier: MIT */
/* Forms: pages whose every label stands in a cell of its own. Their rows hold one label or several, with or without a
 * value (`Applicant | Jiao Zhang | Study leader | cheng ying`); copied as text the cells are apart by tabs. */
#include "readers/page_spelling.h"

enum { CELLS_MAX = 2 * TN_FORM_PAIRS, LONGEST_CODE = 16, LONGEST_LABEL = 300 /* bytes; the longest of the registers' have 200 */ };

#define WIDE_COLON "\xEF\xBC\x9A"

struct cells {
    struct tn_str all[CELLS_MAX];
    size_t count; /* more than CELLS_MAX: too many to be a form's */
    bool pair;    /* a label and its value: only a label behind another language's is one in the second */
};

static void cut_cells(struct tn_str line, struct cells *cells)
{
    for (size_t tab = 0; tab != TN_NO_OFFSET;) {
        tab = tn_str_find_char(line, '\t');
        struct tn_str cell = tn_str_trim(tn_str_slice(line.s, tab == TN_NO_OFFSET ? line.len : tab));
        line = tn_str_from(line, tab == TN_NO_OFFSET ? line.len : tab + 1);
        if (cell.len && cells->count < CELLS_MAX)
            cells->all[cells->count] = cell;
        cells->count += cell.len > 0;
    }
}

static void take_cells(const struct tn_block *block, struct cells *cells)
{
    cells->count = 0;
    cells->pair = false;
    if (block->kind != TN_BLOCK_ROW && tn_str_find_char(block->whole, '\t') != TN_NO_OFFSET) {
        cut_cells(block->whole, cells);
    } else if (block->kind == TN_BLOCK_ROW) {
        cells->count = block->cell_count;
        for (size_t i = 0; i < block->cell_count && i < CELLS_MAX; i++)
            cells->all[i] = block->cells[i];
    } else if (block->kind == TN_BLOCK_PAIR) {
        cells->pair = true;
        cells->all[cells->count++] = block->label;
        cells->all[cells->count++] = block->text;
    } else {
        cells->all[cells->count++] = block->whole;
    }
}

/* The place behind the last colon inside, be it a wide one; 0: there is none. */
static size_t behind_colon(struct tn_str text)
{
    bool none = tn_str_find_char(text, ':') == TN_NO_OFFSET && tn_str_find_char(text, WIDE_COLON[0]) == TN_NO_OFFSET;
    for (size_t at = none ? 0 : text.len; at-- > 0;) {
        struct tn_str rest = tn_str_from(text, at);
        if (rest.s[0] == ':')
            return at + 1;
        if (rest.s[0] == WIDE_COLON[0] && tn_str_starts(rest, TN_LIT(WIDE_COLON)))
            return at + sizeof WIDE_COLON - 1;
    }
    return 0;
}

/* A label may be broken into lines. */
static struct tn_str on_one_line(struct tn_arena *arena, struct tn_str cell)
{
    struct tn_str copy = tn_str_find_char(cell, '\n') == TN_NO_OFFSET ? cell : tn_str_copy(arena, cell);
    char *out = copy.s == cell.s ? NULL : (char *)copy.s;
    for (size_t i = 0; out && i < copy.len; i++)
        out[i] = out[i] == '\n' ? ' ' : out[i];
    return copy;
}

/* The label that a cell holds, also the second of two languages; empty: none. */
static struct tn_str label_of(struct tn_arena *arena, const struct tn_spellings *spellings, struct tn_str cell)
{
    if (cell.len > LONGEST_LABEL)
        return (struct tn_str){NULL, 0};
    struct tn_str label = on_one_line(arena, tn_page_without_colon(cell));
    if (tn_page_is_spelling(spellings, label))
        return label;
    size_t at = behind_colon(label);
    struct tn_str second = tn_str_trim(tn_str_from(label, at));
    return at && tn_page_is_spelling(spellings, second) ? second : (struct tn_str){NULL, 0};
}

/* `A.3.1`, `N.`, `B.3.1 and B.3.2`: every word but `and` and `to` is a capital with a point behind it. */
static bool is_code(struct tn_str cell)
{
    bool code = cell.len && cell.len <= LONGEST_CODE;
    while (cell.len && code) {
        size_t blank = tn_str_find_char(cell, ' ');
        struct tn_str word = tn_str_slice(cell.s, blank == TN_NO_OFFSET ? cell.len : blank);
        cell = tn_str_trim(tn_str_from(cell, word.len));
        code = (word.len > 1 && tn_is_upper(word.s[0]) && word.s[1] == '.') || tn_str_eq(word, TN_LIT("and")) ||
               tn_str_eq(word, TN_LIT("to"));
    }
    return code;
}

static struct tn_str joined(struct tn_arena *arena, struct tn_str a, struct tn_str b)
{
    return tn_str_format(arena, "%.*s %.*s", (int)a.len, a.s, (int)b.len, b.s);
}

/* `A.3 Full title of the trial (es)`: a label that no row has, so that its value is kept by its own name. */
static bool is_translation(const struct tn_spellings *spellings, struct tn_str label)
{
    enum { SUFFIX = 5 };
    return label.len > SUFFIX && label.s[label.len - 1] == ')' && label.s[label.len - SUFFIX] == ' ' &&
           label.s[label.len - SUFFIX + 1] == '(' &&
           tn_page_is_spelling(spellings, tn_str_slice(label.s, label.len - SUFFIX));
}

/* `D.IMP: 1` is a label as a whole. */
static bool ends_with_number(struct tn_str line)
{
    size_t len = line.len;
    while (len && tn_is_digit(line.s[len - 1]))
        len--;
    return len < line.len && len >= 2 && line.s[len - 1] == ' ' && line.s[len - 2] == ':';
}

/* The place of the next colon or question mark from `at` on; the text's length: there is none. */
static size_t next_colon(struct tn_str text, size_t at)
{
    while (at < text.len && text.s[at] != ':' && text.s[at] != '?')
        at++;
    return at;
}

/* `label: value` or `Is it a label? Yes`; false where nothing of the kind stands behind a label. */
static bool cut_at_colon(const struct tn_spellings *spellings, struct tn_str line, struct tn_block *pair)
{
    enum { LONGEST = 300 };
    struct tn_str head = tn_str_slice(line.s, line.len < LONGEST ? line.len : LONGEST);
    for (size_t at = next_colon(head, 0); at < head.len; at = next_colon(head, at + 1)) {
        if (at + 1 < line.len && !tn_is_space(line.s[at + 1]))
            continue;
        struct tn_str label = tn_str_trim(tn_str_slice(line.s, at + (line.s[at] == '?')));
        if (!tn_page_is_spelling(spellings, label) && !is_translation(spellings, label))
            continue;
        pair->label = label;
        pair->text = tn_str_trim(tn_str_from(line, at + 1));
        return true;
    }
    return false;
}

static struct tn_block *add_pair(const struct tn_block *block, struct tn_block *out, size_t count, struct tn_str label)
{
    struct tn_block *pair = &out[count];
    *pair = *block;
    pair->kind = TN_BLOCK_PAIR;
    pair->whole = pair->label = label;
    pair->marker = pair->text = (struct tn_str){NULL, 0};
    pair->cells = NULL;
    pair->cell_count = 0;
    return pair;
}

/* Labels and what stands behind each. Cells before the first label belong to none: then it is no row of a form. */
static size_t pair_cells(struct tn_arena *arena, const struct tn_spellings *spellings, const struct tn_block *block,
                         const struct cells *cells, struct tn_block *out)
{
    size_t count = 0;
    for (size_t i = 0; i < cells->count && count < TN_FORM_PAIRS; i++) {
        struct tn_str cell = cells->all[i], label = {NULL, 0};
        bool coded = i + 1 < cells->count && is_code(cell);
        if (coded)
            label = label_of(arena, spellings, joined(arena, cell, tn_page_without_colon(cells->all[i + 1])));
        coded = label.len > 0;
        if (!coded)
            label = label_of(arena, spellings, cell);
        if (label.len && (count == 0 || coded || !cells->pair || label.len < cell.len)) {
            add_pair(block, out, count++, label);
            i += coded;
        } else if (count && cell.len) {
            struct tn_block *pair = &out[count - 1];
            pair->text = pair->text.len ? joined(arena, pair->text, cell) : cell;
        } else if (cell.len) {
            return 0;
        }
    }
    return count;
}

/* A table whose columns have labels for names: its rows are no rows of the form. */
static bool has_columns(const struct tn_spellings *spellings, const struct tn_block *block)
{
    size_t named = 0;
    if (block->kind != TN_BLOCK_ROW || !block->header)
        return false;
    for (size_t c = 0; c < block->header->cell_count; c++)
        named += tn_page_is_spelling(spellings, tn_page_without_colon(block->header->cells[c]));
    return named && tn_page_is_spelling(spellings, tn_page_without_colon(block->header->cells[0]));
}

size_t tn_page_form_block(struct tn_arena *arena, const struct tn_spellings *spellings, const struct tn_block *block,
                          struct tn_block *out)
{
    struct cells cells;
    if (!spellings->site->form)
        return 0;
    take_cells(block, &cells);
    if (has_columns(spellings, block) || cells.count == 0 || cells.count > CELLS_MAX)
        return 0;
    if (spellings->site->colons && block->kind != TN_BLOCK_ROW && !cells.pair && cells.count <= 2) {
        struct tn_str line = cells.count == 2 ? joined(arena, cells.all[0], cells.all[1]) : block->whole;
        struct tn_block *pair = add_pair(block, out, 0, line);
        bool numbered = ends_with_number(line) && tn_page_is_numbered(spellings, line);
        if (!numbered && cut_at_colon(spellings, line, pair)) {
            pair->whole = pair->label;
            return 1;
        }
    }
    return pair_cells(arena, spellings, block, &cells, out);
}

static size_t room_of(const struct tn_page *page)
{
    size_t room = 1;
    for (size_t i = 0; i < page->count; i++) {
        const struct tn_block *block = &page->blocks[i];
        size_t cells = block->kind == TN_BLOCK_ROW ? block->cell_count : 2;
        for (size_t k = 0; block->kind != TN_BLOCK_ROW && k < block->whole.len; k++)
            cells += block->whole.s[k] == '\t';
        room += cells < TN_FORM_PAIRS ? cells + 1 : TN_FORM_PAIRS;
    }
    return room;
}

const struct tn_page *tn_page_form(struct tn_arena *arena, const struct tn_spellings *spellings,
                                   const struct tn_page *page)
{
    if (!spellings->site->form)
        return page;
    struct tn_page *form = tn_arena_alloc(arena, sizeof *form);
    struct tn_block *blocks = tn_arena_alloc(arena, room_of(page) * sizeof *blocks);
    struct tn_block pairs[TN_FORM_PAIRS];
    if (!form || !blocks)
        return NULL;
    *form = *page;
    form->blocks = blocks;
    form->count = 0;
    form->boxes = NULL; /* they count the blocks of the page itself */
    form->box_count = 0;
    for (size_t i = 0; i < page->count; i++) {
        size_t count = tn_page_form_block(arena, spellings, &page->blocks[i], pairs);
        if (count == 0)
            blocks[form->count++] = page->blocks[i];
        for (size_t k = 0; k < count; k++)
            blocks[form->count++] = pairs[k];
    }
    return form;
}
