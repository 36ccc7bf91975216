/* SPDX-License-Identifier: MIT */
/* How far a run is, in words. Nothing is printed here. */
#ifndef TN_BATCH_PROGRESS_H
#define TN_BATCH_PROGRESS_H

#include "batch/extent.h"
#include "batch/run.h"

/* Room for each of the texts below but tn_progress_text. */
enum { TN_AMOUNT_ROOM = 32 };

/* "999 B", "1.3 kB", "164 MB": in thousands, two digits at least where there are so many. */
void tn_bytes_text(uint64_t bytes, char out[TN_AMOUNT_ROOM]);

/* "164 MB/s"; "" when no time went by. */
void tn_rate_text(uint64_t bytes, uint64_t milliseconds, char out[TN_AMOUNT_ROOM]);

/* "0:07", "1:30", "27:46:39": minutes and seconds, hours where there are some. */
void tn_clock_text(uint64_t milliseconds, char out[TN_AMOUNT_ROOM]);

/* "0.04 s", "9.99 s", "10.0 s", "5405.3 s" */
void tn_seconds_text(uint64_t milliseconds, char out[TN_AMOUNT_ROOM]);

struct tn_pace {
    const struct tn_counts *counts;
    uint64_t taken;          /* bytes of the inputs, as they are stored: packed where they are packed */
    struct tn_extent extent; /* of all inputs */
    size_t limit;            /* trials that are wanted; 0: all */
    uint64_t milliseconds;   /* since the run began */
};

/* "43 %, 1:20 left, 165 MB/s, 15000 records, 1 failed, 12 warnings"; where it is not known how much there is,
 * "1.3 GB, 165 MB/s, 15000 records". ASCII, what matters most in front; as much as fits `room`, NUL-terminated. Returns
 * the length. */
size_t tn_progress_text(const struct tn_pace *pace, char *out, size_t room);

#endif
