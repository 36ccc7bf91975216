/* SPDX-License-Identifier: MIT */
/* Descriptions of sites from files. */
#include "core/buf.h"
#include "input/source.h"
#include "trialnorm/site.h"

/* All bytes of a source, up to one more than a description may have: then it is refused as too large. */
static bool read_all(struct tn_source *source, struct tn_buf *bytes, struct tn_error *error)
{
    enum { STEP = 1 << 16 };
    size_t got = 1;
    while (got && bytes->len <= TN_SITE_MAX_BYTES) {
        if (!tn_buf_reserve(bytes, STEP)) {
            tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
            return false;
        }
        if (!tn_source_read(source, bytes->data + bytes->len, STEP, &got, error))
            return false;
        bytes->len += got;
    }
    return true;
}

struct tn_reader *tn_site_load(const char *path, struct tn_error *error)
{
    struct tn_source source;
    struct tn_buf bytes;
    struct tn_reader *site = NULL;
    if (!tn_source_open(&source, path, error))
        return NULL;
    tn_buf_init(&bytes, 2 * TN_SITE_MAX_BYTES);
    if (read_all(&source, &bytes, error))
        site = tn_site_parse(bytes.data, bytes.len, error);
    tn_buf_release(&bytes);
    tn_source_close(&source);
    return site;
}
