/* SPDX-License-Identifier: MIT */
/* Rows of delimited text as trees: the header is read once, every row becomes a flat object {column: text}, and the rows of
 * a source's map are found by the names of columns. */
#ifndef TN_READERS_COLUMNS_H
#define TN_READERS_COLUMNS_H

#include "readers/tree.h"

/* A header taken apart, and the parser of its rows; a worker keeps one. */
struct tn_columns;
void tn_columns_free(struct tn_columns *columns); /* NULL allowed */

/* The row as an object, without its empty cells; cells behind the last column are called "column 31". Warns of rows that are
 * too short or too long, and of a quotation mark that is never closed. NULL with *error when memory is short. */
const cJSON *tn_columns_tree(struct tn_reading *reading, struct tn_worker *worker, struct tn_error *error);

/* Walks what tn_columns_tree gave last by `map`. A row's path is the name of a column, compared without regard to case,
 * blanks, underscores, hyphens and points; of columns with the same name it is the first. */
void tn_columns_walk(struct tn_reading *reading, struct tn_worker *worker, const struct tn_tree_map *map,
                     const cJSON *tree);

/* The names of the columns of a text that is detected; false when memory is short. */
struct tn_cells;
bool tn_columns_names(const struct tn_peek *peek, struct tn_cells *header);

/* These and the cells of the first rows, into rows[room]; returns how many, the header counted. */
size_t tn_columns_peek(const struct tn_peek *peek, struct tn_cells *rows, size_t room);

/* As tn_tree_detect: the keys of the signature are compared with the header's names in the same way. `first_is_own`: the
 * first key is no other source's column; it makes a claim to any table of which all columns are the source's. */
void tn_columns_detect(const struct tn_tree_source *source, const struct tn_peek *peek, bool first_is_own,
                       struct tn_evidence *evidence);

/* Of JSON, whose records are rows of a table: the names of its members as a header; false where there are none. */
bool tn_columns_json_names(const struct tn_peek *peek, struct tn_cells *header);

/* True when a member has exactly that name, and a value that may be a cell's: in a table that was turned (`{"NCT Number": {"0":
 * ...}}`) it has not. */
bool tn_columns_json_has(const struct tn_peek *peek, const char *name);

/* Such a record with the names that the source's rows have, which are compared as those of columns are, without what is empty. */
const cJSON *tn_columns_of_json(struct tn_reading *reading, const struct tn_tree_source *source, const cJSON *tree);

#endif
