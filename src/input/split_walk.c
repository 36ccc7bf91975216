/* SPDX-License-Identifier: MIT */
#include "core/utf8.h"
#include "input/split_inside.h"

enum { MOST_DOCUMENT_ARRAYS = 4, SHOWN = 24 };

/* Moves over blanks (a NUL is one) and, between documents, commas and record separators; the byte there in *c. */
static bool next_byte(struct tn_split *split, char *c)
{
    bool between = split->state == TN_AT_DOCUMENT;
    for (; split->at < split->filled; split->at++) {
        *c = split->buffer[split->at];
        if (*c == '\0') {
            *c = split->buffer[split->at] = ' ';
            split->scan.repaired |= TN_PIECE_BYTES;
            split->scan.replaced++;
        }
        if (!tn_is_space(*c) && !(between && (*c == ',' || *c == '\x1E')))
            return true;
    }
    return false;
}

static unsigned document_arrays(const struct tn_split *split)
{
    unsigned count = 0;
    while (count < split->depth && split->frames[count].documents)
        count++;
    return count;
}

/* The object at split->at is a document: a record or a container. */
static enum tn_step start_document(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    enum tn_step told = document_arrays(split) == split->depth ? tn_watch_object(turn) : TN_STEP_GO;
    if (told != TN_STEP_GO)
        return told;
    uint32_t all = (UINT32_C(1) << split->path_count) - 1;
    if (!split->container_open)
        tn_forget_members(split);
    if (all == 0 || split->depth == TN_SPLIT_FRAMES)
        return tn_start_record(split);
    tn_begin_record(split);
    split->candidate = true;
    split->root = split->depth;
    split->strays = false;
    split->at++;
    tn_push_frame(split, (struct tn_split_frame){.live = all});
    return TN_STEP_GO;
}

static enum tn_step start_documents(struct tn_split *split)
{
    split->at++;
    tn_push_frame(split, (struct tn_split_frame){.array = true, .documents = true});
    return TN_STEP_GO;
}

/* What stands at split->at, for a message: the rest of the line, not much of it. */
static struct tn_str shown(const struct tn_split *split)
{
    struct tn_str text = tn_str_slice(split->buffer + split->at, split->filled - split->at);
    text.len = tn_str_cut(text, SHOWN);
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.s[i] < 0x20)
            text.len = i;
    text.len = tn_utf8_valid(text);
    return text;
}

/* True when the bytes that a message shows are not there yet. */
static bool unseen(const struct tn_split *split)
{
    return split->filled - split->at < SHOWN && !split->ended;
}

static void describe(const struct tn_split *split, const char *wanted, struct tn_error *error)
{
    struct tn_str found = shown(split);
    tn_error_set(error, TN_FAILED, TN_SYNTAX, NULL, "%s was expected, not '%.*s'", wanted, (int)found.len, found.s);
}

/* Text between documents. */
static enum tn_step step_text(struct tn_turn *turn, char c)
{
    struct tn_split *split = turn->split;
    bool bracket = c == '}' || c == ']';
    struct tn_error error;
    if (unseen(split))
        return TN_STEP_MORE;
    describe(split, "a JSON object or array", &error);
    bool quiet = split->damaged;
    if (!quiet) {
        tn_begin_record(split);
        tn_tell_lost(turn, TN_SYNTAX, split->at, error.message);
    }
    split->at += bracket;
    split->state = bracket ? TN_AT_DOCUMENT : TN_AT_GARBAGE;
    return quiet ? TN_STEP_GO : TN_STEP_EVENT;
}

/* A byte-order mark in front of a file that was appended to another. */
static bool step_over_mark(struct tn_split *split, char c, enum tn_step *step)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (c != mark[0])
        return false;
    *step = TN_STEP_MORE;
    if (split->filled - split->at < 3 && !split->ended)
        return true;
    if (split->filled - split->at < 3 || memcmp(split->buffer + split->at, mark, 3) != 0)
        return false;
    split->at += 3;
    *step = TN_STEP_GO;
    return true;
}

