/* SPDX-License-Identifier: MIT */
#ifndef TN_CORE_NUMBER_PARSE_H
#define TN_CORE_NUMBER_PARSE_H

#include "core/str.h"

/* A plain decimal number of at most 15 digits, `-12.375`: no exponent, no blanks, no other point than `.`. Knows no
 * locale. False where the text is anything else. */
bool tn_number_parse(struct tn_str text, double *number);

#endif
