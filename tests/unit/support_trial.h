/* SPDX-License-Identifier: MIT */
/* Trials for the tests of what is done with one, and the memory that they live in. */
#ifndef TN_TESTS_SUPPORT_TRIAL_H
#define TN_TESTS_SUPPORT_TRIAL_H

#include "trial/record.h"

/* The memory of a test program's trials, and its group set-up and tear-down. */
extern struct tn_arena trial_arena;
int trial_arena_start(void **state);
int trial_arena_stop(void **state);

/* A trial with one value or more of every kind of field. */
struct tn_record *sample_trial(void);

/* Puts a label into the trial's `extra`, with one value or two (`second` NULL: one). */
void add_extra(struct tn_record *trial, const char *label, const char *value, const char *second);

/* A trial that states nothing but a title. */
struct tn_record *bare_trial(const char *title);

#endif
