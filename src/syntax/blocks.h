/* SPDX-License-Identifier: MIT */
/* A page as blocks. Text and HTML give the same blocks, so that one site table reads both. */
#ifndef TN_SYNTAX_BLOCKS_H
#define TN_SYNTAX_BLOCKS_H

#include <stdint.h>

#include "core/arena.h"
#include "core/str.h"

enum tn_block_kind {
    TN_BLOCK_HEADING,   /* surely a heading (HTML h1..h6); in text no line is surely one: site tables say so */
    TN_BLOCK_PARAGRAPH, /* a line or paragraph */
    TN_BLOCK_ITEM,      /* a list item; its marker is cut off into `marker` */
    TN_BLOCK_PAIR,      /* label and value: `Label<TAB>value`, a definition list, two cells of a table, `<b>Label:</b>
                           value`; where the value is more than a line, it stands in the blocks behind, `text` empty */
    TN_BLOCK_ROW        /* cells of a table row */
};

/* A part of a line, by the inline elements in it: `<a>Title</a> <span>Recruiting</span>`. Bold and raised text is none. */
struct tn_line_part {
    struct tn_str text; /* a slice of the block's `whole`, trimmed */
    struct tn_str link; /* of the link that it stands in; else empty */
    bool inside;        /* stands in an element, not between them */
};

/* A line inside a row's cells. */
struct tn_cell_line {
    size_t cell;         /* number of the cell, from 0 */
    struct tn_str label; /* of a pair; else empty */
    struct tn_str text;
    struct tn_str link;
    const struct tn_line_part *parts; /* as of a block */
    size_t part_count;
    bool emphatic;       /* bold, or a heading */
    unsigned line;
    size_t offset;
};

struct tn_block {
    enum tn_block_kind kind;
    struct tn_str whole;  /* the line as it stands, trimmed; of text the marker included, of HTML without it */
    struct tn_str marker; /* of an item: "*", "-", "- •", "1."; else empty */
    struct tn_str label;  /* of a pair */
    struct tn_str text;   /* content: without marker and label */
    struct tn_str *cells; /* of a row; `cell_count` of them; of HTML with the lines that they have */
    size_t cell_count;
    const struct tn_cell_line *lines; /* of a row: what its cells are made of (HTML); `line_count` of them */
    size_t line_count;
    size_t value_blocks; /* of a pair with empty text: so many blocks behind it are its value (HTML) */
    const struct tn_block *header; /* of a row: the row of column names above it, or NULL; of that row: itself */
    struct tn_str link;   /* the first address of a link in it (HTML); empty: none */
    const struct tn_line_part *parts; /* what it is made of (HTML), where that is more than one part; else none */
    size_t part_count;
    size_t lead;          /* of a paragraph or item: length of the inline element that `whole` begins with (HTML), where
                             more follows: `<b>Phase</b> 2`; 0: none */
    unsigned level;       /* depth of a list item or rank of a heading; from indent in text */
    bool blank_before;    /* an empty line, or another element's edge, stands before it */
    bool emphatic;        /* all of it is bold, or a caption (HTML) */
    unsigned line;        /* in the document, from 1 */
    size_t offset;        /* in the decoded text, from 0 */
    size_t number;        /* of the block in its page; a copy that an engine makes keeps it */
};

/* Something that a page says about itself (HTML): <meta name="..." content="...">. */
struct tn_page_meta {
    struct tn_str name; /* of name, property, itemprop or http-equiv */
    struct tn_str content;
    unsigned line;
};

/* A <script> that holds data (HTML): of a JSON type, or named __NEXT_DATA__. */
struct tn_page_script {
    struct tn_str type, id;
    struct tn_str text;
    unsigned line;
    size_t offset; /* of the text */
};

/* An element that holds blocks (HTML), for finding what is repeated: rows, cards, list items. */
struct tn_page_box {
    size_t depth;        /* boxes around it */
    size_t first, end;   /* its blocks */
    uint32_t form;       /* the same for elements of one name and class */
};

enum { TN_BLOCKS_MAX = 1000000 }; /* of a page; no page for people has more */

struct tn_page {
    const struct tn_block *blocks;
    size_t count;
    /* Of HTML only: */
    bool is_html;
    struct tn_str title;     /* <title> */
    struct tn_str canonical; /* <link rel="canonical">, else og:url */
    struct tn_str base;      /* <base href>: what addresses in the page start from */
    struct tn_str language;  /* of <html> */
    const struct tn_page_meta *metas;
    size_t meta_count;
    const struct tn_page_script *scripts;
    size_t script_count;
    const struct tn_page_box *boxes; /* an outer one stands behind those inside it */
    size_t box_count;
};

/* The blocks of a text page: LF, CRLF or CR; with or without blank lines between blocks; trailing blanks. All slices
 * point into `text`. NULL when memory is short, or there are more than TN_BLOCKS_MAX. */
const struct tn_page *tn_text_blocks(struct tn_arena *arena, struct tn_str text);

/* The blocks of an HTML page in UTF-8 (whatever it declares). Left out: scripts, styles, navigation, page header and
 * footer, forms' controls, hidden elements, and what is said twice for two widths of screen. Nothing is fetched, no
 * entity but HTML's own is known. All slices are in the arena. NULL with *error when memory is short, elements are
 * nested too deep, there are more than TN_BLOCKS_MAX blocks, or a tag has too many attributes. */
const struct tn_page *tn_html_blocks(struct tn_arena *arena, struct tn_str html, struct tn_error *error);

/* The blocks as lines of text, with an empty line where one begins apart. In the arena; NULL when memory is short. */
struct tn_str tn_page_text(struct tn_arena *arena, const struct tn_page *page);

/* Prepares libxml2 for use by several threads. Call once before any. */
void tn_html_init(void);

/* Makes an item of a paragraph that begins with the marker of one ("• ", "- ", "1. "). */
void tn_block_take_item(struct tn_block *block);

#endif
