/* SPDX-License-Identifier: MIT */
/* Tables of labels and values that do not look like one: under a row of names ("Item", "Details"), behind the number of
 * a question, criteria in two columns. They become pairs. */
#include "normal/fold.h"
#include "readers/generic_cut.h"

struct making {
    struct tn_page_reading *page;
    const struct tn_block *blocks;
    size_t count;
    struct tn_block *made;
    size_t made_count;
    const struct tn_block *header; /* of the table that is one of labels and values; NULL: none */
    size_t value;                  /* its column of values */
};

/* How a column is called that holds the values of labels. Sorted. */
static bool is_neutral(struct tn_str name)
{
    static const char *const names[] = {"answer", "content", "data", "description", "detail", "details", "english", "entry",
                                        "info", "information", "response", "study details", "trial details", "value", "values"};
    char key[TN_FOLD_MAX];
    return name.len == 0 || tn_fold(name, key) == 0 ||
           tn_fold_find(names, sizeof names / sizeof names[0], sizeof names[0], key) != TN_NO_OFFSET;
}

static bool is_language(struct tn_str name)
{
    static const char *const names[] = {"chinese", "deutsch", "dutch", "english", "espanol", "francais", "french", "german",
                                        "italian", "italiano", "japanese", "korean", "local language", "original", "portuguese",
                                        "spanish"};
    char key[TN_FOLD_MAX];
    return tn_fold(name, key) && tn_fold_find(names, sizeof names / sizeof names[0], sizeof names[0], key) != TN_NO_OFFSET;
}

static bool is_label(struct tn_str text)
{
    const struct tn_label_word *word = tn_generic_find(text, TN_WITHIN_ANY).word;
    return word && word->how != TN_HOW_PART && word->how != TN_HOW_PLACE && word->how != TN_HOW_SITE_CONTACT;
}

/* `1`, `#1`, `1.2`, `Q1`: the number of a question. */
static bool is_code(struct tn_str text)
{
    enum { LONGEST = 6 };
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += tn_is_digit(text.s[i]);
        if (!tn_is_digit(text.s[i]) && text.s[i] != '.' && !(i == 0 && (tn_is_alpha(text.s[i]) || text.s[i] == '#')))
            return false;
    }
    return digits > 0 && text.len <= LONGEST;
}

/* Where the labels of a row stand: 0, or 1 behind a number. */
static size_t label_of(const struct tn_block *row)
{
    return row->cell_count == 3 && is_code(row->cells[0]) ? 1 : 0;
}

static void add(struct making *make, const struct tn_block *from, struct tn_block block)
{
    block.number = from->number;
    if (block.line == 0) {
        block.line = from->line;
        block.offset = from->offset;
    }
    block.blank_before = true;
    make->made[make->made_count++] = block;
}

static size_t lines_of(const struct tn_block *row, size_t cell)
{
    size_t count = 0;
    for (size_t i = 0; i < row->line_count; i++)
        count += row->lines[i].cell == cell && row->lines[i].text.len;
    return count;
}

/* The lines of a cell as blocks. */
static void add_lines(struct making *make, const struct tn_block *row, size_t cell)
{
    for (size_t i = 0; i < row->line_count; i++) {
        const struct tn_cell_line *line = &row->lines[i];
        struct tn_block block = {.kind = TN_BLOCK_PARAGRAPH, .whole = line->text, .text = line->text, .link = line->link,
                                 .emphatic = line->emphatic, .line = line->line, .offset = line->offset};
        if (line->cell != cell || line->text.len == 0)
            continue;
        if (line->label.len)
            block.whole = block.text = tn_str_format(make->page->reading.arena, "%.*s: %.*s", (int)line->label.len, line->label.s,
                                                     (int)line->text.len, line->text.s);
        tn_block_take_item(&block);
        add(make, row, block);
    }
}

static void add_pair(struct making *make, const struct tn_block *row, struct tn_str label, size_t cell)
{
    struct tn_str text = cell < row->cell_count ? row->cells[cell] : TN_LIT("");
    size_t lines = lines_of(row, cell);
    struct tn_block pair = {.kind = TN_BLOCK_PAIR, .label = label, .link = row->link, .text = lines > 1 ? TN_LIT("") : text,
                            .value_blocks = lines > 1 ? lines : 0};
    pair.whole = lines > 1 ? label
                           : tn_str_format(make->page->reading.arena, "%.*s\t%.*s", (int)label.len, label.s ? label.s : "",
                                           (int)text.len, text.s ? text.s : "");
    add(make, row, pair);
    if (lines > 1)
        add_lines(make, row, cell);
}

/* A row of a table of labels and values; further columns are the same in other languages. */
static void add_row(struct making *make, const struct tn_block *row)
{
    size_t name = make->value - 1;
    add_pair(make, row, row->cells[name], make->value);
    for (size_t c = make->value + 1; c < row->cell_count; c++)
        if (row->cells[c].len)
            add_pair(make, row,
                     tn_str_format(make->page->reading.arena, "%.*s (%.*s)", (int)row->cells[name].len,
                                   row->cells[name].s ? row->cells[name].s : "", (int)make->header->cells[c].len,
                                   make->header->cells[c].s ? make->header->cells[c].s : ""),
                     c);
}

