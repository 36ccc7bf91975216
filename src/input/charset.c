/* SPDX-License-Identifier: MIT */
#include "input/charset.h"

/* Names, and the C library's own for the set that browsers mean: of Shift_JIS, EUC-JP, EUC-KR and Big5 it is the one
 * with the characters that Windows and Hong Kong added. */
static const struct {
    const char *name;
    const char *iconv;
    unsigned char unit;
    bool pairs;
} charsets[TN_CHARSET_COUNT] = {
    [TN_CHARSET_NONE] = {"none", NULL, 1, false},
    [TN_CHARSET_UTF_8] = {"UTF-8", NULL, 1, false},
    [TN_CHARSET_UTF_16LE] = {"UTF-16LE", "UTF-16LE", 2, false},
    [TN_CHARSET_UTF_16BE] = {"UTF-16BE", "UTF-16BE", 2, false},
    [TN_CHARSET_UTF_32LE] = {"UTF-32LE", "UTF-32LE", 4, false},
    [TN_CHARSET_UTF_32BE] = {"UTF-32BE", "UTF-32BE", 4, false},
    [TN_CHARSET_BIG5] = {"Big5", "BIG5-HKSCS", 1, true},
    [TN_CHARSET_EUC_JP] = {"EUC-JP", "EUC-JP-MS", 1, true},
    [TN_CHARSET_EUC_KR] = {"EUC-KR", "UHC", 1, true},
    [TN_CHARSET_GB18030] = {"GB18030", "GB18030", 1, true},
    [TN_CHARSET_IBM866] = {"IBM866", "IBM866", 1, false},
    [TN_CHARSET_ISO_2022_JP] = {"ISO-2022-JP", "ISO-2022-JP", 1, false},
    [TN_CHARSET_ISO_8859_2] = {"ISO-8859-2", "ISO-8859-2", 1, false},
    [TN_CHARSET_ISO_8859_3] = {"ISO-8859-3", "ISO-8859-3", 1, false},
    [TN_CHARSET_ISO_8859_4] = {"ISO-8859-4", "ISO-8859-4", 1, false},
    [TN_CHARSET_ISO_8859_5] = {"ISO-8859-5", "ISO-8859-5", 1, false},
    [TN_CHARSET_ISO_8859_6] = {"ISO-8859-6", "ISO-8859-6", 1, false},
    [TN_CHARSET_ISO_8859_7] = {"ISO-8859-7", "ISO-8859-7", 1, false},
    [TN_CHARSET_ISO_8859_8] = {"ISO-8859-8", "ISO-8859-8", 1, false},
    [TN_CHARSET_ISO_8859_10] = {"ISO-8859-10", "ISO-8859-10", 1, false},
    [TN_CHARSET_ISO_8859_13] = {"ISO-8859-13", "ISO-8859-13", 1, false},
    [TN_CHARSET_ISO_8859_14] = {"ISO-8859-14", "ISO-8859-14", 1, false},
    [TN_CHARSET_ISO_8859_15] = {"ISO-8859-15", "ISO-8859-15", 1, false},
    [TN_CHARSET_ISO_8859_16] = {"ISO-8859-16", "ISO-8859-16", 1, false},
    [TN_CHARSET_KOI8_R] = {"KOI8-R", "KOI8-R", 1, false},
    [TN_CHARSET_KOI8_U] = {"KOI8-U", "KOI8-U", 1, false},
    [TN_CHARSET_MACINTOSH] = {"macintosh", "MACINTOSH", 1, false},
    [TN_CHARSET_MAC_CYRILLIC] = {"x-mac-cyrillic", "MAC-UK", 1, false},
    [TN_CHARSET_SHIFT_JIS] = {"Shift_JIS", "CP932", 1, true},
    [TN_CHARSET_WINDOWS_874] = {"windows-874", "CP874", 1, false},
    [TN_CHARSET_WINDOWS_1250] = {"windows-1250", "CP1250", 1, false},
    [TN_CHARSET_WINDOWS_1251] = {"windows-1251", "CP1251", 1, false},
    [TN_CHARSET_WINDOWS_1252] = {"windows-1252", NULL, 1, false},
    [TN_CHARSET_WINDOWS_1253] = {"windows-1253", "CP1253", 1, false},
    [TN_CHARSET_WINDOWS_1254] = {"windows-1254", "CP1254", 1, false},
    [TN_CHARSET_WINDOWS_1255] = {"windows-1255", "CP1255", 1, false},
    [TN_CHARSET_WINDOWS_1256] = {"windows-1256", "CP1256", 1, false},
    [TN_CHARSET_WINDOWS_1257] = {"windows-1257", "CP1257", 1, false},
    [TN_CHARSET_WINDOWS_1258] = {"windows-1258", "CP1258", 1, false},
};

static const struct label {
    const char *label;
    enum tn_charset charset;
} labels[] = {
#define TN_LABEL(label, charset) {label, TN_CHARSET_##charset},
#include "input/charset_labels.inc"
#undef TN_LABEL
};

enum { LONGEST_LABEL = 24 };

const char *tn_charset_name(enum tn_charset charset)
{
    return charsets[charset].name;
}

const char *tn_charset_iconv(enum tn_charset charset)
{
    return charsets[charset].iconv;
}

size_t tn_charset_unit(enum tn_charset charset)
{
    return charsets[charset].unit;
}

bool tn_charset_pairs(enum tn_charset charset)
{
    return charsets[charset].pairs;
}

static struct tn_str bare_label(struct tn_str label)
{
    label = tn_str_trim(label);
    if (label.len >= 2 && (label.s[0] == '"' || label.s[0] == '\'') && label.s[label.len - 1] == label.s[0])
        label = tn_str_trim(tn_str_slice(label.s + 1, label.len - 2));
    return label;
}

enum tn_charset tn_charset_find(struct tn_str label)
{
    char small[LONGEST_LABEL];
    label = bare_label(label);
    if (label.len == 0 || label.len > sizeof small)
        return TN_CHARSET_NONE;
    for (size_t i = 0; i < label.len; i++)
        small[i] = tn_lower(label.s[i]);
    struct tn_str wanted = tn_str_slice(small, label.len);
    size_t low = 0, high = sizeof labels / sizeof labels[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = tn_str_cmp(wanted, tn_str_of(labels[middle].label));
        if (order == 0)
            return labels[middle].charset;
        *(order < 0 ? &high : &low) = order < 0 ? middle : middle + 1;
    }
    return TN_CHARSET_NONE;
}
