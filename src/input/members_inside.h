/* SPDX-License-Identifier: MIT */
/* What the kinds of container share. */
#ifndef TN_INPUT_MEMBERS_INSIDE_H
#define TN_INPUT_MEMBERS_INSIDE_H

#include "core/arena.h"
#include "input/feed.h"
#include "input/members.h"
#include "input/unpack.h"

struct tn_members_kind {
    /* By the first TN_FEED_ROOM bytes, and by the source where it can be read anywhere. */
    bool (*claims)(const struct tn_members *members, struct tn_str head);
    /* Its state, or NULL when memory is short. */
    void *(*open)(struct tn_members *members);
    enum tn_members_result (*next)(struct tn_members *members, struct tn_member *member, struct tn_error *error);
    void (*close)(void *state);
    bool archive; /* of files, each of which may be a container */
};

struct tn_members {
    struct tn_feed packed;     /* of a compressed input, its bytes */
    struct tn_source packed_source;
    struct tn_unpack *unpack;  /* NULL: the input is not compressed */
    struct tn_source unpacked;
    struct tn_feed feed;       /* the bytes of the container */
    size_t max_record;
    char *outer;               /* name of the archive's file that this is; NULL: an input of its own */
    unsigned depth;            /* archives around it */
    const struct tn_members_kind *kind; /* NULL: not told yet */
    void *state;
    struct tn_arena texts;     /* of the member at hand: reset before each */
    bool done;
};

extern const struct tn_members_kind tn_members_warc, tn_members_mail, tn_members_zip, tn_members_zip_stream,
    tn_members_tar, tn_members_7z;

/* A zip archive, but none of those that are documents of another kind (of office programs, books). */
bool tn_begins_zip(struct tn_str head);

/* The source of the container itself, if it can be read anywhere; else NULL. */
struct tn_source *tn_members_extent(const struct tn_members *members);

/* After feed.failed: goes on behind the damage, if that can be. */
bool tn_members_resume(struct tn_members *members);

#endif
