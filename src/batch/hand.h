/* SPDX-License-Identifier: MIT */
/* A hand: what a thread needs to do the tasks of jobs. */
#ifndef TN_BATCH_HAND_H
#define TN_BATCH_HAND_H

#include <stdatomic.h>

#include "batch/job.h"

struct tn_hand {
    struct tn_batch batch; /* its visitor writes events into the job at hand */
    struct tn_visitor visitor;
    const struct tn_visitor *outer; /* whose formatting is used */
    void *format;
    struct tn_unpacker *unpacker;
    struct tn_error unpacking; /* why a member could not be unpacked */
    struct tn_job *job;
    const atomic_bool *stop; /* nobody wants the rest */
    /* Called when much has come of the job: gives out the events so far, and takes them away. */
    void (*unload)(struct tn_hand *hand);
    void *owner; /* for `unload` */
};

/* False when memory is short; tn_hand_release follows in any case. `options` and `outer` are borrowed. */
bool tn_hand_init(struct tn_hand *hand, const struct tn_run_options *options, const struct tn_visitor *outer,
                  const atomic_bool *stop);
void tn_hand_release(struct tn_hand *hand);

/* Does all tasks of a job. */
void tn_hand_do(struct tn_hand *hand, struct tn_job *job);

#endif
