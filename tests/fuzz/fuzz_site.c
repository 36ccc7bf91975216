/* SPDX-License-Identifier: MIT */
/* A description of a site, and behind a NUL a page that it reads; where it is no description, the page's draft is one. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/str.h"
#include "input/decode.h"
#include "trialnorm/site.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool take_trial(void *context, const tn_trial *trial)
{
    (void)context;
    if (!tn_has(trial, TN_trial_record_key))
        abort();
    return true;
}

static int open_part(void *context, const char *name, struct tn_error *error)
{
    (void)context;
    (void)name;
    (void)error;
    return 0;
}

static bool write_part(void *context, int part, const char *bytes, size_t len, struct tn_error *error)
{
    (void)part;
    (void)error;
    tn_buf_add(context, bytes, len);
    return true;
}

/* What is read can be printed, and what is printed can be read. */
static void print_back(const struct tn_reader *site)
{
    struct tn_buf printed;
    struct tn_error error;
    tn_buf_init(&printed, 1 << 26);
    const struct tn_sink sink = {.context = &printed, .open = open_part, .write = write_part};
    if (tn_site_write(site, &sink, &error) != TN_OK)
        abort();
    struct tn_reader *again = printed.len <= TN_SITE_MAX_BYTES ? tn_site_parse(printed.data, printed.len, &error) : NULL;
    if (!again && printed.len <= TN_SITE_MAX_BYTES)
        abort();
    tn_site_free(again);
    tn_buf_release(&printed);
}

static void read_page(struct tn_worker *worker, const struct tn_reader *site, const struct tn_raw *raw)
{
    struct tn_buf draft;
    struct tn_error error;
    tn_buf_init(&draft, 1 << 26);
    const struct tn_sink sink = {.context = &draft, .open = open_part, .write = write_part};
    if (site)
        tn_read(worker, site, raw, take_trial, NULL, NULL, &error);
    else if (tn_site_draft(worker, raw, &sink, &error) == TN_OK) {
        struct tn_reader *drafted = tn_site_parse(draft.data, draft.len, &error);
        if (!drafted)
            abort();
        tn_read(worker, drafted, raw, take_trial, NULL, NULL, &error);
        tn_site_free(drafted);
    }
    tn_buf_release(&draft);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct tn_read_options options = {.provenance = size % 2};
    const uint8_t *end = size ? memchr(data, '\0', size) : NULL;
    size_t len = end ? (size_t)(end - data) : size;
    struct tn_buf page;
    struct tn_error error;
    tn_init();
    struct tn_worker *worker = tn_worker_new(&options);
    struct tn_reader *site = tn_site_parse((const char *)data, len, &error);
    tn_buf_init(&page, 1 << 26);
    tn_decode_repair(tn_str_slice((const char *)data + (end ? len + 1 : 0), end ? size - len - 1 : size), &page);
    if (site)
        print_back(site);
    if (worker && page.len && tn_buf_terminate(&page)) {
        const struct tn_raw raw = {.bytes = page.data, .len = page.len, .file = "page", .line = 1};
        read_page(worker, site, &raw);
    }
    tn_buf_release(&page);
    tn_site_free(site);
    tn_worker_free(worker);
    return 0;
}
