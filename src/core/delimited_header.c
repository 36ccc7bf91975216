/* SPDX-License-Identifier: MIT */
/* Headers: what names of columns look like, and where there are some among rows. */
#include "core/delimited.h"

#include <stdlib.h>

enum {
    LONGEST_NAME = 160, /* bytes of a column's name */
    FIRST_ROWS = 10,    /* that say where numbers stand */
    LONGEST_HEADER = 16 * 1024, /* bytes of one that is looked for inside of a row */
    MOST_LOOKS = 128,   /* at places in a row where a header might begin */
    MARK = 3            /* bytes of a byte-order mark */
};

static const char separators[] = {',', ';', '\t', '|'};

struct tn_str tn_row_cell(struct tn_str row, size_t *at, const struct tn_delimited *form)
{
    size_t end = *at, marks = 0;
    for (; end < row.len && (row.s[end] != form->separator || (form->quoted && marks % 2)); end++)
        marks += row.s[end] == '"';
    struct tn_str cell = tn_str_from(row, *at);
    cell.len = end - *at;
    cell = tn_str_trim(cell);
    *at = end + 1;
    if (form->quoted && cell.len > 1 && cell.s[0] == '"' && cell.s[cell.len - 1] == '"')
        cell = tn_str_trim(tn_str_slice(cell.s + 1, cell.len - 2));
    return cell;
}

static bool is_separator(char c)
{
    return c == ',' || c == ';' || c == '\t' || c == '|';
}

static bool is_mark(struct tn_str text, size_t at)
{
    return tn_str_starts(tn_str_from(text, at), TN_LIT("\xEF\xBB\xBF"));
}

static bool has_digit(struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (tn_is_digit(text.s[i]))
            return true;
    return false;
}

bool tn_is_column_name(struct tn_str cell)
{
    size_t letters = 0, digits = 0;
    if (cell.len == 0 || cell.len > LONGEST_NAME)
        return false;
    for (size_t i = 0; i < cell.len; i++) {
        letters += tn_is_alpha(cell.s[i]) || (unsigned char)cell.s[i] > 0x7F;
        digits += tn_is_digit(cell.s[i]);
    }
    char last = cell.s[cell.len - 1];
    return letters > 0 && digits <= cell.len / 2 && last != ':' && last != '!' && tn_str_find(cell, TN_LIT(": ")) == TN_NO_OFFSET &&
           tn_str_find(cell, TN_LIT("://")) == TN_NO_OFFSET && !memchr(cell.s, '<', cell.len);
}

/* Names. */

static int by_hash(const void *a, const void *b)
{
    uint64_t left = ((const struct tn_header_name *)a)->hash, right = ((const struct tn_header_name *)b)->hash;
    return (left > right) - (left < right);
}

static const struct tn_header_name *find_name(const struct tn_header_names *names, struct tn_str name)
{
    const struct tn_header_name key = {tn_column_hash(name), 0};
    if (name.len == 0 || name.len > LONGEST_NAME)
        return NULL;
    return bsearch(&key, names->names, names->count, sizeof key, by_hash);
}

/* Bit i: cell i has a digit. */
static uint64_t digits_of(struct tn_str row, const struct tn_delimited *form)
{
    uint64_t digits = 0;
    size_t at = 0;
    for (unsigned i = 0; i < 64 && at <= row.len; i++)
        digits |= (uint64_t)has_digit(tn_row_cell(row, &at, form)) << i;
    return digits;
}

/* The columns before the last of a row that may go on with another header. */
static uint64_t before_last(const struct tn_header_names *names)
{
    return names->columns > 64 ? ~(uint64_t)0 : ((uint64_t)1 << (names->columns - 1)) - 1;
}

