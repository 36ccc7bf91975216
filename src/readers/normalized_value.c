/* SPDX-License-Identifier: MIT */
#include "readers/normalized_value.h"

#include "normal/date.h"

bool tn_written_date(struct tn_str text)
{
    struct tn_date date;
    return text.len < sizeof date.text && tn_normal_date(text, TN_DATE_ORDER_UNKNOWN, &date) == TN_CODE_NONE &&
           tn_str_eq(text, tn_str_of(date.text));
}

bool tn_holds_control(struct tn_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.s[i];
        bool high = c == 0xC2 && i + 1 < text.len && (unsigned char)text.s[i + 1] < 0xA0;
        if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7F || high)
            return true;
    }
    return false;
}

bool tn_is_word(const struct tn_vocabulary *vocabulary, struct tn_str text)
{
    for (size_t i = 0; i < vocabulary->count; i++)
        if (tn_str_eq(text, tn_str_of(vocabulary->words[i])))
            return true;
    return false;
}

/* `locations[3].status` is about a field `status`. */
static bool is_about(struct tn_str path, struct tn_str name)
{
    size_t start = path.len;
    while (start && path.s[start - 1] != '.')
        start--;
    struct tn_str step = tn_str_from(path, start);
    size_t bracket = tn_str_find_char(step, '[');
    return tn_str_eq(bracket == TN_NO_OFFSET ? step : tn_str_slice(step.s, bracket), name);
}

static bool brings_warning(const struct tn_record *trial, const struct tn_field *field)
{
    struct tn_str name = tn_str_slice(field->name, field->name_len), code = tn_str_of(tn_code_name(TN_UNKNOWN_VALUE));
    for (size_t i = 0; i < tn_count(trial, TN_trial_warnings); i++) {
        const struct tn_record *warning = tn_record_at(trial, TN_trial_warnings, i);
        if (tn_str_eq(tn_text(warning, TN_warning_code), code) && is_about(tn_text(warning, TN_warning_field), name))
            return true;
    }
    return false;
}

bool tn_is_told(struct tn_told *told, const struct tn_record *trial, const struct tn_field *field)
{
    size_t i = 0;
    while (i < told->count && told->fields[i] != field)
        i++;
    if (i == told->count && i < TN_TOLD_MAX) {
        told->fields[i] = field;
        told->known[i] = brings_warning(trial, field);
        told->count++;
    }
    return i == TN_TOLD_MAX || told->known[i];
}
