/* SPDX-License-Identifier: MIT */
/* How much of what a page says in words stands in a trial's records: shingles (four words in a row) of its long texts, the
 * words of its title, and its words with digits. */
#ifndef TN_DATASET_LINK_TEXT_H
#define TN_DATASET_LINK_TEXT_H

#include "core/arena.h"
#include "trialnorm/trial.h"

/* What of a page is compared. A lay summary is not: sites have it written for them. */
enum tn_link_part {
    TN_LINK_SUMMARY,
    TN_LINK_DESCRIPTION,
    TN_LINK_CRITERIA,
    TN_LINK_OUTCOMES,
    TN_LINK_ARMS,
    TN_LINK_PARTS
};

/* The texts of a part, one after the other. */
typedef void tn_link_text_fn(void *context, struct tn_str text);
void tn_link_part_texts(const tn_trial *trial, enum tn_link_part part, tn_link_text_fn *take, void *context);

/* A page as it is held against every candidate. */
struct tn_link_page;

/* In the arena, which it keeps using; the trial is borrowed. NULL when memory is short. */
struct tn_link_page *tn_link_page_new(struct tn_arena *arena, const tn_trial *trial);

/* Shingles of a part; all of them. */
size_t tn_link_page_count(const struct tn_link_page *page, enum tn_link_part part);
size_t tn_link_page_total(const struct tn_link_page *page);
/* True for a page that says nothing to be compared. */
bool tn_link_page_empty(const struct tn_link_page *page);

/* What of the page was seen in one trial. */
struct tn_link_seen {
    unsigned char *marks;                /* for every shingle and word of the page: whether the trial has it */
    size_t found[TN_LINK_PARTS];         /* shingles of the page's part that the trial has anywhere */
    size_t beyond[TN_LINK_PARTS];        /* shingles of the trial's part that the page has nowhere */
    size_t numbers, numbers_found;       /* the page's words with digits, and those of them that the trial has */
    double title;                        /* words that the page's title and the trial's share: 0 to 1 */
    size_t title_words;                  /* words of the page's title; 0: none was compared */
    size_t title_differs;                /* words of note that only one of both titles has */
};

/* Nothing seen yet; marks in the page's arena. False when memory is short. */
bool tn_link_seen_init(struct tn_link_seen *seen, const struct tn_link_page *page);

/* Adds what one record of the trial says. */
void tn_link_see(struct tn_link_seen *seen, const struct tn_link_page *page, const tn_trial *record);

/* Counts, when all records were seen. */
void tn_link_seen_end(struct tn_link_seen *seen, const struct tn_link_page *page);

/* How many shingles of the page `a` has and `b` has not. */
size_t tn_link_only(const struct tn_link_page *page, const struct tn_link_seen *a, const struct tn_link_seen *b);

#endif
