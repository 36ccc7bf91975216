/* SPDX-License-Identifier: MIT */
/* What rows of AACT's map cannot say. */
#ifndef TN_READERS_AACT_H
#define TN_READERS_AACT_H

#include "readers/tree.h"

/* Puts rows under those that they name by a number of the database (contacts under their facility, other names under their
 * intervention, arms and interventions under each other), apart what one table holds of two lists (lead sponsor and
 * collaborators, removed countries), and leaves out numbers of rows and copies in lower case. Rows whose other half is
 * missing stay where they are. */
tn_prepare_fn tn_aact_prepare;

tn_put_fn tn_put_aact_truth; /* t, f */
tn_put_fn tn_put_aact_flag;  /* a column that says with `t` that its word is in the list */

/* start_month_year and start_date of one date. AACT makes a day of what is stated as a month, the first or the last of it: such
 * a day does not count where the month is there; any other day does. */
tn_put_fn tn_put_aact_date;

tn_put_fn tn_put_aact_expanded;       /* the study that gives expanded access, and its status */
tn_put_fn tn_put_aact_id_source;      /* nct_alias, org_study_id, secondary_id: what stands for a type; and the type */
tn_put_fn tn_put_aact_reference_type; /* the type, also as before 2022: reference, results_reference */
tn_put_fn tn_put_aact_ancestor;       /* mesh-list, mesh-ancestor */

#endif
