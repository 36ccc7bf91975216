/* SPDX-License-Identifier: MIT */
/* What a run reports, and how it is put into words. */
#ifndef TN_BATCH_PROBLEM_H
#define TN_BATCH_PROBLEM_H

#include "trialnorm/error.h"

/* Something that went wrong, and where. Borrowed for the call. */
struct tn_problem {
    const char *path;   /* as given, "-" for standard input; NULL when it is about no file */
    const char *member; /* inside an archive, or NULL */
    const struct tn_error *error;
};

typedef void tn_report_fn(void *context, const struct tn_problem *problem);

/* The line that is shown: `a.html:14: warning: start_date: not a date: 'soon' [bad-value]`, NUL-terminated, without a
 * line end, cut (between characters) where `room` ends. Nothing in it is a control byte. */
void tn_problem_text(const struct tn_problem *problem, char *out, size_t room);

/* Copies `text` for the eye: control characters and bytes that are no UTF-8 become \n, \t, \x1B, so that no name of a
 * file and no input can steer a terminal. As much as fits `room`, NUL-terminated, whole characters only; *used (may be
 * NULL) says how many bytes of the text that was. Returns the length of `out`. */
size_t tn_escape(struct tn_str text, char *out, size_t room, size_t *used);

#endif
