/* SPDX-License-Identifier: MIT */
/* What in one trial cannot be, or is hardly meant: consistency findings. */
#ifndef TN_TRIAL_CHECK_H
#define TN_TRIAL_CHECK_H

#include "trialnorm/trial.h"

enum tn_finding_severity { TN_FINDING_NOTE, TN_FINDING_WARNING, TN_FINDING_ERROR };

struct tn_finding {
    const char *code;    /* "completion-before-start": stable; static */
    enum tn_finding_severity severity;
    const char *fields;  /* names, separated by commas; static */
    char message[256];   /* one line with the values: "completion_date 2019-01 is before start_date 2020-03" */
};

/* One rule of the table of rules, for `trialnorm list` and the documentation. */
struct tn_check_rule;

/* Gives all findings of a trial in the order of the table. `as_of` (may be NULL) is a date YYYY-MM-DD: today, for rules that
 * need one. `tell` false ends it. Of dates that are a year or a month only what holds for every day of them is a finding. */
typedef bool tn_finding_fn(void *context, const struct tn_finding *finding);
void tn_check_trial(const tn_trial *trial, const char *as_of, tn_finding_fn *tell, void *context);

#endif
