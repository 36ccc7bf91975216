/* SPDX-License-Identifier: MIT */
/* The full-text index by which a page finds the trials that it could be: the words of titles, summaries and criteria of
 * every record that states an identifier. It stands in the dataset file, is made when the first page needs it, and is
 * brought up to date by every run that has pages to link.
 *
 * link_index     FTS5, without content and positions: a document is one record's different words
 * link_document  which record a document is. A record that changes gets a new document; the old one stays behind in the index,
 *                where it cannot be deleted, and counts as no record's. When most are such, the index is made anew
 * link_term      FTS5's view of how many documents have a word
 * setting        `indexed`: the last run whose records are in it */
#ifndef TN_DATASET_LINK_INDEX_H
#define TN_DATASET_LINK_INDEX_H

#include "dataset/inside.h"
#include "dataset/link_shingles.h"

/* Makes it, or brings it up to date with all records. *fresh: whether any record was added or changed since it last was;
 * those have documents with a number over *before. False with *error. */
bool tn_link_index_update(struct tn_dataset *dataset, sqlite3_int64 run, bool *fresh, sqlite3_int64 *before,
                          struct tn_error *error);

enum { TN_LINK_CANDIDATES = 20 };

struct tn_link_candidates {
    sqlite3_int64 trials[TN_LINK_CANDIDATES]; /* the most alike first */
    size_t count;
};

/* How many documents have a word, as far as it was asked for: common words stand on every page, and cost most to count.
 * Holds as long as the index does not change. */
struct tn_link_known {
    struct tn_link_table words; /* marks: one more than the documents */
    struct tn_arena arena;
};

void tn_link_known_init(struct tn_link_known *known);
void tn_link_known_release(struct tn_link_known *known);

/* The trials whose records share most of the page's rarest words. False with *error. */
bool tn_link_index_search(struct tn_dataset *dataset, struct tn_link_known *known, struct tn_arena *arena,
                          const tn_trial *page, struct tn_link_candidates *candidates, struct tn_error *error);

/* *near: whether a document with a number over `before` shares so many of the page's rarest words that it could change what
 * was decided of the page. False with *error. */
bool tn_link_index_news(struct tn_dataset *dataset, struct tn_link_known *known, struct tn_arena *arena, const tn_trial *page,
                        sqlite3_int64 before, bool *near, struct tn_error *error);

#endif
