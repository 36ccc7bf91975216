/* SPDX-License-Identifier: MIT */
#include "input/member_name.h"

#include <iconv.h>

#include "core/utf8.h"
#include "input/charset.h"
#include "input/decode.h"

enum { MOST_BYTES = 3 }; /* of UTF-8 for a byte of a name */

static struct tn_str with_iconv(struct tn_arena *arena, struct tn_str raw, const char *charset)
{
    iconv_t conversion = iconv_open("UTF-8", charset);
    if (conversion == (iconv_t)-1)
        return tn_str_slice(NULL, 0);
    size_t left = raw.len, room = MOST_BYTES * raw.len;
    char *text = tn_arena_alloc(arena, room + 1), *to = text;
    union {
        const char *borrowed;
        char *from;
    } in = {raw.s};
    bool good = text && iconv(conversion, &in.from, &left, &to, &room) != (size_t)-1;
    iconv_close(conversion);
    if (!good)
        return tn_str_slice(NULL, 0);
    *to = '\0';
    return tn_str_slice(text, (size_t)(to - text));
}

static struct tn_str as_windows_1252(struct tn_arena *arena, struct tn_str raw)
{
    struct tn_decoder decoder;
    struct tn_buf out;
    struct tn_str text = {NULL, 0};
    if (!tn_decoder_open(&decoder, TN_CHARSET_WINDOWS_1252, tn_str_of(TN_REPLACEMENT)))
        return text;
    tn_buf_init(&out, MOST_BYTES * raw.len + 1);
    tn_decoder_add(&decoder, raw, true, &out);
    if (!out.failed)
        text = tn_str_copy(arena, tn_str_slice(out.data, out.len));
    tn_buf_release(&out);
    tn_decoder_close(&decoder);
    return text;
}

static struct tn_str without_nul(struct tn_arena *arena, struct tn_str raw)
{
    struct tn_buf out;
    tn_buf_init(&out, MOST_BYTES * raw.len + 1);
    tn_decode_repair(raw, &out);
    struct tn_str text = out.failed ? tn_str_slice(NULL, 0) : tn_str_copy(arena, tn_str_slice(out.data, out.len));
    tn_buf_release(&out);
    return text;
}

struct tn_str tn_member_name(struct tn_arena *arena, struct tn_str raw, const char *charset)
{
    if (tn_decode_clean(raw))
        return tn_str_copy(arena, raw);
    if (tn_str_find_char(raw, '\0') != TN_NO_OFFSET)
        return without_nul(arena, raw);
    struct tn_str text = charset ? with_iconv(arena, raw, charset) : tn_str_slice(NULL, 0);
    return text.s ? text : as_windows_1252(arena, raw);
}

/* DOS programs wrote `\`; where there is a `/`, that is a character like others. */
bool tn_member_hidden(struct tn_str name)
{
    char slash = tn_str_find_char(name, '/') == TN_NO_OFFSET ? '\\' : '/';
    while (name.len) {
        size_t len = tn_str_find_char(name, slash);
        struct tn_str part = tn_str_slice(name.s, len == TN_NO_OFFSET ? name.len : len);
        bool here = tn_str_eq(part, TN_LIT(".")) || tn_str_eq(part, TN_LIT(".."));
        if ((part.len && part.s[0] == '.' && !here) || tn_str_eq(part, TN_LIT("__MACOSX")))
            return true;
        name = tn_str_from(name, len == TN_NO_OFFSET ? name.len : len + 1);
    }
    return false;
}
