/* SPDX-License-Identifier: MIT */
#include "dataset/source.h"

#include "core/number.h"
#include "dataset/dataset.h"

struct tn_source_record tn_source_columns(sqlite3_stmt *row, int column)
{
    return (struct tn_source_record){
        .reader = tn_column_text(row, column),
        .site = tn_column_text(row, column + 1),
        .file = tn_column_text(row, column + 2),
        .member = tn_column_text(row, column + 3),
        .index = sqlite3_column_type(row, column + 4) == SQLITE_NULL ? -1 : sqlite3_column_int64(row, column + 4),
    };
}

void tn_source_name(struct tn_buf *out, const struct tn_source_record *record)
{
    const struct tn_str parts[] = {record->reader, record->site, record->file, record->member};
    static const char before[] = {0, ' ', ' ', ':'};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!parts[i].len)
            continue;
        if (before[i])
            tn_buf_char(out, before[i]);
        tn_buf_str(out, parts[i]);
    }
    char digits[TN_NUMBER_MAX];
    if (record->index <= 0)
        return;
    tn_buf_char(out, '#');
    tn_buf_add(out, digits, tn_integer_format(record->index, digits));
}
