/* SPDX-License-Identifier: MIT */
/* By which registry identifiers a record is joined with others. */
#ifndef TN_DATASET_ALIAS_H
#define TN_DATASET_ALIAS_H

#include "trialnorm/trial.h"

/* Gives the identifiers of a record that name the same trial: first its trial_id, then those of `identifiers` that a registry
 * gave (EudraCT number without its country, CTIS number, NCT alias, ISRCTN, ...) and the UTN, canonical, each once. No grants, no
 * numbers of sponsors, no placeholders, numbers of one digit alone or of 1 to 8; related trials are others. `registry` is {NULL, 0} for a UTN.
 * `former`: the registry says that it gave the trial this id, too (NCT_ALIAS). */
typedef void tn_alias_fn(void *context, struct tn_str registry, struct tn_str id, bool former);
void tn_aliases_of(const tn_trial *trial, tn_alias_fn *take, void *context);

#endif
