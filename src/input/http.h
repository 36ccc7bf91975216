/* SPDX-License-Identifier: MIT */
/* The header of an HTTP answer. */
#ifndef TN_INPUT_HTTP_H
#define TN_INPUT_HTTP_H

#include "core/str.h"

struct tn_http {
    unsigned status;        /* 200 */
    struct tn_str type;     /* of Content-Type: `text/html` */
    struct tn_str charset;  /* ... and its charset */
    struct tn_str transfer; /* Transfer-Encoding, all of them */
    struct tn_str content;  /* Content-Encoding */
    size_t len;             /* of the header, the empty line with it */
};

/* Reads the header at the start of `head`; those of interim answers (`100 Continue`) before it are passed over. False
 * where there is none, or it has no end in `head`. Everything points into `head`. */
bool tn_http_read(struct tn_str head, struct tn_http *http);

#endif
