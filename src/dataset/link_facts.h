/* SPDX-License-Identifier: MIT */
/* Hard facts that a page and a trial both state: whether they agree. */
#ifndef TN_DATASET_LINK_FACTS_H
#define TN_DATASET_LINK_FACTS_H

#include "core/arena.h"
#include "trialnorm/trial.h"

/* What is held against each other, and what it weighs: the rows of link_facts.c. */
enum { TN_LINK_FACTS = 26 };

enum tn_link_verdict {
    TN_LINK_UNSTATED, /* not by both, or it says nothing */
    TN_LINK_AGREES,
    TN_LINK_DIFFERS,
    TN_LINK_EXCLUDES  /* no trial is both */
};

struct tn_link_facts {
    enum tn_link_verdict verdicts[TN_LINK_FACTS];
    struct tn_str others[TN_LINK_FACTS]; /* the trial's value where it differs and is one value; in the arena */
};

/* Adds what one record of the trial says: of several records, one that agrees is enough. */
void tn_link_facts_see(struct tn_link_facts *facts, struct tn_arena *arena, const tn_trial *page, const tn_trial *record);

/* What the facts weigh: for (to be added where texts leave doubt), proof (to be added in any case), against. */
struct tn_link_weight {
    double favour, proof, against;
    bool excluded;
};
struct tn_link_weight tn_link_facts_weigh(const struct tn_link_facts *facts);

/* How many facts of some weight agree. */
size_t tn_link_facts_telling(const struct tn_link_facts *facts);

/* How a fact is called in evidence. Static. */
const char *tn_link_fact_name(int fact);

/* The page's value of a fact that is one value; `buffer` has TN_VALUE_MAX bytes. {NULL, 0} of others. */
struct tn_str tn_link_fact_value(const tn_trial *page, int fact, char *buffer);

#endif
