/* SPDX-License-Identifier: MIT */
/* How a delimited text is written, told by its first rows. */
#include "core/delimited.h"

enum {
    MOST_ROWS = 50,     /* that are looked at */
    LONGEST_NAME = 160, /* bytes of a column's name */
    FEW = 3,            /* columns up to which a text is only delimited when more speaks for it than their number */
    MANY = 8            /* columns from which short rows speak less against it */
};

static const char separators[] = {',', ';', '\t', '|'};

/* What a way of writing makes of the first rows. */
struct trial_run {
    struct tn_delimited form;
    size_t columns;
    size_t behind;      /* offset of what follows the header */
    size_t rows, exact; /* rows, and those with as many cells as columns */
    size_t near;        /* ... with half to twice as many */
};

/* The next cell of a row, blanks and quotation marks around it taken off; *at moves behind its separator. */
static struct tn_str next_cell(struct tn_str row, size_t *at, const struct tn_delimited *form)
{
    size_t end = *at, marks = 0;
    for (; end < row.len && (row.s[end] != form->separator || (form->quoted && marks % 2)); end++)
        marks += row.s[end] == '"';
    struct tn_str cell = tn_str_trim(tn_str_slice(row.s + *at, end - *at));
    *at = end + 1;
    if (form->quoted && cell.len > 1 && cell.s[0] == '"' && cell.s[cell.len - 1] == '"')
        cell = tn_str_trim(tn_str_slice(cell.s + 1, cell.len - 2));
    return cell;
}

static size_t count_if(struct tn_str text, bool (*is)(char c))
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += is(text.s[i]);
    return count;
}

static bool is_digit(char c) { return tn_is_digit(c); }

static bool is_letter(char c) { return tn_is_alpha(c) || (unsigned char)c > 0x7F; }

/* "NCT Number", "Date_enrollement", "Titel" and no sentence, number, address or piece of a page. */
static bool is_name(struct tn_str cell)
{
    if (cell.len == 0 || cell.len > LONGEST_NAME || count_if(cell, is_letter) == 0)
        return false;
    char last = cell.s[cell.len - 1];
    return last != ':' && last != '!' && tn_str_find(cell, TN_LIT(": ")) == TN_NO_OFFSET &&
           tn_str_find(cell, TN_LIT("://")) == TN_NO_OFFSET && !memchr(cell.s, '<', cell.len) &&
           count_if(cell, is_digit) <= cell.len / 2;
}

/* The first column has no name: what software puts before a table to number its rows. */
static bool is_numbered(const struct trial_run *run)
{
    size_t at = 0;
    return next_cell(run->form.header, &at, &run->form).len == 0;
}

/* Most columns have a name. */
static bool is_header(const struct trial_run *run)
{
    size_t names = is_numbered(run);
    for (size_t at = 0; at <= run->form.header.len;)
        names += is_name(next_cell(run->form.header, &at, &run->form));
    return names >= 2 && names * 5 >= run->columns * 4;
}

/* In a table of few columns, one has a digit in each row and none in its name: identifiers, numbers, dates. Lines of
 * labels and values, which look like two columns, have not. */
static bool has_numbers(const struct trial_run *run, struct tn_str text)
{
    bool every[FEW] = {true, true, true};
    struct tn_str row = run->form.header;
    size_t rows = 0;
    for (; rows == 0 || (rows <= run->rows && tn_row_next(&text, &run->form, &row)); rows++) {
        size_t at = 0;
        for (size_t i = 0; i < run->columns; i++) {
            bool digits = count_if(next_cell(row, &at, &run->form), is_digit) > 0;
            every[i] = every[i] && digits == (rows > 0);
        }
    }
    return rows > 1 && (every[0] || (!is_numbered(run) && (every[1] || (every[2] && run->columns > 2))));
}

