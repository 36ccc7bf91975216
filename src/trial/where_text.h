/* SPDX-License-Identifier: MIT */
/* Comparing texts without regard to case, in time that grows with their length and without memory. */
#ifndef TN_TRIAL_WHERE_TEXT_H
#define TN_TRIAL_WHERE_TEXT_H

#include "core/arena.h"
#include "core/str.h"

/* `text` case-folded and in NFC, in the arena; {NULL, 0} when memory is short. */
struct tn_str tn_folded(struct tn_arena *arena, struct tn_str text);

/* Order of a text and one that is folded already: <0, 0, >0. */
int tn_folded_cmp(struct tn_str text, struct tn_str folded);

/* What tn_folded_in needs of a folded text; NULL when memory is short. */
size_t *tn_folded_borders(struct tn_arena *arena, struct tn_str folded);

/* True when `text` has `folded` somewhere. */
bool tn_folded_in(struct tn_str text, struct tn_str folded, const size_t *borders);

#endif
