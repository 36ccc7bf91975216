/* SPDX-License-Identifier: MIT */
#include "batch/newest.h"

#include <stdint.h>
#include <stdlib.h>

#include "batch/unique.h"
#include "core/buf.h"

struct tn_newest {
    const struct tn_convert_options *options;
    struct tn_unique *unique;
    void *format;        /* the writer's */
    struct tn_buf bytes; /* of one trial, formatted */
    void *state;         /* the writer's, while it writes */
    size_t taken, put;
};

static bool no_memory(struct tn_error *error)
{
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    return false;
}

static bool start(struct tn_newest *newest, struct tn_error *error)
{
    const struct tn_writer *writer = newest->options->writer;
    newest->format = calloc(1, writer->format_size ? writer->format_size : 1);
    if (!newest->format || !writer->format_begin(writer, newest->format, &newest->options->write))
        return no_memory(error);
    newest->unique = tn_unique_new(newest->options->temporary, error);
    return newest->unique != NULL;
}

struct tn_newest *tn_newest_new(const struct tn_convert_options *options, struct tn_error *error)
{
    struct tn_newest *newest = calloc(1, sizeof *newest);
    if (!newest) {
        no_memory(error);
        return NULL;
    }
    newest->options = options;
    tn_buf_init(&newest->bytes, SIZE_MAX / 2);
    if (start(newest, error))
        return newest;
    tn_newest_free(newest);
    return NULL;
}

void tn_newest_free(struct tn_newest *newest)
{
    if (!newest)
        return;
    if (newest->format)
        newest->options->writer->format_end(newest->options->writer, newest->format);
    tn_unique_free(newest->unique);
    tn_buf_release(&newest->bytes);
    free(newest->format);
    free(newest);
}

/* Of every trial: its stamp, how long its record_key is, and that key. */
static void add_head(const tn_trial *trial, struct tn_buf *bytes)
{
    char stamp[TN_STAMP_LEN];
    struct tn_str key = tn_text(trial, TN_trial_record_key);
    tn_unique_stamp(trial, stamp);
    tn_buf_add(bytes, stamp, sizeof stamp);
    tn_buf_add(bytes, (const char *)&key.len, sizeof key.len);
    tn_buf_str(bytes, key);
}

/* Of a trial that is not wanted nothing stands behind the head: it is only there to be newer than others. */
void tn_newest_format(const struct tn_convert_options *options, void *format, const tn_trial *trial, struct tn_buf *bytes)
{
    const struct tn_where *where = options->run.read.where;
    add_head(trial, bytes);
    if (!where || tn_where_holds(where, trial))
        options->writer->format(options->writer, format, trial, bytes);
}

bool tn_newest_put(struct tn_newest *newest, struct tn_str bytes, struct tn_error *error)
{
    size_t len;
    memcpy(&len, bytes.s + TN_STAMP_LEN, sizeof len);
    struct tn_str rest = tn_str_from(bytes, TN_STAMP_LEN + sizeof len);
    newest->taken++;
    return tn_unique_add(newest->unique, tn_str_slice(rest.s, len), bytes.s, tn_str_from(rest, len), error);
}

bool tn_newest_take(struct tn_newest *newest, const tn_trial *trial, struct tn_error *error)
{
    tn_buf_reset(&newest->bytes);
    tn_newest_format(newest->options, newest->format, trial, &newest->bytes);
    if (newest->bytes.failed)
        return no_memory(error);
    return tn_newest_put(newest, tn_str_slice(newest->bytes.data, newest->bytes.len), error);
}

static bool put(void *context, struct tn_str bytes, struct tn_error *error)
{
    struct tn_newest *newest = context;
    const struct tn_writer *writer = newest->options->writer;
    newest->put++;
    return writer->put(writer, newest->state, bytes, error) <= TN_WARN;
}

bool tn_newest_write(struct tn_newest *newest, void *state, struct tn_counts *counts, struct tn_error *error)
{
    const struct tn_convert_options *options = newest->options;
    size_t kept;
    newest->state = state;
    bool fine = tn_unique_each(newest->unique, options->limited ? options->limit : SIZE_MAX, put, newest, &kept, error);
    counts->written -= newest->taken - newest->put;
    counts->older += newest->taken - kept;
    counts->left_out += kept - newest->put;
    return fine;
}
