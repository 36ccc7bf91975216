/* SPDX-License-Identifier: MIT */
/* A block of criteria: every item is clean text, and there is not more text in the items than in the block. */
#include <stdint.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "normal/criteria.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct tn_arena *arena, struct tn_str block, enum tn_criteria_side side, bool markup)
{
    struct tn_criteria criteria;
    size_t total = 0;
    tn_arena_reset(arena);
    if (!tn_criteria_split(arena, block, side, markup, &criteria))
        abort();
    for (size_t i = 0; i < criteria.count; i++) {
        struct tn_str text = criteria.items[i].text;
        if (text.len == 0 || text.s[text.len] != '\0' || criteria.items[i].level < 0)
            abort();
        total += text.len;
    }
    /* A byte that is no text becomes three, NFC can make three of two. */
    if (total > 3 * block.len)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tn_arena arena;
    char *copy = malloc(size ? size : 1);
    if (!copy)
        return 0;
    memcpy(copy, data, size);
    tn_arena_init(&arena, (size_t)1 << 30);
    check(&arena, tn_str_slice(copy, size), TN_CRITERIA_OTHER, true);
    check(&arena, tn_str_slice(copy, size), TN_CRITERIA_INCLUSION, false);
    tn_arena_release(&arena);
    free(copy);
    return 0;
}
