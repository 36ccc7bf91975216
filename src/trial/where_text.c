/* SPDX-License-Identifier: MIT */
#include "trial/where_text.h"

#include "core/utf8.h"

/* A text, folded byte by byte. */
struct folding {
    struct tn_str rest;
    char bytes[TN_FOLDED_MAX]; /* of the character at hand */
    size_t at, len;
};

/* The next byte, or -1. */
static inline int next_byte(struct folding *folding)
{
    if (folding->at < folding->len)
        return (unsigned char)folding->bytes[folding->at++];
    if (folding->rest.len == 0)
        return -1;
    char c = folding->rest.s[0];
    size_t size = 1;
    if ((unsigned char)c < 0x80) {
        folding->rest = tn_str_from(folding->rest, 1);
        return tn_lower(c);
    }
    folding->len = tn_utf8_fold(tn_utf8_next(folding->rest, &size), folding->bytes);
    folding->rest = tn_str_from(folding->rest, size);
    folding->at = 1;
    return (unsigned char)folding->bytes[0];
}

struct tn_str tn_folded(struct tn_arena *arena, struct tn_str text)
{
    struct folding folding = {.rest = tn_utf8_nfc(arena, text)};
    char *out = tn_arena_alloc(arena, folding.rest.len * TN_FOLDED_MAX / 2 + TN_FOLDED_MAX);
    size_t len = 0;
    for (int byte; out && (byte = next_byte(&folding)) >= 0;)
        out[len++] = (char)byte;
    return tn_str_slice(out, len);
}

int tn_folded_cmp(struct tn_str text, struct tn_str folded)
{
    struct folding folding = {.rest = text};
    for (size_t i = 0; i < folded.len; i++) {
        int byte = next_byte(&folding), other = (unsigned char)folded.s[i];
        if (byte != other)
            return byte < other ? -1 : 1;
    }
    return next_byte(&folding) >= 0;
}

/* How long a beginning of `folded` ends with `byte` behind `len` bytes that are there. */
static size_t go_on(struct tn_str folded, const size_t *borders, size_t len, int byte)
{
    while (len && (len == folded.len || (unsigned char)folded.s[len] != byte))
        len = borders[len - 1];
    return (unsigned char)folded.s[len] == byte ? len + 1 : len;
}

size_t *tn_folded_borders(struct tn_arena *arena, struct tn_str folded)
{
    size_t *borders = tn_arena_alloc(arena, (folded.len + 1) * sizeof *borders);
    if (!borders)
        return NULL;
    borders[0] = 0;
    for (size_t i = 1, len = 0; i < folded.len; i++)
        borders[i] = len = go_on(folded, borders, len, (unsigned char)folded.s[i]);
    return borders;
}

bool tn_folded_in(struct tn_str text, struct tn_str folded, const size_t *borders)
{
    struct folding folding = {.rest = text};
    size_t len = 0;
    for (int byte; len < folded.len && (byte = next_byte(&folding)) >= 0;)
        len = go_on(folded, borders, len, byte);
    return len == folded.len;
}
