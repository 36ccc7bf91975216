/* SPDX-License-Identifier: MIT */
/* Names and descriptions that stand one after the other without a mark between them. */
#ifndef TN_READERS_PAGE_NAMES_H
#define TN_READERS_PAGE_NAMES_H

#include "readers/page_read.h"

/* A name, and the lines of its description behind it. */
struct tn_name {
    const struct tn_block **lines; /* lines[0] is the name */
    size_t count;
};

/* What is known of a line before it is judged by its form. */
enum tn_hint {
    TN_HINT_NONE,
    TN_HINT_NAME,     /* stands elsewhere behind a line that it does not follow here */
    TN_HINT_TOGETHER, /* stands elsewhere several times, always behind a line that it follows here */
    TN_HINT_REPEATED, /* stands here several times: interventions share a description sooner than a name */
    TN_HINT_SAME      /* is the same as the line before: a description that only repeats the name */
};

/* How unlikely it is that lines go that way. */
struct tn_name_costs {
    int bare;       /* a name without a description, among others that have one */
    int all_bare;   /* no name has a description */
    int more;       /* a second paragraph of a description */
    int again;      /* one more name behind the first */
    size_t longest; /* bytes of a name */
};

extern const struct tn_name_costs tn_costs_pairs;

/* Cuts lines into names with their descriptions: the likeliest way. The first line is a name; an item never is. By
 * rights names and descriptions alternate; *certain gets false where they do not and no hint says why. `hints` may be
 * NULL. Returns the number of names written to `names` (which has room for `count`), 0 when memory is short. */
size_t tn_names_cut(struct tn_arena *arena, const struct tn_block **lines, size_t count,
                    const enum tn_hint *hints, const struct tn_name_costs *costs, struct tn_name *names, bool *certain);

/* True when `line` reads more like a description than like a name. */
bool tn_names_is_description(const struct tn_block *line);

#endif
