/* SPDX-License-Identifier: MIT */
#include "dataset/packed.h"

#include <libdeflate.h>

enum { LENGTH_BYTES = 8, LEVEL = 6 };

/* Not even zeros become smaller than that. */
enum { MOST_RATIO = 1100 };

static void put_length(struct tn_buf *packed, uint64_t len)
{
    for (int i = 0; i < LENGTH_BYTES; i++, len >>= 8)
        tn_buf_char(packed, (char)(unsigned char)(len & 0xFF));
}

static uint64_t get_length(const char *bytes)
{
    uint64_t len = 0;
    for (int i = LENGTH_BYTES - 1; i >= 0; i--)
        len = len << 8 | (unsigned char)bytes[i];
    return len;
}

bool tn_pack_json(struct tn_str json, struct tn_buf *packed)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    size_t most = compressor ? libdeflate_zlib_compress_bound(compressor, json.len) : 0;
    put_length(packed, json.len);
    size_t len = compressor && tn_buf_reserve(packed, most)
                     ? libdeflate_zlib_compress(compressor, json.s, json.len, packed->data + packed->len, most)
                     : 0;
    packed->len += len;
    libdeflate_free_compressor(compressor);
    return len > 0;
}

bool tn_unpack_json(struct tn_str packed, struct tn_buf *json)
{
    uint64_t len = packed.len > LENGTH_BYTES ? get_length(packed.s) : 0;
    if (len == 0 || len / MOST_RATIO > packed.len || !tn_buf_reserve(json, (size_t)len + 1))
        return false;
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    bool good = decompressor &&
                libdeflate_zlib_decompress(decompressor, packed.s + LENGTH_BYTES, packed.len - LENGTH_BYTES,
                                           json->data + json->len, (size_t)len, NULL) == LIBDEFLATE_SUCCESS;
    json->len += good ? (size_t)len : 0;
    libdeflate_free_decompressor(decompressor);
    return good && tn_buf_terminate(json);
}
