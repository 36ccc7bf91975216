/* SPDX-License-Identifier: MIT */
#include "input/members_inside.h"

#include <stdlib.h>

/* Names, addresses and dates of one member. */
enum { TEXTS = 1 << 19 };

/* --- One document. --- */

static bool claims_all(const struct tn_members *members, struct tn_str head)
{
    (void)members;
    (void)head;
    return true;
}

static void *open_document(struct tn_members *members)
{
    return members;
}

static enum tn_members_result next_document(struct tn_members *members, struct tn_member *member,
                                            struct tn_error *error)
{
    (void)error;
    members->done = true;
    tn_feed_source(&members->feed, &member->source);
    return TN_MEMBER;
}

static const struct tn_members_kind document = {claims_all, open_document, next_document, NULL, false};

/* The first that claims a container has it. */
static const struct tn_members_kind *const kinds[] = {
    &tn_members_zip,  &tn_members_zip_stream, &tn_members_7z, &tn_members_tar,
    &tn_members_warc, &tn_members_mail,       &document,
};

/* --- An archive that is nested too deep. --- */

static enum tn_members_result refuse_archive(struct tn_members *members, struct tn_member *member,
                                             struct tn_error *error)
{
    (void)member;
    members->done = true;
    tn_error_set(error, TN_FAILED, TN_TOO_DEEP, NULL,
                 "an archive that stands in %u archives, one inside the other; it is not opened", members->depth);
    return TN_MEMBER_LOST;
}

static const struct tn_members_kind too_deep = {claims_all, open_document, refuse_archive, NULL, false};

/* --- All of them. --- */

struct tn_members *tn_members_new(struct tn_source *source, size_t max_record)
{
    struct tn_members *members = calloc(1, sizeof *members);
    if (!members)
        return NULL;
    members->max_record = max_record;
    tn_arena_init(&members->texts, TEXTS);
    tn_feed_begin(&members->feed, source);
    return members;
}

struct tn_members *tn_members_inside(struct tn_source *source, size_t max_record, const struct tn_member *outer)
{
    struct tn_members *members = tn_members_new(source, max_record);
    if (!members)
        return NULL;
    members->depth = outer->depth;
    members->outer = strdup(outer->name ? outer->name : "");
    if (members->outer)
        return members;
    tn_members_free(members);
    return NULL;
}

struct tn_source *tn_members_extent(const struct tn_members *members)
{
    return !members->unpack && members->feed.source->read_at ? members->feed.source : NULL;
}

void tn_members_free(struct tn_members *members)
{
    if (!members)
        return;
    if (members->state && members->kind->close)
        members->kind->close(members->state);
    tn_unpack_free(members->unpack);
    tn_feed_release(&members->packed);
    tn_feed_release(&members->feed);
    tn_arena_release(&members->texts);
    free(members->outer);
    free(members);
}

/* What was the container's feed becomes that of the packed bytes. */
static bool unpack(struct tn_members *members, enum tn_packing packing)
{
    members->packed = members->feed;
    members->feed = (struct tn_feed){.source = NULL};
    tn_feed_source(&members->packed, &members->packed_source);
    members->unpack = tn_unpack_new(&members->packed_source, packing, members->max_record);
    if (!members->unpack)
        return false;
    tn_unpack_source(members->unpack, &members->unpacked);
    tn_feed_begin(&members->feed, &members->unpacked);
    return true;
}

static bool begin(struct tn_members *members)
{
    enum { MARK = 16 };
    enum tn_packing packing = tn_packing_of(tn_feed_ahead(&members->feed, MARK));
    if (packing != TN_PACKED_NOT && !unpack(members, packing))
        return false;
    struct tn_str head = tn_feed_ahead(&members->feed, TN_FEED_ROOM);
    for (size_t i = 0; !members->kind; i++)
        if (kinds[i]->claims(members, head))
            members->kind = kinds[i];
    if (members->kind->archive && members->depth > TN_ARCHIVE_DEPTH)
        members->kind = &too_deep;
    members->state = members->kind->open(members);
    return members->state != NULL;
}

bool tn_members_resume(struct tn_members *members)
{
    if (!members->unpack || !tn_unpack_resume(members->unpack))
        return false;
    tn_feed_resume(&members->feed);
    return true;
}

/* What only the container around it can know. */
static void place(struct tn_members *members, struct tn_member *member)
{
    member->archived = members->kind->archive;
    member->depth = members->depth + members->kind->archive;
    if (!members->outer)
        return;
    if (member->name)
        member->name = tn_str_format(&members->texts, "%s/%s", members->outer, member->name).s;
    if (!member->name)
        member->name = members->outer;
}

enum tn_members_result tn_members_next(struct tn_members *members, struct tn_member *member, struct tn_error *error)
{
    struct tn_error ignored;
    enum tn_members_result result;
    *member = (struct tn_member){.name = NULL};
    if (!members->done && !members->kind && !begin(members)) {
        members->done = true;
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "memory is short");
        return TN_MEMBER_DAMAGE;
    }
    if (members->done)
        return TN_MEMBERS_END;
    tn_arena_reset(&members->texts);
    result = members->kind->next(members, member, error ? error : &ignored);
    place(members, member);
    return result;
}
