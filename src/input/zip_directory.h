/* SPDX-License-Identifier: MIT */
/* The directory of a zip archive (APPNOTE.TXT 4.3.12 to 4.3.16), read entry by entry through a small window: of an archive
 * of 600,000 members no more is held than of one of ten. (libarchive's reader holds all entries.) */
#ifndef TN_INPUT_ZIP_DIRECTORY_H
#define TN_INPUT_ZIP_DIRECTORY_H

#include "input/packed.h"

/* Room for the longest entry: a header, and three texts of 64 KiB. */
enum { TN_ZIP_WINDOW = 46 + 3 * 65536 };

struct tn_zip_directory {
    struct tn_source *source; /* can be read anywhere */
    uint64_t at, end;         /* of the directory in the source: the next entry, and the end of all */
    uint64_t shift;           /* what stands in front of the archive (of one that unpacks itself: a program) */
    bool damaged;             /* the last entry was no entry: the next one is looked for */
    char *window;             /* of TN_ZIP_WINDOW bytes */
    uint64_t window_at;       /* its place in the source, */
    size_t filled;            /* and the bytes in it */
};

struct tn_zip_entry {
    struct tn_packed packed;
    struct tn_str name;         /* as it stands; valid until the next call */
    struct tn_str unicode_name; /* of the Info-ZIP field for that, if it belongs to the name; {NULL, 0}: none */
    unsigned mode;              /* type and rights as Unix has them; 0 where it was not packed on Unix */
};

enum tn_zip_result { TN_ZIP_END, TN_ZIP_ENTRY, TN_ZIP_DAMAGE /* *error; go on */ };

/* Finds the directory of the archive that `source` (borrowed; with read_at) is. False when there is none that can be
 * used: no zip archive, or one that is cut. Takes no memory. */
bool tn_zip_directory_find(struct tn_zip_directory *directory, struct tn_source *source);

/* Before the first entry: its window. False when memory is short. */
bool tn_zip_directory_begin(struct tn_zip_directory *directory);
void tn_zip_directory_release(struct tn_zip_directory *directory);

enum tn_zip_result tn_zip_directory_next(struct tn_zip_directory *directory, struct tn_zip_entry *entry,
                                         struct tn_error *error);

/* Where a member's packed bytes begin in the source. False with *error when no member begins where the directory says,
 * or its bytes do not all stand in front of the directory. */
bool tn_zip_locate(const struct tn_zip_directory *directory, const struct tn_packed *packed, uint64_t *data,
                   struct tn_error *error);

#endif
