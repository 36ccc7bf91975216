/* SPDX-License-Identifier: MIT */
/* A sink that keeps what is written, and running a writer into it. */
#ifndef TN_TESTS_SUPPORT_SINK_H
#define TN_TESTS_SUPPORT_SINK_H

#include "core/buf.h"
#include "trialnorm/writer.h"

enum { SINK_PARTS_MAX = 128 };

struct sink_part {
    char name[64]; /* "" for the only part */
    struct tn_buf bytes;
};

struct sink {
    struct sink_part parts[SINK_PARTS_MAX];
    int count;
    size_t writes;
    int fail_open_at;     /* this part cannot be opened; -1: all can */
    size_t fail_write_at; /* this write fails, from 1; 0: none does */
};

void sink_start(struct sink *sink);
void sink_free(struct sink *sink);
struct tn_sink sink_of(struct sink *sink);

/* What was written to the part of that name ("" for the only one); fails the test when there is none. */
struct tn_str sink_text(const struct sink *sink, const char *name);

/* Writes the trials (ended by NULL) with the writer of that name: begin, record, end. */
enum tn_severity sink_write(struct sink *sink, const char *writer, const struct tn_write_options *options,
                            const tn_trial *const *trials, struct tn_error *error);

/* The same for what must not fail: writes and compares with `want` what stands in `part`. */
void sink_check(const char *writer, const struct tn_write_options *options, const tn_trial *trial, const char *part,
                const char *want);

#endif
