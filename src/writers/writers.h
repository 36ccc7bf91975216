/* SPDX-License-Identifier: MIT */
/* The writers one by one; the list of them is tn_writers() of writer.h. */
#ifndef TN_WRITERS_WRITERS_H
#define TN_WRITERS_WRITERS_H

#include "trialnorm/writer.h"

extern const struct tn_writer tn_writer_ndjson;
extern const struct tn_writer tn_writer_json;
extern const struct tn_writer tn_writer_csv;
extern const struct tn_writer tn_writer_tables;

#endif
