/* SPDX-License-Identifier: MIT */
/* ClinicalTrials.gov's older ways of writing a study's design in one text. */
#ifndef TN_READERS_PUT_DESIGN_H
#define TN_READERS_PUT_DESIGN_H

#include "readers/put.h"

/* trial.masking: `Double (Participant, Investigator)`, `None (Open Label)`, or the roles alone, whose number is the word;
 * roles go to who_masked. */
tn_put_fn tn_put_masking;

/* trial.study_type: `Observational [Patient Registry]` says that it is one. */
tn_put_fn tn_put_study_type;

/* A whole design, into the fields of the trial (`field` does not count): `Allocation: Randomized, Masking: Double Blind
 * (Subject, Investigator)`, with commas, bars or semicolons between the parts; or words without labels (`Treatment,
 * Randomized, Open Label`). What no field has goes to `extra` under the label, or where the reading stands. */
tn_put_fn tn_put_design;

#endif
