/* SPDX-License-Identifier: MIT */
/* Loaded before the C library (LD_PRELOAD), it makes the disk full for a program: of the files below FULL_DISK_FOLDER,
 * FULL_DISK_BYTES can be written, then nothing any more (ENOSPC); with FULL_DISK_SYNC=N the Nth flush to the disk and all
 * behind it fail, too. What was asked for is written to FULL_DISK_USED as `BYTES FLUSHES` when the program ends. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_llong used, flushes;

static long long limit(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? strtoll(value, NULL, 10) : LLONG_MAX;
}

/* A file below the folder? Pipes and terminals are none. */
static bool counts(int fd)
{
    const char *folder = getenv("FULL_DISK_FOLDER");
    char link[64], path[PATH_MAX];
    struct stat status;
    if (!folder || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    return len > 0 && (size_t)len >= strlen(folder) && strncmp(path, folder, strlen(folder)) == 0;
}

/* How much of `count` bytes there is room for; 0 with errno. */
static size_t room(int fd, size_t count)
{
    if (count == 0 || !counts(fd))
        return count;
    long long before = atomic_fetch_add(&used, (long long)count), left = limit("FULL_DISK_BYTES") - before;
    if (left <= 0)
        errno = ENOSPC;
    return left <= 0 ? 0 : (unsigned long long)left < count ? (size_t)left : count;
}

#define REAL(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t count)
{
    size_t fits = room(fd, count);
    return count && !fits ? -1 : REAL(write)(fd, data, fits);
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t at)
{
    size_t fits = room(fd, count);
    return count && !fits ? -1 : REAL(pwrite)(fd, data, fits, at);
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at)
{
    size_t fits = room(fd, count);
    return count && !fits ? -1 : REAL(pwrite64)(fd, data, fits, at);
}

ssize_t writev(int fd, const struct iovec *parts, int many)
{
    size_t count = 0;
    for (int i = 0; i < many; i++)
        count += parts[i].iov_len;
    return room(fd, count) < count ? (errno = ENOSPC, -1) : REAL(writev)(fd, parts, many);
}

/* A file that is made longer takes room as one that is written; by how much is not told apart. */
int ftruncate(int fd, off_t size)
{
    return size > 0 && counts(fd) && atomic_load(&used) > limit("FULL_DISK_BYTES") ? (errno = ENOSPC, -1) : REAL(ftruncate)(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    return size > 0 && counts(fd) && atomic_load(&used) > limit("FULL_DISK_BYTES") ? (errno = ENOSPC, -1) : REAL(ftruncate64)(fd, size);
}

static bool flush_fails(int fd)
{
    bool fails = counts(fd) && atomic_fetch_add(&flushes, 1) + 1 >= limit("FULL_DISK_SYNC");
    if (fails)
        errno = ENOSPC;
    return fails;
}

int fsync(int fd)
{
    return flush_fails(fd) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    return flush_fails(fd) ? -1 : REAL(fdatasync)(fd);
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("FULL_DISK_USED");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file)
        return;
    fprintf(file, "%lld %lld\n", atomic_load(&used), atomic_load(&flushes));
    fclose(file);
}
