/* SPDX-License-Identifier: MIT */
/* Archives through libarchive: tar, 7z, and zip archives that can only be read from front to end (from a pipe, or without
 * their directory). One member after the other, nothing is held but libarchive's window. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>

#include "input/archive_data.h"
#include "input/member_name.h"
#include "input/little.h"
#include "input/members_inside.h"
#include "input/seven_limit.h"
#include "input/spool.h"
#include "input/unpack_limit.h"

/* What one format has of its own. */
struct format {
    const char *name;
    int (*support)(struct archive *archive);
    const char *charset;  /* of names that are not UTF-8; NULL: windows-1252 */
    bool anywhere;        /* its directory stands at its end */
    struct tn_str member; /* what a member begins with: behind damage the next is looked for. Empty: there is no more */
    struct tn_str end;    /* what stands at the end of an archive that is whole: it begins so, */
    size_t end_size;      /* ... and is so long. Empty: nothing does */
    uint64_t most_ratio;  /* a member larger than a record may be, and so many times what it took, is a bomb */
};

struct files {
    struct tn_members *members;
    const struct format *format;
    struct archive *archive;
    locale_t locale;     /* libarchive makes names of it */
    struct tn_feed *feed;
    size_t block;        /* bytes of the feed that libarchive has and that are not taken yet, */
    uint64_t block_at;   /* ... and where they begin, */
    uint64_t begun;      /* of the feed, where this reader began */
    struct tn_source spooled; /* of a format that wants to be read anywhere: */
    struct tn_source *whole;
    uint64_t at;
    char *window;
    size_t number;       /* of the member, from 1 */
    struct tn_archive_data data; /* of the member */
    uint64_t unpacked;   /* bytes of the member so far, */
    uint64_t from;       /* and what was taken before it */
    bool told;           /* what is wrong was said, by who read the member: */
    struct tn_error error;
    bool broken;         /* libarchive cannot go on */
    bool searching;      /* ... and nothing was found behind it yet */
};

enum { WINDOW = 64 * 1024 };

/* --- What libarchive reads. --- */

static la_ssize_t give_block(struct archive *archive, void *data, const void **at)
{
    struct files *files = data;
    (void)archive;
    tn_feed_take(files->feed, files->block);
    files->block_at = files->feed->taken;
    struct tn_str bytes = tn_feed_ahead(files->feed, TN_FEED_ROOM); /* the same blocks, however the bytes come */
    /* What a member begins with can be looked at behind what libarchive has. */
    files->block = bytes.len == TN_FEED_ROOM ? bytes.len - TN_UNPACK_LOOK : bytes.len;
    *at = bytes.s;
    return (la_ssize_t)files->block; /* what fails is told at the end: what came before is read */
}

static la_ssize_t give_window(struct archive *archive, void *data, const void **at)
{
    struct files *files = data;
    struct tn_error error;
    uint64_t left = files->at < files->whole->size ? files->whole->size - files->at : 0;
    size_t count = left < WINDOW ? (size_t)left : WINDOW;
    if (count && !tn_source_read_at(files->whole, files->at, files->window, count, &error)) {
        archive_set_error(archive, EIO, "%s", error.message);
        return -1;
    }
    files->at += count;
    *at = files->window;
    return (la_ssize_t)count;
}

static la_int64_t go_to(struct archive *archive, void *data, la_int64_t offset, int whence)
{
    struct files *files = data;
    la_int64_t base = whence == SEEK_SET ? 0 : (la_int64_t)(whence == SEEK_CUR ? files->at : files->whole->size);
    (void)archive;
    if (offset < -base)
        return ARCHIVE_FATAL;
    files->at = (uint64_t)(base + offset);
    return base + offset;
}

static int open_callbacks(struct files *files)
{
    struct archive *archive = files->archive;
    if (!files->format->anywhere)
        return archive_read_open(archive, files, NULL, give_block, NULL);
    archive_read_set_callback_data(archive, files);
    archive_read_set_read_callback(archive, give_window);
    archive_read_set_seek_callback(archive, go_to);
    return archive_read_open1(archive);
}

static bool begin_reader(struct files *files)
{
    archive_read_free(files->archive);
    files->broken = false;
    files->begun = files->feed->taken;
    files->block = 0;
    files->archive = archive_read_new();
    return files->archive && files->format->support(files->archive) == ARCHIVE_OK && open_callbacks(files) == ARCHIVE_OK;
}

/* --- What went wrong. --- */

/* libarchive says so (of deflated data with zlib's code for it), or nothing, where the input ends too early. */
static bool is_cut(const struct files *files, const char *why)
{
    struct tn_str reason = tn_str_of(why);
    return files->feed->ended && !files->format->anywhere &&
           (!why || tn_str_find_fold(reason, TN_LIT("truncated")) != TN_NO_OFFSET ||
            tn_str_ends_fold(reason, TN_LIT("decompression failed (-5)")));
}

