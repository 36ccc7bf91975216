/* SPDX-License-Identifier: MIT */
/* A stream laid down in a temporary file, so that it can be read anywhere. */
#ifndef TN_INPUT_SPOOL_H
#define TN_INPUT_SPOOL_H

#include "input/feed.h"

/* Lays down all that `feed` gives; *source reads it from its beginning. The file has no name and is gone with
 * tn_source_close. When the feed fails, what came before is there, and feed->failed says so. False with TN_IO when there
 * is no room for it. */
bool tn_spool(struct tn_feed *feed, struct tn_source *source, struct tn_error *error);

#endif
