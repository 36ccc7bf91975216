/* SPDX-License-Identifier: MIT */
/* A text page as blocks: every line that is not empty is one. */
#include "syntax/blocks.h"

enum {
    LONGEST_LABEL = 80,  /* bytes of what stands before a TAB */
    LONGEST_NUMBER = 3,  /* digits of a list number: `2024.` is a year */
    INDENT = 2,          /* columns that make one level */
    TAB_COLUMNS = 4
};

/* Blanks that are no ASCII: no-break space, byte-order mark, zero-width space. */
static size_t wide_blank(struct tn_str text)
{
    static const struct tn_str blanks[] = {{"\xC2\xA0", 2}, {"\xEF\xBB\xBF", 3}, {"\xE2\x80\x8B", 3}};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
        if (tn_str_starts(text, blanks[i]))
            return blanks[i].len;
    return 0;
}

static size_t blank_at_start(struct tn_str text)
{
    return text.len && tn_is_space(text.s[0]) ? 1 : wide_blank(text);
}

static size_t blank_at_end(struct tn_str text)
{
    if (text.len && tn_is_space(text.s[text.len - 1]))
        return 1;
    for (size_t len = 2; len <= 3 && len <= text.len; len++)
        if (wide_blank(tn_str_from(text, text.len - len)) == len)
            return len;
    return 0;
}

static struct tn_str trim(struct tn_str text)
{
    size_t blank;
    while ((blank = blank_at_start(text)) > 0)
        text = tn_str_from(text, blank);
    while ((blank = blank_at_end(text)) > 0)
        text.len -= blank;
    return text;
}

/* Cuts the next line off *rest; it ends at \n, \r\n or \r. */
static bool next_line(struct tn_str *rest, struct tn_str *line)
{
    size_t end = 0;
    if (rest->len == 0)
        return false;
    while (end < rest->len && rest->s[end] != '\n' && rest->s[end] != '\r')
        end++;
    *line = tn_str_slice(rest->s, end);
    bool two = end + 1 < rest->len && rest->s[end] == '\r' && rest->s[end + 1] == '\n';
    *rest = tn_str_from(*rest, end + (two ? 2 : 1));
    return true;
}

/* Length of the bullet at the start of `text`, 0 where there is none. */
static size_t bullet(struct tn_str text)
{
    static const struct tn_str signs[] = {{"\xE2\x80\xA2", 3}, {"\xE2\x80\xA3", 3}, {"\xE2\x97\xA6", 3},
                                          {"\xE2\x96\xAA", 3}, {"\xE2\x97\x8F", 3}, {"\xE2\x97\x8B", 3},
                                          {"\xEF\x82\xB7", 3}, {"\xC2\xB7", 2}};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (tn_str_starts(text, signs[i]))
            return signs[i].len;
    size_t len = tn_str_starts(text, TN_LIT("\xE2\x80\x93")) ? 3
                 : text.len && (text.s[0] == '*' || text.s[0] == '-') ? 1
                                                                      : 0;
    return len && blank_at_start(tn_str_from(text, len)) ? len : 0; /* "*p < 0.05" and "-5 °C" are text */
}

/* `1.`, `12)`, `(3)`, `a)`, `(b)` with a blank behind it. */
static size_t number(struct tn_str text)
{
    bool open = text.len && text.s[0] == '(';
    size_t at = open, digits = 0;
    while (at < text.len && tn_is_digit(text.s[at]) && digits <= LONGEST_NUMBER)
        at++, digits++;
    bool letter = digits == 0 && at < text.len && tn_is_lower(text.s[at]);
    at += letter;
    if (digits > LONGEST_NUMBER || digits + letter == 0 || at >= text.len)
        return 0;
    bool closed = text.s[at] == ')' || (text.s[at] == '.' && !open && !letter);
    return closed && blank_at_start(tn_str_from(text, at + 1)) ? at + 1 : 0;
}

/* The marker of a list item; `- •` is one. */
static struct tn_str marker_of(struct tn_str line)
{
    size_t len = bullet(line);
    if (len == 0)
        return tn_str_slice(line.s, number(line));
    struct tn_str behind = trim(tn_str_from(line, len));
    size_t second = bullet(behind);
    return tn_str_slice(line.s, second ? (size_t)(behind.s - line.s) + second : len);
}

