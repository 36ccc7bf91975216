/* SPDX-License-Identifier: MIT */
/* What the splitter gives, as a transcript of one line each, so that a whole input's outcome is one text:
 *   record 0 @0:1 studies[0] {"a":1}      index, offset, line, path, bytes
 *   record 0 @0:1 repaired 1/2 {"a":1}    what was repaired, and how many characters
 *   lost 1 syntax @9:2 [1]                index, code, offset and line of the error, path
 *   damage truncated @20:3
 *   container studies[] 2-1 broken totalCount=2 other=*      records, lost ones, members
 */
#ifndef TN_TESTS_SUPPORT_SPLIT_H
#define TN_TESTS_SUPPORT_SPLIT_H

#include "core/buf.h"
#include "input/split.h"

enum { SPLIT_LIMIT = 1 << 20, SPLIT_PATHS = 4 };

/* The record paths of all that follows. */
extern const char *const split_paths[SPLIT_PATHS];

/* Appends as printf does, a short text. */
void split_add(struct tn_buf *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Takes all from `split`, which must be at most `most` events. */
void split_run(struct tn_split *split, struct tn_buf *out, size_t most);

/* The transcript of an input that is read in blocks of `step` bytes (0: all at once), with a NUL behind it. */
void split_transcribe(struct tn_str input, size_t step, size_t limit, struct tn_buf *out);

/* The transcript is as expected, whatever the size of the blocks. */
void split_check_limit(struct tn_str input, size_t limit, const char *expected);
void split_check(const char *input, const char *expected);

/* The same with one record path of its own. */
void split_check_path(const char *path, const char *input, const char *expected);

#endif
