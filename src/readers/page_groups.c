/* SPDX-License-Identifier: MIT */
/* Interventions, and the arms that name them. */
#include <stdlib.h>

#include "readers/page_names.h"

enum { OCCURRENCES_LOOKED_AT = 64, SAME_NAMES_LOOKED_AT = 16 };

/* A line, for looking up by its text. */
struct ref {
    struct tn_str text;
    size_t at;
};

struct refs {
    struct ref *all; /* by text, then by place */
    size_t count;
};

static int by_text(const void *a, const void *b)
{
    const struct ref *x = a, *y = b;
    int order = tn_str_cmp(x->text, y->text);
    return order ? order : x->at < y->at ? -1 : x->at > y->at;
}

/* The first ref of that text, or count. */
static size_t find_ref(const struct refs *refs, struct tn_str text)
{
    size_t low = 0, high = refs->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tn_str_cmp(refs->all[middle].text, text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < refs->count && tn_str_eq(refs->all[low].text, text) ? low : refs->count;
}

static bool same(const struct tn_block *a, const struct tn_block *b)
{
    return tn_str_eq(a->whole, b->whole);
}

/* The lines under the arms, wherever these stand on the page. */
static const struct tn_span *groups_span(const struct tn_page_reading *page)
{
    for (size_t i = 0; i < page->count; i++)
        if (page->spans[i].row && page->spans[i].row->mode == TN_MODE_GROUPS && page->spans[i].count)
            return &page->spans[i];
    return NULL;
}

static bool make_refs(struct tn_arena *arena, const struct tn_span *span, struct refs *refs)
{
    refs->count = span ? span->count : 0;
    refs->all = tn_arena_alloc(arena, (refs->count + 1) * sizeof *refs->all);
    for (size_t i = 0; refs->all && i < refs->count; i++)
        refs->all[i] = (struct ref){.text = span->lines[i]->whole, .at = i};
    if (refs->all)
        qsort(refs->all, refs->count, sizeof *refs->all, by_text);
    return refs->all != NULL;
}

/* The interventions, and the arms in which they are repeated. */
struct repetition {
    const struct tn_span *here, *groups;
    struct refs here_refs, group_refs;
};

/* Somewhere among the interventions `line` stands behind `before`. */
static bool follows_here(const struct repetition *repetition, const struct tn_block *before,
                         const struct tn_block *line)
{
    const struct refs *refs = &repetition->here_refs;
    size_t first = find_ref(refs, before->whole);
    for (size_t i = first; i < refs->count && i < first + OCCURRENCES_LOOKED_AT; i++) {
        size_t next = refs->all[i].at + 1;
        if (!tn_str_eq(refs->all[i].text, before->whole))
            return false;
        if (next < repetition->here->count && same(repetition->here->lines[next], line))
            return true;
    }
    return false;
}

static bool is_repeated(const struct repetition *repetition, const struct tn_block *line)
{
    const struct refs *refs = &repetition->here_refs;
    size_t first = find_ref(refs, line->whole);
    return first + 1 < refs->count && tn_str_eq(refs->all[first + 1].text, line->whole) && refs->all[first].at > 0;
}

/* Arms repeat interventions with their descriptions. A line that stands there behind another line than one that it
 * follows here is a name of its own; unless its arm is described by the same words as the intervention, which then
 * follows it. */
static enum tn_hint hint_of(const struct repetition *repetition, size_t number)
{
    const struct tn_block *before = repetition->here->lines[number - 1], *line = repetition->here->lines[number];
    const struct tn_span *groups = repetition->groups;
    const struct refs *refs = &repetition->group_refs;
    size_t together = 0, first = find_ref(refs, line->whole);
    if (line->kind == TN_BLOCK_ITEM)
        return TN_HINT_NONE;
    if (same(before, line))
        return TN_HINT_SAME;
    for (size_t i = first; i < refs->count && i < first + OCCURRENCES_LOOKED_AT; i++) {
        size_t at = refs->all[i].at;
        if (!tn_str_eq(refs->all[i].text, line->whole))
            break;
        bool behind = at > 0 && follows_here(repetition, groups->lines[at - 1], line);
        bool arm = at + 2 < groups->count && same(groups->lines[at + 2], line) &&
                   follows_here(repetition, groups->lines[at + 1], line);
        if (!behind && !arm)
            return TN_HINT_NAME;
        together += behind;
    }
    if (is_repeated(repetition, line))
        return TN_HINT_REPEATED;
    return together > 1 && before->kind != TN_BLOCK_ITEM ? TN_HINT_TOGETHER : TN_HINT_NONE;
}

static void put_name(struct tn_page_reading *page, struct tn_record *record, const struct tn_name *name, int name_field,
                     int description_field)
{
    tn_page_at(page, name->lines[0]);
    tn_page_put(page, record, name_field, name->lines[0]->whole);
    if (name->count < 2)
        return;
    tn_page_at(page, name->lines[1]);
    tn_page_put(page, record, description_field, tn_page_join(page, name->lines + 1, name->count - 1, true));
}

static void warn_uncertain(struct tn_page_reading *page, const struct tn_span *span)
{
    tn_page_at(page, span->label ? span->label : span->lines[0]);
    tn_warn(&page->reading, TN_INCONSISTENT, page->reading.trial, span->row->field,
            "names and descriptions do not alternate under '%.*s'; told apart by their form",
            (int)tn_str_cut(span->name, 80), span->name.s);
}

void tn_page_pairs(struct tn_page_reading *page, const struct tn_span *span)
{
    struct tn_arena *arena = page->reading.arena;
    struct repetition repetition = {.here = span, .groups = groups_span(page)};
    bool certain;
    enum tn_hint *hints = tn_arena_zero(arena, (span->count + 1) * sizeof *hints);
    struct tn_name *names = tn_arena_zero(arena, (span->count + 1) * sizeof *names);
    if (!hints || !names || span->count == 0 || !make_refs(arena, span, &repetition.here_refs) ||
        !make_refs(arena, repetition.groups, &repetition.group_refs))
        return;
    for (size_t i = 1; i < span->count; i++)
        hints[i] = hint_of(&repetition, i);
    size_t count = tn_names_cut(arena, span->lines, span->count, hints, &tn_costs_pairs, names, &certain);
    for (size_t i = 0; i < count; i++)
        put_name(page, tn_add_record(page->reading.trial, span->row->field), &names[i], span->row->parts[0].field,
                 span->row->parts[1].field);
    if (!certain)
        warn_uncertain(page, span);
    if (page->name_count == 0 && tn_count(page->reading.trial, TN_trial_interventions) == count) {
        page->names = names;
        page->name_count = count;
    }
}

/* Arms. */

struct arms {
    struct tn_page_reading *page;
    const struct tn_span *span;
    struct tn_name *known;    /* the interventions; without the description where no line here repeats it */
    struct refs names;        /* of the interventions */
    struct refs lines;        /* all that stand under the arms */
    struct tn_record *arm;    /* the open one */
    size_t *last_arm;         /* of each intervention: number of the arm that named it last; from 1 */
    size_t arm_count;
    bool certain;
};

static bool is_known_name(const struct arms *arms, const struct tn_block *line)
{
    return find_ref(&arms->names, line->whole) < arms->names.count;
}

/* A name that has lost its description is an arm's label where other text stands behind it. */
static bool is_mention(const struct arms *arms, size_t at, size_t intervention)
{
    bool bare = arms->known[intervention].count < arms->page->names[intervention].count;
    if (!bare || at + 1 >= arms->span->count)
        return true;
    const struct tn_block *behind = arms->span->lines[at + 1];
    return behind->kind != TN_BLOCK_ITEM && (is_known_name(arms, behind) || !tn_names_is_description(behind));
}

/* Which intervention stands at line `at`, by its name and its whole description: number + 1, or 0. */
static size_t intervention_at(const struct arms *arms, size_t at)
{
    const struct tn_span *span = arms->span;
    if (at >= span->count)
        return 0;
    size_t first = find_ref(&arms->names, span->lines[at]->whole);
    for (size_t i = first; i < arms->names.count && i < first + SAME_NAMES_LOOKED_AT; i++) {
        const struct tn_name *name = &arms->known[arms->names.all[i].at];
        size_t k = 0;
        while (k < name->count && at + k < span->count && same(name->lines[k], span->lines[at + k]))
            k++;
        if (k == name->count)
            return is_mention(arms, at, arms->names.all[i].at) ? arms->names.all[i].at + 1 : 0;
        if (k == 0)
            return 0;
    }
    return 0;
}

/* The intervention follows itself at once: then what came first is an arm's label, with the same words behind it. */
static bool comes_again(const struct arms *arms, size_t at, size_t intervention)
{
    const struct tn_name *name = &arms->known[intervention - 1];
    size_t behind = at + name->count;
    if (behind >= arms->span->count)
        return false;
    if (name->count == 2 && same(name->lines[0], name->lines[1])) /* described by its name */
        return same(arms->span->lines[behind], name->lines[0]);
    return intervention_at(arms, behind) == intervention;
}

/* An intervention's name may be an arm's label too. It is the label where no arm is open, where the open arm has the
 * intervention already, or where the intervention follows, at once or behind one line that reads as a description. */
static bool is_label(const struct arms *arms, size_t at, size_t intervention)
{
    size_t behind = at + arms->known[intervention - 1].count;
    if (!arms->arm || arms->last_arm[intervention - 1] == arms->arm_count || comes_again(arms, at, intervention))
        return true;
    return behind + 1 < arms->span->count && intervention_at(arms, behind) == 0 &&
           intervention_at(arms, behind + 1) == intervention && behind == at + 1 &&
           tn_names_is_description(arms->span->lines[behind]);
}

static void open_arm(struct arms *arms, const struct tn_name *name)
{
    arms->arm = tn_add_record(arms->page->reading.trial, arms->span->row->field);
    arms->arm_count++;
    put_name(arms->page, arms->arm, name, TN_arm_label, TN_arm_description);
}

/* Arms are labelled by an intervention's name, and described by the same words, often enough. */
static enum tn_hint label_hint(const struct arms *arms, size_t at, bool second)
{
    const struct tn_block *line = arms->span->lines[at];
    size_t first = find_ref(&arms->lines, line->whole);
    if (line->kind == TN_BLOCK_ITEM)
        return TN_HINT_NONE;
    if (second && arms->names.count)
        return TN_HINT_SAME; /* behind the label comes the description */
    if (same(arms->span->lines[at - 1], line))
        return TN_HINT_SAME;
    if (is_known_name(arms, line))
        return TN_HINT_NAME;
    bool repeated = first + 1 < arms->lines.count && tn_str_eq(arms->lines.all[first + 1].text, line->whole);
    return repeated ? TN_HINT_REPEATED : TN_HINT_NONE;
}

/* Lines that are no interventions: an arm's label and description; of several arms where some have none. */
static void open_arms(struct arms *arms, size_t from, size_t to)
{
    static const struct tn_name_costs costs = {.bare = 1, .all_bare = 5, .more = 1, .again = 2, .longest = 100};
    struct tn_arena *arena = arms->page->reading.arena;
    struct tn_name *names = tn_arena_zero(arena, (to - from + 1) * sizeof *names);
    enum tn_hint *hints = tn_arena_zero(arena, (to - from + 1) * sizeof *hints);
    bool certain = true, known = arms->names.count > 0;
    for (size_t i = from + 1; hints && i < to; i++)
        hints[i - from] = label_hint(arms, i, i == from + 1);
    size_t count = names && hints ? tn_names_cut(arena, arms->span->lines + from, to - from, hints,
                                                 known ? &costs : &tn_costs_pairs, names, &certain)
                                  : 0;
    for (size_t i = 0; i < count; i++)
        open_arm(arms, &names[i]);
    arms->certain &= known ? count <= 1 : certain;
}

static void add_intervention(struct arms *arms, size_t at, size_t intervention)
{
    struct tn_record *trial = arms->page->reading.trial;
    const struct tn_name *name = &arms->page->names[intervention - 1];
    struct tn_record *record = tn_record_edit(trial, TN_trial_interventions, intervention - 1);
    tn_page_at(arms->page, arms->span->lines[at]);
    tn_page_put(arms->page, arms->arm, TN_arm_intervention_names, name->lines[0]->whole);
    for (size_t i = 1; i < name->count && at + i < arms->span->count; i++)
        tn_page_boilerplate(arms->page, arms->span->lines[at + i]); /* the intervention's own, said again */
    if (tn_has(arms->arm, TN_arm_label))
        tn_add_text(record, TN_intervention_arm_labels, tn_text(arms->arm, TN_arm_label));
    arms->last_arm[intervention - 1] = arms->arm_count;
}

static size_t run_end(const struct arms *arms, size_t from)
{
    size_t at = from + 1, count = arms->span->count;
    /* Label, and the intervention's name twice: once as the arm's description. */
    if (at + 1 < count && intervention_at(arms, at) && same(arms->span->lines[at], arms->span->lines[at + 1]) &&
        comes_again(arms, at, intervention_at(arms, at)))
        at++;
    while (at < count && intervention_at(arms, at) == 0)
        at++;
    return at;
}

static void read_arms(struct arms *arms)
{
    for (size_t at = 0; at < arms->span->count;) {
        size_t intervention = intervention_at(arms, at);
        if (intervention && !is_label(arms, at, intervention)) {
            add_intervention(arms, at, intervention);
            at += arms->known[intervention - 1].count;
        } else {
            size_t end = run_end(arms, at);
            open_arms(arms, at, end);
            at = end;
        }
    }
}

static bool make_names(struct arms *arms)
{
    struct tn_arena *arena = arms->page->reading.arena;
    size_t count = arms->page->name_count;
    arms->names.all = tn_arena_alloc(arena, (count + 1) * sizeof *arms->names.all);
    arms->last_arm = tn_arena_zero(arena, (count + 1) * sizeof *arms->last_arm);
    arms->known = tn_arena_alloc(arena, (count + 1) * sizeof *arms->known);
    if (!arms->names.all || !arms->last_arm || !arms->known)
        return false;
    for (size_t i = 0; i < count; i++) {
        arms->known[i] = arms->page->names[i];
        if (arms->known[i].count > 1 && find_ref(&arms->lines, arms->known[i].lines[1]->whole) == arms->lines.count)
            arms->known[i].count = 1;
        arms->names.all[i] = (struct ref){.text = arms->page->names[i].lines[0]->whole, .at = i};
    }
    arms->names.count = count;
    qsort(arms->names.all, count, sizeof *arms->names.all, by_text);
    return true;
}

void tn_page_groups(struct tn_page_reading *page, const struct tn_span *span)
{
    struct arms arms = {.page = page, .span = span, .certain = true};
    bool interventional = tn_str_eq(tn_text(page->reading.trial, TN_trial_study_type), TN_LIT("INTERVENTIONAL"));
    if (span->count == 0 || !make_refs(page->reading.arena, span, &arms.lines) || !make_names(&arms))
        return;
    if (page->name_count == 0 && interventional) {
        /* Its interventions stand among these lines, and nothing says which they are. */
        struct tn_stated text = tn_stated_of(tn_page_join(page, span->lines, span->count, false));
        tn_page_at(page, span->lines[0]);
        tn_put_extra_here(&page->reading, &text);
        tn_warn(&page->reading, TN_UNMAPPED, page->reading.trial, span->row->field,
                "arms and interventions cannot be told apart: the page does not name the interventions");
        return;
    }
    read_arms(&arms);
    if (!arms.certain)
        warn_uncertain(page, span);
}
