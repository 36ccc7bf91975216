/* SPDX-License-Identifier: MIT */
/* --redact: a record without the people in it. */
#ifndef TN_READERS_REDACT_H
#define TN_READERS_REDACT_H

#include "trial/record.h"

/* What stands in the place of what was taken out of a text. */
#define TN_REDACTED "[redacted]"

/* Clears every field that says who or where a person is (TN_PERSON), in all records of the trial, and replaces in all
 * other texts, `extra`, `warnings` and `provenance` included:
 *   e-mail addresses;
 *   telephone numbers in an international or national form, or behind a word such as `Tel.`, with their extension;
 *   the names of the people that the person fields held, and their surnames behind `Dr`, `Prof`, `Mr`, `Mrs`, `Ms` or
 *   `contact`, or alone when they have a capital and four letters; addresses and other values of person fields, where
 *   they stand whole;
 *   one to four words with capitals behind a title, `principal investigator` or `contact person`, or before a degree;
 *   what stands behind `Address:` on a line.
 * The last two and surnames alone are not looked for in the names of places and organizations and in words of vocabularies.
 * Of publications only e-mail addresses go. Fields that hold identifiers, codes, addresses of pages and the like are left
 * as they are, but for e-mail addresses. New texts are made in
 * `arena`; when it is full, what could not be cleaned is left out. */
void tn_redact(struct tn_record *trial, struct tn_arena *arena);

#endif
