/* SPDX-License-Identifier: MIT */
/* The directory is held while it is looked at: it is of at most DIRECTORY bytes, packed or not. */
#include "input/seven_limit.h"

#include <lzma.h>
#include <stdlib.h>

#include "input/little.h"
#include "input/unpack_limit.h"

enum {
    START = 32, /* the header in front: its end says where the directory is */
    DIRECTORY = 64 << 20,
    CODERS = 32, /* of one folder: 7-zip reads no more */
};

/* Marks in the directory. */
enum { END, HEADER, ARCHIVE_PROPERTIES, MORE_STREAMS, MAIN_STREAMS, FILES, PACK, UNPACK, SUBSTREAMS, SIZES, CRC, FOLDERS,
       UNPACK_SIZES, ENCODED = 0x17 };

/* What is left of the directory. */
struct reading {
    struct tn_str left;
    bool bad;          /* it is not to be understood */
    uint64_t wanted;   /* most memory of all folders, */
    uint64_t packed_at, packed; /* the first stream behind the header in front, */
    uint64_t unpacked; /* what the first folder becomes, */
    lzma_vli codec;  /* ... its only coder, if that is LZMA or LZMA2, */
    struct tn_str properties; /* and what is said of that */
};

static unsigned next_byte(struct reading *reading)
{
    if (!reading->left.len) {
        reading->bad = true;
        return 0;
    }
    unsigned byte = (unsigned char)reading->left.s[0];
    reading->left = tn_str_from(reading->left, 1);
    return byte;
}

/* The first byte's leading ones say how many bytes follow, least first; its other bits are the highest ones. */
static uint64_t next_number(struct reading *reading)
{
    unsigned first = next_byte(reading), mask = 0x80;
    uint64_t value = 0;
    for (unsigned i = 0; i < 8; i++, mask >>= 1) {
        if (!(first & mask))
            return value | (uint64_t)(first & (mask - 1)) << (8 * i);
        value |= (uint64_t)next_byte(reading) << (8 * i);
    }
    return value;
}

static struct tn_str next_bytes(struct reading *reading, uint64_t count)
{
    if (count > reading->left.len) {
        reading->bad = true;
        count = reading->left.len;
    }
    struct tn_str bytes = tn_str_slice(reading->left.s, (size_t)count);
    reading->left = tn_str_from(reading->left, (size_t)count);
    return bytes;
}

static bool is_codec(struct tn_str id, const char *bytes, size_t len)
{
    return id.len == len && memcmp(id.s, bytes, len) == 0;
}

/* LZMA's properties end with the window, PPMd's with its memory; LZMA2 has one byte for it. */
static uint64_t coder_memory(struct tn_str id, struct tn_str properties)
{
    enum { LARGEST = 40 };
    if ((is_codec(id, "\3\1\1", 3) || is_codec(id, "\3\4\1", 3)) && properties.len >= 5)
        return tn_little_32(properties.s + 1);
    unsigned step = is_codec(id, "\x21", 1) && properties.len ? (unsigned char)properties.s[0] : 0;
    return step >= LARGEST ? UINT32_MAX : step ? (uint64_t)(2 | (step & 1)) << (step / 2 + 11) : 0;
}

/* Streams that go into the coder and come out of it. */
static uint64_t read_coder(struct reading *reading, uint64_t *in, bool only)
{
    enum { ID = 0x0F, COMPLEX = 0x10, PROPERTIES = 0x20 };
    unsigned flags = next_byte(reading);
    struct tn_str id = next_bytes(reading, flags & ID), properties = {NULL, 0};
    uint64_t out = 1;
    *in = 1;
    if (flags & COMPLEX) {
        *in = next_number(reading);
        out = next_number(reading);
    }
    if (flags & PROPERTIES)
        properties = next_bytes(reading, next_number(reading));
    uint64_t memory = coder_memory(id, properties);
    reading->wanted = memory > reading->wanted ? memory : reading->wanted;
    if (only && (is_codec(id, "\3\1\1", 3) || is_codec(id, "\x21", 1))) {
        reading->codec = id.len == 1 ? LZMA_FILTER_LZMA2 : LZMA_FILTER_LZMA1;
        reading->properties = properties;
    }
    if (*in > CODERS || out > CODERS)
        reading->bad = true;
    return out;
}

/* The number of streams that come out of the folder. */
static uint64_t read_folder(struct reading *reading)
{
    uint64_t coders = next_number(reading), in = 0, out = 0, some;
    reading->bad = reading->bad || coders > CODERS;
    for (uint64_t i = 0; i < coders && !reading->bad; i++) {
        out += read_coder(reading, &some, coders == 1);
        in += some;
    }
    uint64_t pairs = out ? out - 1 : 0, packed = in > pairs ? in - pairs : 0;
    for (uint64_t i = 0; i < 2 * pairs + (packed > 1 ? packed : 0) && !reading->bad; i++)
        next_number(reading);
    return out;
}

static void read_folders(struct reading *reading)
{
    if (next_byte(reading) != FOLDERS)
        reading->bad = true;
    uint64_t folders = next_number(reading);
    if (next_byte(reading)) /* they stand elsewhere: libarchive does not read that either */
        reading->bad = true;
    for (uint64_t i = 0; i < folders && !reading->bad; i++)
        read_folder(reading);
    if (!reading->bad && next_byte(reading) == UNPACK_SIZES)
        reading->unpacked = next_number(reading);
}

