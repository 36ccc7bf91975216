/* SPDX-License-Identifier: MIT */
#include "trialnorm/trialnorm.h"

const char *tn_version(void)
{
    return TN_VERSION;
}
