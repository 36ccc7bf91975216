/* SPDX-License-Identifier: MIT */
#include "batch/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PARTS_MAX = 128, LINKS_MAX = 40, NAMES_MAX = 100 };

struct part {
    int fd;
    char *target;             /* the file to be; NULL: written as it is */
    char *volatile temporary; /* what stands there until then; NULL once it is in place. Read by a signal handler */
    bool replaces;            /* a file is there already: which one */
    dev_t device;
    ino_t inode;
};

struct tn_output {
    const char *path; /* NULL: standard output */
    bool directory;
    bool closed;
    volatile bool in_place; /* read by a signal handler */
    volatile bool made; /* the directory is ours */
    struct tn_sink sink;
    volatile int count;
    struct part parts[PARTS_MAX];
};

static bool fail(struct tn_error *error, const char *what)
{
    tn_error_set(error, TN_FATAL, TN_IO, NULL, "%s: %s", what, strerror(errno));
    return false;
}

/* "directory of path" + "/" + name, or name alone beside a bare file name. */
static char *beside(const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0, len = strlen(name);
    char *joined = malloc(folder + len + 1);
    if (!joined)
        return NULL;
    memcpy(joined, path, folder);
    memcpy(joined + folder, name, len + 1);
    return joined;
}

/* A link is followed, also one to a file that is not there yet: the file is replaced, the link stays. */
static char *follow_links(const char *path)
{
    char *at = strdup(path);
    for (int i = 0; at && i < LINKS_MAX; i++) {
        char name[PATH_MAX];
        ssize_t len = readlink(at, name, sizeof name - 1);
        if (len <= 0)
            return at;
        name[len] = '\0';
        char *next = name[0] == '/' ? strdup(name) : beside(at, name);
        free(at);
        at = next;
    }
    return at;
}

/* Opens a new file in the folder of the target. The name tells neither more nor less than whose it is, so that the
 * longest target has one, and starts with a point, so that nobody who walks the folder reads it. */
static bool open_temporary(struct part *part, int number, struct tn_error *error)
{
    static const char form[] = ".trialnorm-%ld-%d";
    for (int i = number; i < number + NAMES_MAX; i++) {
        char name[sizeof form + 32];
        snprintf(name, sizeof name, form, (long)getpid(), i);
        /* Noted before it is there: a signal in between removes what is not there rather than leave what is. */
        char *temporary = beside(part->target, name);
        if (!temporary)
            return fail(error, "cannot write");
        part->temporary = temporary;
        part->fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (part->fd >= 0)
            return true;
        part->temporary = NULL;
        free(temporary);
        if (errno != EEXIST)
            break;
    }
    return fail(error, "cannot write");
}

/* Opens the file at `path` for writing: beside it, or as it is when it is no regular file. */
static bool open_file(struct tn_output *output, struct part *part, const char *path, struct tn_error *error)
{
    struct stat old;
    bool there = stat(path, &old) == 0;
    if (there && !S_ISREG(old.st_mode)) {
        part->fd = open(path, O_WRONLY | O_CLOEXEC);
        return part->fd >= 0 || fail(error, "cannot write");
    }
    part->target = follow_links(path);
    if (!part->target)
        return fail(error, "cannot write");
    if (!open_temporary(part, output->count, error))
        return false;
    if (there) {
        part->replaces = true;
        part->device = old.st_dev;
        part->inode = old.st_ino;
        /* A file that was closed to others stays so. Where that is not ours to say, the umask's word stands. */
        if (fchmod(part->fd, old.st_mode & 0777) != 0)
            errno = 0;
    }
    return true;
}

static bool open_stdout(struct part *part)
{
    struct stat now;
    part->fd = STDOUT_FILENO;
    if (fstat(STDOUT_FILENO, &now) == 0 && S_ISREG(now.st_mode)) {
        part->replaces = true;
        part->device = now.st_dev;
        part->inode = now.st_ino;
    }
    return true;
}

static bool open_in_directory(struct tn_output *output, struct part *part, const char *name, struct tn_error *error)
{
    if (mkdir(output->path, 0777) == 0)
        output->made = true;
    else if (errno != EEXIST)
        return fail(error, "cannot make the directory");
    size_t room = strlen(output->path) + strlen(name) + 2;
    char *path = malloc(room);
    if (!path)
        return fail(error, "cannot write");
    snprintf(path, room, "%s/%s", output->path, name);
    bool opened = open_file(output, part, path, error);
    free(path);
    return opened;
}

