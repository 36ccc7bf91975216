/* SPDX-License-Identifier: MIT */
/* Which texts in quotes may stand in a document: noted in one pass, so that a key that is not there is not sought by
 * every reader. */
#ifndef TN_READERS_QUOTED_H
#define TN_READERS_QUOTED_H

#include <stdint.h>

#include "core/str.h"

enum { TN_QUOTED_BITS = 12, TN_QUOTED_SIZE = (1 << TN_QUOTED_BITS) / 8, TN_QUOTED_LEN = 3 };

/* The place of a text's first bytes. */
static inline unsigned tn_quoted_slot(const char *text)
{
    uint32_t first = (uint32_t)(unsigned char)text[0] | (uint32_t)(unsigned char)text[1] << 8 |
                     (uint32_t)(unsigned char)text[2] << 16;
    return first * UINT32_C(2654435761) >> (32 - TN_QUOTED_BITS);
}

/* Notes the first bytes behind every quotation mark in `noted` (TN_QUOTED_SIZE bytes, zero). */
static inline void tn_quoted_note(unsigned char *noted, struct tn_str bytes)
{
    const char *end = bytes.s + bytes.len, *at = bytes.s;
    while ((at = memchr(at, '"', (size_t)(end - at))) != NULL && end - at > TN_QUOTED_LEN) {
        unsigned slot = tn_quoted_slot(++at);
        noted[slot / 8] = (unsigned char)(noted[slot / 8] | 1u << slot % 8);
    }
}

/* False where `"text` stands nowhere for sure. `noted` NULL: nothing was noted. */
static inline bool tn_quoted_may(const unsigned char *noted, struct tn_str text)
{
    if (!noted || text.len < TN_QUOTED_LEN)
        return true;
    unsigned slot = tn_quoted_slot(text.s);
    return noted[slot / 8] >> slot % 8 & 1;
}

#endif
