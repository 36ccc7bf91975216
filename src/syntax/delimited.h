/* SPDX-License-Identifier: MIT */
/* One row of delimited text into its cells, by libcsv. */
#ifndef TN_SYNTAX_DELIMITED_H
#define TN_SYNTAX_DELIMITED_H

#include <csv.h>

#include "core/arena.h"
#include "core/str.h"
#include "trialnorm/reader.h"

/* The cells of a row, empty where it says so by a word (tn_cell_empty): without their quotation marks, and blanks around them taken off where they are not quoted. */
struct tn_cells {
    struct tn_str *cells; /* in the arena, each with a NUL behind it */
    size_t count;
    bool open; /* a quotation mark is never closed: it is text, as is all behind it but the separators, */
    bool cut;  /* ... or else, where that gives not the right number of cells or the row goes over its line, the last cell goes from it to
                  the row's end, and has lost its own */
};

/* A parser, for as many rows as come. */
bool tn_cell_parser_init(struct csv_parser *parser);
void tn_cell_parser_release(struct csv_parser *parser);

/* False when memory is short. `row` has no line end behind it, and `columns` cells as a rule (0: who knows). */
bool tn_delimited_cells(struct csv_parser *parser, struct tn_arena *arena, struct tn_str row,
                        const struct tn_delimited *form, size_t columns, struct tn_cells *cells);

#endif
