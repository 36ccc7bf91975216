/* SPDX-License-Identifier: MIT */
/* Reading a document out of memory as a run does: told by its beginning, cut into records, each read. For tests and
 * fuzzers; needs no cmocka. */
#ifndef TN_TESTS_SUPPORT_DOCUMENT_H
#define TN_TESTS_SUPPORT_DOCUMENT_H

#include "core/buf.h"
#include "core/str.h"
#include "trialnorm/reader.h"

/* What became of it. */
struct document_outcome {
    size_t records; /* cut out and given to a reader */
    size_t trials;
    size_t failed;  /* records that a reader refused, or the splitter; a document that nobody claims is one */
    enum tn_code code; /* of the last refusal */
};

/* Reads `bytes`, from which at most `step` are had at a time (0: all at once). `reader` NULL: by evidence. */
struct document_outcome document_read(struct tn_worker *worker, const struct tn_reader *reader, struct tn_str bytes,
                                      size_t step, tn_emit_fn *emit, void *context);

/* The same by every reader of that syntax, whoever claims it; returns how many trials they gave together. */
size_t document_read_by_all(struct tn_worker *worker, enum tn_syntax syntax, struct tn_str bytes, tn_emit_fn *emit,
                            void *context);

/* A whole file, in memory of exactly its size, so that a sanitizer sees the first byte that is read too far; to be
 * freed. {NULL, 0} when it cannot be read. */
struct tn_str document_load(const char *path);

/* Its text in UTF-8, in whatever character set it is: of the bytes themselves, or in `out`, which is released by the
 * caller. */
struct tn_str document_text(struct tn_str bytes, struct tn_buf *out);

#endif
