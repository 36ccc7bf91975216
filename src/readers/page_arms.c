/* SPDX-License-Identifier: MIT */
/* Arms and interventions that say what they are: "Experimental: Oats", "Drug: Oats", each with its description. In a
 * table the arms stand in the first column and their interventions in the second. */
#include "normal/word.h"
#include "readers/page_read.h"

struct arms {
    struct tn_page_reading *page;
    const struct tn_span *span;
    struct tn_record *arm;          /* the open one */
    struct tn_record *intervention; /* the open one of that arm */
    bool naming;                    /* other names of it follow, one a line */
    struct tn_record *described;    /* which of both the lines below belong to */
    const struct tn_block **lines;  /* its description */
    size_t line_count;
};

/* What stands before the colon is a word of the vocabulary. */
static bool is_typed(const struct tn_vocabulary *vocabulary, struct tn_str text)
{
    enum { LONGEST_TYPE = 40 };
    struct tn_word word;
    size_t colon = tn_str_find_char(text, ':');
    return colon != TN_NO_OFFSET && colon <= LONGEST_TYPE && tn_str_trim(tn_str_from(text, colon + 1)).len &&
           tn_normal_word(vocabulary, tn_str_slice(text.s, colon), &word) == TN_CODE_NONE && !word.coarser;
}

static struct tn_record *intervention_named(const struct tn_record *trial, struct tn_str name)
{
    enum { COMPARED = 500 };
    for (size_t i = 0; i < tn_count(trial, TN_trial_interventions) && i < COMPARED; i++) {
        struct tn_record *record = tn_record_edit(trial, TN_trial_interventions, i);
        if (tn_str_eq_fold(tn_text(record, TN_intervention_name), name))
            return record;
    }
    return NULL;
}

static struct tn_str behind_colon(struct tn_str text)
{
    size_t colon = tn_str_find_char(text, ':');
    return colon == TN_NO_OFFSET ? text : tn_str_trim(tn_str_from(text, colon + 1));
}

static int description_of(const struct tn_record *record)
{
    return record->type == &tn_type_arm ? (int)TN_arm_description : (int)TN_intervention_description;
}

static void end_description(struct arms *arms)
{
    struct tn_record *record = arms->described;
    if (record && arms->line_count && !tn_has(record, description_of(record))) {
        tn_page_at(arms->page, arms->lines[0]);
        tn_page_put(arms->page, record, description_of(record),
                    tn_page_join(arms->page, arms->lines, arms->line_count, true));
    }
    for (size_t i = 0; record && i < arms->line_count; i++)
        tn_page_boilerplate(arms->page, arms->lines[i]); /* an intervention's description, said again at another arm */
    arms->line_count = 0;
    arms->naming = false;
}

static void open_arm(struct arms *arms, struct tn_str text, const struct tn_block *block)
{
    end_description(arms);
    tn_page_at(arms->page, block);
    arms->intervention = NULL;
    arms->arm = arms->described = tn_add_record(arms->page->reading.trial, TN_trial_arms);
    if (arms->arm) /* its label says which arm it is */
        tn_page_put_typed(arms->page, arms->arm, TN_arm_label, text);
}

static void open_intervention(struct arms *arms, struct tn_str text, const struct tn_block *block)
{
    struct tn_record *trial = arms->page->reading.trial;
    end_description(arms);
    tn_page_at(arms->page, block);
    arms->intervention = intervention_named(trial, behind_colon(text));
    if (!arms->intervention) {
        arms->intervention = tn_add_record(trial, TN_trial_interventions);
        tn_page_put(arms->page, arms->intervention, TN_intervention_name, text);
    }
    arms->described = arms->intervention;
    if (!arms->arm || !arms->intervention)
        return;
    tn_page_put(arms->page, arms->arm, TN_arm_intervention_names, tn_text(arms->intervention, TN_intervention_name));
    if (tn_has(arms->arm, TN_arm_label))
        tn_add_text(arms->intervention, TN_intervention_arm_labels, tn_text(arms->arm, TN_arm_label));
}

static void add_name(struct arms *arms, struct tn_str name)
{
    struct tn_record *record = arms->intervention;
    for (size_t i = 0; i < tn_count(record, TN_intervention_other_names); i++)
        if (tn_str_eq(tn_text_at(record, TN_intervention_other_names, i), name))
            return;
    tn_page_put(arms->page, record, TN_intervention_other_names, name);
}

/* `Other Name: Afinitor`, or `Other Names:` above a list. */
static bool starts_names(struct arms *arms, struct tn_str text)
{
    if (!arms->intervention || !(tn_str_starts_fold(text, TN_LIT("Other Name:")) ||
                                 tn_str_starts_fold(text, TN_LIT("Other Names:"))))
        return false;
    struct tn_str name = behind_colon(text);
    end_description(arms);
    arms->described = NULL;
    arms->naming = name.len == 0;
    if (name.len)
        add_name(arms, name);
    return true;
}

