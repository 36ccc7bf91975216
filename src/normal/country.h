/* SPDX-License-Identifier: MIT */
#ifndef TN_NORMAL_COUNTRY_H
#define TN_NORMAL_COUNTRY_H

#include "core/str.h"

struct tn_country {
    char code[3]; /* ISO 3166-1 alpha-2; "" for a country that is no more (Former Yugoslavia) */
};

/* A country by its name in any source's spelling, its ISO name, alpha-2 or alpha-3 code. False where it is none. */
bool tn_normal_country(struct tn_str raw, struct tn_country *country);

#endif
