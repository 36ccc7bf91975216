/* SPDX-License-Identifier: MIT */
#include "dataset/source.h"

#include "core/number.h"

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
