/* SPDX-License-Identifier: MIT */
/* A dataset file that is written: by one run at a time, as one transaction. */
#ifndef TN_DATASET_STORE_H
#define TN_DATASET_STORE_H

#include "dataset/dataset.h"

/* Opens a dataset for one run, alone: `path.lock` is held until it is closed. A new one is made beside its place. NULL with
 * *error: TN_IO, also when another run has it for longer than `wait` seconds; TN_NO_MEMORY. `path` is borrowed. */
struct tn_dataset *tn_store_open(const char *path, unsigned wait, struct tn_error *error);

/* The files that are in the way when the run ends without tn_store_close: at most two, into `paths`, ended by NULL. They live as long as
 * the dataset is open and not committed. */
enum { TN_STORE_PATHS = 3 };
void tn_store_leftovers(const struct tn_dataset *dataset, const char *paths[TN_STORE_PATHS]);

/* Keeps what the run did: it is on the disk and in its place when this returns. False with *error: then the file is as it was. */
bool tn_store_commit(struct tn_dataset *dataset, struct tn_error *error);

/* Closes it; what was not committed is gone. NULL allowed. */
void tn_store_close(struct tn_dataset *dataset);

#endif
