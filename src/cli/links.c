/* SPDX-License-Identifier: MIT */
#include "cli/dataset.h"

enum { RECORD_KEY, FILE_NAME, MEMBER, NUMBER, READER, SITE, STATE, TRIAL_ID, CANDIDATE, SCORE, RUNNER_UP, EVIDENCE, RUN, COLUMNS };

static const struct cli_column columns[] = {
    [RECORD_KEY] = {"record_key", CLI_COLUMN_VALUE},
    [FILE_NAME] = {"file", CLI_COLUMN_VALUE},
    [MEMBER] = {"member", CLI_COLUMN_VALUE},
    [NUMBER] = {"record_index", CLI_COLUMN_VALUE},
    [READER] = {"reader", CLI_COLUMN_VALUE},
    [SITE] = {"site", CLI_COLUMN_VALUE},
    [STATE] = {"state", CLI_COLUMN_VALUE},
    [TRIAL_ID] = {"trial_id", CLI_COLUMN_VALUE},
    [CANDIDATE] = {"candidate", CLI_COLUMN_VALUE},
    [SCORE] = {"score", CLI_COLUMN_VALUE},
    [RUNNER_UP] = {"runner_up", CLI_COLUMN_VALUE},
    [EVIDENCE] = {"evidence", CLI_COLUMN_VALUE},
    [RUN] = {"run", CLI_COLUMN_VALUE},
};

static const char sql[] =
    "SELECT record.record_key, input.path, record.member, record.record_index, record.reader, record.site, link.state,"
    " CASE WHEN link.state = 'joined' THEN coalesce(trial.trial_id, trial.key) END,"
    " CASE WHEN link.state <> 'joined' THEN coalesce(trial.trial_id, trial.key) END,"
    " link.score, link.runner_up, link.evidence, link.run"
    " FROM link JOIN record ON record.record = link.record LEFT JOIN input ON input.input = record.input"
    " LEFT JOIN trial ON trial.trial = link.trial ORDER BY link.record, link.state, link.trial";

/* 0.93 */
static void print_share(FILE *out, const struct cli_cell *cell)
{
    double share = cell->kind == CLI_CELL_INTEGER ? (double)cell->integer : cell->number;
    int hundredths = share <= 0 ? 0 : share >= 1 ? 100 : (int)(share * 100 + 0.5);
    fprintf(out, "%d.%02d", hundredths / 100, hundredths % 100);
}

/* pages/a.html joined to NCT01234567, 0.98 (next 0.41): 12 of 13 criteria ...
 * pages/b.html undecided, perhaps NCT01234567, 0.55 (next 0.54): ... */
static void print_line(void *context, struct cli_rows *rows, FILE *out, const struct cli_cell *cells)
{
    (void)context;
    bool joined = cells[TRIAL_ID].kind != CLI_CELL_ABSENT;
    cli_rows_print(rows, out, &cells[FILE_NAME], 0);
    if (cells[MEMBER].kind != CLI_CELL_ABSENT)
        fputc(':', out);
    cli_rows_print(rows, out, &cells[MEMBER], 0);
    if (cells[NUMBER].integer > 0)
        fprintf(out, "#%lld", (long long)cells[NUMBER].integer);
    fputc(' ', out);
    cli_rows_print(rows, out, &cells[RECORD_KEY], 0);
    fputc(' ', out);
    cli_rows_print(rows, out, &cells[STATE], 0);
    if (joined || cells[CANDIDATE].kind != CLI_CELL_ABSENT) {
        fputs(joined ? " to " : ", perhaps ", out);
        cli_rows_print(rows, out, &cells[joined ? TRIAL_ID : CANDIDATE], 0);
    }
    if (cells[SCORE].kind != CLI_CELL_ABSENT) {
        fputs(", ", out);
        print_share(out, &cells[SCORE]);
    }
    if (cells[RUNNER_UP].kind == CLI_CELL_NUMBER && cells[RUNNER_UP].number > 0) {
        fputs(" (next ", out);
        print_share(out, &cells[RUNNER_UP]);
        fputc(')', out);
    }
    fputs(": ", out);
    cli_rows_print(rows, out, &cells[EVIDENCE], 0);
    fputc('\n', out);
}

int cli_links(const struct cli_settings *settings)
{
    static const struct cli_query query = {sql, columns, COLUMNS, print_line, NULL};
    return cli_dataset_list(settings, &query);
}
