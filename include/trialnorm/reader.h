/* SPDX-License-Identifier: MIT */
/* Readers: who reads what. A reader turns one record of its source into trials.
 *
 * A document is detected once (tn_detect), cut into records by its reader's record paths (pages are one record), and
 * every record is read on its own (tn_read). All state of reading is a worker's; workers share nothing. */
#ifndef TRIALNORM_READER_H
#define TRIALNORM_READER_H

#include "trialnorm/trial.h"
#include "trialnorm/where.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The form of the bytes, told from the first significant ones; knows no source. */
enum tn_syntax {
    TN_SYNTAX_JSON, /* an object or array, several of them, or one on each line */
    TN_SYNTAX_TEXT, /* lines */
    TN_SYNTAX_HTML, /* a page as browsers have it; readers of text read it too: the same blocks are made of both */
    TN_SYNTAX_XML,  /* elements that are no page's */
    TN_SYNTAX_DELIMITED, /* rows of cells below a row of names: CSV, TSV and kin */
    TN_SYNTAX_COUNT
};

/* What a reader reads, or-ed. */
enum {
    TN_READS_JSON = 1 << TN_SYNTAX_JSON,
    TN_READS_HTML = 1 << TN_SYNTAX_HTML,
    TN_READS_PAGE = 1 << TN_SYNTAX_TEXT | 1 << TN_SYNTAX_HTML,
    TN_READS_XML = 1 << TN_SYNTAX_XML,
    TN_READS_DELIMITED = 1 << TN_SYNTAX_DELIMITED
};

/* "json", "text", "html", "xml", "delimited". Static. */
const char *tn_syntax_name(enum tn_syntax syntax);

/* True for text and HTML: a document is one record and read by its blocks. */
bool tn_syntax_is_page(enum tn_syntax syntax);

struct tn_page; /* the blocks of a page (src/syntax/blocks.h) */
struct tn_member_names;
struct tn_worker;
struct tn_reader;

/* What a reader sees of a document when it is asked whether it claims it. */
struct tn_peek {
    enum tn_syntax syntax;
    struct tn_str bytes;        /* UTF-8: the first 64 KiB of structured text, the whole of a page */
    const struct tn_page *page; /* the blocks of text and HTML; else NULL */
    const struct tn_member_names *names; /* of JSON: the names of its members (src/readers/member_names.h); else NULL */
    struct tn_worker *worker;   /* who asks; its memory may be used until the next record */
};

/* What a reader found, and where its bits come from: one short phrase for each thing really compared, separated by
 * "; ". A reader adds with tn_evidence_add. */
struct tn_evidence {
    unsigned bits;
    char what[512];
};

/* Adds 8 bits for every byte of `found` (a key, a heading, a label that was compared), and names it. */
void tn_evidence_add(struct tn_evidence *evidence, struct tn_str found);

/* A long member of a record: its value's place in the record's bytes, brackets included. */
struct tn_raw_member {
    size_t at, len;
};

enum { TN_RAW_MEMBERS = 8 };

/* How a delimited text is written. */
struct tn_delimited {
    struct tn_str header; /* its first row, as it stands; UTF-8 */
    char separator;
    char line_end; /* '\n', also of '\r\n'; '\r' where that alone ends lines */
    bool row_names; /* rows have one cell more than the header: before its columns stands the row's number */
    bool quoted;   /* cells may be quoted; else a quotation mark is text like any other */
    /* Bits: by NA (1), N/A (2), None (4) this table means an empty cell, without quotation marks or within them. */
    unsigned char empty, empty_quoted;
};

/* One record as the splitter cut it. Everything is borrowed from the caller until the reading of it returns. */
struct tn_raw {
    enum tn_syntax syntax; /* in which a reader of several reads it */
    char *bytes; /* UTF-8, NUL behind it; the reader may change it */
    size_t len;
    const char *file;   /* input path as given, "-" for standard input */
    const char *member; /* member inside an archive, or NULL */
    const char *url;     /* address from which the document was fetched, as its container states it, or NULL */
    const char *fetched; /* ... and when: a date in any usual form, or NULL */
    const char *cut;     /* the container holds only a part of the document: its word for why; or NULL */
    size_t index;       /* number of the record in the document, from 0 */
    size_t offset;      /* byte in the document where the record starts, from 0; of its text in UTF-8, where it came in
                           another character set */
    unsigned line;      /* line in the document where it starts, from 1 */
    size_t repaired;    /* how many bytes were replaced by U+FFFD before */
    const char *decoding; /* what is to be said of how its bytes became UTF-8, as a warning (`repaired-text`); or NULL */
    /* The first members of a JSON object that are long themselves, where whoever cut the record noted them: a reader may
     * leave those out that it does not read. len 0: no more. */
    struct tn_raw_member large[TN_RAW_MEMBERS];
    struct tn_delimited delimited; /* of a row of delimited text */
    size_t joined; /* rows of other tables that were joined to it */
};

