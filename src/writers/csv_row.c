/* SPDX-License-Identifier: MIT */
#include "writers/csv_row.h"

#include <csv.h>

#include "core/number.h"

void tn_csv_start(struct tn_csv_row *row, struct tn_buf *out, bool excel)
{
    *row = (struct tn_csv_row){.out = out, .excel = excel};
    if (excel)
        tn_buf_str(out, TN_LIT("\xEF\xBB\xBF"));
    row->start = out->len;
}

/* Blanks at the ends belong to the cell, but many readers (libcsv's is one) strip them outside quotes. */
static bool needs_quotes(struct tn_str text)
{
    static const bool special[256] = {['"'] = true, [','] = true, ['\n'] = true, ['\r'] = true};
    if (tn_is_space(text.s[0]) || tn_is_space(text.s[text.len - 1]))
        return true;
    for (size_t i = 0; i < text.len; i++)
        if (special[(unsigned char)text.s[i]])
            return true;
    return false;
}

/* What a spreadsheet would run instead of showing it. */
static bool is_formula(struct tn_str text)
{
    return memchr("=+-@\t\r", text.s[0], 6) != NULL;
}

/* csv_write2 always quotes. A formula's `'` comes behind the opening quote, so that the cell is written one byte
 * further on and its quote replaced. */
static void put_quoted(struct tn_buf *out, struct tn_str text, bool formula)
{
    size_t most = 2 * text.len + 2 + formula;
    if (!tn_buf_reserve(out, most))
        return;
    char *at = out->data + out->len;
    out->len += formula + csv_write2(at + formula, most - formula, text.s, text.len, '"');
    if (formula)
        memcpy(at, "\"'", 2);
}

void tn_csv_cell(struct tn_csv_row *row, struct tn_str text)
{
    if (row->cells++)
        tn_buf_char(row->out, ',');
    if (text.len == 0)
        return;
    bool formula = row->excel && is_formula(text);
    if (needs_quotes(text)) {
        put_quoted(row->out, text, formula);
        return;
    }
    if (formula)
        tn_buf_char(row->out, '\'');
    tn_buf_str(row->out, text);
}

void tn_csv_count(struct tn_csv_row *row, size_t count)
{
    char digits[TN_NUMBER_MAX];
    tn_csv_cell(row, tn_str_slice(digits, tn_integer_format((int64_t)count, digits)));
}

void tn_csv_name(struct tn_csv_row *row, const char *name, const char *member)
{
    tn_csv_cell(row, tn_str_of(name)); /* names of fields need no quotes */
    if (!member)
        return;
    tn_buf_char(row->out, '_');
    tn_buf_str(row->out, tn_str_of(member));
}

void tn_csv_scalar(struct tn_csv_row *row, const struct tn_record *record, int field)
{
    char digits[TN_VALUE_MAX];
    tn_csv_cell(row, tn_value_text(record, field, digits));
}

/* A row of one empty cell would be an empty line, which is no row to most readers. */
void tn_csv_end_row(struct tn_csv_row *row)
{
    if (row->cells == 1 && row->out->len == row->start)
        tn_buf_str(row->out, TN_LIT("\"\""));
    tn_buf_str(row->out, row->excel ? TN_LIT("\r\n") : TN_LIT("\n"));
    row->cells = 0;
    row->start = row->out->len;
}
