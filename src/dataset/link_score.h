/* SPDX-License-Identifier: MIT */
/* What speaks for a page being one trial, as one number; and whether the best trial leads clearly. */
#ifndef TN_DATASET_LINK_SCORE_H
#define TN_DATASET_LINK_SCORE_H

#include "core/buf.h"
#include "dataset/link_facts.h"
#include "dataset/link_text.h"

/* One trial that a page could be. */
struct tn_link_candidate {
    long long trial;
    struct tn_str name; /* how it is called in evidence: its key */
    struct tn_link_seen seen;
    struct tn_link_facts facts;
    double text;  /* how much of the page's texts it has: 0 to 1 */
    double score; /* the same after the facts */
    bool excluded;
};

/* Fills text, score and excluded from what was seen. */
void tn_link_score(struct tn_link_candidate *candidate, const struct tn_link_page *page);

enum tn_link_decision {
    TN_LINK_APART,     /* nothing near: not worth a word */
    TN_LINK_UNDECIDED, /* near, but not surely it */
    TN_LINK_JOINED
};

/* `second` is the next best, or NULL. *why: what is missing to a join, static; NULL where it is joined. */
enum tn_link_decision tn_link_decide(const struct tn_link_page *page, const struct tn_link_candidate *best,
                                     const struct tn_link_candidate *second, const char **why);

/* Appends the evidence, one line: `title 1.00, summary 0.98 (97 of 99), sponsor and sex agree; enrollment 120 against 118`. */
void tn_link_evidence(struct tn_buf *out, const struct tn_link_page *page, const tn_trial *trial,
                      const struct tn_link_candidate *best, const struct tn_link_candidate *second, const char *why);

#endif
