/* SPDX-License-Identifier: MIT */
/* Sources that are pages for people. A site is data: rows that say what a label or heading holds and how the lines
 * under it are read. One engine reads all of them (page.c), from the blocks of text and HTML alike.
 *
 * A page is cut at its labels into spans; a span is the lines from one label to the next. Labels decide, never line
 * numbers. A label without a line is a `lost-value`; a line that fits nothing under its label goes to `extra` under
 * that label, `unmapped`. Rows are worked off in the order of the table, not of the page: what a row needs to know
 * from another one (the study's type, the names of its interventions) stands above it. */
#ifndef TN_READERS_PAGE_H
#define TN_READERS_PAGE_H

#include "normal/criteria.h"
#include "readers/page_shape.h"
#include "readers/put.h"

/* How the lines under a label are read. */
enum tn_mode {
    TN_MODE_SECTION,    /* holds labels; a line of its own is understood by nobody */
    TN_MODE_NOTE,       /* the site's own sentence about the section `within`: left out wherever it stands */
    TN_MODE_IGNORE,     /* page furniture, left out; lines behind it belong to the span before */
    TN_MODE_END,        /* here the trial ends: left out with all behind it */
    TN_MODE_KEEP,       /* text, kept in `extra` under its label */
    TN_MODE_VALUE,      /* one value: on the label's line, or the line under it; of a form all lines under it */
    TN_MODE_FLAG,       /* yes or no: yes means `preset`; anything else is kept in `extra` */
    TN_MODE_RANGE,      /* two dates apart by `separator`, into `field` and `also` */
    TN_MODE_SHAPES,     /* values told by their shape */
    TN_MODE_AGES,       /* both limits of age in one line */
    TN_MODE_PARAGRAPHS, /* running text */
    TN_MODE_LIST,       /* one entry a line; a field of another record type is filled in that list's only record */
    TN_MODE_ENTRIES,    /* records of one line or several, told apart by the shapes of their parts */
    TN_MODE_ITEMS,      /* records of several lines that begin with a list item, or stand in the rows of a table */
    TN_MODE_ARMS,       /* arms and interventions that say what they are: `Experimental: A`, `Drug: B`; of the field
                           interventions those alone */
    TN_MODE_SPONSORS,   /* entries of collaborators; the page does not say which of them is the lead */
    TN_MODE_PAIRS,      /* names and descriptions */
    TN_MODE_GROUPS,     /* arms with their descriptions, and the interventions of each, known by name */
    TN_MODE_CRITERIA    /* criteria of one side, and behind them values told by their shape */
};

/* Flags of a row. */
enum {
    TN_ROW_PASSING = 1, /* stands in the middle of a section: lines behind its value belong to the span before */
    TN_ROW_LINES = 2,   /* of criteria: every line is an item, though it has no marker */
    TN_ROW_PEOPLE = 4,  /* of what is kept in `extra`: says who a person is, left out by --redact */
    TN_ROW_NOT_LOST = 8, /* may stand empty */
    TN_ROW_LITERAL = 16, /* `*`, `#`, `@` and `%` in its labels stand for themselves */
    TN_ROW_OPENS = 32,   /* begins a record of `type` of its own; the labels of that type behind it fill it. Of several
                            such rows of one type, which stand beside each other, the first that comes begins it */
    TN_ROW_LEADS = 64,   /* ... of collaborators: the first of them is the lead sponsor */
    TN_ROW_FIRST = 128,  /* only the first such label of the page fills the field; further ones are kept in `extra` */
    TN_ROW_SPARE = 256,  /* fills the field only where it is absent, else it is kept in `extra` */
    TN_ROW_CUT = 512,    /* of VALUE: what stands behind the first `separator` is kept under `rest`, whatever it is */
    TN_ROW_SUM = 2048,   /* of a number: the values of all such labels, one for each record that is open, added up */
    TN_ROW_TWINS = 1024, /* the value stands there in Chinese (Japanese, Korean) and in English: the English is read,
                            the other kept in `extra` */
    TN_ROW_GROUPED = 1 << 17, /* of ENTRIES: places stand in groups under the name of their country */
    TN_ROW_MENU = 1 << 16 /* of the head: what stands before the page's first h1 (of text: before the line that stands
                             before the first label) is the site's menu, left out */
};

