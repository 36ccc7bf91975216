/* SPDX-License-Identifier: MIT */
#include "dataset/link_words.h"

#include <utf8proc.h>
#include <xxhash.h>

#include "core/utf8.h"
#include "normal/fold.h"

/* What is folded at once: even where every character stands for several, it fits. A text without blanks (Chinese) is cut
 * at its punctuation in any case, and here where it has none. */
enum { PIECE_MAX = 160 };

static bool is_symbol(uint32_t character)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
    return (category >= UTF8PROC_CATEGORY_SM && category <= UTF8PROC_CATEGORY_SO) || category == UTF8PROC_CATEGORY_CN;
}

/* Length of the character at text.s[at] where it belongs to a word, else 0; *size is its length in any case. */
static bool in_word(struct tn_str text, size_t at, size_t *size)
{
    *size = 1;
    if ((unsigned char)text.s[at] < 0x80)
        return text.s[at] != ' ';
    return !is_symbol(tn_utf8_next(tn_str_from(text, at), size));
}

static void each_folded(struct tn_str folded, tn_link_word_fn *take, void *context)
{
    size_t begin = 0, size = 1;
    for (size_t at = 0; at < folded.len; at += size) {
        if (in_word(folded, at, &size))
            continue;
        if (at > begin)
            take(context, tn_str_slice(folded.s + begin, at - begin));
        begin = at + size;
    }
    if (folded.len > begin)
        take(context, tn_str_from(folded, begin));
}

static struct tn_str next_piece(struct tn_str *text)
{
    size_t begin = 0;
    while (begin < text->len && tn_is_space(text->s[begin]))
        begin++;
    size_t end = begin;
    while (end < text->len && end - begin <= PIECE_MAX && !tn_is_space(text->s[end]))
        end++;
    struct tn_str piece = tn_str_slice(text->s + begin, end - begin);
    if (piece.len > PIECE_MAX) {
        size_t cut = tn_str_cut(piece, PIECE_MAX);
        piece.len = cut ? cut : PIECE_MAX;
    }
    *text = tn_str_from(*text, begin + piece.len);
    return piece;
}

void tn_link_each_word(struct tn_str text, tn_link_word_fn *take, void *context)
{
    char folded[TN_FOLD_MAX];
    while (text.len) {
        size_t len = tn_fold(next_piece(&text), folded);
        each_folded(tn_str_slice(folded, len), take, context);
    }
}

uint64_t tn_link_hash(struct tn_str word)
{
    return XXH3_64bits(word.s, word.len);
}

bool tn_link_is_small_word(struct tn_str word)
{
    static const char *const words[] = {"a",  "an",   "and",  "are", "as", "at", "by",   "for", "from", "in", "is",
                                        "of", "on",   "or",   "that", "the", "to", "versus", "vs", "was", "who", "with"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tn_str_eq(word, tn_str_of(words[i])))
            return true;
    return false;
}

bool tn_link_has_digit(struct tn_str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (tn_is_digit(word.s[i]))
            return true;
    return false;
}
