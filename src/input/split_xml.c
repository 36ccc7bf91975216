/* SPDX-License-Identifier: MIT */
/* XML around records: what is opened and closed, and what containers state. */
#include <stdio.h>

#include "input/split_inside.h"

enum { NOTED_DEPTH = 4, NOTED_ATTRIBUTES = 16 }; /* attributes of elements around: that deep, and so many */

uint32_t tn_xml_hash(struct tn_str name)
{
    uint32_t sum = UINT32_C(2166136261);
    for (size_t i = 0; i < name.len; i++)
        sum = (sum ^ (unsigned char)name.s[i]) * UINT32_C(16777619);
    return sum;
}

/* `<trials><trial>` as steps. */
static bool add_path(struct tn_split *split, struct tn_str text)
{
    unsigned path = split->path_count, count = 0;
    if (path == TN_SPLIT_PATHS)
        return false;
    split->path_text[path] = text;
    while (text.len) {
        size_t end = tn_str_find_char(text, '>');
        if (text.s[0] != '<' || end == TN_NO_OFFSET || end < 2 || end > TN_SPLIT_NAME || count == TN_SPLIT_STEPS)
            return false;
        split->steps[path][count++] = tn_str_slice(text.s + 1, end - 1);
        text = tn_str_from(text, end + 1);
    }
    split->step_count[path] = (unsigned char)count;
    split->path_count++;
    return true;
}

bool tn_split_xml(struct tn_split *split, const char *const *paths, size_t count)
{
    split->xml.on = true;
    for (size_t i = 0; i < count; i++)
        if (paths[i][0] == '<' && !add_path(split, tn_str_of(paths[i])))
            return false;
    return true;
}

/* The names of the innermost elements around, and then `name`, are the path's. */
static bool ends_with_path(const struct tn_split *split, unsigned path, struct tn_str name)
{
    unsigned steps = split->step_count[path];
    if (steps == 0 || steps - 1 > split->depth || (steps > 1 && split->xml.deeper) ||
        !tn_str_eq(split->steps[path][steps - 1], name))
        return false;
    for (unsigned i = 0; i + 1 < steps; i++) {
        const struct tn_split_frame *frame = &split->frames[split->depth - (steps - 1) + i];
        if (!tn_str_eq(split->steps[path][i], tn_str_slice(frame->name, frame->name_len)))
            return false;
    }
    return true;
}

/* An element of that name that is opened now is a record. */
static bool on_path(struct tn_split *split, struct tn_str name)
{
    for (unsigned i = 0; i < split->path_count; i++)
        if (ends_with_path(split, i, name)) {
            if (!split->container_open)
                split->container.path = split->path_text[i];
            return true;
        }
    return split->path_count == 0;
}

size_t tn_xml_low_mark(const struct tn_split *split)
{
    return split->xml.depth ? split->record - split->base : tn_xml_token_start(split);
}

/* What the document declares in `<?xml ... encoding="..."?>`. */
static void note_declaration(struct tn_split *split, struct tn_str tag)
{
    struct tn_str name, value;
    split->xml.charset[0] = '\0';
    while (tn_xml_attribute(&tag, &name, &value))
        if (tn_str_eq(name, TN_LIT("encoding")) && value.len < sizeof split->xml.charset) {
            memcpy(split->xml.charset, value.s, value.len);
            split->xml.charset[value.len] = '\0';
        }
}

static bool is_declaration(struct tn_str tag)
{
    return tag.len > 6 && tn_str_starts(tag, TN_LIT("<?xml")) && tn_is_space(tag.s[5]);
}

/* The attributes of an element around, as members `name.@attribute` of the container. */
static void note_attributes(struct tn_split *split, struct tn_str tag)
{
    struct tn_str name, value;
    if (split->container_open || split->depth > NOTED_DEPTH || split->depth == TN_SPLIT_FRAMES)
        return;
    while (split->xml.attributes < NOTED_ATTRIBUTES && tn_xml_attribute(&tag, &name, &value)) {
        struct tn_split_frame frame = {.name_len = name.len + 1};
        if (frame.name_len >= sizeof frame.name)
            continue;
        frame.name[0] = '@';
        memcpy(frame.name + 1, name.s, name.len);
        split->frames[split->depth++] = frame;
        split->container_root = 0;
        tn_note_member(split, value);
        split->depth--;
        split->xml.attributes++;
    }
}

static void begin_document(struct tn_split *split, size_t start, struct tn_str name)
{
    tn_forget_members(split);
    split->container.offset = split->base + start;
    split->container.line = tn_window_line(split, start);
    split->xml.attributes = 0;
    split->xml.known_root = false;
    for (unsigned i = 0; i < split->path_count; i++)
        if (split->step_count[i] > 1 && tn_str_eq(split->steps[i][0], name)) {
            split->xml.known_root = true;
            split->container.path = split->path_text[i];
        }
}

