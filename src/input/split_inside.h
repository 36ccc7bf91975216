/* SPDX-License-Identifier: MIT */
/* The rooms of the splitter: its window on the input (split_window.c), what it tells (split_tell.c), record paths
 * (split_path.c), how it goes on behind damage (split_recover.c) and the walk through the brackets around the records
 * (split_walk.c). */
#ifndef TN_INPUT_SPLIT_INSIDE_H
#define TN_INPUT_SPLIT_INSIDE_H

#include "input/split.h"
#include "input/split_scan.h"

enum tn_split_state {
    TN_AT_DOCUMENT, /* between documents */
    TN_AT_GARBAGE,  /* in text between them, */
    TN_AT_GARBAGE_LINE, /* ... where a line begins */
    TN_AT_KEY_OR_END,
    TN_AT_KEY,
    TN_AT_KEY_TEXT,
    TN_AT_COLON,
    TN_AT_VALUE,
    TN_AT_MEMBER, /* in a member's value that leads to no record */
    TN_AT_AFTER,  /* behind a member or item */
    TN_AT_ITEM_OR_END,
    TN_AT_ITEM,
    TN_AT_RECORD,
    TN_AT_STRAY,   /* in an item that is no record */
    TN_AT_RECOVER, /* looking for where to go on */
    TN_AT_END
};

/* One call of tn_split_next. */
struct tn_turn {
    struct tn_split *split;
    struct tn_piece *piece;
    struct tn_error *error;
    enum tn_split_result result;
};

enum tn_step {
    TN_STEP_GO,   /* the state has changed */
    TN_STEP_MORE, /* more bytes are needed */
    TN_STEP_EVENT /* turn->result is to be given to the caller */
};

/* --- The window: indexes are into split->buffer. --- */

enum tn_fill { TN_FILL_MORE, TN_FILL_END, TN_FILL_OVER, TN_FILL_FAILED };

/* Reads more bytes behind the window; those before index `low` may go (all indexes of *split move along).
 * TN_FILL_OVER: more than max_record bytes are behind `low` already. */
enum tn_fill tn_window_fill(struct tn_split *split, size_t low, struct tn_error *error);

/* The line of an index that is not before split->counted. */
unsigned tn_window_line(const struct tn_split *split, size_t index);

/* Counts the line ends up to `index` for good: no earlier line will be asked for. */
void tn_window_count(struct tn_split *split, size_t index);

/* Makes the bytes from `start` to `end` a piece: repaired, with a NUL behind them. False when memory is short. */
bool tn_window_piece(struct tn_split *split, size_t start, size_t end, struct tn_piece *piece);

/* Puts back the byte on which the last piece's NUL stands. */
void tn_window_restore(struct tn_split *split);

/* --- What is told. --- */

/* A record begins at split->at. */
void tn_begin_record(struct tn_split *split);

/* The record from split->record to split->at. */
enum tn_step tn_tell_record(struct tn_turn *turn);

/* The record is lost; error offset and line are those of `index`. Nothing about going on. */
enum tn_step tn_tell_lost(struct tn_turn *turn, enum tn_code code, size_t index, const char *message);

/* Something about the input, at split->at. */
enum tn_step tn_tell_damage(struct tn_turn *turn, enum tn_severity severity, enum tn_code code, const char *message);

/* The container ended. */
enum tn_step tn_tell_container(struct tn_turn *turn, bool complete);

/* Remembers a member of what may be a container: text {NULL, 0} for an array or object. */
void tn_note_member(struct tn_split *split, struct tn_str text);

/* The same for the numbers and truth values inside of a member that is a short object:
 * `"pagination": {"totalRecords": 5}`. */
void tn_note_inside(struct tn_split *split, struct tn_str object);

/* Forgets the members of the last document. */
void tn_forget_members(struct tn_split *split);

/* --- Documents of several kinds (split_kind.c). --- */

/* The document at split->at is an object of JSON or an element of XML: TN_STEP_EVENT when it is to be told, TN_STEP_MORE
 * when its beginning is not there yet. */
