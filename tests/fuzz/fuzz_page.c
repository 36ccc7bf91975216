/* SPDX-License-Identifier: MIT */
/* A text page: blocks, who claims it, and every reader of pages on it, whoever claims it. */
#include <stdint.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "input/decode.h"
#include "trialnorm/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool check_trial(void *context, const tn_trial *trial)
{
    (void)context;
    if (!tn_has(trial, TN_trial_record_key) || !tn_has(trial, TN_trial_schema))
        abort();
    return true;
}

/* Readers get valid UTF-8 with a NUL behind it. */
static struct tn_worker *worker_of(bool provenance, bool redact)
{
    const struct tn_read_options options = {.provenance = provenance, .redact = redact};
    tn_init();
    return tn_worker_new(&options);
}

static void read_page(struct tn_worker *worker, const struct tn_reader *reader, struct tn_str text)
{
    struct tn_error error;
    char *copy = malloc(text.len + 1);
    if (!copy)
        return;
    memcpy(copy, text.s, text.len);
    copy[text.len] = '\0';
    const struct tn_raw raw = {.bytes = copy, .len = text.len, .file = "page", .line = 1};
    tn_read(worker, reader, &raw, check_trial, NULL, NULL, &error);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tn_worker *worker = worker_of(size % 2, size % 3 == 0);
    struct tn_str bytes = tn_str_slice((const char *)data, size);
    struct tn_verdict verdict;
    struct tn_error error;
    struct tn_buf text;
    tn_buf_init(&text, 1 << 26);
    tn_decode_repair(bytes, &text);
    if (worker && !text.failed && text.len) {
        struct tn_str page = tn_str_slice(text.data, text.len);
        tn_detect(worker, page, &verdict, &error);
        for (const struct tn_reader *const *reader = tn_readers(); *reader; reader++)
            if (tn_reader_reads(*reader, TN_SYNTAX_TEXT))
                read_page(worker, *reader, page);
    }
    tn_buf_release(&text);
    tn_worker_free(worker);
    return 0;
}
