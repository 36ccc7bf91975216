/* SPDX-License-Identifier: MIT */
/* Joining pages that state no registry identifier with trials, by what they say. */
#ifndef TN_DATASET_LINK_PAGES_H
#define TN_DATASET_LINK_PAGES_H

#include <sqlite3.h>

#include "trialnorm/error.h"

/* Decides for every record that states no registry identifier (no row in `alias`) whether it is one of the trials that
 * the other records make up. Within a transaction that writes, once those are placed (record.trial).
 *
 * Writes `link`: joined, or undecided: with the trial that is near and not surely it, or without one. Decided
 * anew are pages that came or changed in `run` and, when other records did, those that are not joined. The trial of a joined
 * page is changed by the caller. False with *error. */
bool tn_link_pages(sqlite3 *database, sqlite3_int64 run, struct tn_error *error);

#endif