static enum tn_step step_document(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    enum tn_step step;
    char c;
    if (!next_byte(split, &c))
        return TN_STEP_MORE;
    if (step_over_mark(split, c, &step))
        return step;
    split->any = true;
    split->strays = split->comma_said = false;
    if (c == '{')
        return start_document(turn);
    if (c == '<' && (step = tn_watch_other(turn)) != TN_STEP_GO)
        return step;
    return c == '[' ? start_documents(split) : step_text(turn, c);
}

/* To the next line that begins with a bracket. */
static enum tn_step step_garbage(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    while (split->at < split->filled) {
        char c = split->buffer[split->at];
        if (split->state == TN_AT_GARBAGE_LINE && (c == '{' || c == '[')) {
            split->state = TN_AT_DOCUMENT;
            return TN_STEP_GO;
        }
        if (c == '\n')
            split->state = TN_AT_GARBAGE_LINE;
        else if (!tn_is_space(c))
            split->state = TN_AT_GARBAGE;
        split->at++;
    }
    return TN_STEP_MORE;
}

/* Something is wrong around the records. */
static enum tn_step broken(struct tn_turn *turn, const char *message)
{
    struct tn_split *split = turn->split;
    if (split->candidate)
        return tn_lose(turn, TN_SYNTAX, message);
    if (!tn_top(split)->array && split->container_open)
        return tn_break_container(turn, message);
    if (!split->damaged) {
        tn_begin_record(split);
        return tn_lose(turn, TN_SYNTAX, message);
    }
    if (split->buffer[split->at] != '"')
        split->at++;
    tn_scan_recover(&split->scan, 0);
    split->state = TN_AT_RECOVER;
    split->dropping = true;
    return TN_STEP_GO;
}

static enum tn_step after_value(struct tn_split *split)
{
    split->state = split->depth ? TN_AT_AFTER : TN_AT_DOCUMENT;
    return TN_STEP_GO;
}

/* The record before split->at is complete. */
static enum tn_step end_record(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    bool dropped = split->dropping;
    if (!dropped && split->base + split->at - split->record > split->max_record) {
        tn_lose(turn, TN_TOO_LARGE, "");
        if (split->dropping) { /* it swallowed no other */
            if (split->candidate)
                split->depth = split->root;
            split->candidate = split->dropping = false;
            after_value(split);
        }
        return TN_STEP_EVENT;
    }
    if (!dropped)
        tn_tell_record(turn);
    if (split->candidate)
        split->depth = split->root;
    split->candidate = split->dropping = false;
    if (split->depth == 0)
        split->damaged = false;
    after_value(split);
    return dropped ? TN_STEP_GO : TN_STEP_EVENT;
}

/* The bracket at split->at closes the newest frame. */
static enum tn_step close_frame(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    split->at++;
    if (split->candidate && split->depth == split->root + 1)
        return end_record(turn);
    split->depth--;
    after_value(split);
    if (split->container_open && split->depth == split->container_root)
        return tn_tell_container(turn, true);
    if (split->depth == 0)
        split->damaged = false;
    return TN_STEP_GO;
}

static enum tn_step step_key(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    char c;
    if (!next_byte(split, &c))
        return TN_STEP_MORE;
    if (c == '}')
        return close_frame(turn);
    if (c != '"')
        return broken(turn, "not JSON: a key in quotes or `}` is missing");
    split->token = split->base + split->at;
    split->state = TN_AT_KEY_TEXT;
    tn_scan_start(&split->scan, 0);
    return TN_STEP_GO;
}

static enum tn_scan_result scan(struct tn_split *split)
{
    return tn_scan_run(&split->scan, split->buffer, &split->at, split->filled, split->ended);
}

