/* SPDX-License-Identifier: MIT */
/* What the commands that read inputs share. */
#ifndef TN_CLI_SESSION_H
#define TN_CLI_SESSION_H

#include <stdio.h>

#include "batch/output.h"
#include "batch/run.h"
#include "cli/cli.h"

struct cli_progress;

/* True when standard input is one of the inputs. */
bool cli_reads_stdin(const struct cli_settings *settings);

/* The inputs and limits of a run, as the command line has them. Says so when standard input is a terminal, where a
 * program that waits looks like one that hangs. */
struct tn_run_options cli_run_options(const struct cli_settings *settings);

/* Runs without an output of trials: the visitor prints to standard output. Returns the exit code. */
int cli_visit(const struct cli_settings *settings, const struct tn_visitor *visitor);

/* The exit code of a run that came to its end. */
int cli_exit_of(const struct cli_settings *settings, const struct tn_counts *counts);

/* Who reads a document, with the evidence, as one line. */
void cli_print_document(FILE *out, const struct tn_document *document);

/* Prints a first description of a page's site. Returns the exit code. */
int cli_draft(const struct cli_settings *settings);

/* The writer that the command line asks for: by its name, by the ending of the output, or the default. */
const struct tn_writer *cli_writer(const struct cli_settings *settings);

/* The output of a command that writes trials. NULL once a message has been printed; then *code is the exit code. It is ended by
 * cli_output_end, which removes what was not put into place, and ends the guard against signals. */
struct tn_output *cli_output_new(const struct cli_settings *settings, const struct tn_writer *writer, int *code);
void cli_output_end(struct tn_output *output);

/* Says why nothing could be written, unless the reader of a pipe went away; returns the exit code. */
int cli_output_failed(const struct tn_output *output, const struct tn_error *error);

/* What a signal that ends the program (exit code 128 + its number) has to leave behind in order: the temporary files of
 * `output` are removed, the line of `progress` is cleared. NULL: there is nothing to do any more. */
void cli_guard(const struct tn_output *output, struct cli_progress *progress);

/* The same for files: a signal removes those at `paths` (ended by NULL; borrowed until the next call). NULL: none. */
void cli_guard_paths(const char *const *paths);

/* What was to be written is in place: from here on a signal changes nothing. */
void cli_guard_end(void);

/* Shows what was passed over, with --verbose. `context` is the settings. */
void cli_show_passed(void *context, const struct tn_passed *passed);

#endif