/* True when these rows are what a table of so many columns has. */
static bool is_table(const struct trial_run *run, struct tn_str text)
{
    if (run->columns < 2 || !is_header(run))
        return false;
    if (run->columns <= FEW)
        return run->rows > 0 && run->exact == run->rows && has_numbers(run, tn_str_from(text, run->behind));
    if (run->near * 5 < run->rows * 4)
        return false;
    return run->exact * 2 >= run->rows || (run->columns >= MANY && run->rows <= 2);
}

static void try_rows(struct trial_run *run, struct tn_str text)
{
    struct tn_str row;
    struct tn_str rest = text;
    run->columns = tn_row_next(&rest, &run->form, &run->form.header) ? tn_row_cells(run->form.header, &run->form, NULL) : 0;
    run->behind = text.len - rest.len;
    while (run->columns > 1 && run->rows < MOST_ROWS && tn_row_next(&rest, &run->form, &row)) {
        size_t open, cells = tn_row_cells(row, &run->form, &open);
        bool cut = rest.len == 0 && row.s + row.len == text.s + text.len;
        if (cut && (cells != run->columns || (run->rows && open != TN_NO_OFFSET)))
            break;
        run->rows++;
        run->exact += cells == run->columns;
        run->near += cells >= (run->columns + 1) / 2 && cells <= 2 * run->columns;
    }
}

/* "NCT Number", and below it nothing but such numbers, each on its line. */
static bool is_list(const struct trial_run *run, struct tn_str text)
{
    enum { LONGEST = 64 };
    size_t rows = 0, at = 0;
    struct tn_str row, rest = tn_str_from(text, run->behind), name = next_cell(run->form.header, &at, &run->form);
    bool good = run->columns == 1 && is_name(name) && count_if(name, is_digit) == 0;
    for (; good && rows < MOST_ROWS && tn_row_next(&rest, &run->form, &row); rows++) {
        at = 0;
        struct tn_str number = next_cell(row, &at, &run->form);
        good = at > row.len && number.len <= LONGEST && count_if(number, is_digit) > 0 && count_if(number, tn_is_space) == 0;
    }
    return good && rows > 0;
}

/* More rows that fit; of equals the one of more columns, and the one with quotation marks, which was tried first. */
static bool is_better(const struct trial_run *run, bool table, const struct trial_run *best, bool best_table)
{
    if (table != best_table)
        return table;
    size_t fits = run->exact * (best->rows ? best->rows : 1), best_fits = best->exact * (run->rows ? run->rows : 1);
    if (table && run->form.separator == best->form.separator && fits != best_fits)
        return fits > best_fits;
    return run->columns > best->columns;
}

/* "sep=;" */
static char stated_separator(struct tn_str *text)
{
    struct tn_str rest = *text, line;
    if (!tn_str_starts_fold(rest, TN_LIT("sep=")) || !tn_str_next_line(&rest, &line) || tn_row_trim(line).len != 5)
        return '\0';
    *text = rest;
    return line.s[4];
}

bool tn_delimited_tell(struct tn_str head, struct tn_delimited *form, size_t *behind)
{
    struct tn_str text = head;
    char stated = stated_separator(&text);
    bool has_lines = memchr(text.s ? text.s : "", '\n', text.len) != NULL;
    struct trial_run best = {.form = {.separator = ',', .line_end = '\n', .quoted = true}};
    bool table = false;
    try_rows(&best, text);
    for (size_t i = 0; i < 2 * sizeof separators; i++) {
        char separator = stated ? stated : separators[i / 2];
        struct trial_run run = {
            .form = {.separator = separator, .line_end = has_lines ? '\n' : '\r', .quoted = i % 2 == 0}};
        try_rows(&run, text);
        bool is = is_table(&run, text);
        if (i == 0 || is_better(&run, is, &best, table)) {
            best = run;
            table = is;
        }
    }
    if (!table) {
        struct trial_run list = {.form = {.separator = ',', .line_end = best.form.line_end, .quoted = true}};
        try_rows(&list, text);
        table = is_list(&list, text);
        best = table ? list : best;
    }
    *form = best.form;
    if (behind)
        *behind = head.len - text.len + best.behind;
    return table;
}
