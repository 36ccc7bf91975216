/* SPDX-License-Identifier: MIT */
/* libarchive is shown an archive with this one member: a header that says what the directory said, and the packed bytes.
 * Behind them it wants to see something. */
#include "input/unpack_zip.h"

#include "input/archive_data.h"

#include <archive.h>
#include <stdlib.h>

#include "input/unpack_limit.h"

enum { HEADER = 31, BLOCK = 64 * 1024 };

struct tn_unpack_zip {
    struct tn_source *in;
    unsigned method;
    struct archive *archive;
    bool begun, looked, ended;
    bool in_failed;
    struct tn_error in_error;
    struct tn_archive_data data;
    char header[HEADER]; /* with a name of one byte */
    char block[BLOCK];
};

static void put(char *at, size_t count, uint64_t value)
{
    for (size_t i = 0; i < count; i++, value >>= 8)
        at[i] = (char)(value & 0xFF);
}

/* Sizes over 4 GiB have no place here; such a member is refused when its length is held against the directory. */
static void make_header(char *header, const struct tn_packed *packed)
{
    enum { END_MARK = 2 };
    memset(header, 0, HEADER);
    memcpy(header, "PK\3\4", 4);
    put(header + 4, 2, 63);
    put(header + 6, 2, packed->flags & END_MARK);
    put(header + 8, 2, packed->method);
    put(header + 14, 4, packed->crc);
    put(header + 18, 4, packed->size);
    put(header + 22, 4, packed->unpacked);
    put(header + 26, 2, 1);
    header[30] = 'x';
}

/* A full block, but for the last one. The first one tells how much memory the member wants. */
static bool read_block(struct tn_unpack_zip *unpack, size_t *filled)
{
    size_t got = 1;
    for (*filled = 0; got && *filled < BLOCK; *filled += got) {
        got = 0;
        if (!tn_source_read(unpack->in, unpack->block + *filled, BLOCK - *filled, &got, &unpack->in_error))
            return false;
    }
    bool allowed = unpack->looked || tn_unpack_allowed(unpack->method, tn_str_slice(unpack->block, *filled), &unpack->in_error);
    unpack->looked = true;
    return allowed;
}

static la_ssize_t give(struct archive *archive, void *data, const void **at)
{
    struct tn_unpack_zip *unpack = data;
    size_t got = 0;
    (void)archive;
    if (!unpack->begun) {
        unpack->begun = true;
        *at = unpack->header;
        return HEADER;
    }
    *at = unpack->block;
    if (unpack->ended)
        return 0;
    unpack->in_failed = !read_block(unpack, &got);
    if (!unpack->in_failed && got)
        return (la_ssize_t)got;
    unpack->ended = true;
    memset(unpack->block, 0, HEADER);
    return HEADER;
}

static bool read_unpacked(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    struct tn_unpack_zip *unpack = source->state;
    la_ssize_t count = tn_archive_data_read(&unpack->data, unpack->archive, into, room);
    *got = count > 0 ? (size_t)count : 0;
    if (count >= 0)
        return true;
    if (unpack->in_failed && error)
        *error = unpack->in_error;
    else if (!unpack->in_failed)
        tn_error_set(error, TN_FAILED, TN_SYNTAX, NULL, "the member is damaged: %s", archive_error_string(unpack->archive));
    return false;
}

struct tn_unpack_zip *tn_unpack_zip_new(struct tn_source *in, const struct tn_packed *packed)
{
    struct archive_entry *entry;
    struct tn_unpack_zip *unpack = calloc(1, sizeof *unpack);
    if (!unpack)
        return NULL;
    unpack->in = in;
    unpack->method = packed->method;
    make_header(unpack->header, packed);
    unpack->archive = archive_read_new();
    if (unpack->archive && archive_read_support_format_zip_streamable(unpack->archive) == ARCHIVE_OK &&
        archive_read_open(unpack->archive, unpack, NULL, give, NULL) == ARCHIVE_OK &&
        archive_read_next_header(unpack->archive, &entry) >= ARCHIVE_WARN)
        return unpack;
    tn_unpack_zip_free(unpack);
    return NULL;
}

void tn_unpack_zip_free(struct tn_unpack_zip *unpack)
{
    if (!unpack)
        return;
    archive_read_free(unpack->archive);
    free(unpack);
}

void tn_unpack_zip_source(struct tn_unpack_zip *unpack, struct tn_source *source)
{
    *source = (struct tn_source){.read = read_unpacked, .state = unpack, .fd = -1};
}
