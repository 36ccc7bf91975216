/* SPDX-License-Identifier: MIT */
/* Text that is cut into blocks by the lines that they begin with. */
#include "core/line_path.h"
#include "input/split_inside.h"

static bool add_path(struct tn_split *split, struct tn_str text)
{
    struct tn_line_path path;
    if (!tn_line_path_read(text, &path))
        return true;
    if (split->path_count == TN_SPLIT_PATHS)
        return false;
    memcpy(split->steps[split->path_count], path.parts, sizeof path.parts);
    split->path_text[split->path_count++] = text;
    return true;
}

bool tn_split_lines(struct tn_split *split, const char *const *paths, size_t count)
{
    bool good = true;
    for (size_t i = 0; i < count; i++)
        good = add_path(split, tn_str_of(paths[i])) && good;
    split->lines = (struct tn_split_lines){.on = true, .line = TN_NO_OFFSET, .begun = TN_NO_OFFSET, .head = TN_NO_OFFSET};
    return good;
}

size_t tn_lines_low_mark(const struct tn_split *split)
{
    const struct tn_split_lines *lines = &split->lines;
    size_t low = lines->line == TN_NO_OFFSET ? split->base + split->at : lines->line;
    if (lines->begun < low)
        low = lines->begun;
    if (lines->open && split->record < low)
        low = split->record;
    return (lines->head < low ? lines->head : low) - split->base;
}

/* Scanning goes on at `index`, where a line begins. */
static void go_to(struct tn_split *split, size_t index)
{
    split->at = index;
    split->lines.line = split->base + index;
    split->lines.begun = TN_NO_OFFSET;
}

static enum tn_step lose(struct tn_turn *turn)
{
    struct tn_split_lines *lines = &turn->split->lines;
    lines->lost = lines->open && lines->last_len > 0;
    lines->open = lines->joining = false;
    return tn_tell_lost(turn, TN_TOO_LARGE, turn->split->at, "the record is larger than a record may be");
}

/* The record ends before the block or the end at `offset`, where scanning goes on. */
static enum tn_step finish(struct tn_turn *turn, size_t offset)
{
    struct tn_split *split = turn->split;
    go_to(split, offset - split->base);
    if (offset - split->record > split->max_record)
        return lose(turn);
    split->lines.open = split->lines.joining = split->lines.lost = false;
    return tn_tell_record(turn);
}

static void open_record(struct tn_split *split, size_t offset)
{
    struct tn_split_lines *lines = &split->lines;
    size_t at = split->at;
    split->at = (lines->head != TN_NO_OFFSET ? lines->head : offset) - split->base;
    tn_begin_record(split);
    split->at = at;
    lines->head = TN_NO_OFFSET;
    lines->open = true;
    lines->joining = false;
    if (!lines->lost)
        lines->last_len = 0;
}

/* The value behind the block's key. */
static enum tn_step take_key(struct tn_turn *turn, struct tn_str value)
{
    struct tn_split *split = turn->split;
    struct tn_split_lines *lines = &split->lines;
    struct tn_str last = tn_str_slice(lines->last, lines->last_len);
    value.len = value.len < sizeof lines->last ? value.len : sizeof lines->last;
    lines->keyed = true;
    bool same = value.len && tn_str_eq(value, last);
    if (lines->joining && !same)
        return finish(turn, lines->block);
    lines->joining = false;
    if (lines->lost && same) {
        lines->open = false;
        return TN_STEP_GO;
    }
    lines->lost = false;
    memcpy(lines->last, value.s ? value.s : "", value.len);
    lines->last_len = value.len;
    return TN_STEP_GO;
}

static enum tn_step look_for_key(struct tn_turn *turn, struct tn_str line)
{
    const struct tn_split_lines *lines = &turn->split->lines;
    struct tn_str key = turn->split->steps[lines->path][TN_LINE_KEY];
    if (!lines->open || lines->keyed || key.len == 0 || !tn_str_starts(line, key))
        return TN_STEP_GO;
    return take_key(turn, tn_str_trim(tn_str_from(line, key.len)));
}

/* A block begins at `offset`; `line` is the last of the lines that say so. */
static enum tn_step begin_block(struct tn_turn *turn, unsigned path, size_t offset, struct tn_str line)
{
    struct tn_split *split = turn->split;
    struct tn_split_lines *lines = &split->lines;
    bool keyless = lines->last_len == 0 || lines->lost || split->steps[path][TN_LINE_KEY].len == 0;
    if (lines->open && (lines->joining || keyless))
        return finish(turn, lines->joining ? lines->block : offset);
    if (!lines->open) {
        open_record(split, offset);
    } else {
        lines->joining = true;
        lines->block = offset;
    }
    lines->path = path;
    lines->keyed = false;
    return look_for_key(turn, line);
}

