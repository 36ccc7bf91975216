/* SPDX-License-Identifier: MIT */
/* The words of a text, as names are compared by. */
#ifndef TN_READERS_REDACT_WORDS_H
#define TN_READERS_REDACT_WORDS_H

#include "readers/redact_find.h"

/* The first word at or behind `from`: letters, digits and everything beyond ASCII that is no punctuation, with `-` and
 * `'` between them. A possessive 's is no part of it. False at the end of the text. */
bool tn_word_next(struct tn_str text, size_t from, struct tn_span *word);

/* Whether words that end and start there belong together: blanks, points and commas between them, at most 3 bytes. */
bool tn_words_adjoin(struct tn_str text, size_t end, size_t start);

/* A phrase in normal form, of fixed size. */
struct tn_phrase {
    char text[256];
    size_t len;
};

/* Appends a word of `text`, in lower case, behind a blank where there is one before it; false when it does not fit. */
bool tn_phrase_add(struct tn_phrase *phrase, struct tn_str text, struct tn_span word);

/* Whether the word is one of the list (ASCII, without regard to case), ended by NULL. */
bool tn_word_is_of(struct tn_str text, struct tn_span word, const char *const *list);

#endif
