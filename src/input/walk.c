/* SPDX-License-Identifier: MIT */
#include "input/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/buf.h"
#include "input/companion.h"

enum { MAX_LEVELS = 128, MAX_PATH = 1 << 20, MAX_NAMES = 1 << 30 };

/* One directory of the path: its names, and how far they are done. */
struct level {
    dev_t device;
    ino_t inode;
    struct tn_buf names; /* each with its kind (a letter) before and a NUL behind it */
    const char **sorted;
    size_t count;
    size_t next;
    size_t path_len; /* of the directory, a slash behind it */
};

struct walk {
    tn_visit_fn *visit;
    void *data;
    struct tn_buf path; /* what is being looked at, with a NUL behind it */
    struct level levels[MAX_LEVELS];
    size_t depth;
};

static bool report(struct walk *walk, const char *format, const char *detail)
{
    struct tn_error error;
    tn_error_set(&error, TN_FAILED, TN_IO, NULL, "%s%s", format, detail);
    return walk->visit(walk->data, walk->path.data, walk->depth > 0, &error);
}

static bool pass_over(struct walk *walk, const char *why)
{
    struct tn_error note;
    tn_error_set(&note, TN_OK, TN_CODE_NONE, NULL, "%s", why);
    return walk->visit(walk->data, walk->path.data, true, &note);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void drop_level(struct walk *walk)
{
    struct level *level = &walk->levels[--walk->depth];
    tn_buf_release(&level->names);
    free(level->sorted);
}

/* What the directory itself knows of an entry: many are told without being looked at. */
enum { KIND_FILE = 'f', KIND_UNKNOWN = '?' };

/* Adds the names of `directory` that are not hidden; errno says what went wrong. */
static bool collect_names(struct level *level, DIR *directory)
{
    errno = 0;
    for (struct dirent *entry; (entry = readdir(directory)); errno = 0) {
        if (entry->d_name[0] == '.')
            continue;
        tn_buf_char(&level->names, entry->d_type == DT_REG ? KIND_FILE : KIND_UNKNOWN);
        tn_buf_add(&level->names, entry->d_name, strlen(entry->d_name) + 1);
        level->count++;
    }
    if (level->names.failed)
        errno = ENOMEM;
    return errno == 0;
}

static bool sort_names(struct level *level)
{
    if (level->count == 0)
        return true;
    level->sorted = malloc(level->count * sizeof *level->sorted);
    if (!level->sorted)
        return false;
    const char *name = level->names.data;
    for (size_t i = 0; i < level->count; i++) {
        level->sorted[i] = ++name;
        name += strlen(name) + 1;
    }
    qsort(level->sorted, level->count, sizeof *level->sorted, by_bytes);
    return true;
}

static bool list_names(struct level *level, const char *path)
{
    DIR *directory = opendir(path);
    if (!directory)
        return false;
    bool good = collect_names(level, directory);
    int problem = errno;
    closedir(directory);
    if (good && !sort_names(level)) {
        good = false;
        problem = ENOMEM;
    }
    errno = problem;
    return good;
}

static bool on_the_path(const struct walk *walk, const struct stat *about)
{
    for (size_t i = 0; i < walk->depth; i++)
        if (walk->levels[i].inode == about->st_ino && walk->levels[i].device == about->st_dev)
            return true;
    return false;
}

/* Makes the directory at walk->path the newest level. False when the visitor wants no more. */
static bool enter(struct walk *walk, const struct stat *about)
{
    if (on_the_path(walk, about))
        return true;
    if (walk->depth == MAX_LEVELS)
        return report(walk, "directories are nested too deep", "");
    struct level *level = &walk->levels[walk->depth++];
    *level = (struct level){.device = about->st_dev, .inode = about->st_ino};
    tn_buf_init(&level->names, MAX_NAMES);
    if (!list_names(level, walk->path.data)) {
        int problem = errno;
        drop_level(walk);
        return report(walk, "cannot list: ", strerror(problem));
    }
    if (walk->path.len && walk->path.data[walk->path.len - 1] != '/')
        tn_buf_char(&walk->path, '/');
    level->path_len = walk->path.len;
    return true;
}

static bool set_path(struct walk *walk, size_t keep, const char *name)
{
    walk->path.len = keep;
    tn_buf_add(&walk->path, name, strlen(name));
    return tn_buf_terminate(&walk->path);
}

/* The next name of the newest directory. */
static bool visit_entry(struct walk *walk)
{
    struct level *level = &walk->levels[walk->depth - 1];
    struct stat about;
    if (level->next == level->count) {
        drop_level(walk);
        return true;
    }
    if (!set_path(walk, level->path_len, level->sorted[level->next++])) {
        tn_buf_reset(&walk->path);
        return true; /* a path of a mebibyte: the system could not open it either */
    }
    if (level->sorted[level->next - 1][-1] == KIND_FILE)
        return walk->visit(walk->data, walk->path.data, true, NULL);
    if (stat(walk->path.data, &about) != 0)
        return report(walk, "cannot open: ", strerror(errno));
    if (S_ISDIR(about.st_mode) && tn_is_companion(level->sorted[level->next - 1], level->sorted, level->count))
        return pass_over(walk, "a folder that a browser saved beside a page");
    if (S_ISDIR(about.st_mode))
        return enter(walk, &about);
    return !S_ISREG(about.st_mode) || walk->visit(walk->data, walk->path.data, true, NULL);
}

static bool visit_input(struct walk *walk, const char *input)
{
    struct stat about;
    if (strcmp(input, "-") == 0)
        return walk->visit(walk->data, input, false, NULL);
    if (!set_path(walk, 0, input)) {
        struct tn_error error;
        tn_error_set(&error, TN_FAILED, TN_NO_MEMORY, NULL, "the path is too long");
        tn_buf_reset(&walk->path);
        return walk->visit(walk->data, input, false, &error);
    }
    if (stat(input, &about) != 0)
        return report(walk, "cannot open: ", strerror(errno));
    if (!S_ISDIR(about.st_mode))
        return walk->visit(walk->data, input, false, NULL);
    bool more = enter(walk, &about);
    while (more && walk->depth)
        more = visit_entry(walk);
    while (walk->depth)
        drop_level(walk);
    return more;
}

bool tn_walk(const char *const *inputs, size_t count, tn_visit_fn *visit, void *data)
{
    if (count == 0)
        return visit(data, "-", false, NULL);
    struct walk *walk = calloc(1, sizeof *walk);
    struct tn_error error;
    if (!walk) {
        tn_error_set(&error, TN_FATAL, TN_NO_MEMORY, NULL, "memory is short");
        return visit(data, inputs[0], false, &error) && false;
    }
    walk->visit = visit;
    walk->data = data;
    tn_buf_init(&walk->path, MAX_PATH);
    bool more = true;
    for (size_t i = 0; i < count && more; i++)
        more = visit_input(walk, inputs[i]);
    tn_buf_release(&walk->path);
    free(walk);
    return more;
}
