/* SPDX-License-Identifier: MIT */
/* How a source record is called where a list names it: `ctgov-v2 downloads/studies.json#17`,
 * `page www.example.org crawl.zip:trials/a.html`. */
#ifndef TN_DATASET_SOURCE_H
#define TN_DATASET_SOURCE_H

#include <sqlite3.h>
#include <stdint.h>

#include "core/buf.h"

/* A record as the table `record` has it, and its file as `input` has it. */
struct tn_source_record {
    struct tn_str reader, site, file, member; /* {NULL, 0}: none */
    int64_t index;                            /* -1: none */
};

/* What five columns of a query from `column` on say: reader, site, path of the input, member and number. Borrowed until the next step. */
struct tn_source_record tn_source_columns(sqlite3_stmt *row, int column);

/* Appends its name: reader, site of a page, file, member of an archive, and its number where the file holds others before it. */
void tn_source_name(struct tn_buf *out, const struct tn_source_record *record);

#endif
