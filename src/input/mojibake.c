/* SPDX-License-Identifier: MIT */
/* Mojibake: UTF-8 whose bytes somebody took for windows-1252 and wrote as UTF-8 once more. `≥` (E2 89 A5) has then
 * become `â‰¥`. It is undone only where every character of the text goes back, and where that can hardly be chance. */
#include "core/utf8.h"
#include "input/decode.h"

enum { MOST_ROUNDS = 4 };

/* The next byte of the text that this one was made of; -1 for a character that was no byte. */
static int next_byte(struct tn_str *rest)
{
    size_t size = 1;
    int byte = (unsigned char)rest->s[0];
    if (byte >= 0x80)
        byte = tn_windows_1252_byte(tn_utf8_next(*rest, &size));
    *rest = tn_str_from(*rest, size);
    return byte;
}

/* One character of the text before, of which `first` is the first byte; false where the bytes are none. */
static bool take_character(struct tn_str *rest, int first, char *out, size_t *size)
{
    size_t need = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    out[0] = (char)first;
    for (*size = 1; *size < need; ++*size) {
        int byte = rest->len ? next_byte(rest) : -1;
        if (byte < 0)
            return false;
        out[*size] = (char)byte;
    }
    return tn_utf8_valid(tn_str_slice(out, need)) == need;
}

/* `É™` and `Å®` may be meant so: a capital letter, and a sign behind it. Three characters in a row, and what begins with
 * one of the letters that stand before half of what is written in Latin letters and before Greek, are no chance. */
static bool tells(int first)
{
    return first >= 0xE0 || first == 0xC2 || first == 0xC3 || first == 0xCE || first == 0xCF;
}

bool tn_decode_is_mojibake(struct tn_str text)
{
    bool told = false;
    for (;;) {
        size_t size;
        char character[4];
        text = tn_str_from(text, tn_utf8_ascii(text));
        if (text.len == 0)
            return told;
        int first = next_byte(&text);
        if (first < 0 || !take_character(&text, first, character, &size))
            return false;
        told = told || tells(first);
    }
}

static size_t undo(char *text, size_t len)
{
    struct tn_str rest = tn_str_slice(text, len);
    size_t written = 0;
    while (rest.len)
        text[written++] = (char)next_byte(&rest); /* a byte for each character: never ahead of what is read */
    return written;
}

size_t tn_decode_undo_mojibake(char *text, size_t len)
{
    for (int i = 0; i < MOST_ROUNDS && tn_decode_is_mojibake(tn_str_slice(text, len)); i++)
        len = undo(text, len);
    return len;
}
