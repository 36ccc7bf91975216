/* SPDX-License-Identifier: MIT */
#ifndef TN_NORMAL_PHASE_H
#define TN_NORMAL_PHASE_H

#include "core/str.h"

enum { TN_PHASES_MAX = 6 };

struct tn_phases {
    const char *words[TN_PHASES_MAX]; /* `count` canonical words, in ascending order, static */
    size_t count;
    bool coarser; /* the raw text says more than the words (IIa; `0` and `Pilot study`, which are no phase) and belongs
                     in extra */
};

/* A phase as any source writes it. TN_CODE_NONE or TN_UNKNOWN_VALUE. The count is 0 where no phase is stated: an empty
 * text, `Not selected`, ChiCTR's `0` (exploratory or pilot study), `Other`, a EudraCT matrix of nothing but `no`. */
enum tn_code tn_normal_phases(struct tn_str raw, struct tn_phases *phases);

#endif
