/* SPDX-License-Identifier: MIT */
/* Python literals: a tree whose strings are valid UTF-8 and whose links are whole, or an error inside the text. */
#include <stdint.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "syntax/json_locate.h"
#include "syntax/python_literal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text)
{
    struct tn_str bytes = tn_str_of(text);
    if (text && tn_utf8_valid(bytes) != bytes.len)
        abort();
}

/* One item and its links; its depth is bounded by the parser. */
static void check_tree(const cJSON *item, int depth)
{
    if (depth > TN_MAX_DEPTH)
        abort();
    check_text(item->string);
    check_text(item->valuestring);
    if (item->type == cJSON_String && !item->valuestring)
        abort();
    for (const cJSON *child = item->child; child; child = child->next) {
        if ((item->type == cJSON_Object) != (child->string != NULL))
            abort();
        if (child->next && child->next->prev != child)
            abort();
        if (!child->next && item->child->prev != child)
            abort();
        check_tree(child, depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tn_str text = tn_str_slice((const char *)data, size);
    struct tn_arena arena;
    struct tn_python_literal literal;
    struct tn_error error;
    size_t offset;
    tn_arena_init(&arena, (size_t)1 << 28);
    if (tn_python_literal_parse(&arena, text, &literal, &error))
        check_tree(literal.tree, 0);
    else if (error.offset > size)
        abort();
    if (literal.used > size)
        abort();
    struct tn_json_finger finger = {.depth = 0};
    tn_json_locate_near(text, TN_LIT("a.b[1].c"), &finger, &offset, NULL);
    if (offset > size)
        abort();
    tn_json_locate_near(text, TN_LIT("[0][0]"), &finger, &offset, NULL);
    if (offset > size)
        abort();
    tn_arena_release(&arena);
    return 0;
}
