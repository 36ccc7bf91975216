/* SPDX-License-Identifier: MIT */
/* The building of a page's blocks from its elements and texts, as a parser meets them. */
#ifndef TN_SYNTAX_HTML_BUILD_H
#define TN_SYNTAX_HTML_BUILD_H

#include "syntax/blocks.h"
#include "syntax/html_element.h"

enum { TN_HTML_DEPTH = 512 }; /* elements inside each other; more are refused */

enum { TN_HTML_BOLDS = 16 }; /* labels in one line; of more it is one block */

/* An open element. */
struct tn_frame {
    const struct tn_element *element;
    size_t first_block, first_cell, first_box;
    size_t line_start;        /* of an inline element: length of the line when it began */
    const struct tn_block *header; /* of a table: its row of column names */
    struct tn_carry *carry;   /* of a table: cells that stand in the rows to come too; NULL: none */
    unsigned long rows;       /* of a cell: rowspan */
    struct tn_block term;     /* of dl: the dt that waits for its dd; whole.s NULL: none */
    size_t pair;              /* of dl: the block that the dd before became, + 1; 0: none */
    size_t number;            /* of ol: of its last item */
    uint32_t form;
    unsigned line;
    size_t offset;
    int item, pairs, table;   /* what the state below was before this element */
    struct tn_str anchor;
    bool block;               /* no part of a line */
    bool label;               /* by class it is a label */
    bool for_width, excerpt, perhaps_chrome;
    bool in_item_first;       /* of li: nothing was written yet */
    bool in_head;             /* of table: inside thead */
    bool opener;              /* pressing it shows what stands behind it */
    bool is_margin;           /* a page header: only its heading and what follows are kept */
};

/* A cell of the row at hand. */
struct tn_cell {
    size_t first, end;
    unsigned long rows; /* rowspan */
    bool heading;       /* th */
};

/* Where an inline element of the line at hand begins or ends, and what follows. */
struct tn_joint {
    size_t at;
    struct tn_str link;
    bool inside;
};

struct tn_html {
    struct tn_arena *arena;
    struct tn_page page;
    struct tn_block *blocks;
    size_t count, room;
    struct tn_cell *cells;
    size_t cell_count, cell_room;
    struct tn_page_box *boxes;
    size_t box_count, box_room;
    struct tn_page_meta *metas;
    size_t meta_room;
    struct tn_page_script *scripts;
    size_t script_room;

    struct {
        const char *name; /* libxml2 has each name of a document once, so that its address tells it */
        const struct tn_element *element;
    } known[64];          /* elements met so far, by the name's address */

    struct tn_frame *frames; /* TN_HTML_DEPTH of them */
    int depth;    /* frames that are open */
    int skipped;  /* number of the frame that is left out with all in it, + 1; 0: none */
    int item, pairs, table; /* numbers of the nearest open li, dl, table (none across a cell); -1: none */
    int content;  /* open main and article elements */
    int bold, pre;
    bool too_deep, too_many; /* elements inside each other; blocks */

    /* The line at hand. */
    char *text;
    size_t len, text_room;
    bool space;        /* a blank waits to be written */
    bool blank_before; /* of the next block */
    size_t lead;       /* length of the inline element that the line begins with; 0: none */
    bool lead_is_label;
    struct tn_span_of_line {
        size_t from, to;
    } bolds[TN_HTML_BOLDS]; /* bold parts of the line */
    size_t bold_count;
    size_t sibling;    /* length of the line when an inline element with text ended; 0: none did */
    int sibling_depth; /* of what it stands in */
    size_t glue;       /* length of the line when another began right behind it */
    size_t plain;      /* letters and digits that are not bold */
    unsigned line;     /* where it began */
    size_t offset;
    struct tn_str link; /* the first in it */
    struct tn_str anchor; /* address of the open a */
    struct tn_joint *joints;
    size_t joint_count, joint_room;
    struct tn_str first_anchor; /* of the line's first character */
    bool first_inside;
    int inlines;        /* open inline elements that make parts of a line */
    struct tn_str alt;  /* what stands for pictures, used where the cell or line has no text */

    size_t opened;      /* blocks when an opener ended, + 1; 0: none */
    size_t button;      /* length of the plain button that a heading begins with; 0: none */