void tn_block_take_item(struct tn_block *block)
{
    struct tn_str marker = marker_of(block->whole);
    struct tn_str text = trim(tn_str_from(block->whole, marker.len));
    if (marker.len == 0 || text.len == 0)
        return;
    block->kind = TN_BLOCK_ITEM;
    block->marker = marker;
    block->text = text;
}

static bool take_pair(struct tn_block *block)
{
    size_t tab = tn_str_find_char(block->whole, '\t');
    if (tab == TN_NO_OFFSET || tab > LONGEST_LABEL)
        return false;
    block->kind = TN_BLOCK_PAIR;
    block->label = trim(tn_str_slice(block->whole.s, tab));
    block->text = trim(tn_str_from(block->whole, tab));
    return true;
}

static size_t bars_in(struct tn_str text)
{
    size_t bars = 0;
    for (size_t i = 0; i < text.len; i++)
        bars += text.s[i] == '|';
    return bars;
}

/* `| a | b |`, also one that lost its outer bars. One bar alone (`Clinic | City`) makes no row. */
static bool take_row(struct tn_arena *arena, struct tn_block *block)
{
    struct tn_str rest = block->whole;
    size_t bars = bars_in(rest);
    if (bars < 2 && rest.s[0] != '|')
        return false;
    struct tn_str *cells = tn_arena_alloc(arena, (bars + 1) * sizeof *cells);
    if (!cells)
        return false;
    if (rest.s[0] == '|')
        rest = tn_str_from(rest, 1);
    if (rest.len && rest.s[rest.len - 1] == '|')
        rest.len--;
    block->kind = TN_BLOCK_ROW;
    block->cells = cells;
    for (size_t bar = 0; bar != TN_NO_OFFSET; rest = tn_str_from(rest, bar == TN_NO_OFFSET ? rest.len : bar + 1)) {
        bar = tn_str_find_char(rest, '|');
        cells[block->cell_count++] = trim(tn_str_slice(rest.s, bar == TN_NO_OFFSET ? rest.len : bar));
    }
    return true;
}

static unsigned level_of(struct tn_str line)
{
    unsigned columns = 0;
    for (size_t i = 0; i < line.len && (line.s[i] == ' ' || line.s[i] == '\t'); i++)
        columns += line.s[i] == '\t' ? TAB_COLUMNS : 1;
    return columns / INDENT;
}

static struct tn_block block_of(struct tn_arena *arena, struct tn_str line)
{
    struct tn_block block = {.kind = TN_BLOCK_PARAGRAPH, .whole = trim(line)};
    block.text = block.whole;
    if (block.whole.len)
        tn_block_take_item(&block);
    if (block.whole.len && block.kind == TN_BLOCK_PARAGRAPH && !take_row(arena, &block))
        take_pair(&block);
    if (block.kind == TN_BLOCK_ITEM)
        block.level = level_of(line);
    return block;
}

static size_t count_blocks(struct tn_str text)
{
    struct tn_str line;
    size_t count = 0;
    while (next_line(&text, &line))
        count += trim(line).len > 0;
    return count;
}

const struct tn_page *tn_text_blocks(struct tn_arena *arena, struct tn_str text)
{
    size_t room = count_blocks(text), count = 0;
    if (room > TN_BLOCKS_MAX)
        return NULL;
    struct tn_page *page = tn_arena_zero(arena, sizeof *page);
    struct tn_block *blocks = tn_arena_alloc(arena, (room ? room : 1) * sizeof *blocks);
    if (!page || !blocks)
        return NULL;
    struct tn_str rest = text, line;
    bool blank = true;
    for (unsigned number_of_line = 1; next_line(&rest, &line); number_of_line++) {
        struct tn_block block = block_of(arena, line);
        if (block.whole.len) {
            block.blank_before = blank;
            block.line = number_of_line;
            block.offset = (size_t)(block.whole.s - text.s);
            block.number = count;
            blocks[count++] = block;
        }
        blank = block.whole.len == 0;
    }
    page->blocks = blocks;
    page->count = count;
    return page;
}
