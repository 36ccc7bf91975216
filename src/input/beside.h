/* SPDX-License-Identifier: MIT */
/* What lies beside records in archives and folders, and holds none: the list of an archive's contents, a README, a licence,
 * schemas, data dictionaries, pictures. */
#ifndef TN_INPUT_BESIDE_H
#define TN_INPUT_BESIDE_H

#include "core/str.h"

/* What a file of this name is, for a message ("a licence"); NULL: it may be anything, an archive for one. `path` may have folders in
 * front, with `/` or `\`. Case does not matter. A name alone proves nothing: it is asked where no reader made for a source
 * claims the file. */
const char *tn_beside_what(struct tn_str path);

#endif
