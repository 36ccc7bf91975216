/* SPDX-License-Identifier: MIT */
/* Readers made of descriptions, and lists of readers with them. */
#include <stdlib.h>

#include "readers/site_terms.h"

struct own_site {
    struct tn_described described; /* first: the reader is its first member */
    struct tn_arena arena;         /* all that it points to */
};

struct tn_reader *tn_site_parse(const char *bytes, size_t len, struct tn_error *error)
{
    enum { ARENA_LIMIT = 1 << 28 };
    struct tn_error ignored;
    struct own_site *own = calloc(1, sizeof *own);
    error = error ? error : &ignored;
    tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
    if (!own)
        return NULL;
    tn_arena_init(&own->arena, ARENA_LIMIT);
    if (!tn_site_read(&own->arena, bytes, len, &own->described, error) ||
        !tn_site_check(&own->arena, &own->described, error)) {
        tn_site_free(&own->described.reader);
        return NULL;
    }
    own->described.reader.table = &own->described.site;
    return &own->described.reader;
}

void tn_site_free(struct tn_reader *site)
{
    struct own_site *own = (struct own_site *)(void *)site;
    if (!own)
        return;
    tn_arena_release(&own->arena);
    free(own);
}

static bool differ(struct tn_reader *const *sites, size_t count, struct tn_error *error)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(sites[i]->name, sites[j]->name) == 0) {
                tn_error_set(error, TN_FATAL, TN_USAGE, NULL, "two sites have the name '%s'", sites[i]->name);
                return false;
            }
    return true;
}

/* Puts a site in the place of the reader of its name, or behind the last. */
static size_t place_site(const struct tn_reader **all, size_t count, const struct tn_reader *site)
{
    size_t i = 0;
    while (i < count && strcmp(all[i]->name, site->name) != 0)
        i++;
    all[i] = site;
    return i < count ? count : count + 1;
}

const struct tn_reader *const *tn_site_join(struct tn_reader *const *sites, size_t count, struct tn_error *error)
{
    const struct tn_reader *const *built_in = tn_readers();
    size_t length = 0;
    while (built_in[length])
        length++;
    if (!differ(sites, count, error))
        return NULL;
    const struct tn_reader **all = calloc(length + count + 1, sizeof *all);
    if (!all) {
        tn_error_set(error, TN_FATAL, TN_NO_MEMORY, NULL, "out of memory");
        return NULL;
    }
    memcpy(all, built_in, length * sizeof *all);
    for (size_t s = 0; s < count; s++)
        length = place_site(all, length, sites[s]);
    return all;
}

void tn_site_join_free(const struct tn_reader *const *readers)
{
    free((void *)(uintptr_t)readers);
}
