/* SPDX-License-Identifier: MIT */
/* Views of a dataset: its trials as the tables of the tables writer, for SQL.
 *
 * They are named as the tables are, trials, conditions, locations, location_contacts and so on, and have their columns, made from the
 * field table. record_no is the trial's number in the dataset. A date has two columns more, `<name>_from` and `<name>_to`, the first and
 * the last day that it can be; booleans are 0 and 1. Trials that are gone, or joined to another, are left out. Below them lies the view
 * trial_json (record_no, json). */
#ifndef TN_DATASET_VIEWS_H
#define TN_DATASET_VIEWS_H

#include <sqlite3.h>

#include "trialnorm/error.h"

/* Makes the views that are not as they should be, and removes those that another version made and that are no more. To be called in the
 * transaction of whoever writes; when all is as it should be, nothing is written. A view or table of the user's own is left alone, also
 * when it has a name of ours. False with *error (TN_IO in SQLite's words, TN_NO_MEMORY). */
bool tn_dataset_make_views(sqlite3 *database, struct tn_error *error);

#endif
