/* SPDX-License-Identifier: MIT */
/* Which media types can be a page. */
#ifndef TN_INPUT_PAGE_TYPE_H
#define TN_INPUT_PAGE_TYPE_H

#include "core/str.h"

/* False for what is there to show a page or to run in it: pictures, sounds, fonts, styles, programs. Anything else, also
 * what is not known, may be one. */
bool tn_may_be_page(struct tn_str media_type);

#endif
