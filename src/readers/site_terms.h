/* SPDX-License-Identifier: MIT */
/* The terms in which a site is described in JSON. One set of tables for reading a description (site_read.c), checking
 * it (site_check.c), writing one (site_write.c) and the JSON Schema of one (site_schema.c). Each member is one of
 * struct tn_site, tn_site_row, tn_site_shape or tn_site_part (page.h), so that both say the same. */
#ifndef TN_READERS_SITE_TERMS_H
#define TN_READERS_SITE_TERMS_H

#include "core/arena.h"
#include "core/buf.h"
#include "readers/page.h"
#include "trialnorm/site.h"

/* What is described. */
struct tn_described {
    struct tn_reader reader;
    struct tn_site site;
};

/* A word for a value of an enumeration, or for a bit of the flags. */
struct tn_site_word {
    const char *word;
    unsigned value;
    const char *meaning;
};

struct tn_site_words {
    const char *what; /* "mode": for messages */
    const struct tn_site_word *all;
    size_t count;
};

extern const struct tn_site_words tn_site_modes, tn_site_shapes, tn_site_flags;

/* The word for a value, or NULL. */
const struct tn_site_word *tn_site_word_of(const struct tn_site_words *words, unsigned value);

enum tn_site_kind {
    TN_SITE_TEXT,        /* const char * */
    TN_SITE_MARK,        /* the same, with blanks at its ends where it has them */
    TN_SITE_TEXTS,       /* const char *const *, ended by NULL: an array of texts */
    TN_SITE_LABELS,      /* const char *, apart by `|`: an array of texts */
    TN_SITE_SWITCH,      /* bool: only true is written */
    TN_SITE_NUMBER,      /* unsigned, from 1 */
    TN_SITE_WORD,        /* an enumeration, by its word; 0 is not written */
    TN_SITE_BITS,        /* unsigned: an array of words */
    TN_SITE_ROW_FIELD,   /* type and field of a row: `title`, or a member as `source.page_updated` */
    TN_SITE_TRIAL_FIELD, /* int: a field of the trial */
    TN_SITE_COUNT_FIELD, /* int: a field of the trial that holds a number; 0 is not written */
    TN_SITE_OTHER_FIELD, /* int: a field of the trial; 0 is not written */
    TN_SITE_PART_FIELD,  /* int: a member of the record that the row's entries are */
    TN_SITE_ROW_LIST,    /* rows and their count */
    TN_SITE_SHAPE_LIST,  /* const struct tn_site_shape * */
    TN_SITE_PART_LIST    /* const struct tn_site_part * */
};

struct tn_site_member {
    const char *name; /* NULL ends a table */
    size_t offset;
    enum tn_site_kind kind;
    const struct tn_site_words *words; /* of WORD and BITS */
    bool needed;
    const char *meaning;
};

/* The members of the whole, of a row, of a shape and of a part, in the order in which they are written and read. */
extern const struct tn_site_member tn_site_members[], tn_site_row_members[], tn_site_shape_members[],
    tn_site_part_members[];

/* Which members a row of a mode has, by name, in one text apart by blanks; `mode` and `labels` may always be there. */
struct tn_site_rule {
    enum tn_mode mode;
    const char *needs;
    const char *may;
};
const struct tn_site_rule *tn_site_rule_of(enum tn_mode mode);

/* True when `name` is one of the words of `list`. */
bool tn_site_lists(const char *list, const char *name);

/* The record type whose members the parts of a row fill; NULL: none. */
const struct tn_record_type *tn_site_entry_type(const struct tn_site_row *row);

/* False for fields that no site states: schema, record_key, warnings, ... and the members of them. */
bool tn_site_may_fill(const struct tn_record_type *type, int field);

/* The field of the trial that holds (or is) the record type that a row fills: `source` of tn_type_source. -1: none. */
int tn_site_holder(const struct tn_record_type *type);

/* The description of a reader, or false when it is no site. */
bool tn_site_described(const struct tn_reader *reader, struct tn_described *described);

/* Fills *error with TN_USAGE and "rows[3].mode: message"; returns false. `at` may be NULL: the whole. */
bool tn_site_refuse(struct tn_arena *arena, struct tn_error *error, const struct tn_trail *at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same with "; did you mean '...'?" behind it, where one of the names is near. */
bool tn_site_refuse_word(struct tn_arena *arena, struct tn_error *error, const struct tn_trail *at, const char *what,
                         const char *word, const char *const *names, size_t count);

/* A field of the trial, or (`members`) a member of one of its records, by its name; the type in *type. -1 with *error
 * where there is none, or it is none that a site states. */
int tn_site_field_named(struct tn_arena *arena, struct tn_error *error, const struct tn_trail *at, const char *name,
                        bool members, const struct tn_record_type **type);

/* The names of all those fields, in the arena; NULL when memory is short. */
const char *const *tn_site_field_names(struct tn_arena *arena, bool members, size_t *count);

/* Makes `described` (and all that it points to) of JSON in bytes[0..len), in the arena; unchecked but for its members
 * and their types. False with *error. */
bool tn_site_read(struct tn_arena *arena, const char *bytes, size_t len, struct tn_described *described,
                  struct tn_error *error);

/* Writes a description. TN_OK or TN_FAILED with *error. */
enum tn_severity tn_site_write_described(const struct tn_described *described, const struct tn_sink *sink,
                                         struct tn_error *error);

/* A JSON string with its quotes. */
void tn_site_put_string(struct tn_buf *out, struct tn_str text);

/* Writes what is in the buffer to the sink's only part, and releases it. TN_OK or TN_FAILED with *error. */
enum tn_severity tn_site_hand_over(struct tn_buf *out, const struct tn_sink *sink, struct tn_error *error);

/* Holds the parts of a description against each other, so that the page engine may rely on it. False with *error. */
bool tn_site_check(struct tn_arena *arena, const struct tn_described *described, struct tn_error *error);

#endif
