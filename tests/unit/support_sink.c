/* SPDX-License-Identifier: MIT */
#include "unit/support_sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "unit/support_tsv.h"

void sink_start(struct sink *sink)
{
    memset(sink, 0, sizeof *sink);
    sink->fail_open_at = -1;
}

void sink_free(struct sink *sink)
{
    for (int i = 0; i < sink->count; i++)
        tn_buf_release(&sink->parts[i].bytes);
    sink_start(sink);
}

static int open_part(void *context, const char *name, struct tn_error *error)
{
    struct sink *sink = context;
    if (sink->count == sink->fail_open_at) {
        tn_error_set(error, TN_FATAL, TN_IO, NULL, "cannot be opened");
        return -1;
    }
    assert_true(sink->count < SINK_PARTS_MAX);
    struct sink_part *part = &sink->parts[sink->count];
    snprintf(part->name, sizeof part->name, "%s", name ? name : "");
    tn_buf_init(&part->bytes, (size_t)1 << 30);
    return sink->count++;
}

static bool write_part(void *context, int part, const char *bytes, size_t len, struct tn_error *error)
{
    struct sink *sink = context;
    assert_in_range(part, 0, (uintmax_t)sink->count - 1);
    if (++sink->writes == sink->fail_write_at) {
        tn_error_set(error, TN_FATAL, TN_IO, NULL, "the disk is full");
        return false;
    }
    tn_buf_add(&sink->parts[part].bytes, bytes, len);
    return true;
}

struct tn_sink sink_of(struct sink *sink)
{
    return (struct tn_sink){sink, open_part, write_part};
}

struct tn_str sink_text(const struct sink *sink, const char *name)
{
    for (int i = 0; i < sink->count; i++)
        if (strcmp(sink->parts[i].name, name) == 0)
            return tn_str_slice(sink->parts[i].bytes.data, sink->parts[i].bytes.len);
    fail_msg("no part is named '%s'", name);
    return tn_str_slice("", 0);
}

enum tn_severity sink_write(struct sink *sink, const char *name, const struct tn_write_options *options,
                            const tn_trial *const *trials, struct tn_error *error)
{
    const struct tn_writer *writer = tn_writer_find(name);
    assert_non_null(writer);
    void *state = calloc(1, writer->state_size);
    assert_non_null(state);
    struct tn_sink to = sink_of(sink);
    enum tn_severity severity = writer->begin(writer, state, options, &to, error);
    for (; *trials && severity == TN_OK; trials++)
        severity = writer->record(writer, state, *trials, error);
    enum tn_severity end = writer->end(writer, state, severity != TN_OK, error);
    free(state);
    return end > severity ? end : severity;
}

void sink_check(const char *writer, const struct tn_write_options *options, const tn_trial *trial, const char *part,
                const char *want)
{
    static const struct tn_write_options all;
    const tn_trial *trials[] = {trial, NULL};
    struct tn_error error = {.message = ""};
    struct sink sink;
    sink_start(&sink);
    if (sink_write(&sink, writer, options ? options : &all, trials, &error) != TN_OK)
        fail_msg("%s: %s", writer, error.message);
    tn_tsv_same(writer, part, sink_text(&sink, part), tn_str_of(want));
    sink_free(&sink);
}
