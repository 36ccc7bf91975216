/* SPDX-License-Identifier: MIT */
/* The insides of the page engine: what its files share. */
#ifndef TN_READERS_PAGE_READ_H
#define TN_READERS_PAGE_READ_H

#include "core/arena.h"
#include "normal/identifier.h"
#include "readers/page.h"
#include "readers/worker.h"
#include "syntax/blocks.h"

/* A label and the lines under it. */
struct tn_span {
    const struct tn_site_row *row; /* NULL: a heading that the site's table does not know */
    const struct tn_block *label;  /* NULL: what stands before the first label */
    struct tn_str name;            /* of the label, as it stands; for `extra` and messages */
    struct tn_str value;           /* what stands behind the label on its line */
    const struct tn_block **lines; /* `count` of them */
    size_t count;
    size_t inner;   /* labels that stand in this section */
    bool continued; /* goes on behind a label that stood in the middle of it */
    size_t group;   /* the record that its row began or belongs to, from 1; 0: none */
};

/* A record whose members have labels of their own. */
struct tn_group {
    const struct tn_site_row *row; /* that began it */
    size_t number;                 /* among those of its name, from 1 */
    size_t before;                 /* the group that was open when it began; 0: none */
    struct tn_record *record;      /* NULL: nothing on the page fills it, or the lead sponsor's fields do */
    bool leads;                    /* it is the lead sponsor */
    bool counted;                  /* its share of a sum is in it */
};

struct tn_page_reading {
    struct tn_worker *worker;
    struct tn_reading reading;
    const struct tn_site *site;
    struct tn_span *spans; /* in the order of the page */
    size_t count;
    struct tn_group *groups; /* `group_count` of them, in the order of the page; the first has number 1 in its spans */
    size_t group_count;
    const struct tn_site_row *sum;   /* the row that has begun to add up its field */
    const struct tn_site_row *first; /* the row whose field has had its first value */
    const struct tn_name *names; /* of the interventions, `name_count` of them, once PAIRS has read them */
    size_t name_count;
    bool noting;          /* reading.noted is wanted */
    unsigned char *fates; /* of every block of the page: enum tn_fate */
    bool is_html;
    bool data; /* the lines are values of a record: none of them is about the site */
};

/* Counting (page_cover.c). */

/* Nobody has read anything yet. False when memory is short. */
bool tn_page_cover_start(struct tn_page_reading *page, const struct tn_page *blocks);

/* The block's text needs no field: a label, or what the site says on every page. */
void tn_page_boilerplate(struct tn_page_reading *page, const struct tn_block *block);

/* Counts what became of the blocks [first, end), warns of what is left over, and tells the worker; or of all. */
void tn_page_cover_part(struct tn_page_reading *page, const struct tn_page *blocks, size_t first, size_t end,
                        struct tn_worker *worker);
void tn_page_cover_end(struct tn_page_reading *page, const struct tn_page *blocks, struct tn_worker *worker);

/* Labels (page_labels.c). */

/* Where a block stands. */
struct tn_standing {
    const struct tn_site_row *section; /* the row of the section; NULL: none */
    const struct tn_site_row *opener;  /* the row that began the record that is open; NULL: none is */
};

/* The spellings of a site; taken apart once for each worker. NULL when memory is short. */
struct tn_spellings;
const struct tn_spellings *tn_page_spellings(struct tn_worker *worker, const struct tn_site *site);

/* True when the row's labels are labels in this section (NULL: the page's head). */
bool tn_page_stands_within(const struct tn_site_row *row, const struct tn_site_row *section);

/* One spelling that a block matches: which row's, the fixed part of it, and what stands behind it. */
struct tn_match {
    const struct tn_site_row *row; /* NULL: none */
    struct tn_str fixed;
    struct tn_str value;
    size_t spelling; /* number of the spelling, < tn_page_spelling_count */
};
size_t tn_page_spelling_count(const struct tn_spellings *spellings);

/* True for a spelling that hardly another site's pages have. */
bool tn_page_is_signature(const struct tn_spellings *spellings, const struct tn_match *match);

/* The site's signatures of several spellings that the match is a part of, by their numbers' bits. */
uint32_t tn_page_together(const struct tn_spellings *spellings, const struct tn_match *match);

/* NULL: at the head of the page; `anywhere` does not look at it. */
struct tn_match tn_page_match(const struct tn_spellings *spellings, const struct tn_block *block,
                              const struct tn_standing *standing, bool anywhere);

/* One of the next lines is a place or an identifier, as the entries of the row have it. */
bool tn_page_has_fitting_lines(const struct tn_page *blocks, size_t at, const struct tn_site_row *row);

/* The label that comes next stands before this row's in the layout. */
bool tn_page_is_out_of_order(const struct tn_spellings *spellings, const struct tn_page *blocks, size_t at,
                             const struct tn_site_row *row);