static enum tn_step step_key_text(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    enum tn_scan_result result = scan(split);
    if (result == TN_SCAN_MORE)
        return TN_STEP_MORE;
    if (result != TN_SCAN_DONE)
        return broken(turn, "not JSON: a key was cut");
    struct tn_split_frame *frame = tn_top(split);
    size_t start = split->token - split->base + 1, end = split->at - 1;
    frame->name_len = end - start < TN_SPLIT_NAME ? end - start : 0;
    memcpy(frame->name, split->buffer + start, frame->name_len);
    split->state = TN_AT_COLON;
    return TN_STEP_GO;
}

static enum tn_step step_colon(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    char c;
    if (!next_byte(split, &c))
        return TN_STEP_MORE;
    if (c != ':')
        return broken(turn, "not JSON: a colon behind a key is missing");
    split->at++;
    split->state = TN_AT_VALUE;
    return TN_STEP_GO;
}

static enum tn_step step_value(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    enum tn_step step;
    char c;
    if (!next_byte(split, &c))
        return TN_STEP_MORE;
    if (tn_step_on_path(turn, c, &step))
        return step;
    split->token = split->base + split->at;
    split->state = TN_AT_MEMBER;
    tn_scan_start(&split->scan, split->candidate ? split->depth - split->root : 0);
    split->scan.passed = split->token - split->record;
    if (!split->candidate && (c == '{' || c == '['))
        split->dropping = true;
    return TN_STEP_GO;
}

/* A scalar without its quotes. */
static struct tn_str scalar_text(struct tn_str text)
{
    if (text.s[0] == '{' || text.s[0] == '[')
        return (struct tn_str){NULL, 0};
    return text.s[0] == '"' && text.len >= 2 ? tn_str_slice(text.s + 1, text.len - 2) : text;
}

static enum tn_step step_member(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    enum tn_scan_result result = scan(split);
    if (result == TN_SCAN_MORE)
        return TN_STEP_MORE;
    if (result != TN_SCAN_DONE && split->candidate)
        return tn_lose_scanned(turn, result);
    if (result != TN_SCAN_DONE)
        return tn_break_container(turn, result == TN_SCAN_DEEP ? "nested too deep" : tn_scan_expected(&split->scan));
    struct tn_str text = {NULL, 0}, whole = {NULL, 0};
    size_t len = split->base + split->at - split->token;
    if (!split->dropping && len <= split->max_record) {
        whole = tn_str_slice(split->buffer + (split->token - split->base), len);
        text = scalar_text(whole);
    }
    tn_note_member(split, text);
    if (whole.s && !text.s && whole.s[0] == '{')
        tn_note_inside(split, whole);
    if (!split->candidate)
        split->dropping = false;
    split->state = TN_AT_AFTER;
    return TN_STEP_GO;
}

static enum tn_step step_after(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    const struct tn_split_frame *frame = tn_top(split);
    char c;
    if (!next_byte(split, &c))
        return TN_STEP_MORE;
    if (c == ',') {
        split->at++;
        split->state = frame->array ? TN_AT_ITEM : TN_AT_KEY;
        return TN_STEP_GO;
    }
    if (c == (frame->array ? ']' : '}'))
        return close_frame(turn);
    if (c != '{' || !frame->array)
        return broken(turn, "not JSON: a comma or closing bracket is missing");
    split->state = TN_AT_ITEM;
    if (split->damaged || split->comma_said || split->candidate)
        return TN_STEP_GO;
    split->comma_said = true;
    return tn_tell_damage(turn, TN_WARN, TN_INCONSISTENT, "a comma between records is missing");
}

/* The item at split->at is no record. What is said of it waits for its end, where more may be known. */
static enum tn_step start_stray(struct tn_split *split)
{
    if (unseen(split))
        return TN_STEP_MORE;
    tn_top(split)->items++;
    tn_begin_record(split);
    describe(split, "a record in {}", &split->stray);
    tn_scan_start(&split->scan, 0);
    split->state = TN_AT_STRAY;
    return TN_STEP_GO;
}

