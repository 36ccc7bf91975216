/* SPDX-License-Identifier: MIT */
/* One entry of a list: its lines, and what they fill. */
#ifndef TN_READERS_LISTING_ENTRY_H
#define TN_READERS_LISTING_ENTRY_H

#include "readers/listing.h"
#include "readers/page_read.h"

/* In how many entries a short text stands: open addresses. What stands in all is furniture ("View details"); what is
 * before a colon in several is a label. */
struct tn_listing_texts {
    struct tn_listing_text {
        uint64_t hash;
        size_t entries; /* that have it */
        size_t last;    /* the newest of them, + 1 */
        bool told;      /* a warning names it */
    } *slots;
    size_t room, used;
};

/* Counts the texts of all entries; false when memory is short. */
bool tn_listing_count_texts(struct tn_arena *arena, const struct tn_listing *listing, struct tn_listing_texts *texts);

size_t tn_listing_text_count(const struct tn_listing_texts *texts, struct tn_str text);

/* Notes that a warning names the text; true when one did before. */
bool tn_listing_text_told(const struct tn_listing_texts *texts, struct tn_str text);

/* A line of an entry, with its label where it has one. */
struct tn_listing_line {
    struct tn_str label;            /* or name of its column */
    struct tn_str text;
    struct tn_str link;
    const struct tn_column *column; /* of the label; NULL: not known */
    bool heading, emphatic;
    bool beside;                    /* stands in a column behind its first line */
    bool used;
    const struct tn_block *block;
    unsigned line;
    size_t offset;
};

/* The lines of an entry, at most TN_LISTING_LINES; in the arena. */
enum { TN_LISTING_LINES = 4000 };
struct tn_listing_line *tn_listing_lines(struct tn_arena *arena, const struct tn_listing *listing,
                                         const struct tn_listing_texts *texts, const struct tn_listing_entry *entry,
                                         size_t *count);

/* Fills the trial of `page` from an entry. */
void tn_listing_read_entry(struct tn_page_reading *page, const struct tn_listing *listing,
                           const struct tn_listing_texts *texts, const struct tn_listing_entry *entry);

/* Identifiers and labels of the entries, once each, as evidence. */
void tn_listing_evidence(const struct tn_listing *listing, struct tn_evidence *evidence);

#endif
