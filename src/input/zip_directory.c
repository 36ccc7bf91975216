/* SPDX-License-Identifier: MIT */
#include "input/zip_directory.h"

#include <inttypes.h>
#include <libdeflate.h>
#include <stdlib.h>

#include "input/little.h"

/* Lengths of headers without their texts, and what says that a number stands in the zip64 field. */
enum { ENTRY = 46, LOCAL = 30, END = 22, END64 = 56, LOCATOR = 20 };
#define IN_ZIP64 0xFFFFFFFFu

static bool is_mark(const char *bytes, const char *mark)
{
    return bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == mark[0] && bytes[3] == mark[1];
}

/* --- Where the directory is. --- */

/* What an end record says. */
struct end_record {
    uint64_t place;  /* in the source */
    uint64_t size;   /* of the directory */
    uint64_t offset; /* ... and where it begins */
    uint64_t entries;
    bool parts; /* the archive is one of several parts */
};

/* The record that stands last, and whose comment fits what is behind it. */
static bool find_end(struct tn_source *source, struct end_record *end)
{
    enum { COMMENT = 65535, STEP = 1024 };
    char block[STEP + END];
    uint64_t least = source->size > END + COMMENT ? source->size - END - COMMENT : 0, to = source->size;
    struct tn_error ignored;
    while (to >= END && to > least) {
        uint64_t from = to > least + STEP + END ? to - STEP - END : least;
        size_t len = (size_t)(to - from);
        if (!tn_source_read_at(source, from, block, len, &ignored))
            return false;
        for (size_t i = len < END ? 0 : len - END + 1; i-- > 0;) {
            const char *p = block + i;
            if (!is_mark(p, "\5\6") || tn_little_16(p + 20) > source->size - (from + i) - END)
                continue;
            *end = (struct end_record){from + i, tn_little_32(p + 12), tn_little_32(p + 16), tn_little_16(p + 10),
                                       tn_little_16(p + 4) != 0 && tn_little_16(p + 4) != 0xFFFF};
            return true;
        }
        if (from == least)
            return false;
        to = from + END - 1;
    }
    return false;
}

static bool is_end64(struct tn_source *source, uint64_t place, char *record)
{
    struct tn_error ignored;
    return tn_source_read_at(source, place, record, END64, &ignored) && is_mark(record, "\6\6");
}

/* The larger record in front of it, where there is one. Its place is told as if nothing stood in front of the archive. */
static void find_end64(struct tn_source *source, struct end_record *end)
{
    char locator[LOCATOR], record[END64];
    struct tn_error ignored;
    if (end->place < LOCATOR + END64 || !tn_source_read_at(source, end->place - LOCATOR, locator, LOCATOR, &ignored) ||
        !is_mark(locator, "\6\7"))
        return;
    uint64_t place = tn_little_64(locator + 8), usual = end->place - LOCATOR - END64;
    if (!is_end64(source, usual, record)) {
        if (place > usual || !is_end64(source, place, record))
            return;
        usual = place;
    }
    *end = (struct end_record){usual, tn_little_64(record + 40), tn_little_64(record + 48), tn_little_64(record + 32),
                               tn_little_32(record + 16) != 0};
}

static bool begins_at(struct tn_source *source, uint64_t place)
{
    char mark[4];
    struct tn_error ignored;
    return tn_source_read_at(source, place, mark, sizeof mark, &ignored) && is_mark(mark, "\1\2");
}

/* Of an archive that begins with its first member: what was put in front of it is another archive, or this one was cut and the
 * directory is that of an archive inside. */
static bool is_of_another(struct tn_source *source, uint64_t shift)
{
    char mark[4];
    struct tn_error ignored;
    return shift && tn_source_read_at(source, 0, mark, sizeof mark, &ignored) && is_mark(mark, "\3\4");
}