enum tn_step tn_watch_object(struct tn_turn *turn);
enum tn_step tn_watch_element(struct tn_turn *turn);

/* What stands at split->at begins a document of the other syntax: TN_STEP_EVENT when it is to be told. */
enum tn_step tn_watch_other(struct tn_turn *turn);

/* The name of the first member of an object that begins at `object.s`; false where it is not there as a whole. */
bool tn_split_first_member(struct tn_str object, struct tn_str *name);

/* --- Going on behind damage. --- */

/* The record from split->record on is broken at split->at: it is told as lost, and the walk is set to go on. */
enum tn_step tn_lose(struct tn_turn *turn, enum tn_code code, const char *message);

/* The same without telling. */
void tn_recover(struct tn_split *split);

/* The container cannot be understood at split->at. */
enum tn_step tn_break_container(struct tn_turn *turn, const char *message);

/* One step of looking for where to go on. */
enum tn_step tn_step_recover(struct tn_turn *turn);

/* What the scanner found wrong, as a loss of the record. */
enum tn_step tn_lose_scanned(struct tn_turn *turn, enum tn_scan_result result);

/* --- Record paths (split_path.c). --- */

bool tn_push_frame(struct tn_split *split, struct tn_split_frame frame);

/* The object at split->at is a record for sure. */
enum tn_step tn_start_record(struct tn_split *split);

/* The record from split->record to split->at is whole: remembers how it begins, where a path asks for it. */
void tn_note_like(struct tn_split *split);

/* The member whose value begins with byte `c` at split->at is followed where a record path goes through it: what came of
 * that in *step. False where none does. */
bool tn_step_on_path(struct tn_turn *turn, char c, enum tn_step *step);

/* --- XML (split_xml.c, split_xml_record.c). --- */

/* As tn_split_step. */
enum tn_step tn_xml_step(struct tn_turn *turn);

/* The input ended. */
enum tn_step tn_xml_at_end(struct tn_turn *turn);

/* More than a record may be is in the window. */
enum tn_step tn_xml_over(struct tn_turn *turn);

/* As of tn_window_fill. */
size_t tn_xml_low_mark(const struct tn_split *split);

/* Index of the first byte of the markup that is being read. */
static inline size_t tn_xml_token_start(const struct tn_split *split)
{
    return split->at - split->xml.lexer.len;
}

/* The reading begins anew at split->at, in text. */
void tn_xml_restart(struct tn_split *split);

/* The name of a tag as a number. */
uint32_t tn_xml_hash(struct tn_str name);

/* The tag from `start` to split->at begins a record. */
enum tn_step tn_xml_begin(struct tn_turn *turn, size_t start, enum tn_xml_token token);

/* A token inside the record. */
enum tn_step tn_xml_inside(struct tn_turn *turn, size_t start, enum tn_xml_token token);

/* The record is lost at index `place`. */
enum tn_step tn_xml_lose(struct tn_turn *turn, enum tn_code code, size_t place, const char *message);

/* --- Delimited text (split_delimited.c). --- */

/* As tn_split_step. */
enum tn_step tn_delimited_step(struct tn_turn *turn);

/* More than a record may be is in the window: the row has no end, or its cell none. */
enum tn_step tn_delimited_over(struct tn_turn *turn);

/* As of tn_window_fill. */
size_t tn_delimited_low_mark(const struct tn_split *split);

/* True when at the end of the input there is something left to be cut. */
bool tn_delimited_has_more(const struct tn_split *split);

/* --- Text (split_lines.c). --- */

/* As tn_split_step. */
enum tn_step tn_lines_step(struct tn_turn *turn);

/* The input ended. */
enum tn_step tn_lines_at_end(struct tn_turn *turn);

/* More than a record may be is in the window. */
enum tn_step tn_lines_over(struct tn_turn *turn);

/* As of tn_window_fill. */
size_t tn_lines_low_mark(const struct tn_split *split);

/* --- The walk (split_walk.c). --- */

enum tn_step tn_split_step(struct tn_turn *turn);

static inline struct tn_split_frame *tn_top(struct tn_split *split)
{
    return &split->frames[split->depth - 1];
}

#endif
