/* SPDX-License-Identifier: MIT */
/* What in one trial cannot be, or is hardly meant: consistency findings. */
#ifndef TN_TRIAL_CHECK_H
#define TN_TRIAL_CHECK_H

#include "trialnorm/trial.h"

enum tn_finding_severity {
    TN_FINDING_NOTE,    /* odd, and may well be so */
    TN_FINDING_WARNING, /* hardly meant */
    TN_FINDING_ERROR    /* cannot be */
};

/* "note", "warning", "error". Static. */
const char *tn_finding_severity_name(enum tn_finding_severity severity);

struct tn_finding {
    const char *code;    /* "completion-before-start": stable; static */
    enum tn_finding_severity severity;
    const char *fields;  /* names, separated by commas; those that the message speaks of; static */
    char message[256];   /* one line with the values: "completion_date 2019-01 is before start_date 2020-03" */
};

/* One rule of the table of rules. */
struct tn_check_rule {
    const char *code;
    enum tn_finding_severity severity;
    const char *fields;  /* all that it looks at, separated by commas: of the trial, or `field.member` */
    const char *meaning; /* one line */
    bool dated;          /* needs to know the day: gives nothing without `as_of` */
};

/* Rule `i`, counted from 0, in the order of the table; NULL behind the last. Static. */
const struct tn_check_rule *tn_check_rule_at(size_t i);

/* Gives all findings of a trial in the order of the table. `as_of` (may be NULL) is a date YYYY-MM-DD: today, for rules that
 * need one; anything else counts as NULL. `tell` false ends it. Of dates that are a year or a month only what holds for every
 * day of them is a finding. What the source does not state is no finding, unless its absence is one in a record that states
 * nearly all that such a record has; never in one of a listing. False when memory is short. */
typedef bool tn_finding_fn(void *context, const struct tn_finding *finding);
bool tn_check_trial(const tn_trial *trial, const char *as_of, tn_finding_fn *tell, void *context);

#endif
