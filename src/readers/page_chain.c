/* SPDX-License-Identifier: MIT */
/* Labels with their values on one line behind the name of a section: `Study Design: Allocation: Randomized; Masking:
 * Double (Participant, Investigator)`, in older pages with commas between. */
#include "readers/page_spelling.h"

enum { LINKS_MAX = 16, LONGEST_LABEL = 60 };

/* A label and its colon stand at the beginning of the text: the place behind the colon; 0: they do not. */
static size_t label_end(const struct tn_spellings *spellings, struct tn_str text)
{
    size_t colon = tn_str_find_char(tn_str_slice(text.s, text.len < LONGEST_LABEL ? text.len : LONGEST_LABEL), ':');
    bool label = colon != TN_NO_OFFSET && tn_page_is_spelling(spellings, tn_str_trim(tn_str_slice(text.s, colon)));
    return label ? colon + 1 : 0;
}

/* The sign before the next label; the text's end where none follows. */
static size_t next_link(const struct tn_spellings *spellings, struct tn_str text)
{
    for (size_t at = 0; at < text.len; at++)
        if ((text.s[at] == ';' || text.s[at] == ',') && label_end(spellings, tn_str_trim(tn_str_from(text, at + 1))))
            return at;
    return text.len;
}

/* The pairs that the block's value consists of; 0: it is a value like others. */
static size_t cut_chain(const struct tn_spellings *spellings, const struct tn_block *block, struct tn_block *out)
{
    size_t count = 0, end;
    if (block->kind != TN_BLOCK_PAIR || label_end(spellings, block->text) == 0)
        return 0;
    struct tn_match match = tn_page_match(spellings, block, NULL, true);
    struct tn_str rest = block->text;
    if (!match.row || match.row->mode != TN_MODE_SECTION)
        return 0;
    while (count < LINKS_MAX && (end = label_end(spellings, rest)) > 0) {
        size_t next = end + next_link(spellings, tn_str_from(rest, end));
        out[count] = *block;
        out[count].label = tn_str_trim(tn_str_slice(rest.s, end - 1));
        out[count].text = tn_str_trim(tn_str_slice(rest.s + end, next - end));
        out[count].whole = tn_str_slice(rest.s, next);
        rest = tn_str_trim(tn_str_from(rest, next < rest.len ? next + 1 : next));
        count++;
    }
    return rest.len == 0 ? count : 0;
}

/* Copied as text a label's note stands under it: `Enrollment ICMJE`, `(submitted: June 9, 2020)<TAB>84`. */
static bool is_note(const struct tn_spellings *spellings, const struct tn_page *page, size_t at)
{
    enum { LONGEST_NOTE = 60 };
    const struct tn_block *block = &page->blocks[at], *label = at ? block - 1 : NULL;
    struct tn_str note = block->kind == TN_BLOCK_PAIR ? block->label : block->whole;
    return !page->is_html && label && label->kind == TN_BLOCK_PARAGRAPH && note.len <= LONGEST_NOTE &&
           tn_str_starts_fold(note, TN_LIT("(submitted:")) && note.s[note.len - 1] == ')' &&
           tn_page_is_spelling(spellings, label->whole);
}

/* What stands behind the note is the label's value. */
static void take_note_off(struct tn_block *block)
{
    block->whole = block->text = block->kind == TN_BLOCK_PAIR ? block->text : (struct tn_str){NULL, 0};
    block->kind = TN_BLOCK_PARAGRAPH;
    block->label.len = 0;
}

const struct tn_page *tn_page_chains(struct tn_arena *arena, const struct tn_spellings *spellings,
                                     const struct tn_page *page)
{
    struct tn_block links[LINKS_MAX];
    size_t room = page->count + 1, count, notes = 0;
    for (size_t i = 0; i < page->count; i++) {
        room += cut_chain(spellings, &page->blocks[i], links);
        notes += is_note(spellings, page, i);
    }
    if (room == page->count + 1 && notes == 0)
        return page;
    struct tn_page *made = tn_arena_alloc(arena, sizeof *made);
    struct tn_block *blocks = tn_arena_alloc(arena, room * sizeof *blocks);
    if (!made || !blocks)
        return NULL;
    *made = *page;
    made->blocks = blocks;
    made->count = made->box_count = 0;
    made->boxes = NULL; /* they count the blocks of the page itself */
    for (size_t i = 0; i < page->count; i++) {
        struct tn_block *block = &blocks[made->count++];
        *block = page->blocks[i];
        if (is_note(spellings, page, i)) {
            take_note_off(block);
            made->count -= block->whole.len == 0;
            continue;
        }
        if ((count = cut_chain(spellings, block, links)) == 0)
            continue;
        block->text.len = 0; /* only the section's name */
        memcpy(block + 1, links, count * sizeof *links);
        made->count += count;
    }
    return made;
}
