/* SPDX-License-Identifier: MIT */
/* The labels that pages about trials use, in many English spellings (generic_labels.inc), and what each says
 * (generic_words.inc). Data for pages that no site table describes, and for the first draft of one. */
#ifndef TN_READERS_GENERIC_LABELS_H
#define TN_READERS_GENERIC_LABELS_H

#include "core/str.h"
#include "trialnorm/trial.h"

/* How what stands at a label is read. */
enum tn_label_how {
    TN_HOW_ID,            /* the identifier of the trial; a number that no registry knows is one of the identifiers */
    TN_HOW_NUMBER,        /* a further identifier */
    TN_HOW_VALUE,         /* one value, which must suit the field */
    TN_HOW_AGES,          /* both limits of age in one text */
    TN_HOW_DESIGN,        /* words of the design apart by commas, else text */
    TN_HOW_TEXT,          /* paragraphs */
    TN_HOW_LIST,          /* one entry a line, or several on one line */
    TN_HOW_ELIGIBILITY,   /* criteria of both sides ... */
    TN_HOW_INCLUSION,     /* ... of one */
    TN_HOW_EXCLUSION,
    TN_HOW_INTERVENTIONS, /* records of several parts, in any layout */
    TN_HOW_ARMS,
    TN_HOW_OUTCOMES,
    TN_HOW_SITES,
    TN_HOW_CONTACT,
    TN_HOW_PEOPLE,        /* persons with roles and affiliations */
    TN_HOW_COUNTRIES,
    TN_HOW_OFFICIAL,      /* a person of a known role */
    TN_HOW_PART,          /* a part of such a record: a column, or a label in its section */
    TN_HOW_PLACE,         /* ... that holds city and country */
    TN_HOW_SITE_CONTACT,  /* ... of the person to ask at a site */
    TN_HOW_RESULTS,       /* whether there are any */
    TN_HOW_CITATIONS,
    TN_HOW_IPD,
    TN_HOW_KEEP,          /* known, and in no field */
    TN_HOW_SECTION,       /* holds labels */
    TN_HOW_RELATED        /* other trials */
};

/* Kinds of sections: a label may mean something else in each. In the order of generic_labels.inc. */
enum tn_label_within {
    TN_WITHIN_ANY, /* of a label: everywhere; of a section: none in particular */
    TN_WITHIN_ARMS,
    TN_WITHIN_CONTACT,
    TN_WITHIN_DATES,
    TN_WITHIN_DESIGN,
    TN_WITHIN_ELIGIBILITY,
    TN_WITHIN_INTERVENTIONS,
    TN_WITHIN_OUTCOMES,
    TN_WITHIN_SITES,
    TN_WITHIN_SPONSOR,
    TN_WITHIN_TOP,    /* of a label: in no section of records that have parts */
    TN_WITHIN_RELATED /* no label has a meaning here */
};

/* True for sections of records that have parts. */
bool tn_label_has_parts(enum tn_label_within within);

struct tn_label_word {
    const char *name;
    enum tn_label_how how;
    const struct tn_record_type *type; /* field `field` of it is filled */
    int field;
    enum tn_label_within opens;
    unsigned weight;    /* as evidence for a trial: 0, 1, 2 */
    const char *preset; /* "kind=PRIMARY": set beside; NULL: nothing */
};

struct tn_label {
    const struct tn_label_word *word; /* NULL: no known label */
    const char *date_type;            /* "ESTIMATED", "ACTUAL": what the label says of a date or number; else NULL */
    struct tn_str number;             /* digits of `Locations (12)`; empty: none */
};

/* Looks a label up (with its colon or question mark, or without) as it stands in a section of kind `section`. */
struct tn_label tn_generic_find(struct tn_str text, enum tn_label_within section);

/* Looks up a name whose words nobody can tell apart ("TITLESCIENTIFIC", "Sample.Size"): letters and digits alone count. */
struct tn_label tn_generic_find_squeezed(struct tn_str text, enum tn_label_within section);

/* The word of that number, counted from 0; NULL behind the last. */
const struct tn_label_word *tn_label_word(size_t number);

/* True when a field of this word is a date that has a type beside it, or a number of participants. */
bool tn_label_takes_type(const struct tn_label_word *word);

/* True for the heading of a list of other trials ("Similar trials", "You may also be interested in"). */
bool tn_label_is_related(struct tn_str text);

#endif
