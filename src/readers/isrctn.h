/* SPDX-License-Identifier: MIT */
/* The ISRCTN registry: what its two maps (isrctn.c, isrctn_csv.c) and their put functions share. */
#ifndef TN_READERS_ISRCTN_H
#define TN_READERS_ISRCTN_H

#include "readers/tree.h"

extern const struct tn_tree_source tn_isrctn_csv; /* the columns of the search's CSV */

tn_put_fn tn_isrctn_put;            /* a text, whose markup is undone, or a word; what says nothing stays in `extra` */
tn_put_fn tn_isrctn_put_id;         /* ISRCTN and eight digits, or the digits alone */
tn_put_fn tn_isrctn_put_date;       /* day first where it is no ISO date; midnight is no time of day */
tn_put_fn tn_isrctn_put_overall;    /* overall status: decides unless it is Ongoing and the other one is stated */
tn_put_fn tn_isrctn_put_recruitment; /* recruitment status */
tn_put_fn tn_isrctn_put_number;     /* a further number, once; with its kind where the element says it */
tn_put_fn tn_isrctn_put_age;        /* an age in one text */
tn_put_fn tn_isrctn_put_age_value;  /* ... and in number and unit, which must be the same */
tn_put_fn tn_isrctn_put_age_unit;   /* a unit without a number */
tn_put_fn tn_isrctn_put_age_group;  /* Adult, Child, Senior, Mixed, ... */
tn_put_fn tn_isrctn_put_target;     /* planned size */
tn_put_fn tn_isrctn_put_final;      /* final size; 0 is the default of an unfinished trial */
tn_put_fn tn_isrctn_put_total;      /* an older planned size in words */
tn_put_fn tn_isrctn_put_criteria;   /* one side of the criteria */
tn_put_fn tn_isrctn_put_outcome;    /* an outcome in one text, where there is no list */
tn_put_fn tn_isrctn_put_purpose;    /* one of several purposes: the first is the trial's */
tn_put_fn tn_isrctn_put_design;     /* secondary study design: a word of one of the design's fields */
tn_put_fn tn_isrctn_put_phase;
tn_put_fn tn_isrctn_put_participant; /* Patient, Healthy volunteer, ... */
tn_put_fn tn_isrctn_put_countries;  /* one country, or a list in one text */
tn_put_fn tn_isrctn_put_funders;    /* a list in one text */
tn_put_fn tn_isrctn_put_results;    /* an address of results, or words about them */

/* The parties that stand beside the trial. */
tn_put_fn tn_isrctn_put_sponsor;         /* its name: the lead sponsor, or a collaborator */
tn_put_fn tn_isrctn_put_sponsor_type;
tn_put_fn tn_isrctn_put_sponsor_country;
tn_put_fn tn_isrctn_put_name;            /* first and last name of a contact */
tn_put_fn tn_isrctn_put_part;            /* a part of an address; `-` is none */
tn_put_fn tn_isrctn_put_contact_type;

tn_put_fn tn_isrctn_put_parties;         /* holds the references of the trial against the parties that are there */

/* The text says that nothing is stated (`Not provided at time of registration`). */
bool tn_isrctn_says_nothing(struct tn_str text);

/* What stands in the column of one of these names, ended by NULL; empty where there is none. */
struct tn_str tn_isrctn_column(const struct tn_reading *reading, const char *const *names);

/* The whole record: an object. */
const cJSON *tn_isrctn_root(const struct tn_reading *reading);

#endif
