/* SPDX-License-Identifier: MIT */
#include "writers/out.h"

enum { FLUSH_AT = 64 * 1024 };
#define MOST_BYTES ((size_t)1 << 30) /* of one record as it is written */

enum tn_severity tn_out_open(struct tn_out *out, const struct tn_sink *sink, const char *name, struct tn_error *error)
{
    *out = (struct tn_out){.sink = *sink};
    tn_buf_init(&out->buf, MOST_BYTES);
    out->part = sink->open(sink->context, name, error);
    return out->part < 0 ? TN_FATAL : TN_OK;
}

static enum tn_severity flush(struct tn_out *out, struct tn_error *error)
{
    if (out->buf.failed) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "a record is too large to be written");
        return TN_FATAL;
    }
    bool written = out->buf.len == 0 ||
                   out->sink.write(out->sink.context, out->part, out->buf.data, out->buf.len, error);
    tn_buf_reset(&out->buf);
    return written ? TN_OK : TN_FATAL;
}

enum tn_severity tn_out_record_end(struct tn_out *out, struct tn_error *error)
{
    return out->buf.len >= FLUSH_AT || out->buf.failed ? flush(out, error) : TN_OK;
}

enum tn_severity tn_out_put(struct tn_out *out, struct tn_str bytes, struct tn_error *error)
{
    if (bytes.len < FLUSH_AT) {
        tn_buf_str(&out->buf, bytes);
        return tn_out_record_end(out, error);
    }
    enum tn_severity severity = flush(out, error);
    bool written = severity != TN_OK || out->sink.write(out->sink.context, out->part, bytes.s, bytes.len, error);
    return written ? severity : TN_FATAL;
}

enum tn_severity tn_out_close(struct tn_out *out, bool failed, struct tn_error *error)
{
    enum tn_severity severity = failed ? TN_OK : flush(out, error);
    tn_buf_release(&out->buf);
    return severity;
}
