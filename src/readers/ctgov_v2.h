/* SPDX-License-Identifier: MIT */
#ifndef TN_READERS_CTGOV_V2_H
#define TN_READERS_CTGOV_V2_H

#include "readers/tree.h"

/* The map of an API v2 study, for every source that carries one. */
extern const struct tn_tree_source tn_ctgov_v2_source;

#endif
