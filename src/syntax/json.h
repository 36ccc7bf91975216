/* SPDX-License-Identifier: MIT */
/* JSON into a cJSON tree that lives in a record's arena. */
#ifndef TN_SYNTAX_JSON_H
#define TN_SYNTAX_JSON_H

#include <cjson/cJSON.h>

#include "core/arena.h"
#include "core/str.h"

/* What is known of a string of a tree, beside the type that cJSON gives it (which is the lowest byte). */
enum {
    TN_JSON_MEASURED = 1 << 16, /* valueint is its length */
    TN_JSON_CALM = 1 << 17,     /* it holds only what never needs cleaning: tn_text_calm */
    TN_JSON_COLUMN = 1 << 18    /* its key is the name of a column, which is compared by tn_column_cmp */
};

/* The text of a string. */
static inline struct tn_str tn_json_text(const cJSON *item)
{
    return item->type & TN_JSON_MEASURED ? tn_str_slice(item->valuestring, (size_t)item->valueint)
                                         : tn_str_of(item->valuestring);
}

/* Makes cJSON take its memory from the calling thread's arena (see tn_json_arena_enter), and from malloc where the
 * thread has none. For the whole process: call once, before any thread. Calling it again does no harm. */
void tn_json_init_hooks(void);

/* From here on cJSON takes memory from `arena` on this thread (NULL: from malloc). Returns the arena that was set
 * before, to be given to tn_json_arena_leave. While an arena is set, cJSON_Delete and cJSON_free leave alone what is
 * in that arena, and free what came from malloc. A tree in an arena must never be deleted without that arena set; it
 * needs no deleting, it goes with the arena's reset. */
struct tn_arena *tn_json_arena_enter(struct tn_arena *arena);
void tn_json_arena_leave(struct tn_arena *before);

/* The tree of the JSON value in bytes[0..len), in `arena`; blanks around it are allowed, anything else behind it is an
 * error. NULL with *error set: TN_SYNTAX, TN_TRUNCATED (offset: where in `bytes`; line is not set), TN_TOO_DEEP (more
 * than TN_MAX_DEPTH brackets), TN_NO_MEMORY (the arena is full).
 * The bytes need no NUL behind them. They come from the splitter: a \u0000 in a string would end it, and half a
 * surrogate pair is a syntax error. tn_json_init_hooks must have been called, or the tree would be in malloc's memory
 * and lost.
 * Strings may bear the marks above. A number that is written as tn_number_format would write it, and a whole one that a
 * double cannot hold (up to nineteen digits), has its text in `valuestring`. */
cJSON *tn_json_parse(struct tn_arena *arena, const char *bytes, size_t len, struct tn_error *error);

#endif
