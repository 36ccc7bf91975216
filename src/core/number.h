/* SPDX-License-Identifier: MIT */
/* Numbers as text, the same under every locale. */
#ifndef TN_CORE_NUMBER_H
#define TN_CORE_NUMBER_H

#include <stddef.h>
#include <stdint.h>

#include "core/str.h"

/* Room that every number fits into. */
enum { TN_NUMBER_MAX = 40 };

/* Writes a whole number to `out` (TN_NUMBER_MAX bytes, no NUL is added) and returns its length. */
size_t tn_integer_format(int64_t value, char *out);

/* The same for a double: a JSON number that reads back to the same value, with the fewest digits for all that has up to
 * 15 of them; 0.1, 12, 1e-7. Negative zero is 0. Infinite or not a number: JSON has no word for it, returns 0. */
size_t tn_number_format(double value, char *out);

/* A plain decimal number of at most 15 digits, `-12.375`: no exponent, no blanks, no other point than `.`. Knows no
 * locale. False where the text is anything else. */
bool tn_number_parse(struct tn_str text, double *number);

#endif
