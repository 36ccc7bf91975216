/* SPDX-License-Identifier: MIT */
#include "input/unpack_limit.h"

#include <inttypes.h>
#include <lzma.h>

#include "input/little.h"

bool tn_unpack_refuse(uint64_t wanted, const char *what, struct tn_error *error)
{
    enum { MIB = 1 << 20 };
    tn_error_set(error, TN_FAILED, TN_TOO_LARGE, NULL,
                 "%s %" PRIu64 " MiB of memory to be unpacked, more than %" PRIu64 ": not unpacked; pack again with a smaller "
                 "window (dictionary)",
                 what, (wanted + MIB - 1) / MIB, TN_UNPACK_MEMORY / MIB);
    return false;
}

/* Two bytes of version, two of the length of what follows: one of properties, and the window. */
static uint64_t lzma_window(struct tn_str first)
{
    enum { WINDOW = 5 };
    return first.len >= WINDOW + 4 ? tn_little_32(first.s + WINDOW) : 0;
}

uint64_t tn_unpack_zstd_window(struct tn_str first)
{
    enum { SINGLE = 1 << 5, SIZE_64 = 3, LEAST = 10 };
    static const unsigned id_lengths[] = {0, 1, 2, 4};
    if (first.len < 18 || !tn_str_starts(first, TN_LIT("\x28\xB5\x2F\xFD")))
        return 0;
    unsigned flags = (unsigned char)first.s[4], window = (unsigned char)first.s[5];
    const char *size = first.s + 5 + id_lengths[flags & 3]; /* of what is unpacked: all of it is the window */
    if (flags & SINGLE)
        return flags >> 6 == SIZE_64 ? tn_little_64(size) : flags >> 6 == 2 ? tn_little_32(size) : 0;
    uint64_t least = UINT64_C(1) << (LEAST + (window >> 3));
    return least + least / 8 * (window & 7);
}

/* A block's header that is damaged is whoever unpacks it to tell. */
static uint64_t block_memory(struct tn_str bytes, lzma_check check)
{
    lzma_filter filters[LZMA_FILTERS_MAX + 1];
    lzma_block block = {.version = 0, .check = check, .filters = filters};
    const uint8_t *header = (const uint8_t *)bytes.s;
    if (!bytes.len || header[0] == 0)
        return 0;
    block.header_size = lzma_block_header_size_decode(header[0]);
    if (block.header_size > bytes.len || lzma_block_header_decode(&block, NULL, header) != LZMA_OK)
        return 0;
    uint64_t memory = lzma_raw_decoder_memusage(filters);
    lzma_filters_free(filters, NULL);
    return memory == UINT64_MAX ? 0 : memory;
}

static uint64_t xz_memory(struct tn_str first)
{
    lzma_stream_flags flags;
    if (first.len < LZMA_STREAM_HEADER_SIZE || lzma_stream_header_decode(&flags, (const uint8_t *)first.s) != LZMA_OK)
        return 0;
    return block_memory(tn_str_from(first, LZMA_STREAM_HEADER_SIZE), flags.check);
}

bool tn_unpack_allowed(unsigned method, struct tn_str first, struct tn_error *error)
{
    enum { LZMA = 14, XZ = 95, SMALL = 1 << 20 }; /* what a decoder needs beside its window */
    uint64_t wanted = method == LZMA ? lzma_window(first) : method == XZ ? xz_memory(first) : 0;
    return wanted <= TN_UNPACK_MEMORY + SMALL || tn_unpack_refuse(wanted, "the member wants", error);
}
