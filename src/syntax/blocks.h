/* SPDX-License-Identifier: MIT */
/* A page as blocks. Text and HTML give the same blocks, so that one site table reads both. */
#ifndef TN_SYNTAX_BLOCKS_H
#define TN_SYNTAX_BLOCKS_H

#include "core/arena.h"
#include "core/str.h"

enum tn_block_kind {
    TN_BLOCK_HEADING,   /* surely a heading (HTML h1..h6); in text no line is surely one: site tables say so */
    TN_BLOCK_PARAGRAPH, /* a line or paragraph */
    TN_BLOCK_ITEM,      /* a list item; its marker is cut off into `marker` */
    TN_BLOCK_PAIR,      /* label and value, from `Label<TAB>value` or a definition list */
    TN_BLOCK_ROW        /* cells of a table row */
};

struct tn_block {
    enum tn_block_kind kind;
    struct tn_str whole;  /* the line as it stands, trimmed, marker included */
    struct tn_str marker; /* of an item: "*", "-", "- •", "1."; else empty */
    struct tn_str label;  /* of a pair */
    struct tn_str text;   /* content: without marker and label */
    struct tn_str *cells; /* of a row; `cell_count` of them */
    size_t cell_count;
    unsigned level;       /* depth of a list item or rank of a heading; from indent in text */
    bool blank_before;    /* an empty line, or another element's edge, stands before it */
    unsigned line;        /* in the document, from 1 */
    size_t offset;        /* in the decoded text, from 0 */
};

struct tn_page {
    const struct tn_block *blocks;
    size_t count;
};

/* The blocks of a text page: LF, CRLF or CR; with or without blank lines between blocks; trailing blanks. All slices
 * point into `text`. NULL when memory is short. */
const struct tn_page *tn_text_blocks(struct tn_arena *arena, struct tn_str text);

#endif
