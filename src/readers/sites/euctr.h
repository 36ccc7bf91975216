/* SPDX-License-Identifier: MIT */
/* The EU Clinical Trials Register: what its pages and its text downloads share. */
#ifndef TN_READERS_SITES_EUCTR_H
#define TN_READERS_SITES_EUCTR_H

#include "readers/page_read.h"

extern const struct tn_site tn_euctr_protocol; /* one country's protocol: `trials-full.txt` (euctr_page.c) */
extern const struct tn_site tn_euctr_summary;  /* one trial in a few lines: `trials-summary.txt` (euctr_summary.c) */

/* What the rows of the summary cannot say: the countries in `Trial protocol`, the codes in `Disease`. */
void tn_euctr_summarise(struct tn_page_reading *page);

#endif