/* A value told by its shape. Each is used once, in this order. */
struct tn_site_shape {
    enum tn_shape shape; /* TN_SHAPE_NONE ends the list */
    int field;           /* of the trial */
    const char *when;    /* "study_type=OBSERVATIONAL": not used when the trial's field says otherwise; NULL: always */
    bool alone;          /* takes the only line under its label, whatever it says */
    bool spare;          /* only there when the next, of the same shape, is there too */
};

/* A part of an entry. */
struct tn_site_part {
    enum tn_shape shape; /* TN_SHAPE_NONE ends the list */
    int field;           /* of the entry's record type; of a place its first */
    const char *label;   /* `Role` of `Role: …`; NULL: none */
    const char *column;  /* of ITEMS: name of the column of a table that holds it; NULL: none */
    bool kept;           /* of ITEMS: goes to `extra` under its label, not to the field */
    const char *words;   /* what the site's words mean: "org_study_id=ORG_STUDY_ID|secondary_id=|*": `x=` says nothing,
                            `*` lets every other word stand; NULL: all stand */
    bool optional;
};

enum { TN_PARTS_MAX = 4, TN_SITE_SHAPES_MAX = 16, TN_SITE_SIGNATURES = 8 }; /* of one row; of a site */

struct tn_site_row {
    /* Spellings of the label, apart by `|`; letters are compared without regard to case, a colon behind is allowed.
     *   Gender               the whole line, or the label of a `label<TAB>value` line
     *   NCT ID: *            the value stands behind it on the line
     *   Locations (# total)  `#` is a number, and the value
     *   About @lead_sponsor  `@` and what follows: the text of that field of the trial
     *   A.3.1 %              any words may stand behind it, up to the end of the label
     * NULL: what stands before the first label; or, with `shape`, every line of that shape. */
    const char *labels;
    const char *within; /* first spelling of the section in which alone it is a label; NULL: everywhere */
    enum tn_mode mode;
    enum tn_shape shape;                /* of a row without labels */
    const struct tn_record_type *type;  /* tn_type_trial, or a record type that the trial has one of; NULL: no field */
    int field;
    const struct tn_site_shape *shapes; /* of SHAPES and, behind the criteria, of CRITERIA */
    const struct tn_site_part *parts;   /* of ENTRIES, ITEMS and SPONSORS */
    const char *separator;              /* between entries on one line; of VALUE: between the value and what is kept in
                                           `extra` under `rest` */
    const char *rest;                   /* of a row that opens records: how `extra` calls them (D.IMP of D.IMP[1].D.3.1);
                                           of a member of such a record: to the last one of that name it belongs */
    const char *words;                  /* of VALUE: what the site's words mean, as in parts; a word that says nothing is
                                           kept in `extra` */
    int also;                           /* the field of the trial that takes the value too, where it is absent; 0: none.
                                           Then `preset` goes with it */
    const char *tail;                   /* of VALUE: each of these, apart by `|`, is the site's own where it ends the value,
                                           and left out; `by *`: with all behind it */
    const char *preset;                 /* "kind=CENTRAL": set beside, in each record, or in the trial */
    int declared;                       /* of ENTRIES: the field of the trial that holds their number as stated; 0: none */
    enum tn_criteria_side side;
    unsigned flags;
};

struct tn_site {
    const char *host;                   /* meddatax.com */
    const struct tn_site_row *rows;
    size_t count;
    const char *const *signatures;      /* spellings of labels (as in the rows) that hardly another page has, ended by NULL.
                                           `A|B|C`, among the first TN_SITE_SIGNATURES: that only has all of them */
    unsigned few_labels;                /* without a signature so many labels must be there for a claim */
    bool common_labels;                 /* its labels are everyone's: a page needs a signature or the site's address for a
                                           claim */
    enum tn_date_order date_order;
    const char *absent;                 /* each of these, apart by `|`, alone under a label stands for no value; NULL:
                                           nothing does */
    bool form;                          /* every label stands in a cell, or before a tab, and may be empty; all up to the
                                           next one belongs to it */
    bool colons;                        /* ... or before a colon */
    bool acronym_behind_title;          /* the heading is `Title (ACRONYM)`, <title> `Title - …` */
    bool wide_gaps;                     /* several blanks stand between a label and its value as a tab does */
    bool zero_is_default;               /* prints 0 participants where it does not know their number */
};

/* Into field F of the trial. */
#define TN_INTO(F) .type = &tn_type_trial, .field = TN_trial_##F

/* detect and read of a reader whose table is a struct tn_site. */
void tn_page_detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence);
enum tn_severity tn_page_read(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                              tn_emit_fn *emit, void *context, struct tn_error *error);

#endif
