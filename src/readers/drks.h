/* SPDX-License-Identifier: MIT */
/* The put functions of the rows of the German Clinical Trials Register (drks.c). Each says in its own comment what is
 * odd about the value. */
#ifndef TN_READERS_DRKS_H
#define TN_READERS_DRKS_H

#include "readers/put.h"

tn_put_fn tn_drks_put_text, tn_drks_put_condition;               /* a text by locale: the one that is taken */
tn_put_fn tn_drks_put_language;           /* the locale of the title that is taken */
tn_put_fn tn_drks_put_arm;                /* `Arm 1`, of the text that is taken */
tn_put_fn tn_drks_put_criteria;           /* one side of the criteria by locale */
tn_put_fn tn_drks_put_age_amount;         /* amount without a unit */
tn_put_fn tn_drks_put_age_unit;           /* unit and amount */
tn_put_fn tn_drks_put_planned;            /* planned size */
tn_put_fn tn_drks_put_total;              /* final size */
tn_put_fn tn_drks_put_actual_date;        /* an actual date */
tn_put_fn tn_drks_put_planned_date;       /* a planned date, where no actual one is stated */
tn_put_fn tn_drks_put_country_code;       /* code of a country */
tn_put_fn tn_drks_put_word;               /* a word of a vocabulary, or what no vocabulary has */
tn_put_fn tn_drks_put_duration;           /* cross-sectional or longitudinal */
tn_put_fn tn_drks_put_catalog;            /* the system of a code */
tn_put_fn tn_drks_put_term;               /* the condition that a code stands for */
tn_put_fn tn_drks_put_issuer;             /* who gave a number */
tn_put_fn tn_drks_put_number;             /* the ethics committee's reference number */
tn_put_fn tn_drks_put_register;           /* number in another register, with its name */
tn_put_fn tn_drks_put_register_name;      /* its name where the number is missing */
tn_put_fn tn_drks_put_contact_type;       /* what a contact is for */
tn_put_fn tn_drks_put_affiliation;        /* a contact's organization */
tn_put_fn tn_drks_put_contact_country;    /* and its country */
tn_put_fn tn_drks_put_name;               /* first and last name */
tn_put_fn tn_drks_put_publication;        /* a publication of results, or another document */
tn_put_fn tn_drks_put_document_type;      /* which of them it is */

#endif
