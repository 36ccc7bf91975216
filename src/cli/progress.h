/* SPDX-License-Identifier: MIT */
/* Shows on standard error how far a run is: as a line of the terminal that is drawn again and again, or as whole lines for
 * a log. */
#ifndef TN_CLI_PROGRESS_H
#define TN_CLI_PROGRESS_H

#include <signal.h>

#include "batch/progress.h"
#include "cli/cli.h"

struct cli_progress {
    enum cli_progress_style style; /* LINE, PLAIN or NONE */
    const struct cli_settings *settings;
    struct tn_extent of_stdin, extent;
    bool measured;                /* the extent is asked for */
    uint64_t began, next;         /* milliseconds of the clock: the run, and when to show something again */
    volatile sig_atomic_t drawn;  /* a line stands on the terminal. Read by a signal handler */
};

/* The run begins. Nothing is shown yet: runs that take no longer than a second show no line. */
void cli_progress_begin(struct cli_progress *progress, const struct cli_settings *settings);

/* True when somebody is to see how far the run is: then cli_progress_show wants to be called. */
bool cli_progress_wanted(const struct cli_progress *progress);
void cli_progress_show(struct cli_progress *progress, const struct tn_progress *now);

/* Clears the line, if there is one, so that something else can be printed. May be called by a signal handler. */
void cli_progress_clear(struct cli_progress *progress);

/* The run ended: clears the line, or prints the last one of a log. */
void cli_progress_end(struct cli_progress *progress, const struct tn_counts *counts);

/* Milliseconds since the run began. */
uint64_t cli_progress_time(const struct cli_progress *progress);

/* What --progress does. */
bool cli_set_progress(struct cli_settings *settings, const char *value, struct tn_error *error);

#endif
