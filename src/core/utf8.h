/* SPDX-License-Identifier: MIT */
/* UTF-8, on top of utf8proc, with a fast way through ASCII. */
#ifndef TN_CORE_UTF8_H
#define TN_CORE_UTF8_H

#include <stdint.h>

#include "core/buf.h"
#include "core/str.h"

/* U+FFFD, what every byte that is no text becomes. */
#define TN_REPLACEMENT "\xEF\xBF\xBD"

/* Length of the longest prefix that is valid UTF-8 (no overlong forms, no surrogates, nothing over U+10FFFF). */
size_t tn_utf8_valid(struct tn_str text);

/* Length of the longest prefix that is ASCII. */
size_t tn_utf8_ascii(struct tn_str text);

/* Appends `text` to `out` with every byte that is in no valid sequence replaced by U+FFFD; returns how many. */
size_t tn_utf8_repair(struct tn_str text, struct tn_buf *out);

/* The character at text.s[0] and its length in *size; text must not be empty. Invalid: U+FFFD and size 1. */
uint32_t tn_utf8_next(struct tn_str text, size_t *size);

/* Appends one character as 1 to 4 bytes; `out` has room for 4. Returns their number. Surrogates give U+FFFD. */
size_t tn_utf8_encode(uint32_t character, char *out);

/* True when `text` (valid UTF-8) is surely in NFC already, told without normalising it. */
bool tn_utf8_is_nfc(struct tn_str text);

/* `text` in NFC: itself where it is so already, else a copy in the arena; {NULL, 0} when memory is short. */
struct tn_str tn_utf8_nfc(struct tn_arena *arena, struct tn_str text);

/* `text` case-folded (Unicode), in the arena. */
struct tn_str tn_utf8_casefold(struct tn_arena *arena, struct tn_str text);

/* One character case-folded (Unicode, without decomposing), for comparing texts character by character without memory:
 * its bytes to `out` (TN_FOLDED_MAX), returns their number. */
enum { TN_FOLDED_MAX = 16 };
size_t tn_utf8_fold(uint32_t character, char *out);

#endif
