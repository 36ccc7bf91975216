/* SPDX-License-Identifier: MIT */
/* Rows of CSV (RFC 4180) as `csv` and `tables` write them. */
#ifndef TN_WRITERS_CSV_ROW_H
#define TN_WRITERS_CSV_ROW_H

#include "core/buf.h"
#include "trialnorm/trial.h"

struct tn_csv_row {
    struct tn_buf *out;
    bool excel;      /* see tn_write_options */
    size_t cells;    /* in this row so far */
    size_t start;    /* of the row in `out` */
};

/* Before the first row of a file: the byte-order mark that Excel wants. */
void tn_csv_start(struct tn_csv_row *row, struct tn_buf *out, bool excel);

/* One cell more: in quotes when it needs them, and only then. */
void tn_csv_cell(struct tn_csv_row *row, struct tn_str text);
void tn_csv_count(struct tn_csv_row *row, size_t count);

/* The name of a column: `name`, or `name_member` where member is not NULL. */
void tn_csv_name(struct tn_csv_row *row, const char *name, const char *member);

/* A field that is one value (text, enum, date, int, number, bool); absent: an empty cell. */
void tn_csv_scalar(struct tn_csv_row *row, const struct tn_record *record, int field);

void tn_csv_end_row(struct tn_csv_row *row);

#endif
