/* SPDX-License-Identifier: MIT */
/* Registry identifiers: the table of VOCABULARY, canonical forms, addresses. */
#ifndef TN_NORMAL_IDENTIFIER_H
#define TN_NORMAL_IDENTIFIER_H

#include "core/str.h"

enum { TN_IDENTIFIER_MAX = 48 };

struct tn_identifier {
    char value[TN_IDENTIFIER_MAX]; /* canonical: NCT07003269, 2004-002714-11, ... */
    const char *registry;          /* ClinicalTrials.gov, EUCTR, CTIS, ISRCTN, ...; static; NULL for UTN and ID-RCB */
    const char *type;              /* word of the identifier_type vocabulary that suits it; static */
    char country[4];               /* country suffix of a EudraCT number: "DE", "3RD"; else "" */
    bool typo;                     /* accepted with a known misspelling (ISCRTN): worth a warning */
    size_t at, len;                /* where it stands in the text that was searched, with prefix (`JPRN-`, `EUCTR`) and
                                      suffix (`-DE`, `-00`) that the canonical form has not */
};

/* Finds the first registry identifier in `text` at or behind byte `from`. A letter or digit on either side makes it
 * none (MKKCT0001234); letters of scripts that write words without blanks (Chinese) do not count. `registry` (may be
 * NULL) is the registry that the source names beside it, which allows short forms: bare digits of JAPIC, C000000123 of
 * UMIN. */
bool tn_identifier_find(struct tn_str text, size_t from, const char *registry, struct tn_identifier *id);

/* The same where `text` holds nothing else (blanks, quotes, brackets and a final point, comma or semicolon aside). */
bool tn_identifier_is(struct tn_str text, const char *registry, struct tn_identifier *id);

/* True for what stands in the place of an identifier and is none: "nil known", "not applicable", "version 2", all-zero,
 * fewer than 5 characters. */
bool tn_identifier_placeholder(struct tn_str text);

/* The address of a trial at its registry, where the registry has a stable form, in the arena; {NULL, 0} where it has
 * not, or `value` holds what no canonical identifier holds. */
struct tn_str tn_identifier_url(struct tn_arena *arena, const char *registry, struct tn_str value);

/* True when `url` points to a host of `registry`: the host itself or one under it (www., classic., ...). */
bool tn_identifier_url_is_of(const char *registry, struct tn_str url);

/* The name of registry `i`, counted from 0, of all that identifiers can belong to; NULL behind the last. */
const char *tn_registry_name(size_t i);

#endif
