/* SPDX-License-Identifier: MIT */
/* One element of XML into a cJSON tree that lives in a record's arena. */
#ifndef TN_SYNTAX_XML_H
#define TN_SYNTAX_XML_H

#include <cjson/cJSON.h>

#include "core/arena.h"
#include "core/buf.h"
#include "core/str.h"

/* What had to be put right before the parser took a record. */
struct tn_xml_repairs {
    size_t signs;    /* `&` and `<` that begin nothing, and `]]>`: they are text */
    size_t entities; /* `&nbsp;` and other names of HTML: the characters that they mean */
    size_t unknown;  /* entities that nobody knows: kept as they are written */
    size_t controls; /* characters that XML forbids, or numbers of such: U+FFFD */
};

/* The tree of the element in bytes[0..len), in `arena`: an object, or for an element that holds nothing but text an
 * object whose only member is `#`.
 *  - An element without attributes that holds text is a string, {} is an empty string; one with children or attributes
 *    is an object. Its text is then the member `#`, its attributes are members `@name`. Those of the prefixes `xml` and
 *    `xsi`, which are about the writing (xml:space), are left out.
 *  - Elements of one name in an element are an array, at the place of the first.
 *  - Names are without prefix; comments and processing instructions are nothing; CDATA is text.
 *  - Blanks between children are left out; text keeps its line ends as \n.
 * Nobody reads the numbers of these members: valueint is the line of the value, from 0, and valuedouble its byte, both
 * counted from bytes[0].
 * What is no XML is put right where that can be done (*repairs, may be NULL), with the same lines, and read again.
 * Nothing is fetched and no entity declared: a DOCTYPE is refused.
 * *root (may be NULL) is the element's own name. NULL with *error set: TN_SYNTAX (line from 0, offset in `bytes`),
 * TN_TOO_DEEP (over TN_MAX_DEPTH), TN_TOO_LARGE (over 2 GiB), TN_NO_MEMORY. */
cJSON *tn_xml_parse(struct tn_arena *arena, const char *bytes, size_t len, struct tn_str *root,
                    struct tn_xml_repairs *repairs, struct tn_error *error);

/* The repairs alone: `text` as XML that the parser takes as far as signs go, at the end of `out`. */
void tn_xml_repair(struct tn_str text, struct tn_buf *out, struct tn_xml_repairs *repairs);

#endif