    bool in_title;  /* the text at hand is the title */
    bool in_script; /* ... or data, of the newest script */
    char *data;     /* of that script, as it stands */
    size_t data_len, data_room;

    /* Hashes of the ids that links on the page lead to: tabs and accordions. */
    uint32_t *targets;
    size_t target_count, target_room;

    /* Texts of containers made for some widths, for finding those said twice (html_twin.c). */
    uint32_t *seen_words;
    size_t seen_count, seen_room;
};

/* Makes room for one more entry of an array in the arena; false when memory is short. */
bool tn_html_grow(struct tn_arena *arena, void *array, size_t *room, size_t count, size_t size);

/* Appends to a text that grows in the arena; false when memory is short. */
bool tn_html_append(struct tn_html *html, char **data, size_t *room, size_t *len, struct tn_str text);

/* What the parser meets. `line` and `offset`: where. */
void tn_html_start(struct tn_html *html, const char *name, const unsigned char *const *atts, unsigned line,
                   size_t offset);
void tn_html_end(struct tn_html *html);
void tn_html_text(struct tn_html *html, struct tn_str text, unsigned line, size_t offset);

/* Adds to the line at hand, as it stands. */
void tn_html_put(struct tn_html *html, struct tn_str text);

/* A copy in the arena, without blanks around it. */
struct tn_str tn_html_keep(struct tn_html *html, struct tn_str text);

/* Ends the line at hand, and what comes stands apart. */
void tn_html_edge(struct tn_html *html);

/* Ends the line at hand: a block, where it holds anything. */
void tn_html_flush(struct tn_html *html);

/* An inline element that makes a part of the line begins or ends here (html_parts.c). */
void tn_html_joint(struct tn_html *html);

/* The parts of the line at hand, for a block that has its text. */
void tn_html_part(struct tn_html *html, struct tn_block *block);

/* A line of several bold labels with their values becomes a pair for each; `block` holds all of it. False: it is none. */
bool tn_html_labels(struct tn_html *html, const struct tn_block *block);

/* Without blanks around it and a colon at its end. */
struct tn_str tn_html_without_colon(struct tn_str text);

/* Appends a block; false when memory is short. */
bool tn_html_add(struct tn_html *html, const struct tn_block *block);

/* Label and value as one block: `label` with its value in blocks [first, end) becomes a pair that stands at `first`;
 * returns the number of blocks that it takes there (a value of several blocks stays behind the label). */
void tn_html_pair(struct tn_html *html, const struct tn_block *label, size_t first);

/* The blocks [first, end) as one text, apart by blanks. In the arena. */
struct tn_str tn_html_joined(struct tn_html *html, size_t first, size_t end);

/* The same, each on a line of its own. */
struct tn_str tn_html_lines(struct tn_html *html, size_t first, size_t end);

/* The dt that ends waits for its dd; the dd that ends makes a pair with it. */
void tn_html_end_term(struct tn_html *html, struct tn_frame *frame);
void tn_html_end_detail(struct tn_html *html, struct tn_frame *frame);

/* Tables (html_table.c): the row that ends becomes pairs, a row block, a heading, or stays as its cells' blocks. */
void tn_html_end_row(struct tn_html *html, struct tn_frame *row);

/* Cells of several rows (html_rowspan.c): those of the rows above are put into the row that ends; those of this row are
 * kept for the rows below. `names`: it is the row of column names. */
void tn_html_carry_down(struct tn_html *html, const struct tn_frame *row, struct tn_frame *table);
void tn_html_carry(struct tn_html *html, const struct tn_cell *cells, size_t count, struct tn_frame *table, bool names);

/* Takes blocks from `first` on out again when all their words stood in another container made for some widths
 * (html_twin.c). */
void tn_html_drop_twin(struct tn_html *html, size_t first);

/* Takes the blocks of an element that may be no content out again, when they are nothing but names of buttons, or speak
 * of cookies. */
void tn_html_drop_chrome(struct tn_html *html, const struct tn_frame *frame);

/* Of two neighbours that begin alike, one of them cut short ("..."), the whole one stays. The second begins at block
 * `first`. */
void tn_html_drop_excerpt(struct tn_html *html, size_t first);

#endif
