/* SPDX-License-Identifier: MIT */
#ifndef TN_READERS_REGISTER_HABITS_H
#define TN_READERS_REGISTER_HABITS_H

#include "core/str.h"
#include "normal/date.h"

/* How the register writes to which the identifier of a trial belongs (ictrp_register.c). */
struct tn_register_habits {
    enum tn_date_order order; /* of 08/04/2024; UNKNOWN where it writes ISO dates, or where the identifier is no known register's */
    bool years;               /* a bare number of an age is years */
};
struct tn_register_habits tn_register_habits(struct tn_str trial_id);

#endif
