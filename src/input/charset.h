/* SPDX-License-Identifier: MIT */
/* Character sets: which there are, what pages call them, and turning their bytes into UTF-8. */
#ifndef TN_INPUT_CHARSET_H
#define TN_INPUT_CHARSET_H

#include <stdint.h>

#include "core/buf.h"
#include "core/str.h"

/* Those of the Encoding Standard (encoding.spec.whatwg.org), and UTF-32. Sets that browsers treat as one are one:
 * ISO-8859-1 and ASCII are windows-1252, GB 2312 and GBK are GB18030. */
enum tn_charset {
    TN_CHARSET_NONE,
    TN_CHARSET_UTF_8,
    TN_CHARSET_UTF_16LE,
    TN_CHARSET_UTF_16BE,
    TN_CHARSET_UTF_32LE,
    TN_CHARSET_UTF_32BE,
    TN_CHARSET_BIG5,
    TN_CHARSET_EUC_JP,
    TN_CHARSET_EUC_KR,
    TN_CHARSET_GB18030,
    TN_CHARSET_IBM866,
    TN_CHARSET_ISO_2022_JP,
    TN_CHARSET_ISO_8859_2,
    TN_CHARSET_ISO_8859_3,
    TN_CHARSET_ISO_8859_4,
    TN_CHARSET_ISO_8859_5,
    TN_CHARSET_ISO_8859_6,
    TN_CHARSET_ISO_8859_7,
    TN_CHARSET_ISO_8859_8,
    TN_CHARSET_ISO_8859_10,
    TN_CHARSET_ISO_8859_13,
    TN_CHARSET_ISO_8859_14,
    TN_CHARSET_ISO_8859_15,
    TN_CHARSET_ISO_8859_16,
    TN_CHARSET_KOI8_R,
    TN_CHARSET_KOI8_U,
    TN_CHARSET_MACINTOSH,
    TN_CHARSET_MAC_CYRILLIC,
    TN_CHARSET_SHIFT_JIS,
    TN_CHARSET_WINDOWS_874,
    TN_CHARSET_WINDOWS_1250,
    TN_CHARSET_WINDOWS_1251,
    TN_CHARSET_WINDOWS_1252,
    TN_CHARSET_WINDOWS_1253,
    TN_CHARSET_WINDOWS_1254,
    TN_CHARSET_WINDOWS_1255,
    TN_CHARSET_WINDOWS_1256,
    TN_CHARSET_WINDOWS_1257,
    TN_CHARSET_WINDOWS_1258,
    TN_CHARSET_COUNT
};

/* "GB18030", "windows-1252", ... Static. */
const char *tn_charset_name(enum tn_charset charset);

/* The name that iconv_open knows it by; NULL for UTF-8 and windows-1252, for which it is not asked. */
const char *tn_charset_iconv(enum tn_charset charset);

/* Bytes of which every character is made: 2 in UTF-16, 4 in UTF-32, else 1. */
size_t tn_charset_unit(enum tn_charset charset);

/* True for the sets of Chinese, Japanese and Korean in which bytes over 0x7F come in pairs or more. */
bool tn_charset_pairs(enum tn_charset charset);

/* The character set that a label names (`gb2312`, ` "Latin1" `), without regard to case, to blanks and quotes around
 * it; TN_CHARSET_NONE when nobody knows it. */
enum tn_charset tn_charset_find(struct tn_str label);

/* The label that a page declares within its first bytes: in its XML declaration, or in the first `<meta charset>` or
 * `<meta http-equiv="Content-Type" content="...charset=...">` that is neither in a comment nor in a script, a style, a
 * title or a text field, and before the page's body begins. {NULL, 0} where there is none. A slice of `head`. */
struct tn_str tn_charset_declared(struct tn_str head);

/* A conversion to UTF-8 under way. Stays of one kind from open to close. */
struct tn_decoder {
    enum tn_charset charset;
    void *iconv;        /* NULL for windows-1252, which needs none */
    struct tn_str mark; /* what is written for bytes that stand for no character */
    size_t marks;       /* how often */
};

/* False when the C library has no such conversion (its modules are not installed), or memory is short. `mark` is
 * borrowed until tn_decoder_close. Not for UTF-8. */
bool tn_decoder_open(struct tn_decoder *decoder, enum tn_charset charset, struct tn_str mark);
void tn_decoder_close(struct tn_decoder *decoder);

/* Converts `bytes` to the end of `out`. Returns how many were used: those of a character that is not whole yet stay
 * (at most 8), to come again in front of what follows them. With `last` nothing follows, and all are used: a
 * character that is not whole is marked. out->failed when there was no room. */
size_t tn_decoder_add(struct tn_decoder *decoder, struct tn_str bytes, bool last, struct tn_buf *out);

/* The byte that stands for a character in windows-1252, or -1. The five bytes without a character, and the control
 * characters U+0080 to U+009F, stand for each other. */
int tn_windows_1252_byte(uint32_t character);

#endif
