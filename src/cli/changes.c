/* SPDX-License-Identifier: MIT */
#include "cli/change_line.h"
#include "cli/dataset.h"

enum { RUN, AT, TRIAL_ID, FIELD, OP, OLD, NEW, SOURCE, DATED, COLUMNS };

static const char *const columns[] = {
    [RUN] = "run", [AT] = "at",   [TRIAL_ID] = "trial_id", [FIELD] = "field", [OP] = "op",
    [OLD] = "old", [NEW] = "new", [SOURCE] = "source",     [DATED] = "dated",
};

static const char sql[] =
    "SELECT run.run, run.at, change.trial_id, change.field, change.op, change.old, change.new, change.source, change.dated"
    " FROM change JOIN run ON run.run = change.run"
    " WHERE change.run >= ?1 AND run.at >= ?2 AND (?3 IS NULL OR change.field = ?3) ORDER BY change.run, change.change";

/* What a run did to whole trials. */
static const char counts_sql[] =
    "SELECT run.changed, run.added, run.gone, sum(change.op = 'returned'), sum(change.op = 'joined'), sum(change.op = 'parted')"
    " FROM run LEFT JOIN change ON change.run = run.run AND change.field IS NULL WHERE run.run = ?1 GROUP BY run.run";

static const char *const counted[] = {"changed", "added", "gone", "returned", "joined to others", "parted from others"};

struct listing {
    const struct cli_settings *settings;
    sqlite3_stmt *statement, *counts;
    int64_t run; /* whose heading was printed */
    struct cli_change_lines lines;
};

/* `: 2 trials changed, 1 added`; nothing where they cannot be counted. */
static void print_counts(const struct listing *listing, FILE *out)
{
    bool some = false;
    sqlite3_bind_int64(listing->counts, 1, listing->run);
    bool found = sqlite3_step(listing->counts) == SQLITE_ROW;
    for (size_t i = 0; found && i < sizeof counted / sizeof counted[0]; i++) {
        long long count = sqlite3_column_int64(listing->counts, (int)i);
        if (!count)
            continue;
        fprintf(out, some ? ", %lld" : count == 1 ? ": %lld trial" : ": %lld trials", count);
        fprintf(out, " %s", counted[i]);
        some = true;
    }
    sqlite3_reset(listing->counts);
}

/* `run 3, 2026-11-22T02:00:00Z: 2 trials changed, 1 added` */
static void print_heading(struct listing *listing, FILE *out, const struct cli_cell *cells)
{
    if (listing->run == cells[RUN].integer)
        return;
    listing->run = cells[RUN].integer;
    fprintf(out, "run %lld, ", (long long)listing->run);
    cli_print(out, cells[AT].text, 0);
    if (!listing->settings->field_name)
        print_counts(listing, out);
    fputc('\n', out);
}

static void print_line(void *context, struct cli_rows *rows, FILE *out, const struct cli_cell *cells)
{
    struct listing *listing = context;
    const struct cli_difference difference = {
        .trial_id = cells[TRIAL_ID].text,
        .op = cells[OP].text,
        .field = cells[FIELD].text,
        .old = cells[OLD].text,
        .now = cells[NEW].text,
        .dated = cells[DATED].text,
    };
    print_heading(listing, out, cells);
    cli_change_line(&listing->lines, rows, out, difference, cells[AT].text, cells[SOURCE].text);
}

static bool list_row(struct cli_rows *rows, sqlite3_stmt *statement)
{
    struct cli_cell cells[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        cells[i] = cli_column_cell(statement, i, i == OLD || i == NEW ? CLI_COLUMN_JSON : CLI_COLUMN_VALUE);
    if (!cells[SOURCE].text.len)
        cells[SOURCE] = cli_absent();
    return cells[FIELD].kind == CLI_CELL_ABSENT ? cli_event_row(rows, cells, OP, NEW) : cli_row(rows, cells);
}

static int list_changes(struct listing *listing, const struct tn_dataset *dataset, int64_t run, const char *at)
{
    struct tn_error error;
    struct cli_rows rows;
    int result = SQLITE_ERROR;
    cli_rows_begin(&rows, listing->settings, columns, COLUMNS, print_line, listing);
    listing->statement = tn_dataset_prepare(dataset, sql, &error);
    listing->counts = listing->statement ? tn_dataset_prepare(dataset, counts_sql, &error) : NULL;
    if (listing->counts) {
        sqlite3_bind_int64(listing->statement, 1, run);
        tn_bind_text(listing->statement, 2, cli_str(at));
        if (listing->settings->field_name)
            tn_bind_text(listing->statement, 3, cli_str(listing->settings->field_name));
        while ((result = tn_dataset_step(dataset, listing->statement, &error)) == SQLITE_ROW)
            if (!list_row(&rows, listing->statement))
                break;
    }
    sqlite3_finalize(listing->statement);
    sqlite3_finalize(listing->counts);
    return cli_rows_end(&rows, result == SQLITE_ERROR ? cli_dataset_failed(dataset, &error) : CLI_DONE);
}

int cli_changes(const struct cli_settings *settings)
{
    int64_t run = 0;
    const char *at = "";
    if (!cli_check_field(settings) || !cli_read_since(settings, &run, &at))
        return CLI_USAGE;
    int code;
    struct tn_dataset *dataset = cli_dataset_open(settings, 0, &code);
    if (!dataset)
        return code;
    struct listing listing = {.settings = settings};
    cli_change_lines_init(&listing.lines, settings);
    code = list_changes(&listing, dataset, run, at);
    cli_change_lines_release(&listing.lines);
    tn_dataset_close(dataset);
    return code;
}
