/* SPDX-License-Identifier: MIT */
/* Python literals, as `repr` prints them (and people edit them), into the same cJSON tree as JSON gives:
 *
 *   'a' "a" '''a''' r'a' u'a' b'a'   string; adjacent ones are one string. All escapes but \N{...}, which is an error;
 *                                    an unknown escape keeps its backslash, as in Python. Bytes are read as UTF-8.
 *                                    f-strings are an error.
 *   12 -3 1_000                      number; beyond 2^53 a string of its digits, so that none is lost
 *   1.5 -2e-3 .5 1.                  number; one beyond double's range is taken for None
 *   True False                       true, false
 *   None inf -inf nan                absent: a member with it is left out; in a list it is null
 *   [..] (..) {..} set()             array; (x) without a comma is x itself
 *   {key: value}                     object; numbers, True, False and None as keys become their text.
 *                                    Of two members with the same key both stay, as cJSON does with JSON.
 *
 * Trailing commas, line ends and backslash-newline between tokens are allowed; comments, names, calls, operators and
 * hexadecimal numbers are errors. \x00 and NUL bytes, halves of surrogate pairs and bytes that are no UTF-8 become
 * U+FFFD and are counted; \ud83d\ude00 is one character. */
#ifndef TN_SYNTAX_PYTHON_LITERAL_H
#define TN_SYNTAX_PYTHON_LITERAL_H

#include <cjson/cJSON.h>

#include "core/arena.h"
#include "core/str.h"

struct tn_python_literal {
    cJSON *tree;     /* in the arena */
    size_t used;     /* bytes of the text up to the end of the literal: what stands behind is the caller's to judge */
    size_t repaired; /* characters that became U+FFFD */
};

/* Reads the literal at the beginning of `text` (blanks before it are allowed). False with *error set: TN_SYNTAX or
 * TN_TRUNCATED (the text ends inside the literal), TN_TOO_DEEP (more than TN_MAX_DEPTH brackets), TN_NO_MEMORY (the
 * arena is full), each with the offset in `text`; result->used is then that offset. Strings of the tree have no NUL
 * inside and are valid UTF-8. Does not depend on tn_json_init_hooks. */
bool tn_python_literal_parse(struct tn_arena *arena, struct tn_str text, struct tn_python_literal *result,
                             struct tn_error *error);

#endif