static void tell(struct files *files, const char *what, struct tn_error *error)
{
    const char *why = files->archive ? archive_error_string(files->archive) : NULL;
    struct tn_str reason = tn_str_trim(tn_str_of(why ? why : "it is damaged"));
    if (files->feed->failed)
        *error = files->feed->error;
    else if (is_cut(files, why))
        tn_error_set(error, TN_FAILED, TN_TRUNCATED, NULL, "the %s archive ends too early", files->format->name);
    else
        tn_error_set(error, TN_FAILED, TN_SYNTAX, NULL, "%s cannot be read: %.*s", what, (int)reason.len,
                     reason.s);
}

/* What libarchive used up is taken; false at the end of all. */
static bool take_used(struct files *files)
{
    uint64_t used = files->begun + (uint64_t)archive_filter_bytes(files->archive, -1);
    uint64_t skip = used > files->block_at ? used - files->block_at : 0;
    tn_feed_take(files->feed, skip < files->block ? (size_t)skip : files->block);
    files->block = 0;
    return tn_feed_ahead(files->feed, 1).len > 0;
}

/* Passes over everything up to `mark`, of which the feed holds all then. False when it is not there. */
static bool find(struct tn_feed *feed, struct tn_str mark)
{
    struct tn_str head;
    while ((head = tn_feed_ahead(feed, TN_FEED_ROOM)).len) {
        size_t found = tn_str_find(head, mark);
        if (found == TN_NO_OFFSET && head.len >= TN_FEED_ROOM)
            found = head.len - mark.len + 1;
        else if (found != TN_NO_OFFSET)
            mark.len = 0;
        tn_feed_take(feed, found == TN_NO_OFFSET ? head.len : found);
        if (mark.len == 0)
            return true;
    }
    return false;
}

/* Behind the end of a zip archive another one may stand, as when two files were joined: it is read next. */
static bool begins_again(struct files *files)
{
    enum { COMMENT = 20 };
    const struct tn_str end_mark = files->format->end, member = files->format->member;
    if (!end_mark.len || !take_used(files) || !find(files->feed, end_mark))
        return false;
    struct tn_str head = tn_feed_ahead(files->feed, files->format->end_size);
    size_t size = head.len < files->format->end_size ? 0 : files->format->end_size + tn_little_16(head.s + COMMENT);
    if (!size || size + member.len > TN_FEED_ROOM)
        return false;
    head = tn_feed_ahead(files->feed, size + member.len);
    if (!tn_str_starts(tn_str_from(head, size), member))
        return false;
    tn_feed_take(files->feed, size);
    return begin_reader(files);
}

/* The archive is read: is it whole? What is left is passed over, so that a damaged end is noticed, and whoever writes
 * into a pipe is not cut off. */
static enum tn_members_result end(struct files *files, struct tn_error *error)
{
    bool whole = true;
    files->members->done = true;
    if (files->format->anywhere)
        return TN_MEMBERS_END;
    take_used(files);
    if (files->format->end.len)
        whole = find(files->feed, files->format->end) &&
                tn_feed_ahead(files->feed, files->format->end_size).len >= files->format->end_size;
    for (struct tn_str rest; (rest = tn_feed_ahead(files->feed, TN_FEED_ROOM)).len;)
        tn_feed_take(files->feed, rest.len);
    if (files->feed->failed)
        *error = files->feed->error;
    else if (!whole)
        tn_error_set(error, TN_FAILED, TN_TRUNCATED, NULL, "the %s archive ends before its directory", files->format->name);
    return files->feed->failed || !whole ? TN_MEMBER_DAMAGE : TN_MEMBERS_END;
}

/* libarchive cannot go on here: perhaps behind it. Silent (TN_MEMBERS_END) about what was said already. */
static enum tn_members_result go_on(struct files *files, struct tn_error *error)
{
    bool told = files->told || files->searching;
    tell(files, "the archive", error);
    files->told = false;
    files->searching = files->format->member.len && take_used(files);
    if (files->searching) {
        tn_feed_take(files->feed, 1);
        files->searching = find(files->feed, files->format->member) && begin_reader(files);
    }
    files->members->done = !files->searching;
    return told ? TN_MEMBERS_END : TN_MEMBER_DAMAGE;
}

/* libarchive itself looks for the next member behind what is none. */
static enum tn_members_result search_on(struct files *files, struct tn_error *error)
{
    bool told = files->searching;
    files->searching = true;
    tell(files, "a member", error);
    return told ? TN_MEMBERS_END : TN_MEMBER_DAMAGE;
}

