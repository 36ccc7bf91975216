/* SPDX-License-Identifier: MIT */
/* The put functions of the rows of the EU's Clinical Trials Information System (ctis.c): codes, and what is kept for
 * each country. */
#ifndef TN_READERS_CTIS_H
#define TN_READERS_CTIS_H

#include "readers/put.h"

/* ctis_put.c */
tn_put_fn tn_ctis_put_status;     /* overall status in words or as a code, 1 to 12 */
tn_put_fn tn_ctis_put_date;       /* dates of the trial, of which one comes before another */
tn_put_fn tn_ctis_put_day;        /* any other date: day before month */
tn_put_fn tn_ctis_put_first_day;  /* a date of which the first counts */
tn_put_fn tn_ctis_put_phase_again; /* phase as a code, which may stand in words already */
tn_put_fn tn_ctis_put_meddra;     /* term of MedDRA */
tn_put_fn tn_ctis_put_phase;      /* phase as a code, 1 to 11, or in words */
tn_put_fn tn_ctis_put_sex;        /* sex in words or as a code */
tn_put_fn tn_ctis_put_subjects;   /* isFemaleSubjects and isMaleSubjects */
tn_put_fn tn_ctis_put_age_groups; /* age bands in words, with commas, or one as a code, 1 to 4 */
tn_put_fn tn_ctis_put_scope;      /* scope of the trial, 1 to 13 */
tn_put_fn tn_ctis_put_group;      /* groups of participants: healthy volunteers */
tn_put_fn tn_ctis_put_short_title; /* protocol code or acronym */
tn_put_fn tn_ctis_put_total;      /* planned number of participants */
tn_put_fn tn_ctis_put_criterion;  /* one criterion */
tn_put_fn tn_ctis_put_once;       /* a list's text, unless it is there */
tn_put_fn tn_ctis_put_sponsor;    /* name of a sponsor: the lead sponsor, or a collaborator */
tn_put_fn tn_ctis_put_sponsor_type; /* and its kind */
tn_put_fn tn_ctis_put_sponsor_country;
tn_put_fn tn_ctis_put_product;    /* a product's names: the name, and other names */
tn_put_fn tn_ctis_put_person;     /* first and last name */
tn_put_fn tn_ctis_put_related_id; /* number of an associated trial */
tn_put_fn tn_ctis_put_reason;     /* why a trial was ended early */

/* The code's word; NULL where it is none. */
const char *tn_ctis_status_word(struct tn_str code);

/* ctis_country.c: values of a country, which is found by its name or code or added */
tn_put_fn tn_ctis_put_statuses;  /* `NL:Authorised, not started, DE:Ended`, `France:2` */
tn_put_fn tn_ctis_put_decisions; /* `NL:2024-05-06`, `IT: 24/06/2026, ES: 26/06/2026` */
tn_put_fn tn_ctis_put_country;   /* a country's name */
tn_put_fn tn_ctis_put_in_country; /* a field of the country that the object, or one around it, is about */

#endif
