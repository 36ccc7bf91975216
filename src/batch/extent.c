/* SPDX-License-Identifier: MIT */
#include "batch/extent.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "input/walk.h"

struct adding {
    struct tn_extent sum, of_stdin;
    unsigned files;
    time_t end; /* seconds of the monotonic clock */
};

static time_t now(void)
{
    struct timespec time;
    return clock_gettime(CLOCK_MONOTONIC, &time) == 0 ? time.tv_sec : 0;
}

struct tn_extent tn_extent_of_stdin(void)
{
    struct stat about;
    off_t at = fstat(STDIN_FILENO, &about) == 0 && S_ISREG(about.st_mode) ? lseek(STDIN_FILENO, 0, SEEK_CUR) : -1;
    return (struct tn_extent){at >= 0, at >= 0 && about.st_size > at ? (uint64_t)(about.st_size - at) : 0};
}

static void add(struct tn_extent *sum, struct tn_extent more)
{
    sum->known = sum->known && more.known;
    sum->bytes += more.bytes;
}

static struct tn_extent of_file(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return (struct tn_extent){true, 0};
    return (struct tn_extent){S_ISREG(about.st_mode), about.st_size > 0 ? (uint64_t)about.st_size : 0};
}

static bool add_file(void *data, const char *path, bool found, const struct tn_error *missing)
{
    enum { OFTEN = 256 }; /* files between two looks at the clock */
    struct adding *adding = data;
    (void)found;
    if (missing)
        return true;
    if (strcmp(path, "-") == 0) {
        add(&adding->sum, adding->of_stdin);
        adding->of_stdin.bytes = 0; /* the second time there is nothing left */
    } else {
        add(&adding->sum, of_file(path));
    }
    if (++adding->files % OFTEN == 0 && now() > adding->end)
        adding->sum.known = false;
    return adding->sum.known;
}

struct tn_extent tn_extent_of(const char *const *inputs, size_t count, struct tn_extent of_stdin)
{
    struct adding adding = {.sum = {true, 0}, .of_stdin = of_stdin, .end = now() + 1};
    tn_walk(inputs, count, add_file, &adding);
    return adding.sum;
}
