/* SPDX-License-Identifier: MIT */
/* An HTML page: its blocks hold valid text and no more than the page has, and every reader of pages survives it. */
#include <stdint.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "input/decode.h"
#include "syntax/blocks.h"
#include "trialnorm/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

static void check_block(const struct tn_block *block, size_t number)
{
    require(block->number == number && block->whole.len > 0 && block->line > 0);
    require(tn_utf8_valid(block->whole) == block->whole.len && tn_utf8_valid(block->text) == block->text.len);
    require(block->label.len <= block->whole.len && block->text.len <= block->whole.len);
    for (size_t c = 0; c < block->cell_count; c++)
        require(block->cells[c].len <= block->whole.len);
}

static void check_blocks(struct tn_str html)
{
    struct tn_arena arena;
    struct tn_error error = {0};
    tn_arena_init(&arena, (size_t)1 << 30);
    const struct tn_page *page = tn_html_blocks(&arena, html, &error);
    require(page || error.severity == TN_FAILED);
    for (size_t i = 0; page && i < page->count; i++)
        check_block(&page->blocks[i], i);
    for (size_t i = 0; page && i < page->box_count; i++)
        require(page->boxes[i].first < page->boxes[i].end && page->boxes[i].end <= page->count);
    tn_arena_release(&arena);
}

static bool check_trial(void *context, const tn_trial *trial)
{
    (void)context;
    require(tn_has(trial, TN_trial_record_key) && tn_has(trial, TN_trial_schema));
    return true;
}

static void read_page(struct tn_worker *worker, const struct tn_reader *reader, struct tn_str html)
{
    struct tn_error error;
    char *copy = malloc(html.len + 1);
    if (!copy)
        return;
    memcpy(copy, html.s, html.len);
    copy[html.len] = '\0';
    const struct tn_raw raw = {.bytes = copy, .len = html.len, .file = "page", .line = 1};
    tn_read(worker, reader, &raw, check_trial, NULL, NULL, &error);
    const struct tn_coverage *coverage = tn_worker_coverage(worker);
    require(!coverage || coverage->accounted <= coverage->characters);
    free(copy);
}

static void read_all(struct tn_str html, size_t size)
{
    const struct tn_read_options options = {.provenance = size % 2, .redact = size % 3 == 0};
    struct tn_verdict verdict;
    struct tn_error error;
    tn_init();
    struct tn_worker *worker = tn_worker_new(&options);
    if (!worker)
        return;
    tn_detect(worker, html, &verdict, &error);
    for (const struct tn_reader *const *reader = tn_readers(); *reader; reader++)
        if (tn_reader_reads(*reader, TN_SYNTAX_HTML))
            read_page(worker, *reader, html);
    tn_worker_free(worker);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tn_buf html;
    tn_buf_init(&html, 1 << 26);
    tn_buf_str(&html, TN_LIT("<html>")); /* so that it is told as HTML whatever follows */
    tn_decode_repair(tn_str_slice((const char *)data, size), &html);
    if (!html.failed) {
        check_blocks(tn_str_slice(html.data, html.len));
        read_all(tn_str_slice(html.data, html.len), size);
    }
    tn_buf_release(&html);
    return 0;
}
