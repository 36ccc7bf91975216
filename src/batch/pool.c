/* SPDX-License-Identifier: MIT */
#include "batch/pool_inside.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_THREADS = 256 };

/* --- Giving out, by the thread that reads. --- */

/* The last of the trials from `event` on that can be put at once. */
static const struct tn_event *last_of_run(const struct tn_pool *pool, const struct tn_event *event)
{
    while (pool->outer.visitor->formatting->runs && event->next && event->next->kind == TN_EVENT_TRIAL)
        event = event->next;
    return event;
}

/* Trials stand one behind the other in the job's bytes. */
static void give_trials(struct tn_pool *pool, const struct tn_job *job, const struct tn_event *first,
                        const struct tn_event *last)
{
    const struct tn_visitor *visitor = pool->outer.visitor;
    struct tn_error error = {.code = TN_CODE_NONE};
    size_t from = first->of.trial.at, to = last->of.trial.at + last->of.trial.len;
    if (!visitor->formatting->put(visitor->context, tn_str_slice(job->out.data + from, to - from), &error))
        tn_batch_stop(pool->batch, &error);
}

/* Gives out an event, or several trials at once; returns the last. */
static const struct tn_event *give_event(struct tn_pool *pool, const struct tn_job *job, const struct tn_event *event)
{
    const struct tn_visitor *visitor = pool->outer.visitor;
    const struct tn_problem problem = {event->path, event->member, &event->of.error};
    const struct tn_passed passed = {event->path, event->member, event->of.passed.url, event->of.passed.why};
    const struct tn_document document = {event->path, event->member, &event->of.verdict};
    const struct tn_event *last = event->kind == TN_EVENT_TRIAL ? last_of_run(pool, event) : event;
    switch (event->kind) {
    case TN_EVENT_PROBLEM: visitor->report(visitor->context, &problem); break;
    case TN_EVENT_PASSED:
        if (visitor->passed)
            visitor->passed(visitor->context, &passed);
        break;
    case TN_EVENT_DOCUMENT:
        if (visitor->document)
            visitor->document(visitor->context, &document);
        break;
    case TN_EVENT_TRIAL: give_trials(pool, job, event, last); break;
    case TN_EVENT_STOP: tn_batch_stop(pool->batch, &event->of.error); break;
    }
    return last;
}

/* The counts of a run that was stopped are those of the event that stopped it: the trial that was the last one wanted is
 * not counted there yet, nor are the records that are read. */
static void count_to(struct tn_pool *pool, const struct tn_event *event)
{
    struct tn_counts *given = &pool->given;
    tn_counts_add(given, &event->counts);
    given->written += event->kind == TN_EVENT_TRIAL && pool->batch->stop.code == TN_CODE_NONE;
    given->records = given->written + given->failed + given->merged + given->left_out;
}

static void give_events(struct tn_pool *pool, struct tn_job *job)
{
    for (const struct tn_event *event = job->events; event && !pool->batch->stopped; event = event->next) {
        event = give_event(pool, job, event);
        if (pool->batch->stopped)
            count_to(pool, event);
    }
    if (pool->batch->stopped)
        atomic_store(&pool->stop, true);
    tn_job_unload(job);
}

/* --- The queue. The lock is held where a function's name says so. --- */

static void set_state(struct tn_pool *pool, struct tn_job *job, enum tn_job_state state)
{
    pthread_mutex_lock(&pool->lock);
    job->state = state;
    pthread_cond_broadcast(&pool->moved);
    pthread_mutex_unlock(&pool->lock);
}

static struct tn_job *take_locked(struct tn_pool *pool)
{
    for (struct tn_job *job = pool->first; job; job = job->next)
        if (job->state == TN_JOB_WAITING) {
            job->state = TN_JOB_WORKING;
            return job;
        }
    return NULL;
}

/* The first job, if there is something of it to be given out. */
static struct tn_job *ready_locked(struct tn_pool *pool)
{
    struct tn_job *job = pool->first;
    return job && (job->state == TN_JOB_DONE || job->state == TN_JOB_PARTLY) ? job : NULL;
}

static void remove_first_locked(struct tn_pool *pool)
{
    struct tn_job *job = pool->first;
    pool->first = job->next;
    if (!pool->first)
        pool->last = &pool->first;
    pool->weight -= job->weight;
    job->used = false;
}