/* The identifier that block `at` consists of, with its label or without; in a section of other trials only with it. */
bool tn_page_read_id(const struct tn_spellings *spellings, const struct tn_page *blocks, size_t at,
                     const struct tn_site_row *section, struct tn_identifier *id);

/* Where the record begins: behind the menu of a site whose head has TN_ROW_MENU; with what stands above the title and is
 * a value of the head ("Recruiting"). */
size_t tn_page_menu_end(const struct tn_spellings *spellings, const struct tn_page *blocks, const struct tn_site_row *head);

/* From block `at` on the page is that of another trial: its lines go to `extra`, unless it is redacted. */
void tn_page_keep_second(struct tn_page_reading *page, const struct tn_page *blocks, size_t at, const char *id);

/* Cutting (page_cut.c). */

/* Cuts the page into spans; false when memory is short. */
bool tn_page_cut(struct tn_page_reading *page, const struct tn_page *blocks);


/* Forms (page_form.c). */

/* The blocks of a page whose labels stand in cells: every label with its value a pair, also of rows of several labels,
 * of lines with tabs, of `CODE<TAB>label<TAB>value` and, where the site has them, of `label: value`. The page itself
 * for other sites; NULL when memory is short. */
const struct tn_page *tn_page_form(struct tn_arena *arena, const struct tn_spellings *spellings,
                                   const struct tn_page *page);

/* The page with a pair for each label of `section: label: value; label: value` (page_chain.c); the page itself where there
 * is none, NULL when memory is short. */
const struct tn_page *tn_page_chains(struct tn_arena *arena, const struct tn_spellings *spellings,
                                     const struct tn_page *page);

/* Tables that were copied as text, as rows under the names of their columns (page_columns.c), and chains; the page itself where
 * neither is there, NULL when memory is short. */
const struct tn_page *tn_page_columns(struct tn_arena *arena, const struct tn_spellings *spellings,
                                      const struct tn_page *page);

/* Blocks, and the lines of cells, each of which may be a value of its own; + 1. */
size_t tn_page_count_parts(const struct tn_page *blocks);

/* The same of one block: at most TN_FORM_PAIRS into `out`; returns how many, 0 where the block stays what it is. */
enum { TN_FORM_PAIRS = 32 };
size_t tn_page_form_block(struct tn_arena *arena, const struct tn_spellings *spellings, const struct tn_block *block,
                          struct tn_block *out);

/* Records of labels (page_group.c). */

/* A label of `row` stands there while `open` is the open group: the group that it belongs to, begun where the row
 * begins one; 0: none. *last is the group that had a label of this spelling last. */
size_t tn_page_group(struct tn_page_reading *page, size_t open, const struct tn_site_row *row, size_t *last);

/* Adds the records of the groups that the page fills, in its order. */
void tn_page_groups_start(struct tn_page_reading *page);

/* Presets of the records, links between arms and interventions; takes out records that nothing has filled. */
void tn_page_groups_end(struct tn_page_reading *page);

/* "D.IMP[1].D.3.1 Product name": the span's name as `extra` has it. */
struct tn_str tn_page_label_path(struct tn_page_reading *page, const struct tn_span *span);

/* The record and field that a span fills; *record NULL where the page does not say which record is meant. */
struct tn_target {
    struct tn_record *record;
    int field;
};
struct tn_target tn_page_target(struct tn_page_reading *page, const struct tn_span *span);

/* Values that say something of another record too (page_said.c): NUMBER, MASKED and GIVEN. */
void tn_page_put_number(struct tn_page_reading *page, struct tn_record *record, int field, struct tn_str text);
void tn_page_put_masked(struct tn_page_reading *page, struct tn_record *trial, int field, struct tn_str text);
void tn_page_put_given(struct tn_page_reading *page, struct tn_record *arm, int field, struct tn_str text);

/* Single values (page_single.c). */
void tn_page_value(struct tn_page_reading *page, const struct tn_span *span);
void tn_page_flag(struct tn_page_reading *page, const struct tn_span *span);
void tn_page_range(struct tn_page_reading *page, const struct tn_span *span);
void tn_page_list(struct tn_page_reading *page, const struct tn_span *span);

/* What a word of the site means; *known is false where the table does not have it. */
struct tn_str tn_page_meaning(const char *words, struct tn_str text, bool *known);

/* True where a value of the row goes to `extra`: its field is filled, or was so by the first such label. Does so. */
bool tn_page_keeps_spare(struct tn_page_reading *page, const struct tn_span *span, struct tn_target target,
                         struct tn_str text);

/* Values (page_put.c). */

/* A line's content: an item without its marker, everything else as it stands. */
static inline struct tn_str tn_page_line(const struct tn_block *block)
{
    return block->kind == TN_BLOCK_ITEM ? block->text : block->whole;
}

/* The reading stands at this block. */
void tn_page_at(struct tn_page_reading *page, const struct tn_block *block);

/* Puts a raw text into a field by the way that suits the field; places and identifiers into several. */
void tn_page_put(struct tn_page_reading *page, struct tn_record *record, int field, struct tn_str text);

