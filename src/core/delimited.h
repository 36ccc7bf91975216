/* SPDX-License-Identifier: MIT */
/* Rows of delimited text (CSV, TSV and kin), as far as bytes tell them: where a row ends, how many cells it has, and how
 * a text is written. The cells themselves are libcsv's to read (syntax/delimited.h), and the rules here are its own:
 *  - a cell that begins with a quotation mark, blanks before it or not, is quoted: it ends at a mark behind which, blanks
 *    between or not, comes a separator or the row's end; two marks are one, and a mark with anything else behind it is
 *    text;
 *  - a quotation mark elsewhere is text. */
#ifndef TN_CORE_DELIMITED_H
#define TN_CORE_DELIMITED_H

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

/* Orders names of columns without regard to case, blanks, underscores, hyphens and points; 0: the same name. */
int tn_column_cmp(struct tn_str a, struct tn_str b);

#endif
