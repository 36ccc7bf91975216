/* SPDX-License-Identifier: MIT */
/* The floor of reading JSON: cJSON alone makes a tree of each line of a file, out of memory that is bumped and reset,
 * on one thread. Nobody who uses cJSON can be faster.
 *
 *   usage: floor FILE.ndjson
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cjson/cJSON.h>

enum { ALIGNMENT = 16 };
static const size_t room = (size_t)256 << 20;

/* cJSON's hooks carry no context. */
static char *memory;
static size_t used;

static void *bump(size_t size)
{
    size = (size + (ALIGNMENT - 1)) & ~(size_t)(ALIGNMENT - 1);
    if (size > room - used)
        return NULL;
    used += size;
    return memory + used - size;
}

static void keep(void *p)
{
    (void)p;
}

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    cJSON_Hooks hooks = {bump, keep};
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    char *line = NULL;
    size_t line_room = 0, bytes = 0, records = 0;
    memory = malloc(room);
    if (!file || !memory) {
        fputs("usage: floor FILE.ndjson\n", stderr);
        return 2;
    }
    cJSON_InitHooks(&hooks);
    for (ssize_t len; (len = getline(&line, &line_room, file)) > 0; bytes += (size_t)len, records++) {
        used = 0;
        if (!cJSON_ParseWithLength(line, (size_t)len)) {
            fprintf(stderr, "floor: record %zu is no JSON\n", records);
            return 1;
        }
    }
    printf("%zu records, %.1f MB, %.3f s\n", records, (double)bytes / 1e6, cpu_seconds());
    free(line);
    free(memory);
    fclose(file);
    return 0;
}
