/* SPDX-License-Identifier: MIT */
#include "input/packed.h"

#include <inttypes.h>
#include <libdeflate.h>
#include <stdlib.h>

#include "input/unpack.h"
#include "input/unpack_zip.h"

enum how { STORED, STREAM, OF_ZIP };

/* Methods of packing. What most of them make is a stream of its own kind, without anything around it. */
static const struct method {
    unsigned number;
    enum how how;
    enum tn_packing packing;
} methods[] = {
    {0, STORED, TN_PACKED_NOT}, {8, STREAM, TN_PACKED_DEFLATE}, {12, STREAM, TN_PACKED_BZIP2}, {14, OF_ZIP, TN_PACKED_NOT},
    {93, STREAM, TN_PACKED_ZSTD}, {95, STREAM, TN_PACKED_XZ},   {98, OF_ZIP, TN_PACKED_NOT},
};
enum { ENCRYPTED = 1, DEFLATE = 8, MOST_RATIO = 2000 };

struct tn_unpacker {
    size_t max_record;
    struct libdeflate_decompressor *inflate;
    char *room; /* unpacked bytes */
    size_t room_size;
    struct tn_packed packed; /* the member at hand */
    /* As a stream: */
    struct tn_source memory;   /* its packed bytes, when they are in memory */
    struct tn_unpack *unpack;  /* one of these, or none: stored */
    struct tn_unpack_zip *unpack_zip;
    struct tn_source unpacked; /* what comes out, unchecked */
    uint64_t given;
    uint32_t crc;
    bool failed;
    struct tn_error error; /* ... for this reason */
};

static const struct method *find_method(unsigned number)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (methods[i].number == number)
            return &methods[i];
    return NULL;
}

const char *tn_packed_refusal(const struct tn_packed *packed)
{
    static const struct {
        unsigned number;
        const char *why;
    } others[] = {
        {9, "packed with deflate64, which is not read; pack it again with deflate"},
        {99, "encrypted, and there is no key"},
    };
    if (packed->flags & ENCRYPTED)
        return "encrypted, and there is no key";
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (others[i].number == packed->method)
            return others[i].why;
    return find_method(packed->method) ? NULL : "packed by a method that is not read; pack it again with deflate";
}

struct tn_unpacker *tn_unpacker_new(size_t max_record)
{
    struct tn_unpacker *unpacker = calloc(1, sizeof *unpacker);
    if (!unpacker)
        return NULL;
    unpacker->max_record = max_record;
    unpacker->inflate = libdeflate_alloc_decompressor();
    if (unpacker->inflate)
        return unpacker;
    free(unpacker);
    return NULL;
}

void tn_unpacker_free(struct tn_unpacker *unpacker)
{
    if (!unpacker)
        return;
    libdeflate_free_decompressor(unpacker->inflate);
    tn_unpack_free(unpacker->unpack);
    tn_unpack_zip_free(unpacker->unpack_zip);
    free(unpacker->room);
    free(unpacker);
}

/* --- As a stream. --- */

static bool fail(struct tn_error *error, enum tn_code code, const char *message)
{
    tn_error_set(error, TN_FAILED, code, NULL, "%s", message);
    return false;
}

/* Everything was given: is it what the directory promised? */
static bool check_end(const struct tn_unpacker *unpacker, struct tn_error *error)
{
    const struct tn_packed *packed = &unpacker->packed;
    if (unpacker->given < packed->unpacked) {
        tn_error_set(error, TN_FAILED, TN_TRUNCATED, NULL,
                     "the member ends after %" PRIu64 " bytes, and the archive says that it has %" PRIu64, unpacker->given,
                     packed->unpacked);
        return false;
    }
    return unpacker->crc == packed->crc ||
           fail(error, TN_SYNTAX, "the member is damaged: its checksum is not what the archive says");
}

static bool is_bomb(const struct tn_unpacker *unpacker)
{
    return unpacker->given > unpacker->max_record && unpacker->given / MOST_RATIO > unpacker->packed.size;
}

static bool read_bytes(struct tn_unpacker *unpacker, char *into, size_t room, size_t *got)
{
    struct tn_error *error = &unpacker->error;
    uint64_t left = unpacker->packed.unpacked - unpacker->given;
    if (is_bomb(unpacker))
        return fail(error, TN_TOO_LARGE, "the member becomes more than 2000 times what it takes: not unpacked further");
    if (!tn_source_read(&unpacker->unpacked, into, room, got, error))
        return false;
    if (*got && !left)
        return fail(error, TN_SYNTAX, "the member is damaged: it is longer than the archive says");
    *got = *got < left ? *got : (size_t)left;
    unpacker->crc = libdeflate_crc32(unpacker->crc, into, *got);
    unpacker->given += *got;
    return *got || check_end(unpacker, error);
}

