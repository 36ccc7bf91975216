/* SPDX-License-Identifier: MIT */
#include "batch/hand.h"

#include "batch/tables.h"

/* --- A visitor that writes down. --- */

static void out_of_memory(struct tn_hand *hand)
{
    struct tn_error error;
    tn_error_set(&error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    tn_batch_stop(&hand->batch, &error);
}

/* Gives out what there is when it is much. */
static void unload_much(struct tn_hand *hand)
{
    enum { MUCH = 4 * 1024 * 1024 };
    if (hand->job->out.len > MUCH || hand->job->log.total > MUCH)
        hand->unload(hand);
}

static void add(struct tn_hand *hand, struct tn_event *event)
{
    if (!event) {
        out_of_memory(hand);
        return;
    }
    tn_job_add_event(hand->job, event);
    unload_much(hand);
}

static void note_problem(void *context, const struct tn_problem *problem)
{
    struct tn_hand *hand = context;
    add(hand, tn_event_problem(&hand->job->log, problem, problem->path));
}

static void note_passed(void *context, const struct tn_passed *passed)
{
    struct tn_hand *hand = context;
    add(hand, tn_event_passed(&hand->job->log, passed, passed->path));
}

static bool note_document(void *context, const struct tn_document *document)
{
    struct tn_hand *hand = context;
    add(hand, tn_event_document(&hand->job->log, document, document->path));
    return true;
}

static bool note_trial(void *context, const tn_trial *trial, const struct tn_raw *raw, struct tn_error *error)
{
    struct tn_hand *hand = context;
    struct tn_job *job = hand->job;
    size_t at = job->out.len;
    hand->outer->formatting->format(hand->outer->context, hand->format, trial, raw, &job->out);
    struct tn_event *event = tn_event_new(&job->log, TN_EVENT_TRIAL, NULL, NULL);
    if (!event || job->out.failed) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL,
                     event ? "a record is too large to be written" : "out of memory");
        return false;
    }
    event->of.trial.at = at;
    event->of.trial.len = job->out.len - at;
    tn_job_add_event(job, event);
    event->counts.left_out += tn_worker_left_out(hand->batch.worker); /* of this record: counted when it is read */
    event->counts.merged += tn_worker_merged(hand->batch.worker);
    unload_much(hand);
    return true;
}

/* --- Work. --- */

bool tn_hand_init(struct tn_hand *hand, const struct tn_run_options *options, const struct tn_visitor *outer,
                  const atomic_bool *stop)
{
    *hand = (struct tn_hand){.outer = outer, .stop = stop};
    hand->visitor = (struct tn_visitor){.context = hand, .report = note_problem, .document = note_document,
                                        .passed = note_passed, .trial = note_trial};
    hand->batch = (struct tn_batch){.options = options, .visitor = &hand->visitor};
    hand->batch.worker = tn_worker_new(&options->read);
    hand->format = outer->formatting->open(outer->context);
    hand->unpacker = tn_unpacker_new(tn_batch_limit(&hand->batch));
    return hand->batch.worker && hand->format && hand->unpacker;
}

void tn_hand_release(struct tn_hand *hand)
{
    tn_worker_free(hand->batch.worker);
    tn_unpacker_free(hand->unpacker);
    if (hand->format)
        hand->outer->formatting->close(hand->outer->context, hand->format);
}

static bool read_nothing(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    (void)into;
    (void)room;
    *got = 0;
    if (error)
        *error = ((const struct tn_hand *)source->state)->unpacking;
    return false;
}

/* What cannot be unpacked fails where it is read. */
static void unpack(struct tn_hand *hand, const struct tn_task *task, struct tn_source *source)
{
    if (!tn_unpacker_open(hand->unpacker, &task->packed, task->bytes, source, &hand->unpacking))
        *source = (struct tn_source){.read = read_nothing, .state = hand, .fd = -1};
}

static void do_bytes(struct tn_hand *hand, const struct tn_task *task)
{
    struct tn_source source;
    if (task->kind == TN_TASK_PACKED)
        unpack(hand, task, &source);
    else
        tn_source_memory(&source, task->bytes, 0);
    if (task->in_order)
        source.read_at = NULL;
    if (task->member)
        source.charset = task->member->source.charset;
    if (task->kind == TN_TASK_INPUT)
        tn_batch_input(&hand->batch, &source);
    else if (task->kind == TN_TASK_DOCUMENT)
        tn_batch_document(&hand->batch, &source);
    else
        tn_batch_inside(&hand->batch, &source, task->member);
    tn_tables_end(&hand->batch, false);
}

static void do_task(struct tn_hand *hand, const struct tn_task *task)
{
    tn_counts_add(&hand->job->counts, &task->before);
    tn_batch_at(&hand->batch, task->path, task->member);
    hand->batch.found = task->found;
    switch (task->kind) {
    case TN_TASK_EVENT: add(hand, task->event); break;
    case TN_TASK_RECORD: tn_batch_record(&hand->batch, task->reader, &task->raw); break;
    case TN_TASK_PAGE: tn_batch_page(&hand->batch, &task->raw); break;
    case TN_TASK_DOCUMENT:
    case TN_TASK_INPUT:
    case TN_TASK_INSIDE:
    case TN_TASK_PACKED: do_bytes(hand, task); break;
    }
}

void tn_hand_do(struct tn_hand *hand, struct tn_job *job)
{
    hand->job = job;
    hand->batch.counts = &job->counts;
    for (const struct tn_task *task = job->tasks; task && !hand->batch.stopped && !atomic_load(hand->stop);
         task = task->next)
        do_task(hand, task);
    if (!hand->batch.stopped)
        return;
    struct tn_event *event = tn_event_new(&job->log, TN_EVENT_STOP, NULL, NULL);
    if (event) {
        event->of.error = hand->batch.stop;
        tn_job_add_event(job, event);
    }
}
