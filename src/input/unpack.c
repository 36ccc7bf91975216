/* SPDX-License-Identifier: MIT */
#include "input/unpack_inside.h"

#include <inttypes.h>
#include <stdlib.h>

#include "input/unpack_limit.h"

/* Deflate packs a record that is repeated without end 100 to 300 to one (a match is of 258 bytes at most, and tells how
 * far back it is), runs of one character 1032 to one. The others have no such bounds. */
enum { DEFLATE_RATIO = 500, MOST_RATIO = 2000 };

static bool read_filter(struct tn_unpack *unpack, char *into, size_t room, size_t *got);

static const struct tn_packing_row rows[] = {
    {TN_PACKED_GZIP, 0, DEFLATE_RATIO, "gzip", {"\x1F\x8B\x08", 3}, tn_unpack_deflate},
    {TN_PACKED_XZ, 0, MOST_RATIO, "xz", {"\xFD" "7zXZ\0", 6}, tn_unpack_xz},
    {TN_PACKED_ZSTD, ARCHIVE_FILTER_ZSTD, MOST_RATIO, "zstd", {"\x28\xB5\x2F\xFD", 4}, read_filter},
    {TN_PACKED_BZIP2, ARCHIVE_FILTER_BZIP2, MOST_RATIO, "bzip2", {"BZh", 3}, read_filter},
    {TN_PACKED_ZLIB, 0, DEFLATE_RATIO, "deflated", {NULL, 0}, tn_unpack_deflate},
    {TN_PACKED_DEFLATE, 0, DEFLATE_RATIO, "deflated", {NULL, 0}, tn_unpack_deflate},
};

/* bzip2: the mark, the block size, and the first block's mark, because a page may well begin with three letters. */
static bool is_bzip2(struct tn_str head)
{
    return head.len >= 10 && tn_is_digit(head.s[3]) && memcmp(head.s + 4, "1AY&SY", 6) == 0;
}

enum tn_packing tn_packing_of(struct tn_str head)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].mark.len && tn_str_starts(head, rows[i].mark))
            return rows[i].packing != TN_PACKED_BZIP2 || is_bzip2(head) ? rows[i].packing : TN_PACKED_NOT;
    return TN_PACKED_NOT;
}

/* Blocks are full but for the last, however the bytes come in: what is unpacked before a damaged place is always the
 * same. */
bool tn_unpack_block(struct tn_unpack *unpack)
{
    size_t kept = unpack->end < TN_UNPACK_KEPT ? unpack->end : TN_UNPACK_KEPT, dropped = unpack->end - kept, got = 1;
    if (unpack->ended)
        return false;
    memmove(unpack->block, unpack->block + dropped, kept);
    unpack->base += dropped;
    unpack->at = unpack->at > dropped ? unpack->at - dropped : 0;
    unpack->end = kept;
    while (got && !unpack->in_failed && unpack->end - kept < TN_UNPACK_BLOCK) {
        size_t room = kept + TN_UNPACK_BLOCK - unpack->end;
        got = 0;
        unpack->in_failed = !tn_source_read(unpack->in, unpack->block + unpack->end, room, &got, &unpack->in_error);
        unpack->end += unpack->in_failed ? 0 : got;
    }
    unpack->ended = got == 0 || unpack->in_failed;
    return unpack->end > kept;
}

bool tn_unpack_fail(struct tn_unpack *unpack, size_t offset, bool cut)
{
    unpack->failed = true;
    if (unpack->in_failed) {
        unpack->error = unpack->in_error;
        return false;
    }
    /* A filter does not tell damage from an end that comes too early. */
    const char *what = cut ? "end too early," : unpack->row->filter ? "are damaged or cut" : "are damaged";
    tn_error_set(&unpack->error, TN_FAILED, cut ? TN_TRUNCATED : TN_SYNTAX, NULL, "the %s data %s at byte %zu",
                 unpack->row->name, what, offset);
    unpack->error.offset = offset;
    return false;
}

/* --- zstd, bzip2: one filter, and a format that is none. --- */

static la_ssize_t give_block(struct archive *archive, void *data, const void **at)
{
    struct tn_unpack *unpack = data;
    (void)archive;
    if (unpack->at == unpack->end && !tn_unpack_block(unpack))
        return 0;
    size_t from = unpack->at;
    unpack->at = unpack->end;
    *at = unpack->block + from;
    return (la_ssize_t)(unpack->end - from);
}