/* A document without a record is one that is lost. */
static enum tn_step lose_document(struct tn_turn *turn, enum tn_code code, const char *message)
{
    struct tn_split *split = turn->split;
    split->record = split->container.offset;
    split->record_line = split->container.line;
    tn_tell_lost(turn, code, split->at, message);
    if (turn->error) {
        turn->error->offset = split->record;
        turn->error->line = split->record_line;
    }
    return TN_STEP_EVENT;
}

/* An element that holds no record held none at all: no document of the reader's, unless it is an empty list. */
static enum tn_step end_document(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    bool damaged = split->damaged;
    split->damaged = false;
    if (split->container_open || split->xml.known_root) {
        if (!split->container.path.s)
            split->container.path = split->path_text[0];
        return tn_tell_container(turn, true);
    }
    if (damaged || split->container.records)
        return TN_STEP_GO;
    char message[128];
    struct tn_str path = split->path_text[0];
    snprintf(message, sizeof message, "no element %.*s in this XML", (int)tn_str_cut(path, 80), path.s);
    return lose_document(turn, TN_UNRECOGNISED, message);
}

static enum tn_step open_around(struct tn_turn *turn, size_t start, enum tn_xml_token token)
{
    struct tn_split *split = turn->split;
    struct tn_str tag = tn_str_slice(split->buffer + start, split->at - start), name = tn_xml_name(tag);
    if (split->depth == 0)
        begin_document(split, start, name);
    struct tn_split_frame frame = {.name_len = name.len < TN_SPLIT_NAME ? name.len : 0};
    memcpy(frame.name, name.s, frame.name_len);
    if (split->depth == TN_SPLIT_FRAMES) {
        split->xml.deeper += token == TN_XML_START;
        return TN_STEP_GO;
    }
    split->frames[split->depth++] = frame;
    note_attributes(split, tag);
    if (token == TN_XML_START)
        return TN_STEP_GO;
    split->depth--;
    return split->depth == 0 ? end_document(turn) : TN_STEP_GO;
}

/* The innermost element around of that name, counted from the outside; -1. */
static int around(const struct tn_split *split, struct tn_str name)
{
    for (unsigned i = split->depth; i > 0; i--) {
        const struct tn_split_frame *frame = &split->frames[i - 1];
        if (frame->name_len == 0 || tn_str_eq(tn_str_slice(frame->name, frame->name_len), name))
            return (int)i - 1;
    }
    return -1;
}

static enum tn_step close_around(struct tn_turn *turn, size_t start)
{
    struct tn_split *split = turn->split;
    struct tn_str name = tn_xml_name(tn_str_slice(split->buffer + start, split->at - start));
    if (split->xml.deeper) {
        split->xml.deeper--;
        return TN_STEP_GO;
    }
    int found = around(split, name);
    bool wrong = found + 1 != (int)split->depth && !split->damaged;
    if (found >= 0)
        split->depth = (unsigned)found;
    if (wrong) {
        split->damaged = true;
        split->next_result = split->depth == 0 && split->container_open ? TN_SPLIT_CONTAINER : TN_SPLIT_END;
        return tn_tell_damage(turn, TN_FAILED, TN_SYNTAX, "not XML: an end tag that closes nothing, or not what was opened last");
    }
    return found >= 0 && split->depth == 0 ? end_document(turn) : TN_STEP_GO;
}

/* Another document begins: what was open lost its end. */
static enum tn_step declaration(struct tn_turn *turn, size_t start)
{
    struct tn_split *split = turn->split;
    note_declaration(split, tn_str_slice(split->buffer + start, split->at - start));
    bool open = split->depth > 0;
    split->xml.recovering = false;
    split->xml.deeper = split->depth = 0;
    if (!open || split->damaged) {
        split->damaged = false;
        return split->container_open ? tn_tell_container(turn, false) : TN_STEP_GO;
    }
    if (split->container_open)
        split->next_result = TN_SPLIT_CONTAINER;
    return tn_tell_damage(turn, TN_FAILED, TN_TRUNCATED, "another document begins before this one's end tag");
}

/* A tag behind a lost record: the next that begins one, or ends what is around it. */
static enum tn_step recover(struct tn_turn *turn, size_t start, enum tn_xml_token token)
{
    struct tn_split *split = turn->split;
    struct tn_str name = tn_xml_name(tn_str_slice(split->buffer + start, split->at - start));
    bool own = tn_xml_hash(name) == split->xml.own;
    if (token != TN_XML_END && own) {
        split->xml.recovering = false;
        return tn_xml_begin(turn, start, token);
    }
    if (token != TN_XML_END || (!own && around(split, name) < 0))
        return TN_STEP_GO;
    split->xml.recovering = false;
    return own ? TN_STEP_GO : close_around(turn, start);
}

