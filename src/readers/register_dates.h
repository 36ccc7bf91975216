/* SPDX-License-Identifier: MIT */
#ifndef TN_READERS_REGISTER_DATES_H
#define TN_READERS_REGISTER_DATES_H

#include "core/str.h"
#include "normal/date.h"

/* How the register writes 08/04/2024 to which the identifier of a trial belongs (ictrp_register.c); UNKNOWN where it writes ISO
 * dates, or where the identifier is no known register's. */
enum tn_date_order tn_register_date_order(struct tn_str trial_id);

#endif
