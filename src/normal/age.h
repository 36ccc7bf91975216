/* SPDX-License-Identifier: MIT */
#ifndef TN_NORMAL_AGE_H
#define TN_NORMAL_AGE_H

#include "core/str.h"

enum tn_age_bound { TN_AGE_MINIMUM, TN_AGE_MAXIMUM };

struct tn_age {
    char text[32]; /* canonical: "12 Years", "1 Year", "6 Months", "2.5 Years", unit as stated; "" where there is no
                      limit */
    double years;  /* the same in years, rounded to 4 decimals: months/12, weeks*7/365.25, days/365.25, hours/8766,
                      minutes/525960; 0 where there is no limit */
    bool coarser;  /* the raw text says more than `text` (">= 20age old", "65+") and belongs in extra */
};

/* An age limit. TN_CODE_NONE (text "" when the source says that there is no limit: empty, N/A, No limit, a bare 0 as a
 * maximum, 2147483647, ...) or TN_BAD_VALUE. A bare number is years where `bare_is_years`, else TN_BAD_VALUE. */
enum tn_code tn_normal_age(struct tn_str raw, enum tn_age_bound bound, bool bare_is_years, struct tn_age *age);

#endif
