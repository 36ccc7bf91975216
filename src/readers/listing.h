/* SPDX-License-Identifier: MIT */
/* Pages that list many trials: search results, a sponsor's or a condition's trials. Nothing is known of any site: an
 * entry is what is repeated.
 *
 * What makes a list. Elements of one name and class at one depth (rows, cards, items; or headings, each with what follows
 * it) are entries when each has a registry identifier of its own, or the address of a page of its own and something that
 * only trials have (a phase, a recruitment status, a label or column as in listing_columns.inc), and says more than that.
 * An identifier is an entry's own where it stands alone, before or behind the title, or in an address; not in the middle
 * of a sentence. Of several such elements inside each other the outermost counts that holds only one trial. Two entries
 * make a list; one does where a table names its columns, or the page says that there is one result.
 *
 * What is no list. A trial's page may show related trials, its sites, its arms. It is told by what stands outside of the
 * repeated part: criteria, an identifier in title, address or heading that no entry has, or many labels with values (fewer
 * with a number of participants or a date among them, or where an entry is only a name and a number in a table); and by
 * entries that are not alike: only one has criteria, or each has labels that no other has (listing_single.c). */
#ifndef TN_READERS_LISTING_H
#define TN_READERS_LISTING_H

#include "normal/identifier.h"
#include "syntax/blocks.h"

/* Names of columns and labels (listing_columns.inc). */
struct tn_column {
    const char *name; /* folded */
    int field;        /* of the trial */
    bool strong;      /* hardly used for anything but trials */
};

/* NULL: none that is known. A colon behind the name is allowed. */
const struct tn_column *tn_column_find(struct tn_str name);

enum { TN_LISTING_CELLS = 64 };

/* How many there are, in the page's own words. */
struct tn_listing_claim {
    unsigned long total;       /* results; 0: not said */
    unsigned long page, pages; /* 0: not said */
    bool next;                 /* a link to a next page */
    struct tn_str words;
    unsigned line;
    size_t block; /* where it is said */
};

struct tn_listing_entry {
    size_t first, end; /* its blocks */
};

struct tn_listing {
    const struct tn_page *page;
    const struct tn_listing_entry *entries; /* in the order of the page; none: the page is no listing */
    size_t count;
    const struct tn_column *columns[TN_LISTING_CELLS]; /* of rows whose table doesn't mark its column names */
    const struct tn_block *names;                      /* the row that they stand in; NULL: none */
    size_t left_out;                                   /* rows like the others that have neither identifier nor address */
    unsigned left_out_line;
    struct tn_listing_claim claim;
};

/* Finds the entries. False when memory is short. All in the arena and the page. */
bool tn_listing_find(struct tn_arena *arena, const struct tn_page *page, struct tn_listing *listing);

/* True when the page lists trials: for readers of single trials, which leave it alone. */
bool tn_listing_is(const struct tn_page *page);


/* Between the files of the reader. */

/* How surely an identifier is a line's own. */
enum tn_own { TN_OWN_NOT, TN_OWN_ADDRESS, TN_OWN_BESIDE, TN_OWN_ALONE };

/* The identifier of a line or of a piece of it; `rest` (may be NULL) becomes the text without it. */
enum tn_own tn_listing_own_id(struct tn_str text, struct tn_str link, struct tn_identifier *id, struct tn_str *rest);

/* Cuts the next piece off a line whose parts are kept apart by bars, points or bullets. */
bool tn_listing_piece(struct tn_str *rest, struct tn_str *piece);

/* A line as runs of text: its parts where one of them says by itself what it is (a status, a phase, an identifier), or where
 * links stand beside other elements; else the whole line. */
struct tn_listing_runs {
    struct tn_str text, link;
    const struct tn_line_part *parts;
    size_t count, next;
    bool badges; /* nothing stands between the elements */
};
struct tn_listing_runs tn_listing_runs(struct tn_str text, struct tn_str link, const struct tn_line_part *parts,
                                       size_t count);
bool tn_listing_run(struct tn_listing_runs *runs, struct tn_str *text, struct tn_str *link);

/* True for a piece that says by itself what it is. */
bool tn_listing_is_told(struct tn_str piece);

/* Label and value of "Status: Recruiting" where the label is known. */
const struct tn_column *tn_listing_labelled(struct tn_str text, struct tn_str *label, struct tn_str *value);

/* How much a text speaks for trials: 2 a phase or a recruitment status, 1 another status, 0 nothing. */
unsigned tn_listing_speaks(struct tn_str text);

/* An address of another page. */
bool tn_listing_is_address(struct tn_str link);

/* What the page says about the number of results, outside of the entries. */
void tn_listing_read_claim(struct tn_listing *listing);

#endif
