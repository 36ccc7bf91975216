/* SPDX-License-Identifier: MIT */
/* What an input is made of: one document, or the members of a container, each of which is a document.
 *
 *     struct tn_members *members = tn_members_new(&source, max_record);
 *     while ((result = tn_members_next(members, &member, &error)) != TN_MEMBERS_END) ...
 *     tn_members_free(members);
 *
 * Told by content, never by name, and from one pass over the input:
 *  - a web archive (WARC 0.17 to 1.1): `response`, `resource` and `conversion` records are members;
 *  - a mail or a saved page (MIME: .mhtml, .mht, .eml): its page is the one member;
 *  - anything else is one document, its only member, without a name.
 * Any of these may be compressed with gzip (also one gzip member for each record), xz, zstd or bzip2. Memory depends on
 * the largest record and not on the input. */
#ifndef TN_INPUT_MEMBERS_H
#define TN_INPUT_MEMBERS_H

#include "input/source.h"

enum tn_members_result {
    TN_MEMBERS_END,
    TN_MEMBER,        /* *member is a document; read from its source what you want of it */
    TN_MEMBER_PASSED, /* *member is a page that holds no document: member->why */
    TN_MEMBER_LOST,   /* *member cannot be read: *error. Go on. */
    TN_MEMBER_DAMAGE  /* *error is about the container: it ends too early, is damaged at some byte, cannot be read (TN_IO).
                         Go on. */
};

/* One member. Everything is valid until the next call of tn_members_next; absent is NULL. */
struct tn_member {
    const char *name;    /* in the container: of a WARC record its WARC-Record-ID, or `record 12` by its number */
    const char *url;     /* where it was fetched */
    const char *fetched; /* when, as the container states it */
    const char *cut;     /* the container holds only a part of it: why */
    const char *why;     /* of TN_MEMBER_PASSED */
    bool one_of_many;    /* of an archive, most of whose members may be no business of ours */
    struct tn_source source; /* with the charset that the header of its transport states */
};

struct tn_members;

/* `source` is borrowed. NULL when memory is short. */
struct tn_members *tn_members_new(struct tn_source *source, size_t max_record);
void tn_members_free(struct tn_members *members); /* NULL allowed */

enum tn_members_result tn_members_next(struct tn_members *members, struct tn_member *member, struct tn_error *error);

#endif
