/* SPDX-License-Identifier: MIT */
/* The inside of the pool (pool.c: threads, the queue and giving out; post.c: filling jobs). */
#ifndef TN_BATCH_POOL_INSIDE_H
#define TN_BATCH_POOL_INSIDE_H

#include <pthread.h>

#include "batch/hand.h"
#include "batch/pool.h"

enum { TN_POOL_SMALL = 256 * 1024 }; /* documents and inputs up to here are not cut by the thread that reads */

struct tn_pool {
    struct tn_batch *batch; /* of the thread that reads, */
    struct tn_batch outer;  /* and what it was before */
    struct tn_visitor posting;
    struct tn_counts posted; /* by the thread that reads, since the last task */
    struct tn_counts given;  /* of all jobs that were given out */

    unsigned threads; /* wanted, the first one among them */
    unsigned started;
    pthread_t *ids;
    struct tn_hand *hands; /* the first is that of the thread that reads; made when it is needed */

    struct tn_job *jobs;
    size_t job_count;
    struct tn_job *filling;
    struct tn_job *first, **last; /* all that are submitted and not given out, in the order of the input */
    size_t weight;                /* of those */

    pthread_mutex_t lock;
    pthread_cond_t work;  /* there is a job in the queue, or the end */
    pthread_cond_t moved; /* a job is done, or partly done, or was unloaded */
    bool ended;
    atomic_bool stop;

    tn_source_read_fn *read; /* of a source that is read patiently */
    char *small; /* TN_POOL_SMALL bytes, to see whether something is small */
};

/* The job that is filled: another one when it has enough. NULL when the run was stopped. */
struct tn_job *tn_pool_filling(struct tn_pool *pool);

/* Does something of what is under way, or waits for it a moment. False when nothing is. */
bool tn_pool_advance(struct tn_pool *pool);

/* Ends the run. */
void tn_pool_out_of_memory(struct tn_pool *pool);

/* The visitor of the thread that reads while there is a pool: what it is told becomes tasks. */
struct tn_visitor tn_pool_posting(struct tn_pool *pool);

#endif
