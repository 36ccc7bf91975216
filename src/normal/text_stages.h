/* SPDX-License-Identifier: MIT */
/* The stages of text cleaning that work in place: none makes a text longer. For text.c only. */
#ifndef TN_NORMAL_TEXT_STAGES_H
#define TN_NORMAL_TEXT_STAGES_H

#include <stdbool.h>
#include <stddef.h>

/* Backslash escapes and HTML tags. Returns the new length. */
size_t tn_text_undo_tags(char *s, size_t len);

/* HTML entities and LaTeX words. Returns the new length; *repaired is set where an entity stands for no character. */
size_t tn_text_undo_entities(char *s, size_t len, bool *repaired);

/* Line ends, blanks before them, empty lines. Returns the new length. */
size_t tn_text_even_lines(char *s, size_t len);

#endif
