/* SPDX-License-Identifier: MIT */
/* One input: a document, or a container of documents. */
#include "batch/batch.h"

static void read_member(struct tn_batch *batch, enum tn_members_result result, struct tn_member *member,
                        const struct tn_error *error)
{
    batch->member = member;
    if (result == TN_MEMBER) {
        tn_batch_document(batch, &member->source);
    } else if (result == TN_MEMBER_LOST) {
        (error->code == TN_IO ? tn_batch_miss : tn_batch_lose)(batch, error);
    } else {
        batch->counts->passed++;
        tn_batch_tell_passed(batch, member->why);
    }
    batch->member = NULL;
}

void tn_batch_input(struct tn_batch *batch, struct tn_source *source)
{
    size_t limit = batch->options->read.max_record ? batch->options->read.max_record : TN_DEFAULT_MAX_RECORD;
    struct tn_members *members = tn_members_new(source, limit);
    struct tn_member member;
    struct tn_error error;
    enum tn_members_result result;
    if (!members) {
        tn_error_set(&error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
        tn_batch_stop(batch, &error);
        return;
    }
    while (!batch->stopped && (result = tn_members_next(members, &member, &error)) != TN_MEMBERS_END) {
        if (result == TN_MEMBER_DAMAGE)
            tn_batch_note_damage(batch, &error);
        else
            read_member(batch, result, &member, &error);
    }
    tn_members_free(members);
}
