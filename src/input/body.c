/* SPDX-License-Identifier: MIT */
#include "input/body.h"

#include "core/utf8.h"

/* So many bytes tell whether a content is coded as its header says. */
enum { SNIFFED = 512, CHUNK_LINE = 4096 };

enum coding { AS_IT_IS, CHUNKED, GZIP, DEFLATE, ZSTD, NOT_READ };

static const struct {
    struct tn_str name;
    enum coding coding;
} codings[] = {
    {{"", 0}, AS_IT_IS},        {{"identity", 8}, AS_IT_IS}, {{"none", 4}, AS_IT_IS}, {{"utf-8", 5}, AS_IT_IS},
    {{"chunked", 7}, CHUNKED},  {{"gzip", 4}, GZIP},         {{"x-gzip", 6}, GZIP},   {{"deflate", 7}, DEFLATE},
    {{"x-deflate", 9}, DEFLATE}, {{"zstd", 4}, ZSTD},
};

static enum coding coding_of(struct tn_str name)
{
    for (size_t i = 0; i < sizeof codings / sizeof codings[0]; i++)
        if (tn_str_eq_fold(name, codings[i].name))
            return codings[i].coding;
    return NOT_READ;
}

/* --- Chunks (RFC 9112, 7.1). --- */

/* The number at the start of a chunk, and the length of its line; false where there is no such line. */
static bool chunk_line(struct tn_str head, size_t *size, size_t *len)
{
    size_t digits = 0, end = tn_str_find_char(head, '\n');
    *size = 0;
    for (; digits < head.len && digits < 16; digits++) {
        char c = tn_lower(head.s[digits]);
        bool letter = c >= 'a' && c <= 'f';
        if (!letter && !tn_is_digit(c))
            break;
        *size = *size * 16 + (size_t)(letter ? c - 'a' + 10 : c - '0');
    }
    *len = end == TN_NO_OFFSET ? 0 : end + 1;
    return *len && digits && digits < 16 && memchr(" \t;\r\n", head.s[digits], 5) != NULL;
}

static bool fail_chunk(struct tn_body_layer *layer, struct tn_error *error)
{
    if (layer->feed.failed)
        *error = layer->feed.error;
    else
        tn_error_set(error, TN_FAILED, TN_SYNTAX, NULL, "no chunk begins at byte %zu of the content", layer->feed.taken);
    return false;
}

/* A content that ends where a chunk could is taken for whole: some servers leave out the last, empty one. */
static bool next_chunk(struct tn_body_layer *layer, struct tn_error *error)
{
    size_t len;
    if (layer->begun && tn_str_starts(tn_feed_ahead(&layer->feed, 2), TN_LIT("\r\n")))
        tn_feed_take(&layer->feed, 2);
    struct tn_str head = tn_feed_ahead(&layer->feed, 64);
    if (tn_str_find_char(head, '\n') == TN_NO_OFFSET)
        head = tn_feed_ahead(&layer->feed, CHUNK_LINE);
    layer->ended = head.len == 0 && !layer->feed.failed;
    if (layer->ended)
        return true;
    if (!chunk_line(head, &layer->left, &len))
        return fail_chunk(layer, error);
    tn_feed_take(&layer->feed, len);
    layer->begun = true;
    layer->ended = layer->left == 0;
    return true;
}

static bool read_next(struct tn_body_layer *layer, char *into, size_t room, size_t *got, struct tn_error *error)
{
    if (!layer->ended && layer->left == 0 && !next_chunk(layer, error))
        return false;
    if (layer->ended)
        return true;
    if (!tn_feed_read(&layer->feed, into, room < layer->left ? room : layer->left, got, error))
        return false;
    layer->left -= *got;
    if (*got == 0)
        tn_error_set(error, TN_FAILED, TN_TRUNCATED, NULL, "the content ends inside a chunk");
    return *got > 0;
}

/* What failed at one place is not tried again at the next one. */
static bool read_chunks(struct tn_source *source, char *into, size_t room, size_t *got, struct tn_error *error)
{
    struct tn_body_layer *layer = source->state;
    *got = 0;
    layer->failed = layer->failed || !read_next(layer, into, room, got, &layer->error);
    if (layer->failed && error)
        *error = layer->error;
    return !layer->failed;
}

/* --- What stands there. --- */

static bool is_chunked(struct tn_str head)
{
    size_t size, len;
    return chunk_line(head, &size, &len);
}

