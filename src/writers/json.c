/* SPDX-License-Identifier: MIT */
/* NDJSON, one trial a line, and JSON, one array of the same lines. */
#include "writers/json_text.h"
#include "writers/out.h"
#include "writers/writers.h"

struct json_state {
    struct tn_out out;
    const struct tn_selection *selection;
    bool some; /* whether a trial was written */
};

struct json_format {
    const struct tn_selection *selection;
};

static void put_trial(const struct tn_writer *self, const struct json_format *format, const tn_trial *trial,
                      struct tn_buf *bytes)
{
    tn_json_trial(bytes, trial, format->selection);
    if (self == &tn_writer_ndjson)
        tn_buf_char(bytes, '\n');
}

/* What stands before a trial of an array. */
static void put_separator(const struct tn_writer *self, struct json_state *json)
{
    if (self == &tn_writer_json)
        tn_buf_str(&json->out.buf, json->some ? TN_LIT(",\n") : TN_LIT("\n"));
    json->some = true;
}

static enum tn_severity begin(const struct tn_writer *self, void *state, const struct tn_write_options *options,
                              const struct tn_sink *sink, struct tn_error *error)
{
    struct json_state *json = state;
    json->selection = options->selection;
    enum tn_severity severity = tn_out_open(&json->out, sink, NULL, error);
    if (severity == TN_OK && self == &tn_writer_json)
        tn_buf_char(&json->out.buf, '[');
    return severity;
}

static enum tn_severity record(const struct tn_writer *self, void *state, const tn_trial *trial, struct tn_error *error)
{
    struct json_state *json = state;
    const struct json_format format = {json->selection};
    put_separator(self, json);
    put_trial(self, &format, trial, &json->out.buf);
    return tn_out_record_end(&json->out, error);
}

static bool format_begin(const struct tn_writer *self, void *format, const struct tn_write_options *options)
{
    (void)self;
    ((struct json_format *)format)->selection = options->selection;
    return true;
}

static void format(const struct tn_writer *self, void *format, const tn_trial *trial, struct tn_buf *bytes)
{
    put_trial(self, format, trial, bytes);
}

static void format_end(const struct tn_writer *self, void *format)
{
    (void)self;
    (void)format;
}

static enum tn_severity put(const struct tn_writer *self, void *state, struct tn_str bytes, struct tn_error *error)
{
    struct json_state *json = state;
    put_separator(self, json);
    return tn_out_put(&json->out, bytes, error);
}

static enum tn_severity end(const struct tn_writer *self, void *state, bool failed, struct tn_error *error)
{
    struct json_state *json = state;
    if (self == &tn_writer_json && !failed)
        tn_buf_str(&json->out.buf, TN_LIT("\n]\n"));
    return tn_out_close(&json->out, failed, error);
}

static const char *const ndjson_extensions[] = {".ndjson", ".jsonl", NULL};
static const char *const json_extensions[] = {".json", NULL};

const struct tn_writer tn_writer_ndjson = {
    .name = "ndjson",
    .description = "one JSON object a line (default)",
    .extensions = ndjson_extensions,
    .state_size = sizeof(struct json_state),
    .begin = begin,
    .record = record,
    .end = end,
    .format_size = sizeof(struct json_format),
    .format_begin = format_begin,
    .format = format,
    .format_end = format_end,
    .put = put,
    .runs = true,
};

const struct tn_writer tn_writer_json = {
    .name = "json",
    .description = "one JSON array of objects",
    .extensions = json_extensions,
    .state_size = sizeof(struct json_state),
    .begin = begin,
    .record = record,
    .end = end,
    .format_size = sizeof(struct json_format),
    .format_begin = format_begin,
    .format = format,
    .format_end = format_end,
    .put = put,
};
