/* SPDX-License-Identifier: MIT */
/* Addresses in a page. */
#ifndef TN_READERS_LISTING_ADDRESS_H
#define TN_READERS_LISTING_ADDRESS_H

#include "syntax/blocks.h"

/* What relative addresses in a page start from, as the page says; empty where it doesn't. */
struct tn_str tn_page_address(const struct tn_page *page);

/* `link` seen from `base` (RFC 3986, 5.2); as it stands where base is no address. In the arena. */
struct tn_str tn_address_join(struct tn_arena *arena, struct tn_str base, struct tn_str link);

#endif
