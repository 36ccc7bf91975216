/* SPDX-License-Identifier: MIT */
/* An entry's blocks as lines with labels. */
#include <xxhash.h>

#include "readers/listing_entry.h"

enum {
    LONGEST_TEXT = 120, /* bytes of a text that is counted */
    LONGEST_LABEL = 60
};

/* The part before a colon, where it may be a label. */
static struct tn_str before_colon(struct tn_str text)
{
    size_t colon = tn_str_find_char(tn_str_slice(text.s, text.len < LONGEST_LABEL ? text.len : LONGEST_LABEL), ':');
    bool address = colon != TN_NO_OFFSET && tn_str_starts(tn_str_from(text, colon), TN_LIT("://"));
    return tn_str_trim(tn_str_slice(text.s, colon == TN_NO_OFFSET || address ? 0 : colon));
}

static uint64_t hash_of(struct tn_str text)
{
    return XXH3_64bits(text.s, text.len) | 1;
}

static struct tn_listing_text *slot_of(const struct tn_listing_texts *texts, uint64_t hash)
{
    size_t at = (size_t)hash & (texts->room - 1);
    while (texts->slots[at].hash && texts->slots[at].hash != hash)
        at = (at + 1) & (texts->room - 1);
    return &texts->slots[at];
}

static bool widen(struct tn_arena *arena, struct tn_listing_texts *texts)
{
    struct tn_listing_texts wide = {.room = texts->room ? 2 * texts->room : 1024, .used = texts->used};
    if (2 * texts->used < texts->room)
        return true;
    wide.slots = tn_arena_zero(arena, wide.room * sizeof *wide.slots);
    if (!wide.slots)
        return false;
    for (size_t i = 0; i < texts->room; i++)
        if (texts->slots[i].hash)
            *slot_of(&wide, texts->slots[i].hash) = texts->slots[i];
    *texts = wide;
    return true;
}

static void count_text(struct tn_arena *arena, struct tn_listing_texts *texts, struct tn_str text, size_t entry)
{
    if (text.len == 0 || text.len > LONGEST_TEXT || !widen(arena, texts))
        return;
    uint64_t hash = hash_of(text);
    struct tn_listing_text *slot = slot_of(texts, hash);
    texts->used += slot->hash == 0;
    slot->hash = hash;
    slot->entries += slot->last != entry + 1;
    slot->last = entry + 1;
}

static void count_both(struct tn_arena *arena, struct tn_listing_texts *texts, struct tn_str label, struct tn_str text,
                       size_t entry)
{
    count_text(arena, texts, label, entry);
    count_text(arena, texts, text, entry);
    count_text(arena, texts, before_colon(text), entry);
}

bool tn_listing_count_texts(struct tn_arena *arena, const struct tn_listing *listing, struct tn_listing_texts *texts)
{
    const struct tn_block *first = listing->count ? &listing->page->blocks[listing->entries[0].first] : NULL;
    for (size_t c = 0; first && first->header && c < first->header->cell_count; c++)
        count_text(arena, texts, first->header->cells[c], 0);
    for (size_t e = 0; e < listing->count; e++)
        for (size_t b = listing->entries[e].first; b < listing->entries[e].end; b++) {
            const struct tn_block *block = &listing->page->blocks[b];
            for (size_t i = 0; i < block->line_count; i++)
                count_both(arena, texts, block->lines[i].label, block->lines[i].text, e);
            if (block->kind != TN_BLOCK_ROW)
                count_both(arena, texts, block->label, block->text, e);
            for (size_t i = 0; i < block->part_count; i++)
                count_both(arena, texts, TN_LIT(""), block->parts[i].text, e);
        }
    return !arena->failed;
}

size_t tn_listing_text_count(const struct tn_listing_texts *texts, struct tn_str text)
{
    return text.len && texts->room ? slot_of(texts, hash_of(text))->entries : 0;
}

bool tn_listing_text_told(const struct tn_listing_texts *texts, struct tn_str text)
{
    struct tn_listing_text *slot = texts->room ? slot_of(texts, hash_of(text)) : NULL;
    bool told = slot && slot->told;
    if (slot && slot->hash)
        slot->told = true;
    return told;
}

