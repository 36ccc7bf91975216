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

/* Of the paths in `live`, those whose step number `step` is `name`, or the items of an array where name is {NULL, 0}. */
static uint32_t going_on(const struct tn_split *split, uint32_t live, unsigned step, struct tn_str name)
{
    uint32_t left = 0;
    for (unsigned i = 0; i < split->path_count; i++) {
        bool there = (live >> i & 1) && step < split->step_count[i];
        const struct tn_str *own = &split->steps[i][there ? step : 0];
        if (there && (own->s == NULL) == (name.s == NULL) && tn_str_eq(*own, name))
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

bool tn_step_on_path(struct tn_turn *turn, char c, enum tn_step *step)
{
    struct tn_split *split = turn->split;
    struct tn_split_frame *frame = tn_top(split);
    unsigned steps = frame->steps + 1u;
    uint32_t live = going_on(split, frame->live, frame->steps, tn_str_slice(frame->name, frame->name_len));
    if (live == 0 || (c != '{' && c != '['))
        return false;
    if (c == '[') {
        live = going_on(split, live, steps, (struct tn_str){NULL, 0});
        steps++;
    }
    int path = ending(split, live, steps);
    if (live == 0 || split->depth == TN_SPLIT_FRAMES)
        return false;
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
