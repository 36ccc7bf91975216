/* SPDX-License-Identifier: MIT */
#ifndef TN_NORMAL_PLACE_H
#define TN_NORMAL_PLACE_H

#include "core/str.h"

struct tn_place {
    struct tn_str facility, city, state, country; /* slices of the raw text; empty where not stated */
};

/* "City, State, Country" or "City, Country". False (all empty) where the last part is no country or there are more
 * than three parts that cannot be told apart. Country names that hold a comma ("Korea, Republic of") are known. */
bool tn_place_split(struct tn_str raw, struct tn_place *place);

/* "Facility, City, State, Country" or "Facility, City, Country"; a facility's own name may hold commas. */
bool tn_place_split_facility(struct tn_str raw, struct tn_place *place);

#endif
