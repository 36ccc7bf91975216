/* SPDX-License-Identifier: MIT */
/* What stands under the labels that pages on trials commonly have (generic_labels.inc), as the row of a site. */
#ifndef TN_READERS_LABELS_H
#define TN_READERS_LABELS_H

#include "readers/page.h"

/* Fills *row with how what stands under the label is read: mode, field and all that belongs to them, without labels.
 * False when the label is not known. Case and punctuation do not count, nor does a code before the label (`E.3 Principal
 * inclusion criteria`) or what stands behind it in brackets (`Locations (12)`). A word that says whether a date or number
 * has come (`Study start (Actual)`, `Estimated enrollment`) becomes the row's preset. */
bool tn_label_find(struct tn_str label, struct tn_site_row *row);

#endif
