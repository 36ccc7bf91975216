/* SPDX-License-Identifier: MIT */
/* Designs in the words of registers. */
#ifndef TN_READERS_ICTRP_DESIGN_H
#define TN_READERS_ICTRP_DESIGN_H

#include "readers/put.h"

enum tn_ictrp_kind { TN_ICTRP_OTHER_KIND, TN_ICTRP_INTERVENTIONAL, TN_ICTRP_OBSERVATIONAL };

/* Puts what a clean text says in known words into allocation, intervention_model, masking, who_masked, primary_purpose,
 * observational_model, time_perspective and group_count of the trial; words without labels only as a study of that kind has
 * them. Keeps the text nowhere. */
void tn_ictrp_take_design(struct tn_reading *reading, struct tn_record *trial, struct tn_str text, enum tn_ictrp_kind kind);

#endif
