/* SPDX-License-Identifier: MIT */
/* Content transfer encodings of mail (RFC 2045, 6). */
#ifndef TN_INPUT_TRANSFER_H
#define TN_INPUT_TRANSFER_H

#include "core/buf.h"
#include "core/str.h"

/* Appends the bytes that a quoted-printable or base64 text stands for. What is no such text is kept (quoted-printable) or
 * passed over (base64). Never more bytes than the text has. */
void tn_transfer_quoted(struct tn_str text, struct tn_buf *out);
void tn_transfer_base64(struct tn_str text, struct tn_buf *out);

#endif
