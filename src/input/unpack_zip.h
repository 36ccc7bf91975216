/* SPDX-License-Identifier: MIT */
/* Members of a zip archive in those packings that only libarchive's zip reader knows: LZMA and PPMd. */
#ifndef TN_INPUT_UNPACK_ZIP_H
#define TN_INPUT_UNPACK_ZIP_H

#include "input/packed.h"

struct tn_unpack_zip;

/* Unpacks the member of which `in` (borrowed) gives the packed bytes. NULL when memory is short. */
struct tn_unpack_zip *tn_unpack_zip_new(struct tn_source *in, const struct tn_packed *packed);
void tn_unpack_zip_free(struct tn_unpack_zip *unpack); /* NULL allowed */

/* The unpacked bytes, which nobody checked yet, as a source (which borrows `unpack`). A read fails with TN_SYNTAX, or as
 * `in` does. */
void tn_unpack_zip_source(struct tn_unpack_zip *unpack, struct tn_source *source);

#endif
