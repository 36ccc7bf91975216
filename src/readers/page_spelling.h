/* SPDX-License-Identifier: MIT */
/* The spellings of a site's labels, taken apart for comparing them with lines. */
#ifndef TN_READERS_PAGE_SPELLING_H
#define TN_READERS_PAGE_SPELLING_H

#include <stdint.h>

#include "readers/page_read.h"

/* How a spelling is written in the table (page.h). */
enum tn_spelling_form { TN_SPELLING_WHOLE, TN_SPELLING_VALUE_BEHIND, TN_SPELLING_NUMBER_INSIDE, TN_SPELLING_FIELD_BEHIND,
                        TN_SPELLING_WORDS_BEHIND };

struct tn_spelling {
    struct tn_str text;  /* TN_SPELLING_WHOLE: all of it; else what stands before the sign */
    struct tn_str after; /* TN_SPELLING_NUMBER_INSIDE: what stands behind the number; TN_SPELLING_FIELD_BEHIND: the field's name */
    enum tn_spelling_form form;
    size_t row;
    size_t next; /* of the same bucket; 0: the last (numbers from 1) */
    bool signature;
    uint32_t together; /* bits of the site's signatures of several spellings that it is in */
};

enum { TN_SPELLING_BUCKETS = 1024, TN_SPELLING_KEY = 4 /* bytes that tell the bucket */ };

struct tn_spellings {
    const struct tn_site *site;
    struct tn_spelling *all; /* from 1 */
    size_t count;
    uint16_t first[TN_SPELLING_BUCKETS]; /* by tn_spelling_bucket */
    const struct tn_site_row **shaped; /* the rows that a line's shape tells instead of a label, ended by NULL */
};

/* Spellings are looked up by the letters and digits that they begin with, four at most: lines and spellings that match
 * have these in common. */
static inline size_t tn_spelling_bucket(struct tn_str text)
{
    unsigned key = 0;
    for (size_t i = 0; i < TN_SPELLING_KEY && i < text.len && tn_is_alnum(text.s[i]); i++)
        key = key * 37 + (unsigned char)tn_lower(text.s[i]);
    return key % TN_SPELLING_BUCKETS;
}

/* Some spelling reads like this text, wherever it is a label: for cutting forms into labels and values. */
bool tn_page_is_spelling(const struct tn_spellings *spellings, struct tn_str text);

/* Some spelling with a number inside (`D.IMP: #`) reads like this text. */
bool tn_page_is_numbered(const struct tn_spellings *spellings, struct tn_str text);

/* Without a colon at its end, be it a wide one. */
struct tn_str tn_page_without_colon(struct tn_str text);

#endif
