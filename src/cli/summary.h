/* SPDX-License-Identifier: MIT */
/* What a run that reads inputs says while it runs, and at its end. */
#ifndef TN_CLI_SUMMARY_H
#define TN_CLI_SUMMARY_H

#include "batch/run.h"
#include "cli/progress.h"

/* The context of a visitor: settings, and the progress that was begun. */
struct cli_shown {
    const struct cli_settings *settings;
    struct cli_progress progress;
};

/* A visitor that shows problems, documents, what was passed over and how far the run is; `shown` is its context. */
struct tn_visitor cli_visitor(struct cli_shown *shown);

/* The threads that the command line asks for, else as many as there are processors for this process. */
unsigned cli_threads(const struct cli_settings *settings);

/* "s", but of one "". Static. */
const char *cli_plural(size_t count);

/* "; 3 warnings (2 lost-value, 1 bad-value)", "; 2 inputs not read", ...: what there is to say besides the records. */
void cli_write_besides(FILE *out, const struct tn_counts *counts, uint64_t milliseconds);

/* "trialnorm: 12 records: 11 written, 1 failed; 3 warnings (2 lost-value, 1 bad-value); 0.04 s" to standard error. */
void cli_print_summary(const struct tn_counts *counts, uint64_t milliseconds);

/* What `write` writes, to standard error at once, so that two programs that share a log do not mix. */
void cli_at_once(void (*write)(FILE *out, const void *context), const void *context);

/* True when a run that had nothing to tell says nothing at its end, either. */
bool cli_ends_quietly(const struct cli_settings *settings, const struct tn_counts *counts);

#endif
