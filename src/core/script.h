/* SPDX-License-Identifier: MIT */
/* Characters that are raised or lowered: 10⁹, CO₂. */
#ifndef TN_CORE_SCRIPT_H
#define TN_CORE_SCRIPT_H

#include <stdint.h>

#include "core/str.h"

enum { TN_SCRIPT_MAX = 11 }; /* characters that change together */

/* The raised (or lowered) form of a character; 0 where it has none. */
uint32_t tn_script_form(uint32_t character, bool raised);

/* The form of a whole text into `out` (3 * TN_SCRIPT_MAX bytes); its length, 0 where a character has none or there are
 * too many. */
size_t tn_script_text(struct tn_str text, bool raised, char *out);

#endif
