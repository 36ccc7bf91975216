/* SPDX-License-Identifier: MIT */
/* The people of one record, and where they stand in a text. */
#ifndef TN_READERS_REDACT_NAMES_H
#define TN_READERS_REDACT_NAMES_H

#include "core/arena.h"
#include "readers/redact_find.h"

/* Phrases in normal form: words in lower case with one blank between, sorted once all are there. */
struct tn_phrases {
    struct tn_str *at;
    size_t count, room;
};

struct tn_names {
    struct tn_arena *arena;
    struct tn_phrases whole;    /* found wherever they stand */
    struct tn_phrases surnames; /* found behind a title only */
    struct tn_phrases alone;    /* surnames that are found wherever they stand with a capital */
    bool failed;                /* the arena is full: not all is known */
};

/* Adds the people of a name field: "Yunfei Chen", "Prof. Chen, Yunfei; John Q. Smith MD". What names an office or an
 * organization ("Study Director", "Medical Information Center") is no person and adds nothing. */
void tn_names_add(struct tn_names *names, struct tn_str people);

/* Adds a text that is found only whole: an address, a telephone number. */
void tn_names_add_phrase(struct tn_names *names, struct tn_str phrase);

/* To be called between the last addition and the first search. */
void tn_names_sort(struct tn_names *names);

/* The first name at or behind byte `from`, which stands between words. `alone`: a surname by itself is one too, when it
 * has a capital and four letters; in the name of a place it would be none. */
bool tn_names_find(const struct tn_names *names, struct tn_str text, size_t from, bool alone, struct tn_span *found);

/* Whether a name with this word is that of an office or an organization. */
bool tn_word_is_office(struct tn_str text, struct tn_span word);

#endif
