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

/* The letters of a text alone; {NULL, 0} when memory is short. */
static struct tn_str letters_of(struct tn_arena *arena, struct tn_str text)
{
    enum { MOST_BYTES = 4 }; /* of a letter; small ones can be longer than capitals */
    char *letters = tn_arena_alloc(arena, MOST_BYTES * text.len + 1);
    size_t len = 0;
    utf8proc_int32_t letter;
    while (letters && (letter = next_letter(&text)) != 0)
        len += (size_t)utf8proc_encode_char(letter, (utf8proc_uint8_t *)letters + len);
    return (struct tn_str){letters, letters ? len : 0};
}

static bool all_stand_in(struct tn_arena *arena, const tn_trial *trial, struct tn_str text)
{
    static const int lists[] = {TN_trial_inclusion_criteria, TN_trial_exclusion_criteria, TN_trial_other_criteria};
    for (size_t list = 0; list < sizeof lists / sizeof lists[0]; list++)
        for (size_t i = 0; i < tn_count(trial, lists[list]); i++) {
            struct tn_str criterion = tn_text(tn_record_at(trial, lists[list], i), TN_criterion_text);
            struct tn_str letters = letters_of(arena, criterion);
            if (letters.len && tn_str_find(text, letters) == TN_NO_OFFSET)
                return false;
        }
    return true;
}

static bool has_criteria(const tn_trial *trial)
{
    return tn_has(trial, TN_trial_inclusion_criteria) || tn_has(trial, TN_trial_exclusion_criteria) ||
           tn_has(trial, TN_trial_other_criteria);
}

bool tn_criteria_differ(struct tn_arena *arena, const tn_trial *a, const tn_trial *b)
{
    struct tn_str left = letters_of(arena, tn_text(a, TN_trial_eligibility_text));
    struct tn_str right = letters_of(arena, tn_text(b, TN_trial_eligibility_text));
    if (!has_criteria(a) || !has_criteria(b))
        return !tn_str_eq(left, right);
    return !all_stand_in(arena, b, left) || (!tn_bool(b, TN_trial_eligibility_truncated) && !all_stand_in(arena, a, right));
}
