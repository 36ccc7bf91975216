/* SPDX-License-Identifier: MIT */
/* What becomes of every block of a page. */
#include "readers/page_read.h"

bool tn_page_cover_start(struct tn_page_reading *page, const struct tn_page *blocks)
{
    page->is_html = blocks->is_html;
    page->fates = tn_arena_zero(page->reading.arena, blocks->count + 1);
    return page->fates != NULL;
}

void tn_page_boilerplate(struct tn_page_reading *page, const struct tn_block *block)
{
    if (block && page->fates[block->number] == TN_FATE_LEFT)
        page->fates[block->number] = TN_FATE_BOILERPLATE;
}

static size_t characters_in(struct tn_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) { /* without a branch: compilers make vectors of it */
        unsigned char c = (unsigned char)text.s[i];
        count += (size_t)((c != ' ') & ((unsigned char)(c - '\t') > '\r' - '\t') & ((c & 0xC0) != 0x80));
    }
    return count;
}

static void count_blocks(struct tn_page_reading *page, const struct tn_page *blocks, size_t first, size_t end,
                         struct tn_coverage *coverage, struct tn_left_over *left)
{
    for (size_t i = first; i < end; i++) {
        const struct tn_block *block = &blocks->blocks[i];
        size_t characters = characters_in(block->whole);
        coverage->characters += characters;
        if (page->fates[i] == TN_FATE_LEFT)
            left[coverage->left_count++] = (struct tn_left_over){page->reading.raw->line + block->line - 1, block->whole};
        else
            coverage->accounted += characters;
    }
}

double tn_coverage_share(const struct tn_coverage *coverage)
{
    return coverage->characters ? 100.0 * (double)coverage->accounted / (double)coverage->characters : 100.0;
}

static void warn(struct tn_page_reading *page, const struct tn_coverage *coverage)
{
    unsigned tenths = (unsigned)(10.0 * tn_coverage_share(coverage)); /* rounded down: what is left over is never hidden */
    page->reading.line = coverage->left[0].line;
    page->reading.trail = NULL;
    tn_warn(&page->reading, TN_UNMAPPED, NULL, 0, "%zu line%s of the page %s left over, %u.%u %% of its text accounted for",
            coverage->left_count, coverage->left_count == 1 ? "" : "s", coverage->left_count == 1 ? "is" : "are",
            tenths / 10, tenths % 10);
}

void tn_page_cover_all(const struct tn_page *blocks, struct tn_worker *worker)
{
    worker->coverage = (struct tn_coverage){0};
    for (size_t i = 0; i < blocks->count; i++)
        worker->coverage.characters += characters_in(blocks->blocks[i].whole);
    worker->coverage.accounted = worker->coverage.characters;
    worker->covered = true;
}

void tn_page_cover_part(struct tn_page_reading *page, const struct tn_page *blocks, size_t first, size_t end,
                        struct tn_worker *worker)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++)
        count += page->fates[i] == TN_FATE_LEFT;
    struct tn_left_over *left = tn_arena_alloc(page->reading.arena, (count + 1) * sizeof *left);
    worker->coverage = (struct tn_coverage){.left = left};
    if (!left)
        return;
    count_blocks(page, blocks, first, end, &worker->coverage, left);
    worker->covered = true;
    if (count)
        warn(page, &worker->coverage);
}

void tn_page_cover_end(struct tn_page_reading *page, const struct tn_page *blocks, struct tn_worker *worker)
{
    tn_page_cover_part(page, blocks, 0, blocks->count, worker);
}
