/* SPDX-License-Identifier: MIT */
/* Finding e-mail addresses and telephone numbers in text. */
#ifndef TN_READERS_REDACT_FIND_H
#define TN_READERS_REDACT_FIND_H

#include "core/str.h"

/* A piece of a text: bytes [start, end). */
struct tn_span {
    size_t start, end;
};

/* The first e-mail address at or behind byte `from`; false where there is none. */
bool tn_email_find(struct tn_str text, size_t from, struct tn_span *found);

/* The first telephone number at or behind byte `from`, with its extension. Numbers that are dates, doses, ranges or
 * registry identifiers are none. */
bool tn_phone_find(struct tn_str text, size_t from, struct tn_span *found);

#endif
