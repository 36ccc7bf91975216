/* SPDX-License-Identifier: MIT */
/* Writers: the forms that trials are written in. A writer walks the field table and names no field. */
#ifndef TRIALNORM_WRITER_H
#define TRIALNORM_WRITER_H

#include "trialnorm/trial.h"

#ifdef __cplusplus
extern "C" {
#endif

struct tn_buf;

/* Which fields are written. Members of records are chosen one by one. */
struct tn_selection;

/* All fields. NULL when memory is short. Freed by tn_selection_free (NULL allowed). */
struct tn_selection *tn_selection_new(void);
void tn_selection_free(struct tn_selection *selection);

/* Reads a list of names "title,locations_city,arms": a field, or a member as `field_member` or `field.member`. With
 * `keep` only what is named stays, else what is named goes. False with *error (TN_USAGE, naming the first name that is
 * none, and the nearest that is one). */
bool tn_selection_apply(struct tn_selection *selection, const char *names, bool keep, struct tn_error *error);

/* Whether a field of the trial, or a member of one, is chosen. A NULL selection chooses all but `provenance`'s absence:
 * everything. `member` -1: any of it. */
bool tn_selected(const struct tn_selection *selection, int field, int member);

struct tn_write_options {
    const struct tn_selection *selection; /* NULL: everything */
    bool excel;                           /* CSV: byte-order mark, CRLF, formulas made harmless */
    bool provenance;                      /* CSV: a column for provenance */
};

/* Where the bytes go. One sink may have several parts (files of a directory). */
struct tn_sink {
    void *context;
    /* Opens part `name` ("locations.csv"; NULL for the only part) and returns its handle, or -1 with *error. */
    int (*open)(void *context, const char *name, struct tn_error *error);
    /* Takes bytes for a part; false with *error when they cannot be written. */
    bool (*write)(void *context, int part, const char *bytes, size_t len, struct tn_error *error);
};

struct tn_writer {
    const char *name;        /* "ndjson" */
    const char *description; /* one line for `trialnorm list writers` */
    const char *const *extensions; /* of file names that suit it: ".csv", ended by NULL */
    bool parts;              /* writes several files into a directory */
    size_t state_size;       /* bytes that the caller gives as `state`, zeroed */
    /* In this order: begin once, record for each trial, end once (also when nothing was written, and after a failure:
     * it then only frees). TN_OK, or TN_FATAL with *error. */
    enum tn_severity (*begin)(const struct tn_writer *self, void *state, const struct tn_write_options *options,
                              const struct tn_sink *sink, struct tn_error *error);
    enum tn_severity (*record)(const struct tn_writer *self, void *state, const tn_trial *trial,
                               struct tn_error *error);
    enum tn_severity (*end)(const struct tn_writer *self, void *state, bool failed, struct tn_error *error);

    /* `record` in two steps, for whoever formats on several threads and writes on one: `format` with a format of each
     * thread's own, then `put` with the writer's state, in the order of the output. What is between the two is the
     * writer's own and may be kept anywhere. */
    size_t format_size; /* bytes that the caller gives as `format`, zeroed */
    /* False when memory is short; format_end follows in any case. The options must outlive the format. */
    bool (*format_begin)(const struct tn_writer *self, void *format, const struct tn_write_options *options);
    /* Appends one trial to `bytes` (core/buf.h); what does not fit is seen in bytes->failed. */
    void (*format)(const struct tn_writer *self, void *format, const tn_trial *trial, struct tn_buf *bytes);
    void (*format_end)(const struct tn_writer *self, void *format);
    /* The bytes of one trial, whole; with `runs` also those of several, one behind the other. */
    bool runs;
    enum tn_severity (*put)(const struct tn_writer *self, void *state, struct tn_str bytes, struct tn_error *error);
};

/* All writers, ended by NULL, the default first; and the one of that name, or NULL. Static. */
const struct tn_writer *const *tn_writers(void);
const struct tn_writer *tn_writer_find(const char *name);

/* The JSON Schema (draft 2020-12) of one record, made from the field table, and docs/SCHEMA.md, likewise. */
enum tn_severity tn_write_schema(const struct tn_sink *sink, struct tn_error *error);
enum tn_severity tn_write_schema_page(const struct tn_sink *sink, struct tn_error *error);

/* CREATE TABLE statements for what the tables writer writes with these options, and, as comments, how to load its files. A date
 * is text with two columns that the engine works out, `<name>_from` and `<name>_to`: the first and the last day that it can be.
 * TN_FATAL with *error (TN_USAGE where there is no such dialect). */
enum tn_severity tn_write_schema_sql(const char *dialect, const struct tn_write_options *options, const struct tn_sink *sink,
                                     struct tn_error *error);

/* The names of the dialects from i = 0 on ("sqlite"), then NULL. */
const char *tn_sql_dialect(size_t i);

#ifdef __cplusplus
}
#endif
#endif
