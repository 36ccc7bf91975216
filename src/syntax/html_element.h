/* SPDX-License-Identifier: MIT */
/* What an HTML element does to the page's blocks. */
#ifndef TN_SYNTAX_HTML_ELEMENT_H
#define TN_SYNTAX_HTML_ELEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/str.h"

enum tn_element_kind {
    TN_ELEMENT_INLINE,  /* part of the line it stands in; also every element that is not in the table */
    TN_ELEMENT_BLOCK,   /* begins and ends a line */
    TN_ELEMENT_HEADING, /* `rank` 1 to 6 */
    TN_ELEMENT_CAPTION, /* a line that names what stands under it: legend, summary, caption */
    TN_ELEMENT_LIST,    /* ul, ol */
    TN_ELEMENT_ITEM,
    TN_ELEMENT_PAIRS,   /* dl */
    TN_ELEMENT_TERM,    /* dt */
    TN_ELEMENT_DETAIL,  /* dd */
    TN_ELEMENT_TABLE,
    TN_ELEMENT_HEAD_ROWS, /* thead */
    TN_ELEMENT_ROW,
    TN_ELEMENT_CELL,
    TN_ELEMENT_BREAK,
    TN_ELEMENT_PRE,
    TN_ELEMENT_LINK,
    TN_ELEMENT_BOLD,
    TN_ELEMENT_RAISED, /* sup, sub */
    TN_ELEMENT_IMAGE,
    TN_ELEMENT_TITLE,
    TN_ELEMENT_META,
    TN_ELEMENT_RELATION, /* <link rel=...> */
    TN_ELEMENT_BASE,
    TN_ELEMENT_SCRIPT,
    TN_ELEMENT_MARGIN, /* page header and footer, unless they stand inside the content */
    TN_ELEMENT_CONTENT, /* main, article */
    TN_ELEMENT_ROOT,   /* html, body: never left out by class */
    TN_ELEMENT_BUTTON, /* a line that names what it opens (an accordion), else left out */
    TN_ELEMENT_SKIP    /* left out with all that it holds */
};

struct tn_element {
    const char *name; /* lower case */
    enum tn_element_kind kind;
    unsigned rank; /* of a heading; of an element that differs from its kin: ol, th, sup, header: 1 */
};

/* The element of that name; never NULL. Static. */
const struct tn_element *tn_element_find(const char *name);

/* True for a part of a line, or something that is neither line nor text. */
bool tn_element_is_inline(enum tn_element_kind kind);

/* True for one that is no part of a line, by its name or by its style (<span style="display:block">). */
bool tn_element_is_block(enum tn_element_kind kind, const unsigned char *const *atts);

/* Attributes as libxml2 hands them out: name, value (may be NULL), ..., NULL; `atts` may be NULL. Empty: not there. */
struct tn_str tn_attribute(const unsigned char *const *atts, const char *name);

/* True for a role of a menu or dialogue, or a class or id of cookie notices, breadcrumbs and their kin. */
bool tn_element_is_chrome(const struct tn_element *element, const unsigned char *const *atts);

/* True for a class or id that means either no content or content: `sharing` of buttons, or of data. */
bool tn_element_may_be_chrome(const struct tn_element *element, const unsigned char *const *atts);

/* True for an element that readers of the page don't see: hidden, aria-hidden, style="display:none". */
bool tn_element_is_hidden(const struct tn_element *element, const unsigned char *const *atts);

/* True where class or id name a window, a menu or the like. */
bool tn_element_is_window(const unsigned char *const *atts);

/* True for one that is shown when somebody asks for it: a tab, an accordion, "read more". Its class, role or a data-tab
 * says so; pages also link to it (href="#id"), which tn_html_start looks after. */
bool tn_element_is_revealed(const unsigned char *const *atts);

/* True for one that opens and closes what stands behind it when somebody presses it: role, aria-expanded, onclick, the
 * data of scripts, or a class of accordions says so. Not so for those that open menus and windows. */
bool tn_element_is_opener(const unsigned char *const *atts);

/* True for one of two neighbours that say the same, one of them cut short: class excerpt, teaser, more, full. */
bool tn_element_is_excerpt(const unsigned char *const *atts);

/* True for a line that is a button in words: Read more, Back to top. */
bool tn_element_is_button_text(struct tn_str line);

/* True for one that is made for some widths of screen only, by its class (visible-xs, mobile-only). */
bool tn_element_is_for_width(const unsigned char *const *atts);

/* True where the class says that it is a label: label, field-name, key. */
bool tn_element_is_label(const unsigned char *const *atts);

/* True where the class says that it is a thing of its own among others on a line: chip, badge, pill, tag. */
bool tn_element_is_chip(const unsigned char *const *atts);

/* The same number for elements of one name and class. */
uint32_t tn_element_form(const char *name, const unsigned char *const *atts);

#endif