/* A line that is not blank, at `offset`. */
static enum tn_step take_line(struct tn_turn *turn, size_t offset, struct tn_str line)
{
    struct tn_split *split = turn->split;
    struct tn_split_lines *lines = &split->lines;
    size_t begun = lines->begun;
    unsigned path = lines->begun_path;
    lines->begun = TN_NO_OFFSET;
    for (unsigned i = 0; i < split->path_count && lines->begun == TN_NO_OFFSET; i++)
        if (tn_line_is(line, split->steps[i][TN_LINE_FIRST])) {
            lines->begun = offset;
            lines->begun_path = i;
        }
    if (begun != TN_NO_OFFSET && tn_line_is(line, split->steps[path][TN_LINE_SECOND]))
        return begin_block(turn, path, begun, line);
    if (lines->begun != TN_NO_OFFSET && split->steps[lines->begun_path][TN_LINE_SECOND].len == 0)
        return begin_block(turn, lines->begun_path, offset, line);
    return look_for_key(turn, line);
}

/* A line that ends at `offset` belongs to more than a record may be. What is read when is no matter: it counts where lines
 * end. */
static bool is_over(const struct tn_split *split, size_t offset)
{
    size_t start = split->lines.open ? split->record : split->lines.head;
    return start != TN_NO_OFFSET && offset - start > split->max_record;
}

/* The record is lost, or ends before the block whose key comes too late. The lines that may begin a block are read again. */
static enum tn_step give_up(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    struct tn_split_lines *lines = &split->lines;
    if (lines->joining)
        return finish(turn, lines->block);
    if (!lines->open)
        open_record(split, lines->head);
    split->any = true;
    size_t again = lines->begun != TN_NO_OFFSET && lines->begun > split->record ? lines->begun : lines->line;
    go_to(split, again - split->base);
    return lose(turn);
}

static enum tn_step line_to(struct tn_turn *turn, size_t end)
{
    struct tn_split *split = turn->split;
    size_t start = split->lines.line;
    if (is_over(split, split->base + end))
        return give_up(turn);
    bool skipped = split->lines.skipping || split->base + end - start > split->max_record;
    split->lines.skipping = false;
    if (skipped || (split->lines.begun != TN_NO_OFFSET && split->base + end - split->lines.begun > split->max_record))
        split->lines.begun = TN_NO_OFFSET;
    struct tn_str line = tn_str_slice(split->buffer + (start - split->base), end - (start - split->base));
    split->at = end < split->filled ? end + 1 : end;
    split->lines.line = split->base + split->at;
    line = tn_str_trim(line);
    split->any = split->any || line.len;
    return line.len && !skipped ? take_line(turn, start, line) : TN_STEP_GO;
}

enum tn_step tn_lines_step(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    if (split->lines.line == TN_NO_OFFSET)
        split->lines.line = split->lines.head = split->base + split->at;
    size_t end = tn_line_end(split->buffer, split->at, split->filled);
    if (end < split->filled)
        return line_to(turn, end);
    split->at = split->filled;
    return TN_STEP_MORE;
}

enum tn_step tn_lines_at_end(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    struct tn_split_lines *lines = &split->lines;
    enum tn_step step = TN_STEP_GO;
    if (lines->line != TN_NO_OFFSET && lines->line < split->base + split->filled)
        step = line_to(turn, split->filled);
    if (step == TN_STEP_EVENT)
        return step;
    if (lines->open)
        return finish(turn, lines->joining ? lines->block : split->base + split->filled);
    if (lines->head != TN_NO_OFFSET && split->any) {
        open_record(split, lines->head);
        return finish(turn, split->base + split->filled);
    }
    split->state = TN_AT_END;
    turn->result = TN_SPLIT_END;
    if (split->any)
        return TN_STEP_EVENT;
    return tn_tell_damage(turn, TN_FAILED, TN_EMPTY_INPUT, "the input is empty");
}

enum tn_step tn_lines_over(struct tn_turn *turn)
{
    struct tn_split *split = turn->split;
    if (is_over(split, split->base + split->filled))
        return give_up(turn);
    if (split->lines.begun < split->lines.line) {
        split->lines.begun = TN_NO_OFFSET;
        return TN_STEP_GO;
    }
    go_to(split, split->filled);
    split->any = split->lines.skipping = true; /* a line that is too long to begin anything */
    return TN_STEP_GO;
}
