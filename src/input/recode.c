/* SPDX-License-Identifier: MIT */
#include "input/recode.h"

enum { BLOCK = 64 * 1024, SPARE = 64 };

static bool short_of_memory(struct tn_error *error)
{
    tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "memory is short");
    return false;
}

/* More bytes of the source behind those that are there. */
static bool read_raw(struct tn_recoding *recoding, struct tn_error *error)
{
    struct tn_buf *before = &recoding->before;
    size_t got;
    if (!tn_buf_reserve(before, BLOCK))
        return short_of_memory(error);
    if (!tn_source_read(recoding->raw, before->data + before->len, BLOCK, &got, error))
        return false;
    before->len += got;
    recoding->ended = got == 0;
    return true;
}

/* Converts what is there. */
static bool convert(struct tn_recoding *recoding, struct tn_error *error)
{
    struct tn_buf *before = &recoding->before;
    tn_buf_reset(&recoding->text);
    recoding->given = 0;
    size_t used = tn_decoder_add(&recoding->decoder, tn_str_slice(before->data, before->len), recoding->ended,
                                 &recoding->text);
    before->len -= used;
    if (before->len)
        memmove(before->data, before->data + used, before->len);
    return !recoding->text.failed || short_of_memory(error);
}

static bool read_converted(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    struct tn_recoding *recoding = source->state;
    while (recoding->given == recoding->text.len && !recoding->ended) {
        if (recoding->started && !read_raw(recoding, error))
            return false;
        recoding->started = true;
        if (!convert(recoding, error))
            return false;
    }
    size_t left = recoding->text.len - recoding->given;
    *got = left < room ? left : room;
    if (*got)
        memcpy(into, recoding->text.data + recoding->given, *got);
    recoding->given += *got;
    return true;
}

bool tn_recoding_open(struct tn_recoding *recoding, struct tn_source *raw, struct tn_str begun,
                      enum tn_charset charset, struct tn_error *error)
{
    *recoding = (struct tn_recoding){.source = {.read = read_converted, .state = recoding, .fd = -1}, .raw = raw};
    size_t most = begun.len > BLOCK ? begun.len : BLOCK;
    tn_buf_init(&recoding->before, most + BLOCK + SPARE);
    tn_buf_init(&recoding->text, 4 * (most + BLOCK) + SPARE);
    tn_buf_str(&recoding->before, begun);
    if (recoding->before.failed)
        return short_of_memory(error);
    if (!tn_decoder_open(&recoding->decoder, charset, TN_LIT("\xFF"))) {
        tn_buf_release(&recoding->before);
        tn_error_set(error, TN_FAILED, TN_BINARY, NULL, "the system cannot convert %s", tn_charset_name(charset));
        return false;
    }
    return true;
}

void tn_recoding_close(struct tn_recoding *recoding)
{
    tn_decoder_close(&recoding->decoder);
    tn_buf_release(&recoding->before);
    tn_buf_release(&recoding->text);
}
