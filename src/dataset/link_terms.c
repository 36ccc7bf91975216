/* SPDX-License-Identifier: MIT */
#include "dataset/link_terms.h"

#include "dataset/link_shingles.h"
#include "dataset/link_text.h"
#include "dataset/link_words.h"

struct gather {
    struct tn_arena *arena;
    struct tn_link_table known;
    struct tn_link_terms *terms;
};

/* One letter is a bullet. */
enum { TERM_MIN = 2, TERM_MAX = 64 };

static void gather_word(void *context, struct tn_str word)
{
    struct gather *gather = context;
    if (word.len < TERM_MIN || word.len > TERM_MAX || gather->terms->count == TN_LINK_TERMS_MAX)
        return;
    struct tn_link_shingle *slot = tn_link_table_put(&gather->known, gather->arena, tn_link_hash(word));
    if (!slot || slot->marks)
        return;
    slot->marks = 1;
    gather->terms->at[gather->terms->count++] = tn_str_copy(gather->arena, word);
}

static void gather_text(void *context, struct tn_str text)
{
    tn_link_each_word(text, gather_word, context);
}

bool tn_link_terms_of(struct tn_arena *arena, const tn_trial *trial, struct tn_link_terms *terms)
{
    struct gather gather = {.arena = arena, .terms = terms};
    *terms = (struct tn_link_terms){.at = tn_arena_alloc(arena, TN_LINK_TERMS_MAX * sizeof *terms->at)};
    if (!terms->at)
        return false;
    gather_text(&gather, tn_text(trial, TN_trial_title));
    gather_text(&gather, tn_text(trial, TN_trial_official_title));
    tn_link_part_texts(trial, TN_LINK_SUMMARY, gather_text, &gather);
    tn_link_part_texts(trial, TN_LINK_CRITERIA, gather_text, &gather);
    if (terms->count == 0) {
        tn_link_part_texts(trial, TN_LINK_DESCRIPTION, gather_text, &gather);
        tn_link_part_texts(trial, TN_LINK_OUTCOMES, gather_text, &gather);
    }
    return !arena->failed;
}
