/* SPDX-License-Identifier: MIT */
/* Where the blocks of the EU Clinical Trials Register's text downloads begin, and who claims such a text. */
#ifndef TN_READERS_EUCTR_BLOCKS_H
#define TN_READERS_EUCTR_BLOCKS_H

#include "readers/page.h"

enum tn_euctr_path { TN_EUCTR_PROTOCOL, TN_EUCTR_SUMMARY, TN_EUCTR_PATHS };

extern const char *const tn_euctr_paths[]; /* record paths (core/line_path.h), by number; ended by NULL */

/* What stands there before the first block, or without any, is what is left of one whose beginning was cut away: lines with
 * labels. *path is that of the block; at least `fewest` different labels of it count. */
bool tn_euctr_remains(struct tn_str text, int fewest, int *path);

/* detect of the reader. Both kinds of blocks may stand in one text. */
void tn_euctr_detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence);

#endif
