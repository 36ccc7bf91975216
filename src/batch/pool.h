/* SPDX-License-Identifier: MIT */
/* Several threads for one run.
 *
 * The thread that runs reads the input and cuts it into jobs (job.h) of about a hundred kilobytes. Further threads take
 * them from a queue; when it is full, the first thread works on a job itself. So there are as many busy threads as were
 * asked for. What came of a job is given out by the first thread, job by job, in the order of the input: reports and
 * trials are the same for any number of threads. The number of jobs and of bytes that are under way is bounded, so that
 * an output that is slow stops the reading, and memory does not depend on the size of the input. */
#ifndef TN_BATCH_POOL_H
#define TN_BATCH_POOL_H

#include "batch/batch.h"

/* A pool for the batch of the thread that reads, whose visitor and counts are replaced by the pool's until
 * tn_pool_finish. No thread is started before there is a second job. NULL when memory is short. */
struct tn_pool *tn_pool_new(struct tn_batch *batch);

/* Waits for all work and gives out what came of it, unless the batch was stopped; frees the pool, and gives the batch
 * its visitor and its counts again. */
void tn_pool_finish(struct tn_pool *pool);

/* Things to do, at the place where the batch is. They are copied. */
void tn_pool_record(struct tn_pool *pool, const struct tn_reader *reader, const struct tn_raw *raw);
void tn_pool_page(struct tn_pool *pool, const struct tn_raw *raw);

/* What was read of a source to see whether it is small. */
struct tn_prefix;
void tn_prefix_free(struct tn_prefix *prefix); /* NULL allowed */

/* Takes a whole document, a whole file of an archive, or a whole input, when it is so small that it is not worth being
 * cut here. True when that was done. Of the first two, *source is otherwise a source that gives what was read, and then
 * the rest; *prefix is what it stands on. */
bool tn_pool_document(struct tn_pool *pool, struct tn_source **source, struct tn_prefix **prefix);
bool tn_pool_inside(struct tn_pool *pool, struct tn_source **source, struct tn_prefix **prefix);
bool tn_pool_input(struct tn_pool *pool, struct tn_source *source);

/* A source that is read only from front to end (a pipe): when it has nothing to read at the moment, what was read is
 * worked on and given out before it is waited for; and it ends when the run was stopped meanwhile. */
void tn_pool_patient(struct tn_pool *pool, struct tn_source *source);

/* Takes a member that can be had as it stands in its archive; false when it can't. */
bool tn_pool_packed(struct tn_pool *pool, struct tn_members *members, const struct tn_member *member);

#endif
