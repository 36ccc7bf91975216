/* SPDX-License-Identifier: MIT */
#include "readers/worker.h"

#include <stdlib.h>

#include "readers/columns.h"
#include "readers/pick.h"
#include "syntax/blocks.h"
#include "syntax/json.h"

enum { ARENA_FACTOR = 64 }; /* a record's tree, trial and texts take a multiple of its bytes */

void tn_init(void)
{
    tn_json_init_hooks();
    tn_html_init();
}

struct tn_worker *tn_worker_new(const struct tn_read_options *options)
{
    struct tn_worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return NULL;
    worker->options = *options;
    if (worker->options.max_record == 0)
        worker->options.max_record = TN_DEFAULT_MAX_RECORD;
    if (!worker->options.readers)
        worker->options.readers = tn_readers();
    size_t limit = worker->options.max_record > SIZE_MAX / (2 * ARENA_FACTOR)
                       ? SIZE_MAX / 2
                       : worker->options.max_record * ARENA_FACTOR;
    tn_arena_init(&worker->arena, limit < (size_t)1 << 26 ? (size_t)1 << 26 : limit);
    tn_arena_init(&worker->kept, SIZE_MAX / 2);
    return worker;
}

void tn_worker_free(struct tn_worker *worker)
{
    if (!worker)
        return;
    tn_columns_free(worker->columns);
    tn_arena_release(&worker->arena);
    tn_arena_release(&worker->kept);
    free(worker);
}

const struct tn_page *tn_page_blocks(struct tn_worker *worker, struct tn_str bytes, struct tn_error *error)
{
    if (worker->page && worker->page_bytes.s == bytes.s && worker->page_bytes.len == bytes.len)
        return worker->page;
    worker->page_bytes = bytes;
    if (tn_syntax_of(bytes) == TN_SYNTAX_HTML)
        return worker->page = tn_html_blocks(&worker->arena, bytes, error);
    worker->page = tn_text_blocks(&worker->arena, bytes);
    if (!worker->page)
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory, or more than a million lines");
    return worker->page;
}

const struct tn_coverage *tn_worker_coverage(const struct tn_worker *worker)
{
    return worker->covered ? &worker->coverage : NULL;
}

struct tn_reading tn_reading_start(const struct tn_reader *reader, struct tn_worker *worker, const struct tn_raw *raw)
{
    return (struct tn_reading){
        .arena = &worker->arena,
        .reader = reader,
        .raw = raw,
        .options = &worker->options,
        .trial = tn_record_new(&worker->arena, &tn_type_trial),
        .line = raw->syntax == TN_SYNTAX_DELIMITED ? raw->line : 0,
        .offset = raw->syntax == TN_SYNTAX_DELIMITED ? raw->offset : TN_NO_OFFSET,
    };
}

enum tn_severity tn_reading_end(struct tn_reading *reading, tn_emit_fn *emit, void *context, struct tn_error *error)
{
    reading->trail = NULL;
    reading->line = 0;
    tn_finish(reading);
    if (reading->arena->failed) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "the record takes more memory than a record may");
        return TN_FAILED;
    }
    if (!emit(context, reading->trial))
        return TN_FATAL;
    return tn_has(reading->trial, TN_trial_warnings) ? TN_WARN : TN_OK;
}

size_t tn_worker_left_out(const struct tn_worker *worker)
{
    return worker->left_out;
}

size_t tn_worker_warned_before(const struct tn_worker *worker)
{
    return worker->warned_before;
}

size_t tn_worker_merged(const struct tn_worker *worker)
{
    return worker->merged;
}

struct counted {
    struct tn_worker *worker;
    tn_emit_fn *emit;
    void *context;
    size_t count;
};

/* The caller's function is not the record's: what it allocates with cJSON is its own. */
static bool emit_counted(void *context, const tn_trial *trial)
{
    struct counted *counted = context;
    if (!tn_is_wanted(&counted->worker->options, trial)) {
        counted->worker->left_out++;
        return true;
    }
    counted->count++;
    struct tn_arena *ours = tn_json_arena_enter(NULL);
    bool more = counted->emit(counted->context, trial);
    tn_json_arena_leave(ours);
    return more;
}

enum tn_severity tn_read(struct tn_worker *worker, const struct tn_reader *reader, const struct tn_raw *raw,
                         tn_emit_fn *emit, void *context, size_t *trials, struct tn_error *error)
{
    struct counted counted = {worker, emit, context, 0};
    struct tn_error ignored;
    /* The blocks that detection made of this page are still in the arena. */
    bool keep = worker->page && raw->bytes == worker->page_bytes.s && raw->len == worker->page_bytes.len;
    if (!keep) {
        tn_arena_reset(&worker->arena);
        worker->page = NULL;
    }
    worker->covered = false;
    worker->left_out = 0;
    worker->merged = 0;
    worker->warned_before = 0;
    struct tn_arena *before = tn_json_arena_enter(&worker->arena);
    enum tn_severity severity = reader->read(reader, worker, raw, emit_counted, &counted, error ? error : &ignored);
    tn_json_arena_leave(before);
    worker->page = NULL;
    if (trials)
        *trials = counted.count;
    return severity;
}
