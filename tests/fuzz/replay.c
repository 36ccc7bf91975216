/* SPDX-License-Identifier: MIT */
/* Feeds files to a fuzz target without a fuzzing engine: every file given, and every file in the folders given. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/buf.h"
#include "input/source.h"
#include "input/walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST = 1 << 28 };

static bool read_all(struct tn_source *source, struct tn_buf *buf, struct tn_error *error)
{
    char block[16384];
    size_t got;
    do {
        if (!tn_source_read(source, block, sizeof block, &got, error))
            return false;
        tn_buf_add(buf, block, got);
    } while (got);
    return true;
}

/* A copy of exactly that size, so that a sanitizer sees every byte that is read behind it. */
static void feed(struct tn_str bytes)
{
    uint8_t *copy = malloc(bytes.len ? bytes.len : 1);
    if (!copy)
        return;
    if (bytes.len)
        memcpy(copy, bytes.s, bytes.len);
    LLVMFuzzerTestOneInput(copy, bytes.len);
    free(copy);
}

static bool replay(void *data, const char *path, bool found, const struct tn_error *error)
{
    (void)found;
    size_t *count = data;
    struct tn_source source;
    struct tn_error problem;
    struct tn_buf buf;
    if (error || !tn_source_open(&source, path, &problem)) {
        fprintf(stderr, "%s: %s\n", path, error ? error->message : problem.message);
        return false;
    }
    tn_buf_init(&buf, LARGEST);
    bool good = read_all(&source, &buf, &problem);
    tn_source_close(&source);
    if (good)
        feed(tn_str_slice(buf.data, buf.len));
    else
        fprintf(stderr, "%s: %s\n", path, problem.message);
    tn_buf_release(&buf);
    *count += good;
    return good;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    if (argc < 2)
        return 0;
    bool good = tn_walk((const char *const *)(argv + 1), (size_t)(argc - 1), replay, &count);
    printf("%zu inputs replayed\n", count);
    return good ? 0 : 1;
}
