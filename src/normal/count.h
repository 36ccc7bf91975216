/* SPDX-License-Identifier: MIT */
#ifndef TN_NORMAL_COUNT_H
#define TN_NORMAL_COUNT_H

#include <stdint.h>

#include "core/str.h"

/* A number of people, sites or groups: `30`, `2,062`, `430.0`, `30 participants`, `Target sample size: 120`, `n=80`,
 * `Total Sample Size="452" Sample Size from India="400"` (the total), `Experimental group:30;Control group:30;` (the sum).
 * *summed: the text was a list, so that the number says less than it. TN_CODE_NONE or TN_BAD_VALUE (nothing, no number,
 * negative, a range, a fraction, `1.000`, which is one or a thousand, over 10^12); then *count is not to be read. */
enum tn_code tn_normal_count(struct tn_str raw, int64_t *count, bool *summed);

#endif
