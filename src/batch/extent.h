/* SPDX-License-Identifier: MIT */
/* How many bytes the inputs of a run have, for showing how much of it is done. */
#ifndef TN_BATCH_EXTENT_H
#define TN_BATCH_EXTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tn_extent {
    bool known;
    uint64_t bytes;
};

/* Of standard input, from where it stands: known when it is a regular file. To be asked before it is read. */
struct tn_extent tn_extent_of_stdin(void);

/* Of all inputs, as tn_walk finds them; what `-` has is told. Nothing is opened. Unknown when one of them is no regular
 * file (a pipe), or when looking at all of them takes more than a second: showing how far one is must not take long. What
 * cannot be read counts as nothing. */
struct tn_extent tn_extent_of(const char *const *inputs, size_t count, struct tn_extent of_stdin);

#endif
