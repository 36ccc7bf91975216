/* SPDX-License-Identifier: MIT */
#include "writers/writers.h"

#include <string.h>

const struct tn_writer *const *tn_writers(void)
{
    static const struct tn_writer *const all[] = {&tn_writer_ndjson, &tn_writer_json, &tn_writer_csv,
                                                  &tn_writer_tables, NULL};
    return all;
}

const struct tn_writer *tn_writer_find(const char *name)
{
    for (const struct tn_writer *const *writer = tn_writers(); *writer; writer++)
        if (strcmp((*writer)->name, name) == 0)
            return *writer;
    return NULL;
}
