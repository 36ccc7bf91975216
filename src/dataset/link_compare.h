/* SPDX-License-Identifier: MIT */
/* How each hard fact of a page is held against that of a record (the rows of link_facts.c). */
#ifndef TN_DATASET_LINK_COMPARE_H
#define TN_DATASET_LINK_COMPARE_H

#include "dataset/link_facts.h"

typedef enum tn_link_verdict tn_link_compare_fn(const tn_trial *page, const tn_trial *record, int field);

/* A word, a truth, a number: equal or not. Phases are a set. */
tn_link_compare_fn tn_link_word, tn_link_number, tn_link_phases;
/* Women only and men only exclude each other; so do interventional and observational. */
tn_link_compare_fn tn_link_sex, tn_link_study_type;
/* Either of actual count and target; groups also by counting the arms. */
tn_link_compare_fn tn_link_enrollment, tn_link_groups;
/* Dates: to the day where both say it; the month is enough; the first submission also by what a page calls the launch. */
tn_link_compare_fn tn_link_day, tn_link_month, tn_link_first_submitted;
/* Names. The page's sponsor among the record's organizations; half of the page's cities among those of the record, or none;
 * a condition, a country, an investigator in common; numbers that are no registry's; the acronym. */
tn_link_compare_fn tn_link_sponsor, tn_link_sites, tn_link_countries, tn_link_conditions, tn_link_officials, tn_link_code,
    tn_link_acronym;

#endif
