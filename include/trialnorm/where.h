/* SPDX-License-Identifier: MIT */
/* Which trials are wanted: an expression over the fields of the record.
 *
 *   status=RECRUITING and phases~PHASE3 and not (start_date<2024 or locations.country=France)
 *
 * FIELD       a field of the trial, or a member of one: `locations_country`, `locations.country`,
 *             `locations.contacts.email`. Of lists, a comparison is true when it is true of some entry
 * FIELD OP VALUE  `=`, `!=`, `<`, `<=`, `>`, `>=`, and `~` (contains). A value is a word without blanks, brackets, quotes
 *             and signs of comparison, or stands in '...' or "..." with \\ \' \" \n \t
 * FIELD       alone: of a bool that it is true, of any other field that it is there. has(FIELD): that it is there
 * not, and, or  in this order of precedence, in letters of any case; parentheses, at most TN_WHERE_DEPTH deep
 *
 * How is compared goes by the kind of field:
 * texts       without regard to case (Unicode), also in `~`; `<` and its like by character
 * vocabularies  the same; for = and != the value must be a word of the vocabulary
 * numbers     as numbers; bools: true, false, yes, no
 * dates       the value is a period, a year, month or day: = is inside it, < before its first day, > behind its last.
 *             A date of the trial that is itself a year or a month can mean any day of it: then the comparison is
 *             neither true nor false, but open, unless it is the same for all these days. `not` of open is open; `and`
 *             is false where one side is, else open where one side is; `or` is true where one side is, else open where
 *             one is. What is open in the end holds, unless `certain` is asked for
 * An absent field makes every comparison false, != too (and `not` of it true). */
#ifndef TRIALNORM_WHERE_H
#define TRIALNORM_WHERE_H

#include "trialnorm/trial.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { TN_WHERE_DEPTH = 100, TN_WHERE_MAX = 1 << 20 /* bytes of an expression */ };

struct tn_where;

/* Reads an expression. With `certain`, what is open does not hold. NULL with *error: TN_USAGE (the message begins with
 * the character in the text where it is wrong, "column 8: no field is named 'statsu'; did you mean 'status'?"), or
 * TN_NO_MEMORY. Freed by tn_where_free (NULL allowed). `text` is not needed any more then. */
struct tn_where *tn_where_new(const char *text, bool certain, struct tn_error *error);
void tn_where_free(struct tn_where *where);

/* True when it holds for a trial. Any number of threads may ask at the same time, each of its own trial. */
bool tn_where_holds(const struct tn_where *where, const tn_trial *trial);

#ifdef __cplusplus
}
#endif
#endif