/* Gives out of the first job what there is. */
static void give_out(struct tn_pool *pool, struct tn_job *job)
{
    bool done = job->state == TN_JOB_DONE; /* nobody else changes it from here on */
    give_events(pool, job);
    if (!done) {
        set_state(pool, job, TN_JOB_WORKING);
        return;
    }
    if (!pool->batch->stopped)
        tn_counts_add(&pool->given, &job->counts);
    pthread_mutex_lock(&pool->lock);
    remove_first_locked(pool);
    pthread_mutex_unlock(&pool->lock);
    tn_job_reset(job);
    tn_batch_tell_progress(pool->batch);
}

static struct tn_job *wait_for_ready(struct tn_pool *pool)
{
    struct tn_job *job;
    pthread_mutex_lock(&pool->lock);
    while (!(job = ready_locked(pool)))
        pthread_cond_wait(&pool->moved, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    return job;
}

static void *work(void *data)
{
    struct tn_hand *hand = data;
    struct tn_pool *pool = hand->owner;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        struct tn_job *job = take_locked(pool);
        if (!job && pool->ended)
            break;
        if (!job) {
            pthread_cond_wait(&pool->work, &pool->lock);
            continue;
        }
        pthread_mutex_unlock(&pool->lock);
        tn_hand_do(hand, job);
        pthread_mutex_lock(&pool->lock);
        job->state = TN_JOB_DONE;
        pthread_cond_broadcast(&pool->moved);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Of a worker: waits until it is its job's turn, and what came of it was given out. */
static void unload_worker(struct tn_hand *hand)
{
    struct tn_pool *pool = hand->owner;
    pthread_mutex_lock(&pool->lock);
    hand->job->state = TN_JOB_PARTLY;
    pthread_cond_broadcast(&pool->moved);
    while (hand->job->state == TN_JOB_PARTLY)
        pthread_cond_wait(&pool->moved, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}

/* Of the thread that reads, when it works itself: gives out the jobs before its own, and then this. */
static void unload_first(struct tn_hand *hand)
{
    struct tn_pool *pool = hand->owner;
    while (pool->first != hand->job)
        give_out(pool, wait_for_ready(pool));
    give_events(pool, hand->job);
}

/* Signals are for the first thread. */
static bool start_thread(pthread_t *id, struct tn_hand *hand)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(id, NULL, work, hand) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* Where not all threads can be had, fewer do. */
static void start_threads(struct tn_pool *pool)
{
    while (pool->started < pool->threads) {
        struct tn_hand *hand = &pool->hands[pool->started];
        bool good = tn_hand_init(hand, pool->outer.options, pool->outer.visitor, &pool->stop);
        hand->owner = pool;
        hand->unload = pool->started ? unload_worker : unload_first;
        if (!good || (pool->started && !start_thread(&pool->ids[pool->started], hand))) {
            tn_hand_release(hand);
            pool->threads = pool->started;
            return;
        }
        pool->started++;
    }
}

void tn_pool_out_of_memory(struct tn_pool *pool)
{
    struct tn_error error;
    tn_error_set(&error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    tn_batch_stop(pool->batch, &error);
    atomic_store(&pool->stop, true);
}

/* Works on the next job of the queue; false when there is none. */
static bool work_here(struct tn_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    struct tn_job *job = take_locked(pool);
    pthread_mutex_unlock(&pool->lock);
    if (!job)
        return false;
    tn_hand_do(&pool->hands[0], job);
    set_state(pool, job, TN_JOB_DONE);
    return true;
}

/* Something that brings the first job nearer to its end. */
static void move_on(struct tn_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    struct tn_job *ready = ready_locked(pool);
    pthread_mutex_unlock(&pool->lock);
    if (ready)
        give_out(pool, ready);
    else if (!work_here(pool))
        give_out(pool, wait_for_ready(pool));
}

static struct tn_job *free_job(struct tn_pool *pool)
{
    for (size_t i = 0; i < pool->job_count; i++)
        if (!pool->jobs[i].used)
            return &pool->jobs[i];
    return NULL;
}

static void submit(struct tn_pool *pool)
{
    struct tn_job *job = pool->filling;
    pool->filling = NULL;
    job->next = NULL;
    pthread_mutex_lock(&pool->lock);
    *pool->last = job;
    pool->last = &job->next;
    pool->weight += job->weight;
    job->state = TN_JOB_WAITING;
    pthread_cond_signal(&pool->work);
    struct tn_job *ready = ready_locked(pool);
    pthread_mutex_unlock(&pool->lock);
    if (pool->started < pool->threads)
        start_threads(pool);
    if (!pool->started)
        tn_pool_out_of_memory(pool);
    else if (ready)
        give_out(pool, ready);
}

/* Large records count for as many jobs as they weigh, so that all jobs together take what they always take. */
static bool has_room(const struct tn_pool *pool)
{
    return pool->weight < pool->job_count * (size_t)TN_JOB_ENOUGH;
}

/* Only the first thread takes jobs and makes them free. */
static struct tn_job *take_free(struct tn_pool *pool)
{
    struct tn_job *job = NULL;
    while (!pool->batch->stopped && !job) {
        job = has_room(pool) ? free_job(pool) : NULL;
        if (!job)
            move_on(pool);
    }
    if (pool->batch->stopped)
        return NULL;
    job->used = true;
    tn_job_make_room(job);
    return job;
}

struct tn_job *tn_pool_filling(struct tn_pool *pool)
{
    if (pool->filling && pool->filling->weight >= TN_JOB_ENOUGH)
        submit(pool);
    if (!pool->filling)
        pool->filling = take_free(pool);
    return pool->batch->stopped ? NULL : pool->filling;
}

/* The others need a moment. */
static void wait_a_moment(struct tn_pool *pool)
{
    enum { MOMENT = 2000000 }; /* nanoseconds */
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += MOMENT;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&pool->lock);
    if (!ready_locked(pool))
        pthread_cond_timedwait(&pool->moved, &pool->lock, &until);
    pthread_mutex_unlock(&pool->lock);
}

bool tn_pool_advance(struct tn_pool *pool)
{
    if (pool->filling)
        submit(pool);
    pthread_mutex_lock(&pool->lock);
    struct tn_job *ready = ready_locked(pool);
    pthread_mutex_unlock(&pool->lock);
    if (ready)
        give_out(pool, ready);
    else if (pool->first && !work_here(pool))
        wait_a_moment(pool);
    return pool->first != NULL;
}

/* --- Beginning and end. --- */

static bool make_rooms(struct tn_pool *pool)
{
    pool->job_count = 4 * pool->threads + 8;
    pool->jobs = calloc(pool->job_count, sizeof *pool->jobs);
    pool->ids = calloc(pool->threads, sizeof *pool->ids);
    pool->hands = calloc(pool->threads, sizeof *pool->hands);
    pool->small = malloc(TN_POOL_SMALL);
    for (size_t i = 0; pool->jobs && i < pool->job_count; i++)
        tn_job_init(&pool->jobs[i]);
    return pool->jobs && pool->ids && pool->hands && pool->small;
}

static void free_rooms(struct tn_pool *pool)
{
    for (size_t i = 0; pool->jobs && i < pool->job_count; i++)
        tn_job_release(&pool->jobs[i]);
    free(pool->jobs);
    free(pool->ids);
    free(pool->hands);
    free(pool->small);
    free(pool);
}

struct tn_pool *tn_pool_new(struct tn_batch *batch)
{
    struct tn_pool *pool = calloc(1, sizeof *pool);
    if (!pool)
        return NULL;
    pool->threads = batch->options->threads < MOST_THREADS ? batch->options->threads : MOST_THREADS;
    if (!make_rooms(pool)) {
        free_rooms(pool);
        return NULL;
    }
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->moved, NULL);
    pool->last = &pool->first;
    pool->batch = batch;
    pool->outer = *batch;
    pool->posting = tn_pool_posting(pool);
    batch->visitor = &pool->posting;
    batch->counts = &pool->posted;
    batch->pool = pool;
    return pool;
}

/* A run that has only one job needs no further thread. */
static void finish_jobs(struct tn_pool *pool)
{
    if (pool->filling && !pool->batch->stopped) {
        pool->threads = pool->started ? pool->threads : 1;
        submit(pool);
    }
    if (pool->batch->stopped)
        atomic_store(&pool->stop, true);
    while (pool->first)
        move_on(pool);
}

static void end_threads(struct tn_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->ended = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->started; i++) {
        if (i)
            pthread_join(pool->ids[i], NULL);
        tn_hand_release(&pool->hands[i]);
    }
}

void tn_pool_finish(struct tn_pool *pool)
{
    struct tn_batch *batch = pool->batch;
    finish_jobs(pool);
    end_threads(pool);
    batch->visitor = pool->outer.visitor;
    batch->counts = pool->outer.counts;
    batch->pool = NULL;
    tn_counts_add(batch->counts, &pool->given);
    if (!batch->stopped)
        tn_counts_add(batch->counts, &pool->posted);
    pthread_cond_destroy(&pool->moved);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    free_rooms(pool);
}
