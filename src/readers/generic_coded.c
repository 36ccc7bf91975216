/* SPDX-License-Identifier: MIT */
/* What CTRI writes around numbers and conditions: `CTRI/2021/03/031721 [Registered on: 04/03/2021] Trial Registered
 * Prospectively`, `(1) ICD-10 Condition: R05||Cough. Ayurveda Condition: KASAH, (2) ...`. */
#include "readers/generic_members.h"

#include "normal/identifier.h"

/* What stands before a condition, and the system of the code before its `||`. */
static const struct marker {
    const char *label, *system;
} markers[] = {
    {"ayurveda condition:", NULL}, {"icd-10 condition:", "ICD-10"}, {"icd-11 condition:", "ICD-11"}, {"siddha condition:", NULL},
    {"unani condition:", NULL},
};

static const struct marker *marker_at(struct tn_str text)
{
    for (size_t i = 0; i < sizeof markers / sizeof markers[0]; i++)
        if (tn_str_starts_fold(text, tn_str_of(markers[i].label)))
            return &markers[i];
    return NULL;
}

/* Where the text before `at` ends, without "(12) " behind it. */
static size_t before_number(struct tn_str text, size_t at)
{
    while (at > 0 && text.s[at - 1] == ' ')
        at--;
    if (at == 0 || text.s[at - 1] != ')')
        return at;
    size_t first = at - 1;
    while (first > 0 && tn_is_digit(text.s[first - 1]))
        first--;
    return first > 0 && first < at - 1 && text.s[first - 1] == '(' ? first - 1 : at;
}

static struct tn_str without_points(struct tn_str text)
{
    text = tn_str_trim(text);
    while (text.len && strchr(" .,;", text.s[text.len - 1]))
        text.len--;
    return text;
}

/* The next marker of *rest, which is cut behind it; what stands before goes to *before. */
static const struct marker *next_marker(struct tn_str *rest, struct tn_str *before)
{
    const struct marker *found = NULL;
    size_t at = 0;
    while (at < rest->len && !(found = marker_at(tn_str_from(*rest, at))))
        at++;
    *before = without_points(tn_str_slice(rest->s, found ? before_number(*rest, at) : at));
    *rest = tn_str_from(*rest, found ? at + strlen(found->label) : at);
    return found;
}

static void put_coded(struct tn_data_reading *data, const struct marker *marker, struct tn_str text)
{
    struct tn_page_reading *page = &data->generic.page;
    struct tn_record *trial = page->reading.trial;
    size_t bars = tn_str_find(text, TN_LIT("||"));
    struct tn_str term = bars == TN_NO_OFFSET ? text : tn_str_trim(tn_str_from(text, bars + 2));
    if (term.len)
        tn_page_put(page, trial, TN_trial_conditions, term);
    if (bars == TN_NO_OFFSET || bars == 0 || !marker || !marker->system)
        return;
    struct tn_record *code = tn_add_record(trial, TN_trial_condition_codes);
    tn_page_put(page, code, TN_condition_code_system, tn_str_of(marker->system));
    tn_page_put(page, code, TN_condition_code_code, tn_str_trim(tn_str_slice(text.s, bars)));
    tn_page_put(page, code, TN_condition_code_term, term);
}

bool tn_data_put_coded(struct tn_data_reading *data, const struct tn_data_item *item)
{
    const struct tn_label_word *word = item->label.word;
    const struct marker *marker, *next;
    struct tn_str rest = item->text, before;
    if (word->type != &tn_type_trial || word->field != TN_trial_conditions || !(marker = next_marker(&rest, &before)))
        return false;
    if (before.len)
        tn_page_put(&data->generic.page, data->generic.page.reading.trial, TN_trial_conditions, before);
    for (; marker; marker = next) {
        next = next_marker(&rest, &before);
        put_coded(data, marker, before);
    }
    return true;
}

void tn_data_part_number(struct tn_data_reading *data, struct tn_data_item *item)
{
    struct tn_identifier id;
    struct tn_str text = item->text;
    if (tn_identifier_is(text, NULL, &id) || !tn_identifier_find(text, 0, NULL, &id) || id.at != 0 || !id.registry)
        return;
    struct tn_str remark = tn_str_trim(tn_str_from(text, id.len));
    if (remark.len == 0 || !strchr("[(", remark.s[0]) || tn_identifier_find(remark, 0, NULL, &id))
        return;
    struct tn_stated whole = tn_stated_of(item->raw);
    item->text = tn_str_trim(tn_str_slice(text.s, text.len - remark.len));
    data->remark = remark;
    data->remark_path = item->path;
    tn_put_extra(&data->generic.page.reading, item->path, &whole);
}

void tn_data_put_remark(struct tn_data_reading *data)
{
    struct tn_page_reading *page = &data->generic.page;
    struct tn_record *trial = page->reading.trial;
    struct tn_str on = TN_LIT("registered on:");
    size_t at = tn_str_find_fold(data->remark, on), end;
    page->reading.label = data->remark_path;
    if (at != TN_NO_OFFSET && !tn_has(trial, TN_trial_registered_date)) {
        struct tn_str date = tn_str_from(data->remark, at + on.len);
        for (end = 0; end < date.len && !strchr("])", date.s[end]);)
            end++;
        tn_page_put(page, trial, TN_trial_registered_date, tn_str_trim(tn_str_slice(date.s, end)));
    }
    bool before = tn_str_find_fold(data->remark, TN_LIT("registered prospectively")) != TN_NO_OFFSET;
    bool after = tn_str_find_fold(data->remark, TN_LIT("registered retrospectively")) != TN_NO_OFFSET;
    if (before != after && !tn_has(trial, TN_trial_registration_timing))
        tn_page_put(page, trial, TN_trial_registration_timing, before ? TN_LIT("PROSPECTIVE") : TN_LIT("RETROSPECTIVE"));
}
