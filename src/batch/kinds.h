/* SPDX-License-Identifier: MIT */
/* Documents of several kinds in one input, one behind the other: who reads which. A document that begins as one before it
 * did is of the same kind; each other is told by itself, and read by the reader of the one before it where nobody else
 * claims it. */
#ifndef TN_BATCH_KINDS_H
#define TN_BATCH_KINDS_H

#include "batch/batch.h"

enum { TN_KINDS = 16 }; /* that are remembered; further ones are not told */

struct tn_document_kind {
    uint32_t beginning; /* tn_split_kind */
    bool doubtful;      /* it was told by more than its own document */
    const struct tn_reader *reader;
    enum tn_syntax syntax;
    char path[TN_RECORD_PATH_MAX]; /* that its document tells besides its reader's own (tn_record_path); "": none */
};

struct tn_kinds {
    size_t count;
    struct tn_document_kind of[TN_KINDS];
};

/* The kind of an input that begins with `head`, by its verdict: the first of `kinds`. Its records are cut from here on. */
void tn_kinds_begin(struct tn_kinds *kinds, struct tn_split *split, struct tn_str head, const struct tn_verdict *verdict);

/* A document begins otherwise than the one before (TN_SPLIT_DOCUMENT): returns its kind, and its records are cut from here
 * on. */
const struct tn_document_kind *tn_kinds_next(struct tn_kinds *kinds, struct tn_batch *batch, struct tn_split *split,
                                             const struct tn_document_kind *before);

/* Who reads an input that begins with *head, where whoever claims it (`told`, *verdict, *error) does so by documents behind the
 * first: then *head is cut to that one. Returns what is now told. */
enum tn_severity tn_kinds_tell_first(struct tn_batch *batch, struct tn_str *head, enum tn_severity told,
                                     struct tn_verdict *verdict, const struct tn_error *error);

#endif
