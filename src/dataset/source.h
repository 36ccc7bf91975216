/* SPDX-License-Identifier: MIT */
/* How a source record is called where a list names it: `ctgov-v2 downloads/studies.json#17`,
 * `page www.example.org crawl.zip:trials/a.html`. */
#ifndef TN_DATASET_SOURCE_H
#define TN_DATASET_SOURCE_H

#include <stdint.h>

#include "core/buf.h"

/* A record as the table `record` has it, and its file as `input` has it. */
struct tn_source_record {
    struct tn_str reader, site, file, member; /* {NULL, 0}: none */
    int64_t index;                            /* -1: none */
};

/* Appends its name: reader, site of a page, file, member of an archive, and its number where the file holds others before it. */
void tn_source_name(struct tn_buf *out, const struct tn_source_record *record);

#endif
