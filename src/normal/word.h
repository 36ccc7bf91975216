/* SPDX-License-Identifier: MIT */
/* Words of vocabularies, in any source's spelling (spellings.inc). */
#ifndef TN_NORMAL_WORD_H
#define TN_NORMAL_WORD_H

#include "core/str.h"
#include "trial/vocabulary.h"

struct tn_word {
    const char *word; /* canonical, static; NULL where there is none */
    bool exact;       /* raw is the canonical word to the byte */
    bool coarser;     /* the word was mapped to a coarser one: the raw text belongs in extra */
};

/* TN_CODE_NONE, TN_UNKNOWN_VALUE, or TN_BAD_VALUE for a text that is understood and says nothing (a sex of `Female: no
 * Male: no`). Case, blanks, hyphens and underscores are folded before comparing; never a comparison of substrings. */
enum tn_code tn_normal_word(const struct tn_vocabulary *vocabulary, struct tn_str raw, struct tn_word *word);

/* yes/no words (Yes, No, true, False, Y, N, Accepts Healthy Volunteers, ...). TN_CODE_NONE or TN_UNKNOWN_VALUE. */
enum tn_code tn_normal_truth(struct tn_str raw, bool *truth);

#endif