/* --- A member. --- */

static uint64_t taken(const struct files *files)
{
    return files->format->anywhere ? (uint64_t)archive_filter_bytes(files->archive, -1) : files->feed->taken + files->block;
}

static bool is_bomb(const struct files *files)
{
    return files->unpacked > files->members->max_record &&
           files->unpacked / files->format->most_ratio > taken(files) - files->from;
}

/* The bytes of the member. What fails once fails again. */
static bool read_bytes(struct files *files, char *into, size_t room, size_t *got)
{
    if (is_bomb(files)) {
        tn_error_set(&files->error, TN_FAILED, TN_TOO_LARGE, NULL,
                     "the member becomes more than %" PRIu64 " bytes, over %" PRIu64
                     " times what it takes in the archive: not unpacked further",
                     files->unpacked, files->format->most_ratio);
        return false;
    }
    la_ssize_t count = tn_archive_data_read(&files->data, files->archive, into, room);
    if (count < 0) {
        tell(files, "the member", &files->error);
        files->broken = count == ARCHIVE_FATAL;
        return false;
    }
    *got = (size_t)count;
    files->unpacked += (uint64_t)count;
    return true;
}

static bool read_file(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    struct files *files = source->state;
    *got = 0;
    files->told = files->told || !read_bytes(files, into, room, got);
    if (files->told && error)
        *error = files->error;
    return !files->told;
}

static enum tn_members_result open_link(struct files *files, struct archive_entry *entry, struct tn_member *member)
{
    const char *target = archive_entry_hardlink(entry);
    struct tn_str text = {NULL, 0};
    if (target)
        text = tn_member_name(&files->members->texts, tn_str_of(target), files->format->charset);
    member->why = text.s ? tn_str_format(&files->members->texts, "a link to '%s'", text.s).s : NULL;
    if (!member->why)
        member->why = "a link";
    return TN_MEMBER_PASSED;
}

/* What the header that was read last says, in libarchive's words ("ZIP 6.3 (lzma)"). 0: nothing that matters here. */
static unsigned zip_method(const struct files *files)
{
    static const struct {
        struct tn_str ending;
        unsigned number;
    } methods[] = {{{"(lzma)", 6}, 14}, {{"(xz)", 4}, 95}};
    const char *name = files->format->anywhere ? NULL : archive_format_name(files->archive);
    for (size_t i = 0; name && i < sizeof methods / sizeof methods[0]; i++)
        if (tn_str_ends_fold(tn_str_of(name), methods[i].ending))
            return methods[i].number;
    return 0;
}

/* The member's first bytes are ahead: libarchive was not given more than its header, and some that are still there. */
static bool is_allowed(const struct files *files, struct tn_error *error)
{
    unsigned method = zip_method(files);
    uint64_t at = files->begun + (uint64_t)archive_filter_bytes(files->archive, -1);
    struct tn_str held = tn_str_slice(files->feed->buffer + files->feed->at, files->feed->filled - files->feed->at);
    return !method || at < files->block_at || tn_unpack_allowed(method, tn_str_from(held, (size_t)(at - files->block_at)), error);
}

static enum tn_members_result open_file(struct files *files, struct archive_entry *entry, struct tn_member *member,
                                        struct tn_error *error)
{
    struct tn_str raw = tn_str_of(archive_entry_pathname(entry));
    bool link = archive_entry_hardlink(entry) || archive_entry_filetype(entry) == AE_IFLNK;
    files->number++;
    if ((!link && archive_entry_filetype(entry) != AE_IFREG) || tn_member_hidden(raw))
        return TN_MEMBERS_END;
    member->name = tn_member_name(&files->members->texts, raw, files->format->charset).s;
    if (!member->name || !member->name[0])
        member->name = tn_str_format(&files->members->texts, "member %zu", files->number).s;
    if (link)
        return open_link(files, entry, member);
    if (archive_entry_is_encrypted(entry)) {
        tn_error_set(error, TN_FAILED, TN_BINARY, NULL, "the member is encrypted, and there is no key");
        return TN_MEMBER_LOST;
    }
    if (!is_allowed(files, error))
        return TN_MEMBER_LOST;
    files->data = (struct tn_archive_data){.at = 0};
    files->unpacked = 0;
    files->from = taken(files);
    member->source = (struct tn_source){.read = read_file, .state = files, .fd = -1};
    return TN_MEMBER;
}

static int next_header(struct files *files, struct archive_entry **entry)
{
    if (files->broken)
        return ARCHIVE_FATAL;
    files->told = false;
    locale_t before = files->locale ? uselocale(files->locale) : (locale_t)0;
    int result = archive_read_next_header(files->archive, entry);
    if (files->locale)
        uselocale(before);
    return result;
}

