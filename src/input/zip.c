/* SPDX-License-Identifier: MIT */
/* Zip archives that can be read anywhere: the members that their directory names, in its order. Those of others are read
 * by archive.c, as they come. */
#include <inttypes.h>
#include <stdlib.h>

#include "input/member_name.h"
#include "input/members_inside.h"
#include "input/zip_directory.h"

/* The bytes of a member as they stand in the archive. */
struct region {
    struct tn_source *source;
    uint64_t begin, left;
};

struct zip {
    struct tn_members *members;
    struct tn_zip_directory directory;
    struct tn_zip_entry entry; /* at hand */
    size_t number;             /* of the member, from 1 */
    uint64_t before, behind;   /* place of the member before it, */
    uint64_t total;            /* and the packed bytes of all so far */
    bool opened, open;         /* somebody reads the member; it could be opened: */
    struct tn_unpacker *unpacker;
    char *bytes; /* TN_PACKED_MOST of them, when they are needed first */
    struct region region;
    struct tn_source packed, unpacked;
    struct tn_error error; /* why it could not */
};

/* Office documents, books and programs are zip archives, and for whoever has them one file of that kind. */
static bool is_document(struct tn_str head)
{
    static const struct tn_str first[] = {
        {"[Content_Types].xml", 19}, {"_rels/", 6}, {"docProps/", 9}, {"mimetype", 8}, {"META-INF/MANIFEST.MF", 20},
    };
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++)
        if (tn_str_starts(head, TN_LIT("PK\3\4")) && tn_str_starts(tn_str_from(head, 30), first[i]))
            return true;
    return false;
}

bool tn_begins_zip(struct tn_str head)
{
    static const struct tn_str marks[] = {
        {"PK\3\4", 4}, {"PK\5\6", 4}, {"PK\6\6", 4}, {"PK00PK\3\4", 8}, {"PK\7\10PK\3\4", 8},
    };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (tn_str_starts(head, marks[i]))
            return !is_document(head);
    return false;
}

/* What an archive that unpacks itself begins with. */
static bool begins_program(struct tn_str head)
{
    return tn_str_starts(head, TN_LIT("MZ")) || tn_str_starts(head, TN_LIT("\x7F" "ELF")) ||
           tn_str_starts(head, TN_LIT("#!"));
}

static bool claims(const struct tn_members *members, struct tn_str head)
{
    struct tn_source *source = tn_members_extent(members);
    struct tn_zip_directory directory;
    return source && (tn_begins_zip(head) || begins_program(head)) && tn_zip_directory_find(&directory, source);
}

/* --- Reading a member. --- */

static bool read_region(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    struct region *region = source->state;
    *got = room < region->left ? room : (size_t)region->left;
    if (!tn_source_read_at(region->source, region->begin, into, *got, error))
        return false;
    region->begin += *got;
    region->left -= *got;
    return true;
}

static bool no_memory(struct tn_error *error)
{
    tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "memory is short");
    return false;
}

static bool open_small(struct zip *zip, const struct tn_packed *packed)
{
    if (!zip->bytes)
        zip->bytes = malloc(TN_PACKED_MOST);
    if (!zip->bytes)
        return no_memory(&zip->error);
    return tn_packed_read(zip->members, packed, zip->bytes, &zip->error) &&
           tn_unpacker_open(zip->unpacker, packed, tn_str_slice(zip->bytes, (size_t)packed->size), &zip->unpacked,
                            &zip->error);
}

static bool open_large(struct zip *zip, const struct tn_packed *packed)
{
    zip->region = (struct region){.source = zip->directory.source, .left = packed->size};
    zip->packed = (struct tn_source){.read = read_region, .state = &zip->region, .fd = -1};
    return tn_zip_locate(&zip->directory, packed, &zip->region.begin, &zip->error) &&
           tn_unpacker_stream(zip->unpacker, packed, &zip->packed, &zip->unpacked, &zip->error);
}

static bool is_small(const struct tn_packed *packed)
{
    return packed->size <= TN_PACKED_MOST && packed->unpacked <= TN_PACKED_MOST;
}

/* Nothing is read of a member before somebody asks for its bytes. */
static bool open_member(struct zip *zip, struct tn_error *error)
{
    const struct tn_packed *packed = &zip->entry.packed;
    if (!zip->opened) {
        zip->opened = true;
        if (!zip->unpacker)
            zip->unpacker = tn_unpacker_new(zip->members->max_record);
        zip->open = zip->unpacker ? (is_small(packed) ? open_small : open_large)(zip, packed) : no_memory(&zip->error);
    }
    if (!zip->open && error)
        *error = zip->error;
    return zip->open;
}

static bool read_member(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    struct zip *zip = source->state;
    *got = 0;
    return open_member(zip, error) && tn_source_read(&zip->unpacked, into, room, got, error);
}

/* Of a large member that is stored its place in the archive, of a small one its bytes in memory. */
static bool read_member_at(struct tn_source *source, uint64_t offset, char *into, size_t count, struct tn_error *error)
{
    struct zip *zip = source->state;
    const struct tn_packed *packed = &zip->entry.packed;
    uint64_t begin;
    tn_error_set(error, TN_FAILED, TN_TRUNCATED, NULL, "the member ends too early");
    if (!is_small(packed))
        return offset <= packed->size && count <= packed->size - offset &&
               tn_zip_locate(&zip->directory, packed, &begin, error) &&
               tn_source_read_at(zip->directory.source, begin + offset, into, count, error);
    return open_member(zip, error) && zip->unpacked.read_at &&
           tn_source_read_at(&zip->unpacked, offset, into, count, error);
}

