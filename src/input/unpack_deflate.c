/* SPDX-License-Identifier: MIT */
/* Deflated data: gzip members, zlib streams, and bare ones.
 *
 * libarchive has a filter for gzip, but that one hands out 64 KiB at a time and, when the data end or break, drops what
 * it had unpacked since: of a small archive that was cut, everything. Its reader of zip entries hands out what it has
 * after every piece that it is given. So every stream is shown to it as the one entry of a zip archive whose length is
 * told behind it; what is wrapped around the stream is read here. That also tells where a member ends, and so where
 * reading goes on behind a damaged one. */
#include "input/unpack_inside.h"

/* A local file header: flag 3 (length behind the data), method 8 (deflate), a name of one byte. */
static const char zip_header[] = "PK\3\4\24\0\10\0\10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0x";
enum {
    ZIP_HEADER = sizeof zip_header - 1,
    GZIP_TRAILER = 8,
    PIECE = 1024 /* what is given at a time: so much is lost where the data are damaged */
};

/* What libarchive wants to see behind an entry; at the end of the input it is given this. */
static const char zip_trailer[64] = {0};

static int next_byte(struct tn_unpack *unpack)
{
    if (unpack->at == unpack->end && !tn_unpack_block(unpack))
        return -1;
    return (unsigned char)unpack->block[unpack->at++];
}

static bool skip_bytes(struct tn_unpack *unpack, size_t count)
{
    while (count && next_byte(unpack) >= 0)
        count--;
    return count == 0;
}

static bool skip_text(struct tn_unpack *unpack)
{
    int c;
    while ((c = next_byte(unpack)) > 0)
        ;
    return c == 0;
}

/* What RFC 1952 allows behind the first ten bytes. */
static bool skip_gzip_options(struct tn_unpack *unpack, int flags)
{
    enum { HEADER_CRC = 2, EXTRA = 4, NAME = 8, COMMENT = 16 };
    if (flags & EXTRA) {
        int low = next_byte(unpack), high = next_byte(unpack);
        if (high < 0 || !skip_bytes(unpack, (size_t)low + 256 * (size_t)high))
            return false;
    }
    return (!(flags & NAME) || skip_text(unpack)) && (!(flags & COMMENT) || skip_text(unpack)) &&
           (!(flags & HEADER_CRC) || skip_bytes(unpack, 2));
}

enum header { HEADER_GOOD, HEADER_END, HEADER_BAD };

/* The header of the next member, or the end: nothing more, or nothing but zeros, with which some tapes are padded. */
static enum header read_gzip_header(struct tn_unpack *unpack)
{
    int first = next_byte(unpack);
    bool padded = first == 0;
    while (first == 0)
        first = next_byte(unpack);
    if (first < 0)
        return unpack->in_failed ? HEADER_BAD : HEADER_END;
    if (padded || first != 0x1F || next_byte(unpack) != 0x8B || next_byte(unpack) != 8)
        return HEADER_BAD;
    int flags = next_byte(unpack);
    bool good = flags >= 0 && flags < 0x20 && skip_bytes(unpack, 6) && skip_gzip_options(unpack, flags);
    return good ? HEADER_GOOD : HEADER_BAD;
}

/* Every wrapping but gzip's holds one stream. */
static enum header read_header(struct tn_unpack *unpack)
{
    bool first = unpack->first;
    unpack->first = false;
    if (unpack->row->packing == TN_PACKED_GZIP)
        return read_gzip_header(unpack);
    if (!first)
        return HEADER_END;
    return unpack->row->packing == TN_PACKED_DEFLATE || skip_bytes(unpack, 2) ? HEADER_GOOD : HEADER_BAD;
}

static la_ssize_t give(struct archive *archive, void *data, const void **at)
{
    struct tn_unpack *unpack = data;
    (void)archive;
    if (unpack->given++ == 0) {
        *at = zip_header;
        return ZIP_HEADER;
    }
    if (unpack->at < unpack->end || tn_unpack_block(unpack)) {
        size_t from = unpack->at, len = PIECE - (unpack->base + from) % PIECE;
        len = len < unpack->end - from ? len : unpack->end - from;
        unpack->at += len;
        *at = unpack->block + from;
        return (la_ssize_t)len;
    }
    *at = zip_trailer;
    return sizeof zip_trailer;
}

