/* SPDX-License-Identifier: MIT */
/* Names of files in archives. They are shown and never used as a path. */
#ifndef TN_INPUT_MEMBER_NAME_H
#define TN_INPUT_MEMBER_NAME_H

#include "core/arena.h"
#include "core/str.h"

/* A name as text: UTF-8 stays as it is; of other bytes, those from 0x80 are what `charset` (that iconv knows) says, or
 * else windows-1252. A NUL becomes U+FFFD. Absent when memory is short. */
struct tn_str tn_member_name(struct tn_arena *arena, struct tn_str raw, const char *charset);

/* True for what walking a directory would not see: a name on the path begins with a point (`.git/`, `.DS_Store`; not `./`),
 * or what macOS packs beside the files (`__MACOSX/`). */
bool tn_member_hidden(struct tn_str name);

#endif
