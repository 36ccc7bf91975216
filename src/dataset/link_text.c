/* SPDX-License-Identifier: MIT */
#include "dataset/link_text.h"

#include <xxhash.h>

#include "dataset/link_shingles.h"
#include "dataset/link_words.h"

/* What is taken of a part, and of a title: more words say nothing more about which trial it is. */
enum { PART_WORDS_MAX = 60000, TITLE_WORDS_MAX = 96, TITLES_MAX = 2 };

/* Marks that a slot of the table stands for a word with a digit; the parts' marks are below. */
enum { NUMBER = 1 << TN_LINK_PARTS };

struct title {
    uint64_t words[TITLE_WORDS_MAX];
    bool small[TITLE_WORDS_MAX];
    size_t count;
};

struct tn_link_page {
    struct tn_arena *arena;
    struct tn_link_table table;
    size_t counts[TN_LINK_PARTS];
    size_t numbers;
    struct title titles[TITLES_MAX];
};

/* -- the texts of a part -- */

struct text_row {
    enum tn_link_part part;
    int list;                         /* of the trial: a list of records; -1: `field` is the trial's own */
    int field;                        /* the text */
};

/* Criteria are taken from their lists, so that headings and bullets are no difference. */
static const struct text_row text_rows[] = {
    {TN_LINK_SUMMARY, -1, TN_trial_brief_summary},
    {TN_LINK_DESCRIPTION, -1, TN_trial_detailed_description},
    {TN_LINK_CRITERIA, TN_trial_inclusion_criteria, TN_criterion_text},
    {TN_LINK_CRITERIA, TN_trial_exclusion_criteria, TN_criterion_text},
    {TN_LINK_CRITERIA, TN_trial_other_criteria, TN_criterion_text},
    {TN_LINK_OUTCOMES, TN_trial_outcomes, TN_outcome_measure},
    {TN_LINK_OUTCOMES, TN_trial_outcomes, TN_outcome_description},
    {TN_LINK_ARMS, TN_trial_arms, TN_arm_description},
    {TN_LINK_ARMS, TN_trial_interventions, TN_intervention_description},
};

static bool has_lists(const tn_trial *trial)
{
    return tn_count(trial, TN_trial_inclusion_criteria) || tn_count(trial, TN_trial_exclusion_criteria) ||
           tn_count(trial, TN_trial_other_criteria);
}

static void row_texts(const tn_trial *trial, const struct text_row *row, tn_link_text_fn *take, void *context)
{
    if (row->list < 0 && tn_has(trial, row->field))
        take(context, tn_text(trial, row->field));
    for (size_t i = 0; row->list >= 0 && i < tn_count(trial, row->list); i++)
        take(context, tn_text(tn_record_at(trial, row->list, i), row->field));
}

void tn_link_part_texts(const tn_trial *trial, enum tn_link_part part, tn_link_text_fn *take, void *context)
{
    for (size_t i = 0; i < sizeof text_rows / sizeof *text_rows; i++)
        if (text_rows[i].part == part)
            row_texts(trial, &text_rows[i], take, context);
    if (part == TN_LINK_CRITERIA && !has_lists(trial) && tn_has(trial, TN_trial_eligibility_text))
        take(context, tn_text(trial, TN_trial_eligibility_text));
}

/* -- words of a part, shingle by shingle -- */

enum { SHINGLE = 4 };

/* A shingle (unsigned: its mark) or a word with a digit. */
typedef void feature_fn(void *context, uint64_t hash, unsigned mark);

struct roll {
    uint64_t last[SHINGLE];
    size_t words;
    unsigned mark;
    feature_fn *take;
    void *context;
};

static void roll_word(void *context, struct tn_str word)
{
    struct roll *roll = context;
    if (roll->words >= PART_WORDS_MAX)
        return;
    memmove(roll->last, roll->last + 1, (SHINGLE - 1) * sizeof *roll->last);
    roll->last[SHINGLE - 1] = tn_link_hash(word);
    roll->words++;
    if (roll->words >= SHINGLE)
        roll->take(roll->context, XXH3_64bits(roll->last, sizeof roll->last), roll->mark);
    if (tn_link_has_digit(word))
        roll->take(roll->context, roll->last[SHINGLE - 1], NUMBER);
}

static void roll_text(void *context, struct tn_str text)
{
    tn_link_each_word(text, roll_word, context);
}

/* A part of fewer words than a shingle is one shingle. */
static void part_features(const tn_trial *trial, enum tn_link_part part, feature_fn *take, void *context)
{
    struct roll roll = {.mark = 1U << part, .take = take, .context = context};
    tn_link_part_texts(trial, part, roll_text, &roll);
    if (roll.words > 0 && roll.words < SHINGLE)
        take(context, XXH3_64bits(roll.last, sizeof roll.last), roll.mark);
}

/* -- titles -- */

static void title_word(void *context, struct tn_str word)
{
    struct title *title = context;
    uint64_t hash = tn_link_hash(word);
    for (size_t i = 0; i < title->count; i++)
        if (title->words[i] == hash)
            return;
    if (title->count == TITLE_WORDS_MAX)
        return;
    title->small[title->count] = tn_link_is_small_word(word);
    title->words[title->count++] = hash;
}

static bool title_has(const struct title *title, uint64_t word)
{
    for (size_t i = 0; i < title->count; i++)
        if (title->words[i] == word)
            return true;
    return false;
}

/* Words of `a` that `b` has not; in *of_note those that are not small. */
static size_t title_misses(const struct title *a, const struct title *b, size_t *of_note)
{
    size_t missing = 0;
    for (size_t i = 0; i < a->count; i++) {
        if (title_has(b, a->words[i]))
            continue;
        missing++;
        *of_note += !a->small[i];
    }
    return missing;
}

