/* SPDX-License-Identifier: MIT */
/* A growable buffer with a hard cap. Once an append did not fit, `failed` stays set and later appends do nothing,
 * so that a caller checks once, at the end. */
#ifndef TN_CORE_BUF_H
#define TN_CORE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "core/str.h"

struct tn_buf {
    char *data; /* len bytes; not NUL-terminated unless tn_buf_terminate was called */
    size_t len;
    size_t room;
    size_t cap; /* never more than this */
    bool failed;
};

void tn_buf_init(struct tn_buf *buf, size_t cap);
void tn_buf_release(struct tn_buf *buf);

/* Empty again; the memory stays for the next use. */
static inline void tn_buf_reset(struct tn_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
}

/* More memory. For tn_buf_reserve alone. */
bool tn_buf_enlarge(struct tn_buf *buf, size_t more);

/* Room for `more` bytes behind len; false (and failed) over the cap. */
static inline bool tn_buf_reserve(struct tn_buf *buf, size_t more)
{
    return (more <= buf->room - buf->len && !buf->failed) || tn_buf_enlarge(buf, more);
}

void tn_buf_add(struct tn_buf *buf, const char *s, size_t len);

static inline void tn_buf_char(struct tn_buf *buf, char c)
{
    if (buf->len < buf->room || tn_buf_reserve(buf, 1))
        buf->data[buf->len++] = c;
}

static inline void tn_buf_str(struct tn_buf *buf, struct tn_str text)
{
    tn_buf_add(buf, text.s, text.len);
}

/* A NUL behind the last byte, not counted in len. */
bool tn_buf_terminate(struct tn_buf *buf);

#endif
