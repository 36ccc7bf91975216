/* SPDX-License-Identifier: MIT */
/* A difference between two versions of a trial as a line for people, as a changelog has it:
 *
 *     NCT07003269 status ENROLLING_BY_INVITATION → COMPLETED (2026-04-30)
 *     NCT07003269 locations + Charité, Berlin, Germany
 *     NCT07003269 locations ~ Charité, Berlin, Germany: status RECRUITING → COMPLETED; zip + 10117
 *     NCT07003269 brief_summary … patients with [-stage III-] {+stage IV+} disease …
 *     NCT07003269 added */
#ifndef TN_CLI_DIFFERENCE_TEXT_H
#define TN_CLI_DIFFERENCE_TEXT_H

#include "core/buf.h"
#include "trialnorm/trial.h"

/* What is not there is {NULL, 0}. Borrowed for the call. */
struct cli_difference {
    struct tn_str trial_id;
    struct tn_str op;       /* added, removed, changed, reordered (dataset/schema.h `change`), or what befell the whole trial */
    struct tn_str field;    /* of the trial; {NULL, 0}: the whole trial */
    struct tn_str old, now; /* JSON of the field's value, or of one entry of its list */
    struct tn_str dated;    /* what stands in brackets at the end */
};

/* Appends the line, without a line end; control characters in it are as they are: printed by cli_print. Values for which `whole`
 * is false are shown as far as they differ, and long ones cut. `arena` is for what is needed on the way and is reset.
 * What is no JSON is left out. */
void cli_difference_text(struct tn_buf *out, struct tn_arena *arena, const struct cli_difference *difference, bool whole);

/* Appends one value of a field of the trial, as such a line shows it: lists by the names of their entries, of a long text a piece
 * from where it differs from `other`, another value of the field. */
void cli_value_text(struct tn_buf *out, struct tn_arena *arena, struct tn_str field, struct tn_str json, struct tn_str other);

#endif
