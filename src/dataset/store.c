/* SPDX-License-Identifier: MIT */
#include "dataset/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/buf.h"
#include "dataset/inside.h"
#include "dataset/schema.h"

enum { RETRY_MS = 50 };

/* A new file is only seen when it is whole: it needs no journal and no waiting for the disk before that. Page size and encoding
 * must be set before the first table. */
static const char *const set_up_new[] = {"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA page_size = 8192",
                                         "PRAGMA locking_mode = EXCLUSIVE", NULL};
static const char *const set_up_old[] = {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", NULL};
static const char *const set_up_both[] = {"PRAGMA cache_size = -32768", "PRAGMA temp_store = FILE", "BEGIN IMMEDIATE", NULL};

static bool io_error(struct tn_error *error, const char *what)
{
    tn_error_set(error, TN_FATAL, TN_IO, NULL, "%s: %s", what, strerror(errno));
    return false;
}

/* The path with something before its last name and behind it, in `buf`. */
static const char *beside(const char *path, const char *before, const char *behind, struct tn_buf *buf)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    tn_buf_init(buf, SIZE_MAX / 2);
    tn_buf_add(buf, path, (size_t)(name - path));
    tn_buf_str(buf, tn_str_of(before));
    tn_buf_str(buf, tn_str_of(name));
    tn_buf_str(buf, tn_str_of(behind));
    return tn_buf_terminate(buf) ? buf->data : NULL;
}

static long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The file that is locked is still the one of that name: whoever had it before may have removed it. */
static bool is_in_place(int file, const char *path)
{
    struct stat held, there;
    return fstat(file, &held) == 0 && stat(path, &there) == 0 && held.st_ino == there.st_ino && held.st_dev == there.st_dev;
}

/* Once: a descriptor, or -1 with errno EWOULDBLOCK when somebody else has it. */
static int try_lock(const char *path)
{
    for (;;) {
        int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file < 0)
            return -1;
        if (flock(file, LOCK_EX | LOCK_NB) == 0 && is_in_place(file, path))
            return file;
        int why = errno;
        bool held = !is_in_place(file, path);
        close(file);
        errno = why;
        if (!held)
            return -1;
    }
}

static bool lock(struct tn_dataset *dataset, const char *path, unsigned wait, struct tn_error *error)
{
    static const struct timespec pause = {0, RETRY_MS * 1000000L};
    long long end = now_ms() + (long long)wait * 1000;
    if (!path)
        return errno = ENOMEM, io_error(error, "the lock");
    while ((dataset->lock = try_lock(path)) < 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return io_error(error, path);
        if (now_ms() >= end) {
            tn_error_set(error, TN_FATAL, TN_IO, NULL, "another sync is writing to it (waited %u s; --wait says how long)", wait);
            return false;
        }
        nanosleep(&pause, NULL);
    }
    return true;
}

static bool begin(struct tn_dataset *dataset, struct tn_error *error)
{
    const char *const *set_up = dataset->fresh ? set_up_new : set_up_old;
    char identity[96];
    snprintf(identity, sizeof identity, "PRAGMA application_id = %d; PRAGMA user_version = %d", TN_DATASET_APPLICATION,
             TN_DATASET_VERSION);
    const char *const identify[] = {identity, NULL};
    return tn_do_all(dataset, set_up, error) && tn_do_all(dataset, set_up_both, error) &&
           (!dataset->fresh || (tn_do_all(dataset, identify, error) && tn_do_all(dataset, tn_dataset_tables, error)));
}

/* A path that has no file, or an empty one, gets a new dataset. */
static bool is_there(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && (about.st_size > 0 || !S_ISREG(about.st_mode));
}

/* Removes a file of SQLite with what it keeps beside it; one that is not there is no fault. */
static bool remove_with_others(const char *path, bool itself, struct tn_error *error)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    bool done = true;
    for (size_t i = itself ? 0 : 1; i < sizeof endings / sizeof endings[0] && done; i++) {
        struct tn_buf name;
        const char *other = beside(path, "", endings[i], &name);
        done = other && (unlink(other) == 0 || errno == ENOENT);
        if (!done)
            io_error(error, path);
        tn_buf_release(&name);
    }
    return done;
}

