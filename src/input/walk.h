/* SPDX-License-Identifier: MIT */
/* The inputs of a run, one file after the other, always in the same order. */
#ifndef TN_INPUT_WALK_H
#define TN_INPUT_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "trialnorm/error.h"

/* One file to read (`-` is standard input) when error is NULL; otherwise `path` is what cannot be read, and why
 * (TN_IO), or what is passed over, and why (severity TN_OK). `found`: it is not one of the inputs itself, but was found in
 * one. The path is borrowed until the call returns. False ends the walk. */
typedef bool tn_visit_fn(void *data, const char *path, bool found, const struct tn_error *error);

/* Calls `visit` for every file of `inputs`, in the order given; no input at all is standard input.
 *  - A file named on the command line is visited whatever it is called and of whatever kind it is (opening it says what
 *    is wrong with it).
 *  - A directory is walked with everything below it: names in byte order, hidden names and what is no regular file
 *    skipped. Symbolic links are followed, but never into a directory that the path already goes through.
 *  - The folder `X_files` beside a page `X.html` (companion.h) is passed over, and said to be.
 *  - What is missing, a dangling link, a directory that cannot be listed or that is nested deeper than 128 is given to
 *    `visit` as an error, and the walk goes on.
 * Keeps the names of one directory for every level of depth, nothing else, and no open descriptor while visiting.
 * Returns false when `visit` did. */
bool tn_walk(const char *const *inputs, size_t count, tn_visit_fn *visit, void *data);

#endif
