/* SPDX-License-Identifier: MIT */
/* The vocabularies by name: tn_vocabulary_status, tn_vocabulary_phase, ... */
#ifndef TN_TRIAL_VOCABULARY_H
#define TN_TRIAL_VOCABULARY_H

#include "trialnorm/trial.h"

#define TN_VOCABULARY(name, ...) extern const struct tn_vocabulary tn_vocabulary_##name;
#include "trial/vocabularies.def"

#endif
