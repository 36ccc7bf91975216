/* SPDX-License-Identifier: MIT */
/* Which blocks of an unknown page are labels. A label that nobody knows is guessed by how it stands; one too few costs
 * nothing but order: its lines belong to the label before, and are kept. */
#include "core/utf8.h"
#include "normal/identifier.h"
#include "readers/labels.h"
#include "readers/site_draft.h"

enum { LABELS_MAX = 900, LONGEST_KNOWN = 120, LONGEST_GUESS = 60, MOST_WORDS = 8 };

/* How a block may be a label. */
struct shown {
    struct tn_str label;
    struct tn_str value; /* behind it in the block */
    bool pair, colon;    /* apart by the page's markup, or by a colon */
};

struct looking {
    struct tn_draft *draft;
    bool in_text; /* behind a label of running text, of criteria or of a list */
};

static struct tn_str cut_colon(struct tn_str text)
{
    if (text.len && text.s[text.len - 1] == ':')
        text.len--;
    return tn_str_trim(text);
}

/* A colon that is part of an address or of a time of day parts nothing. */
static bool parts(struct tn_str text, size_t colon)
{
    char before = colon ? text.s[colon - 1] : '\0', behind = colon + 1 < text.len ? text.s[colon + 1] : '\0';
    return colon && behind != '/' && !(tn_is_digit(before) && tn_is_digit(behind));
}

static struct shown show(const struct tn_block *block)
{
    struct shown shown = {.label = block->whole};
    if (block->kind == TN_BLOCK_PAIR) {
        shown.label = cut_colon(block->label);
        shown.value = block->text;
        shown.pair = true;
        return shown;
    }
    size_t colon = tn_str_find_char(block->whole, ':');
    if (colon == TN_NO_OFFSET || !parts(block->whole, colon))
        return shown;
    shown.label = tn_str_trim(tn_str_slice(block->whole.s, colon));
    shown.value = tn_str_trim(tn_str_from(block->whole, colon + 1));
    shown.colon = true;
    return shown;
}

/* A text that can stand in a description as a label. */
static bool can_stand(struct tn_str label)
{
    bool letter = false;
    for (size_t i = 0; i < label.len; i++) {
        unsigned char c = (unsigned char)label.s[i];
        if (c < ' ' || c == 0x7F || c == '|')
            return false;
        letter |= tn_is_alpha(label.s[i]) || c >= 0x80;
    }
    return letter && label.len <= LONGEST_KNOWN && tn_str_trim(label).len == label.len &&
           tn_utf8_valid(label) == label.len;
}

/* Values stand on lines of their own as labels do. */
static bool is_value(struct tn_str text)
{
    static const enum tn_shape shapes[] = {TN_SHAPE_PHASE, TN_SHAPE_PARTICIPANTS, TN_SHAPE_DATE, TN_SHAPE_AGE,
                                           TN_SHAPE_TRUTH, TN_SHAPE_ID,           TN_SHAPE_URL,  TN_SHAPE_PLACE};
    static const int words[] = {TN_trial_status, TN_trial_study_type, TN_trial_sex, TN_trial_allocation,
                                TN_trial_masking, TN_trial_intervention_model, TN_trial_primary_purpose};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (tn_shape_fits(shapes[i], NULL, text))
            return true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (tn_shape_fits(TN_SHAPE_WORD, &tn_type_trial.fields[words[i]], text))
            return true;
    return false;
}

/* Short, begins with a capital, and is no sentence. */
static bool reads_like_label(struct tn_str label)
{
    size_t words = 1;
    for (size_t i = 0; i < label.len; i++) {
        words += label.s[i] == ' ';
        if (label.s[i] == ';' || label.s[i] == '"' || label.s[i] == '!')
            return false;
        if ((label.s[i] == '.' || label.s[i] == ',') && (i + 1 == label.len || label.s[i + 1] == ' '))
            return false;
    }
    bool capital = tn_is_upper(label.s[0]) || (unsigned char)label.s[0] >= 0xC0;
    return capital && label.len > 1 && label.len <= LONGEST_GUESS && words <= MOST_WORDS && !is_value(label);
}

/* In text a heading is a line with an empty line before it and none behind. */
static bool stands_like_heading(const struct tn_page *page, size_t at)
{
    const struct tn_block *block = &page->blocks[at];
    if (block->kind == TN_BLOCK_HEADING || block->emphatic)
        return true;
    return !page->is_html && block->blank_before && at + 1 < page->count && !page->blocks[at + 1].blank_before;
}