static void see_title(struct tn_link_seen *seen, const struct title *page, const struct title *other)
{
    if (page->count == 0 || other->count == 0)
        return;
    size_t differs = 0;
    size_t shared = page->count - title_misses(page, other, &differs);
    title_misses(other, page, &differs);
    double same = 2.0 * (double)shared / (double)(page->count + other->count);
    if (seen->title_words && same < seen->title)
        return;
    seen->title = same;
    seen->title_words = page->count;
    seen->title_differs = differs;
}

static const int title_fields[TITLES_MAX] = {TN_trial_title, TN_trial_official_title};

static void see_titles(struct tn_link_seen *seen, const struct tn_link_page *page, const tn_trial *record)
{
    for (size_t i = 0; i < TITLES_MAX; i++) {
        struct title title = {.count = 0};
        tn_link_each_word(tn_text(record, title_fields[i]), title_word, &title);
        for (size_t p = 0; p < TITLES_MAX; p++)
            see_title(seen, &page->titles[p], &title);
    }
}

/* -- the page -- */

static void put_feature(void *context, uint64_t hash, unsigned mark)
{
    struct tn_link_page *page = context;
    struct tn_link_shingle *slot = tn_link_table_put(&page->table, page->arena, hash);
    if (!slot || slot->marks & mark)
        return;
    slot->marks |= mark;
    page->numbers += mark == NUMBER;
    for (int part = 0; part < TN_LINK_PARTS; part++)
        page->counts[part] += mark == 1U << part;
}

struct tn_link_page *tn_link_page_new(struct tn_arena *arena, const tn_trial *trial)
{
    struct tn_link_page *page = tn_arena_zero(arena, sizeof *page);
    if (!page)
        return NULL;
    page->arena = arena;
    for (int part = 0; part < TN_LINK_PARTS; part++)
        part_features(trial, (enum tn_link_part)part, put_feature, page);
    for (size_t i = 0; i < TITLES_MAX; i++)
        tn_link_each_word(tn_text(trial, title_fields[i]), title_word, &page->titles[i]);
    return arena->failed ? NULL : page;
}

size_t tn_link_page_count(const struct tn_link_page *page, enum tn_link_part part)
{
    return page->counts[part];
}

size_t tn_link_page_total(const struct tn_link_page *page)
{
    size_t total = 0;
    for (int part = 0; part < TN_LINK_PARTS; part++)
        total += page->counts[part];
    return total;
}

bool tn_link_page_empty(const struct tn_link_page *page)
{
    return page->table.count == 0 && page->titles[0].count == 0 && page->titles[1].count == 0;
}

/* -- a candidate -- */

bool tn_link_seen_init(struct tn_link_seen *seen, const struct tn_link_page *page)
{
    *seen = (struct tn_link_seen){.numbers = page->numbers};
    seen->marks = tn_arena_zero(page->arena, page->table.count + 1);
    return seen->marks != NULL;
}

struct seeing {
    struct tn_link_seen *seen;
    const struct tn_link_page *page;
    size_t beyond[TN_LINK_PARTS];
    size_t found[TN_LINK_PARTS];
};

static void see_feature(void *context, uint64_t hash, unsigned mark)
{
    struct seeing *seeing = context;
    const struct tn_link_shingle *slot = tn_link_table_find(&seeing->page->table, hash);
    if (slot)
        seeing->seen->marks[slot->number] = 1;
    for (int part = 0; part < TN_LINK_PARTS; part++) {
        seeing->found[part] += slot && mark == 1U << part;
        seeing->beyond[part] += !slot && mark == 1U << part;
    }
}

/* Of several records, the one whose part is nearest to the page's says what the trial has beyond it. */
static void see_part(struct tn_link_seen *seen, const struct seeing *seeing, int part, bool first)
{
    if (seeing->found[part] + seeing->beyond[part] == 0)
        return;
    if (first || seeing->beyond[part] < seen->beyond[part])
        seen->beyond[part] = seeing->beyond[part];
}

void tn_link_see(struct tn_link_seen *seen, const struct tn_link_page *page, const tn_trial *record)
{
    struct seeing seeing = {.seen = seen, .page = page};
    for (int part = 0; part < TN_LINK_PARTS; part++) {
        part_features(record, (enum tn_link_part)part, see_feature, &seeing);
        see_part(seen, &seeing, part, seen->found[part] == 0);
        seen->found[part] += seeing.found[part] > 0;
    }
    see_titles(seen, page, record);
}

void tn_link_seen_end(struct tn_link_seen *seen, const struct tn_link_page *page)
{
    memset(seen->found, 0, sizeof seen->found);
    seen->numbers_found = 0;
    for (size_t i = 0; i < page->table.room; i++) {
        const struct tn_link_shingle *slot = &page->table.slots[i];
        if (!slot->marks || !seen->marks[slot->number])
            continue;
        seen->numbers_found += (slot->marks & NUMBER) != 0;
        for (int part = 0; part < TN_LINK_PARTS; part++)
            seen->found[part] += (slot->marks >> part) & 1;
    }
}

size_t tn_link_only(const struct tn_link_page *page, const struct tn_link_seen *a, const struct tn_link_seen *b)
{
    size_t only = 0;
    for (size_t i = 0; i < page->table.room; i++) {
        const struct tn_link_shingle *slot = &page->table.slots[i];
        only += slot->marks & (NUMBER - 1) && a->marks[slot->number] && !b->marks[slot->number];
    }
    return only;
}
