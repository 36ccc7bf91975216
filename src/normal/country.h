/* SPDX-License-Identifier: MIT */
#ifndef TN_NORMAL_COUNTRY_H
#define TN_NORMAL_COUNTRY_H

#include "core/str.h"

struct tn_country {
    char code[3]; /* ISO 3166-1 alpha-2; "" for a country that has none (Former Yugoslavia, Kosovo) */
};

/* A country by its name in any source's spelling, its ISO name, alpha-2 or alpha-3 code (codes in capitals only: `No`
 * is not Norway). The parts of the United Kingdom count as it. False where it is none. */
bool tn_normal_country(struct tn_str raw, struct tn_country *country);

/* The same by names alone: for lines where CA may be California. */
bool tn_normal_country_name(struct tn_str raw, struct tn_country *country);

#endif
