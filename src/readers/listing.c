/* SPDX-License-Identifier: MIT */
/* Entries of a list as partial records. */
#include "readers/listing.h"

#include "readers/listing_entry.h"
#include "readers/worker.h"

static void detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    struct tn_arena arena;
    struct tn_listing listing;
    (void)self;
    tn_arena_init(&arena, SIZE_MAX / 2);
    if (peek->page && tn_listing_find(&arena, peek->page, &listing))
        tn_listing_evidence(&listing, evidence);
    tn_arena_release(&arena);
}

/* What the page says of itself stands with its first entry. */
static void warn_of_list(struct tn_reading *reading, const struct tn_listing *listing)
{
    const struct tn_listing_claim *claim = &listing->claim;
    reading->line = claim->line;
    if (claim->total > listing->count)
        tn_warn(reading, TN_TRUNCATED_LIST, NULL, 0, "the page says that there are %lu results, it shows %zu", claim->total,
                listing->count);
    else if (claim->pages > 1 && claim->page)
        tn_warn(reading, TN_TRUNCATED_LIST, NULL, 0, "this is page %lu of %lu, it shows %zu trials", claim->page,
                claim->pages, listing->count);
    else if (claim->pages > 1)
        tn_warn(reading, TN_TRUNCATED_LIST, NULL, 0, "the page says that there are %lu pages, it shows %zu trials",
                claim->pages, listing->count);
    else if (claim->next)
        tn_warn(reading, TN_TRUNCATED_LIST, NULL, 0, "the page has a link to a next page, it shows %zu trials", listing->count);
    reading->line = listing->left_out_line;
    if (listing->left_out)
        tn_warn(reading, TN_UNMAPPED, NULL, 0, "%zu row%s neither an identifier nor an address: left out", listing->left_out,
                listing->left_out == 1 ? " has" : "s have");
    reading->line = 0;
}

/* One entry in memory of its own, so that a long list takes no more than a short one. */
static enum tn_severity read_entry(const struct tn_reader *self, struct tn_worker *worker, struct tn_arena *arena,
                                   const struct tn_raw *raw, const struct tn_listing *listing,
                                   const struct tn_listing_texts *texts, unsigned char *fates, size_t number,
                                   tn_emit_fn *emit, void *context, struct tn_error *error)
{
    static const struct tn_site nowhere = {.host = NULL};
    struct tn_raw own = *raw;
    struct tn_page_reading page = {.site = &nowhere, .is_html = listing->page->is_html, .fates = fates};
    own.index = raw->index + number;
    tn_arena_reset(arena);
    page.reading = tn_reading_start(self, worker, &own);
    page.reading.arena = arena;
    page.reading.trial = tn_record_new(arena, &tn_type_trial);
    if (!page.reading.trial) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    tn_listing_read_entry(&page, listing, texts, &listing->entries[number]);
    if (tn_has(tn_record_at(page.reading.trial, TN_trial_source, 0), TN_source_url))
        own.url = NULL; /* that is the list's */
    if (number == 0)
        warn_of_list(&page.reading, listing);
    page.reading.label = (struct tn_str){NULL, 0};
    page.reading.fate = NULL;
    tn_page_cover_part(&page, listing->page, listing->entries[number].first, listing->entries[number].end, worker);
    return tn_reading_end(&page.reading, emit, context, error);
}

static enum tn_severity read_entries(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                                     const struct tn_listing *listing, tn_emit_fn *emit, void *context,
                                     struct tn_error *error)
{
    struct tn_arena arena;
    struct tn_listing_texts texts = {0};
    enum tn_severity worst = TN_OK;
    unsigned char *fates = tn_arena_zero(&worker->arena, listing->page->count + 1);
    if (!fates || !tn_listing_count_texts(&worker->arena, listing, &texts)) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    tn_arena_init(&arena, worker->arena.limit);
    for (size_t i = 0; i < listing->count && worst <= TN_WARN; i++) {
        enum tn_severity severity =
            read_entry(self, worker, &arena, raw, listing, &texts, fates, i, emit, context, error);
        worst = severity > worst ? severity : worst;
    }
    tn_arena_release(&arena);
    return worst;
}

static enum tn_severity read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                             tn_emit_fn *emit, void *context, struct tn_error *error)
{
    struct tn_listing listing;
    const struct tn_page *page = tn_page_blocks(worker, tn_str_slice(raw->bytes, raw->len), error);
    if (!page)
        return TN_FAILED;
    if (!tn_listing_find(&worker->arena, page, &listing)) {
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "out of memory");
        return TN_FAILED;
    }
    if (listing.count == 0) {
        tn_error_set(error, TN_FAILED, TN_UNRECOGNISED, NULL,
                     "no list of trials: looked for rows, cards or items that each have a registry identifier, or an "
                     "address and a phase or status");
        return TN_FAILED;
    }
    return read_entries(self, worker, raw, &listing, emit, context, error);
}

const struct tn_reader tn_reader_listing = {
    .name = "listing",
    .description = "pages that list many trials: search results, the trials of a sponsor or condition",
    .syntaxes = TN_READS_HTML,
    .generic = true,
    .detect = detect,
    .read = read,
};
