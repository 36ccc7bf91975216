/* SPDX-License-Identifier: MIT */
/* The names of the members that the beginning of a JSON document has, at any depth: gathered in one pass, so that not
 * every reader seeks every key of its own. */
#ifndef TN_READERS_MEMBER_NAMES_H
#define TN_READERS_MEMBER_NAMES_H

#include <stdint.h>

#include "core/arena.h"
#include "core/str.h"

enum { TN_MEMBER_NAMES_MOST = 1536 };

struct tn_member_names {
    struct tn_str bytes;  /* in which they stand */
    uint16_t *slots;      /* a hash table of numbers of names, from 1; NULL: memory was short */
    struct tn_str *names; /* room for TN_MEMBER_NAMES_MOST */
    size_t count;
    size_t second; /* where a second document begins, 0: nowhere */
    bool full; /* there are more than it holds: what is not in it is sought in the bytes */
};

/* Gathers the names of `bytes` (borrowed): `"name"` behind `{` or `,` and before `:` (or the end). A key that is quoted
 * inside a text stands behind a backslash and before one, and does not count. What
 * begins behind a closing bracket, and no comma between them, is another document. The table is taken from the arena. */
void tn_member_names_gather(struct tn_member_names *names, struct tn_arena *arena, struct tn_str bytes);

/* The name of the member that begins with the quotation mark at `quote`; {NULL, 0} where that begins none. */
struct tn_str tn_member_name_at(struct tn_str bytes, size_t quote);

/* True when a member of that name is there. */
bool tn_member_names_have(const struct tn_member_names *names, struct tn_str name);

#endif
