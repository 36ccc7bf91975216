/* SPDX-License-Identifier: MIT */
/* Dates in any form of VOCABULARY -> ISO 8601 of the same precision. Nothing is made up. */
#ifndef TN_NORMAL_DATE_H
#define TN_NORMAL_DATE_H

#include "core/str.h"

/* How a source writes 08/04/2024. */
enum tn_date_order { TN_DATE_ORDER_UNKNOWN, TN_DATE_DAY_FIRST, TN_DATE_MONTH_FIRST };

struct tn_date {
    char text[11];  /* "2024", "2024-05", "2024-05-17"; "" where there is none */
    bool time_cut;  /* a time of day stood behind it */
    bool sentinel;  /* 1900-01-01 and the like: stands for "no date"; text is "" */
};

/* TN_CODE_NONE, TN_BAD_VALUE (not a date, or a day that no calendar has), TN_AMBIGUOUS_DATE (day and month cannot be
 * told apart under TN_DATE_ORDER_UNKNOWN; text is ""). An impossible order that only the other reading makes possible
 * (13/18/2024 under any order is bad; 25/04/2024 is day first whatever `order` says). */
enum tn_code tn_normal_date(struct tn_str raw, enum tn_date_order order, struct tn_date *date);

#endif
