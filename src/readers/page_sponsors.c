/* SPDX-License-Identifier: MIT */
/* Sponsors of which a page does not say who leads. */
#include "readers/page_entries.h"

enum { NAME, CLASS };      /* parts of a sponsor's entry */
enum { LINES_COMPARED = 16, SPONSORS_COMPARED = 200 };

static struct tn_str name_of(const struct tn_entry *entry)
{
    return entry->part[NAME] ? entry->part[NAME]->text : (struct tn_str){NULL, 0};
}

/* `name` stands in `line` as words of its own. */
static bool is_named(struct tn_str line, struct tn_str name)
{
    size_t at = name.len && line.len < 1000 ? tn_str_find_fold(line, name) : TN_NO_OFFSET;
    if (at == TN_NO_OFFSET)
        return false;
    bool before = at == 0 || !tn_is_alnum(line.s[at - 1]);
    return before && (at + name.len == line.len || !tn_is_alnum(line.s[at + name.len]));
}

/* The only sponsor that the line names: its number + 1; 0 where it names none or several. */
static size_t settled_by(const struct tn_entries *sponsors, struct tn_str line)
{
    size_t found = 0;
    for (size_t i = 0; i < sponsors->count && i < SPONSORS_COMPARED; i++) {
        if (!is_named(line, name_of(&sponsors->all[i])))
            continue;
        if (found && !tn_str_eq_fold(name_of(&sponsors->all[found - 1]), name_of(&sponsors->all[i])))
            return 0;
        found = i + 1;
    }
    return found;
}

static size_t settled_by_party(const struct tn_page_reading *page, const struct tn_entries *sponsors)
{
    size_t found = 0, compared = 0;
    for (size_t s = 0; s < page->count && !found; s++) {
        const struct tn_span *span = &page->spans[s];
        if (!span->row || !span->label || span->row->mode != TN_MODE_ENTRIES ||
            span->row->field != TN_trial_responsible_party)
            continue;
        for (size_t i = 0; i < span->count && !found && compared++ < LINES_COMPARED; i++)
            found = settled_by(sponsors, span->lines[i]->whole);
    }
    return found;
}

/* Who leads: number + 1. The page's labels are read before: they may name the lead sponsor or the organization. */
static size_t find_lead(struct tn_page_reading *page, const struct tn_span *span, const struct tn_entries *sponsors)
{
    const struct tn_record *trial = page->reading.trial;
    if (tn_has(trial, TN_trial_lead_sponsor))
        return settled_by(sponsors, tn_text(trial, TN_trial_lead_sponsor));
    if (sponsors->count <= 1)
        return sponsors->count;
    size_t found = settled_by_party(page, sponsors);
    if (!found)
        found = settled_by(sponsors, tn_text(trial, TN_trial_organization));
    if (found)
        return found;
    const struct tn_str last = name_of(&sponsors->all[sponsors->count - 1]);
    tn_page_at(page, span->label);
    tn_warn(&page->reading, TN_CONFLICT, trial, TN_trial_lead_sponsor,
            "the page does not say which of %zu sponsors leads; taken for it: the last, '%.*s'", sponsors->count,
            (int)tn_str_cut(last, 80), last.s);
    return sponsors->count;
}

static void put_lead(struct tn_page_reading *page, const struct tn_entry *entry)
{
    static const int fields[] = {[NAME] = TN_trial_lead_sponsor, [CLASS] = TN_trial_lead_sponsor_class};
    for (int part = NAME; part <= CLASS; part++) {
        if (!entry->part[part] || (part == NAME && tn_has(page->reading.trial, TN_trial_lead_sponsor)))
            continue;
        tn_page_at(page, entry->part[part]->block);
        tn_page_put(page, page->reading.trial, fields[part], entry->part[part]->text);
    }
}

/* Behind a line that names the lead sponsor stands its class. */
static void take_lead_class(struct tn_page_reading *page, const struct tn_span *span, struct tn_entries *sponsors)
{
    const struct tn_span *before = span > page->spans ? span - 1 : span;
    struct tn_entry *first = sponsors->all;
    if (!span->continued || !before->row || before->row->type != &tn_type_trial ||
        before->row->field != TN_trial_lead_sponsor || sponsors->count == 0 || first->part[NAME] || !first->part[CLASS])
        return;
    put_lead(page, first);
    sponsors->all++;
    sponsors->count--;
}

void tn_page_sponsors(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_entries sponsors;
    if (!tn_entries_read(page, span, &sponsors))
        return;
    take_lead_class(page, span, &sponsors);
    tn_entries_drop_bare(page, span, &sponsors);
    size_t lead = find_lead(page, span, &sponsors);
    for (size_t i = 0; i < sponsors.count; i++) {
        if (i + 1 == lead)
            put_lead(page, &sponsors.all[i]);
        else
            tn_entry_put(page, span, &sponsors.all[i], tn_add_record(page->reading.trial, span->row->field));
    }
}
