/* SPDX-License-Identifier: MIT */
#include "core/line_path.h"

#include <string.h>

bool tn_line_path_read(struct tn_str text, struct tn_line_path *path)
{
    *path = (struct tn_line_path){.parts = {{NULL, 0}}};
    if (text.len == 0 || text.s[0] != '^')
        return false;
    text = tn_str_from(text, 1);
    size_t key = tn_str_find_char(text, '=');
    if (key != TN_NO_OFFSET)
        path->parts[TN_LINE_KEY] = tn_str_from(text, key + 1);
    text = tn_str_slice(text.s, key != TN_NO_OFFSET ? key : text.len);
    size_t second = tn_str_find_char(text, '^');
    if (second != TN_NO_OFFSET)
        path->parts[TN_LINE_SECOND] = tn_str_from(text, second + 1);
    path->parts[TN_LINE_FIRST] = tn_str_slice(text.s, second != TN_NO_OFFSET ? second : text.len);
    return path->parts[TN_LINE_FIRST].len > 0;
}

bool tn_line_is(struct tn_str line, struct tn_str spellings)
{
    while (spellings.len) {
        size_t bar = tn_str_find_char(spellings, '|');
        struct tn_str one = tn_str_slice(spellings.s, bar == TN_NO_OFFSET ? spellings.len : bar);
        bool label = one.len && one.s[one.len - 1] == ':';
        if (label ? tn_str_starts(line, one) : tn_str_eq(line, one))
            return true;
        spellings = tn_str_from(spellings, bar == TN_NO_OFFSET ? spellings.len : bar + 1);
    }
    return false;
}

size_t tn_line_end(const char *text, size_t from, size_t len)
{
    while (from < len && text[from] != '\n' && text[from] != '\r')
        from++;
    return from;
}

/* The line begins a block by this path, or may. */
static bool begins(struct tn_str line, const char *text, struct tn_line_path *path)
{
    return tn_line_path_read(tn_str_of(text), path) && tn_line_is(line, path->parts[TN_LINE_FIRST]);
}

size_t tn_line_block(struct tn_str text, const char *const *paths, size_t from, size_t *behind, int *path)
{
    size_t begun = TN_NO_OFFSET;
    struct tn_line_path found = {.parts = {{NULL, 0}}};
    while (from < text.len) {
        size_t end = tn_line_end(text.s, from, text.len), start = from;
        struct tn_str line = tn_str_trim(tn_str_slice(text.s + from, end - from));
        *behind = from = end < text.len ? end + 1 : text.len;
        if (line.len == 0)
            continue;
        if (begun != TN_NO_OFFSET && tn_line_is(line, found.parts[TN_LINE_SECOND]))
            return begun;
        begun = TN_NO_OFFSET;
        for (int i = 0; paths[i] && begun == TN_NO_OFFSET; i++)
            if (begins(line, paths[i], &found)) {
                begun = start;
                *path = i;
            }
        if (begun != TN_NO_OFFSET && found.parts[TN_LINE_SECOND].len == 0)
            return begun;
    }
    *path = -1;
    return text.len;
}
