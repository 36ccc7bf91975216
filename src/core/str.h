/* SPDX-License-Identifier: MIT */
/* Slices of text. Letters and digits here are ASCII whatever the locale says. */
#ifndef TN_CORE_STR_H
#define TN_CORE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/arena.h"
#include "trialnorm/error.h"

/* A string literal as a slice. */
#define TN_LIT(literal) ((struct tn_str){(literal), sizeof(literal) - 1})

static inline struct tn_str tn_str_of(const char *s)
{
    return (struct tn_str){s, s ? strlen(s) : 0};
}

static inline struct tn_str tn_str_slice(const char *s, size_t len)
{
    return (struct tn_str){s, len};
}

/* The rest of `text` from byte `from` (at most its length). */
static inline struct tn_str tn_str_from(struct tn_str text, size_t from)
{
    if (from > text.len)
        from = text.len;
    return (struct tn_str){from ? text.s + from : text.s, text.len - from};
}

static inline bool tn_is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool tn_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool tn_is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool tn_is_lower(char c) { return c >= 'a' && c <= 'z'; }
static inline bool tn_is_alpha(char c) { return tn_is_upper(c) || tn_is_lower(c); }
static inline bool tn_is_alnum(char c) { return tn_is_alpha(c) || tn_is_digit(c); }
static inline char tn_lower(char c) { return tn_is_upper(c) ? (char)(c + 32) : c; }
static inline char tn_upper(char c) { return tn_is_lower(c) ? (char)(c - 32) : c; }

static inline bool tn_str_eq(struct tn_str a, struct tn_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.s, b.s, a.len) == 0);
}

/* The following compare ASCII letters without regard to case; other bytes must be equal. */
bool tn_str_eq_fold(struct tn_str a, struct tn_str b);
bool tn_str_starts(struct tn_str text, struct tn_str prefix);
bool tn_str_starts_fold(struct tn_str text, struct tn_str prefix);
bool tn_str_ends_fold(struct tn_str text, struct tn_str suffix);

/* Order by bytes, shorter first among equals: <0, 0, >0. */
int tn_str_cmp(struct tn_str a, struct tn_str b);

/* Position of the first `needle` in `text`, or TN_NO_OFFSET. */
size_t tn_str_find(struct tn_str text, struct tn_str needle);
size_t tn_str_find_fold(struct tn_str text, struct tn_str needle);
size_t tn_str_find_char(struct tn_str text, char c);

/* Without ASCII white space at both ends. */
struct tn_str tn_str_trim(struct tn_str text);

/* Cuts the next line off *rest (without its \n or \r\n) into *line; false at the end. "a\n" is one line. */
bool tn_str_next_line(struct tn_str *rest, struct tn_str *line);

/* Length of the longest beginning of UTF-8 `text` that has at most `most` bytes and ends between characters. */
size_t tn_str_cut(struct tn_str text, size_t most);

/* Number of \n in `text`. */
unsigned tn_str_line_ends(struct tn_str text);

/* A copy in the arena with a NUL behind it; {NULL, 0} when memory is short. */
struct tn_str tn_str_copy(struct tn_arena *arena, struct tn_str text);

/* As printf, into the arena; {NULL, 0} when memory is short. Never used with %f or other words of the locale. */
struct tn_str tn_str_format(struct tn_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The digits of `text` as a number; false when it is empty, holds anything else, or is over `max`. */
bool tn_str_uint(struct tn_str text, unsigned long max, unsigned long *value);

#endif
