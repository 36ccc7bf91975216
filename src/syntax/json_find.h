/* SPDX-License-Identifier: MIT */
/* JSON inside something else: a script of a page. Nothing is parsed here; what is cut out goes to tn_json_parse. */
#ifndef TN_SYNTAX_JSON_FIND_H
#define TN_SYNTAX_JSON_FIND_H

#include "core/arena.h"
#include "core/str.h"

/* The JSON of a script as text of its own in the arena, ready for tn_json_parse: from the first bracket to the last, so
 * without what is written around it (`<!--`, `//<![CDATA[`, a semicolon); where its quotation marks are written as
 * entities (`&quot;`, `&#34;`, Angular's `&q;`), with all of these undone; \u0000 and halves of surrogate pairs as
 * \ufffd, which *repaired counts (may be NULL). *moved: bytes of it do not stand where those of `script` do, counted
 * from its first bracket (*start). Empty where there is no bracket; {NULL, 0} when memory is short. */
struct tn_str tn_json_of_script(struct tn_arena *arena, struct tn_str script, size_t *start, bool *moved,
                                size_t *repaired);

/* An object in a text of JSON. */
struct tn_json_found {
    size_t at, len; /* of its braces and what is between */
};

/* The objects in `text` that have a member `key`: brackets are counted and strings skipped, so that what is wrong
 * elsewhere in the text does no harm. Of objects inside each other only the outermost counts. In the order of the text;
 * *count of them, at most `most`. Takes one pass and no memory for what is not found. Brackets nested deeper than
 * TN_MAX_DEPTH end the search. NULL where there is none, or when memory is short. */
const struct tn_json_found *tn_json_find(struct tn_arena *arena, struct tn_str text, struct tn_str key, size_t most,
                                         size_t *count);

#endif
