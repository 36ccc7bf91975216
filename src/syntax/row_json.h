/* SPDX-License-Identifier: MIT */
/* A row of delimited text as a JSON object, for rows that are laid down before they are read. */
#ifndef TN_SYNTAX_ROW_JSON_H
#define TN_SYNTAX_ROW_JSON_H

#include "core/buf.h"
#include "syntax/delimited.h"

/* Appends `{"column":"cell",...}`: cells in which nothing stands are left out, one behind the last column is `column 31`. */
void tn_row_json(struct tn_buf *out, const struct tn_cells *header, const struct tn_cells *row);

/* Appends the text as a JSON string. */
void tn_row_json_string(struct tn_buf *out, struct tn_str text);

#endif
