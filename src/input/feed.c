/* SPDX-License-Identifier: MIT */
#include "input/feed.h"

#include <stdlib.h>

void tn_feed_begin(struct tn_feed *feed, struct tn_source *source)
{
    *feed = (struct tn_feed){.source = source, .buffer = feed->buffer};
}

void tn_feed_release(struct tn_feed *feed)
{
    free(feed->buffer);
    *feed = (struct tn_feed){.source = NULL};
}

static bool end_with(struct tn_feed *feed)
{
    feed->ended = feed->failed = true;
    return false;
}

static bool make_buffer(struct tn_feed *feed)
{
    if (!feed->buffer)
        feed->buffer = malloc(TN_FEED_ROOM);
    if (feed->buffer)
        return true;
    tn_error_set(&feed->error, TN_FAILED, TN_NO_MEMORY, NULL, "memory is short");
    return end_with(feed);
}

/* Reads once more into the buffer. False at the end. */
static bool read_more(struct tn_feed *feed)
{
    size_t got = 0;
    if (feed->ended || !make_buffer(feed))
        return false;
    if (feed->at) {
        memmove(feed->buffer, feed->buffer + feed->at, feed->filled - feed->at);
        feed->filled -= feed->at;
        feed->at = 0;
    }
    if (!tn_source_read(feed->source, feed->buffer + feed->filled, TN_FEED_ROOM - feed->filled, &got, &feed->error))
        return end_with(feed);
    feed->filled += got;
    feed->ended = got == 0;
    return got > 0;
}

struct tn_str tn_feed_ahead(struct tn_feed *feed, size_t want)
{
    if (want > TN_FEED_ROOM)
        want = TN_FEED_ROOM;
    while (feed->filled - feed->at < want && read_more(feed))
        ;
    return tn_str_slice(feed->buffer ? feed->buffer + feed->at : NULL, feed->filled - feed->at);
}

void tn_feed_take(struct tn_feed *feed, size_t count)
{
    feed->at += count;
    feed->taken += count;
}

/* What is in the buffer, or of the source itself. */
static size_t read_block(struct tn_feed *feed, char *into, size_t room)
{
    size_t got = feed->filled - feed->at;
    if (got == 0) {
        if (!feed->ended && !tn_source_read(feed->source, into, room, &got, &feed->error)) {
            end_with(feed);
            return 0;
        }
        feed->ended = got == 0;
        feed->taken += got;
        return got;
    }
    if (got > room)
        got = room;
    memcpy(into, feed->buffer + feed->at, got);
    tn_feed_take(feed, got);
    return got;
}

bool tn_feed_read(struct tn_feed *feed, char *into, size_t room, size_t *got, struct tn_error *error)
{
    *got = read_block(feed, into, room);
    if (*got || !feed->failed)
        return true;
    if (error)
        *error = feed->error;
    return false;
}

void tn_feed_resume(struct tn_feed *feed)
{
    feed->ended = feed->failed = false;
}

static bool read_feed(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    return tn_feed_read(source->state, into, room, got, error);
}

void tn_feed_source(struct tn_feed *feed, struct tn_source *source)
{
    *source = (struct tn_source){.read = read_feed, .state = feed, .fd = -1};
}
