/* SPDX-License-Identifier: MIT */
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/pool_inside.h"

static struct tn_task *add_task(struct tn_pool *pool, struct tn_job *job, enum tn_task_kind kind)
{
    struct tn_task *task = job ? tn_job_task(job, kind, pool->batch) : NULL;
    if (job && !task)
        tn_pool_out_of_memory(pool);
    if (task) {
        task->before = pool->posted;
        pool->posted = (struct tn_counts){0};
    }
    return task;
}

static struct tn_task *new_task(struct tn_pool *pool, enum tn_task_kind kind)
{
    return add_task(pool, tn_pool_filling(pool), kind);
}

static void post(struct tn_pool *pool, struct tn_task *task, struct tn_event *event)
{
    if (task && !event)
        tn_pool_out_of_memory(pool);
    if (task)
        task->event = event;
}

static void post_problem(void *context, const struct tn_problem *problem)
{
    struct tn_pool *pool = context;
    struct tn_task *task = new_task(pool, TN_TASK_EVENT);
    post(pool, task, task ? tn_event_problem(&pool->filling->arena, problem, task->path) : NULL);
}

static void post_passed(void *context, const struct tn_passed *passed)
{
    struct tn_pool *pool = context;
    struct tn_task *task = new_task(pool, TN_TASK_EVENT);
    post(pool, task, task ? tn_event_passed(&pool->filling->arena, passed, task->path) : NULL);
}

static bool post_document(void *context, const struct tn_document *document)
{
    struct tn_pool *pool = context;
    struct tn_task *task = new_task(pool, TN_TASK_EVENT);
    post(pool, task, task ? tn_event_document(&pool->filling->arena, document, task->path) : NULL);
    return true;
}

static bool ask_file(void *context, const char *path, struct tn_error *error)
{
    const struct tn_visitor *visitor = ((struct tn_pool *)context)->outer.visitor;
    return !visitor->file || visitor->file(visitor->context, path, error);
}

/* What the thread that reads has counted itself is of the jobs to come. */
static void pass_progress(void *context, const struct tn_progress *progress)
{
    struct tn_pool *pool = context;
    const struct tn_progress given = {&pool->given, progress->taken};
    pool->outer.visitor->progress(pool->outer.visitor->context, &given);
}

struct tn_visitor tn_pool_posting(struct tn_pool *pool)
{
    return (struct tn_visitor){.context = pool, .report = post_problem, .file = ask_file, .document = post_document,
                               .passed = post_passed,
                               .progress = pool->outer.visitor->progress ? pass_progress : NULL};
}

/* A copy with a NUL behind it, in the job that is filled. */
static char *copy_bytes(struct tn_pool *pool, const char *bytes, size_t len)
{
    struct tn_job *job = pool->filling;
    char *copy = tn_arena_alloc(&job->arena, len + 1);
    if (!copy) {
        tn_pool_out_of_memory(pool);
        return NULL;
    }
    memcpy(copy, bytes, len);
    copy[len] = '\0';
    job->weight += len;
    return copy;
}

static void post_raw(struct tn_pool *pool, enum tn_task_kind kind, const struct tn_reader *reader,
                     const struct tn_raw *raw)
{
    struct tn_task *task = new_task(pool, kind);
    if (!task)
        return;
    const struct tn_member *member = task->member;
    task->reader = reader;
    task->raw = *raw;
    task->raw.file = task->path;
    task->raw.member = member->name;
    task->raw.url = member->url;
    task->raw.fetched = member->fetched;
    task->raw.cut = member->cut;
    task->raw.decoding = raw->decoding ? copy_bytes(pool, raw->decoding, strlen(raw->decoding)) : NULL;
    if (raw->delimited.header.s)
        task->raw.delimited.header = tn_job_header(pool->filling, pool->batch, raw->delimited.header);
    task->raw.bytes = copy_bytes(pool, raw->bytes, raw->len);
}

void tn_pool_record(struct tn_pool *pool, const struct tn_reader *reader, const struct tn_raw *raw)
{
    post_raw(pool, TN_TASK_RECORD, reader, raw);
}

void tn_pool_page(struct tn_pool *pool, const struct tn_raw *raw)
{
    post_raw(pool, TN_TASK_PAGE, NULL, raw);
}

static void post_bytes(struct tn_pool *pool, enum tn_task_kind kind, size_t len, bool in_order)
{
    struct tn_task *task = new_task(pool, kind);
    const char *copy = task ? copy_bytes(pool, pool->small, len) : NULL;
    if (!copy)
        return;
    task->bytes = tn_str_slice(copy, len);
    task->in_order = in_order;
}

struct tn_prefix {
    struct tn_source source; /* the prefix, then the rest */
    struct tn_source *rest;
    struct tn_str left;
    char bytes[];
};

