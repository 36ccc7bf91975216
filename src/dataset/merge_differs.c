/* SPDX-License-Identifier: MIT */
#include "dataset/merge_differs.h"

#include <utf8proc.h>

#include "core/str.h"

enum { ENTRIES_MAX = 400 }; /* of a list; longer ones are compared in their order */

/* The next letter or digit of a text, in small letters; 0 at its end. */
static utf8proc_int32_t next_letter(struct tn_str *rest)
{
    while (rest->len > 0) {
        utf8proc_int32_t letter;
        utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)rest->s, (utf8proc_ssize_t)rest->len, &letter);
        if (len <= 0)
            len = 1;
        *rest = tn_str_from(*rest, (size_t)len);
        utf8proc_category_t kind = utf8proc_category(letter);
        if ((kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO) || kind == UTF8PROC_CATEGORY_SM)
            return utf8proc_tolower(letter);
    }
    return 0;
}

static bool same_letters(struct tn_str a, struct tn_str b)
{
    for (;;) {
        utf8proc_int32_t left = next_letter(&a), right = next_letter(&b);
        if (left != right)
            return false;
        if (!left)
            return true;
    }
}

static bool same_scalar(const struct tn_record *a, const struct tn_record *b, int field)
{
    char left[TN_VALUE_MAX], right[TN_VALUE_MAX];
    struct tn_str x = tn_value_text(a, field, left), y = tn_value_text(b, field, right);
    if (tn_record_type_of(a)->fields[field].kind == TN_DATE)
        return tn_str_starts(x, y) || tn_str_starts(y, x);
    return same_letters(x, y);
}

/* Records of lists: their own fields, bounded by the depth of the record types. What only one of them states makes no difference. */
static bool same_record(const struct tn_record *a, const struct tn_record *b)
{
    for (int i = tn_next_field(a, 0); i >= 0; i = tn_next_field(a, i + 1))
        if (tn_has(b, i) && tn_differs(a, b, i))
            return false;
    return true;
}

static bool same_entry(const struct tn_record *a, const struct tn_record *b, int field, size_t i, size_t j)
{
    enum tn_kind kind = tn_record_type_of(a)->fields[field].kind;
    if (kind == TN_TEXT_LIST || kind == TN_ENUM_LIST)
        return same_letters(tn_text_at(a, field, i), tn_text_at(b, field, j));
    return same_record(tn_record_at(a, field, i), tn_record_at(b, field, j));
}

static bool same_list(const struct tn_record *a, const struct tn_record *b, int field)
{
    bool used[ENTRIES_MAX] = {false};
    size_t count = tn_count(a, field);
    if (count != tn_count(b, field))
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t j = i;
        bool found = (count > ENTRIES_MAX || !used[i]) && same_entry(a, b, field, i, i);
        for (size_t k = 0; k < count && !found && count <= ENTRIES_MAX; k++)
            if (!used[k] && same_entry(a, b, field, i, k)) {
                found = true;
                j = k;
            }
        if (!found)
            return false;
        if (count <= ENTRIES_MAX)
            used[j] = true;
    }
    return true;
}

bool tn_differs(const struct tn_record *a, const struct tn_record *b, int field)
{
    if (!tn_has(a, field) || !tn_has(b, field))
        return false;
    switch (tn_record_type_of(a)->fields[field].kind) {
    case TN_TEXT_LIST:
    case TN_ENUM_LIST:
    case TN_RECORD_LIST:
    case TN_MAP:
        return !same_list(a, b, field);
    case TN_RECORD_ONE:
        return !same_record(tn_record_at(a, field, 0), tn_record_at(b, field, 0));
    case TN_TEXT:
    case TN_ENUM:
    case TN_DATE:
    case TN_INT:
    case TN_NUMBER:
    case TN_BOOL:
        break;
    }
    return !same_scalar(a, b, field);
}
