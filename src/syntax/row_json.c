/* SPDX-License-Identifier: MIT */
#include "syntax/row_json.h"

#include "core/bytes.h"
#include "core/number.h"

void tn_row_json_string(struct tn_buf *out, struct tn_str text)
{
    static const char digits[] = "0123456789abcdef";
    size_t from = 0;
    tn_buf_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.s[i];
        if (c >= ' ' && c != '"' && c != '\\')
            continue;
        tn_buf_add(out, text.s + from, i - from);
        if (c < ' ')
            tn_buf_str(out, TN_LIT("\\u00"));
        tn_buf_char(out, c < ' ' ? digits[c >> 4] : '\\');
        tn_buf_char(out, c < ' ' ? digits[c & 15] : (char)c);
        from = i + 1;
    }
    tn_buf_add(out, text.s + from, text.len - from);
    tn_buf_char(out, '"');
}

static void put_name(struct tn_buf *out, const struct tn_cells *header, size_t column)
{
    char number[TN_NUMBER_MAX];
    struct tn_str name = column < header->count ? tn_str_trim(header->cells[column]) : TN_LIT("");
    if (name.len) {
        tn_row_json_string(out, name);
        return;
    }
    tn_buf_str(out, TN_LIT("\"column "));
    tn_buf_add(out, number, tn_integer_format((int64_t)column + 1, number));
    tn_buf_char(out, '"');
}

void tn_row_json(struct tn_buf *out, const struct tn_cells *header, const struct tn_cells *row)
{
    bool first = true;
    tn_buf_char(out, '{');
    for (size_t i = 0; i < row->count; i++) {
        if (!tn_str_trim(row->cells[i]).len)
            continue;
        if (!first)
            tn_buf_char(out, ',');
        first = false;
        put_name(out, header, i);
        tn_buf_char(out, ':');
        tn_row_json_string(out, row->cells[i]);
    }
    tn_buf_char(out, '}');
}
