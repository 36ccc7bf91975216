/* SPDX-License-Identifier: MIT */
#ifndef TN_NORMAL_PERSON_H
#define TN_NORMAL_PERSON_H

#include "core/str.h"

struct tn_person {
    struct tn_str name;    /* slice of the raw text */
    struct tn_str degrees; /* slice of the raw text, as listed ("MD, PhD"); empty where there are none */
};

/* "Yunfei Chen, MD" -> "Yunfei Chen" / "MD". What stands behind a comma counts as degrees only when all of it up to
 * the end is degrees or titles ("Smith, John" and "Research Center, Inc." stay whole; "Smith, John, MD" gives "Smith,
 * John"). Without a comma only unmistakable degrees count ("John Smith MD", not "Wei Ma"). A title before the name stays
 * there ("Dr. John Smith"). */
void tn_person_split(struct tn_str raw, struct tn_person *person);

#endif
