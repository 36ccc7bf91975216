/* SPDX-License-Identifier: MIT */
#include "input/split.h"

#include <stdlib.h>

#include "input/decode.h"
#include "input/split_inside.h"

enum { MEMBER_BYTES = 1 << 18 };

void tn_split_init(struct tn_split *split, struct tn_source *source, size_t max_record)
{
    size_t most = max_record < SIZE_MAX / 8 ? max_record : SIZE_MAX / 8;
    *split = (struct tn_split){.source = source, .max_record = most, .line = 1, .saved_at = TN_NO_OFFSET};
    tn_arena_init(&split->members, MEMBER_BYTES);
    tn_buf_init(&split->repaired, 0);
    tn_buf_init(&split->rows.header, 0);
}

void tn_split_release(struct tn_split *split)
{
    free(split->buffer);
    split->buffer = NULL;
    split->room = split->filled = split->at = 0;
    split->saved_at = TN_NO_OFFSET;
    split->state = TN_AT_END;
    tn_arena_release(&split->members);
    tn_buf_release(&split->repaired);
    tn_buf_release(&split->rows.header);
    if (split->recoded)
        tn_recoding_close(&split->recoding);
    split->recoded = false;
}

static struct tn_str ahead(const struct tn_split *split)
{
    return tn_str_slice(split->buffer + split->at, split->filled - split->at);
}

/* So that `want` bytes are there, or all. */
static bool fill_to(struct tn_split *split, size_t want, struct tn_error *error)
{
    enum tn_fill fill = TN_FILL_MORE;
    while (fill == TN_FILL_MORE && split->filled - split->at < want)
        fill = tn_window_fill(split, split->at, error);
    return fill != TN_FILL_FAILED;
}

/* From here on the input comes as UTF-8, what was read of it too. */
static bool recode(struct tn_split *split, enum tn_charset charset, struct tn_error *error)
{
    if (!tn_recoding_open(&split->recoding, split->source, ahead(split), charset, error))
        return false;
    split->recoded = true;
    split->source = &split->recoding.source;
    split->ended = false;
    split->at = split->filled = 0;
    return fill_to(split, TN_DECODE_HEAD, error) && tn_decode_is_text(ahead(split), error);
}

/* Looks at the beginning, once, and steps over a byte-order mark. */
static bool check_beginning(struct tn_split *split, struct tn_error *error)
{
    struct tn_beginning beginning;
    if (split->checked)
        return true;
    split->checked = true;
    if (!fill_to(split, TN_DECODE_HEAD, error))
        return false;
    struct tn_str head = ahead(split); /* no more than may be had in every case, however much came at once */
    head.len = head.len < split->max_record ? head.len : split->max_record;
    if (!tn_decode_check(head, &beginning, error))
        return false;
    split->at = beginning.skip;
    split->marked = beginning.charset == TN_CHARSET_UTF_8;
    return tn_charset_unit(beginning.charset) == 1 || recode(split, beginning.charset, error);
}

static bool all_blank(struct tn_str text)
{
    return tn_str_trim(text).len == 0;
}

bool tn_split_peek(struct tn_split *split, size_t want, struct tn_str *head, struct tn_error *error)
{
    *head = (struct tn_str){NULL, 0};
    if (want > split->max_record)
        want = split->max_record;
    bool good = split->state != TN_AT_END && check_beginning(split, error) && fill_to(split, want, error);
    if (good && split->ended && all_blank(ahead(split))) {
        tn_error_set(error, TN_FAILED, TN_EMPTY_INPUT, NULL, "the input is empty");
        good = false;
    }
    if (!good) {
        split->state = TN_AT_END;
        return false;
    }
    *head = ahead(split);
    if (head->len > want)
        head->len = want;
    return true;
}

void tn_split_whole(struct tn_split *split)
{
    split->whole = true;
}

void tn_split_delimited(struct tn_split *split)
{
    split->rows.on = true;
    split->rows.scan.open = TN_NO_OFFSET;
}

bool tn_split_by(struct tn_split *split, enum tn_syntax syntax, const char *const *paths, size_t count)
{
    switch (syntax) {
    case TN_SYNTAX_JSON: return tn_split_json(split, paths, count);
    case TN_SYNTAX_XML: return tn_split_xml(split, paths, count);
    case TN_SYNTAX_DELIMITED: tn_split_delimited(split); return true;
    case TN_SYNTAX_TEXT:
        if (count)
            return tn_split_lines(split, paths, count);
        break;
    case TN_SYNTAX_HTML:
    case TN_SYNTAX_COUNT: break;
    }
    tn_split_whole(split);
    return true;
}

static enum tn_step end_of_document(struct tn_turn *turn)
{
    turn->split->state = TN_AT_END;
    turn->result = TN_SPLIT_END;
    return TN_STEP_EVENT;
}

static enum tn_step nothing_there(struct tn_turn *turn)
{
    tn_error_set(turn->error, TN_FAILED, TN_EMPTY_INPUT, NULL, "the input is empty");
    turn->split->state = TN_AT_END;
    turn->result = TN_SPLIT_DAMAGE;
    return TN_STEP_EVENT;
}