bool tn_zip_directory_find(struct tn_zip_directory *directory, struct tn_source *source)
{
    struct end_record end;
    if (!source->read_at || !find_end(source, &end))
        return false;
    find_end64(source, &end);
    if (end.parts || end.size > end.place)
        return false;
    uint64_t start = end.place - end.size;
    bool here = end.size == 0 || begins_at(source, start);
    if (!here) { /* something stands between the directory and its end record */
        start = end.offset;
        if (start >= end.place || !begins_at(source, start))
            return false;
    }
    if (end.offset > start || (end.size == 0 && end.entries) || is_of_another(source, start - end.offset))
        return false;
    *directory = (struct tn_zip_directory){.source = source, .at = start, .end = end.place, .shift = start - end.offset};
    if (here)
        directory->end = start + end.size;
    return true;
}

/* --- Its entries. --- */

bool tn_zip_directory_begin(struct tn_zip_directory *directory)
{
    directory->window = malloc(TN_ZIP_WINDOW);
    return directory->window != NULL;
}

void tn_zip_directory_release(struct tn_zip_directory *directory)
{
    free(directory->window);
    directory->window = NULL;
}

/* The bytes at directory->at: `want` of them, fewer where the directory ends. */
static bool look(struct tn_zip_directory *directory, size_t want, struct tn_str *bytes, struct tn_error *error)
{
    uint64_t left = directory->end - directory->at;
    size_t skip = (size_t)(directory->at - directory->window_at);
    if (want > left)
        want = (size_t)left;
    if (directory->at < directory->window_at || skip > directory->filled || directory->filled - skip < want) {
        size_t count = left < TN_ZIP_WINDOW ? (size_t)left : TN_ZIP_WINDOW;
        directory->filled = 0;
        if (!tn_source_read_at(directory->source, directory->at, directory->window, count, error))
            return false;
        directory->window_at = directory->at;
        directory->filled = count;
        skip = 0;
    }
    *bytes = tn_str_slice(directory->window + skip, want);
    return true;
}

/* The next field of the extra ones; false at the end. */
static bool next_extra(struct tn_str *extra, unsigned *id, struct tn_str *field)
{
    if (extra->len < 4)
        return false;
    *id = tn_little_16(extra->s);
    size_t len = tn_little_16(extra->s + 2);
    *extra = tn_str_from(*extra, 4);
    *field = tn_str_slice(extra->s, len < extra->len ? len : extra->len);
    *extra = tn_str_from(*extra, len);
    return true;
}

/* A number that did not fit its place stands here, in this order. */
static void take_64(struct tn_str *field, uint64_t *value)
{
    if (*value != IN_ZIP64 || field->len < 8)
        return;
    *value = tn_little_64(field->s);
    *field = tn_str_from(*field, 8);
}

static void read_extra(struct tn_str extra, struct tn_zip_entry *entry)
{
    enum { ZIP64 = 1, UNICODE_PATH = 0x7075 };
    struct tn_str field;
    for (unsigned id; next_extra(&extra, &id, &field);) {
        if (id == ZIP64) {
            take_64(&field, &entry->packed.unpacked);
            take_64(&field, &entry->packed.size);
            take_64(&field, &entry->packed.offset);
        } else if (id == UNICODE_PATH && field.len > 5 && field.s[0] == 1 &&
                   tn_little_32(field.s + 1) == libdeflate_crc32(0, entry->name.s, entry->name.len)) {
            entry->unicode_name = tn_str_from(field, 5);
        }
    }
}

static enum tn_zip_result damage(struct tn_zip_directory *directory, enum tn_code code, struct tn_error *error)
{
    directory->damaged = true;
    tn_error_set(error, TN_FAILED, code, NULL, "the archive's directory %s at byte %" PRIu64,
                 code == TN_TRUNCATED ? "ends inside an entry" : "is damaged", directory->at);
    error->offset = (size_t)directory->at;
    return TN_ZIP_DAMAGE;
}

