/* SPDX-License-Identifier: MIT */
/* One form for all spellings of a word: what spelling tables are keyed by. */
#ifndef TN_NORMAL_FOLD_H
#define TN_NORMAL_FOLD_H

#include "core/str.h"

/* Longer than any key of a spelling table and than EudraCT's matrix of phases. */
enum { TN_FOLD_MAX = 512 };

/* Folds `raw` into `out` (TN_FOLD_MAX bytes, NUL-terminated): lower case, letters without their marks (u-umlaut is u,
 * compatibility forms are what they stand for), `&` as "and", full points and apostrophes gone (U.S. is us), every
 * other run of blanks and punctuation one space, none at the ends. Returns the length; 0, with out empty, where
 * nothing is left or it does not fit. */
size_t tn_fold(struct tn_str raw, char *out);

/* Cuts the next word off *rest, a folded text, and ends it with a NUL; NULL at the end. */
char *tn_fold_next_word(char **rest);

/* True for what sources write where they have nothing to say: the empty text, `-`, `N/A`, `NULL`, `Not reported`. */
bool tn_fold_absent(struct tn_str raw);

/* Position of `key` in the sorted array of `count` rows of `size` bytes that begin with a `const char *`, or
 * TN_NO_OFFSET. */
size_t tn_fold_find(const void *rows, size_t count, size_t size, const char *key);

#endif
