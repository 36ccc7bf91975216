/* SPDX-License-Identifier: MIT */
/* Addresses in a page. */
#ifndef TN_READERS_ADDRESS_H
#define TN_READERS_ADDRESS_H

#include "syntax/blocks.h"

/* The host of `https://user@Host:8080/path`, in small letters. In the arena. */
struct tn_str tn_address_host(struct tn_arena *arena, struct tn_str address);

/* What relative addresses in a page start from: <base>, the address from which it was fetched (may be empty), or the one
 * that the page gives itself; empty where none is known. */
struct tn_str tn_address_of_page(const struct tn_page *page, struct tn_str fetched);

/* `link` seen from `base` (RFC 3986, 5.2); as it stands where base is no address. In the arena. */
struct tn_str tn_address_join(struct tn_arena *arena, struct tn_str base, struct tn_str link);

#endif
