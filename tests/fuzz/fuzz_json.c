/* SPDX-License-Identifier: MIT */
/* JSON, and every reader of it, whoever claims it. */
#include <stdint.h>
#include <stdlib.h>

#include "unit/support_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool check_trial(void *context, const tn_trial *trial)
{
    (void)context;
    require(tn_has(trial, TN_trial_record_key) && tn_has(trial, TN_trial_source));
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tn_str bytes = tn_str_slice((const char *)data, size);
    const struct tn_read_options options = {.provenance = size % 2, .redact = size % 3 == 0};
    tn_init();
    struct tn_worker *worker = tn_worker_new(&options);
    if (worker)
        document_read_by_all(worker, TN_SYNTAX_JSON, bytes, check_trial, NULL);
    tn_worker_free(worker);
    return 0;
}
