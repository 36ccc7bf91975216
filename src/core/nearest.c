/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "trialnorm/error.h"

enum { WORD_MAX = 63 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many letters must be added, left out, changed or swapped with the next to make `a` of `b`. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_len; j++)
        above[j] = before[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            row[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[b_len];
}

const char *tn_nearest(const char *word, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    size_t len = strlen(word), best = len / 3 + 2;
    for (size_t i = 0; i < count && len && len <= WORD_MAX; i++) {
        size_t name_len = strlen(names[i]);
        size_t far = name_len <= WORD_MAX ? distance(word, len, names[i], name_len) : best;
        /* The beginning of a name is nearer than it looks: ctgov, ctgov-v2. */
        if (len >= 3 && name_len > len && memcmp(word, names[i], len) == 0)
            far = 1;
        if (far < best && far < len) {
            best = far;
            nearest = names[i];
        }
    }
    return nearest;
}
