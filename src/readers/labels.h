/* SPDX-License-Identifier: MIT */
/* What stands under the labels that pages on trials commonly have (labels.inc), whatever site they are of. */
#ifndef TN_READERS_LABELS_H
#define TN_READERS_LABELS_H

#include "readers/page.h"

/* Fills *row with how what stands under the label is read: mode, field and all that belongs to them, without labels.
 * False when the label is not known. Compared as tn_fold leaves it, so that case and punctuation do not count; a code
 * before it (`E.3 Principal inclusion criteria`) and what stands behind it in brackets (`Locations (12)`) do not either.
 * A word that says whether a date or number has come (`Study start (Actual)`, `Estimated enrollment`) becomes the
 * row's preset. */
bool tn_label_find(struct tn_str label, struct tn_site_row *row);

#endif
