/* SPDX-License-Identifier: MIT */
#include "cli/dataset.h"
#include "cli/difference_text.h"

enum { RUN, AT, TRIAL_ID, FIELD, OP, OLD, NEW, SOURCE, DATED, COLUMNS };

static const char *const columns[] = {
    [RUN] = "run", [AT] = "at",   [TRIAL_ID] = "trial_id", [FIELD] = "field", [OP] = "op",
    [OLD] = "old", [NEW] = "new", [SOURCE] = "source",     [DATED] = "dated",
};

/* Behind the columns of a row stand the run's own counts. */
enum { RUN_ADDED = COLUMNS, RUN_CHANGED, RUN_GONE };

static const char sql[] =
    "SELECT run.run, run.at, change.trial_id, change.field, change.op, change.old, change.new, change.source, change.dated,"
    " run.added, run.changed, run.gone"
    " FROM change JOIN run ON run.run = change.run"
    " WHERE change.run >= ?1 AND run.at >= ?2 AND (?3 IS NULL OR change.field = ?3) ORDER BY change.run, change.change";

struct listing {
    const struct cli_settings *settings;
    sqlite3_stmt *statement;
    int64_t run; /* whose heading was printed */
    struct tn_buf line, dated;
    struct tn_arena arena;
};

enum { LINE_MAX_BYTES = 1 << 30, ARENA_MAX = 1 << 30 };

/* `run 3, 2026-11-22T02:00:00Z: 2 trials changed, 1 added` */
static void print_heading(struct listing *listing, FILE *out, const struct cli_cell *cells)
{
    static const struct {
        int column;
        const char *what;
    } counts[] = {{RUN_CHANGED, "changed"}, {RUN_ADDED, "added"}, {RUN_GONE, "gone"}};
    if (listing->run == cells[RUN].integer)
        return;
    listing->run = cells[RUN].integer;
    fprintf(out, "run %lld, ", (long long)listing->run);
    cli_print(out, cells[AT].text, 0);
    bool some = false;
    for (size_t i = 0; !listing->settings->field_name && i < sizeof counts / sizeof counts[0]; i++) {
        long long count = sqlite3_column_int64(listing->statement, counts[i].column);
        if (!count)
            continue;
        fprintf(out, some ? ", %lld" : count == 1 ? ": %lld trial" : ": %lld trials", count);
        fprintf(out, " %s", counts[i].what);
        some = true;
    }
    fputc('\n', out);
}

/* The day of the record's last update, else of the run; with --verbose the source too. */
static struct tn_str bracket(struct listing *listing, const struct cli_cell *cells)
{
    enum { DAY = 10 };
    struct tn_str day = cells[DATED].text.len ? cells[DATED].text : cells[AT].text;
    tn_buf_reset(&listing->dated);
    tn_buf_add(&listing->dated, day.s, day.len < DAY ? day.len : DAY);
    if (listing->settings->verbose && cells[SOURCE].text.len) {
        tn_buf_add(&listing->dated, ", ", 2);
        tn_buf_str(&listing->dated, cells[SOURCE].text);
    }
    return (struct tn_str){listing->dated.data, listing->dated.len};
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
        .dated = bracket(listing, cells),
    };
    print_heading(listing, out, cells);
    tn_buf_reset(&listing->line);
    cli_difference_text(&listing->line, &listing->arena, &difference, listing->settings->verbose);
    rows->failed = rows->failed || listing->line.failed || listing->dated.failed;
    cli_print(out, (struct tn_str){listing->line.data, listing->line.len}, 0);
    fputc('\n', out);
}

/* What befell a whole trial has no value: its `new` is the word for it. */
static bool list_row(struct cli_rows *rows, sqlite3_stmt *statement)
{
    struct cli_cell cells[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        cells[i] = cli_column_cell(statement, i, i == OLD || i == NEW ? CLI_COLUMN_JSON : CLI_COLUMN_VALUE);
    if (cells[FIELD].kind == CLI_CELL_ABSENT && cells[NEW].kind == CLI_CELL_ABSENT && rows->form != CLI_TEXT)
        cells[NEW] = cells[OP];
    return cli_row(rows, cells);
}

static int list_changes(struct listing *listing, const struct tn_dataset *dataset, int64_t run, const char *at)
{
    struct tn_error error;
    struct cli_rows rows;
    int result = SQLITE_ERROR;
    cli_rows_begin(&rows, listing->settings, columns, COLUMNS, print_line, listing);
    listing->statement = tn_dataset_prepare(dataset, sql, &error);
    if (listing->statement) {
        sqlite3_bind_int64(listing->statement, 1, run);
        tn_bind_text(listing->statement, 2, cli_str(at));
        if (listing->settings->field_name)
            tn_bind_text(listing->statement, 3, cli_str(listing->settings->field_name));
        while ((result = tn_dataset_step(dataset, listing->statement, &error)) == SQLITE_ROW)
            if (!list_row(&rows, listing->statement))
                break;
    }
    sqlite3_finalize(listing->statement);
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
    tn_buf_init(&listing.line, LINE_MAX_BYTES);
    tn_buf_init(&listing.dated, LINE_MAX_BYTES);
    tn_arena_init(&listing.arena, ARENA_MAX);
    code = list_changes(&listing, dataset, run, at);
    tn_buf_release(&listing.line);
    tn_buf_release(&listing.dated);
    tn_arena_release(&listing.arena);
    tn_dataset_close(dataset);
    return code;
}
