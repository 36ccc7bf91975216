/* SPDX-License-Identifier: MIT */
/* Record paths of text: by which lines a block begins.
 *
 *     ^Summary^EudraCT Number:|Trial Status:=EudraCT Number:
 *
 * `^` and the lines that a block begins with, one or two, one under the other but for blank lines. Each has several
 * spellings, apart by `|`: the whole line, or, with a colon at the end, how the line begins. `=` and a label: neighbouring
 * blocks with the same value behind the first such label in them are one record; without it every block is one. */
#ifndef TN_CORE_LINE_PATH_H
#define TN_CORE_LINE_PATH_H

#include "core/str.h"

enum { TN_LINE_FIRST, TN_LINE_SECOND, TN_LINE_KEY, TN_LINE_PARTS };

/* The parts of a path; one that it does not have is empty. Borrowed from the path. */
struct tn_line_path {
    struct tn_str parts[TN_LINE_PARTS];
};

/* False of a path that does not begin with `^`. */
bool tn_line_path_read(struct tn_str text, struct tn_line_path *path);

/* A line without blanks around it is one of the spellings. */
bool tn_line_is(struct tn_str line, struct tn_str spellings);

/* Index in text[from..len) of the line end, \n or \r; `len`: there is none. */
size_t tn_line_end(const char *text, size_t from, size_t len);

/* Where the first block of `text` from `from` on begins; the text's length: none does. *behind is behind the lines that say so,
 * *path the number of the path, -1 for none. `paths` are ended by NULL; those of other syntaxes are passed over. */
size_t tn_line_block(struct tn_str text, const char *const *paths, size_t from, size_t *behind, int *path);

#endif
