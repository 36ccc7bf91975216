/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "input/split_inside.h"

/* A record that fails is looked through for lines that begin a record, and these may fail at the same place again.
 * After so many failures the search goes on behind the place, so that no byte is read more often than that. */
enum { MOST_RETRIES = 16 };

/* The index of the first line between `from` and `to` that begins with `opening`; TN_NO_OFFSET. */
static size_t find_line(const struct tn_split *split, size_t from, size_t to, struct tn_str opening)
{
    while (from < to) {
        size_t found = tn_str_find_char(tn_str_slice(split->buffer + from, to - from), '\n');
        if (found == TN_NO_OFFSET)
            break;
        from += found + 1;
        if (to - from >= opening.len && memcmp(split->buffer + from, opening.s, opening.len) == 0)
            return from;
    }
    return TN_NO_OFFSET;
}

static void go_on_at(struct tn_split *split, size_t index)
{
    split->at = index;
    split->state = split->depth ? TN_AT_ITEM : TN_AT_DOCUMENT;
    split->dropping = false;
}

/* Brackets of the broken record that are open at split->at. One that closes another kind than the last opened closes
 * all up to its own; one that has none inside the record belongs to what is around the record. */
static unsigned open_brackets(const struct tn_split *split)
{
    const struct tn_scan *scan = &split->scan;
    char c = split->buffer[split->at];
    unsigned around = split->candidate ? split->depth - split->root : 0;
    unsigned depth = around + scan->depth;
    if (c != '}' && c != ']')
        return depth;
    for (; depth; depth--) {
        unsigned i = depth - 1;
        bool object = i >= around ? scan->objects[(i - around) / 64] >> ((i - around) % 64) & 1
                                  : !split->frames[split->root + i].array;
        if (object == (c == '}'))
            break;
    }
    return depth;
}

/* Where looking for a line begins. */
static size_t search_from(struct tn_split *split)
{
    size_t place = split->base + split->at;
    if (split->dropping || split->record < split->base)
        return split->at;
    if (place > split->floor || split->floor == 0) {
        split->floor = place;
        split->retries = 0;
    } else if (++split->retries > MOST_RETRIES) {
        return split->at;
    }
    return split->record - split->base + 1;
}

static void leave_candidate(struct tn_split *split)
{
    if (split->candidate)
        split->depth = split->root;
    split->candidate = false;
}

/* An object around the records that is no candidate any more: only what is outside of it can be trusted. */
static void leave_objects(struct tn_split *split)
{
    while (split->depth && !tn_top(split)->array)
        split->depth--;
}

void tn_recover(struct tn_split *split)
{
    unsigned open = open_brackets(split);
    size_t end = split->at < split->filled ? split->at + 1 : split->at;
    size_t line = find_line(split, search_from(split), end, TN_LIT("{"));
    leave_candidate(split);
    split->damaged = true;
    split->strays = false;
    if (line != TN_NO_OFFSET) {
        leave_objects(split);
        go_on_at(split, line);
        return;
    }
    tn_scan_recover(&split->scan, open);
    split->state = TN_AT_RECOVER;
    split->dropping = true;
}

/* The record may have swallowed others; if not, the rest of it is read without keeping it. */
static void go_on_behind_large(struct tn_split *split)
{
    size_t start = split->record - split->base;
    size_t end = start + split->max_record < split->filled ? start + split->max_record : split->filled;
    size_t line = find_line(split, start + 1, end, TN_LIT("{\""));
    split->dropping = true;
    if (line == TN_NO_OFFSET)
        return;
    leave_candidate(split);
    leave_objects(split);
    split->damaged = true;
    go_on_at(split, line);
}

static enum tn_step lose_large(struct tn_turn *turn)
{
    tn_tell_lost(turn, TN_TOO_LARGE, turn->split->at, "the record is larger than a record may be");
    go_on_behind_large(turn->split);
    return TN_STEP_EVENT;
}

enum tn_step tn_lose(struct tn_turn *turn, enum tn_code code, const char *message)
{
    struct tn_split *split = turn->split;
    size_t start = split->record >= split->base ? split->record - split->base : 0;
    if (split->dropping) { /* it is told already */
        tn_recover(split);
        return TN_STEP_GO;
    }
    if (code != TN_TOO_LARGE && split->at - start <= split->max_record) {
        tn_tell_lost(turn, code, split->at, message);
        tn_recover(split);
        return TN_STEP_EVENT;
    }
    bool broken = code != TN_TOO_LARGE;
    lose_large(turn);
    if (broken && split->dropping)
        tn_recover(split);
    return TN_STEP_EVENT;
}

enum tn_step tn_lose_scanned(struct tn_turn *turn, enum tn_scan_result result)
{
    if (result == TN_SCAN_DEEP)
        return tn_lose(turn, TN_TOO_DEEP, "nested too deep");
    char message[128];
    snprintf(message, sizeof message, "not JSON: %s", tn_scan_expected(&turn->split->scan));
    return tn_lose(turn, TN_SYNTAX, message);
}

enum tn_step tn_break_container(struct tn_turn *turn, const char *message)
{
    struct tn_split *split = turn->split;
    tn_tell_damage(turn, TN_FAILED, TN_SYNTAX, message);
    split->next_result = TN_SPLIT_CONTAINER;
    tn_scan_recover(&split->scan, split->depth - split->container_root);
    split->depth = split->container_root;
    split->state = TN_AT_RECOVER;
    split->dropping = split->damaged = true;
    return TN_STEP_EVENT;
}

enum tn_step tn_step_recover(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    enum tn_scan_result result =
        tn_scan_broken(&split->scan, split->buffer, &split->at, split->filled, split->ended);
    if (result == TN_SCAN_MORE)
        return TN_STEP_MORE;
    if (result == TN_SCAN_BAD) {
        leave_objects(split);
        go_on_at(split, split->at);
        return TN_STEP_GO;
    }
    split->dropping = false;
    split->state = split->depth ? TN_AT_AFTER : TN_AT_DOCUMENT;
    return TN_STEP_GO;
}