/* Collecting. */

struct collecting {
    const struct tn_listing *listing;
    const struct tn_listing_texts *texts;
    struct tn_listing_line *lines;
    size_t count, room;
    struct tn_str waiting; /* a label whose value stands in the blocks behind it */
    struct tn_listing_line label; /* ... and where it stands */
    bool waits_for_one, came;     /* the value is one block; it came */
};

/* What stands in most entries, though not what is in a list of one. */
static bool repeats(const struct collecting *collecting, struct tn_str text)
{
    return tn_listing_text_count(collecting->texts, text) * 2 > collecting->listing->count && collecting->listing->count > 1;
}

static struct tn_listing_line *add(struct collecting *collecting, const struct tn_listing_line *like, struct tn_str label,
                                   struct tn_str text)
{
    if (text.len == 0 || collecting->count == collecting->room)
        return NULL;
    struct tn_listing_line *line = &collecting->lines[collecting->count++];
    *line = *like;
    line->label = label;
    line->text = text;
    line->column = tn_column_find(label);
    return line;
}

/* "Status: Recruiting", or the same with a label that only this list has. */
static void add_piece(struct collecting *collecting, const struct tn_listing_line *like, struct tn_str piece)
{
    struct tn_str label, value, before = before_colon(piece);
    if (tn_listing_labelled(piece, &label, &value)) {
        add(collecting, like, label, value);
    } else if (before.len && before.len <= LONGEST_LABEL && repeats(collecting, before)) {
        size_t colon = tn_str_find_char(piece, ':');
        add(collecting, like, before, tn_str_trim(tn_str_from(piece, colon + 1)));
    } else {
        add(collecting, like, (struct tn_str){NULL, 0}, piece);
    }
}

static void add_run(struct collecting *collecting, const struct tn_listing_line *like, struct tn_str text)
{
    struct tn_str rest = text, piece;
    bool told = false;
    while (!told && tn_listing_piece(&rest, &piece))
        told = tn_listing_is_told(piece);
    if (!told) {
        add_piece(collecting, like, text);
        return;
    }
    for (rest = text; tn_listing_piece(&rest, &piece);)
        add_piece(collecting, like, piece);
}

static void add_text(struct collecting *collecting, const struct tn_listing_line *like, struct tn_str text,
                     const struct tn_line_part *parts, size_t part_count)
{
    struct tn_listing_runs runs = tn_listing_runs(text, like->link, parts, part_count);
    struct tn_listing_line run = *like;
    while (tn_listing_run(&runs, &text, &run.link))
        add_run(collecting, &run, text);
}

/* The title of several lines in a cell is the one that leads to the trial, else the first. */
static bool is_beside(const struct tn_block *row, size_t at)
{
    size_t first = at, end = at + 1, main;
    while (first > 0 && row->lines[first - 1].cell == row->lines[at].cell && at - first < TN_LISTING_CELLS)
        first--;
    while (end < row->line_count && row->lines[end].cell == row->lines[at].cell && end - at < TN_LISTING_CELLS)
        end++;
    for (main = first; main < end && !tn_listing_is_address(row->lines[main].link);)
        main++;
    return at != (main < end ? main : first);
}

static struct tn_str column_name(const struct collecting *collecting, const struct tn_block *row, size_t cell)
{
    const struct tn_block *names = row->header ? row->header : collecting->listing->names;
    if (!names || names->kind != TN_BLOCK_ROW || names->cell_count != row->cell_count || cell >= names->cell_count)
        return (struct tn_str){NULL, 0};
    return names->cells[cell];
}

static void add_row(struct collecting *collecting, const struct tn_block *row)
{
    for (size_t i = 0; i < row->line_count; i++) {
        const struct tn_cell_line *from = &row->lines[i];
        struct tn_str name = from->label.len ? from->label : column_name(collecting, row, from->cell);
        struct tn_listing_line like = {.link = from->link, .emphatic = from->emphatic, .block = row,
                                       .line = from->line, .offset = from->offset};
        if (name.len == 0) {
            add_text(collecting, &like, from->text, from->parts, from->part_count);
            continue;
        }
        struct tn_listing_line *line = add(collecting, &like, name, from->text);
        if (line)
            line->beside = line->column && line->column->field == TN_trial_title && is_beside(row, i);
    }
}

