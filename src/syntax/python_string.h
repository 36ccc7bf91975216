/* SPDX-License-Identifier: MIT */
/* String literals of Python: prefixes, quotes, escapes, adjacent strings. */
#ifndef TN_SYNTAX_PYTHON_STRING_H
#define TN_SYNTAX_PYTHON_STRING_H

#include "core/arena.h"
#include "core/str.h"

struct tn_python_string {
    struct tn_str value; /* UTF-8 in the arena, NUL behind it and nowhere in it */
    size_t at;           /* behind the last quote; where it goes wrong when it fails */
    size_t repaired;     /* characters that became U+FFFD: NUL, half a surrogate pair, bytes that are no UTF-8 */
    const char *problem; /* what is wrong; static */
};

/* True when a string begins at byte `at`: at most three letters and a quote. */
bool tn_python_string_starts(struct tn_str text, size_t at);

/* The first byte at or behind `at` that is no blank (a backslash before a line end is blank). */
size_t tn_python_skip_blanks(struct tn_str text, size_t at);

/* Parses the string at byte `at` of `text`, and those that follow it with only blanks between. A bytes literal (b'')
 * is read as UTF-8. False with `at` and `problem` set. */
bool tn_python_string_parse(struct tn_arena *arena, struct tn_str text, size_t at, struct tn_python_string *string);

#endif
