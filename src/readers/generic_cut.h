/* SPDX-License-Identifier: MIT */
/* What the cutting of an unknown page knows while it goes. */
#ifndef TN_READERS_GENERIC_CUT_H
#define TN_READERS_GENERIC_CUT_H

#include "readers/generic.h"

enum { TN_GENERIC_DEEPEST = 12 };

/* A section that is open. Its rank says what ends it: a label or heading of that rank or a smaller one. */
struct tn_generic_section {
    unsigned rank;
    size_t span;
    size_t end; /* block behind its last, where that is known; else SIZE_MAX */
    enum tn_label_within within;
    enum tn_label_how how;
    bool few; /* its label stands on no heading: one value, or the lines that follow without a gap */
    bool over;
};

struct tn_generic_cutting {
    struct tn_generic *generic;
    const struct tn_page *blocks;
    const struct tn_block **lines;
    size_t line_count;
    struct tn_generic_section sections[TN_GENERIC_DEEPEST]; /* the first is the page */
    size_t depth;                                           /* of the open one */
    enum tn_label_within within;                            /* of the open one */
    enum tn_label_how how;
    size_t open; /* the span that lines go to */
    bool begun;  /* a label has been seen */
};

struct tn_generic_label {
    struct tn_label label;
    struct tn_str name, value;
};

/* The blocks with tables of labels and values made into pairs (generic_tables.c). NULL when memory is short. */
const struct tn_page *tn_generic_tables(struct tn_page_reading *page, const struct tn_page *blocks);

/* True when block `at` is a label in the section that is open. */
bool tn_generic_label_at(const struct tn_generic_cutting *cut, size_t at, struct tn_generic_label *found);

/* True when `text` is "Label: value" of a known label. */
bool tn_generic_split(const struct tn_generic_cutting *cut, struct tn_str text, struct tn_generic_label *found);

/* True for a heading under which nothing stands before the next one of its rank. */
bool tn_generic_is_leaf(const struct tn_generic_cutting *cut, size_t at);

/* True when the heading at `at` is the value of the heading above it, a label of `word`. */
bool tn_generic_is_heading_value(const struct tn_generic_cutting *cut, size_t at, const struct tn_label_word *word);

#endif
