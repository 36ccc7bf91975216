/* SPDX-License-Identifier: MIT */
/* What an input is made of: one document, or the members of a container, each of which is a document.
 *
 *     struct tn_members *members = tn_members_new(&source, max_record);
 *     while ((result = tn_members_next(members, &member, &error)) != TN_MEMBERS_END) ...
 *     tn_members_free(members);
 *
 * Told by content, never by name, and from one pass over the input:
 *  - a web archive (WARC 0.17 to 1.1): `response`, `resource` and `conversion` records are members;
 *  - a zip, tar or 7z archive: its files are members, in its order, but for hidden ones (as in a directory);
 *  - a mail or a saved page (MIME: .mhtml, .mht, .eml): its page is the one member;
 *  - anything else is one document, its only member, without a name.
 * Any of these may be compressed with gzip (also one gzip member for each record), xz, zstd or bzip2. Memory depends on
 * the largest record and not on the input (but for 7z, whose directory libarchive holds).
 *
 * A file in an archive may be a container itself. Whoever reads a member that is `archived` opens it with
 * tn_members_inside, and gets the members of that (or it alone) with full names: `inner.zip/a.json`. */
#ifndef TN_INPUT_MEMBERS_H
#define TN_INPUT_MEMBERS_H

#include "input/packed.h"

/* An archive inside an archive inside an archive is opened, one inside that is not. */
enum { TN_ARCHIVE_DEPTH = 2 };

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
    bool archived;       /* a file of an archive: to be opened with tn_members_inside */
    unsigned depth;      /* archives around it */
    const struct tn_packed *packed; /* of a zip archive's smaller members: how to have it as it stands, see packed.h; its
                                       source need not be touched then. NULL: only from its source */
    struct tn_source source; /* with the charset that the header of its transport states */
};

struct tn_members;

/* `source` is borrowed. NULL when memory is short. */
struct tn_members *tn_members_new(struct tn_source *source, size_t max_record);

/* What an archive's file is made of. `outer` (borrowed for the call) says where it is from; `source` gives its bytes:
 * that of `outer`, or what somebody unpacked. */
struct tn_members *tn_members_inside(struct tn_source *source, size_t max_record, const struct tn_member *outer);

void tn_members_free(struct tn_members *members); /* NULL allowed */

enum tn_members_result tn_members_next(struct tn_members *members, struct tn_member *member, struct tn_error *error);

/* The packed bytes of the member that was given last, to memory of packed->size bytes. False with *error (TN_IO, or that
 * the archive is damaged there): then the member is lost. */
bool tn_packed_read(struct tn_members *members, const struct tn_packed *packed, char *into, struct tn_error *error);

#endif
