/* SPDX-License-Identifier: MIT */
/* Records whose members have labels of their own: a location is begun by the label of its name or by a heading, and
 * what follows is that location's until another label begins the next. */
#include "readers/page_read.h"

static bool begins(const struct tn_site_row *row)
{
    return (row->flags & TN_ROW_OPENS) && row->type && row->type != &tn_type_trial;
}

/* The list of the trial that holds records of the type; -1: none. */
static int list_of(const struct tn_record_type *type)
{
    for (int f = 0; f < tn_type_trial.count; f++)
        if (tn_type_trial.fields[f].record == type && tn_type_trial.fields[f].kind == TN_RECORD_LIST)
            return f;
    return -1;
}

/* How `extra` calls the records that a row begins. */
static struct tn_str kind_name(const struct tn_site_row *row)
{
    return tn_str_of(row->rest ? row->rest : row->type->name);
}

/* The last group of that name, from 1; 0: none among those that are looked at. */
static size_t latest(const struct tn_page_reading *page, struct tn_str name)
{
    enum { LOOKED_AT = 64 };
    size_t least = page->group_count > LOOKED_AT ? page->group_count - LOOKED_AT : 0;
    for (size_t i = page->group_count; i > least; i--)
        if (tn_str_eq(kind_name(page->groups[i - 1].row), name))
            return i;
    return 0;
}

/* Rows that begin the same record, whichever comes first: in two languages, or of two of its members. */
static bool are_twins(const struct tn_site_row *a, const struct tn_site_row *b)
{
    return a->type == b->type && tn_str_eq(kind_name(a), kind_name(b)) &&
           tn_str_eq(tn_str_of(a->preset), tn_str_of(b->preset));
}

static size_t begin(struct tn_page_reading *page, size_t open, const struct tn_site_row *row,
                    size_t *last)
{
    struct tn_group *group = &page->groups[page->group_count];
    size_t before, number = 1;
    before = latest(page, kind_name(row));
    if (before)
        number = page->groups[before - 1].number + 1;
    *group = (struct tn_group){.row = row, .number = number, .before = open, .leads = number == 1 && (row->flags & TN_ROW_LEADS)};
    *last = ++page->group_count;
    return page->group_count;
}

size_t tn_page_group(struct tn_page_reading *page, size_t open, const struct tn_site_row *row,
                    size_t *last)
{
    const struct tn_group *group = open ? &page->groups[open - 1] : NULL;
    if (begins(row)) {
        size_t twin = latest(page, kind_name(row));
        if (!twin || !are_twins(page->groups[twin - 1].row, row) || *last == twin)
            return begin(page, open, row, last);
        *last = twin;
        return twin;
    }
    if (row->rest && row->type && row->type != &tn_type_trial)
        return latest(page, tn_str_of(row->rest));
    if (!group)
        return 0;
    bool member = row->type == group->row->type || (row->flags & TN_ROW_PASSING);
    bool named = row->within && tn_page_stands_within(row, group->row);
    bool beside = row->within && row->mode != TN_MODE_SECTION && /* in the same section: a member that is kept */
                  tn_str_eq(tn_str_of(row->within), tn_str_of(group->row->within));
    return member || named || beside ? open : 0;
}

static bool fills(const struct tn_page_reading *page, const struct tn_span *span)
{
    return span->group && span->row && span->row->type == page->groups[span->group - 1].row->type &&
           span->row->mode != TN_MODE_KEEP && span->row->mode != TN_MODE_SECTION && (span->value.len || span->count);
}

void tn_page_groups_start(struct tn_page_reading *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (!fills(page, &page->spans[i]))
            continue;
        struct tn_group *group = &page->groups[page->spans[i].group - 1];
        int list = list_of(group->row->type);
        if (!group->record && !group->leads && list >= 0)
            group->record = tn_add_record(page->reading.trial, list);
    }
}

/* What is tested in an arm stands behind the arm. */
static void link_arm(struct tn_page_reading *page, const struct tn_group *group)
{
    const struct tn_group *arm = group->before ? &page->groups[group->before - 1] : NULL;
    while (arm && arm->row->type == &tn_type_intervention)
        arm = arm->before ? &page->groups[arm->before - 1] : NULL;
    if (!arm || arm->row->type != &tn_type_arm || !arm->record || group->row->type != &tn_type_intervention)
        return;
    struct tn_str label = tn_text(arm->record, TN_arm_label);
    struct tn_str name = tn_text(group->record, TN_intervention_name);
    if (label.len && name.len) {
        tn_page_put(page, group->record, TN_intervention_arm_labels, label);
        tn_page_put(page, arm->record, TN_arm_intervention_names, name);
    }
}

/* Takes records that hold nothing out of the list. */
static void drop_empty(struct tn_record *trial, int list)
{
    size_t kept = 0, count = tn_count(trial, list);
    for (size_t i = 0; i < count; i++) {
        struct tn_record *record = tn_record_edit(trial, list, i);
        if (!tn_record_empty(record))
            trial->values[list].list->at.records[kept++] = record;
    }
    while (tn_count(trial, list) > kept)
        tn_remove_at(trial, list, tn_count(trial, list) - 1);
}

void tn_page_groups_end(struct tn_page_reading *page)
{
    bool *lists = tn_arena_zero(page->reading.arena, (size_t)tn_type_trial.count * sizeof *lists);
    for (size_t i = 0; i < page->group_count; i++) {
        const struct tn_group *group = &page->groups[i];
        int list = group->record ? list_of(group->row->type) : -1;
        if (list < 0)
            continue;
        if (lists)
            lists[list] = true;
        if (tn_record_empty(group->record))
            continue;
        tn_page_preset(page, group->record, group->row->preset);
        link_arm(page, group);
    }
    for (int f = 0; lists && f < tn_type_trial.count; f++)
        if (lists[f])
            drop_empty(page->reading.trial, f);
}

struct tn_str tn_page_label_path(struct tn_page_reading *page, const struct tn_span *span)
{
    if (!span->group || span->name.len == 0)
        return span->name;
    const struct tn_group *group = &page->groups[span->group - 1];
    struct tn_str kind = kind_name(group->row), name = span->name;
    while (name.len && (name.s[0] == '-' || name.s[0] == ' ')) /* `- Name` hangs under its heading */
        name = tn_str_from(name, 1);
    return tn_str_format(page->reading.arena, "%.*s[%zu].%.*s", (int)kind.len, kind.s, group->number, (int)name.len,
                         name.s);
}

struct tn_target tn_page_target(struct tn_page_reading *page, const struct tn_span *span)
{
    const struct tn_site_row *row = span->row;
    const struct tn_group *group = span->group ? &page->groups[span->group - 1] : NULL;
    if (!group || group->row->type != row->type)
        return (struct tn_target){tn_page_record(page, row), row->field};
    if (!group->leads)
        return (struct tn_target){group->record, row->field};
    int field = row->field == TN_collaborator_name ? TN_trial_lead_sponsor : TN_trial_lead_sponsor_class;
    return (struct tn_target){page->reading.trial, field};
}
