/* SPDX-License-Identifier: MIT */
#ifndef TN_READERS_CTGOV_V2_H
#define TN_READERS_CTGOV_V2_H

#include "readers/tree.h"

/* The map of an API v2 study, for every source that carries one. */
extern const struct tn_tree_source tn_ctgov_v2_source;

/* Puts outcomes and mesh terms into the schema's order, whatever that of the keys. */
void tn_ctgov_after(struct tn_reading *reading);

tn_put_fn tn_put_org_type;

#endif
