/* SPDX-License-Identifier: MIT */
/* How a delimited text is written, told by its first rows. */
#include "core/delimited.h"

enum {
    MOST_ROWS = 50,     /* that are looked at */
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

static size_t count_if(struct tn_str text, bool (*is)(char c))
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += is(text.s[i]);
    return count;
}

static bool is_digit(char c) { return tn_is_digit(c); }

/* The first column has no name: what software puts before a table to number its rows. */
static bool is_numbered(const struct trial_run *run)
{
    size_t at = 0;
    return run->form.row_names || tn_row_cell(run->form.header, &at, &run->form).len == 0;
}

/* Most columns have a name. */
static bool is_header(const struct trial_run *run)
{
    size_t names = is_numbered(run);
    for (size_t at = 0; at <= run->form.header.len;)
        names += tn_is_column_name(tn_row_cell(run->form.header, &at, &run->form));
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
            bool digits = count_if(tn_row_cell(row, &at, &run->form), is_digit) > 0;
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

/* True for a row behind which, or in which, another table begins; *counts: it is a row of this one too. */
static bool is_last(struct tn_str row, const struct tn_delimited *form, const struct tn_header_names *names, bool *counts)
{
    size_t ends;
    *counts = !tn_row_is_header(row, form, names);
    return !*counts || tn_row_header_inside(row, form, names, &ends) != TN_NO_OFFSET;
}

static void count_row(struct trial_run *run, size_t cells)
{
    run->rows++;
    run->exact += cells == run->columns;
    run->near += cells >= (run->columns + 1) / 2 && cells <= 2 * run->columns;
}

/* R's write.table: rows begin with a number for which the header has no cell. */
static bool has_row_names(struct tn_str rest, const struct tn_delimited *form, size_t columns)
{
    enum { ENOUGH = 10 };
    size_t rows = 0, last = 0;
    struct tn_str row;
    for (; rows < ENOUGH && tn_row_next(&rest, form, &row); rows++) {
        size_t at = 0, number = 0, open, cells = tn_row_cells(row, form, &open);
        struct tn_str cell = tn_row_cell(row, &at, form);
        if (rows > 0 && rest.len == 0 && cells != columns + 1)
            break;
        if (cells != columns + 1 || cell.len == 0 || cell.len > 9 || count_if(cell, is_digit) != cell.len)
            return false;
        for (size_t i = 0; i < cell.len; i++)
            number = 10 * number + (size_t)(cell.s[i] - '0');
        if (number <= last)
            return false;
        last = number;
    }
    return rows > 0;
}

static void try_rows(struct trial_run *run, struct tn_str text)
{
    struct tn_header_names names;
    struct tn_str row, rest = text;
    bool last = false, counts;
    run->columns = tn_row_next(&rest, &run->form, &run->form.header) ? tn_row_cells(run->form.header, &run->form, NULL) : 0;
    run->behind = text.len - rest.len;
    if (run->columns > 1) {
        run->form.row_names = has_row_names(rest, &run->form, run->columns);
        run->columns += run->form.row_names;
        tn_header_names(&names, &run->form, rest);
    }
    while (run->columns > 1 && !last && run->rows < MOST_ROWS && tn_row_next(&rest, &run->form, &row)) {
        size_t open, cells = tn_row_cells(row, &run->form, &open);
        bool cut = rest.len == 0 && row.s + row.len == text.s + text.len;
        last = is_last(row, &run->form, &names, &counts);
        if (!counts || (cut && !last && (cells != run->columns || (run->rows && open != TN_NO_OFFSET))))
            break;
        count_row(run, last ? run->columns : cells);
    }
}

/* "NCT Number", and below it nothing but such numbers, each on its line. */
static bool is_list(const struct trial_run *run, struct tn_str text)
{
    enum { LONGEST = 64 };
    size_t rows = 0, at = 0;
    struct tn_str row, rest = tn_str_from(text, run->behind), name = tn_row_cell(run->form.header, &at, &run->form);
    bool good = run->columns == 1 && tn_is_column_name(name) && count_if(name, is_digit) == 0;
    for (; good && rows < MOST_ROWS && tn_row_next(&rest, &run->form, &row); rows++) {
        at = 0;
        struct tn_str number = tn_row_cell(row, &at, &run->form);
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
    enum { LINE = 5 };
    struct tn_str rest = *text, line;
    if (!tn_str_starts_fold(rest, TN_LIT("sep=")) || rest.len <= LINE)
        return '\0';
    if (rest.s[LINE] == '\r' && rest.len > LINE + 1 && rest.s[LINE + 1] != '\n')
        rest = tn_str_from(rest, LINE + 1);
    else if (!tn_str_next_line(&rest, &line) || tn_row_trim(line).len != LINE)
        return '\0';
    char separator = text->s[LINE - 1];
    *text = rest;
    return separator;
}

/* The first row ends with a carriage return that no line feed follows. Those in quoted cells, which a table with such rows
 * may have, end none. */
static bool ends_with_return(struct tn_str text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        quoted ^= text.s[i] == '"';
        if (quoted || (text.s[i] != '\n' && text.s[i] != '\r'))
            continue;
        while (i < text.len && text.s[i] == '\r')
            i++;
        return i == text.len || text.s[i] != '\n';
    }
    return false;
}

/* True: it is a table. */
static bool tell_by(struct tn_str text, char stated, char line_end, struct trial_run *best)
{
    bool table = false;
    for (size_t i = 0; i < 2 * sizeof separators; i++) {
        char separator = stated ? stated : separators[i / 2];
        struct trial_run run = {.form = {.separator = separator, .line_end = line_end, .quoted = i % 2 == 0}};
        try_rows(&run, text);
        bool is = is_table(&run, text);
        if (i == 0 || is_better(&run, is, best, table)) {
            *best = run;
            table = is;
        }
    }
    if (table)
        return true;
    struct trial_run list = {.form = {.separator = ',', .line_end = line_end, .quoted = true}};
    try_rows(&list, text);
    table = is_list(&list, text);
    *best = table ? list : *best;
    return table;
}

/* Title of a table, date of an export: one cell. */
static bool is_title(struct tn_str row)
{
    for (size_t i = 0; i < sizeof separators; i++) {
        const struct tn_delimited form = {.separator = separators[i], .line_end = '\n', .quoted = true};
        size_t filled = 0;
        for (size_t at = 0; at <= row.len;)
            filled += tn_row_cell(row, &at, &form).len > 0;
        if (filled > 1)
            return false;
    }
    return true;
}

/* One column of a table has a digit and no blank in all rows, as identifiers have, and none in its name. */
static bool has_identifiers(const struct trial_run *run, struct tn_str text)
{
    enum { COLUMNS = 64 };
    bool every[COLUMNS];
    struct tn_str row = run->form.header, rest = tn_str_from(text, run->behind);
    size_t rows = 0, columns = run->columns < COLUMNS ? run->columns : COLUMNS;
    memset(every, 1, sizeof every);
    for (; rows == 0 || (rows <= FEW && tn_row_next(&rest, &run->form, &row)); rows++) {
        size_t at = 0;
        if (is_title(row)) /* a note below */
            break;
        for (size_t i = rows ? 0 : run->form.row_names; i < columns && at <= row.len; i++) {
            struct tn_str cell = tn_row_cell(row, &at, &run->form);
            bool digit = count_if(cell, is_digit) > 0 && count_if(cell, tn_is_space) == 0;
            every[i] = every[i] && digit == (rows > 0);
        }
    }
    return rows > 1 && memchr(every, 1, columns) != NULL;
}

/* Its line has more separators of a kind than a table of few columns. */
static bool may_be_header(struct tn_str text, char line_end)
{
    size_t counts[sizeof separators] = {0};
    for (size_t i = 0; i < text.len && text.s[i] != line_end; i++)
        for (size_t k = 0; k < sizeof separators; k++)
            if (text.s[i] == separators[k] && ++counts[k] >= FEW)
                return true;
    return false;
}

/* Behind a line or a few that say what the table is. */
static bool tell_behind_title(struct tn_str *text, char line_end, struct trial_run *best)
{
    enum { TITLES = 5 };
    struct tn_str rest = *text;
    for (size_t lines = 0; lines < TITLES && rest.len; lines++) {
        struct trial_run run;
        const char *end = memchr(rest.s, line_end, rest.len);
        if (!end || !is_title(tn_row_trim(tn_str_slice(rest.s, (size_t)(end - rest.s)))))
            return false;
        rest = tn_str_from(rest, (size_t)(end - rest.s) + 1);
        if (may_be_header(rest, line_end) && tell_by(rest, '\0', line_end, &run) && run.columns > FEW && run.rows > 0 && has_identifiers(&run, rest)) {
            *best = run;
            *text = rest;
            return true;
        }
    }
    return false;
}

bool tn_delimited_tell(struct tn_str head, struct tn_delimited *form, size_t *behind)
{
    struct tn_str text = head;
    char stated = stated_separator(&text);
    struct trial_run best;
    bool has_lines = text.len && memchr(text.s, '\n', text.len);
    bool table = (!has_lines || ends_with_return(text)) && tell_by(text, stated, '\r', &best);
    if (!table)
        table = tell_by(text, stated, has_lines ? '\n' : '\r', &best);
    if (!table && !stated)
        table = tell_behind_title(&text, has_lines && !ends_with_return(text) ? '\n' : '\r', &best);
    *form = best.form;
    if (table)
        tn_delimited_tell_empty(tn_str_from(text, best.behind), form);
    if (behind)
        *behind = head.len - text.len + best.behind;
    return table;
}
