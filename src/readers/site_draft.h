/* SPDX-License-Identifier: MIT */
/* A first description of a site from one of its pages: the insides of tn_site_draft. */
#ifndef TN_READERS_SITE_DRAFT_H
#define TN_READERS_SITE_DRAFT_H

#include "readers/site_terms.h"
#include "syntax/blocks.h"

/* A label of the page. */
struct tn_draft_label {
    struct tn_str text;     /* as a row has it: without a colon, `#` for a number */
    size_t at;              /* the block where it stands first, */
    struct tn_str value;    /* ... and what stands behind it there */
    struct tn_site_row row; /* how what stands under it is read */
    bool known;             /* from generic_labels.inc; else its text is kept */
    bool literal;           /* holds signs of labels that stand for themselves */
    bool spaced;            /* a blank stands before its colon */
    bool empty;             /* nothing stands under it */
};

struct tn_draft {
    struct tn_arena *arena;
    const struct tn_page *page;
    struct tn_draft_label *labels; /* in the order of the page, each once */
    size_t count;
};

/* Finds the labels of draft->page. False when memory is short. */
bool tn_draft_find_labels(struct tn_draft *draft);

#endif