static bool open_filter(struct tn_unpack *unpack)
{
    struct archive_entry *entry;
    unpack->opened = true;
    unpack->archive = archive_read_new();
    return unpack->archive && archive_read_support_format_raw(unpack->archive) == ARCHIVE_OK &&
           archive_read_append_filter(unpack->archive, unpack->row->filter) == ARCHIVE_OK &&
           archive_read_open(unpack->archive, unpack, NULL, give_block, NULL) == ARCHIVE_OK &&
           archive_read_next_header(unpack->archive, &entry) == ARCHIVE_OK;
}

static size_t packed_so_far(const struct tn_unpack *unpack)
{
    return unpack->base + unpack->at;
}

/* zstd's own words for a window over its limit; but of the first frame libarchive does not tell them. */
static bool wants_much(const struct tn_unpack *unpack)
{
    const char *why = unpack->archive ? archive_error_string(unpack->archive) : NULL;
    if (unpack->base == 0 && unpack->row->packing == TN_PACKED_ZSTD &&
        tn_unpack_zstd_window(tn_str_slice(unpack->block, unpack->end)) > TN_UNPACK_ZSTD)
        return true;
    return why && tn_str_find_fold(tn_str_of(why), TN_LIT("too much memory")) != TN_NO_OFFSET;
}

static bool fail_filter(struct tn_unpack *unpack)
{
    tn_unpack_fail(unpack, packed_so_far(unpack), false);
    if (wants_much(unpack) && !unpack->in_failed)
        tn_error_set(&unpack->error, TN_FAILED, TN_TOO_LARGE, NULL,
                     "the %s data want more than 128 MiB of memory to be unpacked: not unpacked; pack again with a smaller "
                     "window (--long=27 at most)",
                     unpack->row->name);
    return false;
}

static bool read_filter(struct tn_unpack *unpack, char *into, size_t room, size_t *got)
{
    la_ssize_t count = -1;
    if (unpack->opened || open_filter(unpack))
        count = tn_archive_data_read(&unpack->data, unpack->archive, into, room);
    *got = count > 0 ? (size_t)count : 0;
    return count >= 0 || fail_filter(unpack);
}

/* --- All of them. --- */

struct tn_unpack *tn_unpack_new(struct tn_source *in, enum tn_packing packing, size_t room)
{
    struct tn_unpack *unpack = calloc(1, sizeof *unpack);
    if (!unpack)
        return NULL;
    unpack->in = in;
    unpack->lzma = (lzma_stream)LZMA_STREAM_INIT;
    unpack->room = room;
    unpack->block = malloc(TN_UNPACK_KEPT + TN_UNPACK_BLOCK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].packing == packing)
            unpack->row = &rows[i];
    unpack->first = true;
    if (unpack->block && unpack->row)
        return unpack;
    tn_unpack_free(unpack);
    return NULL;
}

void tn_unpack_free(struct tn_unpack *unpack)
{
    if (!unpack)
        return;
    archive_read_free(unpack->archive);
    lzma_end(&unpack->lzma);
    free(unpack->block);
    free(unpack);
}

static bool is_bomb(const struct tn_unpack *unpack)
{
    return unpack->unpacked > unpack->room && unpack->unpacked / unpack->row->most_ratio > packed_so_far(unpack);
}

static void fail_as_bomb(struct tn_unpack *unpack)
{
    unpack->failed = true;
    tn_error_set(&unpack->error, TN_FAILED, TN_TOO_LARGE, NULL,
                 "%zu bytes of %s data become more than %zu, over %" PRIu64 " times as many: not unpacked further",
                 packed_so_far(unpack), unpack->row->name, unpack->unpacked, unpack->row->most_ratio);
}

static bool read_unpacked(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    struct tn_unpack *unpack = source->state;
    *got = 0;
    if (!unpack->failed && is_bomb(unpack))
        fail_as_bomb(unpack);
    if (!unpack->failed && unpack->row->read(unpack, into, room, got)) {
        unpack->unpacked += *got;
        return true;
    }
    *got = 0;
    if (error)
        *error = unpack->error;
    return false;
}

void tn_unpack_source(struct tn_unpack *unpack, struct tn_source *source)
{
    *source = (struct tn_source){.read = read_unpacked, .state = unpack, .fd = -1};
}
