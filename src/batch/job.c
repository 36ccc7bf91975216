/* SPDX-License-Identifier: MIT */
#include "batch/job.h"

#include <string.h>

/* A formatted job is given out before it comes so far, unless one record alone is so large. */
#define MOST_BYTES ((size_t)1 << 31)

enum { TASK_WEIGHT = 1024, ROOM = TN_JOB_ENOUGH + 64 * 1024 };

void tn_job_init(struct tn_job *job)
{
    *job = (struct tn_job){.next = NULL};
    tn_arena_init(&job->arena, SIZE_MAX / 2);
    tn_arena_init(&job->log, SIZE_MAX / 2);
    tn_buf_init(&job->out, MOST_BYTES);
    tn_job_reset(job);
}

void tn_job_release(struct tn_job *job)
{
    tn_arena_release(&job->arena);
    tn_arena_release(&job->log);
    tn_buf_release(&job->out);
}

/* What a few large records took is not kept, so that in the end not every job has it. */
static void empty_buf(struct tn_buf *buf)
{
    if (buf->room > ROOM) {
        tn_buf_release(buf);
        tn_buf_reserve(buf, ROOM);
    }
    tn_buf_reset(buf);
}

void tn_job_unload(struct tn_job *job)
{
    tn_arena_reset_to_first(&job->log);
    empty_buf(&job->out);
    job->events = NULL;
    job->last_event = &job->events;
}

void tn_job_reset(struct tn_job *job)
{
    tn_job_unload(job);
    tn_arena_reset_to_first(&job->arena);
    job->tasks = NULL;
    job->last_task = &job->tasks;
    job->counts = (struct tn_counts){0};
    job->weight = 0;
    job->place = 0;
    job->path = NULL;
    job->member = NULL;
    job->header_place = 0;
    job->header = (struct tn_str){NULL, 0};
}

void tn_job_make_room(struct tn_job *job)
{
    if (job->arena.block)
        return;
    if (tn_arena_alloc(&job->arena, ROOM))
        tn_arena_reset(&job->arena);
    tn_buf_reserve(&job->out, ROOM);
}

/* NULL of NULL, and when memory is short. */
static const char *copy_text(struct tn_arena *arena, const char *text)
{
    size_t size = text ? strlen(text) + 1 : 0;
    char *copy = text ? tn_arena_alloc(arena, size) : NULL;
    return copy ? memcpy(copy, text, size) : NULL;
}

/* All that is read of a member while its document is worked on; its source is not. */
static const struct tn_member *copy_member(struct tn_job *job, const struct tn_member *member)
{
    struct tn_member *copy = tn_arena_zero(&job->arena, sizeof *copy);
    if (!copy)
        return NULL;
    copy->name = copy_text(&job->arena, member->name);
    copy->url = copy_text(&job->arena, member->url);
    copy->fetched = copy_text(&job->arena, member->fetched);
    copy->cut = copy_text(&job->arena, member->cut);
    copy->one_of_many = member->one_of_many;
    copy->archived = member->archived;
    copy->depth = member->depth;
    struct tn_str charset = member->source.charset;
    char *label = charset.len ? tn_arena_alloc(&job->arena, charset.len) : NULL;
    if (label)
        copy->source.charset = tn_str_slice(memcpy(label, charset.s, charset.len), charset.len);
    return copy;
}

static void copy_place(struct tn_job *job, const struct tn_batch *batch)
{
    job->place = batch->place;
    job->path = copy_text(&job->arena, batch->path);
    job->member = batch->member ? copy_member(job, batch->member) : NULL;
}

struct tn_task *tn_job_task(struct tn_job *job, enum tn_task_kind kind, const struct tn_batch *batch)
{
    struct tn_task *task = tn_arena_zero(&job->arena, sizeof *task);
    if (job->place != batch->place)
        copy_place(job, batch);
    if (job->arena.failed)
        return NULL;
    task->kind = kind;
    task->path = job->path;
    task->found = batch->found;
    task->member = job->member;
    *job->last_task = task;
    job->last_task = &task->next;
    job->weight += TASK_WEIGHT;
    return task;
}

struct tn_str tn_job_header(struct tn_job *job, const struct tn_batch *batch, struct tn_str header)
{
    if (!job->header.s || job->header_place != batch->place || !tn_str_eq(job->header, header)) {
        job->header = tn_str_copy(&job->arena, header);
        job->weight += header.len;
    }
    job->header_place = batch->place;
    return job->header;
}

struct tn_event *tn_event_new(struct tn_arena *arena, enum tn_event_kind kind, const char *path, const char *member)
{
    static const size_t sizes[] = {
        [TN_EVENT_PROBLEM] = sizeof(struct tn_error), [TN_EVENT_PASSED] = 2 * sizeof(char *),
        [TN_EVENT_DOCUMENT] = sizeof(struct tn_verdict), [TN_EVENT_TRIAL] = 2 * sizeof(size_t),
        [TN_EVENT_STOP] = sizeof(struct tn_error),
    };
    struct tn_event *event = tn_arena_zero(arena, offsetof(struct tn_event, of) + sizes[kind]);
    if (!event)
        return NULL;
    event->kind = kind;
    event->path = path;
    event->member = copy_text(arena, member);
    return event;
}

struct tn_event *tn_event_problem(struct tn_arena *arena, const struct tn_problem *problem, const char *path)
{
    struct tn_event *event = tn_event_new(arena, TN_EVENT_PROBLEM, path, problem->member);
    if (event) {
        event->of.error = *problem->error;
        event->of.error.field = copy_text(arena, problem->error->field); /* of a warning: the record's */
    }
    return event;
}

struct tn_event *tn_event_passed(struct tn_arena *arena, const struct tn_passed *passed, const char *path)
{
    struct tn_event *event = tn_event_new(arena, TN_EVENT_PASSED, path, passed->member);
    if (event) {
        event->of.passed.url = copy_text(arena, passed->url);
        event->of.passed.why = copy_text(arena, passed->why);
    }
    return event;
}

struct tn_event *tn_event_document(struct tn_arena *arena, const struct tn_document *document, const char *path)
{
    struct tn_event *event = tn_event_new(arena, TN_EVENT_DOCUMENT, path, document->member);
    if (event)
        event->of.verdict = *document->verdict;
    return event;
}

void tn_job_add_event(struct tn_job *job, struct tn_event *event)
{
    event->counts = job->counts;
    *job->last_event = event;
    job->last_event = &event->next;
}

void tn_counts_add(struct tn_counts *counts, const struct tn_counts *more)
{
    size_t *to = (size_t *)(void *)counts;
    const size_t *from = (const size_t *)(const void *)more;
    for (size_t i = 0; i < sizeof *counts / sizeof *to; i++)
        to[i] += from[i];
}
