/* SPDX-License-Identifier: MIT */
/* Put functions of the records in WHO's form (who_xml.c). */
#ifndef TN_READERS_WHO_XML_H
#define TN_READERS_WHO_XML_H

#include "readers/ictrp.h"

tn_put_fn tn_who_put_utn;         /* the universal number, which stands there twice */
tn_put_fn tn_who_put_date;        /* a date: days come first in this form, unless the register has ISO dates */
tn_put_fn tn_who_put_registered, tn_who_put_enrolled;
tn_put_fn tn_who_put_acronym;     /* the scientific acronym, beside the public one */
tn_put_fn tn_who_put_phase;       /* a phase, or what ChiCTR has in its place */
tn_put_fn tn_who_put_conditions;  /* one on each line */
tn_put_fn tn_who_put_outcome;     /* one outcome, or ChiCTR's list */
tn_put_fn tn_who_put_zip;         /* behind the address that stands beside it */
tn_put_fn tn_who_put_age;
tn_put_fn tn_who_put_sex;         /* `-` is both */
tn_put_fn tn_who_put_code;        /* code of a condition, or a word */
tn_put_fn tn_who_put_keyword;     /* keyword of an intervention, or its code */
tn_put_fn tn_who_put_intervention_code; /* the type of the only intervention */
tn_put_fn tn_who_put_committee;   /* name, address, ... of an ethics committee, joined */

#endif
