/* SPDX-License-Identifier: MIT */
/* Raw text -> field: the one way by which every reader, of trees and of pages, fills a record. It normalises by the
 * field's kind (or by a put function of the row), warns, keeps in `extra` what the normal form cannot give back, and
 * notes where the value came from when that is asked for. */
#ifndef TN_READERS_PUT_H
#define TN_READERS_PUT_H

#include "core/str.h"
#include "normal/criteria.h"
#include "normal/date.h"
#include "syntax/json_locate.h"
#include "trial/record.h"
#include "trialnorm/reader.h"

struct cJSON;
struct tn_labels;

/* Where the walk of a tree stands; the path is written out only when somebody asks. */
struct tn_trail {
    const struct tn_trail *up;
    const char *key; /* NULL for an element of an array */
    int index;       /* of an element */
};

struct cJSON;

/* The nodes of a tree that the walk is in, innermost first. */
struct tn_within {
    const struct tn_within *up; /* NULL: `item` is the whole record */
    const struct cJSON *item;
};

/* What becomes of a block of a page. */
enum tn_fate {
    TN_FATE_LEFT,        /* nothing: left over */
    TN_FATE_BOILERPLATE, /* a label, or what the site says on every page */
    TN_FATE_EXTRA,
    TN_FATE_FIELD
};

/* Where a field of the trial came from on a page. */
struct tn_noted {
    struct tn_str raw, label; /* raw.s NULL: not set from a raw text */
    unsigned line;
    size_t offset;
};

/* The reading of one record. */
struct tn_reading {
    struct tn_arena *arena;
    const struct tn_reader *reader;
    const struct tn_raw *raw;
    const struct tn_read_options *options;
    struct tn_record *trial;
    struct tn_labels *labels;      /* index of the labels in `extra` (note.c); NULL until the first */
    struct tn_str no_size, no_size_label; /* an enrollment of 0 as the source has it, and where (finish.c) */
    unsigned text_flags;           /* what was noticed in texts and is said once, at the end (normal/text.h) */
    enum tn_date_order date_order; /* how the source writes 08/04/2024 */
    bool unmarked;                 /* whether markup was undone in the values that are put: it is undone once */
    bool bare_age_is_years;        /* whether its registry means years by a bare number */
    const struct tn_trail *trail;  /* of a tree: where the walk stands; else NULL */
    const struct tn_within *place;  /* of a tree: the nodes there, for rows whose value depends on others (tree.h) */
    struct tn_within whole;        /* ... and the outermost of them */
    const char *column;            /* ... of a row's: the key of the column in the map, however the header writes it */
    struct tn_stand_in *stand_ins; /* of a tree: what was read in the place of what is not there (tree_copy.c) */
    struct tn_str tree;            /* of a tree: the bytes that it was made of, for finding lines again */
    bool named;                    /* ... which its root's name tells */
    const struct cJSON *item;      /* ... the item there */
    const struct cJSON *root;      /* ... the whole of it */
    void *own;                     /* ... what the reader's own functions keep of the record; NULL at first */
    bool placed;                   /* ... items know their places (syntax/xml.h) */
    struct tn_json_finger finger;  /* ... else: one after the other */
    bool looked_for_lines, one_line; /* ... whether it stands on one line, once somebody asked */
    size_t cut_offset, cut_length; /* of a tree: what was cut out of its bytes before it was parsed: where, how much, */
    unsigned cut_lines;            /* ... with so many line ends */
    struct tn_str label;           /* of a page: the label or heading that the value stands under */
    unsigned line;                 /* of a page: line in the document of the value, from 1; 0 unknown */
    size_t offset;                 /* of a page: its byte in the document; TN_NO_OFFSET unknown */
    unsigned char *fate;           /* of a page: what becomes of the block there (enum tn_fate); NULL: nobody counts */
    struct tn_noted *noted;        /* of each field of the trial, where its first value came from; NULL: nobody asks */
};

/* A raw value. */
struct tn_stated {
    struct tn_str text;  /* as the source has it; of a JSON number or truth value its words */
    bool stable;         /* text lives as long as the arena and has a NUL behind it */
    const char *calm;    /* text.s where text is known to need no cleaning (tn_text_calm); another text in its place is not */
    bool is_number;      /* a JSON number ... */
    double number;       /* ... and which */
};

/* Puts one raw value into field `field` of `record`. */
typedef void tn_put_fn(struct tn_reading *reading, struct tn_record *record, int field, const struct tn_stated *value);

