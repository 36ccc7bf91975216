/* SPDX-License-Identifier: MIT */
/* A source that can be looked into before its bytes are taken: for whoever reads headers. */
#ifndef TN_INPUT_FEED_H
#define TN_INPUT_FEED_H

#include "input/source.h"

/* So many bytes can be looked at, at most. */
enum { TN_FEED_ROOM = 64 * 1024 };

struct tn_feed {
    struct tn_source *source;
    char *buffer; /* of TN_FEED_ROOM bytes; made when it is needed first, kept over tn_feed_begin */
    size_t at, filled;
    size_t taken; /* bytes taken so far: the offset of the next one */
    bool ended;   /* the source has no more, or failed: */
    bool failed;
    struct tn_error error; /* ... why */
};

/* Begins with `source` (borrowed). The first use wants a feed that is all zero. */
void tn_feed_begin(struct tn_feed *feed, struct tn_source *source);
void tn_feed_release(struct tn_feed *feed);

/* The bytes ahead: `want` of them or more (at most TN_FEED_ROOM), fewer only where the source ends or fails (then
 * feed->failed is set). Valid until the next call. */
struct tn_str tn_feed_ahead(struct tn_feed *feed, size_t want);

/* Takes `count` bytes of those ahead. */
void tn_feed_take(struct tn_feed *feed, size_t count);

/* As tn_source_read, of what is ahead and then of the source itself. Large reads bypass the buffer. */
bool tn_feed_read(struct tn_feed *feed, char *into, size_t room, size_t *got, struct tn_error *error);

/* After a failure: what the source gives now is read as if nothing had been. */
void tn_feed_resume(struct tn_feed *feed);

/* A source that gives what the feed (borrowed) has. */
void tn_feed_source(struct tn_feed *feed, struct tn_source *source);

#endif
