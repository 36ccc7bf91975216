/* SPDX-License-Identifier: MIT */
/* Flat records with ClinicalTrials.gov's own names of fields: answers of API v1 with chosen fields, and what people make of
 * API v2 (`{"NCTId": "NCT...", "Condition": ["a", "b"], "LocationCity": "x|y"}`). */
#ifndef TN_READERS_CTGOV_FIELDS_H
#define TN_READERS_CTGOV_FIELDS_H

#include "readers/ctgov_columns.h"
#include "readers/ctgov_v2.h"
#include "readers/tree.h"

/* A flat record with lists that belong together (`LocationCity`, `LocationCountry`) as entries of one (`Location`); a list of
 * another length stays alone. A record that is not flat comes back as it is. */
const cJSON *tn_fields_prepare(struct tn_reading *reading, const cJSON *tree);

tn_put_fn tn_put_bar_aliases, tn_put_bar_org_ids; /* identifiers of that type, with bars between them */
tn_put_fn tn_put_mesh_id;

#endif