void tn_prefix_free(struct tn_prefix *prefix)
{
    free(prefix);
}

static bool read_prefixed(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    struct tn_prefix *prefix = source->state;
    size_t count = prefix->left.len < room ? prefix->left.len : room;
    if (!count)
        return tn_source_read(prefix->rest, into, room, got, error);
    memcpy(into, prefix->left.s, count);
    prefix->left = tn_str_from(prefix->left, count);
    *got = count;
    return true;
}

static bool read_rest_at(struct tn_source *source, uint64_t offset, char *into, size_t count, struct tn_error *error)
{
    return tn_source_read_at(((struct tn_prefix *)source->state)->rest, offset, into, count, error);
}

static struct tn_prefix *new_prefix(const char *bytes, size_t len, struct tn_source *rest)
{
    struct tn_prefix *prefix = malloc(sizeof *prefix + len);
    if (!prefix)
        return NULL;
    memcpy(prefix->bytes, bytes, len);
    prefix->left = tn_str_slice(prefix->bytes, len);
    prefix->rest = rest;
    prefix->source = *rest;
    prefix->source.read = read_prefixed;
    prefix->source.state = prefix;
    prefix->source.close = NULL;
    prefix->source.read_at = rest->read_at ? read_rest_at : NULL;
    return prefix;
}

/* Reads until the end, or TN_POOL_SMALL bytes. False when there is more, or the source fails: whoever reads on sees it. */
static bool read_small(struct tn_pool *pool, struct tn_source *source, size_t *len)
{
    struct tn_error ignored;
    bool good = true;
    size_t got = 1;
    for (*len = 0; good && got && *len < TN_POOL_SMALL; *len += got) {
        got = 0;
        good = tn_source_read(source, pool->small + *len, TN_POOL_SMALL - *len, &got, &ignored);
        got = good ? got : 0;
    }
    return good && got == 0;
}

static bool take_small(struct tn_pool *pool, enum tn_task_kind kind, struct tn_source **source,
                       struct tn_prefix **prefix)
{
    size_t len;
    if (read_small(pool, *source, &len)) {
        post_bytes(pool, kind, len, !(*source)->read_at);
        return true;
    }
    *prefix = new_prefix(pool->small, len, *source);
    if (!*prefix) {
        tn_pool_out_of_memory(pool);
        return true;
    }
    *source = &(*prefix)->source;
    return false;
}

bool tn_pool_document(struct tn_pool *pool, struct tn_source **source, struct tn_prefix **prefix)
{
    return take_small(pool, TN_TASK_DOCUMENT, source, prefix);
}

bool tn_pool_inside(struct tn_pool *pool, struct tn_source **source, struct tn_prefix **prefix)
{
    return take_small(pool, TN_TASK_INSIDE, source, prefix);
}

/* What can't be read is read once more by whoever then tells it. */
bool tn_pool_packed(struct tn_pool *pool, struct tn_members *members, const struct tn_member *member)
{
    struct tn_error ignored;
    size_t size = member->packed ? (size_t)member->packed->size : 0;
    struct tn_job *job = member->packed ? tn_pool_filling(pool) : NULL;
    char *bytes = job ? tn_arena_alloc(&job->arena, size) : NULL;
    if (!bytes || !tn_packed_read(members, member->packed, bytes, &ignored))
        return false;
    job->weight += (size_t)member->packed->unpacked;
    struct tn_task *task = add_task(pool, job, TN_TASK_PACKED);
    if (task) {
        task->packed = *member->packed;
        task->bytes = tn_str_slice(bytes, size);
    }
    return true;
}

bool tn_pool_input(struct tn_pool *pool, struct tn_source *source)
{
    struct stat about;
    size_t len;
    if (source->fd < 0 || fstat(source->fd, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size >= TN_POOL_SMALL)
        return false;
    if (!read_small(pool, source, &len)) {
        lseek(source->fd, 0, SEEK_SET); /* it grew, or fails: whoever reads on sees it */
        return false;
    }
    post_bytes(pool, TN_TASK_INPUT, len, !source->read_at);
    return true;
}

static bool has_something(int fd)
{
    struct pollfd input = {.fd = fd, .events = POLLIN};
    return poll(&input, 1, 0) != 0;
}

static bool read_patiently(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    struct tn_pool *pool = source->state;
    *got = 0;
    while (!pool->batch->stopped && !has_something(source->fd) && tn_pool_advance(pool))
        continue;
    return pool->batch->stopped || pool->read(source, into, room, got, error);
}

void tn_pool_patient(struct tn_pool *pool, struct tn_source *source)
{
    pool->read = source->read;
    source->read = read_patiently;
    source->state = pool;
}
