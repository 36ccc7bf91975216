/* SPDX-License-Identifier: MIT */
/* XML as a sequence of tags, comments and other markup, without a parser: for cutting a stream into records and for
 * looking again at a record that the parser refuses. Can stop at any byte. Works on UTF-8 and on all sets of characters
 * in which ASCII bytes stand for themselves at the places of markup. */
#ifndef TN_CORE_XML_LEXER_H
#define TN_CORE_XML_LEXER_H

#include <stdint.h>

#include "core/str.h"

enum tn_xml_token {
    TN_XML_MORE,    /* the bytes are used up */
    TN_XML_START,   /* <a b="c"> */
    TN_XML_EMPTY,   /* <a/> */
    TN_XML_END,     /* </a> */
    TN_XML_COMMENT, /* <!-- --> */
    TN_XML_CDATA,   /* <![CDATA[ ]]> */
    TN_XML_PI,      /* <? ?>, the XML declaration too */
    TN_XML_DECL,    /* <!DOCTYPE ...>, with all that is in its brackets */
    TN_XML_LITERAL  /* a `<` that begins none of these: it is text. *at stands behind it */
};

enum { TN_XML_ATTRIBUTES = 256 }; /* in one tag; what has more is no tag: libxml2 compares each with all before it */

/* Where the reading stands. All zero at the start and wherever it begins anew, in text. */
struct tn_xml_lexer {
    unsigned char state; /* the token that it is in; 0: text */
    char quote;          /* ... in quotation marks of this kind, or in a comment of a DOCTYPE ('-'); 0: neither */
    unsigned brackets;   /* ... and open square brackets of a DOCTYPE */
    unsigned equals;     /* ... and attributes of a tag */
    size_t len;          /* bytes of the token before `at` */
    unsigned no_end;     /* kinds of tokens (1 << token) that have no end in what is there */
};

/* Goes on at bytes[*at]; up to bytes[end] they are there, and `last` says that no more will come. A token stands from
 * *at - lexer->len, where the caller must keep the bytes, to *at; after any result but TN_XML_MORE, *start is its
 * first byte. */
enum tn_xml_token tn_xml_next(struct tn_xml_lexer *lexer, const char *bytes, size_t *at, size_t end, bool last,
                              size_t *start);

/* The name of a tag, without its prefix (`isrctn:trial` is `trial`). `tag` is all of a START, EMPTY or END, or at least
 * its beginning up to behind the name. */
struct tn_str tn_xml_name(struct tn_str tag);

/* Cuts the next attribute off the rest of a tag (at first all of it): its name with prefix, and its value as it is
 * written. False when there is no more. */
bool tn_xml_attribute(struct tn_str *rest, struct tn_str *name, struct tn_str *value);

/* True for a byte that a name may begin with, and for one that it may go on with. Bytes over 0x7F may. */
bool tn_xml_begins_name(char c);
bool tn_xml_in_name(char c);

#endif
