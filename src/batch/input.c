/* SPDX-License-Identifier: MIT */
/* One input: a document, or a container of documents. */
#include "batch/batch.h"
#include "batch/pool.h"
#include "batch/tables.h"

/* The pool takes it as it stands in the archive, or read whole when it is small. */
static void read_archived(struct tn_batch *batch, struct tn_members *members, struct tn_member *member)
{
    struct tn_source *source = &member->source;
    struct tn_prefix *prefix = NULL;
    bool apart = batch->pool && !tn_tables_may(batch, batch->path, member);
    if (apart && (tn_pool_packed(batch->pool, members, member) ||
                  tn_pool_inside(batch->pool, &source, &prefix)))
        return;
    tn_batch_inside(batch, source, member);
    tn_prefix_free(prefix);
}

/* The archive has no whole member there, or says something of one. */
static void read_no_member(struct tn_batch *batch, enum tn_members_result result, const struct tn_member *member,
                           const struct tn_error *error)
{
    if (result == TN_MEMBER_PASSED) {
        batch->counts->passed++;
        tn_batch_tell_passed(batch, member->why);
    } else if (tn_batch_pass_by_name(batch, error)) {
        return;
    } else if (result == TN_MEMBER_DAMAGE) {
        tn_batch_note_damage(batch, error);
    } else {
        (error->code == TN_IO ? tn_batch_miss : tn_batch_lose)(batch, error);
    }
}

/* A file of an archive is whatever it would be in a directory: a document, an archive, a saved page. */
static void read_member(struct tn_batch *batch, struct tn_members *members, enum tn_members_result result,
                        struct tn_member *member, const struct tn_error *error)
{
    tn_tables_leave(batch, batch->path, member);
    tn_batch_at(batch, batch->path, member);
    if (result == TN_MEMBER && member->archived)
        read_archived(batch, members, member);
    else if (result == TN_MEMBER)
        tn_batch_document(batch, &member->source);
    else
        read_no_member(batch, result, member, error);
    tn_batch_at(batch, batch->path, NULL);
    tn_batch_tell_progress(batch);
}

/* Takes over `members`; NULL when memory was short for it. */
static void read_members(struct tn_batch *batch, struct tn_members *members)
{
    struct tn_member member;
    struct tn_error error;
    enum tn_members_result result;
    if (!members) {
        tn_error_set(&error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
        tn_batch_stop(batch, &error);
        return;
    }
    while (!batch->stopped && (result = tn_members_next(members, &member, &error)) != TN_MEMBERS_END)
        read_member(batch, members, result, &member, &error);
    tn_members_free(members);
}

void tn_batch_inside(struct tn_batch *batch, struct tn_source *source, const struct tn_member *outer)
{
    read_members(batch, tn_members_inside(source, tn_batch_limit(batch), outer));
}

void tn_batch_input(struct tn_batch *batch, struct tn_source *source)
{
    read_members(batch, tn_members_new(source, tn_batch_limit(batch)));
    tn_tables_end(batch, true);
}
