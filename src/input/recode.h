/* SPDX-License-Identifier: MIT */
/* A source behind a conversion: what is read from it is another source's bytes as UTF-8. Memory does not depend on
 * how much is read. */
#ifndef TN_INPUT_RECODE_H
#define TN_INPUT_RECODE_H

#include "input/charset.h"
#include "input/source.h"

struct tn_recoding {
    struct tn_source source; /* to read from */
    struct tn_source *raw;   /* borrowed: the bytes come from here, */
    struct tn_buf before;    /* ... but first these: what was read of it already, then the rest of a character */
    struct tn_buf text;      /* converted, */
    size_t given;            /* ... and so much of it handed on */
    struct tn_decoder decoder;
    bool started, ended;
};

/* `begun` was read from `raw` already (a copy is kept). Bytes that stand for no character become the byte 0xFF, which
 * is in no UTF-8: whoever reads replaces and counts it with other bytes of the kind. False with *error when the C
 * library has no such conversion or memory is short; the recoding need not be released then. */
bool tn_recoding_open(struct tn_recoding *recoding, struct tn_source *raw, struct tn_str begun,
                      enum tn_charset charset, struct tn_error *error);
void tn_recoding_close(struct tn_recoding *recoding);

#endif
