/* SPDX-License-Identifier: MIT */
/* Finds a value's place again in the bytes of a record. A tree does not remember where its values stood, because hardly
 * anybody asks: only a message, `explain` and `--provenance` do. */
#ifndef TN_SYNTAX_JSON_LOCATE_H
#define TN_SYNTAX_JSON_LOCATE_H

#include "core/str.h"

/* Where the last value was found: who asks for one value after the other does not look from the start each time. All
 * zero before the first. */
enum { TN_FINGER_STEPS = 16 };

struct tn_json_finger {
    struct tn_str path; /* the last one; borrowed, lives as long as the finger is used */
    size_t depth;       /* its steps that were found ... */
    size_t at[TN_FINGER_STEPS]; /* ... and where their values begin */
    size_t lines_at;    /* line ends are counted up to here */
    unsigned lines;
};

/* Where the value at `path` begins in `bytes`, a JSON or Python literal (both are understood at once), looked for from
 * where the finger is. The path is written `protocolSection.statusModule.startDateStruct.date` or `a.b[3].c`; "" is the
 * whole. Keys are compared as they are written in the bytes, so a key with escapes is not found; a member with a point in
 * its name cannot be named.
 * *offset gets the offset, *lines (may be NULL) the number of line ends before it (add the line of the first byte).
 * False when there is no such value: then both are those of the innermost value around it that was found. */
bool tn_json_locate_near(struct tn_str bytes, struct tn_str path, struct tn_json_finger *finger, size_t *offset,
                         unsigned *lines);

#endif
