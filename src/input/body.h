/* SPDX-License-Identifier: MIT */
/* The content of an HTTP message as it was sent: cut into chunks, compressed. Archives keep it like that, or keep the
 * header and take the coding off: what does not look as its header says is taken as it is. */
#ifndef TN_INPUT_BODY_H
#define TN_INPUT_BODY_H

#include "input/feed.h"
#include "input/unpack.h"

enum { TN_BODY_LAYERS = 4 };

struct tn_body_layer {
    struct tn_source from; /* what comes in, */
    struct tn_feed feed;   /* ... looked at, */
    struct tn_source in;   /* ... goes in here, */
    struct tn_unpack *unpack;
    struct tn_source out;  /* ... and comes out */
    bool begun, ended; /* of chunks */
    bool failed;       /* ... and always will: */
    struct tn_error error;
    size_t left;       /* ... of the one at hand */
};

/* All zero before the first use. */
struct tn_body {
    struct tn_body_layer layers[TN_BODY_LAYERS];
    size_t count;
    size_t room; /* see tn_unpack_new */
};

/* Makes *out the content of `in`, from which the codings of Transfer-Encoding and Content-Encoding are taken (chunked,
 * gzip, deflate, zstd). False with *error (TN_BINARY) for a coding that is not read, brotli for one. What goes wrong
 * later is an error of reading *out. `in` is copied; *out is valid until the next call of any of these. */
bool tn_body_open(struct tn_body *body, const struct tn_source *in, struct tn_str transfer, struct tn_str content,
                  struct tn_source *out, struct tn_error *error);

void tn_body_release(struct tn_body *body);

#endif
