/* SPDX-License-Identifier: MIT */
/* Tables of cases: one case a line, cells apart by TAB. */
#ifndef TN_TESTS_SUPPORT_TSV_H
#define TN_TESTS_SUPPORT_TSV_H

#include <stddef.h>

#include "core/str.h"

enum { TN_TSV_COLUMNS_MAX = 8 };

/* One case. Cells are unescaped: \t \n \r \\ \0 and \xHH; a cell that is missing at the end of a line is empty.
 * Each cell stands in memory of its own, of exactly its length, so that the address sanitizer sees a read behind it.
 * The cells are gone after the call. */
typedef void tn_tsv_case(const struct tn_str *cells, const char *where, void *data);

/* Calls `each` for every line of fixtures/<path> that is neither empty nor starts with `#`. `where` is "path:line".
 * Fails the running test when the file cannot be read, a line has more than `columns` cells, or there is no case.
 * Returns the number of cases. */
size_t tn_tsv_each(const char *path, size_t columns, tn_tsv_case *each, void *data);

/* Fails the running test unless got is want; says where. */
void tn_tsv_same(const char *where, const char *what, struct tn_str got, struct tn_str want);

/* The warning code that a cell such as `!bad-value` stands for; TN_CODE_NONE where it is no such cell. */
enum tn_code tn_tsv_code(struct tn_str cell);

#endif
