/* SPDX-License-Identifier: MIT */
/* Which source of a trial is believed first. */
#ifndef TN_DATASET_PRECEDENCE_H
#define TN_DATASET_PRECEDENCE_H

#include "core/str.h"

/* What a reader's source is to a trial. Smaller is believed first. */
enum tn_source_kind {
    TN_SOURCE_REGISTRY,   /* the registry that gave the trial its id */
    TN_SOURCE_COPY,       /* a copy of the registry's record: ICTRP, AACT */
    TN_SOURCE_SPONSOR,    /* the sponsor's own register or recruiting page */
    TN_SOURCE_AGGREGATOR, /* a site that collects trials of others */
    TN_SOURCE_OTHER       /* any other page, table or listing */
};

struct tn_precedence {
    const char *reader;
    enum tn_source_kind kind;
    const char *registry;  /* of TN_SOURCE_REGISTRY: whose trials are its own; those of others are copies */
    bool by_country;       /* it keeps one record of a trial for each country */
};

/* The row of a reader, that of an unknown one for those that the table has not. Static. */
const struct tn_precedence *tn_precedence_of(struct tn_str reader);

/* All rows, for documentation; *count of them. */
const struct tn_precedence *tn_precedences(size_t *count);

/* "registry", "copy", "sponsor", "aggregator", "other". Static. */
const char *tn_source_kind_name(enum tn_source_kind kind);

/* How early a record of that reader is believed: by its place in `prefer` ("isrctn,ictrp"; {NULL, 0}: none named), else behind
 * those, by its kind. `registry` is that of the trial's id. */
unsigned tn_precedence_rank(struct tn_str prefer, struct tn_str reader, struct tn_str registry);

/* Of a trial that several registries gave an id: whose comes first, from 0. */
unsigned tn_registry_rank(struct tn_str registry);

/* The first name in "a,b,c" that is no reader, or {NULL, 0}. */
struct tn_str tn_precedence_unknown(struct tn_str prefer);

#endif
