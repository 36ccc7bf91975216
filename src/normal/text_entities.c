/* SPDX-License-Identifier: MIT */
/* HTML entities and LaTeX words: names of characters. */
#include <stdlib.h>

#include "core/bytes.h"
#include "core/utf8.h"
#include "normal/text_stages.h"

struct named {
    const char *name;
    unsigned short character;
};

static const struct named entities[] = {
#define TN_ENTITY(name, character) {name, character},
#include "normal/entities.inc"
#undef TN_ENTITY
};

static const struct named latex_words[] = {
#define TN_LATEX(name, character) {name, character},
#include "normal/latex.inc"
#undef TN_LATEX
};

/* &#128; to &#159; stand for Windows-1252, as in HTML; 0 where that has nothing either. */
static const unsigned short windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

enum { NAME_MAX = 24, NUMBER_MAX = 10 };

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

static int by_name(const void *key, const void *row)
{
    const struct tn_str *name = key;
    return tn_str_cmp(*name, tn_str_of(((const struct named *)row)->name));
}

/* The character of that name, 0 where there is none. */
static uint32_t named_character(const struct named *table, size_t count, struct tn_str name)
{
    const struct named *row = bsearch(&name, table, count, sizeof *table, by_name);
    return row ? row->character : 0;
}

static unsigned digit_value(char c)
{
    if (tn_is_digit(c))
        return (unsigned)(c - '0');
    c = tn_lower(c);
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10) : 16;
}

/* The character with that number; U+FFFD and *repaired where there is none. */
static uint32_t numbered_character(uint32_t number, bool *repaired)
{
    uint32_t character = number;
    if (number >= 0x80 && number <= 0x9F)
        character = windows_1252[number - 0x80];
    bool control = character < 0x20 && character != '\t' && character != '\n' && character != '\r';
    bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (!control && !surrogate && character != 0x7F && character <= 0x10FFFF)
        return character;
    *repaired = true;
    return 0xFFFD;
}

/* `text` is what stands between `&#` and `;`. False where it is no number. */
static bool read_number(struct tn_str text, uint32_t *number)
{
    unsigned base = 10;
    uint32_t sum = 0;
    if (text.len && tn_lower(text.s[0]) == 'x') {
        base = 16;
        text = tn_str_from(text, 1);
    }
    if (text.len == 0 || text.len > NUMBER_MAX)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned digit = digit_value(text.s[i]);
        if (digit >= base)
            return false;
        sum = sum > 0x10FFFF ? sum : sum * base + digit;
    }
    *number = sum;
    return true;
}

/* What stands between the `&` at text.s[0] and its `;`; empty where there is no `;` near. */
static struct tn_str entity_name(struct tn_str text)
{
    text = tn_str_from(text, 1);
    size_t len = 0;
    while (len < text.len && len <= NAME_MAX && (tn_is_alnum(text.s[len]) || text.s[len] == '#'))
        len++;
    return tn_str_slice(text.s, len < text.len && text.s[len] == ';' ? len : 0);
}

uint32_t tn_text_entity(struct tn_str text, size_t *size, bool *repaired)
{
    struct tn_str name = entity_name(text);
    uint32_t number;
    *size = name.len + 2;
    if (name.len == 0)
        return 0;
    if (name.s[0] != '#')
        return named_character(entities, COUNT_OF(entities), name);
    return read_number(tn_str_from(name, 1), &number) ? numbered_character(number, repaired) : 0;
}

/* The LaTeX word at text.s[0], a backslash. The word ends where the letters end: `\leqq` is not `\leq`. */
static uint32_t read_latex(struct tn_str text, size_t *size)
{
    size_t end = 1;
    while (end < text.len && end <= NAME_MAX && tn_is_alpha(text.s[end]))
        end++;
    *size = end;
    return end > 1 ? named_character(latex_words, COUNT_OF(latex_words), tn_str_slice(text.s + 1, end - 1)) : 0;
}

size_t tn_text_undo_entities(char *s, size_t len, bool *repaired)
{
    size_t read = 0, written = 0, size;
    for (;;) {
        size_t run = tn_bytes_find_either(s, read, len, '&', '\\') - read;
        if (read != written)
            memmove(s + written, s + read, run);
        read += run;
        written += run;
        if (read == len)
            return written;
        struct tn_str rest = tn_str_slice(s + read, len - read);
        uint32_t character = rest.s[0] == '&' ? tn_text_entity(rest, &size, repaired) : read_latex(rest, &size);
        if (character == 0) {
            s[written++] = s[read++];
            continue;
        }
        written += tn_utf8_encode(character, s + written); /* never longer than the name */
        read += size;
    }
}
