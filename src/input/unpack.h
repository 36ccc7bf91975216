/* SPDX-License-Identifier: MIT */
/* Compressed streams, through liblzma (xz) and libarchive (the others); exactly one layer, in flat memory. */
#ifndef TN_INPUT_UNPACK_H
#define TN_INPUT_UNPACK_H

#include "input/source.h"

enum tn_packing {
    TN_PACKED_NOT,
    TN_PACKED_GZIP, /* one member, or several one behind the other */
    TN_PACKED_XZ,
    TN_PACKED_ZSTD,
    TN_PACKED_BZIP2,
    TN_PACKED_ZLIB,   /* HTTP's "deflate" as RFC 9110 has it; told by nobody, only asked for */
    TN_PACKED_DEFLATE /* ... and as some servers send it: without a header */
};

/* The packing that the first bytes (six or more, where there are so many) show. */
enum tn_packing tn_packing_of(struct tn_str head);

struct tn_unpack;

/* Unpacks what `in` (borrowed) gives. A stream whose unpacked size goes over `room` and over 500 times (deflate) or 2000
 * times (the others) its packed size is taken for a bomb. NULL when memory is short. */
struct tn_unpack *tn_unpack_new(struct tn_source *in, enum tn_packing packing, size_t room);
void tn_unpack_free(struct tn_unpack *unpack); /* NULL allowed */

/* The unpacked bytes as a source (which borrows `unpack`). A read fails with TN_TRUNCATED where the packed data end
 * too early, TN_SYNTAX where they are damaged or followed by something else, TN_TOO_LARGE for a bomb and for
 * data that want more memory than unpack_limit.h allows, each with the
 * byte of the packed data; or as `in` fails. */
void tn_unpack_source(struct tn_unpack *unpack, struct tn_source *source);

/* After a failed read: looks for the next gzip member behind the damage, from which reading goes on. False when there
 * is none, or the packing is another. */
bool tn_unpack_resume(struct tn_unpack *unpack);

#endif