/* The input ended where the walk wants more of it. */
static enum tn_step at_end(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    if (split->rows.on && tn_delimited_has_more(split))
        return TN_STEP_GO;
    if (split->lines.on)
        return tn_lines_at_end(turn);
    bool inside = split->state == TN_AT_RECORD || split->candidate;
    split->at = split->filled;
    if (inside && !split->dropping)
        return tn_lose(turn, TN_TRUNCATED, "the input ends inside the record");
    bool open = split->depth > 0;
    split->candidate = false;
    split->depth = 0;
    split->state = TN_AT_DOCUMENT;
    if (open && !split->damaged) {
        split->next_result = split->container_open ? TN_SPLIT_CONTAINER : TN_SPLIT_END;
        return tn_tell_damage(turn, TN_FAILED, TN_TRUNCATED, "the input ends before the closing bracket");
    }
    if (split->container_open)
        return tn_tell_container(turn, false);
    return split->any || split->index ? end_of_document(turn) : nothing_there(turn);
}

/* Bytes before this index are not needed any more. */
static size_t low_mark(const struct tn_split *split)
{
    if (split->xml.on)
        return tn_xml_low_mark(split);
    if (split->rows.on)
        return tn_delimited_low_mark(split);
    if (split->lines.on)
        return tn_lines_low_mark(split);
    if (split->state == TN_AT_KEY_TEXT && (split->dropping || !split->candidate))
        return split->token - split->base;
    if (split->dropping)
        return split->at;
    if (split->state == TN_AT_RECORD || split->candidate)
        return split->record - split->base;
    return split->state == TN_AT_MEMBER ? split->token - split->base : split->at;
}

/* More than a record may be is in the window. */
static enum tn_step over(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    if (split->lines.on)
        return tn_lines_over(turn);
    if (!split->dropping && (split->state == TN_AT_RECORD || split->candidate))
        return tn_lose(turn, TN_TOO_LARGE, "");
    if (split->state == TN_AT_KEY_TEXT && split->candidate) {
        tn_recover(split);
        return TN_STEP_GO;
    }
    if (split->state == TN_AT_KEY_TEXT)
        return tn_break_container(turn, "the name of a member is too long");
    split->dropping = true; /* a member's value: nobody needs so much of it */
    return TN_STEP_GO;
}

static enum tn_step unreadable(struct tn_turn *turn)
{
    turn->split->state = TN_AT_END;
    turn->split->next_result = turn->split->container_open ? TN_SPLIT_CONTAINER : TN_SPLIT_END;
    turn->result = TN_SPLIT_DAMAGE;
    return TN_STEP_EVENT;
}

static enum tn_step read_more(struct tn_turn *turn)
{
    struct tn_error error;
    bool before = turn->split->ended;
    switch (tn_window_fill(turn->split, low_mark(turn->split), &error)) {
    case TN_FILL_MORE: return TN_STEP_GO;
    case TN_FILL_END:
        if (!before && turn->split->at < turn->split->filled) /* what is there is all that whoever looks ahead gets */
            return TN_STEP_GO;
        return turn->split->xml.on ? tn_xml_at_end(turn) : at_end(turn);
    case TN_FILL_OVER:
        return turn->split->xml.on ? tn_xml_over(turn) : turn->split->rows.on ? tn_delimited_over(turn) : over(turn);
    case TN_FILL_FAILED: break;
    }
    if (turn->error)
        *turn->error = error;
    return unreadable(turn);
}

/* The whole input as one record. */
static enum tn_step whole_input(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    struct tn_error error;
    if (!fill_to(split, split->max_record + 1, &error)) {
        if (turn->error)
            *turn->error = error;
        return unreadable(turn);
    }
    split->state = TN_AT_END;
    if (split->ended && all_blank(ahead(split)))
        return nothing_there(turn);
    tn_begin_record(split);
    if (split->filled - split->at > split->max_record)
        return tn_tell_lost(turn, TN_TOO_LARGE, split->at, "the input is larger than a record may be");
    split->at = split->filled;
    return tn_tell_record(turn);
}

static enum tn_step begin_turn(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    tn_window_restore(split);
    *turn->piece = (struct tn_piece){0};
    if (split->next_result == TN_SPLIT_CONTAINER) {
        split->next_result = TN_SPLIT_END;
        return tn_tell_container(turn, false);
    }
    if (split->state == TN_AT_END)
        return end_of_document(turn);
    if (!check_beginning(split, turn->error))
        return unreadable(turn);
    return split->whole ? whole_input(turn) : TN_STEP_GO;
}

enum tn_split_result tn_split_next(struct tn_split *split, struct tn_piece *piece, struct tn_error *error)
{
    struct tn_turn turn = {.split = split, .piece = piece, .error = error};
    enum tn_step (*one_step)(struct tn_turn *) = split->xml.on     ? tn_xml_step
                                                 : split->rows.on  ? tn_delimited_step
                                                 : split->lines.on ? tn_lines_step
                                                                   : tn_split_step;
    enum tn_step step = begin_turn(&turn);
    while (step != TN_STEP_EVENT)
        step = step == TN_STEP_MORE ? read_more(&turn) : one_step(&turn);
    return turn.result;
}

const struct tn_container *tn_split_container(const struct tn_split *split)
{
    return &split->container;
}
