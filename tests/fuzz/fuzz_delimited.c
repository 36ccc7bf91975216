/* SPDX-License-Identifier: MIT */
/* Delimited text: rows are the same whatever the blocks are; every reader of it, whoever claims it. */
#include <stdint.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "input/split.h"
#include "unit/support_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LIMIT = 1 << 17, SMALL = 1 << 14 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void mix(uint64_t *sum, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        *sum = (*sum ^ at[i]) * UINT64_C(1099511628211);
}

/* The header is that of the first 64 KiB, which must be had at once: tn_split_peek is called first, as a run does. */
static uint64_t split_all(struct tn_str bytes, size_t step)
{
    struct tn_source source;
    struct tn_split split;
    struct tn_piece piece;
    struct tn_error error;
    struct tn_str head;
    enum tn_split_result result;
    uint64_t sum = UINT64_C(14695981039346656037);
    size_t floor = 0, events = 0;
    tn_source_memory(&source, bytes, step);
    tn_split_init(&split, &source, LIMIT);
    if (tn_split_peek(&split, TN_SPLIT_PEEK, &head, &error))
        tn_split_delimited(&split);
    while ((result = tn_split_next(&split, &piece, &error)) != TN_SPLIT_END) {
        mix(&sum, &result, sizeof result);
        if (result == TN_SPLIT_RECORD) {
            require(piece.bytes[piece.len] == '\0' && piece.offset >= floor && piece.line > 0 && piece.delimited);
            require(tn_utf8_valid(tn_str_slice(piece.bytes, piece.len)) == piece.len);
            floor = piece.offset + 1;
            mix(&sum, piece.bytes, piece.len);
        } else {
            mix(&sum, &error.code, sizeof error.code);
            mix(&sum, &error.offset, sizeof error.offset);
        }
        require(++events <= 4 * bytes.len + 8);
    }
    tn_split_release(&split);
    return sum;
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
    uint64_t sum = split_all(bytes, 0);
    require(split_all(bytes, 1 + size % 13) == sum);
    require(size >= SMALL || split_all(bytes, 1) == sum);
    struct tn_worker *worker = tn_worker_new(&options);
    if (worker)
        document_read_by_all(worker, TN_SYNTAX_DELIMITED, bytes, check_trial, NULL);
    tn_worker_free(worker);
    return 0;
}