/* Up to where another header may begin. */
static uint64_t numbers_below(const struct tn_header_names *names, const struct tn_delimited *form, struct tn_str behind)
{
    uint64_t numbers = ~(digits_of(form->header, form) << form->row_names);
    struct tn_str row;
    size_t rows = 0, seen = 0, ends;
    while (seen++ < 2 * FIRST_ROWS && rows < FIRST_ROWS && tn_row_next(&behind, form, &row)) {
        size_t cells = tn_row_cells(row, form, NULL);
        uint64_t digits = digits_of(row, form);
        if (rows == 0 && cells > names->columns)
            return numbers & digits & before_last(names);
        bool cut = behind.len == 0 && rows > 0;
        if (digits == 0 || cut || (cells != names->columns && tn_row_header_inside(row, form, names, &ends) != TN_NO_OFFSET))
            break;
        numbers &= cells == names->columns ? digits : numbers;
        rows += cells == names->columns;
    }
    return rows ? numbers : 0;
}

void tn_header_names(struct tn_header_names *names, const struct tn_delimited *form, struct tn_str behind)
{
    size_t count = 0, at = 0;
    names->columns = tn_row_cells(form->header, form, NULL) + form->row_names;
    names->numbers = 0;
    for (; names->columns <= TN_HEADER_NAMES && count < names->columns && at <= form->header.len; count++)
        names->names[count] = (struct tn_header_name){tn_column_hash(tn_row_cell(form->header, &at, form)), count + form->row_names};
    names->count = count;
    qsort(names->names, count, sizeof names->names[0], by_hash);
    names->numbers = numbers_below(names, form, behind);
}

/* Rows. */

struct tally {
    size_t cells, empty, known;
    bool number; /* a known one is the name of numbers */
    bool digits; /* one that is not known has digits */
    uint64_t seen[TN_HEADER_NAMES];
};

/* A byte-order mark inside. */
static bool is_marked(struct tn_str cell)
{
    return tn_str_find(cell, TN_LIT("\xEF\xBB\xBF")) != TN_NO_OFFSET;
}

/* False: this is no name. */
static bool count_name(struct tally *tally, struct tn_str cell, const struct tn_header_names *names)
{
    if (cell.len == 0)
        return ++tally->empty == 1;
    if (tally->cells == TN_HEADER_NAMES || !tn_is_column_name(cell) || memchr(cell.s, '"', cell.len) || is_marked(cell))
        return false;
    const struct tn_header_name *name = find_name(names, cell);
    tally->known += name != NULL;
    tally->number |= name && name->column < 64 && (names->numbers >> name->column & 1);
    tally->digits |= !name && has_digit(cell);
    tally->seen[tally->cells++] = tn_column_hash(cell);
    return true;
}

