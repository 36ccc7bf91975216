/* SPDX-License-Identifier: MIT */
/* Which trials are wanted, of those that are read. */
#ifndef TN_READERS_PICK_H
#define TN_READERS_PICK_H

#include "core/str.h"
#include "trialnorm/reader.h"

/* True when trials of this record_key belong to the part that is wanted. */
bool tn_in_shard(const struct tn_read_options *options, struct tn_str record_key);

/* True when a finished trial is wanted. */
bool tn_is_wanted(const struct tn_read_options *options, const tn_trial *trial);

#endif
