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

static bool read_memory(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    (void)error;
    size_t count = source->memory.len < room ? source->memory.len : room;
    if (source->step && count > source->step)
        count = source->step;
    if (count)
        memcpy(into, source->memory.s, count);
    source->memory = tn_str_from(source->memory, count);
    *got = count;
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
    return strcmp(path, "-") == 0 || open_file(source, path, error);
}

void tn_source_memory(struct tn_source *source, struct tn_str bytes, size_t step)
{
    *source = (struct tn_source){.read = read_memory, .fd = -1, .memory = bytes, .step = step};
}

bool tn_source_read(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    return source->read(source, into, room, got, error);
}

void tn_source_close(struct tn_source *source)
{
    if (source->close)
        source->close(source);
    source->close = NULL;
}