static enum tn_members_result next(struct tn_members *members, struct tn_member *member, struct tn_error *error)
{
    struct files *files = members->state;
    struct archive_entry *entry;
    enum tn_members_result result = TN_MEMBERS_END;
    while (result == TN_MEMBERS_END && !members->done) {
        int found = next_header(files, &entry);
        if (found == ARCHIVE_EOF && begins_again(files))
            continue;
        if (found == ARCHIVE_EOF)
            return end(files, error);
        if (found == ARCHIVE_RETRY || found < ARCHIVE_WARN) {
            result = found == ARCHIVE_RETRY ? search_on(files, error) : go_on(files, error);
            continue;
        }
        files->searching = files->told = false;
        result = open_file(files, entry, member, error);
    }
    return result;
}

/* --- Beginning and end. --- */

static void close_files(void *state)
{
    struct files *files = state;
    archive_read_free(files->archive);
    tn_source_close(&files->spooled);
    if (files->locale)
        freelocale(files->locale);
    free(files->window);
    free(files);
}

/* Makes files->whole. What fails is told by the first header, which is not there then. */
static bool open_anywhere(struct files *files)
{
    struct tn_error error;
    files->whole = tn_members_extent(files->members);
    files->window = malloc(WINDOW);
    if (!files->window)
        return false;
    bool good = files->whole || tn_spool(files->feed, &files->spooled, &error);
    if (!files->whole)
        files->whole = &files->spooled;
    if (!good || !tn_seven_allowed(files->whole, &error)) {
        files->feed->failed = true;
        files->feed->error = error;
    }
    return true;
}

static void *open_format(struct tn_members *members, const struct format *format)
{
    struct files *files = calloc(1, sizeof *files);
    if (!files)
        return NULL;
    files->members = members;
    files->format = format;
    files->feed = &members->feed;
    files->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (!format->anywhere || open_anywhere(files)) {
        files->broken = (format->anywhere && files->feed->failed) || !begin_reader(files);
        return files;
    }
    close_files(files);
    return NULL;
}

/* --- The formats. --- */

static const struct format zip = {
    "zip", archive_read_support_format_zip_streamable, "CP437", false, {"PK\3\4", 4}, {"PK\5\6", 4}, 22, 500};
static const struct format tar = {"tar", archive_read_support_format_tar, NULL, false, {NULL, 0}, {NULL, 0}, 0, 500};
static const struct format seven = {"7z", archive_read_support_format_7zip, NULL, true, {NULL, 0}, {NULL, 0}, 0, 2000};

static void *open_zip(struct tn_members *members)
{
    return open_format(members, &zip);
}

static void *open_tar(struct tn_members *members)
{
    return open_format(members, &tar);
}

static void *open_7z(struct tn_members *members)
{
    return open_format(members, &seven);
}

static bool claims_zip(const struct tn_members *members, struct tn_str head)
{
    (void)members;
    return tn_begins_zip(head);
}

static bool claims_7z(const struct tn_members *members, struct tn_str head)
{
    (void)members;
    return tn_str_starts(head, TN_LIT("7z\xBC\xAF\x27\x1C"));
}

/* The sum of all bytes of the first header, its own place taken for blanks, stands in it in octal digits. Some programs
 * took bytes for signed numbers. */
static bool has_tar_sum(struct tn_str head)
{
    enum { HEADER = 512, PLACE = 148, DIGITS = 8 };
    long sums[2] = {0, 0}, stated = 0;
    if (head.len < HEADER || head.s[0] == '\0')
        return false;
    for (size_t i = 0; i < HEADER; i++) {
        char c = i - PLACE < DIGITS ? ' ' : head.s[i];
        sums[0] += (unsigned char)c;
        sums[1] += (signed char)c;
    }
    size_t i = PLACE;
    while (i < PLACE + DIGITS && head.s[i] == ' ')
        i++;
    for (; i < PLACE + DIGITS && head.s[i] >= '0' && head.s[i] <= '7'; i++)
        stated = stated * 8 + (head.s[i] - '0');
    return stated && (stated == sums[0] || stated == sums[1]);
}

static bool claims_tar(const struct tn_members *members, struct tn_str head)
{
    enum { MAGIC = 257 };
    (void)members;
    struct tn_str magic = tn_str_from(head, MAGIC);
    return tn_str_starts(magic, TN_LIT("ustar\0")) || tn_str_starts(magic, TN_LIT("ustar  ")) || has_tar_sum(head);
}

const struct tn_members_kind tn_members_zip_stream = {claims_zip, open_zip, next, close_files, true};
const struct tn_members_kind tn_members_tar = {claims_tar, open_tar, next, close_files, true};
const struct tn_members_kind tn_members_7z = {claims_7z, open_7z, next, close_files, true};