static enum tn_zip_result read_failed(struct tn_zip_directory *directory)
{
    directory->at = directory->end;
    return TN_ZIP_DAMAGE;
}

/* Goes to the next place where an entry may begin. False with *error when the source fails. */
static bool search(struct tn_zip_directory *directory, struct tn_error *error)
{
    struct tn_str bytes;
    while (directory->at < directory->end) {
        if (!look(directory, 4096, &bytes, error))
            return false;
        size_t found = tn_str_find(bytes, TN_LIT("PK\1\2"));
        size_t passed = found != TN_NO_OFFSET ? found : bytes.len > 3 ? bytes.len - 3 : bytes.len;
        directory->at += passed;
        if (found != TN_NO_OFFSET)
            return true;
    }
    return true;
}

static void read_entry(const struct tn_zip_directory *directory, struct tn_str bytes, struct tn_zip_entry *entry)
{
    enum { UNIX = 3 };
    const char *p = bytes.s;
    size_t name = tn_little_16(p + 28), extra = tn_little_16(p + 30);
    *entry = (struct tn_zip_entry){
        .packed = {.offset = tn_little_32(p + 42),
                   .size = tn_little_32(p + 20),
                   .unpacked = tn_little_32(p + 24),
                   .crc = tn_little_32(p + 16),
                   .method = tn_little_16(p + 10),
                   .flags = tn_little_16(p + 8)},
        .name = tn_str_slice(p + ENTRY, name),
        .mode = p[5] == UNIX ? tn_little_16(p + 40) : 0,
    };
    read_extra(tn_str_slice(p + ENTRY + name, extra), entry);
    entry->packed.offset += directory->shift;
}

enum tn_zip_result tn_zip_directory_next(struct tn_zip_directory *directory, struct tn_zip_entry *entry,
                                         struct tn_error *error)
{
    struct tn_str bytes;
    if (directory->damaged) {
        directory->at += directory->at < directory->end;
        if (!search(directory, error))
            return read_failed(directory);
        directory->damaged = false;
    }
    if (directory->at == directory->end)
        return TN_ZIP_END;
    if (!look(directory, ENTRY, &bytes, error))
        return read_failed(directory);
    if (bytes.len >= 4 && is_mark(bytes.s, "\5\5")) /* a signature behind the entries */
        directory->at = directory->end;
    if (directory->at == directory->end)
        return TN_ZIP_END;
    if (bytes.len < ENTRY || !is_mark(bytes.s, "\1\2"))
        return damage(directory, TN_SYNTAX, error);
    size_t len = ENTRY + (size_t)tn_little_16(bytes.s + 28) + tn_little_16(bytes.s + 30) + tn_little_16(bytes.s + 32);
    if (!look(directory, len, &bytes, error))
        return read_failed(directory);
    if (bytes.len < len)
        return damage(directory, TN_TRUNCATED, error);
    read_entry(directory, bytes, entry);
    directory->at += len;
    return TN_ZIP_ENTRY;
}

bool tn_zip_locate(const struct tn_zip_directory *directory, const struct tn_packed *packed, uint64_t *data,
                   struct tn_error *error)
{
    char header[LOCAL];
    struct tn_source *source = directory->source;
    bool there = packed->offset < source->size && source->size - packed->offset >= LOCAL;
    if (there && !tn_source_read_at(source, packed->offset, header, LOCAL, error))
        return false;
    if (!there || !is_mark(header, "\3\4")) {
        tn_error_set(error, TN_FAILED, TN_SYNTAX, NULL, "the archive is damaged: no member begins at byte %" PRIu64,
                     packed->offset);
        return false;
    }
    *data = packed->offset + LOCAL + tn_little_16(header + 26) + tn_little_16(header + 28);
    if (*data <= source->size && packed->size <= source->size - *data)
        return true;
    tn_error_set(error, TN_FAILED, TN_TRUNCATED, NULL, "the archive ends inside the member");
    return false;
}
