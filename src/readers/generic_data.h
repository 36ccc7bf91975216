/* SPDX-License-Identifier: MIT */
/* The insides of the readers `delimited`, `json` and `xml`. */
#ifndef TN_READERS_GENERIC_DATA_H
#define TN_READERS_GENERIC_DATA_H

#include "readers/generic.h"
#include "readers/generic_names.h"

/* One value of a record. */
struct tn_data_item {
    struct tn_str path; /* as the source names it; the key in `extra` */
    struct tn_label label;
    struct tn_str text; /* without markup; criteria are split with theirs */
    struct tn_str raw;
};

#endif
