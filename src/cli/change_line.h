/* SPDX-License-Identifier: MIT */
/* Lines of changes and history. */
#ifndef TN_CLI_CHANGE_LINE_H
#define TN_CLI_CHANGE_LINE_H

#include "cli/difference_text.h"
#include "cli/rows.h"
#include "core/arena.h"

/* What lines are made with. */
struct cli_change_lines {
    bool whole; /* --verbose: whole texts, and the source in brackets */
    struct tn_buf line, bracket;
    struct tn_arena arena;
};

void cli_change_lines_init(struct cli_change_lines *lines, const struct cli_settings *settings);
void cli_change_lines_release(struct cli_change_lines *lines);

/* Prints the line of a difference. In brackets stands, to the day, what it is `dated`; `at` where that is not there, or the whole
 * trial is meant: when it is gone, or joined to another, is no matter of the record's own update. */
void cli_change_line(struct cli_change_lines *lines, struct cli_rows *rows, FILE *out, struct cli_difference difference,
                     struct tn_str at, struct tn_str source);

/* The row of what befell a whole trial, which has no value: its `new` is the word for it, where there is none. */
bool cli_event_row(struct cli_rows *rows, struct cli_cell *cells, int op, int new);

#endif