/* The same of a value that has a shape; false when it turned out to be something else. */
void tn_page_put_shape(struct tn_page_reading *page, struct tn_record *record, int field, enum tn_shape shape,
                       struct tn_str text);

/* Texts that say two things (page_value.c). */

/* "Terminated (low accrual)": the status, and why. */
tn_put_fn tn_page_put_reasoned;

/* Puts what stands in brackets behind a date or count ("March 2012 [Anticipated]") into the field of its type and
 * returns what stands before; of any other text all of it. */
struct tn_str tn_page_take_type(struct tn_page_reading *page, struct tn_record *record, int field, struct tn_str text);

/* Puts the words in brackets behind a text ("Double (Participant, Investigator)") into a list of theirs, when all of
 * them are of its vocabulary, and returns what stands before; of a text that is such words alone, nothing. */
struct tn_str tn_page_take_words(struct tn_page_reading *page, struct tn_record *record, int list, struct tn_str text);

/* "2016-000000-31 (EudraCT Number)", "ABC-1 (Other Identifier: Sponsor)": puts what kind of number it is, and who gave it,
 * and returns the number; the text itself where the words in brackets are no such kind. */
struct tn_str tn_page_take_identifier_type(struct tn_page_reading *page, struct tn_record *identifier, struct tn_str text);

/* The value without the site's own words behind it (page.h, `tail`). */
struct tn_str tn_page_without_tail(const char *tail, struct tn_str text);

/* The record's type, and its name behind the colon. */
void tn_page_put_typed(struct tn_page_reading *page, struct tn_record *record, int field, struct tn_str text);

/* Labels of arms, as far as the trial has them; these arms get the intervention's name. */
void tn_page_put_arms(struct tn_page_reading *page, struct tn_record *intervention, int field, struct tn_str text);

/* Who answers for the record. */
void tn_page_put_party(struct tn_page_reading *page, struct tn_record *trial, int field, struct tn_str text);

/* "Jane Roe, MD, University": puts what stands behind the degrees, where the official has no affiliation, and returns the
 * person; of any other text all of it. */
struct tn_str tn_page_take_affiliation(struct tn_page_reading *page, struct tn_record *official, struct tn_str text);

/* Both limits of age in one line ("18 to 65 years"); false when it is something else. */
bool tn_page_put_ages(struct tn_page_reading *page, struct tn_str text);

/* Keeps the block's line in `extra` under the span's label, and warns. */
void tn_page_unmapped(struct tn_page_reading *page, const struct tn_span *span, const struct tn_block *block);

/* "kind=CENTRAL" into a record; only where the field is absent. */
void tn_page_preset(struct tn_page_reading *page, struct tn_record *record, const char *preset);

/* False when the trial has the field of "study_type=OBSERVATIONAL" with another value. */
bool tn_page_may(const struct tn_page_reading *page, const char *when);

/* The lines' text: items on lines of their own, paragraphs apart by an empty line where `paragraphs`. In the arena. */
struct tn_str tn_page_join(struct tn_page_reading *page, const struct tn_block *const *lines, size_t count,
                           bool paragraphs);

/* The record that a row fills: the trial, or a record that it has one of. */
struct tn_record *tn_page_record(struct tn_page_reading *page, const struct tn_site_row *row);

/* The span without the lines that only say that there are more ("... and 3 more"); *more of them. Inside it these
 * lines are left out by moving the others together. */
struct tn_span tn_page_without_more(struct tn_page_reading *page, const struct tn_span *span, unsigned long *more);

/* Warnings are told in the order of the page. */
void tn_page_sort_warnings(struct tn_page_reading *page);

/* Reads blocks into a new trial, which is not finished: page->worker, site and noting are set, all else is nothing. False
 * when memory is short. */
bool tn_page_fill(struct tn_page_reading *page, const struct tn_reader *self, const struct tn_raw *raw,
                  const struct tn_page *blocks);

/* Modes. */

/* Puts lines by their shapes, each shape once; lines that fit none go to `extra`. */
void tn_page_shapes(struct tn_page_reading *page, const struct tn_span *span, const struct tn_site_shape *shapes,
                    const struct tn_block *const *lines, size_t count);

void tn_page_entries(struct tn_page_reading *page, const struct tn_span *span);  /* page_entries.c */
void tn_page_items(struct tn_page_reading *page, const struct tn_span *span);    /* page_items.c */
void tn_page_arms(struct tn_page_reading *page, const struct tn_span *span);     /* page_arms.c */
void tn_page_sponsors(struct tn_page_reading *page, const struct tn_span *span); /* page_sponsors.c */
void tn_page_pairs(struct tn_page_reading *page, const struct tn_span *span);    /* page_groups.c */
void tn_page_groups(struct tn_page_reading *page, const struct tn_span *span);   /* page_groups.c */
void tn_page_criteria(struct tn_page_reading *page);                            /* page_criteria.c: of all spans */

#endif
