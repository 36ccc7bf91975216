/* SPDX-License-Identifier: MIT */
#ifndef TN_NORMAL_COUNT_H
#define TN_NORMAL_COUNT_H

#include <stdint.h>

#include "core/str.h"

/* A number of people, sites or groups: `30`, `2,062`, `30 participants`, `Target sample size: 120`,
 * `Experimental group:30;Control group:30;` (the sum; *summed). TN_CODE_NONE or TN_BAD_VALUE (negative, a range, a
 * fraction, no number). */
enum tn_code tn_normal_count(struct tn_str raw, int64_t *count, bool *summed);

#endif
