/* SPDX-License-Identifier: MIT */
/* Where bytes come from: a file, standard input, memory, and later the member of an archive. A source is read in
 * blocks and never mapped, because mapped pages count as memory. */
#ifndef TN_INPUT_SOURCE_H
#define TN_INPUT_SOURCE_H

#include <stdint.h>

#include "core/str.h"

struct tn_source;

/* Up to `room` bytes (room > 0) into `into`; how many were read in *got, 0 at the end. False with *error set when the
 * bytes cannot be had. Fewer than `room` bytes say nothing about the end. */
typedef bool tn_source_read_fn(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error);

/* All of the `count` bytes from `offset`, whatever was read before. False with TN_IO, or TN_TRUNCATED behind the end. */
typedef bool tn_source_read_at_fn(struct tn_source *source, uint64_t offset, char *into, size_t count,
                                  struct tn_error *error);

/* One open input. A further kind of source (a filter, an archive's member) is a pair of functions and what they keep
 * in `state`; everything behind it only calls the functions below. */
struct tn_source {
    tn_source_read_fn *read;
    void (*close)(struct tn_source *source); /* NULL: nothing to close */
    void *state;                             /* of other kinds of source */
    tn_source_read_at_fn *read_at;           /* of a regular file or memory; NULL: only from front to end */
    uint64_t origin;                         /* ... where reading began, */
    uint64_t size;                           /* and the bytes from there to the end */
    uint64_t taken;                          /* bytes read so far, in either way: for showing how far it is */
    int fd;                                  /* of a file or standard input */
    struct tn_str memory;                    /* of a memory source; `origin` bytes of it were read */
    size_t step;                             /* ... of which one read gives at most so many bytes */
    struct tn_str charset;                   /* label that came with the bytes (of an HTTP or MIME header), borrowed;
                                                {NULL, 0}: none. Pages are read by it: see tn_decode_page */
};

/* Opens a file; `-` is standard input. False with TN_IO and a message such as `cannot open: No such file or directory`,
 * `is a directory`, `is not a regular file` (sockets and block devices; pipes and character devices are read, so that
 * `trialnorm <(zcat page.json.gz)` and /dev/stdin work). The path is not kept. */
bool tn_source_open(struct tn_source *source, const char *path, struct tn_error *error);

/* Takes over a descriptor: it is read from where it stands, and closed with the source. */
void tn_source_of(struct tn_source *source, int fd);

/* Reads from memory, at most `step` bytes at a time (0: all at once). The bytes are borrowed. For tests and fuzzers,
 * and for text that was taken out of another document. */
void tn_source_memory(struct tn_source *source, struct tn_str bytes, size_t step);

/* See tn_source_read_fn. */
bool tn_source_read(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error);

/* See tn_source_read_at_fn. Only where source->read_at is set. */
bool tn_source_read_at(struct tn_source *source, uint64_t offset, char *into, size_t count, struct tn_error *error);

/* Closes what was opened. Standard input stays open. A source that was not opened must not be closed. */
void tn_source_close(struct tn_source *source);

#endif
