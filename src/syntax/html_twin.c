/* SPDX-License-Identifier: MIT */
/* Pages that show the same in two forms, for narrow and for wide screens. */
#include <xxhash.h>

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

/* Never 0, which is a free place. */
static uint32_t hash_of(struct tn_str word)
{
    return (uint32_t)XXH3_64bits(word.s, word.len) | 1;
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

/* The text without blanks; into `out`, which has room for it. */
static size_t compact(const struct tn_html *html, size_t first, size_t end, char *out)
{
    size_t len = 0;
    for (size_t i = first; i < end; i++) {
        struct tn_str text = html->blocks[i].whole;
        for (size_t c = 0; c < text.len; c++)
            if (!tn_is_space(text.s[c]))
                out[len++] = text.s[c];
    }
    return len;
}

static size_t bytes_in(const struct tn_html *html, size_t first, size_t end)
{
    size_t bytes = 0;
    for (size_t i = first; i < end; i++)
        bytes += html->blocks[i].whole.len;
    return bytes;
}

static struct tn_str without_dots(struct tn_str text)
{
    while (text.len && text.s[text.len - 1] == '.')
        text.len--;
    return tn_str_ends_fold(text, TN_LIT("\xE2\x80\xA6")) ? tn_str_slice(text.s, text.len - 3) : text;
}

/* The neighbour before is the newest box of the same depth, where it ends here. */
static const struct tn_page_box *box_before(const struct tn_html *html, size_t first)
{
    for (size_t i = html->box_count; i-- > 0;) {
        if (html->boxes[i].end != first || html->boxes[i].depth < (size_t)html->depth)
            return NULL;
        if (html->boxes[i].depth == (size_t)html->depth)
            return &html->boxes[i];
    }
    return NULL;
}

void tn_html_drop_excerpt(struct tn_html *html, size_t first)
{
    while (html->box_count && html->boxes[html->box_count - 1].first >= first && html->boxes[html->box_count - 1].end > first)
        html->box_count--; /* inside this one */
    const struct tn_page_box *before = box_before(html, first);
    if (!before || first == html->count)
        return;
    size_t start = before->first;
    char *one = tn_arena_alloc(html->arena, bytes_in(html, start, first) + 1);
    char *two = tn_arena_alloc(html->arena, bytes_in(html, first, html->count) + 1);
    if (!one || !two)
        return;
    struct tn_str a = tn_str_slice(one, compact(html, start, first, one));
    struct tn_str b = tn_str_slice(two, compact(html, first, html->count, two));
    if (tn_str_starts(a, without_dots(b))) {
        html->count = first;
    } else if (tn_str_starts(b, without_dots(a))) {
        memmove(html->blocks + start, html->blocks + first, (html->count - first) * sizeof *html->blocks);
        html->count -= first - start;
        while (html->box_count && html->boxes[html->box_count - 1].end > start)
            html->box_count--;
    }
}
