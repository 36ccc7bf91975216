/* SPDX-License-Identifier: MIT */
/* Rows of delimited text (CSV, TSV and kin), as far as bytes tell them: where a row ends, how many cells it has, and how
 * a text is written. The cells themselves are libcsv's to read (syntax/delimited.h), and the rules here are its own:
 *  - a cell that begins with a quotation mark, blanks before it or not, is quoted: it ends at a mark behind which, blanks
 *    between or not, comes a separator or the row's end; two marks are one, and a mark with anything else behind it is
 *    text;
 *  - a quotation mark elsewhere is text. */
#ifndef TN_CORE_DELIMITED_H
#define TN_CORE_DELIMITED_H

#include <stdint.h>

#include "core/str.h"
#include "trialnorm/reader.h"

/* A search for the end of one row that can stop at any byte. All zero but `open`, which is TN_NO_OFFSET, at its start. */
struct tn_row_scan {
    size_t at;     /* looked at up to here, from the row's first byte */
    size_t open;   /* the quotation mark of the cell that it is in; TN_NO_OFFSET: in none that is quoted */
    size_t blanks; /* behind the mark at `at`, blanks were seen up to here */
    size_t line;   /* there is no line end between `at` and this */
};

/* Goes on in `text`, which begins with the row and is as long as what is known of it; `complete`: nothing comes behind.
 * True: the row ends at text[scan->at], a line end or the end of the text (within a quoted cell where scan->open says
 * so). False: more text is needed, or with `complete` never. */
bool tn_row_end(struct tn_row_scan *scan, struct tn_str text, const struct tn_delimited *form, bool complete);

/* A walk over the cells of a whole row. All zero but `open`, which is TN_NO_OFFSET, at its start. */
struct tn_row_walk {
    size_t next;
    size_t from, end; /* the cell, without blanks before it */
    bool quoted;      /* it is, and row[from] and row[close] are its marks */
    bool simple;      /* ... with no others between */
    size_t close;
    size_t open;      /* the mark that is never closed, as below */
};

/* The next cell; false when there is none left. */
bool tn_row_walk(struct tn_row_walk *walk, struct tn_str row, const struct tn_delimited *form);

/* How many cells a whole row has. *open (may be NULL) gets the place of the quotation mark that is never closed, which
 * counts as text with all behind it; TN_NO_OFFSET: there is none. */
size_t tn_row_cells(struct tn_str row, const struct tn_delimited *form, size_t *open);

/* A row without the line end's carriage return. */
struct tn_str tn_row_trim(struct tn_str row);

/* The last row of all, without the NUL bytes or the Ctrl-Z that a file may be filled up with. */
struct tn_str tn_row_before_filling(struct tn_str row);

/* True for a row in which nothing stands: blanks, separators and such filling. */
bool tn_row_blank(struct tn_str row, const struct tn_delimited *form);

/* Takes the first row off *text; false when nothing is left. Blank ones are passed over. */
bool tn_row_next(struct tn_str *text, const struct tn_delimited *form, struct tn_str *row);

/* Tells by the beginning of a text (64 KiB, or all of it) whether it is delimited: a row of names, and rows with as many
 * cells; or a name, and below it such numbers as identifiers are. *form is filled with the likeliest way of writing in either case (form->header is a slice of `head`), *behind (may be NULL)
 * with the offset of what comes behind the header. A first line `sep=;` says what separates, and is no row. */
bool tn_delimited_tell(struct tn_str head, struct tn_delimited *form, size_t *behind);

/* Fills form->empty by the rows behind the header. `NA`, `N/A` and `None` are empty cells where they stand in columns of dates and
 * numbers (two of these, or four columns of which one is such); `NA` without quotation marks also where all texts have them, or
 * where the first column has no name and numbers the rows. */
void tn_delimited_tell_empty(struct tn_str behind, struct tn_delimited *form);

/* True for a cell (without its marks) in which nothing stands, by this table's words too; `nan`, `NaT`, `<NA>`, `#N/A`, `NULL` and
 * `\N` mean nothing in any. */
bool tn_cell_empty(struct tn_str cell, bool quoted, const struct tn_delimited *form);

/* The next cell of a row, blanks and quotation marks around it taken off; *at moves behind its separator. */
struct tn_str tn_row_cell(struct tn_str row, size_t *at, const struct tn_delimited *form);

/* "NCT Number", "Date_enrollement", "Titel" and no sentence, number, address or piece of a page. */
bool tn_is_column_name(struct tn_str cell);

enum { TN_HEADER_NAMES = 256 };

/* What tells another header in the text below a header: files that were put one behind the other. */
struct tn_header_names {
    size_t columns;
    size_t count; /* of names; 0: there are too many, and only the same header is known again */
    struct tn_header_name {
        uint64_t hash;
        size_t column;
    } names[TN_HEADER_NAMES];
    uint64_t numbers; /* bit i: of the first rows, column i (of 64) has a digit in each, and its name has none */
};

/* Of the header of `form`, and the rows behind it. */
void tn_header_names(struct tn_header_names *names, const struct tn_delimited *form, struct tn_str behind);

/* How many bytes a byte-order mark before a row has: 3 or 0. */
size_t tn_row_mark(struct tn_str row);

/* True when a row, a byte-order mark before it or not, is no data but names of columns, in whatever order and however they are separated: those of the header,
 * or enough of them among others. */
bool tn_row_is_header(struct tn_str row, const struct tn_delimited *form, const struct tn_header_names *names);

/* Where in a row such a header begins, because what stands before it has lost its end: the line end of the file's last row
 * ("...,2024-05-01NCT Number,Title"), or the mark that closes a quoted cell. *ends gets where what stands before it ends, which a
 * byte-order mark may keep apart. TN_NO_OFFSET: there is none, as in all rows but a few. */
size_t tn_row_header_inside(struct tn_str row, const struct tn_delimited *form, const struct tn_header_names *names, size_t *ends);

/* True for a line that can only be a row: it has a cell for each column, none is open, and where the first rows had digits it
 * has too; or its first cell looks like that of the row `other`, a number. */
bool tn_row_is_row(struct tn_str line, struct tn_str other, const struct tn_delimited *form, const struct tn_header_names *names);

/* Orders names of columns without regard to case, blanks, underscores, hyphens and points; 0: the same name. */
int tn_column_cmp(struct tn_str a, struct tn_str b);

/* A number that is the same for names that tn_column_cmp takes for the same. */
uint64_t tn_column_hash(struct tn_str name);

#endif
