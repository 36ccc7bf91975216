/* SPDX-License-Identifier: MIT */
#include "core/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "core/bytes.h"

/* Length of the sequence that starts at p, or 0 where it is not valid (Unicode 15, table 3-7). */
static size_t sequence(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return 1;
    size_t need = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < need)
        return 0;
    for (size_t i = 1; i < need; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    bool wrong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF0 && p[1] < 0x90) ||
                 (p[0] == 0xF4 && p[1] > 0x8F);
    return wrong ? 0 : need;
}

static size_t skip_ascii(const char *s, size_t at, size_t len)
{
    for (; at + TN_BYTES <= len; at += TN_BYTES) {
        size_t first = tn_bytes_first(tn_bytes_load(s + at));
        if (first < TN_BYTES)
            return at + first;
    }
    while (at < len && (unsigned char)s[at] < 0x80)
        at++;
    return at;
}

size_t tn_utf8_ascii(struct tn_str text)
{
    return skip_ascii(text.s, 0, text.len);
}

size_t tn_utf8_valid(struct tn_str text)
{
    size_t at = 0;
    while ((at = skip_ascii(text.s, at, text.len)) < text.len) {
        size_t size = sequence((const unsigned char *)text.s + at, text.len - at);
        if (size == 0)
            break;
        at += size;
    }
    return at;
}

size_t tn_utf8_repair(struct tn_str text, struct tn_buf *out)
{
    size_t repaired = 0;
    while (text.len) {
        size_t good = tn_utf8_valid(text);
        tn_buf_add(out, text.s, good);
        text = tn_str_from(text, good);
        if (text.len) {
            tn_buf_add(out, TN_REPLACEMENT, 3);
            text = tn_str_from(text, 1);
            repaired++;
        }
    }
    return repaired;
}

uint32_t tn_utf8_next(struct tn_str text, size_t *size)
{
    utf8proc_int32_t character;
    utf8proc_ssize_t used =
        utf8proc_iterate((const utf8proc_uint8_t *)text.s, (utf8proc_ssize_t)text.len, &character);
    *size = used > 0 ? (size_t)used : 1;
    return used > 0 ? (uint32_t)character : 0xFFFD;
}

size_t tn_utf8_encode(uint32_t character, char *out)
{
    if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
        character = 0xFFFD;
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)character, (utf8proc_uint8_t *)out);
}

/* Below U+0300 nothing composes with what stands before it and nothing has another NFC form. */
static bool may_change(uint32_t character)
{
    if (character < 0x300)
        return false;
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)character);
    bool canonical = property->decomp_seqindex != UINT16_MAX && property->decomp_type == 0;
    return canonical || property->combining_class != 0 || property->boundclass == UTF8PROC_BOUNDCLASS_V ||
           property->boundclass == UTF8PROC_BOUNDCLASS_T || property->boundclass == UTF8PROC_BOUNDCLASS_EXTEND ||
           property->boundclass == UTF8PROC_BOUNDCLASS_SPACINGMARK;
}

bool tn_utf8_is_nfc(struct tn_str text)
{
    size_t at = 0;
    while ((at = skip_ascii(text.s, at, text.len)) < text.len) {
        size_t size;
        if (may_change(tn_utf8_next(tn_str_from(text, at), &size)))
            return false;
        at += size;
    }
    return true;
}

static struct tn_str mapped(struct tn_arena *arena, struct tn_str text, utf8proc_option_t options)
{
    utf8proc_uint8_t *result = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)text.s, (utf8proc_ssize_t)text.len, &result, options);
    struct tn_str copy = {NULL, 0};
    if (len >= 0)
        copy = tn_str_copy(arena, tn_str_slice((const char *)result, (size_t)len));
    free(result);
    return copy;
}

struct tn_str tn_utf8_nfc(struct tn_arena *arena, struct tn_str text)
{
    return tn_utf8_is_nfc(text) ? text : mapped(arena, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

struct tn_str tn_utf8_casefold(struct tn_arena *arena, struct tn_str text)
{
    return mapped(arena, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

size_t tn_utf8_fold(uint32_t character, char *out)
{
    utf8proc_int32_t folded[TN_FOLDED_MAX / 4];
    int last_class = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)character, folded, TN_FOLDED_MAX / 4,
                                                     UTF8PROC_CASEFOLD, &last_class);
    if (count <= 0 || count > TN_FOLDED_MAX / 4)
        return tn_utf8_encode(character, out);
    size_t len = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++)
        len += tn_utf8_encode((uint32_t)folded[i], out + len);
    return len;
}
