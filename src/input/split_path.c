/* SPDX-License-Identifier: MIT */
/* Record paths: how they are written, and following them into a container. */
#include "input/split_inside.h"

/* Cuts `text` into steps: names, and "[]" behind a name. */
static bool add_path(struct tn_split *split, struct tn_str text)
{
    unsigned path = split->path_count;
    unsigned count = 0;
    if (path == TN_SPLIT_PATHS || text.len == 0)
        return false;
    split->path_text[path] = text;
    while (text.len) {
        size_t end = 0;
        while (end < text.len && text.s[end] != '.' && text.s[end] != '[')
            end++;
        if (end == 0 || end >= TN_SPLIT_NAME || count == TN_SPLIT_STEPS)
            return false;
        split->steps[path][count++] = tn_str_slice(text.s, end);
        split->path_likes = split->path_likes || (end > 2 && memcmp(text.s + end - 2, "|*", 2) == 0);
        text = tn_str_from(text, end);
        if (tn_str_starts(text, TN_LIT("[]"))) {
            if (count == TN_SPLIT_STEPS)
                return false;
            split->steps[path][count++] = (struct tn_str){NULL, 0};
            text = tn_str_from(text, 2);
        }
        if (text.len && (text.s[0] != '.' || text.len == 1))
            return false;
        text = tn_str_from(text, 1);
    }
    split->step_count[path] = (unsigned char)count;
    split->path_count++;
    return true;
}

bool tn_split_json(struct tn_split *split, const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!add_path(split, tn_str_of(paths[i])))
            return false;
    return true;
}

bool tn_push_frame(struct tn_split *split, struct tn_split_frame frame)
{
    if (split->depth == TN_SPLIT_FRAMES)
        return false;
    split->frames[split->depth++] = frame;
    split->state = frame.array ? TN_AT_ITEM_OR_END : TN_AT_KEY_OR_END;
    return true;
}

enum tn_step tn_start_record(struct tn_split *split)
{
    tn_begin_record(split);
    tn_scan_start(&split->scan, 0);
    split->state = TN_AT_RECORD;
    split->strays = false;
    return TN_STEP_GO;
}

/* "*", or "a|*" behind the first record. */
static bool is_any(const struct tn_split *split, struct tn_str own, struct tn_str name)
{
    if (tn_str_eq(own, TN_LIT("*")))
        return true;
    if (own.len < 2 || memcmp(own.s + own.len - 2, "|*", 2) != 0)
        return false;
    return (split->container_open && split->like) || tn_str_eq(tn_str_slice(own.s, own.len - 2), name);
}

/* Of the paths in `live`, those whose step number `step` is `name`, or the items of an array where name is {NULL, 0}. */
static uint32_t going_on(const struct tn_split *split, uint32_t live, unsigned step, struct tn_str name)
{
    uint32_t left = 0;
    for (unsigned i = 0; i < split->path_count; i++) {
        bool there = (live >> i & 1) && step < split->step_count[i];
        const struct tn_str *own = &split->steps[i][there ? step : 0];
        bool same = (own->s == NULL) == (name.s == NULL) && tn_str_eq(*own, name);
        if (there && (same || (own->s && name.s && is_any(split, *own, name))))
            left |= UINT32_C(1) << i;
    }
    return left;
}

/* The first path in `live` that has no more than `steps` steps; -1. */
static int ending(const struct tn_split *split, uint32_t live, unsigned steps)
{
    for (unsigned i = 0; i < split->path_count; i++)
        if ((live >> i & 1) && split->step_count[i] == steps)
            return (int)i;
    return -1;
}

/* A record path was found: the candidate is a container. One that was open lost its end before: it is told first. */
static enum tn_step commit(struct tn_turn *turn, int path)
{
    struct tn_split *split = turn->split;
    if (split->container_open) {
        memmove(split->frames, split->frames + split->root, (split->depth - split->root) * sizeof split->frames[0]);
        split->depth -= split->root;
        split->root = 0;
        return tn_tell_container(turn, false);
    }
    if (!split->candidate)
        return TN_STEP_GO;
    if (!split->dropping && split->base + split->at - split->record > split->max_record)
        return tn_lose(turn, TN_TOO_LARGE, "");
    struct tn_container *container = &split->container;
    if (container->path.s)
        tn_forget_members(split);
    container->path = split->path_text[path];
    container->offset = split->record;
    container->line = split->record_line;
    split->container_root = split->root;
    split->container_open = true;
    split->candidate = split->dropping = false;
    return TN_STEP_GO;
}

/* True when step number `step` of the path is the member's own name, or "*". */
static bool is_named(const struct tn_split *split, int path, unsigned step, struct tn_str name)
{
    struct tn_str own = split->steps[path][step];
    bool alike = own.len > 2 && memcmp(own.s + own.len - 2, "|*", 2) == 0;
    return !alike || tn_str_eq(tn_str_slice(own.s, own.len - 2), name);
}

/* The object at split->at, or the first in the array there, begins like the first record: 1; not: 0; -1: it is not there yet. */
static int begins_alike(const struct tn_split *split)
{
    enum { ENOUGH = 1024 };
    struct tn_str text = tn_str_slice(split->buffer + split->at, split->filled - split->at), name;
    bool all = text.len >= ENOUGH || split->ended;
    if (text.s[0] == '[')
        text = tn_str_from(text, 1);
    while (text.len && tn_is_space(text.s[0]))
        text = tn_str_from(text, 1);
    bool there = text.len && (text.s[0] != '{' || tn_split_first_member(text, &name));
    if (!there)
        return all ? 0 : -1;
    return text.s[0] == '{' && tn_xml_hash(name) == split->like;
}

void tn_note_like(struct tn_split *split)
{
    struct tn_str name, record = tn_str_slice(split->buffer + (split->record - split->base),
                                              split->base + split->at - split->record);
    if (split->path_likes && !split->like && split->container_open && tn_split_first_member(record, &name))
        split->like = tn_xml_hash(name);
}

bool tn_step_on_path(struct tn_turn *turn, char c, enum tn_step *step)
{
    struct tn_split *split = turn->split;
    struct tn_split_frame *frame = tn_top(split);
    struct tn_str name = tn_str_slice(frame->name, frame->name_len);
    unsigned steps = frame->steps + 1u;
    uint32_t live = going_on(split, frame->live, frame->steps, name);
    if (live == 0 || (c != '{' && c != '['))
        return false;
    if (c == '[') {
        live = going_on(split, live, steps, (struct tn_str){NULL, 0});
        steps++;
    }
    int path = ending(split, live, steps);
    if (live == 0 || split->depth == TN_SPLIT_FRAMES)
        return false;
    if (path >= 0 && !is_named(split, path, frame->steps, name)) {
        int alike = begins_alike(split);
        *step = TN_STEP_MORE;
        if (alike <= 0)
            return alike < 0;
    }
    *step = path >= 0 && (split->candidate || !split->container_open) ? commit(turn, path) : TN_STEP_GO;
    if (*step == TN_STEP_EVENT)
        return true;
    if (c == '{' && path >= 0) {
        *step = tn_start_record(split);
        return true;
    }
    split->at++;
    tn_push_frame(split, (struct tn_split_frame){
                          .array = c == '[', .final = path >= 0, .live = live, .steps = (unsigned char)steps});
    return true;
}
