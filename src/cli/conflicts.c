/* SPDX-License-Identifier: MIT */
#include "cli/dataset.h"
#include "cli/difference_text.h"
#include "core/arena.h"

enum { TRIAL_ID, FIELD, VALUE, SOURCE, WINNING, WINNING_SOURCE, READER, SITE, FILE_NAME, WINNING_READER, WINNING_SITE, WINNING_FILE, COLUMNS };

static const struct cli_column columns[] = {
    [TRIAL_ID] = {"trial_id", CLI_COLUMN_VALUE},
    [FIELD] = {"field", CLI_COLUMN_VALUE},
    [VALUE] = {"value", CLI_COLUMN_JSON},
    [SOURCE] = {"source", CLI_COLUMN_SOURCE},
    [WINNING] = {"winning", CLI_COLUMN_JSON},
    [WINNING_SOURCE] = {"winning_source", CLI_COLUMN_SOURCE},
    [READER] = {"reader", CLI_COLUMN_VALUE},
    [SITE] = {"site", CLI_COLUMN_VALUE},
    [FILE_NAME] = {"file", CLI_COLUMN_VALUE},
    [WINNING_READER] = {"winning_reader", CLI_COLUMN_VALUE},
    [WINNING_SITE] = {"winning_site", CLI_COLUMN_VALUE},
    [WINNING_FILE] = {"winning_file", CLI_COLUMN_VALUE},
};

static const char sql[] =
    "SELECT coalesce(trial.trial_id, trial.key), conflict.field, conflict.value,"
    " other.reader, other.site, other_input.path, other.member, other.record_index, conflict.winning,"
    " winner.reader, winner.site, winner_input.path, winner.member, winner.record_index,"
    " other.reader, other.site, other_input.path, winner.reader, winner.site, winner_input.path"
    " FROM conflict JOIN trial ON trial.trial = conflict.trial"
    " LEFT JOIN record AS other ON other.record = conflict.record"
    " LEFT JOIN input AS other_input ON other_input.input = other.input"
    " LEFT JOIN record AS winner ON winner.record = conflict.winner"
    " LEFT JOIN input AS winner_input ON winner_input.input = winner.input"
    " ORDER BY conflict.trial, conflict.field, conflict.record";

/* What lines are made with. */
struct texts {
    struct tn_buf value;
    struct tn_arena arena;
};

enum { MOST = 1 << 30 };

static void print_value(struct texts *texts, FILE *out, const struct cli_cell *cells, int column, int other)
{
    tn_buf_reset(&texts->value);
    cli_value_text(&texts->value, &texts->arena, cells[FIELD].text, cells[column].text, cells[other].text);
    cli_print(out, (struct tn_str){texts->value.data, texts->value.len}, 0);
}

/* NCT01234567 enrollment 120 (ctgov-v2 a.json) not 100 (ictrp b.csv) */
static void print_line(void *context, struct cli_rows *rows, FILE *out, const struct cli_cell *cells)
{
    cli_rows_print(rows, out, &cells[TRIAL_ID], 0);
    fputc(' ', out);
    cli_rows_print(rows, out, &cells[FIELD], 0);
    fputc(' ', out);
    print_value(context, out, cells, WINNING, VALUE);
    fputs(" (", out);
    cli_rows_print(rows, out, &cells[WINNING_SOURCE], 0);
    fputs(") not ", out);
    print_value(context, out, cells, VALUE, WINNING);
    fputs(" (", out);
    cli_rows_print(rows, out, &cells[SOURCE], 0);
    fputs(")\n", out);
}

int cli_conflicts(const struct cli_settings *settings)
{
    struct texts texts;
    tn_buf_init(&texts.value, MOST);
    tn_arena_init(&texts.arena, MOST);
    const struct cli_query query = {sql, columns, COLUMNS, print_line, &texts};
    int code = cli_dataset_list(settings, &query);
    tn_buf_release(&texts.value);
    tn_arena_release(&texts.arena);
    return code;
}