static bool open_new(struct tn_dataset *dataset, struct tn_error *error)
{
    dataset->fresh = true;
    if (!beside(dataset->path, ".", ".new", &dataset->aside))
        return errno = ENOMEM, io_error(error, "the path");
    return remove_with_others(dataset->aside.data, true, error) &&
           tn_dataset_connect(dataset, dataset->aside.data, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
}

static bool open_file(struct tn_dataset *dataset, struct tn_error *error)
{
    bool open = is_there(dataset->path) ? tn_dataset_connect(dataset, dataset->path, SQLITE_OPEN_READWRITE, error) &&
                                              tn_dataset_check(dataset, error)
                                        : open_new(dataset, error);
    return open && begin(dataset, error);
}

/* The path without links; of a link that leads nowhere yet, where it leads. NULL: it is as it is. */
static char *without_links(const char *path)
{
    char target[4096], *found = realpath(path, NULL);
    ssize_t len = found ? -1 : readlink(path, target, sizeof target - 1);
    if (len <= 0)
        return found;
    target[len] = '\0';
    const char *slash = target[0] == '/' ? NULL : strrchr(path, '/');
    struct tn_buf whole;
    tn_buf_init(&whole, SIZE_MAX / 2);
    tn_buf_add(&whole, path, slash ? (size_t)(slash - path) + 1 : 0);
    tn_buf_add(&whole, target, (size_t)len);
    found = tn_buf_terminate(&whole) ? strdup(whole.data) : NULL;
    tn_buf_release(&whole);
    return found;
}

struct tn_dataset *tn_store_open(const char *path, unsigned wait, struct tn_error *error)
{
    struct tn_dataset *dataset = tn_dataset_new(path, error);
    if (!dataset)
        return NULL;
    char *real = without_links(path);
    dataset->real = real;
    dataset->path = real ? real : path;
    if (lock(dataset, beside(dataset->path, "", ".lock", &dataset->lock_path), wait, error) && open_file(dataset, error))
        return dataset;
    tn_store_close(dataset);
    return NULL;
}

void tn_store_leftovers(const struct tn_dataset *dataset, const char *paths[TN_STORE_PATHS])
{
    size_t count = 0;
    if (dataset->aside.data)
        paths[count++] = dataset->aside.data;
    paths[count++] = dataset->lock_path.data;
    paths[count] = NULL;
}

static bool to_disk(const char *path, int flags, struct tn_error *error)
{
    int file = open(path, flags | O_CLOEXEC);
    bool done = file >= 0 && fsync(file) == 0;
    if (!done)
        io_error(error, path);
    if (file >= 0)
        close(file);
    return done;
}

/* The folder of the path, so that the new name is on the disk too. */
static bool folder_to_disk(const char *path, struct tn_error *error)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    bool done = folder && to_disk(folder, O_RDONLY | O_DIRECTORY, error);
    free(folder);
    return done;
}

static bool put_in_place(struct tn_dataset *dataset, struct tn_error *error)
{
    static const char *const finish[] = {"COMMIT", "PRAGMA locking_mode = NORMAL", "PRAGMA journal_mode = WAL", NULL};
    if (!tn_do_all(dataset, finish, error))
        return false;
    tn_dataset_disconnect(dataset);
    /* What a dataset that was removed by hand left beside its place is not of this one. */
    if (!to_disk(dataset->aside.data, O_RDONLY, error) || !remove_with_others(dataset->path, false, error))
        return false;
    if (rename(dataset->aside.data, dataset->path) != 0)
        return io_error(error, dataset->path);
    return folder_to_disk(dataset->path, error);
}

bool tn_store_commit(struct tn_dataset *dataset, struct tn_error *error)
{
    static const char *const commit[] = {"COMMIT", NULL};
    return dataset->fresh ? put_in_place(dataset, error) : tn_do_all(dataset, commit, error);
}

void tn_store_close(struct tn_dataset *dataset)
{
    if (!dataset)
        return;
    tn_dataset_disconnect(dataset);
    struct tn_error ignored;
    if (dataset->aside.data)
        remove_with_others(dataset->aside.data, true, &ignored);
    if (dataset->lock >= 0) {
        unlink(dataset->lock_path.data);
        close(dataset->lock);
    }
    tn_buf_release(&dataset->aside);
    tn_buf_release(&dataset->lock_path);
    free(dataset->real);
    tn_dataset_close(dataset);
}
