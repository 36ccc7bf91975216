/* SPDX-License-Identifier: MIT */
#include "input/members_inside.h"
static bool claims(struct tn_str head){(void)head;return false;}
static void *open_mail(struct tn_members *m){return m;}
static enum tn_members_result next(struct tn_members *members, struct tn_member *member, struct tn_error *error){(void)members,(void)member,(void)error;return TN_MEMBERS_END;}
const struct tn_members_kind tn_members_mail={claims,open_mail,next,NULL};