static int by_value(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static bool are_distinct(uint64_t *values, size_t count)
{
    qsort(values, count, sizeof *values, by_value);
    for (size_t i = 1; i < count; i++)
        if (values[i] == values[i - 1])
            return false;
    return true;
}

/* A column of numbers has its name in no row but a header. `strict`: the text may be a line of a cell. */
static bool is_header_by(struct tn_str row, char separator, const struct tn_header_names *names, bool strict)
{
    const struct tn_delimited form = {.separator = separator, .quoted = true};
    struct tally tally;
    if (row.len == 0 || !memchr(row.s, separator, row.len < LONGEST_NAME + 4 ? row.len : LONGEST_NAME + 4))
        return false;
    tally.cells = tally.empty = tally.known = 0;
    tally.number = tally.digits = false;
    for (size_t at = 0; at <= row.len;)
        if (!count_name(&tally, tn_row_cell(row, &at, &form), names))
            return false;
    size_t least = tally.cells < names->columns ? tally.cells : names->columns;
    bool enough = (tally.known >= 2 && 2 * tally.known >= least) || (tally.number && !tally.digits);
    bool surely = enough && tally.cells > 2 && (tally.known > 2 || tally.number);
    return tally.cells >= 2 && (strict ? surely : enough) && are_distinct(tally.seen, tally.cells);
}

/* Nearly all rows have a digit in their first cell. */
static bool begins_with_number(struct tn_str row)
{
    for (size_t i = 0; i < row.len && !is_separator(row.s[i]); i++)
        if (tn_is_digit(row.s[i]))
            return true;
    return false;
}

static bool is_header(struct tn_str row, const struct tn_header_names *names, bool strict)
{
    if (names->count == 0 || row.len > LONGEST_HEADER || begins_with_number(row))
        return false;
    for (size_t i = 0; i < sizeof separators; i++)
        if (is_header_by(row, separators[i], names, strict))
            return true;
    return false;
}

size_t tn_row_mark(struct tn_str row)
{
    return is_mark(row, 0) ? MARK : 0;
}

bool tn_row_is_header(struct tn_str row, const struct tn_delimited *form, const struct tn_header_names *names)
{
    row = tn_str_from(row, tn_row_mark(row));
    return tn_str_eq(row, form->header) || is_header(row, names, false);
}

static bool is_whole(struct tn_str line, const struct tn_delimited *form, const struct tn_header_names *names)
{
    size_t open;
    return tn_row_cells(line, form, &open) == names->columns && open == TN_NO_OFFSET &&
           (names->numbers & ~digits_of(line, form)) == 0;
}

/* 'A' for a letter, '9' for a digit, which move *at behind all of the kind; else the byte itself. */
static char next_kind(struct tn_str text, size_t *at)
{
    char c = text.s[(*at)++];
    bool digit = tn_is_digit(c), letter = tn_is_alpha(c);
    while ((digit || letter) && *at < text.len && (digit ? tn_is_digit(text.s[*at]) : tn_is_alpha(text.s[*at])))
        ++*at;
    return digit ? '9' : letter ? 'A' : c;
}

/* "NCT01234567" and "NCT7654", "2019-001-17" and "2020-4-3". */
static bool are_alike(struct tn_str a, struct tn_str b)
{
    size_t i = 0, k = 0;
    while (i < a.len && k < b.len)
        if (next_kind(a, &i) != next_kind(b, &k))
            return false;
    return i == a.len && k == b.len;
}

bool tn_row_is_row(struct tn_str line, struct tn_str other, const struct tn_delimited *form, const struct tn_header_names *names)
{
    size_t at = 0, other_at = 0;
    struct tn_str first = tn_row_cell(line, &at, form), other_first = tn_row_cell(other, &other_at, form);
    return is_whole(line, form, names) || (at < line.len && has_digit(first) && are_alike(first, other_first));
}

/* Headers that are no row's beginning. */

/* A header's last cell is a name, and before it stands another, as in few rows. */
static bool may_end_header(struct tn_str line)
{
    const struct tn_delimited form = {.separator = '\0', .quoted = true};
    size_t start = line.len, at = 0;
    if (start == 0 || is_separator(line.s[start - 1]) || tn_is_digit(line.s[start - 1]))
        return false;
    while (start > 0 && !is_separator(line.s[start - 1])) {
        char c = line.s[--start];
        if (line.len - start > LONGEST_NAME + 2 || c == '<' || (c == ':' && start + 1 < line.len && line.s[start + 1] == '/'))
            return false;
    }
    if (start < 2 || is_separator(line.s[start - 2]) || tn_is_digit(line.s[start - 2]))
        return false;
    return tn_is_column_name(tn_row_cell(tn_str_from(line, start), &at, &form));
}

/* Where the first name that is known begins, which ends the cell in line[from..end). */
static size_t name_in_cell(struct tn_str line, size_t from, size_t end, const struct tn_header_names *names)
{
    size_t start = end - from > LONGEST_NAME ? end - LONGEST_NAME : from;
    while (start < end && !find_name(names, tn_str_slice(line.s + start, end - start)))
        start++;
    return start < end ? start : TN_NO_OFFSET;
}

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/* "2024-05-01Rank", "FranceRank": the name that ends the cell is one that nobody has seen. */
static size_t word_in_cell(struct tn_str line, size_t from, size_t end)
{
    for (size_t i = end; i-- > from + 1;) {
        char before = line.s[i - 1];
        if (is_upper(line.s[i]) && !is_upper(before) && before != ' ' && before != '_' && before != '-' && before != '/')
            return i;
    }
    return from;
}

/* In the cell line[from..end), which another separator may part. */
static size_t glued_in_cell(struct tn_str line, size_t from, size_t end, bool last, const struct tn_header_names *names)
{
    for (size_t begin = from, at = from; at <= end; at++) {
        if (at < end && !is_separator(line.s[at]))
            continue;
        size_t start = name_in_cell(line, begin, at, names);
        if (start == TN_NO_OFFSET && last)
            start = word_in_cell(line, begin, at);
        if (start != TN_NO_OFFSET && (start > from || last) && is_header(tn_str_from(line, start), names, false))
            return start;
        begin = at + 1;
    }
    return TN_NO_OFFSET;
}

/* Where a header begins behind the last cell of a row that has lost its line end: in the last column, or where a row that was
 * cut ends. */
static size_t glued_to_cell(struct tn_str line, const struct tn_delimited *form, const struct tn_header_names *names)
{
    size_t from = 0;
    for (size_t column = 1; column <= names->columns && from < line.len; column++) {
        size_t next = from;
        tn_row_cell(line, &next, form);
        size_t end = next - 1 < line.len ? next - 1 : line.len;
        size_t start = glued_in_cell(line, from, end, column == names->columns, names);
        if (start != TN_NO_OFFSET)
            return start;
        from = next;
    }
    return TN_NO_OFFSET;
}

/* Behind a byte-order mark, or a quotation mark, whether it closes a cell or begins the header. */
static size_t glued_to_mark(struct tn_str line, bool strict, const struct tn_header_names *names, unsigned *looks)
{
    for (size_t i = line.len > LONGEST_HEADER ? line.len - LONGEST_HEADER : 0; i < line.len && *looks < MOST_LOOKS; i++) {
        bool mark = line.s[i] == '"', order = is_mark(line, i);
        *looks += mark || order;
        if (mark && i > 0 && is_header(tn_str_from(line, i), names, strict))
            return i;
        if ((mark || order) && is_header(tn_str_from(line, i + (order ? MARK : 1)), names, strict && !order))
            return i + (order ? MARK : 1);
    }
    return TN_NO_OFFSET;
}

static bool ends_with_header(struct tn_str line, const struct tn_delimited *form, const struct tn_header_names *names)
{
    struct tn_str header = form->header;
    return names->columns > 1 && line.len >= header.len && header.len &&
           memcmp(line.s + line.len - header.len, header.s, header.len) == 0;
}

/* `whole`: the line is a row by itself. */
static size_t header_in_line(struct tn_str line, bool whole, const struct tn_delimited *form, const struct tn_header_names *names,
                             unsigned *looks)
{
    if (++*looks > MOST_LOOKS)
        return TN_NO_OFFSET;
    if (!whole && is_header(line, names, true))
        return 0;
    size_t start = glued_to_mark(line, !whole, names, looks);
    return start == TN_NO_OFFSET && whole ? glued_to_cell(line, form, names) : start;
}

/* Rows that have what a row has hold no header but the same. */
static bool fits(struct tn_str row, const struct tn_delimited *form, const struct tn_header_names *names)
{
    size_t open;
    return tn_row_cells(row, form, &open) == names->columns && open == TN_NO_OFFSET;
}

size_t tn_row_header_inside(struct tn_str row, const struct tn_delimited *form, const struct tn_header_names *names, size_t *ends)
{
    bool broken = false;
    unsigned looks = 0;
    for (size_t from = 0; names->count && from < row.len;) {
        const char *end = memchr(row.s + from, form->line_end, row.len - from);
        size_t next = end ? (size_t)(end - row.s) : row.len, start = TN_NO_OFFSET;
        struct tn_str line = tn_row_trim(tn_str_slice(row.s + from, next - from));
        if (ends_with_header(line, form, names)) {
            start = line.len - form->header.len;
        } else if (may_end_header(line)) {
            if (!broken && fits(row, form, names))
                return TN_NO_OFFSET;
            broken = true;
            start = header_in_line(line, from == 0 && !end, form, names, &looks);
        }
        if (start != TN_NO_OFFSET && from + start > 0) {
            *ends = from + start - (start >= MARK && is_mark(line, start - MARK) ? MARK : 0);
            return from + start;
        }
        from = next + 1;
    }
    return TN_NO_OFFSET;
}
