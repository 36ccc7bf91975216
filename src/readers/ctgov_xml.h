/* SPDX-License-Identifier: MIT */
#ifndef TN_READERS_CTGOV_XML_H
#define TN_READERS_CTGOV_XML_H

#include "readers/tree.h"

/* The rows for an entry of search results (ctgov_xml_search.c). */
extern const struct tn_tree_source tn_ctgov_xml_search;

#endif
