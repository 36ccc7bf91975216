/* SPDX-License-Identifier: MIT */
/* A small invented trial for the tests of the writers. */
#ifndef TN_TESTS_SUPPORT_TRIAL_H
#define TN_TESTS_SUPPORT_TRIAL_H

#include "trial/record.h"

/* A trial with one value or more of every kind of field. */
struct tn_record *sample_trial(struct tn_arena *arena);

/* A trial that states nothing but a title. */
struct tn_record *bare_trial(struct tn_arena *arena, const char *title);

#endif
