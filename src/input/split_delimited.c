/* SPDX-License-Identifier: MIT */
/* Delimited text: rows, cut by their quotation marks. */
#include <stdio.h>

#include "input/decode.h"
#include "input/split_inside.h"

enum {
    JUDGED = 64 * 1024, /* a quoted cell that is longer is looked at: are these rows? */
    MOST_RETRIES = 8,   /* rows that ran to the limit for nothing; then, as far as they came, a row ends at its line */
    MOST_TELLINGS = 16, /* headers whose way of writing is told by what follows */
    FEW_ROWS = 1024,    /* bytes behind a further one that say where its numbers stand */
    ENOUGH_CELLS = 24   /* separators in whole rows, one behind the other, that are no text's */
};

static struct tn_str from_row(const struct tn_split *split)
{
    size_t start = split->record - split->base;
    return tn_str_slice(split->buffer + start, split->filled - start);
}

static size_t first_line_end(struct tn_str row, const struct tn_delimited *form)
{
    const char *end = memchr(row.s, form->line_end, row.len);
    return end ? (size_t)(end - row.s) : row.len;
}

/* True when lines behind the first read as whole rows, one after the other, and are too many to be a text's. */
static bool holds_rows(const struct tn_split_delimited *rows, struct tn_str text)
{
    const struct tn_delimited *form = &rows->form;
    size_t cells = 0, open;
    text = tn_str_from(text, first_line_end(text, form) + 1);
    while (text.len && cells < ENOUGH_CELLS) {
        size_t end = first_line_end(text, form);
        size_t here = tn_row_cells(tn_row_trim(tn_str_slice(text.s, end)), form, &open);
        cells = end < text.len && here == rows->names.columns && open == TN_NO_OFFSET ? cells + here - 1 : 0;
        text = tn_str_from(text, end + 1);
    }
    return cells >= ENOUGH_CELLS;
}

/* True when nothing follows the first line, or most of it are rows. The last line may be cut. */
static bool ends_in_rows(const struct tn_split_delimited *rows, struct tn_str text)
{
    size_t lines = 0, whole = 0;
    const struct tn_str row = tn_str_slice(text.s, first_line_end(text, &rows->form));
    text = tn_str_from(text, first_line_end(text, &rows->form) + 1);
    if (tn_row_blank(text, &rows->form))
        return true;
    while (text.len) {
        size_t end = first_line_end(text, &rows->form);
        struct tn_str line = tn_row_trim(tn_str_slice(text.s, end));
        bool is_row = tn_row_is_row(line, row, &rows->form, &rows->names);
        whole += is_row;
        lines += is_row || (end < text.len && !tn_row_blank(line, &rows->form));
        text = tn_str_from(text, end + 1);
    }
    return 2 * whole > lines;
}

/* True when the row that seems to end behind `row`, `closed` or, at the end of all, inside a quoted cell, ends at its first
 * line instead: a stray quotation mark made it go on. */
static bool ends_at_line(const struct tn_split_delimited *rows, struct tn_str row, bool closed)
{
    size_t line = first_line_end(row, &rows->form);
    if (line == row.len || (closed && tn_row_cells(tn_row_trim(row), &rows->form, NULL) == rows->names.columns))
        return false;
    return closed ? tn_row_cells(tn_row_trim(tn_str_slice(row.s, line)), &rows->form, NULL) == rows->names.columns
                  : ends_in_rows(rows, row);
}

/* True when it was another file's header behind its last row that made it go on. */
static bool goes_to_header(const struct tn_split_delimited *rows, struct tn_str row)
{
    size_t ends;
    return tn_row_header_inside(tn_row_trim(row), &rows->form, &rows->names, &ends) != TN_NO_OFFSET &&
           !ends_at_line(rows, tn_str_slice(row.s, ends), false);
}

static void forget_row(struct tn_split_delimited *rows)
{
    rows->scan = (struct tn_row_scan){.open = TN_NO_OFFSET};
    rows->judged = rows->in_row = false;
}

/* A file begins here, behind another one: how it is written is told anew, unless it has the same header. False: it is a row
 * like others. */
static bool begins_anew(struct tn_split *split, struct tn_str row, size_t next)
{
    struct tn_split_delimited *rows = &split->rows;
    size_t mark = tn_row_mark(row);
    row = tn_str_from(row, mark);
    if (tn_str_eq(row, rows->form.header) && rows->names.numbers) {
        split->at = next;
        return true;
    }
    if (!tn_row_is_header(row, &rows->form, &rows->names) && !(row.len == 5 && tn_str_starts_fold(row, TN_LIT("sep="))))
        return false;
    rows->begun = false;
    split->at = split->record - split->base + mark;
    return true;
}

