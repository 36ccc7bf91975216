/* SPDX-License-Identifier: MIT */
/* The stages of text cleaning. For text.c and what belongs to it only. */
#ifndef TN_NORMAL_TEXT_STAGES_H
#define TN_NORMAL_TEXT_STAGES_H

#include <stdint.h>

#include "core/str.h"

/* Bytes that tn_text_undo_tags can write for a text of `len` bytes that holds <sup> or <sub>; for any other, `len`. */
#define TN_TAGS_ROOM(len) ((len) + (len) / 2)

/* Backslash escapes and HTML tags: `text` (valid UTF-8) into `out`, which is elsewhere. Returns the length written. */
size_t tn_text_undo_tags(struct tn_str text, char *out);

/* HTML entities and LaTeX words, in place: none gets longer. Returns the new length; *repaired is set where an entity
 * stands for no character. */
size_t tn_text_undo_entities(char *s, size_t len, bool *repaired);

/* The entity at text.s[0], an `&`: its character, and its size with `&` and `;`. 0 where there is none. */
uint32_t tn_text_entity(struct tn_str text, size_t *size, bool *repaired);

/* Line ends, blanks before them, empty lines, in place. Returns the new length. */
size_t tn_text_even_lines(char *s, size_t len);

#endif
