/* SPDX-License-Identifier: MIT */
#ifndef TN_NORMAL_PHASE_H
#define TN_NORMAL_PHASE_H

#include "core/str.h"

enum { TN_PHASES_MAX = 6 };

struct tn_phases {
    const char *words[TN_PHASES_MAX]; /* `count` canonical words, in ascending order, static */
    size_t count;
    bool coarser; /* a sub-phase (IIa) or the like was mapped to its phase: the raw word belongs in extra */
};

/* A phase as any source writes it. TN_CODE_NONE (count may be 0 only when raw is empty) or TN_UNKNOWN_VALUE. */
enum tn_code tn_normal_phases(struct tn_str raw, struct tn_phases *phases);

#endif
