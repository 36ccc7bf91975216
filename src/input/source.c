/* SPDX-License-Identifier: MIT */
#include "input/source.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(struct tn_error *error, const char *what, int number)
{
    tn_error_set(error, TN_FAILED, TN_IO, NULL, "%s: %s", what, strerror(number));
    return false;
}

static bool read_file(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    ssize_t count;
    do
        count = read(source->fd, into, room);
    while (count < 0 && errno == EINTR);
    *got = count > 0 ? (size_t)count : 0;
    return count >= 0 || fail(error, "cannot read", errno);
}

static bool end_early(struct tn_error *error)
{
    tn_error_set(error, TN_FAILED, TN_TRUNCATED, NULL, "the input ends too early");
    return false;
}

static bool read_file_at(struct tn_source *source, uint64_t offset, char *into, size_t count, struct tn_error *error)
{
    while (count) {
        ssize_t got = pread(source->fd, into, count, (off_t)(source->origin + offset));
        if (got < 0 && errno != EINTR)
            return fail(error, "cannot read", errno);
        if (got == 0)
            return end_early(error);
        if (got > 0) {
            into += got;
            offset += (uint64_t)got;
            count -= (size_t)got;
        }
    }
    return true;
}

static bool read_memory(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    (void)error;
    struct tn_str left = tn_str_from(source->memory, (size_t)source->origin);
    size_t count = left.len < room ? left.len : room;
    if (source->step && count > source->step)
        count = source->step;
    if (count)
        memcpy(into, left.s, count);
    source->origin += count;
    *got = count;
    return true;
}

static bool read_memory_at(struct tn_source *source, uint64_t offset, char *into, size_t count, struct tn_error *error)
{
    if (offset > source->memory.len || count > source->memory.len - offset)
        return end_early(error);
    if (count)
        memcpy(into, source->memory.s + offset, count);
    return true;
}

static void close_file(struct tn_source *source)
{
    close(source->fd);
    source->fd = -1;
}

/* What can be opened but gives no text. */
static const char *wrong_kind(int fd)
{
    struct stat about;
    if (fstat(fd, &about) != 0)
        return NULL;
    if (S_ISDIR(about.st_mode))
        return "is a directory";
    return S_ISBLK(about.st_mode) || S_ISSOCK(about.st_mode) ? "is not a regular file" : NULL;
}

/* A regular file can be read anywhere, also as standard input, then from where it stands. */
static void find_extent(struct tn_source *source)
{
    struct stat about;
    off_t at = fstat(source->fd, &about) == 0 && S_ISREG(about.st_mode) ? lseek(source->fd, 0, SEEK_CUR) : -1;
    if (at < 0)
        return;
    source->read_at = read_file_at;
    source->origin = (uint64_t)at;
    source->size = about.st_size > at ? (uint64_t)(about.st_size - at) : 0;
}

static bool open_file(struct tn_source *source, const char *path, struct tn_error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 && errno == ENXIO) {
        tn_error_set(error, TN_FAILED, TN_IO, NULL, "is not a regular file"); /* a socket */
        return false;
    }
    if (fd < 0)
        return fail(error, "cannot open", errno);
    const char *wrong = wrong_kind(fd);
    if (wrong) {
        tn_error_set(error, TN_FAILED, TN_IO, NULL, "%s", wrong);
        close(fd);
        return false;
    }
    source->fd = fd;
    source->close = close_file;
    return true;
}

bool tn_source_open(struct tn_source *source, const char *path, struct tn_error *error)
{
    *source = (struct tn_source){.read = read_file, .fd = STDIN_FILENO};
    if (strcmp(path, "-") != 0 && !open_file(source, path, error))
        return false;
    find_extent(source);
    return true;
}

void tn_source_of(struct tn_source *source, int fd)
{
    *source = (struct tn_source){.read = read_file, .close = close_file, .fd = fd};
    find_extent(source);
}

void tn_source_memory(struct tn_source *source, struct tn_str bytes, size_t step)
{
    *source = (struct tn_source){
        .read = read_memory, .read_at = read_memory_at, .size = bytes.len, .fd = -1, .memory = bytes, .step = step};
}

bool tn_source_read(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    bool good = source->read(source, into, room, got, error);
    source->taken += good ? *got : 0;
    return good;
}

bool tn_source_read_at(struct tn_source *source, uint64_t offset, char *into, size_t count, struct tn_error *error)
{
    bool good = source->read_at(source, offset, into, count, error);
    source->taken += good ? count : 0;
    return good;
}

void tn_source_close(struct tn_source *source)
{
    if (source->close)
        source->close(source);
    source->close = NULL;
}
