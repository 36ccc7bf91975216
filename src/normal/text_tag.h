/* SPDX-License-Identifier: MIT */
/* Reading HTML tags, superscripts and subscripts, for text_tags.c, which undoes them. Nothing here writes, and each
 * call looks at a bounded number of bytes, so that hostile text costs linear time. */
#ifndef TN_NORMAL_TEXT_TAG_H
#define TN_NORMAL_TEXT_TAG_H

#include "core/str.h"

/* What a tag is to the text. */
enum tn_tag_kind {
    TN_TAG_INLINE,
    TN_TAG_LINE,
    TN_TAG_BLOCK,
    TN_TAG_PARAGRAPH,
    TN_TAG_ITEM,
    TN_TAG_CELL,
    TN_TAG_LINK,
    TN_TAG_IMAGE,
    TN_TAG_SUP,
    TN_TAG_SUB
};

struct tn_tag {
    enum tn_tag_kind kind;
    bool closing;
    size_t size;         /* bytes from `<` to `>` */
    struct tn_str value; /* the href of a link, the alt of an image, as they stand in the text; else {NULL, 0} */
};

/* The tag that starts at text.s[0], a `<`; false where none does. */
bool tn_tag_read(struct tn_str text, struct tn_tag *tag);

/* Content of a <sup> or <sub>. */
struct tn_script {
    size_t size;    /* bytes up to and with the closing tag; 0 where the content is not raised (lowered) as a whole */
    char forms[33]; /* then: its characters as superscripts (subscripts) */
    size_t len;
    bool has_digit; /* otherwise: it holds a digit 0 to 9 */
};

/* Reads the content that starts at `text`, behind the opening tag of that kind. */
struct tn_script tn_script_read(struct tn_str text, enum tn_tag_kind kind);

static inline bool tn_is_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !tn_is_alnum(c);
}

#endif