/* Text, and so neither compressed nor coded in any other way. */
static bool is_plain(struct tn_str head)
{
    if (head.len > SNIFFED)
        head.len = SNIFFED;
    for (size_t i = 0; i < head.len; i++)
        if ((unsigned char)head.s[i] < 0x20 && !tn_is_space(head.s[i]))
            return false;
    return head.len - tn_utf8_valid(head) < 4;
}

/* RFC 1950: the method is 8, and both bytes as one number can be divided by 31. */
static bool is_zlib(struct tn_str head)
{
    unsigned first = head.len > 1 ? (unsigned char)head.s[0] : 0, second = head.len > 1 ? (unsigned char)head.s[1] : 0;
    return (first & 15) == 8 && first >> 4 < 8 && (first * 256 + second) % 31 == 0;
}

/* The packing that really is there under a coding's name. */
static enum tn_packing packing_of(enum coding coding, struct tn_str head)
{
    enum tn_packing packing = tn_packing_of(head);
    if (packing == TN_PACKED_GZIP || packing == TN_PACKED_ZSTD)
        return packing;
    if (coding != DEFLATE || head.len == 0)
        return TN_PACKED_NOT;
    return is_zlib(head) ? TN_PACKED_ZLIB : is_plain(head) ? TN_PACKED_NOT : TN_PACKED_DEFLATE;
}

static bool refuse(struct tn_str name, struct tn_error *error)
{
    bool brotli = tn_str_eq_fold(name, TN_LIT("br"));
    tn_error_set(error, TN_FAILED, TN_BINARY, NULL, "the page is compressed with %s%.*s%s, which is not read",
                 brotli ? "brotli (" : "'", (int)(name.len < 40 ? name.len : 40), name.s, brotli ? ")" : "'");
    return false;
}

static bool open_packed(struct tn_body *body, struct tn_body_layer *layer, enum tn_packing packing,
                        struct tn_error *error)
{
    tn_feed_source(&layer->feed, &layer->out);
    if (packing == TN_PACKED_NOT)
        return true;
    layer->in = layer->out;
    layer->unpack = tn_unpack_new(&layer->in, packing, body->room);
    if (layer->unpack)
        tn_unpack_source(layer->unpack, &layer->out);
    else
        tn_error_set(error, TN_FAILED, TN_NO_MEMORY, NULL, "memory is short");
    return layer->unpack != NULL;
}

/* One coding more is taken off what `*out` gives. */
static bool add_layer(struct tn_body *body, struct tn_str name, struct tn_source *out, struct tn_error *error)
{
    enum coding coding = coding_of(name);
    struct tn_body_layer *layer = &body->layers[body->count];
    if (coding == AS_IT_IS)
        return true;
    if (body->count == TN_BODY_LAYERS)
        return refuse(TN_LIT("too many codings"), error);
    layer->from = *out;
    tn_feed_begin(&layer->feed, &layer->from);
    body->count++;
    struct tn_str head = tn_feed_ahead(&layer->feed, SNIFFED);
    bool good = true;
    if (coding == CHUNKED && is_chunked(head))
        layer->out = (struct tn_source){.read = read_chunks, .state = layer, .fd = -1};
    else if (coding == NOT_READ && !is_plain(head))
        return refuse(name, error);
    else
        good = open_packed(body, layer, coding == CHUNKED ? TN_PACKED_NOT : packing_of(coding, head), error);
    *out = layer->out;
    return good;
}

/* The codings of a list, the last first: it was put on last. */
static bool add_layers(struct tn_body *body, struct tn_str list, struct tn_source *out, struct tn_error *error)
{
    while (list.len) {
        size_t from = list.len;
        while (from && list.s[from - 1] != ',')
            from--;
        if (!add_layer(body, tn_str_trim(tn_str_from(list, from)), out, error))
            return false;
        list.len = from ? from - 1 : 0;
    }
    return true;
}

static void reset(struct tn_body *body)
{
    for (size_t i = 0; i < body->count; i++) {
        struct tn_body_layer *layer = &body->layers[i];
        tn_unpack_free(layer->unpack);
        *layer = (struct tn_body_layer){.feed = layer->feed};
    }
    body->count = 0;
}

bool tn_body_open(struct tn_body *body, const struct tn_source *in, struct tn_str transfer, struct tn_str content,
                  struct tn_source *out, struct tn_error *error)
{
    reset(body);
    *out = *in;
    return add_layers(body, transfer, out, error) && add_layers(body, content, out, error);
}

void tn_body_release(struct tn_body *body)
{
    reset(body);
    for (size_t i = 0; i < TN_BODY_LAYERS; i++)
        tn_feed_release(&body->layers[i].feed);
}
