/* SPDX-License-Identifier: MIT */
/* A page of any bytes, that came with any label (the first line): what comes out is UTF-8 without a NUL, of which
 * nothing is lost when it is read again. Through a recoding, the size of the blocks changes nothing. */
#include <stdint.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "input/decode.h"
#include "input/recode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_page(struct tn_str bytes, struct tn_str label, struct tn_buf *out)
{
    struct tn_decoded decoded, again;
    struct tn_buf second;
    if (!tn_decode_page(bytes, label, out, &decoded))
        abort();
    if (!tn_decode_clean(decoded.text) || strlen(decoded.note) >= sizeof decoded.note)
        abort();
    tn_buf_init(&second, 0);
    if (!tn_decode_utf8(decoded.text, &second, &again) || again.replaced)
        abort();
    tn_buf_release(&second);
}

static void recode(struct tn_str bytes, size_t step, enum tn_charset charset, struct tn_buf *out)
{
    struct tn_source source;
    struct tn_recoding recoding;
    struct tn_error error;
    char bite[64];
    size_t got = 1;
    tn_source_memory(&source, bytes, step);
    tn_buf_init(out, 4 * bytes.len + 64);
    if (!tn_recoding_open(&recoding, &source, tn_str_slice(NULL, 0), charset, &error))
        abort();
    while (got) {
        if (!tn_source_read(&recoding.source, bite, sizeof bite, &got, &error))
            abort();
        tn_buf_add(out, bite, got);
    }
    tn_recoding_close(&recoding);
}

static void check_recoding(struct tn_str bytes, enum tn_charset charset)
{
    struct tn_buf whole, parts;
    recode(bytes, 0, charset, &whole);
    recode(bytes, 1 + bytes.len % 5, charset, &parts);
    if (whole.failed || !tn_str_eq(tn_str_slice(whole.data, whole.len), tn_str_slice(parts.data, parts.len)))
        abort();
    tn_buf_release(&whole);
    tn_buf_release(&parts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tn_str rest = tn_str_slice((const char *)data, size), label = {NULL, 0};
    struct tn_buf out;
    tn_buf_init(&out, 0);
    tn_str_next_line(&rest, &label);
    enum tn_charset charset = tn_charset_find(label);
    check_page(rest, label, &out);
    check_page(tn_str_slice((const char *)data, size), (struct tn_str){NULL, 0}, &out);
    tn_buf_release(&out);
    if (charset > TN_CHARSET_UTF_8)
        check_recoding(rest, charset);
    return 0;
}
