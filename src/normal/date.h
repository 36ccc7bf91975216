/* SPDX-License-Identifier: MIT */
/* Dates in any form of VOCABULARY -> ISO 8601 of the same precision. Nothing is made up. */
#ifndef TN_NORMAL_DATE_H
#define TN_NORMAL_DATE_H

#include "core/str.h"

/* How a source writes 08/04/2024. */
enum tn_date_order { TN_DATE_ORDER_UNKNOWN, TN_DATE_DAY_FIRST, TN_DATE_MONTH_FIRST };

struct tn_date {
    char text[11]; /* "2024", "2024-05", "2024-05-17"; "" where there is none */
    bool time_cut; /* a time of day stood behind it */
    bool sentinel; /* 1900-01-01, 0000-00-00 and the like: stands for "no date"; text is "" */
};

/* Years are 1850 to 2200, in four digits. TN_CODE_NONE (also, with text "", for a text that says that there is no
 * date: empty, `N/A`, `Not reported`), TN_BAD_VALUE (not a date, or a day that no calendar has), TN_AMBIGUOUS_DATE
 * (day and month cannot be told apart under TN_DATE_ORDER_UNKNOWN; text is ""). An order that the numbers rule out is
 * not held to: 25/04/2024 is day first and 3/18/2020 month first whatever `order` says; 13/18/2024 is bad under any;
 * 05/05/2024 is never ambiguous. */
enum tn_code tn_normal_date(struct tn_str raw, enum tn_date_order order, struct tn_date *date);

#endif
