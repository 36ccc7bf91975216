/* SPDX-License-Identifier: MIT */
/* XML: cutting it is the same whatever the blocks are, pieces are valid UTF-8 and in order; any bytes as one record give a
 * tree or an error; every reader of XML reads a document without harm, whoever claims it. */
#include <stdint.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "input/split.h"
#include "syntax/json.h"
#include "syntax/xml.h"
#include "unit/support_document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LIMIT = 4096 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void mix(uint64_t *sum, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        *sum = (*sum ^ at[i]) * UINT64_C(1099511628211);
}

static uint64_t split_all(struct tn_str bytes, size_t step)
{
    static const char *const paths[] = {"<r>", "<trials><trial>"};
    struct tn_source source;
    struct tn_split split;
    struct tn_piece piece;
    struct tn_error error;
    enum tn_split_result result;
    uint64_t sum = UINT64_C(14695981039346656037);
    size_t floor = 0, events = 0;
    tn_source_memory(&source, bytes, step);
    tn_split_init(&split, &source, LIMIT);
    require(tn_split_xml(&split, paths, sizeof paths / sizeof paths[0]));
    while ((result = tn_split_next(&split, &piece, &error)) != TN_SPLIT_END) {
        mix(&sum, &result, sizeof result);
        if (result == TN_SPLIT_RECORD) {
            require(piece.bytes[piece.len] == '\0' && piece.offset >= floor && piece.line > 0);
            require(tn_utf8_valid(tn_str_slice(piece.bytes, piece.len)) == piece.len);
            floor = piece.offset + 1;
            mix(&sum, piece.bytes, piece.len);
        } else if (result != TN_SPLIT_CONTAINER) {
            mix(&sum, &error.code, sizeof error.code);
            mix(&sum, &error.offset, sizeof error.offset);
        }
        require(++events <= 4 * bytes.len + 8);
    }
    tn_split_release(&split);
    return sum;
}

static void check_item(const cJSON *item, int depth)
{
    require(depth <= TN_MAX_DEPTH);
    for (; item; item = item->next) {
        require((item->type & 0xFF) != cJSON_String || item->valuestring);
        check_item(item->child, depth + 1); /* no deeper than TN_MAX_DEPTH elements and their arrays */
    }
}

static void parse(struct tn_str text)
{
    struct tn_arena arena;
    struct tn_xml_repairs repairs;
    struct tn_error error;
    tn_arena_init(&arena, 1 << 26);
    const cJSON *tree = tn_xml_parse(&arena, text.s, text.len, NULL, &repairs, &error);
    require(tree || error.code != TN_CODE_NONE);
    if (tree)
        check_item(tree->child, -TN_MAX_DEPTH);
    tn_arena_release(&arena);
}

static bool check_trial(void *context, const tn_trial *trial)
{
    (void)context;
    require(tn_has(trial, TN_trial_record_key));
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tn_str bytes = tn_str_slice((const char *)data, size);
    const struct tn_read_options options = {.provenance = size % 2, .redact = size % 3 == 0};
    struct tn_buf text;
    tn_init();
    uint64_t sum = split_all(bytes, 0);
    require(split_all(bytes, 1 + size % 13) == sum);
    require(size >= 4 * LIMIT || split_all(bytes, 1) == sum);
    tn_buf_init(&text, 1 << 26);
    tn_decode_repair(bytes, &text);
    if (!text.failed && text.len)
        parse(tn_str_slice(text.data, text.len));
    tn_buf_release(&text);
    struct tn_worker *worker = tn_worker_new(&options);
    if (worker)
        document_read_by_all(worker, TN_SYNTAX_XML, bytes, check_trial, NULL);
    tn_worker_free(worker);
    return 0;
}
