/* SPDX-License-Identifier: MIT */
#include "dataset/schema.h"

#include <stddef.h>

const char *const tn_dataset_tables[] = {
    "CREATE TABLE run (run INTEGER PRIMARY KEY, at TEXT NOT NULL, ended TEXT, inputs TEXT NOT NULL, complete INTEGER NOT NULL,"
    " files INTEGER NOT NULL DEFAULT 0, unchanged INTEGER NOT NULL DEFAULT 0, records INTEGER NOT NULL DEFAULT 0,"
    " failed INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0,"
    " gone INTEGER NOT NULL DEFAULT 0, changes INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE input (input INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, mtime INTEGER NOT NULL,"
    " ctime INTEGER NOT NULL, hash TEXT, how TEXT NOT NULL, records INTEGER NOT NULL, failed INTEGER NOT NULL,"
    " first_run INTEGER NOT NULL)",
    "CREATE INDEX input_failed ON input (failed) WHERE failed > 0",
    "CREATE TABLE attendance (input INTEGER PRIMARY KEY, run INTEGER NOT NULL)",
    "CREATE TABLE record (record INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, trial INTEGER, reader TEXT NOT NULL, site TEXT,"
    " input INTEGER NOT NULL, member TEXT, record_index INTEGER, trial_id TEXT, registry TEXT, record_key TEXT NOT NULL, url TEXT,"
    " stamp TEXT NOT NULL, hash INTEGER NOT NULL, first_run INTEGER NOT NULL, last_run INTEGER NOT NULL, gone_run INTEGER,"
    " present BLOB, json TEXT NOT NULL)",
    "CREATE INDEX record_by_trial ON record (trial)",
    "CREATE INDEX record_by_run ON record (last_run)",
    "CREATE INDEX record_without_id ON record (record) WHERE trial_id IS NULL",
    "CREATE TABLE sighting (input INTEGER NOT NULL, record INTEGER NOT NULL, run INTEGER NOT NULL, hash INTEGER,"
    " PRIMARY KEY (input, record)) WITHOUT ROWID",
    "CREATE INDEX sighting_by_record ON sighting (record)",
    "CREATE TABLE unseen (record INTEGER PRIMARY KEY)",
    "CREATE TABLE given (input INTEGER NOT NULL, source TEXT NOT NULL, records INTEGER NOT NULL, filled BLOB NOT NULL,"
    " PRIMARY KEY (input, source)) WITHOUT ROWID",
    "CREATE TABLE alias (id TEXT NOT NULL, record INTEGER NOT NULL, registry TEXT, own INTEGER NOT NULL,"
    " former INTEGER NOT NULL,"
    " PRIMARY KEY (id, record)) WITHOUT ROWID",
    "CREATE INDEX alias_by_record ON alias (record)",
    "CREATE TABLE trial (trial INTEGER PRIMARY KEY, key TEXT NOT NULL, trial_id TEXT, first_run INTEGER NOT NULL,"
    " last_run INTEGER NOT NULL, gone_run INTEGER, joined INTEGER, sole INTEGER, json TEXT)",
    "CREATE INDEX trial_by_key ON trial (key)",
    "CREATE TABLE version (trial INTEGER NOT NULL, run INTEGER NOT NULL, json BLOB NOT NULL, PRIMARY KEY (trial, run))",
    "CREATE TABLE origin (trial INTEGER NOT NULL, field TEXT NOT NULL, record INTEGER NOT NULL,"
    " PRIMARY KEY (trial, field)) WITHOUT ROWID",
    "CREATE TABLE conflict (trial INTEGER NOT NULL, field TEXT NOT NULL, record INTEGER NOT NULL, value TEXT NOT NULL,"
    " winner INTEGER NOT NULL, winning TEXT NOT NULL, PRIMARY KEY (trial, field, record))",
    "CREATE TABLE change (change INTEGER PRIMARY KEY, run INTEGER NOT NULL, trial INTEGER NOT NULL, trial_id TEXT NOT NULL,"
    " op TEXT NOT NULL, field TEXT, old TEXT, new TEXT, source TEXT, dated TEXT)",
    "CREATE INDEX change_by_run ON change (run)",
    "CREATE INDEX change_by_trial ON change (trial, run, field)",
    "CREATE TABLE link (record INTEGER NOT NULL, state TEXT NOT NULL, trial INTEGER, score REAL, runner_up REAL,"
    " evidence TEXT NOT NULL, run INTEGER NOT NULL)",
    "CREATE UNIQUE INDEX link_by_record ON link (record, state, trial)",
    "CREATE TABLE fill (run INTEGER NOT NULL, source TEXT NOT NULL, field TEXT NOT NULL, filled INTEGER NOT NULL,"
    " PRIMARY KEY (run, source, field)) WITHOUT ROWID",
    "CREATE TABLE word (field TEXT NOT NULL, word TEXT NOT NULL, source TEXT NOT NULL, run INTEGER NOT NULL,"
    " PRIMARY KEY (field, word)) WITHOUT ROWID",
    NULL,
};
