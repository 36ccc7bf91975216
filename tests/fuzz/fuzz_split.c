/* SPDX-License-Identifier: MIT */
/* Cutting into records: whatever the blocks in which the bytes come, the pieces and errors are the same; pieces are valid
 * UTF-8 and stand in order. */
#include <stdint.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "input/split.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LIMIT = 4096 };

/* What happened, in one number. */
static void mix(uint64_t *sum, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        *sum = (*sum ^ at[i]) * UINT64_C(1099511628211);
}

static void mix_number(uint64_t *sum, size_t number)
{
    mix(sum, &number, sizeof number);
}

/* Offsets are those of the text in UTF-8: two bytes of UTF-16 may become three. */
static void check_piece(const struct tn_piece *piece, size_t *floor, size_t size)
{
    if (piece->bytes[piece->len] != '\0' || piece->offset < *floor || piece->offset >= 2 * size || piece->line == 0)
        abort();
    if (tn_utf8_valid(tn_str_slice(piece->bytes, piece->len)) != piece->len)
        abort();
    *floor = piece->offset + 1;
}

static void mix_error(uint64_t *sum, const struct tn_error *error)
{
    mix_number(sum, error->code);
    mix_number(sum, error->offset);
    mix_number(sum, error->line);
    mix(sum, error->message, strlen(error->message));
}

enum way { RECORDS, LINES, WATCHED, WHOLE };

/* A document that may be of another kind: its beginning, and other paths or the other syntax for it. */
static void change(struct tn_split *split, uint64_t *sum)
{
    static const char *const paths[] = {"b[]", "<trial>", "data.items[]"};
    struct tn_str head;
    struct tn_error error;
    if (!tn_split_peek(split, 64, &head, &error) || !head.len)
        abort();
    uint32_t kind = tn_split_kind(split);
    mix(sum, head.s, head.len);
    mix_number(sum, kind);
    if (kind % 3 && !tn_split_change(split, head.s[0] == '<' ? TN_SYNTAX_XML : TN_SYNTAX_JSON, paths, 1 + kind % 2))
        abort();
}

static uint64_t split_all(struct tn_str bytes, size_t step, enum way way)
{
    static const char *const paths[] = {"studies[]", "a.b[]", "a.c"};
    static const char *const lines[] = {"^Summary^Number:|Status:=Number:", "^Number:^Title:"};
    struct tn_source source;
    struct tn_split split;
    struct tn_piece piece;
    struct tn_error error;
    enum tn_split_result result;
    uint64_t sum = UINT64_C(14695981039346656037);
    size_t floor = 0, events = 0;
    tn_source_memory(&source, bytes, step);
    tn_split_init(&split, &source, LIMIT);
    if (way != LINES && !tn_split_json(&split, paths, sizeof paths / sizeof paths[0]))
        abort();
    if (way == LINES && !tn_split_lines(&split, lines, sizeof lines / sizeof lines[0]))
        abort();
    if (way == WATCHED)
        tn_split_watch(&split);
    if (way == WHOLE)
        tn_split_whole(&split);
    while ((result = tn_split_next(&split, &piece, &error)) != TN_SPLIT_END) {
        mix_number(&sum, result);
        if (result == TN_SPLIT_RECORD) {
            check_piece(&piece, &floor, bytes.len);
            mix(&sum, piece.bytes, piece.len);
        } else if (result == TN_SPLIT_DOCUMENT) {
            change(&split, &sum);
        } else if (result != TN_SPLIT_CONTAINER) {
            mix_error(&sum, &error);
        }
        mix(&sum, piece.path.s, piece.path.len);
        mix_number(&sum, piece.offset);
        if (++events > 4 * bytes.len + 8)
            abort();
    }
    tn_split_release(&split);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tn_str bytes = tn_str_slice((const char *)data, size);
    for (enum way way = RECORDS; way <= WATCHED; way++) {
        uint64_t sum = split_all(bytes, 0, way);
        if (split_all(bytes, 1 + size % 13, way) != sum)
            abort();
        if (size < 4 * LIMIT && split_all(bytes, 1, way) != sum)
            abort();
    }
    split_all(bytes, 0, WHOLE);
    return 0;
}
