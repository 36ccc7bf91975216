/* SPDX-License-Identifier: MIT */
/* What the lines behind a label say about it, and behind a page. */
#include "readers/page_read.h"

bool tn_page_has_fitting_lines(const struct tn_page *blocks, size_t at, const struct tn_site_row *row)
{
    enum { LINES_OF_ENTRY = 2 };
    for (int part = 0; row->parts && part < TN_PARTS_MAX && row->parts[part].shape != TN_SHAPE_NONE; part++) {
        enum tn_shape shape = row->parts[part].shape;
        if (shape != TN_SHAPE_PLACE && shape != TN_SHAPE_SITE && shape != TN_SHAPE_ID)
            continue;
        for (size_t i = at + 1; i < blocks->count && i <= at + LINES_OF_ENTRY; i++)
            if (tn_shape_fits(shape, NULL, blocks->blocks[i].whole))
                return true;
    }
    return false;
}

bool tn_page_is_out_of_order(const struct tn_spellings *spellings, const struct tn_page *blocks, size_t at,
                             const struct tn_site_row *row)
{
    enum { LINES_LOOKED_AT = 64 };
    for (size_t i = at + 1; i < blocks->count && i <= at + LINES_LOOKED_AT; i++) {
        const struct tn_site_row *next = tn_page_match(spellings, &blocks->blocks[i], NULL, false).row;
        if (next && next != row && next->mode != TN_MODE_NOTE && next->mode != TN_MODE_IGNORE)
            return next < row;
    }
    return false;
}

bool tn_page_read_id(const struct tn_spellings *spellings, const struct tn_page *blocks, size_t at,
                     const struct tn_site_row *section, struct tn_identifier *id)
{
    enum { LONGEST_ID_LINE = 100 };
    if (at >= blocks->count || blocks->blocks[at].whole.len > LONGEST_ID_LINE)
        return false;
    struct tn_match match = tn_page_match(spellings, &blocks->blocks[at], NULL, false);
    bool labelled = match.row && match.row->type == &tn_type_trial && match.row->field == TN_trial_trial_id;
    bool of_others = section && section->type == &tn_type_trial && section->field == TN_trial_related_trials;
    if (match.row ? !labelled : of_others)
        return false;
    return tn_identifier_is(labelled ? match.value : blocks->blocks[at].whole, NULL, id) && id->registry;
}

void tn_page_keep_second(struct tn_page_reading *page, const struct tn_page *blocks, size_t at, const char *id)
{
    struct tn_reading *reading = &page->reading;
    bool kept = !reading->options->redact;
    size_t count = blocks->count - at;
    const struct tn_block **lines = tn_arena_alloc(reading->arena, (count + 1) * sizeof *lines);
    for (size_t i = 0; lines && i < count; i++)
        lines[i] = &blocks->blocks[at + i];
    struct tn_stated text = tn_stated_of(lines ? tn_page_join(page, lines, count, false) : TN_LIT(""));
    tn_page_at(page, &blocks->blocks[at]);
    if (kept)
        tn_put_extra(reading, TN_LIT("second page"), &text);
    tn_warn(reading, TN_INCONSISTENT, NULL, 0, "the page seems to hold a second trial, %s; its lines are %s", id,
            kept ? "kept in extra" : "left out");
}

/* Values of the head that are known by their shape, not any text. */
static bool fits_head(const struct tn_site_row *head, const struct tn_block *block)
{
    for (const struct tn_site_shape *s = head->shapes; s && s->shape != TN_SHAPE_NONE; s++)
        if (s->shape != TN_SHAPE_TEXT && tn_shape_fits(s->shape, &tn_type_trial.fields[s->field], block->whole))
            return true;
    return false;
}

/* The heading of a page, or what stands before its first label. */
static size_t find_title(const struct tn_spellings *spellings, const struct tn_page *blocks, const struct tn_site_row *head)
{
    const struct tn_standing standing = {.section = head};
    size_t last = 0;
    for (size_t i = 0; i < blocks->count; i++)
        if (blocks->blocks[i].kind == TN_BLOCK_HEADING && blocks->blocks[i].level == 1)
            return i;
    for (size_t i = 0; i < blocks->count; i++) {
        struct tn_match match = tn_page_match(spellings, &blocks->blocks[i], &standing, false);
        if (match.row && match.row->mode != TN_MODE_NOTE && match.row->mode != TN_MODE_IGNORE)
            break;
        last = match.row || (i > 0 && fits_head(head, &blocks->blocks[i])) ? last : i;
    }
    return last;
}

size_t tn_page_menu_end(const struct tn_spellings *spellings, const struct tn_page *blocks, const struct tn_site_row *head)
{
    if (!head || !(head->flags & TN_ROW_MENU))
        return 0;
    size_t title = find_title(spellings, blocks, head);
    return title > 0 && fits_head(head, &blocks->blocks[title - 1]) ? title - 1 : title;
}
