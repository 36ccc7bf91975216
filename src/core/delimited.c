/* SPDX-License-Identifier: MIT */
#include "core/delimited.h"

static bool is_blank(char c, const struct tn_delimited *form)
{
    return (c == ' ' || c == '\t') && c != form->separator;
}

/* Index of the first `c` at or behind `from`, or the text's length. */
static size_t find(struct tn_str text, size_t from, char c)
{
    const char *found = from < text.len ? memchr(text.s + from, c, text.len - from) : NULL;
    return found ? (size_t)(found - text.s) : text.len;
}

/* True when a quotation mark at `quote` is the first thing in its cell. */
static bool begins_cell(struct tn_str text, size_t quote, const struct tn_delimited *form)
{
    while (quote > 0 && is_blank(text.s[quote - 1], form))
        quote--;
    return quote == 0 || text.s[quote - 1] == form->separator;
}

/* True when at `at` a cell may end: a separator, a line end, a carriage return before it, or the end of all. */
static bool ends_cell(struct tn_str text, size_t at, const struct tn_delimited *form)
{
    if (at >= text.len || text.s[at] == form->separator || text.s[at] == form->line_end)
        return true;
    return text.s[at] == '\r' && (at + 1 == text.len || text.s[at + 1] == form->line_end);
}

/* Looks for the end of the quoted cell. False: more is needed. */
static bool close_cell(struct tn_row_scan *scan, struct tn_str text, const struct tn_delimited *form, bool complete)
{
    size_t quote = find(text, scan->at, '"');
    size_t behind = scan->blanks > quote ? scan->blanks : quote + 1;
    scan->at = quote;
    if (quote == text.len)
        return complete;
    while (behind < text.len && is_blank(text.s[behind], form))
        behind++;
    scan->blanks = behind;
    /* A carriage return may have its line end behind what is known. */
    if (!complete && (behind == text.len || (text.s[behind] == '\r' && behind + 1 == text.len)))
        return false;
    scan->blanks = 0;
    scan->at = behind;
    if (ends_cell(text, behind, form))
        scan->open = TN_NO_OFFSET;
    else if (text.s[behind] == '"' && behind == quote + 1)
        scan->at = behind + 1;
    return true;
}

bool tn_row_end(struct tn_row_scan *scan, struct tn_str text, const struct tn_delimited *form, bool complete)
{
    for (;;) {
        if (scan->open != TN_NO_OFFSET) {
            if (!close_cell(scan, text, form, complete))
                return false;
            if (scan->at >= text.len && scan->open != TN_NO_OFFSET)
                return complete;
            continue;
        }
        size_t line = find(text, scan->line > scan->at ? scan->line : scan->at, form->line_end);
        size_t quote = form->quoted ? find(tn_str_slice(text.s, line), scan->at, '"') : line;
        scan->line = line;
        if (quote == line) {
            scan->at = line;
            return line < text.len || complete;
        }
        if (begins_cell(text, quote, form))
            scan->open = quote;
        scan->at = quote + 1;
    }
}

/* Behind the closing mark and the blanks after it of the quoted cell whose mark is at walk->from; there where none closes it. */
static size_t close_quoted(struct tn_row_walk *walk, struct tn_str row, const struct tn_delimited *form)
{
    struct tn_row_scan scan = {.at = walk->from + 1, .open = walk->from};
    size_t quotes = 0;
    for (; scan.open != TN_NO_OFFSET && scan.at < row.len; quotes++) {
        walk->close = find(row, scan.at, '"');
        close_cell(&scan, row, form, true);
    }
    walk->quoted = scan.open == TN_NO_OFFSET;
    walk->simple = quotes == 1;
    if (!walk->quoted)
        walk->open = walk->from;
    return walk->quoted ? scan.at : walk->from;
}

bool tn_row_walk(struct tn_row_walk *walk, struct tn_str row, const struct tn_delimited *form)
{
    size_t at = walk->next;
    if (at > row.len)
        return false;
    while (at < row.len && is_blank(row.s[at], form))
        at++;
    walk->from = at;
    walk->quoted = false;
    if (form->quoted && walk->open == TN_NO_OFFSET && at < row.len && row.s[at] == '"')
        at = close_quoted(walk, row, form);
    walk->end = find(row, at, form->separator);
    walk->next = walk->end + 1;
    return true;
}

size_t tn_row_cells(struct tn_str row, const struct tn_delimited *form, size_t *open)
{
    struct tn_row_walk walk = {.open = TN_NO_OFFSET};
    size_t cells = 0;
    while (tn_row_walk(&walk, row, form))
        cells++;
    if (open)
        *open = walk.open;
    return cells;
}

struct tn_str tn_row_trim(struct tn_str row)
{
    if (row.len && row.s[row.len - 1] == '\r')
        row.len--;
    return row;
}

/* What may be filled up with behind the end: NUL bytes, and the mark of the end that DOS put there. */
static bool is_filling(char c)
{
    return c == '\0' || c == '\x1A';
}

struct tn_str tn_row_before_filling(struct tn_str row)
{
    while (row.len && is_filling(row.s[row.len - 1]))
        row.len--;
    return row;
}

bool tn_row_blank(struct tn_str row, const struct tn_delimited *form)
{
    for (size_t i = 0; i < row.len; i++)
        if (!tn_is_space(row.s[i]) && row.s[i] != form->separator && !is_filling(row.s[i]))
            return false;
    return true;
}

bool tn_row_next(struct tn_str *text, const struct tn_delimited *form, struct tn_str *row)
{
    while (text->len) {
        struct tn_row_scan scan = {.open = TN_NO_OFFSET};
        tn_row_end(&scan, *text, form, true);
        *row = tn_row_trim(tn_str_slice(text->s, scan.at));
        *text = tn_str_from(*text, scan.at + 1);
        if (!tn_row_blank(*row, form))
            return true;
    }
    return false;
}

static bool counts(char c)
{
    return c != ' ' && c != '_' && c != '-' && c != '.' && c != '\t' && c != '\n' && c != '\r';
}

int tn_column_cmp(struct tn_str a, struct tn_str b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.len && !counts(a.s[i]))
            i++;
        while (k < b.len && !counts(b.s[k]))
            k++;
        if (i == a.len || k == b.len)
            return (i < a.len) - (k < b.len);
        int order = (unsigned char)tn_lower(a.s[i++]) - (unsigned char)tn_lower(b.s[k++]);
        if (order)
            return order;
    }
}

uint64_t tn_column_hash(struct tn_str name)
{
    uint64_t hash = 0xCBF29CE484222325; /* FNV-1a */
    for (size_t i = 0; i < name.len; i++)
        if (counts(name.s[i]))
            hash = (hash ^ (unsigned char)tn_lower(name.s[i])) * 0x100000001B3;
    return hash;
}
