/* SPDX-License-Identifier: MIT */
/* A text as words that two sites write alike: what full-text index and shingles are made of. */
#ifndef TN_DATASET_LINK_WORDS_H
#define TN_DATASET_LINK_WORDS_H

#include <stdint.h>

#include "core/str.h"

/* Gives the words of `text` in their order: folded (normal/fold.h), cut at blanks, punctuation and symbols, so that
 * `Xolair®` and `xolair`, `30×10^9/L` and `30 10 9 l` are the same words. `word` is letters and digits only, borrowed until the call returns. */
typedef void tn_link_word_fn(void *context, struct tn_str word);
void tn_link_each_word(struct tn_str text, tn_link_word_fn *take, void *context);

/* The hash by which a word is known. */
uint64_t tn_link_hash(struct tn_str word);

/* True for the words that every title has: a, of, the, with, ... */
bool tn_link_is_small_word(struct tn_str word);

/* A word with a digit in it: a dose, a code, a limit. Where they differ, twins differ. */
bool tn_link_has_digit(struct tn_str word);

#endif