/* What waits for a value that doesn't come is a text by itself, unless it is known to be a label. */
static void stop_waiting(struct collecting *collecting)
{
    struct tn_str label = collecting->waiting;
    collecting->waiting.len = 0;
    if (label.len && !collecting->came && !tn_column_find(label))
        add_run(collecting, &collecting->label, label);
}

static void wait_for(struct collecting *collecting, const struct tn_listing_line *like, struct tn_str label, bool one)
{
    stop_waiting(collecting);
    collecting->waiting = label;
    collecting->label = *like;
    collecting->waits_for_one = one;
    collecting->came = false;
}

/* A label, or what an entry begins with: of a list of dt and dd the dt may be the title. */
static void add_pair(struct collecting *collecting, const struct tn_listing_line *like, const struct tn_block *pair)
{
    const struct tn_block *names = collecting->listing->names;
    bool known = (collecting->count && pair->text.len) || tn_column_find(pair->label) ||
                 repeats(collecting, pair->label) || collecting->listing->count == 1;
    if (names && names->kind == TN_BLOCK_PAIR) {
        add(collecting, like, names->label, pair->label);
        add(collecting, like, names->text, pair->text);
    } else if (known && pair->text.len) {
        add(collecting, like, pair->label, pair->text);
    } else if (known) {
        wait_for(collecting, like, pair->label, false);
    } else {
        struct tn_listing_line lead = *like;
        lead.emphatic = true;
        add_run(collecting, &lead, pair->label);
        lead.emphatic = false;
        add_run(collecting, &lead, pair->text);
    }
}

/* A line that is nothing but a known label: its value is the next one. */
static bool is_label_alone(const struct collecting *collecting, const struct tn_block *block)
{
    return block->link.len == 0 && tn_column_find(block->text) && repeats(collecting, block->text);
}

static void add_line(struct collecting *collecting, const struct tn_listing_line *like, const struct tn_block *block)
{
    if (is_label_alone(collecting, block)) {
        wait_for(collecting, like, block->text, true);
    } else if (collecting->waiting.len) {
        add(collecting, like, collecting->waiting, block->text);
        collecting->came = true;
        if (collecting->waits_for_one)
            collecting->waiting.len = 0;
    } else {
        add_text(collecting, like, block->text, block->parts, block->part_count);
    }
}

struct tn_listing_line *tn_listing_lines(struct tn_arena *arena, const struct tn_listing *listing,
                                         const struct tn_listing_texts *texts, const struct tn_listing_entry *entry,
                                         size_t *count)
{
    struct collecting collecting = {.listing = listing, .texts = texts, .room = TN_LISTING_LINES};
    size_t room = 0;
    for (size_t b = entry->first; b < entry->end; b++)
        room += 4 + listing->page->blocks[b].line_count + listing->page->blocks[b].whole.len / 4;
    collecting.room = room < TN_LISTING_LINES ? room : TN_LISTING_LINES;
    *count = 0;
    collecting.lines = tn_arena_alloc(arena, (collecting.room + 1) * sizeof *collecting.lines);
    for (size_t b = entry->first; collecting.lines && b < entry->end; b++) {
        const struct tn_block *block = &listing->page->blocks[b];
        struct tn_listing_line like = {.link = block->link, .heading = block->kind == TN_BLOCK_HEADING,
                                       .emphatic = block->emphatic, .block = block, .line = block->line,
                                       .offset = block->offset};
        if (block->kind != TN_BLOCK_PARAGRAPH && block->kind != TN_BLOCK_ITEM)
            stop_waiting(&collecting);
        if (block->kind == TN_BLOCK_ROW)
            add_row(&collecting, block);
        else if (block->kind == TN_BLOCK_PAIR)
            add_pair(&collecting, &like, block);
        else
            add_line(&collecting, &like, block);
    }
    stop_waiting(&collecting);
    *count = collecting.lines ? collecting.count : 0;
    return collecting.lines;
}