/* The row was read on, over `len` bytes, and ends before. */
static void note_in_vain(struct tn_split *split, size_t len)
{
    size_t came = split->record + len;
    split->retries = split->record < split->floor ? split->retries + 1 : 1;
    split->floor = came > split->floor ? came : split->floor;
}

/* "Source: ClinicalTrials.gov" below a table of identifiers: one cell, whose first word has no digit. */
static bool is_note(const struct tn_split_delimited *rows, struct tn_str row)
{
    enum { FEWEST = 4 };
    size_t at = 0;
    struct tn_str cell = tn_row_cell(row, &at, &rows->form);
    if (rows->names.columns < FEWEST || !(rows->names.numbers & 1) || cell.len == 0)
        return false;
    for (size_t i = 0; i < cell.len && !tn_is_space(cell.s[i]); i++)
        if (tn_is_digit(cell.s[i]))
            return false;
    while (at <= row.len)
        if (tn_row_cell(row, &at, &rows->form).len)
            return false;
    return true;
}

static enum tn_step tell_note(struct tn_turn *turn, struct tn_str row)
{
    enum { MOST = 200 };
    size_t at = 0;
    char message[MOST + 100];
    struct tn_str cell = tn_row_cell(row, &at, &turn->split->rows.form);
    int len = (int)tn_str_cut(cell, MOST);
    snprintf(message, sizeof message, "'%.*s' is alone in its row and no number: it is no record", len, cell.s);
    return tn_tell_damage(turn, TN_WARN, TN_INCONSISTENT, message);
}

static enum tn_step end_row(struct tn_turn *turn, size_t end)
{
    struct tn_split *split = turn->split;
    struct tn_split_delimited *rows = &split->rows;
    struct tn_str row = tn_row_trim(tn_str_slice(from_row(split).s, end));
    size_t start = split->record - split->base, next = start + end + (start + end < split->filled), ends;
    if (split->ended && start + end == split->filled)
        row = tn_row_before_filling(row);
    forget_row(rows);
    if (begins_anew(split, row, next))
        return TN_STEP_GO;
    size_t header = tn_row_header_inside(row, &rows->form, &rows->names, &ends);
    if (header != TN_NO_OFFSET) {
        note_in_vain(split, end);
        row = tn_row_trim(tn_str_slice(row.s, ends));
        next = start + header;
    }
    split->at = next;
    if (tn_row_blank(row, &rows->form))
        return TN_STEP_GO;
    split->any = true;
    if (is_note(rows, row)) {
        split->at = start;
        enum tn_step told = tell_note(turn, row);
        split->at = next;
        return told;
    }
    split->at = start + row.len;
    enum tn_step step = row.len > split->max_record ? tn_tell_lost(turn, TN_TOO_LARGE, start, "the row is larger than a record may be") : tn_tell_record(turn);
    turn->piece->delimited = &rows->form;
    split->at = next;
    return step;
}

/* The row ends at its first line, though it was read on over it in vain. */
static enum tn_step end_at_line(struct tn_turn *turn, struct tn_str text)
{
    struct tn_split *split = turn->split;
    note_in_vain(split, text.len);
    return end_row(turn, first_line_end(text, &split->rows.form));
}

static enum tn_step lose_row(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    struct tn_str row = from_row(split);
    size_t line = first_line_end(row, &split->rows.form);
    forget_row(&split->rows);
    split->rows.skipping = line == row.len;
    enum tn_step step = tn_tell_lost(turn, TN_TOO_LARGE, split->at, "the row is larger than a record may be");
    split->at = split->record - split->base + line + (line < row.len);
    return step;
}

/* The scan came to the end of what it may look at. */
static enum tn_step stop_scan(struct tn_turn *turn, struct tn_str text)
{
    struct tn_split_delimited *rows = &turn->split->rows;
    rows->judged = true;
    if (rows->scan.open != TN_NO_OFFSET && holds_rows(rows, text))
        return end_at_line(turn, text);
    return TN_STEP_GO;
}

/* Where one row after the other ran to the limit, no row goes over its line any more. */
static bool is_strict(const struct tn_split *split)
{
    return split->retries >= MOST_RETRIES && split->record < split->floor;
}

