/* SPDX-License-Identifier: MIT */
/* Lines that make records of several parts. */
#ifndef TN_READERS_PAGE_ENTRIES_H
#define TN_READERS_PAGE_ENTRIES_H

#include "readers/page_read.h"

/* A line, or a piece of one where a separator stands between. */
struct tn_piece {
    struct tn_str text; /* without the part's label */
    const struct tn_block *block;
};

/* Which piece is which part; NULL: the entry lacks it. */
struct tn_entry {
    const struct tn_piece *part[TN_PARTS_MAX];
};

struct tn_entries {
    struct tn_entry *all;
    size_t count;
};

/* Tells the entries of a span apart by the shapes of their parts. First as the page means them, all parts one after
 * the other; where a line is missing somewhere, each line of a known shape holds its entry together, and a line
 * before the first known one begins a new entry. Lines that belong nowhere go to `extra`. False: memory is short. */
bool tn_entries_read(struct tn_page_reading *page, const struct tn_span *span, struct tn_entries *entries);

/* Takes out the entries that hold only a class, status or role: whose it is, nothing says. Their lines go to
 * `extra`. */
void tn_entries_drop_bare(struct tn_page_reading *page, const struct tn_span *span, struct tn_entries *entries);

/* Puts the parts of an entry into a record of their type. */
void tn_entry_put(struct tn_page_reading *page, const struct tn_span *span, const struct tn_entry *entry,
                  struct tn_record *record);

#endif
