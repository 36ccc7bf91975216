/* SPDX-License-Identifier: MIT */
/* Raw values that fill a field together with others: put functions that several structured sources share. */
#ifndef TN_READERS_PUT_PARTS_H
#define TN_READERS_PUT_PARTS_H

#include "readers/put.h"

/* Text behind the text that is there, with a comma: the lines of an address. What would make it longer than
 * TN_LONGEST_JOINED goes to `extra`: no address has so many lines, and each is copied with all before it. */
tn_put_fn tn_put_joined;
enum { TN_LONGEST_JOINED = 8192 };

tn_put_fn tn_put_eudamed; /* identifier.value: a number of EUDAMED, the issuer */

/* A date of the trial and its `<name>_type`, unless another one is there already. */
void tn_put_date_as(struct tn_reading *reading, struct tn_record *trial, int field, const struct tn_stated *value,
                    const char *type);

/* The final enrollment. A source that keeps it beside the target says by other fields whether there is one (`stated`); what stands in
 * its place otherwise, a default 0 for instance, goes to `extra`. */
void tn_put_actual_size(struct tn_reading *reading, struct tn_record *trial, int field, const struct tn_stated *value, bool stated);

/* eligibility_text of sources that keep the criteria of both sides apart, one text or one for each criterion: with a
 * heading for each side. Does nothing where it is there already. */
void tn_put_criteria_sides(struct tn_reading *reading, const struct tn_str *inclusion, size_t inclusion_count,
                           const struct tn_str *exclusion, size_t exclusion_count);

#endif
