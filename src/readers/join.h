/* SPDX-License-Identifier: MIT */
/* Two readings of one trial made one. */
#ifndef TN_READERS_JOIN_H
#define TN_READERS_JOIN_H

#include "readers/put.h"

/* Joins what `second` states into reading->trial, which stands; `second` is used up .
 *
 * One value: where both state it they must say the same: letters and digits of a text, all of a number or a word; a date
 * that says less than the other does not contradict it. A text that is the beginning of the other's gives way to the
 * whole. Otherwise `conflict`: the first stands, the second goes to `extra`.
 * What hangs on another value (the type of a date, the class of a sponsor) is only taken with it.
 * A set of words (phases, age groups, who is masked) is one value. So are the criteria: those of `second` must
 * be among the first's.
 * A list: entries that say the same as one of the first are dropped, what they have beside is added to it. Entries of
 * records are the same when a name of both is the same and no name differs: of a site facility and city, of an arm its
 * label, ... Other entries are added behind; but where the first is a registry's whole record (`whole`), its conditions, arms,
 * interventions, outcomes, sites, collaborators and officials are all there are: there another entry is a `conflict`.
 * `names`: who states them, for messages: "the page's data" and "its text". */
struct tn_join {
    const char *first_name, *second_name;
    bool whole;
    const struct tn_noted *noted; /* of the second; NULL: not known */
};
void tn_trial_join(struct tn_reading *reading, struct tn_record *second, const struct tn_join *join);


/* The letters and digits of a text in small letters, and the signs < > ≤ ≥, without all between them: two texts with the same
 * letters say the same. In the arena. */
struct tn_str tn_letters(struct tn_arena *arena, struct tn_str text);

#endif
