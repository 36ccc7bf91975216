/* SPDX-License-Identifier: MIT */
/* Tables that are read together: of AACT (https://aact.ctti-clinicaltrials.org/), a folder or archive of files, one for
 * each table of its database, whose rows name a study by its nct_id.
 *
 * A file is such a table by its name (`conditions.txt`; several have the same columns) and its header (delimited, with a
 * column nct_id). It is not read at once: its rows are laid down (tables_store.h). When the folder ends, each
 * study becomes one record, a JSON object of its columns and an array for each table, in the order of studies.txt; who
 * reads it is the reader `aact`, like any record, on any thread. In a folder the files may come in any order. */
#ifndef TN_BATCH_TABLES_H
#define TN_BATCH_TABLES_H

#include "batch/batch.h"

struct tn_tables;

/* True when a file of that name may be a table: it must be read where the input is walked. Of `member` the name counts,
 * where it is not NULL. */
bool tn_tables_may(const struct tn_batch *batch, const char *path, const struct tn_member *member);

/* True when the document at hand, which begins with `head`, is a table; *verdict says so. */
bool tn_tables_claim(struct tn_batch *batch, struct tn_str head, struct tn_verdict *verdict);

/* True when the document at hand, found in a folder or archive, is a table of the same database that is none of these: its
 * columns are `id|nct_id|...`. Without `surely` any column id or nct_id does: of what nobody claims. */
bool tn_tables_unknown(const struct tn_batch *batch, struct tn_str head, bool surely);

/* Lays its rows down. */
void tn_tables_read(struct tn_batch *batch, struct tn_split *split);

/* The walk comes to another file: if it is not in or below the folder of the tables, their studies are read. */
void tn_tables_leave(struct tn_batch *batch, const char *path, const struct tn_member *member);

/* The input ends: the studies are read, those of an archive alone where `archive` says so. */
void tn_tables_end(struct tn_batch *batch, bool archive);

#endif