/* Many numbers in a row are one mistake. */
static enum tn_step tell_stray(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    bool again = split->strays;
    split->strays = true;
    if (again)
        return TN_STEP_GO;
    size_t start = split->record >= split->base ? split->record - split->base : 0;
    tn_tell_lost(turn, split->stray.code, start < split->counted ? split->counted : start, split->stray.message);
    if (turn->error) {
        turn->error->offset = split->record;
        turn->error->line = split->record_line;
    }
    return TN_STEP_EVENT;
}

static enum tn_step step_stray(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    split->dropping = true;
    enum tn_scan_result result = scan(split);
    if (result == TN_SCAN_MORE && !split->ended)
        return TN_STEP_MORE;
    if (result == TN_SCAN_DEEP)
        tn_error_set(&split->stray, TN_FAILED, TN_TOO_DEEP, NULL, "nested too deep");
    if (result == TN_SCAN_DONE)
        split->state = TN_AT_AFTER;
    enum tn_step step = tell_stray(turn);
    if (result == TN_SCAN_DONE)
        split->dropping = false;
    else
        tn_recover(split);
    return step;
}

/* The item at split->at is a document. */
static enum tn_step start_item(struct tn_turn *turn)
{
    struct tn_split_frame *frame = tn_top(turn->split);
    frame->items++;
    enum tn_step step = start_document(turn);
    if (step != TN_STEP_GO)
        frame->items--; /* it has not begun yet */
    return step;
}

static enum tn_step step_item(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    struct tn_split_frame *frame = tn_top(split);
    char c;
    if (!next_byte(split, &c))
        return TN_STEP_MORE;
    if (c == ']')
        return close_frame(turn);
    if (split->candidate && c != '{') { /* not yet known to be a container: just a member of a record */
        split->token = split->base + split->at;
        split->state = TN_AT_MEMBER;
        tn_scan_start(&split->scan, split->depth - split->root);
        return TN_STEP_GO;
    }
    if (frame->documents && c == '[' && document_arrays(split) < MOST_DOCUMENT_ARRAYS) {
        frame->items++;
        return start_documents(split);
    }
    if (c != '{')
        return start_stray(split);
    bool document = frame->documents || (split->damaged && !split->candidate);
    if (document)
        return start_item(turn);
    frame->items++;
    if (frame->final)
        return tn_start_record(split);
    if (split->depth == TN_SPLIT_FRAMES)
        return broken(turn, "nested too deep");
    split->at++;
    tn_push_frame(split, (struct tn_split_frame){.live = frame->live, .steps = frame->steps});
    return TN_STEP_GO;
}

static enum tn_step step_record(struct tn_turn *turn)
{
    enum tn_scan_result result = scan(turn->split);
    if (result == TN_SCAN_MORE)
        return TN_STEP_MORE;
    return result == TN_SCAN_DONE ? end_record(turn) : tn_lose_scanned(turn, result);
}

enum tn_step tn_split_step(struct tn_turn *turn)
{
    static enum tn_step (*const steps[])(struct tn_turn *) = {
        [TN_AT_DOCUMENT] = step_document,    [TN_AT_GARBAGE] = step_garbage, [TN_AT_GARBAGE_LINE] = step_garbage,
        [TN_AT_KEY_OR_END] = step_key,       [TN_AT_KEY] = step_key,         [TN_AT_KEY_TEXT] = step_key_text,
        [TN_AT_COLON] = step_colon,          [TN_AT_VALUE] = step_value,     [TN_AT_MEMBER] = step_member,
        [TN_AT_AFTER] = step_after,          [TN_AT_ITEM_OR_END] = step_item, [TN_AT_ITEM] = step_item,
        [TN_AT_RECORD] = step_record,        [TN_AT_STRAY] = step_stray,     [TN_AT_RECOVER] = tn_step_recover,
    };
    return steps[turn->split->state](turn);
}
