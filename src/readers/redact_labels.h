/* SPDX-License-Identifier: MIT */
/* What stands in `extra` under labels that only its source knows to be a person's. */
#ifndef TN_READERS_REDACT_LABELS_H
#define TN_READERS_REDACT_LABELS_H

#include "trial/record.h"
#include "trialnorm/reader.h"

/* Replaces in `extra` what the reader that made the record (source.reader, of `readers`, ended by NULL) leaves out when it
 * redacts: what stands under labels of its site that say who a person is (TN_ROW_PEOPLE). Nothing where the reader is not
 * there, or reads no pages by a table of labels. */
void tn_redact_labels(struct tn_record *trial, const struct tn_reader *const *readers);

#endif
