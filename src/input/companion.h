/* SPDX-License-Identifier: MIT */
/* What a browser saves beside a page. */
#ifndef TN_INPUT_COMPANION_H
#define TN_INPUT_COMPANION_H

#include <stdbool.h>
#include <stddef.h>

/* True when a folder of this name (`X_files`, in a German Windows `X-Dateien`) belongs to a page `X.html` that stands
 * beside it. `sorted` are all names of its directory, in byte order. */
bool tn_is_companion(const char *name, const char *const *sorted, size_t count);

#endif
