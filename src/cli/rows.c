/* SPDX-License-Identifier: MIT */
#include "cli/rows.h"

#include "core/number.h"
#include "core/utf8.h"
#include "writers/csv_row.h"
#include "writers/json_text.h"

/* A row holds what stands in one trial at most twice. */
enum { ROW_MAX = 1 << 30 };

/* A text, bytes that are none replaced: names of files hold whatever their folder allows. */
static struct tn_str clean(struct tn_buf *room, struct tn_str text)
{
    if (tn_utf8_valid(text) == text.len)
        return text;
    tn_buf_reset(room);
    tn_utf8_repair(text, room);
    return tn_str_slice(room->data, room->len);
}

/* A cell as it stands in CSV and lines. What is not borrowed is put into `room`, emptied before. */
static struct tn_str plain(struct tn_buf *room, const struct cli_cell *cell)
{
    char digits[TN_NUMBER_MAX];
    tn_buf_reset(room);
    switch (cell->kind) {
    case CLI_CELL_ABSENT:
        return (struct tn_str){NULL, 0};
    case CLI_CELL_TEXT:
        return clean(room, cell->text);
    case CLI_CELL_JSON:
        if (cell->text.len == 0 || cell->text.s[0] != '"')
            return cell->text;
        tn_json_unquote(room, cell->text);
        break;
    case CLI_CELL_INTEGER:
        tn_buf_add(room, digits, tn_integer_format(cell->integer, digits));
        break;
    case CLI_CELL_NUMBER:
        tn_buf_add(room, digits, tn_number_format(cell->number, digits));
        break;
    }
    return tn_str_slice(room->len ? room->data : "", room->len);
}

static void put_object(struct cli_rows *rows, const struct cli_cell *cells)
{
    struct tn_buf *out = &rows->row;
    char before = '{', digits[TN_NUMBER_MAX];
    for (size_t i = 0; i < rows->count; i++) {
        if (cells[i].kind == CLI_CELL_ABSENT)
            continue;
        tn_buf_char(out, before);
        tn_json_string(out, cli_str(rows->columns[i]));
        tn_buf_char(out, ':');
        before = ',';
        if (cells[i].kind == CLI_CELL_TEXT)
            tn_json_string(out, clean(&rows->cell, cells[i].text));
        else if (cells[i].kind == CLI_CELL_JSON)
            tn_buf_str(out, cells[i].text);
        else if (cells[i].kind == CLI_CELL_INTEGER)
            tn_buf_add(out, digits, tn_integer_format(cells[i].integer, digits));
        else
            tn_buf_add(out, digits, tn_number_format(cells[i].number, digits));
    }
    out->failed = out->failed || rows->cell.failed;
    tn_buf_str(out, before == '{' ? TN_LIT("{}\n") : TN_LIT("}\n"));
}

static void put_csv(struct cli_rows *rows, const struct cli_cell *cells)
{
    struct tn_csv_row row;
    tn_csv_start(&row, &rows->row, false);
    for (size_t i = 0; i < rows->count; i++) {
        struct tn_str text = plain(&rows->cell, &cells[i]);
        rows->row.failed = rows->row.failed || rows->cell.failed;
        tn_csv_cell(&row, text);
    }
    tn_csv_end_row(&row);
}

static void put_header(struct cli_rows *rows)
{
    struct tn_csv_row row;
    tn_csv_start(&row, &rows->row, false);
    for (size_t i = 0; i < rows->count; i++)
        tn_csv_name(&row, rows->columns[i], NULL);
    tn_csv_end_row(&row);
}

/* What is gathered goes out. */
static bool hand_over(struct cli_rows *rows)
{
    if (rows->row.failed)
        rows->failed = true;
    else if (rows->row.len)
        fwrite(rows->row.data, 1, rows->row.len, stdout);
    tn_buf_reset(&rows->row);
    return !rows->failed && !ferror(stdout);
}

void cli_rows_begin(struct cli_rows *rows, const struct cli_settings *settings, const char *const *columns, size_t count,
                    cli_line_fn *line, void *context)
{
    *rows = (struct cli_rows){.form = settings->form, .columns = columns, .count = count, .line = line, .context = context};
    tn_buf_init(&rows->row, ROW_MAX);
    tn_buf_init(&rows->cell, ROW_MAX);
    if (rows->form != CLI_CSV)
        return;
    put_header(rows);
    hand_over(rows);
}

bool cli_row(struct cli_rows *rows, const struct cli_cell *cells)
{
    rows->written++;
    if (rows->form == CLI_TEXT) {
        rows->line(rows->context, rows, stdout, cells);
        return !rows->failed && !ferror(stdout);
    }
    if (rows->form == CLI_CSV)
        put_csv(rows, cells);
    else
        put_object(rows, cells);
    return hand_over(rows);
}

void cli_rows_print(struct cli_rows *rows, FILE *out, const struct cli_cell *cell, size_t limit)
{
    cli_print(out, plain(&rows->cell, cell), limit);
    rows->failed = rows->failed || rows->cell.failed;
}

int cli_rows_end(struct cli_rows *rows, int code)
{
    tn_buf_release(&rows->row);
    tn_buf_release(&rows->cell);
    int end = cli_finish(code);
    if (!rows->failed || end == CLI_IO)
        return end;
    cli_say("out of memory");
    return CLI_IO;
}
