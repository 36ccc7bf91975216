/* SPDX-License-Identifier: MIT */
/* Exports of registries that nobody has described: what the readers `delimited`, `json` and `xml` know
 * of names. The names of
 * their columns, members and elements are looked up in the table of labels that the reader `page` has. */
#ifndef TN_READERS_GENERIC_NAMES_H
#define TN_READERS_GENERIC_NAMES_H

#include <stdint.h>

#include "readers/generic_labels.h"
#include "trialnorm/reader.h"

/* What a name says in such an export. `dateRegistered`, `date_registered` and `Date registered` are one name. */
struct tn_label tn_data_label(struct tn_str name, enum tn_label_within within);

/* "min_age_years" without the unit; empty where there is none. */
struct tn_str tn_data_before_years(struct tn_str name);

/* True for a name that nobody knows, of an element or column that holds the number of a trial: "slctrNumber", "Registration ID
 * of PACTR" with a value that is a register's number. */
bool tn_data_is_number(struct tn_str name, struct tn_str value);

/* The names of one record, and the values that stand there, as evidence. All zero at the start. */
enum { TN_DATA_NAMES = 4 };
struct tn_data_names {
    uint64_t words[TN_DATA_NAMES];   /* bit set: this word of the labels is there, */
    uint64_t stated[TN_DATA_NAMES];  /* ... with a value, */
    uint64_t fitting[TN_DATA_NAMES]; /* ... that suits it */
    uint32_t telling; /* bit set: this name is there, which tables of nothing else have ("public title") */
    bool numbered;    /* an identifier stands under a name that is more than "id" */
    bool registered;  /* ... is one of a register */
    bool among_trials; /* the record is an entry of `trials`, or a `trial` */
    bool valued;       /* what has no value says nothing: a header may stand alone, a JSON Schema has nothing but names */
};

/* Adds a name with its value; {NULL, 0} where it is not known. */
void tn_data_names_add(struct tn_data_names *names, struct tn_str name, struct tn_str value);
void tn_data_names_join(struct tn_data_names *names, const struct tn_data_names *others);

/* True for the name of a list of trials, and of one trial. */
bool tn_data_is_trials(struct tn_str name);
bool tn_data_is_trial(struct tn_str name);

/* True when an identifier or a title is among them. */
bool tn_data_names_identified(const struct tn_data_names *names);

/* True when these add to what is known of a trial that has its identifier or title elsewhere. */
bool tn_data_names_add_to(const struct tn_data_names *names);

/* True when these are the names of a trial, not of any table with titles and dates. */
bool tn_data_names_claim(const struct tn_data_names *names);

/* Looks for the first record of a trial in the beginning of a JSON or XML document (generic_path.c). True: *names are
 * its names, and `path` (of `room` bytes) is the record path at which it stands; empty where it needs none. */
bool tn_data_json_path(struct tn_str head, char *path, size_t room, struct tn_data_names *names);
bool tn_data_xml_path(struct tn_str head, char *path, size_t room, struct tn_data_names *names);

/* Adds up what the names of a document say; `self->most_bits` at most. */
void tn_data_detect(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence);

/* The tree of the record that is read; NULL with *error set, placed in the document. */
struct cJSON;
struct tn_reading;
const struct cJSON *tn_data_tree(struct tn_reading *reading, struct tn_worker *worker, struct tn_error *error);

#endif