static enum tn_step go_on_row(struct tn_turn *turn, bool complete)
{
    struct tn_split *split = turn->split;
    struct tn_split_delimited *rows = &split->rows;
    struct tn_str text = from_row(split);
    bool judge = !rows->judged && text.len > JUDGED;
    if (is_strict(split)) {
        size_t line = first_line_end(text, &rows->form);
        return line < text.len || complete ? end_row(turn, line) : TN_STEP_MORE;
    }
    if (judge)
        text.len = JUDGED;
    bool ended = tn_row_end(&rows->scan, text, &rows->form, complete && !judge);
    split->at = split->record - split->base + rows->scan.at;
    if (!ended)
        return judge ? stop_scan(turn, text) : TN_STEP_MORE;
    text.len = rows->scan.at;
    bool stray = ends_at_line(rows, text, rows->scan.open == TN_NO_OFFSET) && !goes_to_header(rows, text);
    return stray ? end_at_line(turn, text) : end_row(turn, text.len);
}

/* The rest of a row that was lost is passed over. */
static enum tn_step skip_line(struct tn_split *split)
{
    struct tn_str text = tn_str_slice(split->buffer + split->at, split->filled - split->at);
    size_t line = first_line_end(text, &split->rows.form);
    split->rows.skipping = line == text.len;
    split->at += line + (line < text.len);
    return split->rows.skipping ? TN_STEP_MORE : TN_STEP_GO;
}

/* Offset of what stands behind the header. After many headers a further one is taken to be written as those before it. */
static size_t tell(struct tn_split_delimited *rows, struct tn_str head)
{
    size_t behind;
    struct tn_str rest = head;
    if (rows->told++ < MOST_TELLINGS) {
        tn_delimited_tell(head, &rows->form, &behind);
        return behind;
    }
    rows->told = MOST_TELLINGS;
    rows->form.header = (struct tn_str){NULL, 0};
    tn_row_next(&rest, &rows->form, &rows->form.header);
    return head.len - rest.len;
}

static bool begin(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    struct tn_split_delimited *rows = &split->rows;
    struct tn_str head = tn_str_slice(split->buffer + split->at, split->filled - split->at);
    struct tn_decoded decoded;
    if (head.len > TN_SPLIT_PEEK)
        head.len = TN_SPLIT_PEEK;
    size_t behind = tell(rows, head);
    struct tn_str rest = tn_str_from(head, behind);
    if (rows->told == MOST_TELLINGS && rest.len > FEW_ROWS)
        rest.len = FEW_ROWS;
    tn_header_names(&rows->names, &rows->form, rest);
    struct tn_str label = split->marked ? TN_LIT("utf-8") : split->source->charset;
    tn_buf_reset(&rows->header);
    rows->header.cap = 4 * TN_SPLIT_PEEK;
    if (!tn_decode_page(rows->form.header, label, &rows->header, &decoded))
        return false;
    struct tn_str header = decoded.text;
    if (header.s != rows->header.data) {
        tn_buf_reset(&rows->header);
        tn_buf_str(&rows->header, header);
    }
    rows->form.header = tn_str_slice(rows->header.data, rows->header.len);
    rows->begun = split->any = true;
    split->at += behind;
    return !rows->header.failed;
}

static enum tn_step begin_rows(struct tn_turn *turn)
{
    if (begin(turn))
        return TN_STEP_GO;
    turn->split->state = TN_AT_END;
    return tn_tell_damage(turn, TN_FAILED, TN_NO_MEMORY, "memory is short");
}

enum tn_step tn_delimited_step(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    if (!split->rows.begun)
        return split->ended || split->filled - split->at >= TN_SPLIT_PEEK ? begin_rows(turn) : TN_STEP_MORE;
    if (split->rows.skipping)
        return skip_line(split);
    if (!split->rows.in_row && split->at == split->filled)
        return TN_STEP_MORE;
    if (!split->rows.in_row)
        tn_begin_record(split);
    split->rows.in_row = true;
    return go_on_row(turn, split->ended);
}

size_t tn_delimited_low_mark(const struct tn_split *split)
{
    return split->rows.in_row ? split->record - split->base : split->at;
}

bool tn_delimited_has_more(const struct tn_split *split)
{
    return !split->rows.begun || split->rows.in_row;
}

enum tn_step tn_delimited_over(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    if (!split->rows.begun)
        return begin_rows(turn);
    struct tn_str text = from_row(split);
    bool one_line = split->rows.scan.open == TN_NO_OFFSET || first_line_end(text, &split->rows.form) == text.len;
    return one_line ? lose_row(turn) : end_at_line(turn, text);
}
