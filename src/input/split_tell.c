/* SPDX-License-Identifier: MIT */
#include "core/number.h"
#include "input/decode.h"
#include "input/split_inside.h"

void tn_begin_record(struct tn_split *split)
{
    tn_window_count(split, split->at);
    split->record = split->base + split->at;
    split->record_line = split->line;
    split->dropping = false;
    tn_scan_forget(&split->scan);
}

static size_t put(char *out, size_t len, size_t room, struct tn_str text)
{
    if (len + text.len > room)
        return len;
    memcpy(out + len, text.s, text.len);
    return len + text.len;
}

static size_t put_index(char *out, size_t len, size_t room, size_t index)
{
    char text[TN_NUMBER_MAX + 2] = "[";
    size_t end = 1 + tn_integer_format((int64_t)index, text + 1);
    text[end++] = ']';
    return put(out, len, room, tn_str_slice(text, end));
}

/* Where the brackets from number `from` to `depth` lead: "FullStudiesResponse.FullStudies[3]". */
static struct tn_str path_through(struct tn_split *split, unsigned from, unsigned depth)
{
    size_t len = 0, room = sizeof split->path - 1;
    for (unsigned i = from; i < depth; i++) {
        const struct tn_split_frame *frame = &split->frames[i];
        if (frame->array) {
            len = put_index(split->path, len, room, frame->items ? frame->items - 1 : 0);
            continue;
        }
        if (len)
            len = put(split->path, len, room, TN_LIT("."));
        len = put(split->path, len, room, tn_str_slice(frame->name, frame->name_len));
    }
    split->path[len] = '\0';
    return tn_str_slice(split->path, len);
}

/* The record, without its bytes. */
static void place_piece(struct tn_split *split, struct tn_piece *piece)
{
    *piece = (struct tn_piece){
        .offset = split->record,
        .line = split->record_line,
        .index = split->index++,
        .path = path_through(split, 0, split->candidate ? split->root : split->depth),
    };
    if (split->container_open)
        split->container.records++;
}

enum tn_step tn_tell_record(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    place_piece(split, turn->piece);
    tn_note_like(split);
    turn->result = TN_SPLIT_RECORD;
    if (!tn_window_piece(split, split->record - split->base, split->at, turn->piece)) {
        tn_error_set(turn->error, TN_FAILED, TN_NO_MEMORY, NULL, "memory is short");
        turn->result = TN_SPLIT_FAILED;
    }
    return TN_STEP_EVENT;
}

enum tn_step tn_tell_lost(struct tn_turn *turn, enum tn_code code, size_t index, const char *message)
{
    struct tn_split *split = turn->split;
    bool at_record = code == TN_TRUNCATED || code == TN_TOO_LARGE;
    place_piece(split, turn->piece);
    if (split->container_open)
        split->container.failed++;
    tn_error_set(turn->error, TN_FAILED, code, NULL, "%s", message);
    if (turn->error) {
        turn->error->offset = at_record ? split->record : split->base + index;
        turn->error->line = at_record ? split->record_line : tn_window_line(split, index);
    }
    turn->result = TN_SPLIT_FAILED;
    return TN_STEP_EVENT;
}

enum tn_step tn_tell_damage(struct tn_turn *turn, enum tn_severity severity, enum tn_code code, const char *message)
{
    struct tn_split *split = turn->split;
    tn_error_set(turn->error, severity, code, NULL, "%s", message);
    if (turn->error) {
        turn->error->offset = split->base + split->at;
        turn->error->line = tn_window_line(split, split->at);
    }
    turn->result = TN_SPLIT_DAMAGE;
    return TN_STEP_EVENT;
}

enum tn_step tn_tell_container(struct tn_turn *turn, bool complete)
{
    turn->split->container.complete = complete;
    turn->split->container_open = false;
    turn->result = TN_SPLIT_CONTAINER;
    return TN_STEP_EVENT;
}

/* `inside` NULL: the member itself; else a member of the object that it is. */
static void note_member(struct tn_split *split, struct tn_str inside, struct tn_str text)
{
    enum { LONGEST_TEXT = 256 };
    struct tn_container *container = &split->container;
    if (container->count == TN_SPLIT_MEMBERS || (split->container_open && split->candidate))
        return;
    struct tn_str name = path_through(split, split->candidate ? split->root : split->container_root, split->depth);
    if (inside.s)
        name = tn_str_format(&split->members, "%.*s.%.*s", (int)name.len, name.s, (int)inside.len, inside.s);
    text.len = tn_str_cut(text, LONGEST_TEXT);
    if (!name.s || !tn_decode_clean(name) || (text.s && !tn_decode_clean(text)))
        return;
    struct tn_split_member *member = &container->members[container->count++];
    *member = (struct tn_split_member){.name = inside.s ? name : tn_str_copy(&split->members, name)};
    if (text.s)
        member->text = tn_str_copy(&split->members, text);
}

void tn_note_member(struct tn_split *split, struct tn_str text)
{
    note_member(split, (struct tn_str){NULL, 0}, text);
}

/* Behind the value that begins at `at`, or the end. */
static size_t behind_value(struct tn_str object, size_t at)
{
    unsigned depth = 0;
    for (bool quoted = false; at < object.len; at++) {
        char c = object.s[at];
        if (c == '\\' && quoted)
            at++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && depth == 0 && (c == ',' || c == '}'))
            break;
        else if (!quoted && depth > 0 && (c == '}' || c == ']'))
            depth--;
    }
    return at < object.len ? at : object.len;
}

void tn_note_inside(struct tn_split *split, struct tn_str object)
{
    enum { LONGEST_OBJECT = 1024 };
    for (size_t at = 1; object.len <= LONGEST_OBJECT && at < object.len;) {
        size_t end = behind_value(object, at);
        struct tn_str member = tn_str_trim(tn_str_slice(object.s + at, end - at));
        size_t quote = tn_str_find_char(tn_str_from(member, 1), '"');
        at = end + 1;
        if (member.len < 4 || member.s[0] != '"' || quote == TN_NO_OFFSET)
            continue;
        struct tn_str value = tn_str_trim(tn_str_from(member, quote + 2));
        value = tn_str_trim(tn_str_from(value, 1)); /* the colon */
        bool scalar = value.len && value.s[0] != '{' && value.s[0] != '[' && value.s[0] != '"';
        if (scalar)
            note_member(split, tn_str_slice(member.s + 1, quote), value);
    }
}

void tn_forget_members(struct tn_split *split)
{
    struct tn_container *container = &split->container;
    if (container->count)
        tn_arena_reset(&split->members);
    container->count = container->records = container->failed = 0;
    container->path = (struct tn_str){NULL, 0};
    container->complete = false;
}
