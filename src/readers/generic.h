/* SPDX-License-Identifier: MIT */
/* Pages of sites that nobody has described: the insides of the reader `page`.
 *
 * It is the page engine with another way of cutting: labels are looked up in a table of English spellings (generic_labels.h)
 * instead of a site's rows, and mean what they mean in the section that they stand in. What comes out are the engine's
 * spans; criteria, texts and values are read by the engine. Since nobody has looked at the site, a value must suit its
 * field before it is put there; everything else goes to `extra`. */
#ifndef TN_READERS_GENERIC_H
#define TN_READERS_GENERIC_H

#include "readers/generic_labels.h"
#include "readers/page_read.h"

/* A row of the engine, and the word of the label that it stands for. */
struct tn_generic_row {
    struct tn_site_row row; /* first: a span's row is one of these */
    const struct tn_label_word *word; /* NULL: what stands before the first label */
};

/* The row of a span that a label of the table has opened; NULL for another. */
static inline const struct tn_label_word *tn_generic_word(const struct tn_span *span)
{
    return span->row ? ((const struct tn_generic_row *)(const void *)span->row)->word : NULL;
}

struct tn_generic {
    struct tn_page_reading page;
    const struct tn_page *blocks; /* after the cutting those that were cut */
    struct tn_generic_row *rows; /* of each word; behind them that of the page's head */
    struct tn_site site;
};

/* Makes the rows. False when memory is short. */
bool tn_generic_start(struct tn_generic *generic, struct tn_arena *arena);

/* How the page writes 08/04/2024, where another of its dates tells. */
enum tn_date_order tn_generic_date_order(const struct tn_page *blocks);

/* Cuts the page into spans (generic_cut.c). False when memory is short. */
bool tn_generic_cut(struct tn_generic *generic);

/* Says whether the page is about one trial, always with fewer bits than a reader that knows the site. */
void tn_generic_detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence);

/* Reads a span by the kind of its label (generic_read.c). */
void tn_generic_read_span(struct tn_page_reading *page, const struct tn_span *span);

/* The text behind a label, or the first line below it. */
static inline struct tn_str tn_generic_value(const struct tn_span *span)
{
    return span->value.len ? span->value : span->count ? tn_page_line(span->lines[0]) : (struct tn_str){NULL, 0};
}

/* Values (generic_value.c). */

/* True when `text` can be the value of the word's field. */
bool tn_generic_fits(const struct tn_label_word *word, struct tn_str text);

/* Puts a value that fits, and what it says beside ("(estimated)"). `label` is that of the span. */
void tn_generic_put(struct tn_page_reading *page, struct tn_record *record, const struct tn_label *label,
                    struct tn_str text);

/* Cuts "A; B" or "A, B, C" into entries. A comma parts only what cannot be one name ("Diabetes Mellitus, Type 2").
 * *rest gets what is left; false at the end. `commas` from tn_generic_commas. */
bool tn_generic_next(struct tn_str *rest, bool commas, struct tn_str *entry);
bool tn_generic_commas(struct tn_str text);

/* True for "To be determined": no value of any field, but no "N/A" either. */
bool tn_generic_is_open(struct tn_str text);

/* True for a line that reads like a sentence. */
bool tn_generic_is_sentence(struct tn_str text);

/* The bits of every claim: described sites know more. */
enum { TN_GENERIC_BITS = 8 };

/* True for what pages say that is not about the trial: "All rights reserved", "Skip to main content". */
bool tn_generic_is_furniture(struct tn_str text);

/* True for what reads like a menu: "Imprint - Legal - Site map". */
bool tn_generic_is_menu(struct tn_str text);

/* Records of several parts (generic_entries.c, generic_sites.c, generic_people.c). */
void tn_generic_named(struct tn_page_reading *page, const struct tn_span *span);   /* arms, interventions, outcomes */
void tn_generic_sites(struct tn_page_reading *page, const struct tn_span *span);
void tn_generic_contact(struct tn_page_reading *page, const struct tn_span *span);
void tn_generic_official(struct tn_page_reading *page, const struct tn_span *span);
void tn_generic_related(struct tn_page_reading *page, const struct tn_span *span);

/* True for the row that names the columns of a table. */
static inline bool tn_generic_is_header(const struct tn_block *block)
{
    return block->kind == TN_BLOCK_ROW && block->header && block->header->whole.s == block->whole.s;
}

/* Fills the parts of a record from the cells of a row; cells of columns that are no part go to `extra`. */
void tn_generic_row(struct tn_page_reading *page, const struct tn_span *span, const struct tn_block *row,
                    struct tn_record *record, enum tn_label_within within);

/* The kind of records that the columns of a table stand for; TN_WITHIN_ANY: none that is known. */
enum tn_label_within tn_generic_columns(const struct tn_block *header);

/* Which trial it is, and its title (generic_head.c). */
void tn_generic_head(struct tn_generic *generic);

/* The page's own title: its heading, or <title> without the site's name; empty where there is none that says enough. */
struct tn_str tn_generic_title(const struct tn_page *blocks);

#endif
