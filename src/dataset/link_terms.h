/* SPDX-License-Identifier: MIT */
/* The different words of a record: what is put into the full-text index, and what is asked of it. */
#ifndef TN_DATASET_LINK_TERMS_H
#define TN_DATASET_LINK_TERMS_H

#include "core/arena.h"
#include "trialnorm/trial.h"

/* A record has no more than these; longer ones are cut at them. */
enum { TN_LINK_TERMS_MAX = 4096 };

struct tn_link_terms {
    struct tn_str *at; /* `count` words, each once, in the order in which they came; in the arena */
    size_t count;
};

/* The words of titles, summary and criteria; of a record that has none of these, of its description and outcomes. False when
 * memory is short. */
bool tn_link_terms_of(struct tn_arena *arena, const tn_trial *trial, struct tn_link_terms *terms);

#endif
