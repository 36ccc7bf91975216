/* SPDX-License-Identifier: MIT */
/* Which of the things that are repeated on a page are trials. */
#include <stdlib.h>

#include "readers/listing.h"
#include "readers/listing_marks.h"

/* A box and what it belongs to. */
struct place {
    const struct tn_page_box *box;
    size_t end; /* of the box around it */
};

/* Elements of one form at one depth, as entries. */
struct group {
    struct tn_listing_entry *members;
    size_t count;
    size_t entries;  /* members that are one trial's worth */
    size_t named;    /* of these: that have an identifier */
    size_t distinct; /* ... another one than the entry before */
    size_t several;  /* members that hold several trials */
    size_t text;     /* of the entries */
};

struct finding {
    struct tn_arena *arena;
    const struct tn_page *page;
    const struct tn_mark *marks;
    struct place *places;
    size_t count;
    struct group best; /* of those seen so far; members in the arena */
    size_t most;       /* entries that any of them has */
    struct tn_listing_entry *room[2]; /* for members: of the best, and of the group at hand */
};

static int by_form(const void *a, const void *b)
{
    const struct tn_page_box *x = ((const struct place *)a)->box, *y = ((const struct place *)b)->box;
    if (x->depth != y->depth)
        return x->depth < y->depth ? -1 : 1;
    if (x->form != y->form)
        return x->form < y->form ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* An outer box stands behind those inside it: from the last to the first, the boxes around one are on the stack. */
static bool place_boxes(struct finding *finding)
{
    const struct tn_page *page = finding->page;
    const struct tn_page_box **around = tn_arena_alloc(finding->arena, (page->box_count + 1) * sizeof *around);
    size_t depth = 0;
    finding->places = tn_arena_alloc(finding->arena, (page->box_count + 1) * sizeof *finding->places);
    for (size_t i = 0; i < 2; i++)
        finding->room[i] = tn_arena_alloc(finding->arena, (page->box_count + 1) * sizeof *finding->room[i]);
    if (!around || !finding->places || !finding->room[0] || !finding->room[1])
        return false;
    for (size_t i = page->box_count; i-- > 0;) {
        const struct tn_page_box *box = &page->boxes[i];
        if (box->first >= box->end || box->end > page->count)
            continue;
        while (depth && around[depth - 1]->depth >= box->depth)
            depth--;
        finding->places[finding->count++] = (struct place){box, depth ? around[depth - 1]->end : page->count};
        around[depth++] = box;
    }
    qsort(finding->places, finding->count, sizeof *finding->places, by_form);
    return true;
}

static void judge(struct finding *finding, struct group *group)
{
    const struct tn_mark *marks = finding->marks;
    uint64_t before = 0;
    group->entries = group->named = group->distinct = group->several = group->text = 0;
    for (size_t i = 0; i < group->count; i++) {
        size_t first = group->members[i].first, end = group->members[i].end;
        if (!tn_listing_is_entry(marks, first, end))
            continue;
        size_t id = marks[first].next_id;
        group->entries++;
        group->named += id < end;
        group->distinct += id < end && marks[id].id != before;
        group->several += tn_listing_holds_several(marks, first, end);
        group->text += marks[end].text - marks[first].text;
        before = id < end ? marks[id].id : before;
    }
}

/* Of groups with nearly as many entries as any has, the one that says most. Returns true where `group` is now the best
 * and its members must stay. */
static void weigh(struct finding *finding, struct group *group)
{
    judge(finding, group);
    bool valid = group->entries && group->several * 5 <= group->entries;
    if (!valid || group->entries * 4 < finding->most * 3)
        return;
    bool outgrown = group->entries * 3 > finding->best.entries * 4;
    finding->most = group->entries > finding->most ? group->entries : finding->most;
    if (!outgrown && group->text <= finding->best.text)
        return;
    finding->best = *group;
    finding->room[1] = finding->room[0];
    finding->room[0] = group->members;
}

/* Boxes [from, to) are of one form. */
static void weigh_boxes(struct finding *finding, size_t from, size_t to)
{
    struct group group = {.members = finding->room[1]};
    for (size_t i = from; i < to; i++)
        group.members[group.count++] =
            (struct tn_listing_entry){finding->places[i].box->first, finding->places[i].box->end};
    weigh(finding, &group);
}

/* Headings, each with what stands under it up to the next, or to the end of the element that holds them. */
static void weigh_headings(struct finding *finding, size_t from, size_t to)
{
    struct group group = {.members = finding->room[1]};
    const struct tn_page_box *box = finding->places[from].box;
    if (box->end != box->first + 1 || finding->page->blocks[box->first].kind != TN_BLOCK_HEADING)
        return;
    for (size_t i = from; i < to; i++) {
        size_t end = finding->places[i].end;
        size_t next = i + 1 < to ? finding->places[i + 1].box->first : end;
        group.members[group.count++] =
            (struct tn_listing_entry){finding->places[i].box->first, next < end ? next : end};
    }
    weigh(finding, &group);
}

/* Two elements for each trial (a row, and one with details under it; dt and dd): something follows each one that has an
 * identifier. What follows the last is as long as what follows the others. */
static void weigh_followed(struct finding *finding, size_t from, size_t to)
{
    enum { LEAST = 3 };
    struct group group = {.members = finding->room[1]};
    size_t longest = 0, end = finding->places[from].end;
    for (size_t i = from; i < to; i++) {
        const struct tn_page_box *box = finding->places[i].box;
        if (finding->places[i].end != end)
            return;
        if (finding->marks[box->first].next_id >= box->end)
            continue;
        if (group.count) {
            struct tn_listing_entry *before = &group.members[group.count - 1];
            if (box->first <= before->end)
                return;
            before->end = box->first;
            longest = before->end - before->first > longest ? before->end - before->first : longest;
        }
        group.members[group.count++] = (struct tn_listing_entry){box->first, box->end};
    }
    if (group.count < LEAST)
        return;
    struct tn_listing_entry *last = &group.members[group.count - 1];
    last->end = last->first + longest < end ? last->first + longest : end;
    weigh(finding, &group);
}

static void weigh_all(struct finding *finding)
{
    for (size_t from = 0, to; from < finding->count; from = to) {
        const struct tn_page_box *box = finding->places[from].box;
        for (to = from + 1; to < finding->count && finding->places[to].box->depth == box->depth &&
                            finding->places[to].box->form == box->form;)
            to++;
        weigh_boxes(finding, from, to);
        weigh_headings(finding, from, to);
        weigh_followed(finding, from, to);
    }
}

/* Names of columns in a row of plain cells, or a row of label and value that are both names. */
static bool is_row_of_names(const struct tn_block *block)
{
    size_t names = 0;
    if (block->kind == TN_BLOCK_PAIR)
        return tn_column_find(block->label) && tn_column_find(block->text);
    for (size_t c = 0; block->kind == TN_BLOCK_ROW && c < block->cell_count; c++)
        names += tn_column_find(block->cells[c]) != NULL;
    return names >= 2 && names * 2 >= block->cell_count;
}

static void read_names(struct tn_listing *listing)
{
    enum { NEAR = 3 };
    size_t first = listing->entries[0].first;
    const struct tn_block *entry = &listing->page->blocks[first];
    for (size_t back = 1; back <= NEAR && back <= first && !entry->header; back++) {
        const struct tn_block *block = entry - back;
        if (block->kind != entry->kind || !is_row_of_names(block))
            continue;
        listing->names = block;
        for (size_t c = 0; c < block->cell_count && c < TN_LISTING_CELLS; c++)
            listing->columns[c] = tn_column_find(block->cells[c]);
        if (block->kind == TN_BLOCK_PAIR) {
            listing->columns[0] = tn_column_find(block->label);
            listing->columns[1] = tn_column_find(block->text);
        }
        return;
    }
}

/* A list of one is a table that names its columns, or what the page calls one result. */
static bool is_one(const struct tn_listing *listing)
{
    size_t names = 0;
    const struct tn_block *row = &listing->page->blocks[listing->entries[0].first];
    const struct tn_block *header = row->header ? row->header : listing->names;
    for (size_t c = 0; header && c < header->cell_count; c++)
        names += tn_column_find(header->cells[c]) != NULL;
    return (row->kind == TN_BLOCK_ROW && names >= 3) || listing->claim.total == 1;
}

/* A row like the entries that has neither identifier nor address: not the column names said again. */
static bool is_left_out(const struct tn_listing *listing, const struct tn_listing_entry *member)
{
    const struct tn_block *block = &listing->page->blocks[member->first];
    return member->end == member->first + 1 && block->kind == TN_BLOCK_ROW && block->header &&
           block->header != block && !tn_str_eq(block->whole, block->header->whole);
}

static bool take_entries(struct finding *finding, struct tn_listing *listing)
{
    struct tn_listing_entry *entries = tn_arena_alloc(finding->arena, (finding->best.count + 1) * sizeof *entries);
    listing->entries = entries;
    for (size_t i = 0; entries && i < finding->best.count; i++) {
        const struct tn_listing_entry *member = &finding->best.members[i];
        if (tn_listing_is_entry(finding->marks, member->first, member->end))
            entries[listing->count++] = *member;
        else if (is_left_out(listing, member) && listing->left_out++ == 0)
            listing->left_out_line = listing->page->blocks[member->first].line;
    }
    return entries != NULL;
}

/* One trial alone is all that the page holds: its row, or the largest element that doesn't hold the page's statement. */
static void narrow_to_one(struct finding *finding)
{
    struct tn_listing whole = {.page = finding->page};
    struct group one = {.members = finding->room[1], .count = 1};
    tn_listing_read_claim(&whole);
    for (size_t i = 0; i < finding->count; i++) {
        const struct tn_page_box *box = finding->places[i].box;
        bool row = box->end == box->first + 1 && finding->page->blocks[box->first].kind == TN_BLOCK_ROW;
        if (!row && (whole.claim.total != 1 || (box->first <= whole.claim.block && whole.claim.block < box->end)))
            continue;
        one.members[0] = (struct tn_listing_entry){box->first, box->end};
        judge(finding, &one);
        if (one.entries == 0 || one.several || (finding->best.text && one.text <= finding->best.text))
            continue;
        finding->best = one;
        finding->room[1] = finding->room[0];
        finding->room[0] = one.members;
        one.members = finding->room[1];
        if (row)
            return;
    }
}

static bool choose(struct finding *finding, struct tn_listing *listing)
{
    weigh_all(finding);
    if (finding->most == 1) {
        finding->best = (struct group){0};
        narrow_to_one(finding);
    }
    if (finding->best.entries == 0)
        return true;
    if (!take_entries(finding, listing))
        return false;
    read_names(listing);
    tn_listing_read_claim(listing);
    bool many = listing->count >= 2 && (finding->best.distinct >= 2 || finding->best.named == 0);
    if ((!many && !is_one(listing)) || tn_listing_is_single(listing, finding->marks))
        listing->count = 0;
    return true;
}

bool tn_listing_find(struct tn_arena *arena, const struct tn_page *page, struct tn_listing *listing)
{
    struct finding finding = {.arena = arena, .page = page};
    *listing = (struct tn_listing){.page = page};
    if (page->box_count == 0)
        return true;
    finding.marks = tn_listing_marks(arena, page);
    return finding.marks && place_boxes(&finding) && choose(&finding, listing);
}

bool tn_listing_is(const struct tn_page *page)
{
    struct tn_arena arena;
    struct tn_listing listing;
    tn_arena_init(&arena, SIZE_MAX / 2);
    bool found = tn_listing_find(&arena, page, &listing) && listing.count;
    tn_arena_release(&arena);
    return found;
}