/* Takes one trial; it is borrowed until the function returns. False stops the reading. */
typedef bool tn_emit_fn(void *context, const tn_trial *trial);

enum { TN_RECORD_PATH_MAX = 512 };

struct tn_reader {
    const char *name;                /* "ctgov-v2" */
    const char *description;         /* one line for `trialnorm list readers` */
    unsigned syntaxes;               /* TN_READS_... */
    const char *const *record_paths; /* where records stand in a container, ended by NULL: "studies[]" of JSON, where a
                                        bare record, an array of records and several documents in one file need no
                                        path; "<trials><trial>" of XML: the elements of the last name inside those
                                        before it, wherever that is; "^Summary^Trial Status:" of
                                        text: blocks of lines (core/line_path.h). NULL: the whole document is one record */
    const char *const *record_keys;  /* members of which each record of JSON has one, ended by NULL: records are found by them in
                                        containers that record_paths do not name ({"result": {"items": [...]}}). NULL:
                                        nobody looks */
    const void *table;               /* what a generic detect and read work by */
    /* Finds the path in the first 64 KiB of a document (`*` and `a|*` of JSON: input/split.h), where it is not the same in all: true with `path` (`room` bytes)
     * filled. NULL: it always is. */
    bool (*tell_path)(struct tn_str head, char *path, size_t room);
    unsigned most_bits;              /* it never claims more; 0: as much as it finds */
    bool finished;                   /* its records are trialnorm's own, read again: nothing is derived from them or added to them
                                        but what no record is without (record_key, source) */
    bool generic;                    /* it knows no source of its own, and reads what nobody else claims */
    /* Adds to *evidence what it found; no evidence, no claim. */
    void (*detect)(const struct tn_reader *self, const struct tn_peek *peek, struct tn_evidence *evidence);
    /* Reads one record: 0..n calls of `emit`. TN_OK, TN_WARN, or TN_FAILED with *error filled (line and offset in the
     * document where they are known). */
    enum tn_severity (*read)(const struct tn_reader *self, struct tn_worker *worker, const struct tn_raw *raw,
                             tn_emit_fn *emit, void *context, struct tn_error *error);
};

/* Where the records of this document stand, besides reader->record_paths, by its first 64 KiB (or all of it): true with
 * `path` (of `room` bytes) filled. */
bool tn_record_path(const struct tn_reader *reader, enum tn_syntax syntax, struct tn_str head, char *path, size_t room);

/* True when the reader reads that syntax. */
bool tn_reader_reads(const struct tn_reader *reader, enum tn_syntax syntax);

/* The syntax in which a reader that was chosen reads a document of the syntax `found`: that one where it can, else the
 * first of its own. */
enum tn_syntax tn_reader_syntax(const struct tn_reader *reader, enum tn_syntax found);

/* "json", "text, html", ...: the names of what it reads, into `names`. */
void tn_reader_syntax_names(const struct tn_reader *reader, char *names, size_t room);

/* All built-in readers, ended by NULL; and the one of that name, or NULL. Static. */
const struct tn_reader *const *tn_readers(void);
const struct tn_reader *tn_reader_find(const char *name);

/* The one of that name in such a list, or NULL. */
const struct tn_reader *tn_reader_among(const struct tn_reader *const *readers, const char *name);

/* How records are read. All zero is the default. */
struct tn_read_options {
    bool provenance;   /* fill the field `provenance` */
    bool runner_up;    /* tn_detect asks every reader, though one has won beyond doubt: for the verdict's runner-up */
    bool redact;       /* leave out people's names, telephone numbers, e-mail and postal addresses */
    size_t max_record; /* bytes; 0: 64 MiB */
    const struct tn_where *where; /* only trials for which this holds are wanted; NULL: all. Borrowed, may be shared */
    unsigned shard, shards; /* of `shards` parts of all trials (0: there are none) part `shard`, from 1: which part a trial
                               belongs to is told by a hash of its record_key alone */
    const struct tn_reader *const *readers; /* who may claim a document, ended by NULL; NULL: tn_readers(). Borrowed, and
                                               only read: workers of several threads may share one list */
};

