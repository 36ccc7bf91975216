/* SPDX-License-Identifier: MIT */
#include "cli/change_line.h"

enum { MOST = 1 << 30 };

void cli_change_lines_init(struct cli_change_lines *lines, const struct cli_settings *settings)
{
    lines->whole = settings->verbose;
    tn_buf_init(&lines->line, MOST);
    tn_buf_init(&lines->bracket, MOST);
    tn_arena_init(&lines->arena, MOST);
}

void cli_change_lines_release(struct cli_change_lines *lines)
{
    tn_buf_release(&lines->line);
    tn_buf_release(&lines->bracket);
    tn_arena_release(&lines->arena);
}

void cli_change_line(struct cli_change_lines *lines, struct cli_rows *rows, FILE *out, struct cli_difference difference,
                     struct tn_str at, struct tn_str source)
{
    enum { DAY = 10 };
    bool of_record = difference.dated.len && (difference.field.s || tn_str_eq(difference.op, TN_LIT("added")));
    struct tn_str day = of_record ? difference.dated : at;
    tn_buf_reset(&lines->line);
    tn_buf_reset(&lines->bracket);
    tn_buf_add(&lines->bracket, day.s, day.len < DAY ? day.len : DAY);
    if (lines->whole && day.len && source.len)
        tn_buf_str(&lines->bracket, TN_LIT(", "));
    if (lines->whole)
        tn_buf_str(&lines->bracket, source);
    difference.dated = tn_str_slice(lines->bracket.data, lines->bracket.len);
    cli_difference_text(&lines->line, &lines->arena, &difference, lines->whole);
    rows->failed = rows->failed || lines->line.failed || lines->bracket.failed;
    cli_print(out, tn_str_slice(lines->line.data, lines->line.len), 0);
    fputc('\n', out);
}

bool cli_event_row(struct cli_rows *rows, struct cli_cell *cells, int op, int new)
{
    if (cells[new].kind == CLI_CELL_ABSENT && rows->form != CLI_TEXT)
        cells[new] = cells[op];
    return cli_row(rows, cells);
}