/* The tag that begins a document is read again when that is told, or more must be there for it. */
static enum tn_step watch(struct tn_turn *turn, size_t start)
{
    struct tn_split *split = turn->split;
    size_t behind = split->at;
    split->at = start;
    enum tn_step step = tn_watch_element(turn);
    if (step == TN_STEP_GO)
        split->at = behind;
    else
        tn_xml_restart(split);
    return step;
}

/* A token outside of records. */
static enum tn_step outside(struct tn_turn *turn, size_t start, enum tn_xml_token token)
{
    struct tn_split *split = turn->split;
    struct tn_str tag = tn_str_slice(split->buffer + start, split->at - start);
    if (token == TN_XML_PI && is_declaration(tag))
        return declaration(turn, start);
    if (token != TN_XML_START && token != TN_XML_EMPTY && token != TN_XML_END)
        return TN_STEP_GO;
    if (split->depth == 0 && token != TN_XML_END && !split->xml.recovering) {
        enum tn_step step = watch(turn, start);
        if (step != TN_STEP_GO)
            return step;
    }
    split->any = split->any || token != TN_XML_END;
    if (split->xml.recovering)
        return recover(turn, start, token);
    if (token == TN_XML_END)
        return close_around(turn, start);
    return on_path(split, tn_xml_name(tag)) ? tn_xml_begin(turn, start, token) : open_around(turn, start, token);
}

/* Text between documents is told once; what a file's parts are joined by is none. */
static bool stray_text(struct tn_split *split)
{
    if (split->depth || split->xml.depth || split->xml.lexer.len || split->xml.recovering)
        return false;
    for (; split->at < split->filled; split->at++) {
        char c = split->buffer[split->at];
        if (c == '<')
            break;
        if (!tn_is_space(c) && !strchr(",\xEF\xBB\xBF", c) && !split->xml.text_said && !split->damaged)
            return true;
    }
    return false;
}

void tn_xml_restart(struct tn_split *split)
{
    bool known = split->base + split->at >= split->xml.no_end_at;
    split->xml.lexer = (struct tn_xml_lexer){.no_end = known ? split->xml.lexer.no_end : 0};
}

enum tn_step tn_xml_step(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    size_t start;
    if (stray_text(split)) {
        bool json = split->buffer[split->at] == '{' || split->buffer[split->at] == '[';
        if (json && tn_watch_other(turn) == TN_STEP_EVENT)
            return TN_STEP_EVENT;
        split->xml.text_said = true;
        return tn_tell_damage(turn, TN_FAILED, TN_SYNTAX, "text outside of all elements is left out");
    }
    unsigned before = split->xml.lexer.no_end;
    enum tn_xml_token token =
        tn_xml_next(&split->xml.lexer, split->buffer, &split->at, split->filled, split->ended, &start);
    if (token == TN_XML_MORE)
        return TN_STEP_MORE;
    if (split->xml.lexer.no_end != before)
        split->xml.no_end_at = split->base + start;
    if (split->xml.depth == 0 && split->at - start > split->max_record + 1) { /* as if its end had not come yet */
        split->at = start + 1;
        tn_xml_restart(split);
        return TN_STEP_GO;
    }
    if (split->xml.depth == 0)
        return outside(turn, start, token);
    struct tn_str tag = tn_str_slice(split->buffer + start, split->at - start);
    if (token == TN_XML_PI && is_declaration(tag))
        return tn_xml_lose(turn, TN_TRUNCATED, start, "another document begins inside the record");
    return tn_xml_inside(turn, start, token);
}

enum tn_step tn_xml_at_end(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    if (split->at < split->filled || split->xml.lexer.len) /* what was waited for does not come */
        return TN_STEP_GO;
    if (split->xml.depth)
        return tn_xml_lose(turn, TN_TRUNCATED, split->filled, "the input ends inside the record");
    bool open = split->depth > 0;
    split->depth = split->xml.deeper = 0;
    if (open && !split->damaged) {
        split->damaged = true;
        if (!split->container_open)
            return lose_document(turn, TN_TRUNCATED, "the input ends before any record");
        split->next_result = TN_SPLIT_CONTAINER;
        return tn_tell_damage(turn, TN_FAILED, TN_TRUNCATED, "the input ends before the last end tag");
    }
    if (split->container_open)
        return tn_tell_container(turn, false);
    split->state = TN_AT_END;
    turn->result = TN_SPLIT_END;
    if (split->any)
        return TN_STEP_EVENT;
    split->container.line = 1;
    return split->base + split->filled == 0 ? tn_tell_damage(turn, TN_FAILED, TN_EMPTY_INPUT, "the input is empty")
                                            : lose_document(turn, TN_SYNTAX, "no whole element in this XML");
}

enum tn_step tn_xml_over(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    if (split->xml.depth)
        return tn_xml_lose(turn, TN_TOO_LARGE, 0, "the record is larger than a record may be");
    split->at = tn_xml_token_start(split) + 1; /* a tag or comment between records: it is read as text */
    tn_xml_restart(split);
    return TN_STEP_GO;
}