/* By the field's kind: TEXT as plain text, ENUM and ENUM_LIST by vocabulary, DATE, INT as a count, NUMBER, BOOL.
 * A scalar that is there already and says something else stays; the second value goes to `extra` with `conflict`. */
tn_put_fn tn_put;

tn_put_fn tn_put_markup;   /* text that carries markup */
tn_put_fn tn_put_phases;   /* one raw text that may name several phases */
tn_put_fn tn_put_age;      /* minimum_age or maximum_age of the trial, and the same in years */
tn_put_fn tn_put_criteria; /* eligibility_text, and the items of all sides */
tn_put_fn tn_put_person;   /* name of an official or contact, and degrees beside it */
tn_put_fn tn_put_country;  /* name of a country in location.country or country.name, and its code */
tn_put_fn tn_put_identifier; /* identifier.value: canonical where a registry knows it; sets registry, and type if absent */
tn_put_fn tn_put_secondary_id; /* the same for further numbers: what only stands in the place of one goes to `extra` */
tn_put_fn tn_put_trial_id; /* trial_id */
tn_put_fn tn_put_status;   /* status of the trial or of a country: status, and status_text where the word is not the API's */
tn_put_fn tn_put_url;      /* url of the trial: kept when it is its registry's, else in `extra` */
tn_put_fn tn_put_intervention_name; /* arm.intervention_names: without "Drug: " before it */

/* A value that came as a slice of the input. */
static inline struct tn_stated tn_stated_of(struct tn_str text)
{
    return (struct tn_stated){.text = text};
}

/* Splits a raw text of criteria and adds the items to the lists of their sides; `side` is where those go that stand
 * before any heading. tn_criteria_fields are these lists, by side. */
void tn_put_criteria_items(struct tn_reading *reading, struct tn_record *trial, struct tn_str text,
                           enum tn_criteria_side side);
extern const int tn_criteria_fields[];

/* Field and value of "kind=CENTRAL", as tables write what is set beside; -1 where the type has no such field. */
int tn_preset_field(const struct tn_record_type *type, const char *preset, struct tn_str *value);

/* Puts a clean text (in the arena, NUL behind it) into a TEXT, ENUM or DATE field, minding what is there already. */
void tn_put_clean(struct tn_reading *reading, struct tn_record *record, int field, struct tn_str clean,
                  struct tn_str raw);

/* The value as plain text, clean: where it is text that says nothing else. */
struct tn_str tn_clean_value(struct tn_reading *reading, const struct tn_stated *value);

/* Keeps text under `label` in `extra` (cleaned as plain text). */
void tn_put_extra(struct tn_reading *reading, struct tn_str label, const struct tn_stated *value);

/* The same under a label that lives as long as the arena, a NUL behind it. */
void tn_put_extra_stable(struct tn_reading *reading, struct tn_str label, const struct tn_stated *value);

/* The source's own label of the place where the reading stands: the path of a tree, the label of a page. */
struct tn_str tn_label_here(struct tn_reading *reading);

/* The same under that label. */
void tn_put_extra_here(struct tn_reading *reading, const struct tn_stated *value);

/* Adds a warning about field `field` of `record`, with the line where the reading stands. */
void tn_warn(struct tn_reading *reading, enum tn_code code, const struct tn_record *record, int field,
             const char *format, ...) __attribute__((format(printf, 5, 6)));

/* "a.b[3].c" of a trail, in the arena. */
struct tn_str tn_trail_path(struct tn_arena *arena, const struct tn_trail *trail);

/* The path of a member or an element of what stands at `path`, which is not empty; {NULL, 0} when memory is short. */
struct tn_str tn_path_member(struct tn_arena *arena, struct tn_str path, struct tn_str key);
struct tn_str tn_path_element(struct tn_arena *arena, struct tn_str path, int index);

/* Notes where the value of a field came from; for the record only when provenance is asked for. */
void tn_note_origin(struct tn_reading *reading, const struct tn_record *record, int field, struct tn_str raw);

/* The origins of the field `from` become those of `to`; they go where that is empty. */
void tn_move_origin(struct tn_record *trial, struct tn_str from, struct tn_str to);

/* What all records need once they are read: schema, record_key, registry and address of trial_id, countries of the
 * locations, source, warnings of repaired bytes; redacts when asked. */
void tn_finish(struct tn_reading *reading);

#endif
