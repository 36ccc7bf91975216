/* SPDX-License-Identifier: MIT */
/* The inside of unpacking (unpack.c, unpack_deflate.c). */
#ifndef TN_INPUT_UNPACK_INSIDE_H
#define TN_INPUT_UNPACK_INSIDE_H

#include <archive.h>
#include <lzma.h>
#include <stdint.h>

#include "input/archive_data.h"
#include "input/unpack.h"

enum {
    TN_UNPACK_BLOCK = 64 * 1024,
    TN_UNPACK_KEPT = 64 /* bytes of the block before that stay in front of a block: libarchive looks ahead 24 */
};

struct tn_packing_row {
    enum tn_packing packing;
    int filter;         /* of libarchive; 0: none of it */
    uint64_t most_ratio; /* what is larger than a record may be, and so many times what it takes, is a bomb */
    const char *name;
    struct tn_str mark;
    bool (*read)(struct tn_unpack *unpack, char *into, size_t room, size_t *got); /* false: tn_unpack_fail said why */
};

struct tn_unpack {
    struct tn_source *in;
    const struct tn_packing_row *row;
    size_t room;
    size_t unpacked; /* bytes given so far */

    char *block;     /* bytes of `in`: the kept ones, then a block */
    size_t at, end;  /* in the block: the next byte that nobody took, and the end */
    size_t base;     /* offset in `in` of block[0] */
    bool ended;      /* `in` has no more, */
    bool in_failed;  /* ... or could not be read: */
    struct tn_error in_error;

    struct archive *archive;
    struct tn_archive_data data;
    bool opened; /* the archive has begun */
    bool failed; /* until somebody resumes: */
    struct tn_error error;

    lzma_stream lzma; /* of xz, */
    int lzma_result;  /* ... and what it said last */

    /* Of deflated data. */
    bool first;         /* nothing was read of the stream yet */
    size_t member;      /* offset in `in` of the member at hand, */
    size_t begun;       /* ... of its deflated data, */
    size_t given;       /* the pieces of it that the archive was given, */
    uint32_t length;    /* and its unpacked bytes, modulo 2^32 */
    struct tn_str left; /* unpacked, and not yet given on */
};

/* Reads the next block of `in` behind what nobody took (at most TN_UNPACK_KEPT bytes are kept). False at the end. */
bool tn_unpack_block(struct tn_unpack *unpack);

/* Fails at the byte where the packed data cannot be understood, or (`cut`) end. Returns false. */
bool tn_unpack_fail(struct tn_unpack *unpack, size_t offset, bool cut);

/* xz streams, one or several. */
bool tn_unpack_xz(struct tn_unpack *unpack, char *into, size_t room, size_t *got);

/* Deflated data in any wrapping. */
bool tn_unpack_deflate(struct tn_unpack *unpack, char *into, size_t room, size_t *got);

#endif
