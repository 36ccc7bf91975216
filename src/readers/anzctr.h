/* SPDX-License-Identifier: MIT */
/* How values of the Australian New Zealand register's XML get into their fields (anzctr_put.c). */
#ifndef TN_READERS_ANZCTR_H
#define TN_READERS_ANZCTR_H

#include "readers/tree.h"

tn_put_fn tn_anzctr_put;          /* text or a word; "Nil", "None" and the like go to `extra` */
tn_put_fn tn_anzctr_put_date;     /* 5/07/2005 is in July */
tn_put_fn tn_anzctr_put_age;      /* a number, whose unit stands beside it */
tn_put_fn tn_anzctr_put_age_unit; /* that unit: says something alone only where there is no number */
tn_put_fn tn_anzctr_put_target;   /* the planned size */
tn_put_fn tn_anzctr_put_actual;   /* the final one */
tn_put_fn tn_anzctr_put_actual_date;  /* the date that came; */
tn_put_fn tn_anzctr_put_planned_date; /* ... and the one that was planned */
tn_put_fn tn_anzctr_put_criteria; /* one side of the criteria */
tn_put_fn tn_anzctr_put_country;
tn_put_fn tn_anzctr_put_reason;   /* why it was withdrawn: a word of a list, "Other" with a text beside it */
tn_put_fn tn_anzctr_put_sponsor_type;
tn_put_fn tn_anzctr_put_contact_type;
tn_put_fn tn_anzctr_put_number;   /* a further number */

#endif