static int sink_open(void *context, const char *name, struct tn_error *error)
{
    struct tn_output *output = context;
    if (output->count == PARTS_MAX) {
        tn_error_set(error, TN_FATAL, TN_IO, NULL, "cannot write: too many parts");
        return -1;
    }
    struct part *part = &output->parts[output->count];
    *part = (struct part){.fd = -1};
    output->count++;
    bool opened = output->directory ? open_in_directory(output, part, name, error)
                  : output->path    ? open_file(output, part, output->path, error)
                                    : open_stdout(part);
    return opened ? output->count - 1 : -1;
}

/* Somebody made our end of a pipe not wait: wait for him. */
static bool may_try_again(int fd)
{
    if (errno == EINTR)
        return true;
    if (errno != EAGAIN)
        return false;
    struct pollfd ready = {.fd = fd, .events = POLLOUT};
    return poll(&ready, 1, -1) >= 0 || errno == EINTR;
}

/* Writers gather what they write: there is no buffer here. */
static bool sink_write(void *context, int handle, const char *bytes, size_t len, struct tn_error *error)
{
    struct tn_output *output = context;
    int fd = output->parts[handle].fd;
    while (len) {
        ssize_t n = write(fd, bytes, len);
        if (n >= 0) {
            bytes += n;
            len -= (size_t)n;
        } else if (!may_try_again(fd)) {
            output->closed = output->closed || errno == EPIPE;
            return fail(error, "cannot write");
        }
    }
    return true;
}

struct tn_output *tn_output_new(const char *path, bool parts)
{
    struct tn_output *output = calloc(1, sizeof *output);
    if (!output)
        return NULL;
    output->path = path && strcmp(path, "-") != 0 ? path : NULL;
    output->directory = parts;
    output->sink = (struct tn_sink){output, sink_open, sink_write};
    return output;
}

const struct tn_sink *tn_output_sink(struct tn_output *output)
{
    return &output->sink;
}

const char *tn_output_name(const struct tn_output *output)
{
    return output->path ? output->path : "standard output";
}

bool tn_output_is(const struct tn_output *output, const char *path)
{
    struct stat other;
    if (stat(path, &other) != 0)
        return false;
    for (int i = 0; i < output->count; i++) {
        const struct part *part = &output->parts[i];
        if (part->replaces && part->device == other.st_dev && part->inode == other.st_ino)
            return true;
    }
    return false;
}

bool tn_output_closed(const struct tn_output *output)
{
    return output->closed;
}

/* The bytes of a part are on the disk before its name is. */
static bool finish(struct part *part, struct tn_error *error)
{
    if (part->target && fsync(part->fd) != 0)
        return fail(error, "cannot write");
    int fd = part->fd;
    part->fd = -1;
    return fd == STDOUT_FILENO || close(fd) == 0 || fail(error, "cannot write");
}

static bool put_into_place(struct part *part, struct tn_error *error)
{
    if (!part->target)
        return true;
    if (rename(part->temporary, part->target) != 0)
        return fail(error, "cannot write");
    char *temporary = part->temporary;
    part->temporary = NULL;
    free(temporary);
    return true;
}

/* With signals held back, so that none of them ends the program between two tables. */
static bool put_all_into_place(struct tn_output *output, struct tn_error *error)
{
    sigset_t all, before;
    bool good = true;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (int i = 0; good && i < output->count; i++)
        good = put_into_place(&output->parts[i], error);
    output->in_place = good;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return good;
}

/* So that the names survive a power cut too. A file system that cannot do this has done its best. */
static void settle_folder(const char *target)
{
    char *folder = target ? beside(target, ".") : NULL;
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

bool tn_output_commit(struct tn_output *output, struct tn_error *error)
{
    for (int i = 0; i < output->count; i++)
        if (!finish(&output->parts[i], error))
            return false;
    if (!put_all_into_place(output, error))
        return false;
    if (output->count)
        settle_folder(output->parts[0].target);
    output->made = false;
    return true;
}

bool tn_output_in_place(const struct tn_output *output)
{
    return output->in_place;
}

void tn_output_abandon(const struct tn_output *output)
{
    for (int i = 0; i < output->count; i++) {
        const char *temporary = output->parts[i].temporary;
        if (temporary)
            unlink(temporary);
    }
    if (output->made)
        rmdir(output->path);
}

void tn_output_free(struct tn_output *output)
{
    if (!output)
        return;
    tn_output_abandon(output);
    for (int i = 0; i < output->count; i++) {
        struct part *part = &output->parts[i];
        if (part->fd >= 0 && part->fd != STDOUT_FILENO)
            close(part->fd);
        free(part->temporary);
        free(part->target);
    }
    free(output);
}
