/* SPDX-License-Identifier: MIT */
/* A run whose trials are written. */
#ifndef TN_BATCH_CONVERT_H
#define TN_BATCH_CONVERT_H

#include "batch/output.h"
#include "batch/run.h"

struct tn_convert_options {
    struct tn_run_options run;
    const struct tn_writer *writer;
    struct tn_write_options write;
    bool limited; /* to `limit` trials: then no more is read */
    size_t limit;
    bool unique; /* only the newest record of each trial (unique.h); everything is read then before the first is written */
    const char *temporary; /* folder for temporary files; NULL: /tmp */
};

/* Reads everything and writes it to `output`, which is committed unless the run ended early (but for `limit`), or no trial came of inputs
 * that failed. Of the visitor, `trial` and `file` are not called. TN_OK, also when records failed (see *counts) and when
 * the reader of a pipe went away (see tn_output_closed); TN_FATAL with *error, which is not reported:
 * TN_USAGE when the output is one of the inputs. */
enum tn_severity tn_convert(const struct tn_convert_options *options, struct tn_output *output,
                            const struct tn_visitor *visitor, struct tn_counts *counts, struct tn_error *error);

#endif
