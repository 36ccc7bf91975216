/* SPDX-License-Identifier: MIT */
/* JSON of earlier versions, deflated (zlib's form), for the column version.json. */
#ifndef TN_DATASET_PACKED_H
#define TN_DATASET_PACKED_H

#include "core/buf.h"

/* Appends the packed form: the length in 8 bytes, least first, and the deflated bytes. False when memory is short. */
bool tn_pack_json(struct tn_str json, struct tn_buf *packed);

/* Appends what was packed, NUL behind it. False when it is not what tn_pack_json makes, or memory is short. */
bool tn_unpack_json(struct tn_str packed, struct tn_buf *json);

#endif
