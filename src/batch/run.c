/* SPDX-License-Identifier: MIT */
#include "batch/run.h"

#include "batch/batch.h"
#include "batch/pool.h"
#include "batch/tables.h"
#include "input/beside.h"
#include "input/walk.h"

void tn_batch_report(struct tn_batch *batch, const struct tn_error *error)
{
    const struct tn_problem problem = {batch->path, batch->member ? batch->member->name : NULL, error};
    if (error->severity == TN_WARN && error->code <= TN_LAST_WARNING)
        batch->counts->warned[error->code]++;
    batch->visitor->report(batch->visitor->context, &problem);
}

void tn_batch_lose(struct tn_batch *batch, const struct tn_error *error)
{
    batch->counts->records++;
    batch->counts->failed++;
    tn_batch_report(batch, error);
}

void tn_batch_miss(struct tn_batch *batch, const struct tn_error *error)
{
    batch->counts->unread++;
    tn_batch_report(batch, error);
}

void tn_batch_note_damage(struct tn_batch *batch, const struct tn_error *error)
{
    if (error->code == TN_IO) {
        tn_batch_miss(batch, error);
        return;
    }
    batch->counts->damaged += error->severity > TN_WARN;
    tn_batch_report(batch, error);
}

void tn_batch_tell_passed(struct tn_batch *batch, const char *why)
{
    const struct tn_member *member = batch->member;
    const struct tn_passed passed = {batch->path, member ? member->name : NULL, member ? member->url : NULL, why};
    if (batch->visitor->passed)
        batch->visitor->passed(batch->visitor->context, &passed);
}

const char *tn_batch_beside(const struct tn_batch *batch)
{
    const struct tn_member *member = batch->member;
    bool archived = member && member->depth > 0 && member->name;
    const char *name = archived ? member->name : batch->found ? batch->path : NULL;
    return name ? tn_beside_what(tn_str_of(name)) : NULL;
}

void tn_batch_pass_beside(struct tn_batch *batch, const char *why)
{
    batch->counts->beside++;
    tn_batch_tell_passed(batch, why);
}

bool tn_batch_pass_by_name(struct tn_batch *batch, const struct tn_error *error)
{
    const char *what = error->code == TN_IO || error->code == TN_NO_MEMORY ? NULL : tn_batch_beside(batch);
    if (what)
        tn_batch_pass_beside(batch, what);
    return what != NULL;
}

bool tn_batch_pass(struct tn_batch *batch, const struct tn_error *error)
{
    if (tn_batch_pass_by_name(batch, error))
        return true;
    bool no_trial = error->code == TN_UNRECOGNISED || error->code == TN_EMPTY_INPUT || error->code == TN_BINARY;
    if (!no_trial || !batch->member || !batch->member->one_of_many)
        return false;
    batch->counts->passed++;
    tn_batch_tell_passed(batch, error->message);
    return true;
}

void tn_batch_at(struct tn_batch *batch, const char *path, const struct tn_member *member)
{
    batch->place++;
    batch->path = path;
    batch->member = member;
}

void tn_batch_tell_progress(const struct tn_batch *batch)
{
    const struct tn_visitor *visitor = batch->visitor;
    if (!visitor->progress)
        return;
    const struct tn_progress progress = {batch->counts, batch->taken + (batch->open ? batch->open->taken : 0)};
    visitor->progress(visitor->context, &progress);
}

void tn_batch_stop(struct tn_batch *batch, const struct tn_error *error)
{
    batch->stopped = true;
    batch->stop = *error;
}

/* True when the visitor has nothing against the file. */
static bool may_read(struct tn_batch *batch, const char *path)
{
    const struct tn_visitor *visitor = batch->visitor;
    struct tn_error error;
    if (!visitor->file || visitor->file(visitor->context, path, &error))
        return true;
    if (error.severity == TN_FATAL)
        tn_batch_stop(batch, &error);
    else if (error.severity > TN_OK)
        tn_batch_miss(batch, &error);
    return false;
}

static void read_file(struct tn_batch *batch, const char *path)
{
    struct tn_source source;
    struct tn_error error;
    if (!tn_source_open(&source, path, &error)) {
        tn_batch_miss(batch, &error);
        return;
    }
    batch->open = &source;
    if (batch->pool && !source.read_at)
        tn_pool_patient(batch->pool, &source);
    if (!batch->pool || tn_tables_may(batch, path, NULL) || !tn_pool_input(batch->pool, &source))
        tn_batch_input(batch, &source);
    batch->open = NULL;
    batch->taken += source.taken;
    tn_source_close(&source);
}

static bool visit_file(void *data, const char *path, bool found, const struct tn_error *missing)
{
    struct tn_batch *batch = data;
    tn_tables_leave(batch, path, NULL);
    tn_batch_at(batch, path, NULL);
    batch->found = found;
    if (missing && missing->severity == TN_OK) {
        tn_batch_tell_passed(batch, missing->message);
    } else if (missing) {
        tn_batch_miss(batch, missing);
    } else if (may_read(batch, path)) {
        read_file(batch, path);
    }
    tn_batch_tell_progress(batch);
    return !batch->stopped;
}

enum tn_severity tn_run(const struct tn_run_options *options, const struct tn_visitor *visitor,
                        struct tn_counts *counts, struct tn_error *error)
{
    struct tn_batch batch = {.options = options, .visitor = visitor, .counts = counts};
    *counts = (struct tn_counts){0};
    bool several = options->threads > 1 && visitor->formatting;
    batch.worker = tn_worker_new(&options->read);
    struct tn_pool *pool = several && batch.worker ? tn_pool_new(&batch) : NULL;
    if (!batch.worker || (several && !pool)) {
        tn_worker_free(batch.worker);
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FATAL;
    }
    tn_walk(options->inputs, options->input_count, visit_file, &batch);
    tn_batch_at(&batch, NULL, NULL); /* the walk's path is gone */
    tn_tables_end(&batch, false);
    if (pool)
        tn_pool_finish(pool);
    counts->taken = batch.taken < SIZE_MAX ? (size_t)batch.taken : SIZE_MAX;
    tn_worker_free(batch.worker);
    *error = batch.stop;
    return batch.stopped ? TN_FATAL : TN_OK;
}