enum { TN_DEFAULT_MAX_RECORD = 64 * 1024 * 1024 };

/* Prepares the process: sets cJSON's memory hooks. Call once, before any thread and before any other use of cJSON.
 * cJSON's hooks are process-wide: with these set, cJSON called by the program itself uses malloc and free as ever; a
 * program that sets hooks of its own later is not supported. */
void tn_init(void);

/* A worker: the memory and the parser state of one thread. NULL when memory is short. Freed by tn_worker_free. */
struct tn_worker *tn_worker_new(const struct tn_read_options *options);
void tn_worker_free(struct tn_worker *worker);

/* A line of a page that became neither a field nor `extra`, and is no known text of the site. */
struct tn_left_over {
    unsigned line; /* in the document, from 1 */
    struct tn_str text;
};

/* How much of a page was understood. Characters are those of its text without blanks; scripts, menus and what else is
 * left out of a page (docs/FORMATS.md) are no part of it. */
struct tn_coverage {
    size_t characters;
    size_t accounted; /* in a field, in `extra`, or known text of the site */
    const struct tn_left_over *left; /* in the order of the page; `left_count` of them */
    size_t left_count;
};

/* How many trials of the record that was read last were not wanted (tn_read_options.where, shard). */
size_t tn_worker_left_out(const struct tn_worker *worker);

/* How many warnings the trial had before it was read, in its `warnings` in front of those of this reading: a reader of finished
 * records says so. */
size_t tn_worker_warned_before(const struct tn_worker *worker);

/* Of how many records of the source, besides one for each trial, the trials of the record that was read last were made: a
 * reader that joins several (country blocks, the rows of tables) says so. */
size_t tn_worker_merged(const struct tn_worker *worker);

/* Of the page that was read last, from its `emit` on until the next reading; NULL when the record was no page. */
const struct tn_coverage *tn_worker_coverage(const struct tn_worker *worker);

/* Per cent of the characters that are accounted for; 100 of an empty page. */
double tn_coverage_share(const struct tn_coverage *coverage);

struct tn_verdict {
    enum tn_syntax syntax;
    const struct tn_reader *reader; /* NULL when nobody claims the document, or two do with equal right */
    struct tn_evidence evidence;    /* of the best */
    const struct tn_reader *runner_up; /* NULL where there is none */
    unsigned runner_up_bits;
    size_t second; /* of JSON: where a second document begins in the bytes; 0: there is none to be seen */
};

/* The syntax of a document by its first bytes (the first 64 KiB, or all of it). */
enum tn_syntax tn_syntax_of(struct tn_str bytes);

/* Where the documents that are detected from now on were fetched, as their container states it, or NULL: text cannot say it
 * itself. Borrowed. */
void tn_detect_at(struct tn_worker *worker, const char *address);

/* Who reads a document: `bytes` are its first 64 KiB, or all of it; a page must be given whole. The best of all readers
 * of the syntax (those of the worker's options) wins when it leads by at least 8 bits. TN_OK, or TN_FAILED with *error (TN_UNRECOGNISED, which says what
 * was looked for, or TN_AMBIGUOUS, which names both); *verdict is filled in either case. */
enum tn_severity tn_detect(struct tn_worker *worker, struct tn_str bytes, struct tn_verdict *verdict,
                           struct tn_error *error);

/* True when that reader finds evidence of its own in a document (not in a page), whoever else does. */
bool tn_recognises(struct tn_worker *worker, const struct tn_reader *reader, struct tn_str bytes);

/* Reads one record with `reader`: every trial is finished (record_key, source, countries, ...) and handed to `emit`.
 * The worker's memory is reset before: trials of the call before are gone. *trials (may be NULL) counts them. */
enum tn_severity tn_read(struct tn_worker *worker, const struct tn_reader *reader, const struct tn_raw *raw,
                         tn_emit_fn *emit, void *context, size_t *trials, struct tn_error *error);

#ifdef __cplusplus
}
#endif
#endif