/* True when the table under the header at `at` is one of labels and values: most first cells are labels, the columns
 * have names that say nothing. Baseline data ("Age", "Sex" under "Placebo") are none. */
static bool holds_labels(struct making *make, size_t at)
{
    const struct tn_block *header = &make->blocks[at];
    size_t rows = 0, known = 0, coded = 0;
    if (header->cell_count < 2 || header->cell_count > 4)
        return false;
    for (size_t i = at + 1; i < make->count; i++) {
        const struct tn_block *row = &make->blocks[i];
        if (row->kind == TN_BLOCK_PAIR)
            continue; /* a row of which a cell is wide */
        if (row->kind != TN_BLOCK_ROW || row->header != header->header || tn_generic_is_header(row))
            break;
        size_t label = label_of(row);
        rows++;
        coded += label;
        known += label < row->cell_count && is_label(row->cells[label]);
    }
    make->value = coded && coded == rows ? 2 : 1;
    bool neutral = make->value < header->cell_count && is_neutral(header->cells[make->value]);
    for (size_t c = make->value + 1; c < header->cell_count; c++)
        neutral = neutral && is_language(header->cells[c]) && is_language(header->cells[c - 1]);
    return neutral && known >= 2 && known * 2 >= rows;
}

/* `Inclusion criteria | Exclusion criteria` above their lists: how many rows were taken. */
static size_t take_criteria(struct making *make, size_t at)
{
    const struct tn_block *header = &make->blocks[at];
    size_t end = at + 1;
    if (header->cell_count != 2)
        return 0;
    const struct tn_label_word *left = tn_generic_find(header->cells[0], TN_WITHIN_ANY).word;
    const struct tn_label_word *right = tn_generic_find(header->cells[1], TN_WITHIN_ANY).word;
    if (!left || !right || !((left->how == TN_HOW_INCLUSION && right->how == TN_HOW_EXCLUSION) ||
                             (left->how == TN_HOW_EXCLUSION && right->how == TN_HOW_INCLUSION)))
        return 0;
    while (end < make->count && make->blocks[end].kind == TN_BLOCK_ROW && make->blocks[end].header == header->header &&
           make->blocks[end].line_count > 0)
        end++;
    if (end == at + 1)
        return 0;
    for (size_t c = 0; c < 2; c++) {
        size_t pair = make->made_count;
        add(make, header, (struct tn_block){.kind = TN_BLOCK_PAIR, .label = header->cells[c], .whole = header->cells[c]});
        for (size_t i = at + 1; i < end; i++)
            add_lines(make, &make->blocks[i], c);
        make->made[pair].value_blocks = make->made_count - pair - 1;
    }
    return end - at;
}

/* How many blocks from `at` were made into others. */
static size_t take(struct making *make, size_t at)
{
    const struct tn_block *block = &make->blocks[at];
    if (block->kind == TN_BLOCK_PAIR && !is_label(block->label)) { /* "Q1 Sponsor" */
        size_t blank = tn_str_find_char(block->label, ' ');
        if (blank == TN_NO_OFFSET || !is_code(tn_str_slice(block->label.s, blank)) || !is_label(tn_str_from(block->label, blank + 1)))
            return 0;
        make->made[make->made_count] = *block;
        make->made[make->made_count++].label = tn_str_trim(tn_str_from(block->label, blank + 1));
        return 1;
    }
    if (block->kind != TN_BLOCK_ROW)
        return 0;
    if (tn_generic_is_header(block)) {
        make->header = holds_labels(make, at) ? block->header : NULL;
        if (make->header && make->page->fates)
            tn_page_boilerplate(make->page, block);
        return make->header ? 1 : take_criteria(make, at);
    }
    if (block->header && block->header == make->header && make->value < block->cell_count)
        return add_row(make, block), 1;
    if (!block->header && label_of(block) == 1 && is_label(block->cells[1]))
        return add_pair(make, block, block->cells[1], 2), 1;
    return 0;
}

const struct tn_page *tn_generic_tables(struct tn_page_reading *page, const struct tn_page *blocks)
{
    struct making make = {.page = page, .blocks = blocks->blocks, .count = blocks->count};
    struct tn_page *made = tn_arena_alloc(page->reading.arena, sizeof *made);
    size_t room = 1;
    for (size_t i = 0; i < blocks->count; i++)
        room += 1 + blocks->blocks[i].cell_count + blocks->blocks[i].line_count;
    make.made = tn_arena_alloc(page->reading.arena, room * sizeof *make.made);
    if (!made || !make.made)
        return NULL;
    for (size_t i = 0, taken; i < blocks->count; i += taken ? taken : 1) {
        taken = take(&make, i);
        if (taken == 0)
            make.made[make.made_count++] = blocks->blocks[i];
    }
    *made = *blocks;
    made->blocks = make.made;
    made->count = make.made_count;
    return made;
}
