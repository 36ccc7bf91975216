/* SPDX-License-Identifier: MIT */
/* Conversion to UTF-8 by the C library's iconv. Only windows-1252 has a table here: reading what nobody declared must
 * not depend on iconv's modules, and text that was taken for windows-1252 is undone by the same table. */
#include <errno.h>
#include <iconv.h>

#include "core/utf8.h"
#include "input/charset.h"

/* 0x80 to 0x9F; 0: no character. All other bytes have their own number. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

int tn_windows_1252_byte(uint32_t character)
{
    if (character < 0x100)
        return (int)character;
    for (int i = 0; i < 32; i++)
        if (windows_1252[i] == character)
            return 0x80 + i;
    return -1;
}

bool tn_decoder_open(struct tn_decoder *decoder, enum tn_charset charset, struct tn_str mark)
{
    const char *name = tn_charset_iconv(charset);
    *decoder = (struct tn_decoder){.charset = charset, .mark = mark};
    if (!name)
        return charset == TN_CHARSET_WINDOWS_1252;
    iconv_t conversion = iconv_open("UTF-8", name);
    if (conversion == (iconv_t)-1)
        return false;
    decoder->iconv = conversion;
    return true;
}

void tn_decoder_close(struct tn_decoder *decoder)
{
    if (decoder->iconv)
        iconv_close(decoder->iconv);
    decoder->iconv = NULL;
}

static void add_mark(struct tn_decoder *decoder, struct tn_buf *out)
{
    tn_buf_str(out, decoder->mark);
    decoder->marks++;
}

static size_t add_windows_1252(struct tn_decoder *decoder, struct tn_str bytes, struct tn_buf *out)
{
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.s[i];
        uint32_t character = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
        char text[4];
        if (byte < 0x80)
            tn_buf_char(out, (char)byte);
        else if (character)
            tn_buf_add(out, text, tn_utf8_encode(character, text));
        else
            add_mark(decoder, out);
    }
    return bytes.len;
}

enum { MOST_AT_ONCE = 1 << 16, SPARE = 16 };

/* One call of iconv on the beginning of *rest. 0, or why it did not use all of that. */
static int call_iconv(const struct tn_decoder *decoder, struct tn_str *rest, size_t len, struct tn_buf *out)
{
    char *from = (char *)(uintptr_t)rest->s, *to = out->data + out->len;
    size_t left = len, room = out->room - out->len;
    int why = iconv(decoder->iconv, from ? &from : NULL, &left, &to, &room) == (size_t)-1 ? errno : 0;
    out->len = out->room - room;
    *rest = tn_str_from(*rest, len - left);
    return why;
}

/* Back to the first state of a set that has several, and out with a character that waited for an accent. */
static void end_iconv(const struct tn_decoder *decoder, struct tn_buf *out)
{
    struct tn_str nothing = {NULL, 0};
    if (tn_buf_reserve(out, SPARE))
        call_iconv(decoder, &nothing, 0, out);
}

/* Characters that browsers know and the C library does not: the sign that Windows puts at 0x80 in Chinese pages, and
 * those of Big5 that Hong Kong's set has elsewhere a second time. */
static const struct missing {
    enum tn_charset charset;
    struct tn_str bytes, text;
} missing[] = {
#define MISSING(charset, bytes, text) {TN_CHARSET_##charset, {bytes, sizeof(bytes) - 1}, {text, sizeof(text) - 1}}
    MISSING(GB18030, "\x80", "€"),    MISSING(BIG5, "\xA1\x5A", "╴"), MISSING(BIG5, "\xA1\xC3", "￣"),
    MISSING(BIG5, "\xA1\xC5", "ˍ"), MISSING(BIG5, "\xA1\xFE", "／"), MISSING(BIG5, "\xA2\x40", "＼"),
    MISSING(BIG5, "\xA2\xCC", "十"), MISSING(BIG5, "\xA2\xCE", "卅"), MISSING(BIG5, "\xA3\xE1", "€"),
#undef MISSING
};

static const struct missing *find_missing(enum tn_charset charset, struct tn_str text)
{
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++)
        if (missing[i].charset == charset && tn_str_starts(text, missing[i].bytes))
            return &missing[i];
    return NULL;
}

/* What stands at the start of *rest is no character to the C library. */
static void skip_one(struct tn_decoder *decoder, struct tn_str *rest, struct tn_buf *out)
{
    const struct missing *found = find_missing(decoder->charset, *rest);
    if (found) {
        tn_buf_str(out, found->text);
        *rest = tn_str_from(*rest, found->bytes.len);
        return;
    }
    add_mark(decoder, out);
    *rest = tn_str_from(*rest, tn_charset_unit(decoder->charset));
}

size_t tn_decoder_add(struct tn_decoder *decoder, struct tn_str bytes, bool last, struct tn_buf *out)
{
    if (!decoder->iconv)
        return add_windows_1252(decoder, bytes, out);
    struct tn_str rest = bytes;
    while (rest.len) {
        size_t len = rest.len < MOST_AT_ONCE ? rest.len : MOST_AT_ONCE;
        if (!tn_buf_reserve(out, len + SPARE))
            return bytes.len;
        size_t before = rest.len;
        int why = call_iconv(decoder, &rest, len, out);
        bool cut = why == EINVAL && rest.len < SPARE; /* and not only where the piece that it was given ends */
        if (cut && !last)
            break;
        if (why == EILSEQ || cut || rest.len == before)
            skip_one(decoder, &rest, out);
    }
    if (last)
        end_iconv(decoder, out);
    return bytes.len - rest.len;
}
