/* SPDX-License-Identifier: MIT */
/* What each block of a page says, added up so that any range of blocks is judged at once. */
#ifndef TN_READERS_LISTING_MARKS_H
#define TN_READERS_LISTING_MARKS_H

#include "readers/listing.h"

/* Sums are of all blocks before this one. */
struct tn_mark {
    uint64_t id;        /* of the block's own identifier; 0: none */
    size_t next_id;     /* the first block from here on that has one */
    size_t next_main;   /* ... of the registry that most have */
    size_t next_link;   /* ... that has an address; each the number of blocks where there is none */
    size_t others;      /* sum of: identifiers of that registry that differ from the one before */
    size_t text;        /* sum of: bytes of text */
    size_t more;        /* sum of: bytes of text beside identifiers */
    size_t points;      /* sum of: what speaks for trials (tn_listing_speaks) */
};

/* page->count + 1 of them; NULL when memory is short. */
const struct tn_mark *tn_listing_marks(struct tn_arena *arena, const struct tn_page *page);

/* What an identifier is compared by; never 0. */
uint64_t tn_listing_hash(const struct tn_identifier *id);

/* One trial's worth: an identifier, or an address and what only trials have; and some text. */
bool tn_listing_is_entry(const struct tn_mark *marks, size_t first, size_t end);

/* True when the entries stand on the page of one trial. */
bool tn_listing_is_single(const struct tn_listing *listing, const struct tn_mark *marks);

/* Holds identifiers of several trials. */
bool tn_listing_holds_several(const struct tn_mark *marks, size_t first, size_t end);

#endif
