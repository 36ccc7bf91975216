/* SPDX-License-Identifier: MIT */
/* Pages that show the same in two forms, for narrow and for wide screens. */
#include <stdlib.h>

#include "syntax/html_build.h"

static bool next_word(struct tn_str *rest, struct tn_str *word)
{
    size_t start = 0, end;
    while (start < rest->len && (tn_is_space(rest->s[start]) || rest->s[start] == ':'))
        start++;
    for (end = start; end < rest->len && !tn_is_space(rest->s[end]) && rest->s[end] != ':';)
        end++;
    *word = tn_str_slice(rest->s + start, end - start);
    *rest = tn_str_from(*rest, end);
    return word->len > 0;
}

static uint32_t hash_of(struct tn_str word)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)tn_lower(word.s[i])) * 16777619u;
    return hash ? hash : 1;
}

/* The place of a word in the table of open addresses. */
static uint32_t *place_of(const struct tn_html *html, uint32_t hash)
{
    size_t at = hash & (html->seen_room - 1);
    while (html->seen_words[at] && html->seen_words[at] != hash)
        at = (at + 1) & (html->seen_room - 1);
    return &html->seen_words[at];
}

static bool widen(struct tn_html *html)
{
    uint32_t *old = html->seen_words;
    size_t room = html->seen_room;
    if (2 * html->seen_count < room)
        return true;
    uint32_t *words = tn_arena_zero(html->arena, (room ? 2 * room : 256) * sizeof *words);
    if (!words)
        return false;
    html->seen_words = words;
    html->seen_room = room ? 2 * room : 256;
    for (size_t i = 0; i < room; i++)
        if (old[i])
            *place_of(html, old[i]) = old[i];
    return true;
}

/* Adds the words of the blocks from `first` on; false when all of them were there. */
static bool add_words(struct tn_html *html, size_t first)
{
    bool new_words = false;
    for (size_t i = first; i < html->count; i++) {
        struct tn_str rest = html->blocks[i].whole, word;
        while (next_word(&rest, &word)) {
            uint32_t hash = hash_of(word);
            if (!widen(html))
                return true;
            uint32_t *place = place_of(html, hash);
            new_words = new_words || *place == 0;
            html->seen_count += *place == 0;
            *place = hash;
        }
    }
    return new_words;
}

void tn_html_drop_twin(struct tn_html *html, size_t first)
{
    if (first < html->count && !add_words(html, first)) {
        html->count = first;
        while (html->box_count && html->boxes[html->box_count - 1].end > first)
            html->box_count--;
    }
}
