/* SPDX-License-Identifier: MIT */
/* Memory that a 7z archive asks for. libarchive believes what stands in its directory (7zFormat.txt, which comes with 7-zip's
 * sources): LZMA's windows and PPMd's models of up to 4 GiB, and room for as many files as it names. */
#ifndef TN_INPUT_SEVEN_LIMIT_H
#define TN_INPUT_SEVEN_LIMIT_H

#include "input/source.h"

/* False with *error when the archive that `source` (with read_at) is wants more than TN_UNPACK_MEMORY to unpack one of its
 * folders, or for its directory. True of one that is damaged: whoever reads it finds out. */
bool tn_seven_allowed(struct tn_source *source, struct tn_error *error);

#endif
