/* SPDX-License-Identifier: MIT */
/* Of several records of one trial the newest: all of them are laid down in a temporary file, and an index of them in a
 * temporary database, so that memory stays the same however many there are. Neither has a name that anybody sees. */
#ifndef TN_BATCH_UNIQUE_H
#define TN_BATCH_UNIQUE_H

#include "core/str.h"
#include "trialnorm/trial.h"

struct tn_unique;

/* How new a record is, in a form that sorts by bytes: the trial's own last update, posted or submitted. Records that do not
 * state it come before all others; among them counts the page's last update, the export's date or when the page was
 * fetched. A month comes before its days. */
enum { TN_STAMP_LEN = 12 };
void tn_unique_stamp(const tn_trial *trial, char stamp[TN_STAMP_LEN]);

/* `folder` (NULL: /tmp) takes the temporary file. NULL with *error: TN_NO_MEMORY, also when the file or
 * the database has no room (TN_IO is said of inputs and the output). */
struct tn_unique *tn_unique_new(const char *folder, struct tn_error *error);
void tn_unique_free(struct tn_unique *unique);

/* Lays down the bytes of one record. False with *error. */
bool tn_unique_add(struct tn_unique *unique, struct tn_str record_key, const char stamp[TN_STAMP_LEN], struct tn_str bytes,
                   struct tn_error *error);

/* Gives the newest record of each key, in the order in which they were added; of those that are as new as each other the
 * one that was added last. `take` is given at most `most` of them; *kept counts all. False with *error, `take`'s or
 * TN_NO_MEMORY. */
bool tn_unique_each(struct tn_unique *unique, size_t most,
                    bool (*take)(void *context, struct tn_str bytes, struct tn_error *error), void *context, size_t *kept,
                    struct tn_error *error);

/* The newest record of that key, borrowed until the next call; {NULL, 0} where there is none. False with *error. Nothing may be
 * added any more. */
bool tn_unique_find(struct tn_unique *unique, struct tn_str record_key, struct tn_str *bytes, struct tn_error *error);

#endif
