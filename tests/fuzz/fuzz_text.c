/* SPDX-License-Identifier: MIT */
/* Cleaning of text: the result is valid UTF-8 with a NUL behind it, and cleaning it once more as plain text changes
 * nothing. */
#include <stdint.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "normal/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct tn_arena *arena, struct tn_str clean)
{
    if (!clean.s || clean.s[clean.len] != '\0' || memchr(clean.s, '\0', clean.len))
        abort();
    struct tn_str again = tn_text_plain(arena, clean, false, NULL);
    if (!tn_str_eq(clean, again))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tn_arena arena;
    unsigned flags = 0;
    char *copy = malloc(size + 1);
    if (!copy)
        return 0;
    memcpy(copy, data, size);
    copy[size] = '\0';
    tn_arena_init(&arena, (size_t)1 << 30);
    check(&arena, tn_text_plain(&arena, tn_str_slice(copy, size), true, &flags));
    check(&arena, tn_text_markup(&arena, tn_str_slice(copy, size), false, &flags));
    tn_arena_release(&arena);
    free(copy);
    return 0;
}