/* What fails once fails again. */
static bool read_checked(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    struct tn_unpacker *unpacker = source->state;
    *got = 0;
    if (!unpacker->failed && read_bytes(unpacker, into, room, got))
        return true;
    unpacker->failed = true;
    *got = 0;
    if (error)
        *error = unpacker->error;
    return false;
}

/* Makes unpacker->unpacked of the packed bytes. An empty member needs no unpacking: libarchive takes nothing for damage. */
static bool open_unpacked(struct tn_unpacker *unpacker, const struct tn_packed *packed, struct tn_source *in)
{
    const struct method *method = find_method(packed->method);
    tn_unpack_free(unpacker->unpack);
    tn_unpack_zip_free(unpacker->unpack_zip);
    unpacker->unpack = NULL;
    unpacker->unpack_zip = NULL;
    unpacker->unpacked = *in;
    if (method->how == STORED)
        return true;
    if (packed->unpacked == 0) {
        tn_source_memory(&unpacker->unpacked, tn_str_slice(NULL, 0), 0);
        return true;
    }
    if (method->how == STREAM && (unpacker->unpack = tn_unpack_new(in, method->packing, unpacker->max_record)))
        tn_unpack_source(unpacker->unpack, &unpacker->unpacked);
    if (method->how == OF_ZIP && (unpacker->unpack_zip = tn_unpack_zip_new(in, packed)))
        tn_unpack_zip_source(unpacker->unpack_zip, &unpacker->unpacked);
    return unpacker->unpack || unpacker->unpack_zip;
}

bool tn_unpacker_stream(struct tn_unpacker *unpacker, const struct tn_packed *packed, struct tn_source *in,
                        struct tn_source *source, struct tn_error *error)
{
    const char *refusal = tn_packed_refusal(packed);
    if (refusal)
        return fail(error, TN_BINARY, refusal);
    unpacker->packed = *packed;
    unpacker->given = unpacker->crc = 0;
    unpacker->failed = false;
    if (!open_unpacked(unpacker, packed, in))
        return fail(error, TN_NO_MEMORY, "memory is short");
    *source = (struct tn_source){.read = read_checked, .state = unpacker, .fd = -1};
    return true;
}

/* --- In memory. --- */

/* What one large member took is not kept for all the small ones. */
static bool make_room(struct tn_unpacker *unpacker, size_t size)
{
    enum { KEPT = 512 * 1024 };
    if (size <= unpacker->room_size && (unpacker->room_size <= KEPT || size > KEPT))
        return true;
    char *room = malloc(size);
    if (!room)
        return false;
    free(unpacker->room);
    unpacker->room = room;
    unpacker->room_size = size;
    return true;
}

/* True when the member as a whole stands in *text, and is what the directory promised. */
static bool unpack_whole(struct tn_unpacker *unpacker, const struct tn_packed *packed, struct tn_str bytes,
                         struct tn_str *text)
{
    /* What is larger than a record may be is looked at while it is unpacked. */
    if (packed->flags & ENCRYPTED || packed->unpacked > TN_PACKED_MOST || packed->unpacked > unpacker->max_record)
        return false;
    size_t size = (size_t)packed->unpacked;
    *text = bytes;
    if (packed->method == DEFLATE) {
        if (!make_room(unpacker, size ? size : 1) ||
            libdeflate_deflate_decompress(unpacker->inflate, bytes.s, bytes.len, unpacker->room, size, NULL) !=
                LIBDEFLATE_SUCCESS)
            return false;
        *text = tn_str_slice(unpacker->room, size);
    } else if (packed->method != 0) {
        return false;
    }
    return text->len == size && libdeflate_crc32(0, text->s, size) == packed->crc;
}

bool tn_unpacker_open(struct tn_unpacker *unpacker, const struct tn_packed *packed, struct tn_str bytes,
                      struct tn_source *source, struct tn_error *error)
{
    struct tn_str text;
    if (unpack_whole(unpacker, packed, bytes, &text)) {
        tn_source_memory(source, text, 0);
        return true;
    }
    tn_source_memory(&unpacker->memory, bytes, 0);
    return tn_unpacker_stream(unpacker, packed, &unpacker->memory, source, error);
}
