/* SPDX-License-Identifier: MIT */
#include "readers/listing_marks.h"

#include <xxhash.h>

enum {
    LONGEST_BADGE = 300, /* bytes of a line that may be made of badges */
    REGISTRIES = 24
};

struct marking {
    const struct tn_page *page;
    struct tn_mark *marks;
    const char **registry; /* of each block's identifier */
    struct {
        const char *name;
        size_t count;
    } tally[REGISTRIES];
    const struct tn_block *header; /* whose columns were counted last */
    unsigned header_points;
};

/* What was found in the lines of a block so far. */
struct finding {
    enum tn_own own;
    struct tn_identifier id;
    size_t more;
    unsigned points;
    bool link;
};

uint64_t tn_listing_hash(const struct tn_identifier *id)
{
    return XXH3_64bits(id->value, strlen(id->value)) | 1;
}

static void note_id(struct finding *found, enum tn_own own, const struct tn_identifier *id)
{
    if (own <= found->own)
        return;
    found->own = own;
    found->id = *id;
}

static unsigned points_of(const struct tn_column *column)
{
    return !column ? 0 : column->strong ? 2 : 1;
}

static void look_at_piece(struct finding *found, struct tn_str piece, struct tn_str link)
{
    struct tn_identifier id;
    struct tn_str rest, label, value = piece;
    const struct tn_column *column = tn_listing_labelled(piece, &label, &value);
    note_id(found, tn_listing_own_id(column ? value : piece, link, &id, &rest), &id);
    found->more += rest.len;
    unsigned label_points = column && value.len ? points_of(column) : 0, speaks = tn_listing_speaks(value);
    found->points += label_points > speaks ? label_points : speaks;
}

static void look_at_run(struct finding *found, struct tn_str text, struct tn_str link)
{
    struct tn_str piece;
    struct tn_identifier id;
    if (text.len <= LONGEST_BADGE) {
        while (tn_listing_piece(&text, &piece))
            look_at_piece(found, piece, link);
        return;
    }
    note_id(found, tn_listing_own_id(text, link, &id, NULL), &id);
    found->more += text.len;
}

static void look_at(struct finding *found, struct tn_str label, struct tn_str text, struct tn_str link,
                    const struct tn_line_part *parts, size_t part_count)
{
    struct tn_listing_runs runs = tn_listing_runs(text, link, parts, part_count);
    const struct tn_column *column = tn_column_find(label);
    found->link = found->link || tn_listing_is_address(link);
    found->points += column && text.len ? points_of(column) : 0;
    if (label.len)
        look_at_piece(found, label, TN_LIT(""));
    if (column)
        found->more -= label.len;
    while (tn_listing_run(&runs, &text, &link))
        look_at_run(found, text, link);
}

/* Columns speak for their rows. */
static unsigned header_points(struct marking *marking, const struct tn_block *header)
{
    if (marking->header == header)
        return marking->header_points;
    marking->header = header;
    marking->header_points = 0;
    for (size_t c = 0; header && c < header->cell_count; c++)
        marking->header_points += points_of(tn_column_find(header->cells[c]));
    return marking->header_points;
}

static void look_at_block(struct marking *marking, struct finding *found, const struct tn_block *block)
{
    if (block->kind != TN_BLOCK_ROW) {
        look_at(found, block->label, block->text, block->link, block->label.len ? NULL : block->parts,
                block->label.len ? 0 : block->part_count);
        return;
    }
    if (block == block->header || (block->header && tn_str_eq(block->whole, block->header->whole)))
        return;
    for (size_t i = 0; i < block->line_count; i++)
        look_at(found, block->lines[i].label, block->lines[i].text, block->lines[i].link, block->lines[i].parts,
                block->lines[i].part_count);
    found->points += header_points(marking, block->header);
}

static void count_registry(struct marking *marking, const char *registry)
{
    size_t i = 0;
    while (i < REGISTRIES && marking->tally[i].name && marking->tally[i].name != registry)
        i++;
    if (i == REGISTRIES)
        return;
    marking->tally[i].name = registry;
    marking->tally[i].count++;
}

static const char *main_registry(const struct marking *marking)
{
    size_t best = 0;
    for (size_t i = 1; i < REGISTRIES; i++)
        if (marking->tally[i].count > marking->tally[best].count)
            best = i;
    return marking->tally[best].name;
}

static void mark_block(struct marking *marking, size_t b)
{
    struct finding found = {0};
    struct tn_mark *mark = &marking->marks[b];
    const struct tn_block *block = &marking->page->blocks[b];
    look_at_block(marking, &found, block);
    marking->registry[b] = NULL;
    mark->id = 0;
    if (found.own) {
        mark->id = tn_listing_hash(&found.id);
        marking->registry[b] = found.id.registry;
        count_registry(marking, found.id.registry);
    }
    mark->next_link = found.link ? b : marking->page->count;
    mark->text = block->whole.len;
    mark->more = found.more;
    mark->points = found.points;
}

/* From the last block to the first: what comes next. */
static void mark_next(struct marking *marking)
{
    size_t count = marking->page->count;
    const char *registry = main_registry(marking);
    struct tn_mark *marks = marking->marks;
    marks[count] = (struct tn_mark){.next_id = count, .next_main = count, .next_link = count};
    for (size_t b = count; b-- > 0;) {
        bool main = marks[b].id && marking->registry[b] == registry;
        marks[b].next_id = marks[b].id ? b : marks[b + 1].next_id;
        marks[b].next_main = main ? b : marks[b + 1].next_main;
        marks[b].next_link = marks[b].next_link == b ? b : marks[b + 1].next_link;
    }
}

static void add_up(struct marking *marking)
{
    struct tn_mark sum = {0};
    uint64_t before = 0;
    for (size_t b = 0; b <= marking->page->count; b++) {
        struct tn_mark *mark = &marking->marks[b], own = *mark;
        bool main = mark->id && mark->next_main == b;
        mark->others = sum.others;
        mark->text = sum.text;
        mark->more = sum.more;
        mark->points = sum.points;
        sum.others += main && own.id != before;
        sum.text += own.text;
        sum.more += own.more;
        sum.points += own.points;
        before = main ? own.id : before;
    }
}

const struct tn_mark *tn_listing_marks(struct tn_arena *arena, const struct tn_page *page)
{
    struct marking *marking = tn_arena_zero(arena, sizeof *marking);
    struct tn_mark *marks = tn_arena_alloc(arena, (page->count + 1) * sizeof *marks);
    const char **registry = tn_arena_alloc(arena, (page->count + 1) * sizeof *registry);
    if (!marking || !marks || !registry)
        return NULL;
    marking->page = page;
    marking->marks = marks;
    marking->registry = registry;
    for (size_t b = 0; b < page->count; b++)
        mark_block(marking, b);
    mark_next(marking);
    add_up(marking);
    return marks;
}

bool tn_listing_is_entry(const struct tn_mark *marks, size_t first, size_t end)
{
    enum { SOME_TEXT = 12, ENOUGH = 3 }; /* "Status: Available" and "Type" say nothing yet */
    bool id = marks[first].next_id < end, link = marks[first].next_link < end;
    return marks[end].more - marks[first].more >= SOME_TEXT &&
           (id || (link && marks[end].points - marks[first].points >= ENOUGH));
}

bool tn_listing_holds_several(const struct tn_mark *marks, size_t first, size_t end)
{
    size_t id = marks[first].next_main;
    return id < end && marks[end].others > marks[id + 1].others;
}
