/* SPDX-License-Identifier: MIT */
#include "input/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* A file without a name, with a descriptor of its own. */
static int make_file(void)
{
    FILE *file = tmpfile();
    int fd = file ? fcntl(fileno(file), F_DUPFD_CLOEXEC, 0) : -1;
    if (file)
        fclose(file);
    return fd;
}

static bool write_all(int fd, struct tn_str bytes)
{
    while (bytes.len) {
        ssize_t count = write(fd, bytes.s, bytes.len);
        if (count < 0 && errno != EINTR)
            return false;
        if (count > 0)
            bytes = tn_str_from(bytes, (size_t)count);
    }
    return true;
}

static bool lay_down(struct tn_feed *feed, int fd)
{
    struct tn_str bytes;
    while ((bytes = tn_feed_ahead(feed, TN_FEED_ROOM)).len) {
        if (!write_all(fd, bytes))
            return false;
        tn_feed_take(feed, bytes.len);
    }
    return lseek(fd, 0, SEEK_SET) == 0;
}

bool tn_spool(struct tn_feed *feed, struct tn_source *source, struct tn_error *error)
{
    int fd = make_file();
    if (fd >= 0 && lay_down(feed, fd)) {
        tn_source_of(source, fd);
        return true;
    }
    tn_error_set(error, TN_FAILED, TN_IO, NULL, "cannot lay the archive down in a temporary file: %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return false;
}