/* A bit for each stream. */
static uint64_t count_marked(struct reading *reading, uint64_t streams)
{
    struct tn_str bits = next_bytes(reading, streams / 8 + (streams % 8 > 0));
    uint64_t count = 0;
    for (uint64_t i = 0; i < streams && !reading->bad; i++)
        count += (unsigned char)bits.s[i / 8] >> (7 - i % 8) & 1;
    return count;
}

/* Where the packed streams begin and how long the first is. */
static void read_pack(struct reading *reading)
{
    reading->packed_at = next_number(reading);
    uint64_t streams = next_number(reading);
    unsigned mark = next_byte(reading);
    if (mark == SIZES) {
        for (uint64_t i = 0; i < streams && !reading->bad; i++) {
            uint64_t size = next_number(reading);
            reading->packed = i ? reading->packed : size;
        }
        mark = next_byte(reading);
    }
    while (mark == CRC && !reading->bad) { /* four bytes for each that has one */
        uint64_t have = next_byte(reading) ? streams : count_marked(reading, streams);
        next_bytes(reading, have > UINT32_MAX ? UINT64_MAX : 4 * have);
        mark = next_byte(reading);
    }
    reading->bad = reading->bad || mark != END;
}

static void read_streams(struct reading *reading)
{
    unsigned mark = next_byte(reading);
    if (mark == PACK) {
        read_pack(reading);
        mark = next_byte(reading);
    }
    if (mark == UNPACK && !reading->bad)
        read_folders(reading);
}

/* --- The directory, which may be packed itself. --- */

/* The bytes at `at`, on the heap. NULL when there are none, or too many. */
static char *load(struct tn_source *source, uint64_t at, uint64_t size)
{
    struct tn_error ignored;
    if (!size || size > DIRECTORY || at > source->size || size > source->size - at)
        return NULL;
    char *bytes = malloc((size_t)size);
    if (bytes && tn_source_read_at(source, at, bytes, (size_t)size, &ignored))
        return bytes;
    free(bytes);
    return NULL;
}

/* What the only folder of the directory's own streams becomes; NULL when it is not LZMA or LZMA2, or damaged. */
static char *unpack(struct tn_source *source, const struct reading *outer)
{
    lzma_filter filters[] = {{outer->codec, NULL}, {LZMA_VLI_UNKNOWN, NULL}};
    size_t in = 0, out = 0;
    if (!outer->properties.len || !outer->unpacked || outer->unpacked > DIRECTORY ||
        lzma_properties_decode(&filters[0], NULL, (const uint8_t *)outer->properties.s, outer->properties.len) != LZMA_OK)
        return NULL;
    char *packed = load(source, START + outer->packed_at, outer->packed), *bytes = malloc((size_t)outer->unpacked);
    lzma_ret result = !packed || !bytes ? LZMA_MEM_ERROR
                                        : lzma_raw_buffer_decode(filters, NULL, (const uint8_t *)packed, &in, (size_t)outer->packed,
                                                                 (uint8_t *)bytes, &out, (size_t)outer->unpacked);
    free(packed);
    free(filters[0].options);
    if (result == LZMA_OK && out == outer->unpacked)
        return bytes;
    free(bytes);
    return NULL;
}

/* Reads one directory; true when it was a packed one, and what is in it can be read on. */
static bool read_directory(struct reading *reading)
{
    unsigned mark = next_byte(reading);
    if (mark == ENCODED) {
        read_streams(reading);
        return !reading->bad;
    }
    if (mark == HEADER && next_byte(reading) == MAIN_STREAMS)
        read_streams(reading);
    return false;
}

static uint64_t wanted_by(struct tn_source *source, char *bytes, uint64_t size)
{
    enum { LAYERS = 4 };
    uint64_t wanted = 0;
    for (int i = 0; bytes && i < LAYERS; i++) {
        struct reading reading = {.left = tn_str_slice(bytes, (size_t)size)};
        bool packed = read_directory(&reading);
        wanted = reading.wanted > wanted ? reading.wanted : wanted;
        char *inner = packed && wanted <= TN_UNPACK_MEMORY ? unpack(source, &reading) : NULL;
        size = reading.unpacked;
        free(bytes);
        bytes = inner;
    }
    free(bytes);
    return wanted;
}

bool tn_seven_allowed(struct tn_source *source, struct tn_error *error)
{
    char start[START];
    struct tn_error ignored;
    if (source->size < START || !tn_source_read_at(source, 0, start, START, &ignored))
        return true;
    uint64_t at = tn_little_64(start + 12), size = tn_little_64(start + 20);
    if (at > source->size)
        return true;
    if (size > DIRECTORY && size <= source->size)
        return tn_unpack_refuse(size, "the 7z archive's directory wants", error);
    uint64_t wanted = wanted_by(source, load(source, START + at, size), size);
    return wanted <= TN_UNPACK_MEMORY || tn_unpack_refuse(wanted, "the 7z archive wants", error);
}
