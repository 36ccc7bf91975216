/* SPDX-License-Identifier: MIT */
/* A record on its way into the dataset: made of a trial on the thread that read it, taken apart on the one that writes. */
#ifndef TN_DATASET_ARRIVAL_H
#define TN_DATASET_ARRIVAL_H

#include "core/buf.h"
#include "trial/record.h"
#include "trialnorm/reader.h"

/* The texts of an arrival, in the order in which they are packed. Absent: {NULL, 0}. */
enum tn_arrival_part {
    TN_ARRIVAL_KEY,        /* what names the record: see tn_arrival_pack */
    TN_ARRIVAL_FILE,       /* the path as it is, in whatever characters */
    TN_ARRIVAL_MEMBER,
    TN_ARRIVAL_READER,
    TN_ARRIVAL_SITE,
    TN_ARRIVAL_URL,
    TN_ARRIVAL_TRIAL_ID,
    TN_ARRIVAL_REGISTRY,
    TN_ARRIVAL_RECORD_KEY,
    TN_ARRIVAL_STAMP,      /* batch/unique.h */
    TN_ARRIVAL_ALIASES,    /* a packed list of registry, id and `former` or nothing, in turns: tn_arrival_next */
    TN_ARRIVAL_WORDS,      /* ... of field and word that no vocabulary knows */
    TN_ARRIVAL_JSON,
    TN_ARRIVAL_PARTS
};

struct tn_arrival {
    struct tn_str part[TN_ARRIVAL_PARTS];
    int64_t record_index; /* -1: none */
    uint64_t hash;        /* of the JSON without `source` */
    uint64_t present[TN_PRESENT_WORDS]; /* which fields the record states: bit field % 64 of word field / 64 */
};

/* Appends the packed form of one trial that was made of `raw`. Its key is the reader (of generic readers with the site) and
 *  - its trial_id, with the country's code where the source keeps one record for each country (dataset/precedence.h), or gives the id
 *    with a country, else
 *  - the page's address, else
 *  - file, member and number of the record.
 * A normalized record that was made by another program may not say where it comes from: then it comes from where it was read.
 * What does not fit is seen in bytes->failed. */
void tn_arrival_pack(const tn_trial *trial, const struct tn_raw *raw, struct tn_buf *bytes);

/* Takes apart what was packed; everything is borrowed from `bytes`. False when it is nothing of the kind. */
bool tn_arrival_unpack(struct tn_str bytes, struct tn_arrival *arrival);

/* The next text of a packed list; false at its end. */
bool tn_arrival_next(struct tn_str *rest, struct tn_str *text);

#endif
