/* SPDX-License-Identifier: MIT */
#include "readers/json_head.h"

#include <stdio.h>

/* The string that begins at *at, which then stands behind it. */
static struct tn_str take_string(struct tn_str text, size_t *at)
{
    size_t start = ++*at;
    while (*at < text.len && text.s[*at] != '"')
        *at += text.s[*at] == '\\' ? 2 : 1;
    size_t end = *at < text.len ? *at : text.len;
    *at = end + 1;
    return tn_str_slice(text.s + start, end - start);
}

/* The value behind the colon at `at`, or the first entry of the list that it is. */
static struct tn_str value_at(struct tn_str bytes, size_t at)
{
    while (at < bytes.len && (tn_is_space(bytes.s[at]) || strchr(":[", bytes.s[at])))
        at++;
    if (at < bytes.len && bytes.s[at] == '"')
        return take_string(bytes, &at);
    size_t start = at;
    while (at < bytes.len && !strchr(",]}{\n", bytes.s[at]))
        at++;
    return tn_str_slice(bytes.s + start, at - start);
}

static void open_container(struct tn_json_head *head, struct tn_str key, bool array)
{
    if (head->depth < TN_JSON_HEAD_DEEPEST)
        head->places[head->depth] = (struct tn_json_place){.key = key, .array = array};
    head->depth++;
    if (head->open && head->depth <= TN_JSON_HEAD_DEEPEST)
        head->open(head);
}

static void close_container(struct tn_json_head *head)
{
    if (head->depth == 0)
        return;
    if (head->close && head->depth <= TN_JSON_HEAD_DEEPEST)
        head->close(head);
    head->depth--;
}

static bool tell_member(struct tn_json_head *head, struct tn_str bytes, struct tn_str name, size_t colon)
{
    if (head->depth == 0 || head->depth > TN_JSON_HEAD_DEEPEST)
        return true;
    return head->member(head, name, value_at(bytes, colon));
}

void tn_json_head_walk(struct tn_json_head *head, struct tn_str bytes)
{
    struct tn_str key = {NULL, 0};
    size_t at = 0;
    head->depth = 0;
    head->ended = false;
    while (at < bytes.len) {
        char c = bytes.s[at];
        if (c == '"') {
            struct tn_str text = take_string(bytes, &at);
            while (at < bytes.len && tn_is_space(bytes.s[at]))
                at++;
            if (at < bytes.len && bytes.s[at] == ':') {
                key = text;
                if (!tell_member(head, bytes, key, at))
                    return;
            }
            continue;
        }
        if (c == '{' || c == '[') {
            open_container(head, key, c == '[');
            key = (struct tn_str){NULL, 0};
        } else if (c == '}' || c == ']') {
            close_container(head);
        } else if (c == ',') {
            key = (struct tn_str){NULL, 0};
        }
        at++;
    }
    head->ended = true;
    while (head->depth)
        close_container(head);
}

void tn_json_head_path(const struct tn_json_head *head, char *path, size_t room)
{
    size_t used = 0;
    bool any = false;
    path[0] = '\0';
    for (size_t i = 1; i < head->depth && used < room; i++) {
        const struct tn_json_place *place = &head->places[i], *up = &head->places[i - 1];
        if (!up->array) {
            used += (size_t)snprintf(path + used, room - used, "%s%.*s", any ? "." : "", (int)place->key.len, place->key.s);
            any = true;
        } else if (any) {
            used += (size_t)snprintf(path + used, room - used, "[]");
        }
    }
    if (used >= room)
        path[0] = '\0';
}

struct tn_json_found tn_json_head_here(const struct tn_json_head *head)
{
    struct tn_json_found found = {.depth = head->depth < TN_JSON_HEAD_DEEPEST ? head->depth : TN_JSON_HEAD_DEEPEST};
    memcpy(found.places, head->places, found.depth * sizeof found.places[0]);
    return found;
}
