/* SPDX-License-Identifier: MIT */
/* Values that say something of another record too. */
#include "readers/page_read.h"

/* "Multi-center (Number of center : 15)": the only number of the text. */
struct tn_str tn_shape_number(struct tn_str text)
{
    size_t first = 0, end;
    while (first < text.len && !tn_is_digit(text.s[first]))
        first++;
    end = first;
    while (end < text.len && (tn_is_digit(text.s[end]) || text.s[end] == ','))
        end++;
    for (size_t i = end; i < text.len; i++)
        if (tn_is_digit(text.s[i]))
            return (struct tn_str){NULL, 0};
    return tn_str_slice(text.s + first, end - first);
}

void tn_page_put_number(struct tn_page_reading *page, struct tn_record *record, int field, struct tn_str text)
{
    struct tn_str number = tn_shape_number(text);
    struct tn_stated raw = tn_stated_of(text);
    tn_page_put(page, record, field, number);
    if (number.len < text.len)
        tn_put_extra_here(&page->reading, &raw);
}

/* "Double Blind (Subject, Caregiver, Investigator)": who is masked stands in brackets. */
void tn_page_put_masked(struct tn_page_reading *page, struct tn_record *trial, int field, struct tn_str text)
{
    size_t open = tn_str_find_char(text, '('), close = text.len;
    if (open == TN_NO_OFFSET || text.s[close - 1] != ')') {
        tn_page_put(page, trial, field, text);
        return;
    }
    struct tn_str names = tn_str_slice(text.s + open + 1, close - open - 2);
    tn_page_put(page, trial, field, tn_str_trim(tn_str_slice(text.s, open)));
    while (names.len) {
        size_t comma = tn_str_find_char(names, ',');
        struct tn_str name = tn_str_trim(tn_str_slice(names.s, comma == TN_NO_OFFSET ? names.len : comma));
        names = tn_str_from(names, comma == TN_NO_OFFSET ? names.len : comma + 1);
        tn_page_put(page, trial, TN_trial_who_masked, name);
    }
}

static struct tn_record *intervention_named(struct tn_record *trial, struct tn_str name)
{
    enum { COMPARED = 200 };
    for (size_t i = 0; i < tn_count(trial, TN_trial_interventions) && i < COMPARED; i++) {
        struct tn_record *intervention = tn_record_edit(trial, TN_trial_interventions, i);
        if (tn_str_eq_fold(tn_text(intervention, TN_intervention_name), name))
            return intervention;
    }
    return NULL;
}

static void put_given(struct tn_page_reading *page, struct tn_record *arm, int field, struct tn_str text)
{
    struct tn_record *trial = page->reading.trial;
    struct tn_record *intervention = tn_add_record(trial, TN_trial_interventions);
    if (!intervention)
        return;
    tn_page_put_typed(page, intervention, TN_intervention_name, text);
    struct tn_str name = tn_text(intervention, TN_intervention_name);
    struct tn_record *same = intervention_named(trial, name);
    if (same && same != intervention)
        tn_remove_at(trial, TN_trial_interventions, tn_count(trial, TN_trial_interventions) - 1);
    tn_page_put(page, arm, field, name);
    tn_page_put(page, same ? same : intervention, TN_intervention_arm_labels, tn_text(arm, TN_arm_label));
}

/* "drug: Ramipril", one a line: what an arm gets, and an intervention of the trial. */
void tn_page_put_given(struct tn_page_reading *page, struct tn_record *arm, int field, struct tn_str text)
{
    struct tn_str line;
    while (tn_str_next_line(&text, &line)) {
        line = tn_str_trim(line);
        if (tn_str_starts(line, TN_LIT("* ")))
            line = tn_str_trim(tn_str_from(line, 2));
        if (line.len)
            put_given(page, arm, field, line);
    }
}
