/* SPDX-License-Identifier: MIT */
#include "core/buf.h"

#include <stdlib.h>

void tn_buf_init(struct tn_buf *buf, size_t cap)
{
    *buf = (struct tn_buf){.cap = cap};
}

void tn_buf_release(struct tn_buf *buf)
{
    free(buf->data);
    tn_buf_init(buf, buf->cap);
}

bool tn_buf_enlarge(struct tn_buf *buf, size_t more)
{
    if (buf->failed || more > buf->cap - buf->len) {
        buf->failed = true;
        return false;
    }
    size_t need = buf->len + more;
    if (need <= buf->room)
        return true;
    size_t room = buf->room > buf->cap / 2 ? buf->cap : buf->room * 2;
    if (room < 4096 && buf->cap >= 4096)
        room = 4096;
    if (room < need)
        room = need;
    char *data = realloc(buf->data, room);
    if (!data) {
        buf->failed = true;
        return false;
    }
    buf->data = data;
    buf->room = room;
    return true;
}

void tn_buf_add(struct tn_buf *buf, const char *s, size_t len)
{
    if (len == 0 || !tn_buf_reserve(buf, len))
        return;
    memcpy(buf->data + buf->len, s, len);
    buf->len += len;
}

bool tn_buf_terminate(struct tn_buf *buf)
{
    if (!tn_buf_reserve(buf, 1))
        return false;
    buf->data[buf->len] = '\0';
    return true;
}