bool tn_packed_read(struct tn_members *members, const struct tn_packed *packed, char *into, struct tn_error *error)
{
    struct zip *zip = members->state;
    uint64_t data;
    return tn_zip_locate(&zip->directory, packed, &data, error) &&
           tn_source_read_at(zip->directory.source, data, into, (size_t)packed->size, error);
}

/* --- From member to member. --- */

static enum tn_members_result lose(struct tn_error *error, enum tn_code code, const char *what, const char *why)
{
    tn_error_set(error, TN_FAILED, code, NULL, "%s%s", what, why);
    return TN_MEMBER_LOST;
}

/* Bytes that belong to several members are how a small archive is made to hold more than any disk. */
static bool overlaps(struct zip *zip)
{
    enum { HEADER = 30 };
    const struct tn_packed *packed = &zip->entry.packed;
    uint64_t size = HEADER + zip->entry.name.len + packed->size, most = zip->directory.source->size;
    bool over = packed->offset >= zip->before && packed->offset < zip->behind;
    zip->before = packed->offset;
    zip->behind = size < packed->size || size > UINT64_MAX - packed->offset ? UINT64_MAX : packed->offset + size;
    zip->total = size > most || zip->total > most ? most + 1 : zip->total + size;
    return over || (zip->total > most && packed->size <= most);
}

static bool is_folder(const struct tn_zip_entry *entry)
{
    enum { TYPE = 0170000, FOLDER = 0040000 };
    char last = entry->name.len ? entry->name.s[entry->name.len - 1] : 'x';
    return last == '/' || (last == '\\' && entry->packed.unpacked == 0) || (entry->mode & TYPE) == FOLDER;
}

static bool is_link(const struct tn_zip_entry *entry)
{
    enum { TYPE = 0170000, LINK = 0120000 };
    return (entry->mode & TYPE) == LINK;
}

static void describe(struct zip *zip, struct tn_member *member)
{
    enum { UTF_8 = 1 << 11 };
    const struct tn_zip_entry *entry = &zip->entry;
    struct tn_arena *texts = &zip->members->texts;
    struct tn_str name = entry->unicode_name.s ? entry->unicode_name : entry->name;
    member->name = tn_member_name(texts, name, entry->packed.flags & UTF_8 ? NULL : "CP437").s;
    if (!member->name || !member->name[0])
        member->name = tn_str_format(texts, "member %zu", zip->number).s;
}

/* The entry as a member. TN_MEMBERS_END: nothing to say. */
static enum tn_members_result take_entry(struct zip *zip, struct tn_member *member, struct tn_error *error)
{
    const struct tn_packed *packed = &zip->entry.packed;
    bool over = overlaps(zip);
    zip->number++;
    if (is_folder(&zip->entry) || tn_member_hidden(zip->entry.name))
        return TN_MEMBERS_END;
    describe(zip, member);
    if (is_link(&zip->entry)) {
        member->why = "a link";
        return TN_MEMBER_PASSED;
    }
    if (over)
        return lose(error, TN_SYNTAX, "the archive is damaged: ", "the member overlaps another one");
    const char *refusal = tn_packed_refusal(packed);
    if (refusal)
        return lose(error, TN_BINARY, "the member is ", refusal);
    zip->opened = false;
    member->source = (struct tn_source){.read = read_member, .state = zip, .size = packed->unpacked, .fd = -1};
    if (is_small(packed) || packed->method == 0)
        member->source.read_at = read_member_at;
    member->packed = is_small(packed) ? packed : NULL;
    return TN_MEMBER;
}

static enum tn_members_result next(struct tn_members *members, struct tn_member *member, struct tn_error *error)
{
    struct zip *zip = members->state;
    enum tn_members_result result = TN_MEMBERS_END;
    while (result == TN_MEMBERS_END) {
        enum tn_zip_result found = tn_zip_directory_next(&zip->directory, &zip->entry, error);
        members->done = found == TN_ZIP_END;
        if (found == TN_ZIP_END)
            return TN_MEMBERS_END;
        if (found == TN_ZIP_DAMAGE)
            return TN_MEMBER_DAMAGE;
        result = take_entry(zip, member, error);
    }
    return result;
}

static void close_zip(void *state)
{
    struct zip *zip = state;
    tn_zip_directory_release(&zip->directory);
    tn_unpacker_free(zip->unpacker);
    free(zip->bytes);
    free(zip);
}

static void *open_zip(struct tn_members *members)
{
    struct zip *zip = calloc(1, sizeof *zip);
    if (!zip)
        return NULL;
    zip->members = members;
    if (tn_zip_directory_find(&zip->directory, tn_members_extent(members)) && tn_zip_directory_begin(&zip->directory))
        return zip;
    close_zip(zip);
    return NULL;
}

const struct tn_members_kind tn_members_zip = {claims, open_zip, next, close_zip, true};