/* A list of interventions, without arms. */
static bool lists_interventions(const struct arms *arms)
{
    return arms->span->row->type == &tn_type_trial && arms->span->row->field == TN_trial_interventions;
}

/* `Other: X` may be either: an intervention where the page has one of that name. */
static bool is_arm(const struct arms *arms, struct tn_str text, size_t column)
{
    if (column || lists_interventions(arms) || !is_typed(&tn_vocabulary_arm_type, text))
        return false;
    return !is_typed(&tn_vocabulary_intervention_type, text) ||
           !intervention_named(arms->page->reading.trial, behind_colon(text));
}

/* `Intervention: Drug: Oats`, or `Interventions:` above a list of them: without the words before. */
static struct tn_str without_given(const struct arms *arms, struct tn_str text)
{
    bool one = tn_str_starts_fold(text, TN_LIT("Intervention:"));
    bool given = arms->arm && (one || tn_str_starts_fold(text, TN_LIT("Interventions:")));
    struct tn_str behind = behind_colon(text);
    return given && (behind.len == 0 || is_typed(&tn_vocabulary_intervention_type, behind)) ? behind : text;
}

static void read_text(struct arms *arms, struct tn_str text, const struct tn_block *block, size_t column, bool first)
{
    bool item = block->kind == TN_BLOCK_ITEM;
    tn_page_at(arms->page, block);
    text = without_given(arms, text);
    if (text.len == 0) {
        tn_page_boilerplate(arms->page, block);
    } else if (is_arm(arms, text, column) || (first && column == 0 && !lists_interventions(arms))) {
        open_arm(arms, text, block);
    } else if (is_typed(&tn_vocabulary_intervention_type, text) &&
               (arms->arm || column || lists_interventions(arms))) {
        tn_page_boilerplate(arms->page, block);
        open_intervention(arms, text, block);
    } else if (starts_names(arms, text)) {
        tn_page_boilerplate(arms->page, block);
    } else if (arms->naming && (item || block->kind == TN_BLOCK_ROW || !arms->page->is_html)) {
        add_name(arms, text);
    } else if (arms->described) {
        arms->lines[arms->line_count++] = block;
        arms->naming = false;
    } else {
        tn_page_unmapped(arms->page, arms->span, block);
    }
}

/* A line of a cell as a block of its own, so that it can stand in a description. */
static const struct tn_block *line_block(const struct arms *arms, const struct tn_block *row, struct tn_str line)
{
    struct tn_block *block = tn_arena_alloc(arms->page->reading.arena, sizeof *block);
    if (!block)
        return row;
    *block = *row;
    block->whole = block->text = line;
    return block;
}

static void read_row(struct arms *arms, const struct tn_block *row)
{
    for (size_t c = 0; c < row->cell_count; c++) {
        struct tn_str rest = row->cells[c], line;
        for (bool first = true; tn_str_next_line(&rest, &line); first = false) {
            line = tn_str_trim(line);
            if (line.len)
                read_text(arms, line, line_block(arms, row, line), c, first);
        }
    }
}

/* Copied as text the columns are apart by tabs. */
static void read_line(struct arms *arms, const struct tn_block *line)
{
    struct tn_str rest = tn_page_line(line);
    for (size_t column = 0; rest.len; column++) {
        size_t tab = tn_str_find_char(rest, '\t');
        struct tn_str cell = tn_str_trim(tn_str_slice(rest.s, tab == TN_NO_OFFSET ? rest.len : tab));
        bool alone = column == 0 && tab == TN_NO_OFFSET;
        if (cell.len)
            read_text(arms, cell, alone ? line : line_block(arms, line, cell), column, false);
        rest = tn_str_from(rest, tab == TN_NO_OFFSET ? rest.len : tab + 1);
    }
}

static size_t count_lines(const struct tn_span *span)
{
    size_t count = span->count + 1;
    for (size_t i = 0; i < span->count; i++) {
        for (size_t k = 0; k < span->lines[i]->whole.len; k++)
            count += span->lines[i]->whole.s[k] == '\t';
        for (size_t c = 0; c < span->lines[i]->cell_count; c++)
            for (size_t k = 0; k <= span->lines[i]->cells[c].len; k++)
                count += k == span->lines[i]->cells[c].len || span->lines[i]->cells[c].s[k] == '\n';
        count++;
    }
    return count;
}

void tn_page_arms(struct tn_page_reading *page, const struct tn_span *span)
{
    struct arms arms = {.page = page, .span = span};
    arms.lines = tn_arena_alloc(page->reading.arena, count_lines(span) * sizeof *arms.lines);
    for (size_t i = 0; arms.lines && i < span->count; i++) {
        const struct tn_block *line = span->lines[i];
        if (line->kind == TN_BLOCK_ROW)
            read_row(&arms, line);
        else
            read_line(&arms, line);
    }
    end_description(&arms);
}
