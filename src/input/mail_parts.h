/* SPDX-License-Identifier: MIT */
/* The parts of a mail (RFC 2046), and which of them is the page. */
#ifndef TN_INPUT_MAIL_PARTS_H
#define TN_INPUT_MAIL_PARTS_H

#include "core/str.h"

/* A header and what stands behind it. Points into the mail. */
struct tn_mail_part {
    struct tn_str fields;
    struct tn_str body;
    bool cut; /* the mail ends before the part does */
};

/* The message itself; *cut when it ends inside its header. */
struct tn_mail_part tn_mail_message(struct tn_str mail);

/* Goes down from a message to its page: of `multipart/related` the root, of others the first HTML, else the first text
 * or JSON; of an attached message its own. False where there is none. *open says whether a boundary that
 * should stand behind it is missing. */
bool tn_mail_page(struct tn_mail_part *part, bool *open);

#endif