static bool is_label(const struct looking *looking, size_t at, const struct shown *shown, bool known)
{
    const struct tn_page *page = looking->draft->page;
    const struct tn_block *block = &page->blocks[at];
    bool title = looking->draft->count == 0 && (at == 0 || (block->kind == TN_BLOCK_HEADING && block->level <= 1));
    if (block->kind == TN_BLOCK_ITEM || block->kind == TN_BLOCK_ROW || !can_stand(shown->label))
        return false;
    if (shown->pair || (block->kind == TN_BLOCK_HEADING && !title))
        return true;
    if (known)
        return !looking->in_text || !shown->value.len || block->blank_before;
    if (title || !reads_like_label(shown->label))
        return false;
    return (stands_like_heading(page, at) && !shown->value.len) || (shown->colon && !looking->in_text);
}

/* `Locations (12)` -> `Locations (#)`. */
static struct tn_str with_number_sign(struct tn_arena *arena, struct tn_str label)
{
    size_t open = tn_str_find_char(label, '('), end = open + 1;
    while (open != TN_NO_OFFSET && end < label.len && (tn_is_digit(label.s[end]) || label.s[end] == ','))
        end++;
    if (open == TN_NO_OFFSET || open == 0 || end == open + 1)
        return label;
    return tn_str_format(arena, "%.*s#%.*s", (int)open + 1, label.s, (int)(label.len - end), label.s + end);
}

static bool holds_sign(struct tn_str label)
{
    for (size_t i = 0; i < label.len; i++)
        if (strchr("*#@%", label.s[i]))
            return true;
    return false;
}

static struct tn_draft_label *find_label(const struct tn_draft *draft, struct tn_str text)
{
    for (size_t i = 0; i < draft->count; i++)
        if (tn_str_eq_fold(draft->labels[i].text, text))
            return &draft->labels[i];
    return NULL;
}

static bool is_section(const struct tn_draft_label *label, const struct shown *shown)
{
    enum tn_mode mode = label->row.mode;
    return !shown->value.len && mode != TN_MODE_VALUE && mode != TN_MODE_AGES;
}

static void take(struct looking *looking, size_t at, const struct shown *shown, const struct tn_site_row *row)
{
    struct tn_draft *draft = looking->draft;
    const struct tn_page *page = draft->page;
    bool literal = holds_sign(shown->label);
    struct tn_str text = literal || !row ? shown->label : with_number_sign(draft->arena, shown->label);
    if (literal && shown->colon && shown->value.len)
        return; /* a row has no way to say that */
    struct tn_draft_label *label = find_label(draft, text);
    bool empty = !shown->value.len && (at + 1 == page->count || page->blocks[at + 1].kind == TN_BLOCK_HEADING);
    if (!label && draft->count < LABELS_MAX && text.len) {
        label = &draft->labels[draft->count++];
        *label = (struct tn_draft_label){.text = text, .at = at, .value = shown->value, .known = row != NULL,
                                         .literal = literal, .empty = true};
        label->row = row ? *row : (struct tn_site_row){.mode = TN_MODE_KEEP};
    }
    if (!label)
        return;
    label->empty = label->empty && empty;
    label->spaced = label->spaced || (shown->colon && shown->label.s[shown->label.len] == ' ');
    looking->in_text = is_section(label, shown);
}

bool tn_draft_find_labels(struct tn_draft *draft)
{
    struct looking looking = {.draft = draft};
    draft->labels = tn_arena_alloc(draft->arena, LABELS_MAX * sizeof *draft->labels);
    for (size_t i = 0; draft->labels && i < draft->page->count; i++) {
        struct shown shown = show(&draft->page->blocks[i]);
        struct tn_site_row row;
        bool known = shown.label.len <= LONGEST_KNOWN && tn_label_find(shown.label, &row);
        if (!known && shown.colon) { /* the colon may be part of a heading: "Study 12: a title" */
            struct shown whole = {.label = cut_colon(draft->page->blocks[i].whole)};
            known = whole.label.len <= LONGEST_KNOWN && tn_label_find(whole.label, &row);
            if (known || draft->page->blocks[i].kind == TN_BLOCK_HEADING)
                shown = whole;
        }
        if (is_label(&looking, i, &shown, known))
            take(&looking, i, &shown, known ? &row : NULL);
    }
    return draft->labels && !draft->arena->failed;
}
