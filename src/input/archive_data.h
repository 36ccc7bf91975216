/* SPDX-License-Identifier: MIT */
/* The bytes of a member that libarchive reads. Its own archive_read_data throws away what came before a fault, as much as was
 * asked for. */
#ifndef TN_INPUT_ARCHIVE_DATA_H
#define TN_INPUT_ARCHIVE_DATA_H

#include <archive.h>
#include <stdint.h>

#include "core/str.h"

/* Zeroed before each member. */
struct tn_archive_data {
    struct tn_str left; /* of libarchive's block, not yet given */
    int64_t at;         /* bytes given so far */
    int64_t begins;     /* where `left` begins: zeros are before it, in files with holes */
    int result;         /* what libarchive said last */
};

/* Gives up to `room` bytes. 0: the end. Below 0: libarchive's error, after all bytes that came before or with it. */
la_ssize_t tn_archive_data_read(struct tn_archive_data *data, struct archive *archive, char *into, size_t room);

#endif
