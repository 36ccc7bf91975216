/* SPDX-License-Identifier: MIT */
/* Any bytes, as a run would read them: told, cut, read, and written as NDJSON and CSV. */
#include <stdint.h>
#include <stdlib.h>

#include "trialnorm/writer.h"
#include "unit/support_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int open_nothing(void *context, const char *name, struct tn_error *error)
{
    (void)context, (void)name, (void)error;
    return 0;
}

static bool write_nothing(void *context, int part, const char *bytes, size_t len, struct tn_error *error)
{
    volatile unsigned char *sum = context;
    (void)part, (void)error;
    for (size_t i = 0; i < len; i++)
        *sum = (unsigned char)(*sum ^ (unsigned char)bytes[i]);
    return true;
}

static void write_trial(const char *name, const tn_trial *trial)
{
    static const struct tn_write_options options = {.excel = true, .provenance = true};
    unsigned char sum = 0;
    const struct tn_sink sink = {&sum, open_nothing, write_nothing};
    const struct tn_writer *writer = tn_writer_find(name);
    struct tn_error error;
    void *state = calloc(1, writer->state_size);
    if (!state)
        return;
    if (writer->begin(writer, state, &options, &sink, &error) != TN_OK ||
        writer->record(writer, state, trial, &error) != TN_OK)
        abort();
    writer->end(writer, state, false, &error);
    free(state);
}

static bool check_trial(void *context, const tn_trial *trial)
{
    (void)context;
    if (!tn_has(trial, TN_trial_record_key) || !tn_has(trial, TN_trial_schema))
        abort();
    write_trial("ndjson", trial);
    write_trial("csv", trial);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct tn_read_options options = {.provenance = size % 2, .redact = size % 3 == 0};
    tn_init();
    struct tn_worker *worker = tn_worker_new(&options);
    if (worker)
        document_read(worker, NULL, tn_str_slice((const char *)data, size), size % 5 * 7, check_trial, NULL);
    tn_worker_free(worker);
    return 0;
}
