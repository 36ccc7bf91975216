/* SPDX-License-Identifier: MIT */
/* The tables of a dataset file. What a trial is stands in them as its normalized JSON, so that a new field changes nothing
 * here; views made from the field table show it as the columns of the tables writer. */
#ifndef TN_DATASET_SCHEMA_H
#define TN_DATASET_SCHEMA_H

/* PRAGMA application_id of a dataset ("TNdb"), and user_version: the version of these tables. */
enum { TN_DATASET_APPLICATION = 0x544E6462, TN_DATASET_VERSION = 1 };

/* Statements that make all tables, ended by NULL. Static.
 *
 * run       one row for every sync, numbered from 1; `at` and `ended` are UTC (2026-11-22T02:00:00Z)
 * setting   what holds for the whole file: `prefer`, the readers that --prefer named
 * input     every file that was read: as it was then (bytes, nanoseconds, hash), how it was read (`how`: version and options of
 *           reading)
 * attendance  the last run in which an input was among those that were named
 * record    one record of one source, as it was last read. `key` names it (dataset/key.h). `json` is its normalized record on one
 *           line, `stamp` its own last update in a form that sorts, `hash` that of its content without `source`.
 *           `present`:
 *           which fields it states (arrival.h). `first_run`: when it came; `last_run`: when its content last changed; `gone_run`: when it was missed, or NULL
 * sighting  which input holds which record, whether or not it was the newest; `run`: when it was last read there, `hash`: of what it said
 * unseen    records that no input holds any more
 * given     how many records of which source an input gave when it was last read, and how many of them state which field
 *           (dataset/fill.h)
 * alias     the registry identifiers by which a record is joined with others; `own` is 1 for its trial_id, `former` for
 *           another id that the same registry gave it
 * trial     what records together say. `key` is its record_key. One record: `sole` is that record, and `json` is NULL; several:
 *           `json` is the merged record. `joined` is the trial that it has become a part of; such a row has no records
 * version   what a trial was before the run `run` changed it: its JSON, deflated (dataset/packed.h)
 * origin    of a trial of several records: which record a field comes from
 * conflict  ... and what the others say instead: JSON of the values
 * change    the log: what a run changed. `op`: added, gone, returned, joined, parted (the trial: field NULL), or added, removed,
 *           changed, reordered (the field, or one entry of a list). `old` and `new` are JSON of the value or the entry; of a whole
 *           trial, NULL or a JSON string. `source` names the record: dataset/source.h. `dated` is that record's own last update,
 *           or NULL
 * link      how a record came to a trial in which it is not the first: `state` joined, or apart: undecided, refused (one that was
 *           joined to a trial can have been refused to others).
 *           `evidence` is a line for people. `trial` is the trial that it was joined to, or the best candidate (apart); score and
 *           runner_up are from 0 to 1, runner_up 0 where there is none
 * link_*    the full-text index of pages without an identifier: dataset/link_index.h; only where there are such pages
 * fill      how many records of a source a run read (field ''), and how many of them state a field. A source is a reader, and
 *           for pages its site
 * word      the first run in which a vocabulary's field had a word that the vocabulary does not know */
extern const char *const tn_dataset_tables[];

#endif
