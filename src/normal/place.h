/* SPDX-License-Identifier: MIT */
#ifndef TN_NORMAL_PLACE_H
#define TN_NORMAL_PLACE_H

#include "core/str.h"

struct tn_place {
    struct tn_str facility, city, state, zip, country; /* slices of the raw text; empty where not stated */
};

/* "City, State, Country", "City, Country" or a country alone, with a postal code before or behind the country
 * or without. False (all empty) where the last part is no country or there are more parts than can be told apart.
 * Country names that hold a comma ("Korea, Republic of") are known. */
bool tn_place_split(struct tn_str raw, struct tn_place *place);

/* The other way round: "Country, State, City", "Country, City", with a postal code behind or without. False (all empty)
 * where the first part is no country, or nothing stands behind it. */
bool tn_place_split_down(struct tn_str raw, struct tn_place *place);

/* "Facility, City, State, Country" or "Facility, City, Country", with a postal code or without; a facility's own name
 * may hold commas. Where the parts leave a choice: countries whose addresses always name a state (United States,
 * Canada, Australia) are told by their states' names, so that "City, State, Country" of these has no facility; a part
 * that reads as one of a facility ("Inc.", "Department of ...") belongs to the facility. False (all empty) where no
 * country ends the line. */
bool tn_place_split_facility(struct tn_str raw, struct tn_place *place);

/* True for a text that holds a word of a facility's name ("Hospital", "Department of ..."). */
bool tn_place_is_facility(struct tn_str text);

/* True for the name or the two letters of a state of the United States ("North Dakota", "ND"). */
bool tn_place_is_state(struct tn_str text);

#endif
