/* SPDX-License-Identifier: MIT */
#include "readers/pick.h"

#include <xxhash.h>

bool tn_in_shard(const struct tn_read_options *options, struct tn_str record_key)
{
    return options->shards == 0 || XXH3_64bits(record_key.s, record_key.len) % options->shards + 1 == options->shard;
}

bool tn_is_wanted(const struct tn_read_options *options, const tn_trial *trial)
{
    return tn_in_shard(options, tn_text(trial, TN_trial_record_key)) &&
           (!options->where || tn_where_holds(options->where, trial));
}
