/* SPDX-License-Identifier: MIT */
/* Is an unknown page one about a trial? */
#include "normal/fold.h"
#include "normal/identifier.h"
#include "readers/generic.h"
#include "readers/page_data.h"

enum { FEW_LABELS = 4, FEW_STRONG = 2, WORDS_MAX = 160 };

/* What pages hold that are none of a trial, though they speak of trials: protocols, papers, labels of drugs, jobs. */
static bool is_foreign(struct tn_str text)
{
    static const char *const lines[] = {
        "adverse reactions",   "abstract",          "boxed warning",         "contents",           "contraindications",
        "cooking time",        "dosage and administration", "how supplied",  "indications and usage", "ingredients",
        "investigator signature page", "job description", "job type",        "list of abbreviations", "materials and methods",
        "method of preparation", "prescribing information", "protocol synopsis", "salary",          "schedule of activities",
        "schedule of assessments", "servings",      "signature page",        "statement of compliance", "table of contents",
        "title page",          "version history",   "warnings and precautions",
    };
    char key[TN_FOLD_MAX];
    if (text.len > 60 || tn_fold(text, key) == 0)
        return false;
    char *start = key;
    while (tn_is_digit(*start) || *start == ' ')
        start++;
    return tn_fold_find(lines, sizeof lines / sizeof lines[0], sizeof lines[0], start) != TN_NO_OFFSET;
}

/* "Conclusions: ...": the parts of a paper's abstract. */
static bool begins_with(struct tn_str text, const char *const *words)
{
    for (; *words; words++) {
        struct tn_str word = tn_str_of(*words);
        if (tn_str_starts_fold(text, word) && (text.len == word.len || text.s[word.len] == ':' || text.s[word.len] == '\t'))
            return true;
    }
    return false;
}

static bool is_paper(const struct tn_page *page)
{
    static const char *const ends[] = {"conclusion", "conclusions", "interpretation", "discussion", "limitations", NULL};
    static const char *const finds[] = {"results", "findings", "main results", "methods", NULL};
    bool end = false, find = false;
    for (size_t i = 0; i < page->count; i++) {
        end = end || begins_with(page->blocks[i].whole, ends);
        find = find || begins_with(page->blocks[i].whole, finds);
    }
    return end && find;
}

struct claim {
    struct tn_evidence found;
    bool seen[WORDS_MAX];
    bool again[WORDS_MAX]; /* seen before the second trial's number, and behind it */
    unsigned labels, strong, states, ids, twice;
    struct tn_str first; /* the label of the first number */
    bool second_begun;
    char id[TN_IDENTIFIER_MAX], second[TN_IDENTIFIER_MAX];
    bool inclusion, exclusion, foreign;
};

/* Three different trials with numbers of their own are a list. */
static void count_id(struct claim *claim, struct tn_str label, struct tn_str text)
{
    struct tn_identifier id;
    if (!tn_identifier_find(text, 0, NULL, &id) || !id.registry || strcmp(id.registry, "ClinicalTrials.gov") != 0)
        return;
    if (claim->ids == 0) {
        memcpy(claim->id, id.value, sizeof id.value);
        claim->first = label;
    } else if (claim->ids == 1 && strcmp(claim->id, id.value) != 0) {
        memcpy(claim->second, id.value, sizeof id.value);
        claim->second_begun = tn_str_eq_fold(claim->first, label);
    } else if (claim->ids >= 2 && strcmp(claim->id, id.value) != 0 && strcmp(claim->second, id.value) != 0) {
        claim->ids = 2;
    } else {
        return;
    }
    claim->ids++;
}

static void weigh(struct claim *claim, const struct tn_generic *generic, const struct tn_span *span)
{
    const struct tn_label_word *word = tn_generic_word(span);
    if (!word || span->continued)
        return;
    size_t number = (size_t)((const struct tn_generic_row *)(const void *)span->row - generic->rows);
    struct tn_str value = tn_generic_value(span);
    if (!tn_generic_fits(word, value) || number >= WORDS_MAX)
        return;
    claim->states += word->type == &tn_type_trial && word->field == TN_trial_status;
    if (word->how == TN_HOW_ID)
        count_id(claim, span->name, value);
    else if (claim->second_begun && word->weight && claim->seen[number] && !claim->again[number]) {
        claim->again[number] = true;
        claim->twice++;
    }
    claim->inclusion |= word->how == TN_HOW_INCLUSION;
    claim->exclusion |= word->how == TN_HOW_EXCLUSION;
    if (claim->seen[number] || word->weight == 0)
        return;
    claim->seen[number] = true;
    claim->labels++;
    claim->strong += word->weight > 1;
    tn_evidence_add(&claim->found, span->name);
}

static bool is_enough(const struct claim *claim, const struct tn_page *blocks)
{
    enum { LIST = 3, TWINS = 3 };
    struct tn_identifier id;
    bool named = claim->ids > 0 || tn_identifier_find(blocks->canonical, 0, NULL, &id) || tn_generic_title(blocks).len > 0 ||
                 claim->seen[0];
    if (!named || claim->foreign || claim->ids >= LIST || claim->states >= LIST || claim->twice >= TWINS)
        return false;
    if (claim->inclusion && claim->exclusion)
        return claim->labels >= FEW_LABELS - 1;
    return claim->labels >= FEW_LABELS && claim->strong >= FEW_STRONG;
}

static bool look(struct tn_arena *arena, const struct tn_page *page, struct claim *claim)
{
    enum { LONGEST_PAGE = 20000 }; /* blocks */
    struct tn_generic generic = {.blocks = page};
    *claim = (struct claim){.labels = 0};
    generic.page.reading.arena = arena;
    if (page->count > LONGEST_PAGE || !tn_generic_start(&generic, arena) || !tn_generic_cut(&generic))
        return false;
    claim->foreign = is_paper(page);
    for (size_t i = 0; i < page->count && !claim->foreign; i++)
        claim->foreign = is_foreign(page->blocks[i].whole);
    for (size_t i = 0; i < generic.page.count; i++)
        weigh(claim, &generic, &generic.page.spans[i]);
    return true;
}

void tn_generic_detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence)
{
    struct claim claim;
    struct tn_arena arena;
    (void)self;
    if (!peek->page)
        return;
    tn_arena_init(&arena, (size_t)64 << 20);
    if (look(&arena, peek->page, &claim) && is_enough(&claim, peek->page)) {
        *evidence = claim.found;
        evidence->bits = TN_GENERIC_BITS; /* whoever knows the site knows more, however little he needs to tell it */
    } else if (tn_page_data_claims(peek->page)) {
        tn_evidence_add(evidence, TN_LIT("the page's data"));
        evidence->bits = TN_GENERIC_BITS;
    }
    tn_arena_release(&arena);
}
