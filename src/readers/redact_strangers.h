/* SPDX-License-Identifier: MIT */
/* People whom no field of the record names: they are told by what stands beside their names. */
#ifndef TN_READERS_REDACT_STRANGERS_H
#define TN_READERS_REDACT_STRANGERS_H

#include "readers/redact_find.h"

/* The first one to four words with capitals, at or behind byte `from`, that are a name by what stands beside them: behind
 * a title ("Dr. Zed Miller") or a part in the trial ("principal investigator Zed Miller"), before a degree
 * ("Zed Miller, MD"). */
bool tn_stranger_find(struct tn_str text, size_t from, struct tn_span *found);

/* The first text at or behind byte `from` that stands behind `Address:`, up to the end of the line. */
bool tn_address_find(struct tn_str text, size_t from, struct tn_span *found);

#endif
