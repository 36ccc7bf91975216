/* SPDX-License-Identifier: MIT */
/* Words for an empty cell. `NA` is R's, and also a phase that is not applicable, or Namibia: the whole table says which. */
#include "core/delimited.h"

enum {
    MOST_ROWS = 500,   /* that are looked at */
    MOST_COLUMNS = 64,
    WORDS = 3,
    NA = 0,
    TWO_COLUMNS = 2,   /* of dates and numbers in which the word stands, */
    FOUR_COLUMNS = 4   /* or so many of which one is of dates or numbers */
};

static const struct tn_str words[WORDS] = {{"NA", 2}, {"N/A", 3}, {"None", 4}};

struct column {
    size_t bare[WORDS], quoted[WORDS];
    size_t others, numbers; /* other cells that are not empty, and those with a number of two digits at least */
    bool named;             /* its name is one of dates or numbers */
};

struct table {
    struct column columns[MOST_COLUMNS];
    size_t bare, quoted; /* texts that are no numbers, without quotation marks and with them */
    size_t numbered;     /* rows whose first cell is a whole number */
    size_t rows;
};

/* What no registry writes but software does: pandas, Excel, SQL. */
static bool is_always_empty(struct tn_str cell)
{
    static const struct tn_str always[] = {{"nan", 3},  {"NaN", 3},  {"NaT", 3}, {"<NA>", 4},
                                           {"#N/A", 4}, {"NULL", 4}, {"null", 4}, {"\\N", 2}};
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        if (tn_str_eq(cell, always[i]))
            return true;
    return false;
}

static size_t word_of(struct tn_str cell)
{
    size_t i = 0;
    while (i < WORDS && !tn_str_eq(cell, words[i]))
        i++;
    return i;
}

bool tn_cell_empty(struct tn_str cell, bool quoted, const struct tn_delimited *form)
{
    enum { LONGEST = 4 };
    cell = tn_str_trim(cell);
    if (cell.len == 0 || cell.len > LONGEST)
        return cell.len == 0;
    size_t word = word_of(cell);
    unsigned empty = quoted ? form->empty_quoted : form->empty;
    return word < WORDS ? (empty >> word & 1) != 0 : is_always_empty(cell);
}

/* "2020-01-02", "18 Years", "April 5, 2020", and not "Phase 2". */
static bool has_number(struct tn_str cell)
{
    for (size_t i = 1; i < cell.len; i++)
        if (tn_is_digit(cell.s[i]) && tn_is_digit(cell.s[i - 1]))
            return true;
    return false;
}

/* What software that puts texts in quotation marks writes without: numbers, dates, TRUE. */
static bool is_bare_by_kind(struct tn_str cell)
{
    if (tn_str_eq(cell, TN_LIT("TRUE")) || tn_str_eq(cell, TN_LIT("FALSE")) || word_of(cell) == NA || is_always_empty(cell))
        return true;
    for (size_t i = 0; i < cell.len; i++)
        if (!tn_is_digit(cell.s[i]) && !memchr(".-+:/ TZeE", cell.s[i], 10))
            return false;
    return true;
}

static bool is_whole(struct tn_str cell)
{
    size_t i = 0;
    while (i < cell.len && tn_is_digit(cell.s[i]))
        i++;
    return cell.len > 0 && i == cell.len;
}

static bool names_numbers(struct tn_str name)
{
    static const char *const parts[] = {"date", "posted", "enrol", "size", "url", "mail", "phone"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (tn_str_find_fold(name, tn_str_of(parts[i])) != TN_NO_OFFSET)
            return true;
    return false;
}

static void count_cell(struct table *table, struct column *column, struct tn_str cell, bool quoted)
{
    size_t word = word_of(cell);
    if (cell.len == 0 || is_always_empty(cell))
        return;
    if (quoted)
        table->quoted += !is_bare_by_kind(cell);
    else
        table->bare += !is_bare_by_kind(cell);
    if (word < WORDS) {
        column->bare[word] += !quoted;
        column->quoted[word] += quoted;
    } else {
        column->others++;
        column->numbers += has_number(cell);
    }
}

static struct tn_str text_of(const struct tn_row_walk *walk, struct tn_str row)
{
    return tn_str_trim(walk->quoted ? tn_str_slice(row.s + walk->from + 1, walk->close - walk->from - 1)
                                    : tn_str_slice(row.s + walk->from, walk->end - walk->from));
}

static void count_row(struct table *table, struct tn_str row, const struct tn_delimited *form)
{
    struct tn_row_walk walk = {.open = TN_NO_OFFSET};
    for (size_t i = 0; i < MOST_COLUMNS && tn_row_walk(&walk, row, form); i++) {
        struct tn_str cell = text_of(&walk, row);
        table->numbered += i == 0 && is_whole(cell);
        count_cell(table, &table->columns[i], cell, walk.quoted);
    }
    table->rows++;
}

/* In how many columns the word stands; *numbers: of these, such as dates and numbers have. */
static size_t columns_with(const struct table *table, size_t word, bool quoted, size_t *numbers)
{
    size_t count = 0;
    *numbers = 0;
    for (size_t i = 0; i < MOST_COLUMNS; i++) {
        const struct column *column = &table->columns[i];
        if (column->bare[word] + (quoted ? column->quoted[word] : 0) == 0)
            continue;
        count++;
        *numbers += column->named || (column->others && column->numbers == column->others);
    }
    return count;
}

static void judge(const struct table *table, bool nameless, struct tn_delimited *form)
{
    bool marks = table->quoted > 0 && table->bare == 0; /* all texts are in quotation marks, so what has none is no text */
    for (size_t word = 0; word < WORDS; word++) {
        size_t numbers, columns = columns_with(table, word, false, &numbers);
        bool software = word == NA && columns && (marks || (nameless && table->numbered == table->rows && (columns > 1 || numbers)));
        if (software)
            form->empty |= (unsigned char)(1U << word);
        if (software && marks)
            continue;
        columns = columns_with(table, word, true, &numbers);
        if (numbers >= TWO_COLUMNS || (numbers && columns >= FOUR_COLUMNS)) {
            form->empty |= (unsigned char)(1U << word);
            form->empty_quoted |= (unsigned char)(1U << word);
        }
    }
}

void tn_delimited_tell_empty(struct tn_str behind, struct tn_delimited *form)
{
    struct table table = {.rows = 0};
    struct tn_str row;
    bool nameless = form->row_names;
    size_t at = 0;
    for (size_t i = form->row_names; i < MOST_COLUMNS && at <= form->header.len; i++) {
        struct tn_str name = tn_row_cell(form->header, &at, form);
        table.columns[i].named = names_numbers(name);
        nameless = nameless || (i == 0 && name.len == 0);
    }
    form->empty = form->empty_quoted = 0;
    while (table.rows < MOST_ROWS && tn_row_next(&behind, form, &row))
        count_row(&table, row, form);
    judge(&table, nameless, form);
}
