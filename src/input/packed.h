/* SPDX-License-Identifier: MIT */
/* Members of a zip archive as they stand in it, and unpacking them: in memory on any thread, or as a stream.
 *
 * Whoever has threads takes the packed bytes on the one that reads the archive (tn_packed_read in members.h) and unpacks
 * them on another:
 *
 *     struct tn_unpacker *unpacker = tn_unpacker_new(max_record);        one for each thread
 *     if (tn_unpacker_open(unpacker, &packed, bytes, &source, &error)) ... read from `source` ...
 *     tn_unpacker_free(unpacker);
 *
 * Of a damaged member the bytes before the damage are given; of one whose checksum is wrong all bytes: then a read fails
 * and says so. */
#ifndef TN_INPUT_PACKED_H
#define TN_INPUT_PACKED_H

#include "input/source.h"

/* Larger members, packed or unpacked, are never held whole. */
enum { TN_PACKED_MOST = 4 * 1024 * 1024 };

/* What the archive's directory says of a member. Owns nothing: may be copied. */
struct tn_packed {
    uint64_t offset; /* of the member's own header in the archive */
    uint64_t size;   /* packed bytes */
    uint64_t unpacked;
    uint32_t crc;
    unsigned method; /* of packing: 0 stored, 8 deflate, ... (APPNOTE.TXT, 4.4.5) */
    unsigned flags;  /* 4.4.4: 1 encrypted */
};

/* NULL when we can read it, else why not: encrypted, or packed in a way that nobody here knows. Static. */
const char *tn_packed_refusal(const struct tn_packed *packed);

struct tn_unpacker;

/* NULL when memory is short. */
struct tn_unpacker *tn_unpacker_new(size_t max_record);
void tn_unpacker_free(struct tn_unpacker *unpacker); /* NULL allowed */

/* Begins with a member of which `bytes` (borrowed until the next open) are the packed bytes. *source borrows the
 * unpacker and is valid until the next open; as a rule all of it is unpacked by now and stands in memory. False with
 * *error (TN_BINARY: see tn_packed_refusal; TN_NO_MEMORY). */
bool tn_unpacker_open(struct tn_unpacker *unpacker, const struct tn_packed *packed, struct tn_str bytes,
                      struct tn_source *source, struct tn_error *error);

/* The same of a member that is too large for that: `in` (borrowed) gives its packed bytes. */
bool tn_unpacker_stream(struct tn_unpacker *unpacker, const struct tn_packed *packed, struct tn_source *in,
                        struct tn_source *source, struct tn_error *error);

#endif
