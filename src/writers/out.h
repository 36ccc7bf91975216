/* SPDX-License-Identifier: MIT */
/* One part of a sink with a buffer before it. */
#ifndef TN_WRITERS_OUT_H
#define TN_WRITERS_OUT_H

#include "core/buf.h"
#include "trialnorm/writer.h"

struct tn_out {
    struct tn_sink sink;
    int part;
    struct tn_buf buf; /* what was written since the last flush */
};

/* Opens part `name` (NULL: the only part). TN_OK, or TN_FATAL with *error. */
enum tn_severity tn_out_open(struct tn_out *out, const struct tn_sink *sink, const char *name,
                             struct tn_error *error);

/* Hands the buffer over when it is large enough to be worth a call. To be called at the end of a record; says also
 * when the record did not fit. */
enum tn_severity tn_out_record_end(struct tn_out *out, struct tn_error *error);

/* Writes what was formatted elsewhere: `bytes` behind what the buffer holds. */
enum tn_severity tn_out_put(struct tn_out *out, struct tn_str bytes, struct tn_error *error);

/* Hands over what is left unless the run failed, and frees. */
enum tn_severity tn_out_close(struct tn_out *out, bool failed, struct tn_error *error);

#endif
