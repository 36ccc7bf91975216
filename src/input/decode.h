/* SPDX-License-Identifier: MIT */
/* What kind of bytes an input is made of, told from its beginning, and text made valid. */
#ifndef TN_INPUT_DECODE_H
#define TN_INPUT_DECODE_H

#include "core/buf.h"
#include "core/str.h"

/* So many bytes of the beginning are looked at. */
enum { TN_DECODE_HEAD = 8192 };

/* Looks at the first bytes of an input (TN_DECODE_HEAD of them, or all where there are fewer).
 * True when they are text in UTF-8, or near enough to be repaired; *skip is then the length of a byte-order mark.
 * False with TN_BINARY and a message that names what it is: compressed (gzip, xz, zstd, bzip2, ...), an archive (zip,
 * 7z, tar), PDF or another well-known kind of file, UTF-16 or UTF-32 (with a mark or without), or just not text. Not
 * text is: more than one control byte in ten, or with a NUL among them more than one in fifty; in what begins like
 * structured text (`{`, `[`, `<`) NULs do not count more than others. The few that a text has are repaired. An
 * empty head is text. */
bool tn_decode_check(struct tn_str head, size_t *skip, struct tn_error *error);

/* True when `text` is valid UTF-8 without a NUL, so that nothing has to be repaired. */
bool tn_decode_clean(struct tn_str text);

/* Appends `text` to `out` with every NUL and every byte that is in no valid UTF-8 sequence replaced by U+FFFD. Returns
 * how many were replaced; out->failed when it did not fit (at most 3 bytes for each byte of text). */
size_t tn_decode_repair(struct tn_str text, struct tn_buf *out);

#endif
