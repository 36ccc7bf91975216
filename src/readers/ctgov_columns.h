/* SPDX-License-Identifier: MIT */
/* What ClinicalTrials.gov packs into one cell or text: lists with bars between their entries, and entries of several
 * parts. */
#ifndef TN_READERS_CTGOV_COLUMNS_H
#define TN_READERS_CTGOV_COLUMNS_H

#include "readers/put.h"

tn_put_fn tn_put_bars;          /* a list `a|b` into a list field, each entry as by tn_put */
tn_put_fn tn_put_bar_phases;    /* the same of phases */
tn_put_fn tn_put_bar_interventions; /* `DRUG: a|DEVICE: b` */
tn_put_fn tn_put_bar_collaborators; /* names */
tn_put_fn tn_put_bar_sponsors;  /* the lead sponsor, then the collaborators */
tn_put_fn tn_put_funders;       /* one class: the lead sponsor's; several are of sponsor and collaborators, nobody knows whose */
tn_put_fn tn_put_bar_locations; /* `Facility, City, State, Zip, Country` */
tn_put_fn tn_put_bar_identifiers;
tn_put_fn tn_put_bar_documents; /* `Study Protocol, https://...` */
tn_put_fn tn_put_bar_primary, tn_put_bar_secondary, tn_put_bar_other; /* `measure, description, time frame` */
tn_put_fn tn_put_bar_outcomes;  /* measures alone, of all kinds */
tn_put_fn tn_put_ages;          /* `18 Years to 65 Years (Adult, Older Adult)`, or the groups alone */
tn_put_fn tn_put_bar_design;        /* `Allocation: RANDOMIZED|Masking: DOUBLE (PARTICIPANT, INVESTIGATOR)|...` */
tn_put_fn tn_put_bar_study_type;    /* `Observational [Patient Registry]`, `Expanded Access:Individual Patients` */
tn_put_fn tn_put_results_words; /* `Has Results`, `No Results Available`, `YES` */
tn_put_fn tn_put_shown_url;     /* `https://ClinicalTrials.gov/show/NCT...`, as the site that does so no longer: its address of today */

/* Takes the first entry off *rest; false when there is none left. */
bool tn_next_bar(struct tn_str *rest, struct tn_str *entry);

#endif
