/* SPDX-License-Identifier: MIT */
/* Where a run writes to: standard output, a file, or a directory of files.
 *
 * A file is written beside its place, under a name of its own, and renamed into place by tn_output_commit, so that
 * nobody ever sees half of it and an older one survives a run that failed. What is no regular file (/dev/null, a pipe)
 * is written as it is. */
#ifndef TN_BATCH_OUTPUT_H
#define TN_BATCH_OUTPUT_H

#include "trialnorm/writer.h"

struct tn_output;

/* An output to `path` (borrowed; NULL or "-": standard output); with `parts` the path is a directory, made when it is
 * not there. Nothing is opened yet. NULL when memory is short. */
struct tn_output *tn_output_new(const char *path, bool parts);

/* Closes everything and removes what was not committed. NULL allowed. */
void tn_output_free(struct tn_output *output);

/* The sink that a writer writes to; it lives as long as the output. */
const struct tn_sink *tn_output_sink(struct tn_output *output);

/* What to call it in messages: the path, or "standard output". */
const char *tn_output_name(const struct tn_output *output);

/* True when the file at `path` is what this output replaces or writes to: an input must not be that. Knows the parts
 * that are open. */
bool tn_output_is(const struct tn_output *output, const char *path);

/* True once the reader of a pipe went away: a write failed, and there is nobody to tell. */
bool tn_output_closed(const struct tn_output *output);

/* Puts the files into place, in the order in which they were opened (trials.csv last). False with *error; then the
 * rest is removed by tn_output_free. */
bool tn_output_commit(struct tn_output *output, struct tn_error *error);

/* True once that is done: what came is there, and a signal that comes too late ends nothing. May be asked by a signal
 * handler. */
bool tn_output_in_place(const struct tn_output *output);

/* Removes the temporary files and nothing else; may be called by a signal handler, at any moment. */
void tn_output_abandon(const struct tn_output *output);

#endif
