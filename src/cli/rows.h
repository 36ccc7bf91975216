/* SPDX-License-Identifier: MIT */
/* Lists that a command prints: rows of named columns as NDJSON or CSV, or lines for people, to standard output.
 *
 *     static const char *const columns[] = {"trial_id", "field", "value"};
 *     struct cli_rows rows;
 *     cli_rows_begin(&rows, settings, columns, 3, print_line, NULL);
 *     while (... && cli_row(&rows, (struct cli_cell[]){cli_text(id), cli_text(field), cli_json(value)}))
 *         ...
 *     return cli_rows_end(&rows, code);
 */
#ifndef TN_CLI_ROWS_H
#define TN_CLI_ROWS_H

#include "cli/cli.h"
#include "core/buf.h"

enum cli_cell_kind { CLI_CELL_ABSENT, CLI_CELL_TEXT, CLI_CELL_JSON, CLI_CELL_INTEGER, CLI_CELL_NUMBER };

/* One value. Borrowed for the call. */
struct cli_cell {
    enum cli_cell_kind kind;
    struct tn_str text; /* of CLI_CELL_TEXT: bytes that are no UTF-8 become U+FFFD; of CLI_CELL_JSON: a JSON value on one line, well-formed */
    int64_t integer;
    double number;
};

/* {NULL, 0} is absent. */
static inline struct cli_cell cli_text(struct tn_str text)
{
    return (struct cli_cell){.kind = text.s ? CLI_CELL_TEXT : CLI_CELL_ABSENT, .text = text};
}

static inline struct cli_cell cli_json(struct tn_str json)
{
    return (struct cli_cell){.kind = json.s ? CLI_CELL_JSON : CLI_CELL_ABSENT, .text = json};
}

static inline struct cli_cell cli_integer(int64_t integer)
{
    return (struct cli_cell){.kind = CLI_CELL_INTEGER, .integer = integer};
}

static inline struct cli_cell cli_number(double number)
{
    return (struct cli_cell){.kind = CLI_CELL_NUMBER, .number = number};
}

static inline struct cli_cell cli_absent(void)
{
    return (struct cli_cell){.kind = CLI_CELL_ABSENT};
}

struct cli_rows;

/* The line of a row for people, with its line end, by cli_rows_print and stdio to `out`. `cells` has as many entries as there are
 * columns. */
typedef void cli_line_fn(void *context, struct cli_rows *rows, FILE *out, const struct cli_cell *cells);

struct cli_rows {
    enum cli_form form;
    const char *const *columns;
    size_t count;
    cli_line_fn *line;
    void *context;
    struct tn_buf row, cell; /* what is gathered of a row, and of one cell */
    size_t written;          /* rows so far */
    bool failed;             /* memory is short */
};

/* Begins a list in settings->form (CLI_JSON_PATCH is not its business), with the header of a CSV. `columns` has `count` names and
 * is borrowed. Whatever comes of the list, cli_rows_end follows. */
void cli_rows_begin(struct cli_rows *rows, const struct cli_settings *settings, const char *const *columns, size_t count,
                    cli_line_fn *line, void *context);

/* One row. NDJSON: an object without the absent ones, JSON values as they are. CSV: strings of JSON without their quotes, other JSON as
 * it is, absent ones empty. False once nothing more can be written, or when memory is short: the list may end then. */
bool cli_row(struct cli_rows *rows, const struct cli_cell *cells);

/* For lines: a cell without quotes, control characters made harmless; of more than `limit` bytes (0: no limit) the beginning. */
void cli_rows_print(struct cli_rows *rows, FILE *out, const struct cli_cell *cell, size_t limit);

/* The end of the list: `code`, or what else became of standard output (cli_finish). */
int cli_rows_end(struct cli_rows *rows, int code);

#endif
