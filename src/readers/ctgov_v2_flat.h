/* SPDX-License-Identifier: MIT */
/* Studies of ClinicalTrials.gov's API v2 that were made flat: members named by the steps of their path, as pandas' json_normalize
 * writes them (`"protocolSection.identificationModule.nctId": "NCT..."`), with points, underscores or slashes between the steps,
 * with or without the section in front; numbers among the steps count the entries of lists (`..._locations_0_city`). So do
 * studies whose modules stand in no section. */
#ifndef TN_READERS_CTGOV_V2_FLAT_H
#define TN_READERS_CTGOV_V2_FLAT_H

#include "readers/tree.h"

/* Adds such names to the evidence: that of the study's number, or two others. */
void tn_flat_detect(const struct tn_peek *peek, struct tn_evidence *evidence);

/* The study as the API writes it: its members are taken out of their names. What belongs to no module stays where it is. */
const cJSON *tn_flat_prepare(struct tn_reading *reading, const cJSON *tree);

#endif
