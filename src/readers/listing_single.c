/* SPDX-License-Identifier: MIT */
/* What only the page of one trial has, though it shows others too. */
#include "normal/fold.h"
#include "readers/listing.h"
#include "readers/listing_marks.h"
#include "trialnorm/trial.h"

static bool is_criteria(struct tn_str text)
{
    static const char *const names[] = {"criteres d exclusion",      "criteres d inclusion",   "criterios de exclusion",
                                        "criterios de inclusion",    "einschlusskriterien",    "exclusion",
                                        "exclusion criteria",        "inclusion",              "inclusion criteria",
                                        "key exclusion criteria",    "key inclusion criteria", "main exclusion criteria",
                                        "main inclusion criteria",  "who can join",           "who can participate",
                                        "who can take part",        "who cannot join",        "who cannot take part"};
    enum { LONGEST = 60 };
    char key[TN_FOLD_MAX];
    if (text.len == 0 || text.len > LONGEST || tn_fold(text, key) == 0)
        return false;
    return tn_fold_find(names, sizeof names / sizeof names[0], sizeof names[0], key) != TN_NO_OFFSET;
}

/* `Phase 2 (14)` is a filter of a search. */
static bool is_filter(struct tn_str value)
{
    size_t open = value.len;
    while (open > 0 && value.s[open - 1] != '(')
        open--;
    return value.len && value.s[value.len - 1] == ')' && open > 0 && tn_is_digit(value.s[open]);
}

/* The field of a block that is a label with a value; -1: it is none. */
static int labelled_field(const struct tn_block *block, struct tn_str *value)
{
    struct tn_str label = block->label;
    *value = block->text;
    const struct tn_column *column = block->kind == TN_BLOCK_PAIR        ? tn_column_find(label)
                                     : block->kind == TN_BLOCK_PARAGRAPH ? tn_listing_labelled(*value, &label, value)
                                                                         : NULL;
    return !column || value->len == 0 || is_filter(*value) ? -1 : column->field;
}

static bool heads_criteria(const struct tn_block *block)
{
    return is_criteria(block->kind == TN_BLOCK_PAIR ? block->label : block->text);
}

enum { FIELDS = 256 }; /* more than the trial has */

struct outside {
    bool seen[FIELDS];
    size_t labels; /* different ones that have a value */
    bool sized;    /* ... one of which a search hardly asks for */
    bool criteria;
};

/* A number of participants, a day: lists of trials have none of their own. */
static bool is_size(int field, struct tn_str value)
{
    bool size = field == TN_trial_enrollment || field == TN_trial_start_date || field == TN_trial_completion_date ||
                field == TN_trial_primary_completion_date;
    for (size_t i = 0; size && i < value.len; i++)
        if (tn_is_digit(value.s[i]))
            return true;
    return false;
}

/* `Rollover study | NCT90000001`: a row of a table of one trial's facts. */
static bool is_fact(const struct tn_block *block)
{
    enum { LONGEST_NAME = 40 };
    struct tn_identifier id;
    return block->kind == TN_BLOCK_PAIR && block->label.len <= LONGEST_NAME && tn_identifier_is(block->text, NULL, &id);
}

static bool are_facts(const struct tn_listing *listing)
{
    for (size_t e = 0; e < listing->count; e++)
        if (listing->entries[e].end != listing->entries[e].first + 1 || !is_fact(&listing->page->blocks[listing->entries[e].first]))
            return false;
    return true;
}

static void look_outside(struct outside *outside, const struct tn_block *block)
{
    struct tn_str value;
    int field = labelled_field(block, &value);
    outside->criteria = outside->criteria || heads_criteria(block);
    if (field < 0 || outside->seen[field])
        return;
    outside->seen[field] = true;
    outside->labels++;
    outside->sized = outside->sized || is_size(field, value);
}

/* Entries of one trial's page, taken for trials, are not alike: criteria and labels stand in one of them only. */
struct inside {
    size_t entries[FIELDS], last[FIELDS]; /* how many have the label, and the newest of them, + 1 */
    size_t criteria;                      /* entries that have some */
};

static void look_inside(struct inside *inside, const struct tn_listing *listing, size_t e)
{
    bool criteria = false;
    for (size_t b = listing->entries[e].first; b < listing->entries[e].end; b++) {
        const struct tn_block *block = &listing->page->blocks[b];
        struct tn_str value;
        int field = labelled_field(block, &value);
        criteria = criteria || heads_criteria(block);
        if (field < 0 || inside->last[field] == e + 1)
            continue;
        inside->last[field] = e + 1;
        inside->entries[field]++;
    }
    inside->criteria += criteria;
}

static bool entries_differ(const struct tn_listing *listing)
{
    enum { MANY = 4 };
    struct inside inside = {.criteria = 0};
    size_t single = 0, shared = 0;
    for (size_t e = 0; e < listing->count; e++)
        look_inside(&inside, listing, e);
    for (size_t f = 0; f < FIELDS; f++) {
        single += inside.entries[f] == 1;
        shared += inside.entries[f] > 1;
    }
    return listing->count > 1 && ((inside.criteria && inside.criteria * 2 <= listing->count) || (single >= MANY && single > shared));
}

static bool entries_have(const struct tn_listing *listing, const struct tn_mark *marks, uint64_t hash)
{
    for (size_t i = 0; i < listing->count; i++) {
        size_t id = marks[listing->entries[i].first].next_id;
        for (; id < listing->entries[i].end; id = marks[id + 1].next_id)
            if (marks[id].id == hash)
                return true;
    }
    return false;
}

/* An identifier by which the page names itself, and that no entry has. */
static bool names_another(const struct tn_listing *listing, const struct tn_mark *marks)
{
    struct tn_str names[3] = {listing->page->title, listing->page->canonical, {NULL, 0}};
    struct tn_identifier id;
    for (size_t b = 0; b < listing->entries[0].first && names[2].len == 0; b++)
        if (listing->page->blocks[b].kind == TN_BLOCK_HEADING && listing->page->blocks[b].level == 1)
            names[2] = listing->page->blocks[b].whole;
    for (size_t i = 0; i < 3; i++)
        if (tn_identifier_find(names[i], 0, NULL, &id) && id.registry &&
            !entries_have(listing, marks, tn_listing_hash(&id)))
            return true;
    return false;
}

/* An identifier outside of the entries that none of them has. */
static bool stands_outside(const struct tn_listing *listing, const struct tn_mark *marks)
{
    enum { TRIED = 8 };
    size_t end = listing->entries[0].first, tried = 0;
    for (size_t b = marks[0].next_id; b < end && tried < TRIED; b = marks[b + 1].next_id, tried++)
        if (!entries_have(listing, marks, marks[b].id))
            return true;
    return false;
}

bool tn_listing_is_single(const struct tn_listing *listing, const struct tn_mark *marks)
{
    enum { MANY = 6, ENOUGH = 4, SOME = 2 };
    struct outside outside = {.labels = 0};
    size_t entry = 0;
    for (size_t b = 0; b < listing->page->count; b++) {
        while (entry < listing->count && listing->entries[entry].end <= b)
            entry++;
        if (entry == listing->count || b < listing->entries[entry].first)
            look_outside(&outside, &listing->page->blocks[b]);
    }
    bool counted = listing->claim.total || listing->claim.pages;
    return outside.criteria || entries_differ(listing) || outside.labels >= MANY || (!counted && names_another(listing, marks)) ||
           (!counted && outside.labels >= ENOUGH && outside.sized) || (!counted && outside.labels >= SOME && are_facts(listing)) ||
           (outside.labels >= SOME && stands_outside(listing, marks));
}
