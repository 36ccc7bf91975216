/* SPDX-License-Identifier: MIT */
/* Memory that packed data ask for. LZMA and xz say themselves how far back they reach, up to 4 GiB, and whoever unpacks
 * them needs a window of that size; so this is looked at first. */
#ifndef TN_INPUT_UNPACK_LIMIT_H
#define TN_INPUT_UNPACK_LIMIT_H

#include <stdint.h>

#include "core/str.h"
#include "trialnorm/error.h"

/* The most that is given: what 7-zip's and xz's highest levels want fits (64 to 256 MiB). Of zstd, whose decoder has a
 * limit of its own, 128 MiB (--long=27). */
#define TN_UNPACK_MEMORY (UINT64_C(256) << 20)
#define TN_UNPACK_ZSTD (UINT64_C(128) << 20)

/* As many bytes of a member tell what it wants. */
enum { TN_UNPACK_LOOK = 12 + 1024 };

/* False with *error (TN_TOO_LARGE) when the member of a zip archive that begins with `first` wants more memory than that.
 * `method` is that of APPNOTE.TXT 4.4.5. Of xz only the first block is looked at. */
bool tn_unpack_allowed(unsigned method, struct tn_str first, struct tn_error *error);

/* The window that a zstd stream's first frame wants (RFC 8878, 3.1.1.1); 0: none is told. */
uint64_t tn_unpack_zstd_window(struct tn_str first);

/* Says that `what` wants so many bytes. Returns false. */
bool tn_unpack_refuse(uint64_t wanted, const char *what, struct tn_error *error);

#endif