static bool open_stream(struct tn_unpack *unpack)
{
    struct archive_entry *entry;
    archive_read_free(unpack->archive);
    unpack->archive = archive_read_new();
    unpack->given = 0;
    unpack->length = 0;
    unpack->begun = unpack->base + unpack->at;
    return unpack->archive && archive_read_support_format_zip_streamable(unpack->archive) == ARCHIVE_OK &&
           archive_read_open(unpack->archive, unpack, NULL, give, NULL) == ARCHIVE_OK &&
           archive_read_next_header(unpack->archive, &entry) >= ARCHIVE_WARN;
}

/* Offset in `in` of the first byte that the stream did not need. */
static size_t behind_stream(const struct tn_unpack *unpack)
{
    return unpack->begun + (size_t)archive_filter_bytes(unpack->archive, -1) - ZIP_HEADER;
}

/* Goes on at `offset`, which is not before what is kept. */
static void go_to(struct tn_unpack *unpack, size_t offset)
{
    unpack->at = offset > unpack->base ? offset - unpack->base : 0;
}

/* The member is read: its trailer says how long it was. A trailer that is cut off took nothing along. */
static bool end_member(struct tn_unpack *unpack)
{
    unpack->opened = false;
    go_to(unpack, behind_stream(unpack));
    if (unpack->row->packing != TN_PACKED_GZIP)
        return true;
    uint32_t length = 0;
    for (int i = 0; i < GZIP_TRAILER; i++) {
        int c = next_byte(unpack);
        if (c < 0)
            return tn_unpack_fail(unpack, unpack->base + unpack->end, true);
        length = length >> 8 | (uint32_t)c << 24;
    }
    return length == unpack->length || tn_unpack_fail(unpack, unpack->member, false);
}

/* Unpacks the next piece into unpack->left; nothing there and `opened` gone: the member ended. */
static bool read_piece(struct tn_unpack *unpack)
{
    const void *bytes;
    size_t len;
    la_int64_t offset;
    int result = archive_read_data_block(unpack->archive, &bytes, &len, &offset);
    if (result == ARCHIVE_EOF)
        return end_member(unpack);
    size_t stored = unpack->base + unpack->end, used = behind_stream(unpack);
    if (result < ARCHIVE_WARN || used > stored) /* further than the input: it went on in the zeros behind it */
        return tn_unpack_fail(unpack, used < stored ? used : stored, unpack->ended && used >= stored);
    unpack->left = tn_str_slice(bytes, len);
    unpack->length += (uint32_t)len;
    return true;
}

/* Begins the next member. False at the end, and (failed) where there is none. */
static bool begin_member(struct tn_unpack *unpack)
{
    unpack->member = unpack->base + unpack->at;
    enum header header = read_header(unpack);
    unpack->opened = header == HEADER_GOOD && open_stream(unpack);
    if (!unpack->opened && header != HEADER_END)
        tn_unpack_fail(unpack, unpack->member, header == HEADER_BAD && unpack->ended && unpack->at == unpack->end);
    return unpack->opened;
}

bool tn_unpack_deflate(struct tn_unpack *unpack, char *into, size_t room, size_t *got)
{
    while (unpack->left.len == 0) {
        if (!unpack->opened && !begin_member(unpack))
            return !unpack->failed;
        if (!read_piece(unpack))
            return false;
    }
    *got = unpack->left.len < room ? unpack->left.len : room;
    memcpy(into, unpack->left.s, *got);
    unpack->left = tn_str_from(unpack->left, *got);
    return true;
}

static bool at_gzip_header(const struct tn_unpack *unpack)
{
    const char *p = unpack->block + unpack->at;
    return memcmp(p, "\x1F\x8B\x08", 3) == 0 && (unsigned char)p[3] < 0x20;
}

bool tn_unpack_resume(struct tn_unpack *unpack)
{
    if (!unpack->failed || unpack->in_failed || unpack->row->packing != TN_PACKED_GZIP ||
        unpack->error.code == TN_TOO_LARGE)
        return false;
    unpack->failed = unpack->opened = false;
    unpack->left = tn_str_slice(NULL, 0);
    go_to(unpack, unpack->member + 1);
    for (;;) {
        for (; unpack->at + 4 <= unpack->end; unpack->at++)
            if (at_gzip_header(unpack))
                return true;
        if (!tn_unpack_block(unpack))
            return false;
    }
}
