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

static enum tn_severity ndjson_record(const struct tn_writer *self, void *state, const tn_trial *trial,
                                      struct tn_error *error)
{
    struct json_state *json = state;
    (void)self;
    tn_json_trial(&json->out.buf, trial, json->selection);
    tn_buf_char(&json->out.buf, '\n');
    return tn_out_record_end(&json->out, error);
}

static enum tn_severity json_record(const struct tn_writer *self, void *state, const tn_trial *trial,
                                    struct tn_error *error)
{
    struct json_state *json = state;
    (void)self;
    tn_buf_str(&json->out.buf, json->some ? TN_LIT(",\n") : TN_LIT("\n"));
    json->some = true;
    tn_json_trial(&json->out.buf, trial, json->selection);
    return tn_out_record_end(&json->out, error);
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
    .record = ndjson_record,
    .end = end,
};

const struct tn_writer tn_writer_json = {
    .name = "json",
    .description = "one JSON array of objects",
    .extensions = json_extensions,
    .state_size = sizeof(struct json_state),
    .begin = begin,
    .record = json_record,
    .end = end,
};
